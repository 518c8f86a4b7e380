//! A session as both sides of the bank see it: who sends, and who reads and writes the connection.
//!
//! SMPP 3.4 does not say which message of a customer it delivers anew. What we answered and the SMSC may
//! not have read when the connection ended is doubtful: it is known by its octets if it comes again.
//! Whatever the SMSC answers to a request of ours proves that it read what we wrote before.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bankside_service::ports::SendError;
use rusmpp::pdus::{DeliverSmResp, SubmitSm};
use rusmpp::{CommandId, CommandStatus, Pdu};
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::fault;
use super::frame::{Frame, written};
use super::settings::Settings;

/// Longest wait for the SMSC's answer, and for room in the window.
const ANSWERING: Duration = Duration::from_secs(10);
/// Answers that wait to be written, beside what the window allows.
const MAX_ANSWERS: usize = 256;
/// Highest sequence number. SMPP 3.4, section 3.2.
const MAX_SEQUENCE: u32 = 0x7fff_ffff;
/// The first one behind the bind's.
const FIRST_SEQUENCE: u32 = 2;
/// Deliveries whose answer is doubtful.
const MAX_DOUBTS: usize = 1024;
/// Minutes for which they are.
const MAX_AGE: u8 = 10;
/// Most characters of an id. SMPP 3.4, section 4.4.2.
const MAX_ID: usize = 64;

/// SHA-256 of a delivery's body.
pub(super) type Digest = [u8; 32];

/// Deliveries that were committed, while the SMSC may not know it; with their age in minutes.
#[derive(Debug, Default)]
pub(super) struct Doubts(BTreeMap<Digest, u8>);

impl Doubts {
    fn add(&mut self, digests: impl IntoIterator<Item = Digest>) {
        for digest in digests {
            if self.0.len() < MAX_DOUBTS {
                self.0.insert(digest, 0);
            }
        }
    }

    fn age(&mut self) {
        self.0.values_mut().for_each(|age| *age = age.saturating_add(1));
        self.0.retain(|_, age| *age < MAX_AGE);
    }
}

/// A frame on its way out.
pub(super) struct Out {
    pub(super) bytes: Vec<u8>,
    /// What somebody waits for; nothing where nobody does.
    pub(super) asks: Option<u32>,
}

/// A session that stands.
pub(super) struct Session {
    name: String,
    window: Semaphore,
    out: mpsc::Sender<Out>,
    state: Mutex<State>,
}

struct State {
    next: u32,
    events: u64,
    waiting: BTreeMap<u32, oneshot::Sender<Frame>>,
    is_closed: bool,
    /// With the request whose answer would be a proof.
    unproven: BTreeMap<Digest, u32>,
    doubts: Doubts,
}

