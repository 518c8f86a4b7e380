//! XMPP, as a component of the bank's own server: XEP-0114 (Jabber Component Protocol) over TCP, with
//! RFC 6120 and RFC 6121 for what is said there.
//!
//! The bank has an address below the component's domain; a conversation is with one bare JID, whatever
//! device she writes from.
//!
//! INVARIANT: a message counts as sent once the server has handled it. Behind each batch goes an IQ to
//! the bank itself: a stream keeps its order (RFC 6120, section 10.1), so that what comes back tells
//! that the server is through. What was not told so is sent again, under the same id.
//! INVARIANT: what she sends is acknowledged (XEP-0184) after it is committed. What was not committed
//! comes back to her as an error, so that she sees that it was not taken.
//! INVARIANT: nothing of a room is taken, where others read along, and no wrapped message (carbons,
//! archives): whoever wraps could put words into her mouth.
//!
//! Deliberately absent: TLS, which XEP-0114 does not have: the server stands on this machine or in the
//! bank's own network. Encrypted messages (OMEMO): they are refused kindly, as a picture is.

mod element;
mod fault;
mod iq;
mod jid;
mod lanes;
mod line;
mod message;
mod pending;
mod read;
mod settings;
mod stream;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::channel::{
    Answers, Capabilities, Contact, Count, Inbound, Links, Retraction, Text,
};
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel, Ended, Inlet, SendError};
use tokio::sync::{Mutex, mpsc, oneshot};

use element::Element;
use line::Line;
use pending::Job;
use stream::{Part, Stream};

pub use settings::{LOCALPART, Settings, SettingsError};

/// Messages that wait to be written.
const MAX_JOBS: usize = 256;
/// Longest wait until the server has handled a message.
const DEADLINE: Duration = Duration::from_secs(15);
/// Bytes of a text: far below what servers take as one stanza.
const MAX_TEXT: usize = 10 * 1024;

/// Quick responses (XEP-0439) carry any number of answers; a dozen is what a hand still chooses from.
const CAN: Capabilities = Capabilities {
    text: Text { most: MAX_TEXT, count: Count::Bytes },
    messages: 4,
    buttons: Some(Answers { most: 12, label: Text { most: 60, count: Count::Chars }, above: None }),
    list: None,
    links: Links::InText,
    rich: false,
    spoken: false,
    window: None,
    retraction: Retraction::Always,
    edits: true,
    delivered: true,
    read: true,
    typing: true,
};

/// A channel of XMPP. [`Channel::listen`] holds its connection.
#[derive(Debug)]
pub struct Xmpp {
    settings: Settings,
    jobs: mpsc::Sender<Job>,
    waiting: Mutex<mpsc::Receiver<Job>>,
    stands: AtomicBool,
}

impl Xmpp {
    /// One that is not connected yet.
    pub fn new(settings: Settings) -> Self {
        let (jobs, waiting) = mpsc::channel(MAX_JOBS);
        Self { settings, jobs, waiting: Mutex::new(waiting), stands: AtomicBool::new(false) }
    }

    /// Hands a stanza over, and waits until the server has handled it.
    async fn handled(&self, id: &str, stanza: String) -> Result<(), SendError> {
        let (tell, told) = oneshot::channel();
        self.hand(Job { id: id.to_owned(), stanza, tell: Some(tell) })?;
        match tokio::time::timeout(DEADLINE, told).await {
            Ok(Ok(handled)) => handled,
            Ok(Err(_)) => Err(fault::later("the connection ended")),
            Err(_) => Err(fault::later("the server is slow")),
        }
    }

    fn hand(&self, job: Job) -> Result<(), SendError> {
        if !self.stands.load(Ordering::Acquire) {
            return Err(fault::later("not connected"));
        }
        self.jobs.try_send(job).map_err(|_| fault::later("too much waits"))
    }
}

/// What a stream of the server's says, without a connection: the events in it, and what each stanza is
/// answered with once all is committed. Nothing where it is no stream of XMPP. For recordings and fuzzers.
pub fn heard_in(settings: &Settings, mut bytes: &[u8]) -> Option<(Vec<Inbound>, Vec<String>)> {
    let (mut stream, mut events, mut answers) = (Stream::new(), Vec::new(), Vec::new());
    for nth in 0_u64.. {
        let stanza = match stream.read(&mut bytes).ok()? {
            Some(Part::Stanza(stanza)) => stanza,
            Some(Part::Opened(_) | Part::Beyond(..)) => continue,
            Some(Part::Closed) | None => break,
        };
        let read = read::read(settings, &stanza, &nth.to_string());
        events.extend(read.event);
        answers.extend(read.answers.iter().chain(&read.refusal).map(Element::xml));
    }
    Some((events, answers))
}

#[async_trait]
impl Channel for Xmpp {
    fn can(&self) -> &Capabilities {
        &CAN
    }

    async fn send(
        &self,
        to: &Contact,
        frame: &Frame,
        key: &str,
    ) -> Result<Option<String>, SendError> {
        let her = jid::of(to)?;
        self.handled(key, write::message(self.settings.own(), &her, frame, key)).await?;
        Ok(Some(jid::scoped(&her, key)))
    }

    async fn typing(&self, to: &Contact) {
        if let Ok(her) = jid::of(to) {
            let stanza = write::composing(self.settings.own(), &her);
            // A sign that does not arrive is nobody's concern.
            drop(self.hand(Job { id: String::new(), stanza, tell: None }));
        }
    }

    async fn retract(&self, to: &Contact, id: &str) -> Result<(), SendError> {
        let her = jid::of(to)?;
        let of = jid::unscoped(&her, id).ok_or_else(|| fault::refused("no such id"))?;
        let own = format!("retract/{of}");
        self.handled(&own, write::retraction(self.settings.own(), &her, of, &own)).await
    }

    async fn listen(&self, inlet: Arc<dyn Inlet>) -> Ended {
        let mut waiting = self.waiting.lock().await;
        let line = match Line::open(&self.settings).await {
            Ok(line) => line,
            Err(error) => return Ended::Broken { why: error.to_string() },
        };
        let standing = Standing::begin(&self.stands);
        inlet.connected();
        let why = line.hold(&self.settings, &mut waiting, &*inlet).await;
        drop(standing);
        // Who waits for these hears that they did not go.
        while waiting.try_recv().is_ok() {}
        Ended::Broken { why }
    }

    async fn test(&self) -> Result<String, SendError> {
        if self.stands.load(Ordering::Acquire) {
            self.handled("", String::new()).await?;
        } else {
            drop(Line::open(&self.settings).await?);
        }
        Ok(format!("the server lets us speak as `{}`", self.settings.own()))
    }
}

/// As long as it is held, messages are taken.
struct Standing<'a>(&'a AtomicBool);

impl<'a> Standing<'a> {
    fn begin(stands: &'a AtomicBool) -> Self {
        stands.store(true, Ordering::Release);
        Self(stands)
    }
}

impl Drop for Standing<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests;
