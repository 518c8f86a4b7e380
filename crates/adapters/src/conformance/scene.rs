//! A channel that is opened, with the double of its operator.

use std::sync::{Arc, Mutex, PoisonError};

use bankside_domain::channel::Inbound;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel, Distrust, Reply, SendError, Taken};
use tokio::task::AbortHandle;

use super::delivery::{Delivery, Happening, Proof};
use super::desk::{Desk, Kept};
use super::operator::{Operator, Seen};
use super::specimen::{Fate, Specimen, Way};
use super::wire::{Double, Heard, Wire};
use crate::http::HttpClient;

/// The key of a message.
pub(super) const KEY: &str = "0198c0de-0000-7000-8000-00000000c0de";

/// Whom a channel speaks with.
enum Other {
    Web(Operator),
    /// What the bank says is in its answers.
    Asking(Operator, Mutex<Vec<Seen>>),
    Line(Line),
}

/// A connection of the bank's, from both of its ends.
pub(super) struct Line {
    pub(super) double: Double,
    pub(super) desk: Arc<Desk>,
    channel: Arc<dyn Channel>,
    listening: Mutex<AbortHandle>,
}

/// A channel and its operator.
pub(super) struct Scene {
    pub(super) channel: Arc<dyn Channel>,
    specimen: &'static dyn Specimen,
    other: Other,
}

impl Scene {
    /// Against an operator with that answer to every message.
    pub(super) async fn open(
        specimen: &'static dyn Specimen,
        client: HttpClient,
        fate: Fate,
    ) -> Result<Self, String> {
        if let Way::Line(wire) = specimen.way() {
            let line = Line::open(specimen, wire, client, fate).await?;
            return Ok(Self { channel: line.channel.clone(), specimen, other: Other::Line(line) });
        }
        let operator = Operator::start(move |seen| specimen.reply(seen, fate)).await?;
        let channel = specimen.open(&operator.address, client)?;
        let other = match specimen.way() {
            Way::Answer(_) => Other::Asking(operator, Mutex::default()),
            Way::Web | Way::Line(_) => Other::Web(operator),
        };
        Ok(Self { channel, specimen, other })
    }

    /// Its connection, where it has one.
    pub(super) fn line(&self) -> Option<&Line> {
        match &self.other {
            Other::Line(line) => Some(line),
            Other::Web(_) | Other::Asking(..) => None,
        }
    }

    /// What the adapter makes of a delivery.
    ///
    /// # Errors
    /// What never came of what was said by a connection.
    pub(super) async fn given(
        &self,
        delivery: &Delivery,
    ) -> Result<Result<Taken, Distrust>, String> {
        match (&self.other, delivery.proof) {
            (Other::Line(line), Proof::Line { things }) => {
                line.given(&delivery.body, things).await.map(Ok)
            }
            _ => Ok(delivery.given_to(&*self.channel).await),
        }
    }

    /// Sends a message with nothing but words.
    pub(super) async fn says(&self, text: &str) -> Result<Option<String>, SendError> {
        self.sends(&Frame { text: text.to_owned(), ..Frame::default() }).await
    }

    /// Sends a message, or puts it into the answer to a request of hers.
    pub(super) async fn sends(&self, frame: &Frame) -> Result<Option<String>, SendError> {
        let Other::Asking(_, answers) = &self.other else {
            return self.channel.send(&self.specimen.her(), frame, KEY).await;
        };
        let asked = self.specimen.delivery(&[Happening::words(1, "and?")]);
        let no_words = || SendError::Refused { why: "nobody asked".to_owned() };
        let asked = asked.ok_or_else(no_words)?;
        let reply = Reply { frames: vec![frame.clone()], ..Reply::default() };
        let answer = asked.answered_by(&*self.channel, &reply);
        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.push(Seen::said("answer", answer.body));
        Ok(None)
    }

    /// What the operator saw, oldest first.
    pub(super) fn seen(&self) -> Vec<Seen> {
        match &self.other {
            Other::Web(operator) => operator.seen(),
            Other::Asking(operator, answers) => {
                let mut seen = operator.seen();
                seen.extend(answers.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned());
                seen
            }
            Other::Line(line) => line.asked(),
        }
    }

    /// The messages that the operator saw, oldest first.
    pub(super) fn messages(&self) -> Vec<Seen> {
        let mut seen = self.seen();
        seen.retain(|seen| self.specimen.is_message(seen));
        seen
    }
}

impl Line {
    async fn open(
        specimen: &'static dyn Specimen,
        wire: &'static dyn Wire,
        client: HttpClient,
        fate: Fate,
    ) -> Result<Self, String> {
        let double = Double::start(wire, fate).await?;
        let channel = specimen.open(&double.address, client)?;
        let desk = Arc::<Desk>::default();
        let listening = Mutex::new(listen(&channel, &desk));
        let line = Self { double, desk, channel, listening };
        line.desk.until("a connection", |kept| kept.stood > 0 || kept.ended > 0).await?;
        Ok(line)
    }

    /// Connects again, as the service does after a connection ended.
    pub(super) async fn again(&self) -> Result<(), String> {
        let stood = self.desk.kept().stood;
        let listening = listen(&self.channel, &self.desk);
        *self.listening.lock().unwrap_or_else(PoisonError::into_inner) = listening;
        self.desk.until("another connection", |kept| kept.stood > stood).await.map(drop)
    }

    /// What comes in of that, once all of it came.
    pub(super) async fn given(&self, bytes: &[u8], things: usize) -> Result<Taken, String> {
        let before = self.desk.kept();
        let kept = if self.double.makes_calls() {
            self.double.calls(bytes.to_vec()).await?;
            self.desk.kept()
        } else {
            self.double.says(bytes.to_vec()).await?;
            let all = before.events.len() + before.apart.len() + things;
            let is_all = |kept: &Kept| kept.events.len() + kept.apart.len() >= all;
            self.desk.until("what the operator said", is_all).await?
        };
        let events: Vec<Inbound> = kept.events.into_iter().skip(before.events.len()).collect();
        let strange = kept.apart.into_iter().skip(before.apart.len()).collect();
        Ok(Taken { events, strange, ..Taken::default() })
    }

    fn asked(&self) -> Vec<Seen> {
        let asked = |heard| match heard {
            Heard::Asked(seen) => Some(seen),
            Heard::Proven | Heard::Taken(_) | Heard::NotTaken(_) | Heard::Over => None,
        };
        self.double.heard().into_iter().filter_map(asked).collect()
    }
}

fn listen(channel: &Arc<dyn Channel>, desk: &Arc<Desk>) -> AbortHandle {
    let (channel, desk) = (channel.clone(), desk.clone());
    let listening = async move { desk.ended(channel.listen(desk.clone()).await) };
    tokio::spawn(listening).abort_handle()
}

impl Drop for Line {
    fn drop(&mut self) {
        self.listening.lock().unwrap_or_else(PoisonError::into_inner).abort();
    }
}