impl Session {
    /// One whose events are named so, and what is to be written.
    pub(super) fn new(
        settings: &Settings,
        name: String,
        doubts: Doubts,
    ) -> (Self, mpsc::Receiver<Out>) {
        let window = usize::from(settings.window);
        let (out, written) = mpsc::channel(window + MAX_ANSWERS);
        let state = State {
            next: FIRST_SEQUENCE,
            events: 0,
            waiting: BTreeMap::new(),
            is_closed: false,
            unproven: BTreeMap::new(),
            doubts,
        };
        let window = Semaphore::new(window);
        (Self { name, window, out, state: Mutex::new(state) }, written)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a part, once the window has room; the SMSC's id of it, where it gives one.
    pub(super) async fn submit(&self, part: SubmitSm) -> Result<Option<String>, SendError> {
        let room = tokio::time::timeout(ANSWERING, self.window.acquire()).await;
        let _room = room.map_err(|_| fault::later("too much waits"))?;
        let answer = self.ask(part).await?;
        if answer.command() != u32::from(CommandId::SubmitSmResp) || answer.status() != 0 {
            return Err(fault::of_message(answer.status()));
        }
        let id = answer.body().split(|octet| *octet == 0).next().unwrap_or_default();
        let id = std::str::from_utf8(id).ok().filter(|id| (1..=MAX_ID).contains(&id.len()));
        Ok(id.map(str::to_owned))
    }

    /// Asks whether the SMSC is there.
    pub(super) async fn enquire(&self) -> Result<(), SendError> {
        self.ask(Pdu::EnquireLink).await.map(drop)
    }

    async fn ask(&self, pdu: impl Into<Pdu>) -> Result<Frame, SendError> {
        let (sequence, told) = self.begin(pdu)?;
        let _waiting = Waiting { of: self, sequence };
        match tokio::time::timeout(ANSWERING, told).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) => Err(fault::later("the connection ended")),
            Err(_) => Err(fault::later("the SMSC is slow")),
        }
    }

    fn begin(&self, pdu: impl Into<Pdu>) -> Result<(u32, oneshot::Receiver<Frame>), SendError> {
        let (tell, told) = oneshot::channel();
        let mut state = self.state();
        if state.is_closed {
            return Err(fault::later("the connection ended"));
        }
        let sequence = state.next;
        let bytes = written(CommandStatus::EsmeRok, sequence, pdu);
        let handed = self.out.try_send(Out { bytes, asks: Some(sequence) });
        handed.map_err(|_| fault::later("too much waits"))?;
        state.next = if sequence == MAX_SEQUENCE { 1 } else { sequence + 1 };
        state.waiting.insert(sequence, tell);
        Ok((sequence, told))
    }

    /// Asks without waiting: the answer shows that something came.
    pub(super) fn probe(&self) {
        let sequence = {
            let mut state = self.state();
            let sequence = state.next;
            state.next = if sequence == MAX_SEQUENCE { 1 } else { sequence + 1 };
            sequence
        };
        self.say(written(CommandStatus::EsmeRok, sequence, Pdu::EnquireLink));
    }

    /// Whether somebody still waits for that answer. What nobody waits for is not sent: it is tried
    /// anew.
    pub(super) fn is_wanted(&self, sequence: u32) -> bool {
        self.state().waiting.contains_key(&sequence)
    }

    /// Hands an answer of the SMSC's to who waits for it.
    pub(super) fn answered(&self, answer: Frame) {
        let sequence = answer.sequence();
        let mut state = self.state();
        state.unproven.retain(|_, proof| *proof > sequence);
        if let Some(tell) = state.waiting.remove(&sequence) {
            // Nobody may wait any more.
            tell.send(answer).ok();
        }
    }

    /// Says something at once; what finds no room is not said, and the SMSC will ask again.
    pub(super) fn say(&self, bytes: Vec<u8>) {
        self.out.try_send(Out { bytes, asks: None }).ok();
    }

    /// There is no room for a delivery: the SMSC has to keep it.
    pub(super) fn refuse(&self, sequence: u32) {
        self.say(written(CommandStatus::EsmeRxTAppn, sequence, DeliverSmResp::default()));
    }

    /// Answers a delivery: it was committed, or the SMSC has to keep it.
    pub(super) async fn acknowledge(&self, sequence: u32, digest: Option<Digest>, is_taken: bool) {
        let status = if is_taken { CommandStatus::EsmeRok } else { CommandStatus::EsmeRxTAppn };
        let bytes = written(status, sequence, DeliverSmResp::default());
        let digest = digest.filter(|_| is_taken);
        if let Some(digest) = digest {
            let mut state = self.state();
            if state.unproven.len() < MAX_DOUBTS {
                state.unproven.insert(digest, u32::MAX);
            }
        }
        // Where the connection ended, the answer is doubtful from now on.
        let is_said = self.out.send(Out { bytes, asks: None }).await.is_ok();
        let mut state = self.state();
        let next = state.next;
        if let Some(proof) = digest.and_then(|digest| state.unproven.get_mut(&digest))
            && is_said
        {
            *proof = next;
        }
    }

    /// Those were committed, and the SMSC was told to keep them or was not told.
    pub(super) fn doubt(&self, digests: impl IntoIterator<Item = Digest>) {
        self.state().doubts.add(digests);
    }

    /// Whether that was committed before, while the SMSC did not know it. It does once it is told so.
    pub(super) fn was_committed(&self, digest: &Digest) -> bool {
        self.state().doubts.0.remove(digest).is_some()
    }

    /// An id for what a customer sent.
    pub(super) fn name_event(&self) -> String {
        let mut state = self.state();
        state.events += 1;
        format!("in/{}/{}", self.name, state.events)
    }

    /// A minute went by.
    pub(super) fn age(&self) {
        self.state().doubts.age();
    }

    /// Nothing is asked any more: who waits hears of it.
    pub(super) fn stop(&self) {
        let mut state = self.state();
        state.is_closed = true;
        state.waiting.clear();
    }

    /// It ended. What is doubtful from now on.
    pub(super) fn close(&self) -> Doubts {
        self.stop();
        let mut state = self.state();
        let unproven = std::mem::take(&mut state.unproven);
        state.doubts.add(unproven.into_keys());
        std::mem::take(&mut state.doubts)
    }
}

/// Somebody who waits.
struct Waiting<'a> {
    of: &'a Session,
    sequence: u32,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.of.state().waiting.remove(&self.sequence);
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}
