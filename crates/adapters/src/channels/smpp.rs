//! Short messages through an SMSC, by SMPP 3.4 (Short Message Peer to Peer Protocol Specification,
//! version 3.4): one session as transceiver, over TCP or TLS.
//!
//! INVARIANT: a message counts as sent once the SMSC has answered each of its parts. What was taken of
//! a long one before it failed is not sent again when it is tried anew.
//! INVARIANT: what she sends is acknowledged after it is committed; what was not committed is answered
//! `ESME_RX_T_APPN`, upon which the SMSC keeps it. There is one exception: a part of a long message
//! whose other parts do not come is acknowledged after a moment, since an SMSC with a window of one
//! sends them only then.
//! INVARIANT: what a customer writes is never read as a receipt, whatever it looks like: the SMSC's
//! `esm_class` tells.
//!
//! Deliberately absent: `data_sm`, `outbind`, `submit_multi`, queries, replacing and cancelling; any
//! sender but one; national language tables (3GPP TS 23.038, section 6.2.1.2). SMPP names no message
//! that a customer sent: one that comes again because our answer was lost is known by its octets for
//! some minutes, and not after a restart.

mod assembly;
mod coding;
mod deliver;
mod fault;
mod frame;
mod ids;
mod lanes;
mod line;
mod output;
mod progress;
mod receipt;
mod session;
mod settings;
mod submit;
mod tls;
mod tlv;
mod udh;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::channel::{Capabilities, Contact, Inbound};
use bankside_service::channels::Frame as Planned;
use bankside_service::ports::{Channel, Ended, Inlet, SendError};
use rusmpp::pdus::SubmitSm;
use tokio::sync::mpsc;

use crate::channels::sms::{self, Number};
use assembly::Assembly;
use deliver::Read;
pub use frame::{BadLength, Frame};
use line::Line;
use progress::Progress;
pub use receipt::Receipt;
use session::{Doubts, Out, Session};
pub use settings::{Address, Long, Options, ReceiptIds, Settings, SettingsError, Tls};

/// Longest time for all parts of a message: less than a courier has a letter in hand.
const SENDING: Duration = Duration::from_secs(40);

/// A channel of short messages. [`Channel::listen`] holds its session.
#[derive(Debug)]
pub struct Smpp {
    settings: Settings,
    nonce: u64,
    state: Mutex<State>,
    assembly: Mutex<Assembly>,
}

/// What outlives a session.
#[derive(Debug, Default)]
struct State {
    session: Option<Arc<Session>>,
    sessions: u64,
    doubts: Doubts,
    progress: Progress,
}

impl Smpp {
    /// One that is not connected yet. `nonce` is random and differs with each start: SMPP gives no id
    /// to what a customer sends, so that ours begin with it.
    pub fn new(settings: Settings, nonce: u64) -> Self {
        Self { settings, nonce, state: Mutex::default(), assembly: Mutex::default() }
    }

    /// Why a delivery of the SMSC's is kept apart; nothing where it is understood.
    pub fn why_apart(&self, delivery: &Frame) -> Option<&'static str> {
        match deliver::read(&self.settings, delivery) {
            Read::Strange(why) => Some(why),
            Read::Nothing | Read::Went(_) | Read::Said { .. } | Read::Part { .. } => None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn assembly(&self) -> MutexGuard<'_, Assembly> {
        self.assembly.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends the parts that were not taken before, one after another; the id of the last one.
    async fn submit(
        &self,
        session: &Session,
        parts: Vec<SubmitSm>,
        key: &str,
    ) -> Result<Option<String>, SendError> {
        let total = parts.len();
        let mut ids = self.state().progress.resume(key, total);
        for part in parts.into_iter().skip(ids.len()) {
            ids.push(session.submit(part).await?.map(|id| self.settings.receipt_ids.answered(&id)));
            self.state().progress.went(key, total, &ids);
        }
        self.state().progress.done(key, &ids);
        Ok(ids.pop().flatten())
    }

    /// What a receipt says of a whole message.
    fn of_whole(&self, went: Inbound) -> Option<Inbound> {
        self.state().progress.of_whole(went)
    }

    fn session(&self) -> Result<Arc<Session>, SendError> {
        self.state().session.clone().ok_or_else(|| fault::later("not connected"))
    }

    /// A new session stands.
    fn begin(&self) -> (Standing<'_>, mpsc::Receiver<Out>) {
        let mut state = self.state();
        state.sessions += 1;
        let name = format!("{:016x}/{}", self.nonce, state.sessions);
        let doubts = std::mem::take(&mut state.doubts);
        let (session, out) = Session::new(&self.settings, name, doubts);
        let session = Arc::new(session);
        state.session = Some(session.clone());
        (Standing { of: self, session }, out)
    }
}

#[async_trait]
impl Channel for Smpp {
    fn can(&self) -> &Capabilities {
        &sms::CAN
    }

    /// The id of a message is that of its last part. A part before it whose receipt tells of a failure
    /// makes the whole fail.
    async fn send(
        &self,
        to: &Contact,
        frame: &Planned,
        key: &str,
    ) -> Result<Option<String>, SendError> {
        let Some(to) = Number::parse(to.address()) else {
            return Err(fault::refused("not a number of E.164"));
        };
        let session = self.session()?;
        let parts = submit::parts(&self.settings, &to, &frame.text, key)?;
        let sent = tokio::time::timeout(SENDING, self.submit(&session, parts, key)).await;
        sent.unwrap_or_else(|_| Err(fault::later("the SMSC is slow")))
    }

    async fn listen(&self, inlet: Arc<dyn Inlet>) -> Ended {
        let line = match Line::open(&self.settings).await {
            Ok(line) => line,
            Err(error) => return Ended::Broken { why: error.to_string() },
        };
        let (standing, out) = self.begin();
        inlet.connected();
        Ended::Broken { why: line.hold(self, &standing.session, out, &*inlet).await }
    }

    async fn test(&self) -> Result<String, SendError> {
        match self.session() {
            Ok(session) => session.enquire().await?,
            Err(_) => Line::open(&self.settings).await?.close().await,
        }
        Ok(format!("the SMSC knows us as `{}`", self.settings.system_id))
    }
}

/// As long as it is held, messages go by this session.
struct Standing<'a> {
    of: &'a Smpp,
    session: Arc<Session>,
}

impl Drop for Standing<'_> {
    fn drop(&mut self) {
        let mut state = self.of.state();
        state.session = None;
        state.doubts = self.session.close();
        drop(state);
        self.of.assembly().session_ended();
    }
}

#[cfg(test)]
mod tests;
