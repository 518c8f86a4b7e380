//! What is said as it comes, by WebSocket (RFC 6455).
//!
//! INVARIANT: it listens first and reads after, so that nothing falls between. No queue is kept for a
//! slow reader: one set of activities is in hand, the next is read once that was taken, and who takes
//! none for [`SEND`] is left. It lasts as long as somebody holds a token of the chat.

use std::time::Duration;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use bankside_service::conversation::{Chat, Listener, What};
use bankside_service::direct_line::Held;
use bankside_service::token::Token;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use super::caller::Caller;
use super::fault::Fault;
use super::wire::{Place, Watermark};

/// Silence after which an empty message keeps the connection open, and it is looked whether another
/// node has answered.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a reader may take for one set.
const SEND: Duration = Duration::from_secs(20);
/// Largest message of a page, in bytes: it has nothing to say here but that it is there.
const MAX_CAME: usize = 1024;
/// Messages of a page between two of ours.
const MAX_PINGS: u32 = 60;
/// Bytes that wait for a slow reader at most; a set of activities is smaller.
const MAX_UNSENT: usize = 8 * 1024 * 1024;

#[derive(Deserialize)]
pub(super) struct Ticket {
    #[serde(default)]
    watermark: String,
    #[serde(default)]
    t: String,
}

pub(super) async fn open(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    Query(ticket): Query<Ticket>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Fault> {
    let limits = caller.app.limits();
    caller.within(|address| limits.token(address))?;
    let upgrade = upgrade.map_err(|_| Fault::Bad("a stream is opened as a WebSocket"))?;
    let Watermark(after) = Watermark::parse(&ticket.watermark)?;
    let permit = caller.app.stream().map_err(|_| Fault::TooMany)?;
    let ticket = Token::parse(&ticket.t).ok_or(Fault::Token)?;
    let held = caller.talks().enter(caller.line(), &ticket, caller.origin()).await?;
    if held.chat.id.to_string() != id {
        return Err(Fault::Token);
    }
    let upgrade = upgrade
        .max_message_size(MAX_CAME)
        .max_frame_size(MAX_CAME)
        .max_write_buffer_size(MAX_UNSENT);
    Ok(upgrade.on_upgrade(move |socket| run(caller, held, after, socket, permit)).into_response())
}

async fn run(
    caller: Caller,
    held: Held,
    after: i64,
    socket: WebSocket,
    _permit: OwnedSemaphorePermit,
) {
    let notices = caller.app.service().chats.notifier().listen(held.chat.id);
    let mut beat = interval(KEEP_ALIVE);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat.reset(); // the first empty message comes after the first silence
    let live = Live { caller, chat: held.chat, after, socket, beat, pings: 0 };
    live.last(notices).await;
}

/// Why a stream ends.
struct Ended;

/// One page that listens.
struct Live {
    caller: Caller,
    chat: Chat,
    /// Number of the newest message sent.
    after: i64,
    socket: WebSocket,
    beat: Interval,
    /// Messages of the page since ours.
    pings: u32,
}

enum Next {
    Notice(Option<What>),
    Came(Option<Result<Message, axum::Error>>),
    Beat,
}

impl Live {
    async fn last(mut self, mut notices: Listener) {
        let _ended = self.talk(&mut notices).await;
        // Whoever is gone need not hear it.
        let _gone = timeout(SEND, self.socket.send(Message::Close(None))).await;
    }

    async fn talk(&mut self, notices: &mut Listener) -> Result<(), Ended> {
        self.look_again().await?;
        self.read().await?;
        loop {
            let next = tokio::select! {
                what = notices.next() => Next::Notice(what),
                came = self.socket.recv() => Next::Came(came),
                _ = self.beat.tick() => Next::Beat,
            };
            match next {
                Next::Notice(Some(What::Messages)) => self.read().await?,
                Next::Notice(Some(What::Typing)) => {
                    let typing = self.place().typing();
                    self.send(&typing).await?;
                }
                Next::Notice(Some(What::Changed)) => {
                    self.look_again().await?;
                    self.read().await?;
                }
                Next::Came(Some(Ok(came))) => self.came(&came)?,
                Next::Notice(None) | Next::Came(None | Some(Err(_))) => return Err(Ended),
                Next::Beat => self.beat().await?,
            }
        }
    }

    /// Pages say that they are there, and nothing else is heard from them here.
    fn came(&mut self, came: &Message) -> Result<(), Ended> {
        self.pings += 1;
        if matches!(came, Message::Close(_)) || self.pings > MAX_PINGS {
            Err(Ended)
        } else {
            Ok(())
        }
    }

    async fn beat(&mut self) -> Result<(), Ended> {
        self.pings = 0;
        self.look_again().await?;
        self.read().await?;
        self.put(String::new()).await
    }

    /// The chat as it is now: linked, unlinked, in another language, or gone.
    async fn look_again(&mut self) -> Result<(), Ended> {
        match self.caller.talks().still(&self.chat).await {
            Ok(Some(chat)) => {
                self.chat = chat;
                Ok(())
            }
            Ok(None) => {
                let over = self.place().over();
                self.send(&over).await?;
                Err(Ended)
            }
            Err(_) => Err(Ended),
        }
    }

    /// Everything after the last message sent.
    async fn read(&mut self) -> Result<(), Ended> {
        loop {
            let heard = self.caller.talks().heard(&self.chat, self.after).await;
            let transcript = heard.map_err(|_| Ended)?;
            if !transcript.heard.is_empty() {
                let set = self.place().set(&transcript);
                self.send(&set).await?;
                self.caller.app.service().chats.seen(&self.chat, transcript.last);
            }
            self.after = transcript.last;
            if !transcript.more {
                return Ok(());
            }
        }
    }

    fn place(&self) -> Place<'_> {
        Place { app: &self.caller.app, bank: &self.caller.bank, chat: &self.chat }
    }

    async fn send(&mut self, set: &Value) -> Result<(), Ended> {
        self.put(set.to_string()).await
    }

    async fn put(&mut self, text: String) -> Result<(), Ended> {
        let sent = timeout(SEND, self.socket.send(Message::Text(text.into()))).await;
        sent.ok().and_then(Result::ok).ok_or(Ended)
    }
}
