//! Matrix, as an application service of the bank's own homeserver: Matrix specification 1.13,
//! Application Service API and Client-Server API.
//!
//! A conversation is a room with one customer and the bank; its address is the room's id and her
//! Matrix id, with a space between.
//!
//! INVARIANT: nothing is sent into a room that anybody but her and the bank is in, is invited to, or
//! could come into or look into uninvited: others would read along. Who is there is asked before the
//! first message to a room and forgotten with each change; when a third person comes, the bank leaves
//! the room and she counts as gone.
//! INVARIANT: a webhook's request is answered without waiting for the homeserver: rooms to join and
//! to leave wait in a bounded queue. What the queue loses is made good before the next message.
//!
//! Deliberately absent: encrypted rooms. The bank would need keys of its own in each, and its
//! homeserver has the words anyway; a customer who turns on encryption there is not understood.

mod address;
mod body;
mod events;
mod fault;
mod rooms;
mod settings;
mod take;
mod wire;
mod work;

use std::sync::Arc;

use async_trait::async_trait;
use bankside_domain::channel::{Capabilities, Contact, Count, Links, Retraction, Text};
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel, Delivered, Distrust, SendError, Taken};
use tokio::sync::mpsc;

use crate::http::HttpClient;
use address::Address;
use rooms::Rooms;
pub use settings::{Settings, SettingsError};
use wire::Wire;
use work::{Job, Worker};

/// Longest text, in bytes: half of an event, whose other half is for what JSON escapes.
/// Client-Server API, "Size limits".
const MAX_TEXT: usize = 32 * 1024;
/// Rooms that wait to be joined or left.
const MAX_JOBS: usize = 1024;

const CAN: Capabilities = Capabilities {
    text: Text { most: MAX_TEXT, count: Count::Bytes },
    messages: 1,
    buttons: None,
    list: None,
    links: Links::InText,
    rich: false,
    spoken: false,
    window: None,
    retraction: Retraction::Always,
    edits: true,
    delivered: false,
    read: true,
    typing: true,
};

/// A channel of Matrix.
#[derive(Debug)]
pub struct Matrix {
    settings: Arc<Settings>,
    wire: Arc<Wire>,
    rooms: Arc<Rooms>,
    jobs: mpsc::Sender<Job>,
}

impl Matrix {
    /// Starts it: a task joins and leaves rooms until this is dropped. Must be called within a Tokio
    /// runtime.
    pub fn start(settings: Settings, client: HttpClient) -> Self {
        let settings = Arc::new(settings);
        let wire = Arc::new(Wire::new(settings.clone(), client));
        let rooms = Arc::new(Rooms::default());
        let (jobs, waiting) = mpsc::channel(MAX_JOBS);
        let worker = Worker { wire: wire.clone(), rooms: rooms.clone(), waiting };
        drop(tokio::spawn(worker.run()));
        Self { settings, wire, rooms, jobs }
    }
}

#[async_trait]
impl Channel for Matrix {
    fn can(&self) -> &Capabilities {
        &CAN
    }

    async fn send(
        &self,
        to: &Contact,
        frame: &Frame,
        key: &str,
    ) -> Result<Option<String>, SendError> {
        let to = Address::of(to)?;
        work::meet(&self.wire, &self.rooms, &to).await?;
        let sent = self.wire.say(&to.room, key, &body::content(&frame.text)).await;
        if matches!(sent, Err(SendError::Gone { .. })) {
            self.rooms.forget(&to.room);
        }
        sent.map(Some)
    }

    async fn typing(&self, to: &Contact) {
        if let Ok(to) = Address::of(to) {
            // A sign that does not arrive is nobody's concern.
            drop(self.wire.types(&to.room).await);
        }
    }

    async fn retract(&self, to: &Contact, id: &str) -> Result<(), SendError> {
        self.wire.redact(&Address::of(to)?.room, id).await
    }

    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        let (mut taken, jobs) = take::take(&self.settings, &self.rooms, request)?;
        for job in jobs {
            if self.jobs.try_send(job).is_err() {
                taken.strange.push("too many rooms wait to be joined or left".to_owned());
            }
        }
        Ok(taken)
    }

    async fn test(&self) -> Result<String, SendError> {
        let known = self.wire.whoami().await?;
        let own = self.settings.bot();
        if known == own {
            return Ok(format!("the homeserver knows us as `{own}`"));
        }
        Err(SendError::Refused { why: "the token belongs to another account".to_owned() })
    }
}

#[cfg(test)]
mod tests;
