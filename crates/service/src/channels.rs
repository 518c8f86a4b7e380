//! Channels: what comes in by them, and what goes out.
//!
//! ```text
//! Channel::take    a webhook's request, proven                 -> events
//! Channel::listen  what comes by a connection of its own       -> events
//! Channels         an event, applied once and committed          -> 200
//! Plan             a sealed message in the channel's own form    -> frames
//! Courier          the outbox, in each conversation's order      -> sent, put off, or dead
//! Channels::answer the outbox, where the answer goes into the request's own
//! ```

pub(crate) mod addresses;
mod courier;
mod in_request;
mod listen;
mod plan;
mod receipts;
mod receive;
mod retraction;
mod upkeep;

pub use plan::{Because, Frame, Link, Plan, Setting};
pub use receive::ReceiveError;
pub use retraction::{
    Chance, Kept, RetractError, Retractions, SentPart, SentThere, Why, Wish, Wished,
};
pub(crate) use retraction::{MAX_PARTS, sent_at};

pub use upkeep::{
    Again, Dead, Deed, Deeded, Kept as KeptApart, Opened, State, Upkeep, UpkeepError,
};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use bankside_domain::Timestamp;
use bankside_domain::bank::{Bank, BankId};
use bankside_domain::id::MessageId;
use bankside_store::quarantine::{self, QuarantineRow};
use bankside_store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};

use crate::commit::{CommitError, Committer};
use crate::conversation::{ChatError, Chats, Codes, Linker, Notifier};
use crate::keys::{KeyRing, Unsealable};
use crate::ports::{Channel, Clock, Delivered, Line};
use crate::token::id_bytes;
use courier::Courier;
use listen::{Hands, Listener};

/// Deliveries of a channel that are kept apart at most; what comes beyond is counted only.
const MAX_APART: i64 = 10_000;
/// Characters of a reason that are kept.
const MAX_REASON: usize = 200;
/// Days that something not understood is kept.
const KEPT_DAYS: i64 = 30;

/// A request to a webhook, as it is kept apart: what its channel needs to prove and read it again.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Came {
    /// `GET`, `POST` or `PUT`.
    pub method: String,
    /// What follows the channel's own path.
    pub path: String,
    /// The raw query.
    pub query: String,
    /// Headers that the channel asked for.
    pub headers: BTreeMap<String, String>,
    /// The very bytes of the body.
    #[serde(skip)]
    pub body: Vec<u8>,
    /// Ids of the events in it that were applied.
    pub applied: BTreeSet<String>,
    /// When it came, in milliseconds.
    pub at: i64,
}

impl Came {
    /// One line of JSON, then the body as it came.
    fn to_bytes(&self) -> Result<Vec<u8>, Unsealable> {
        let mut bytes = serde_json::to_vec(self).map_err(|_| Unsealable)?;
        bytes.push(b'\n');
        bytes.extend_from_slice(&self.body);
        Ok(bytes)
    }

    fn parse(bytes: &[u8]) -> Result<Self, Unsealable> {
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(Unsealable)?;
        let (line, body) = bytes.split_at_checked(end).ok_or(Unsealable)?;
        let came: Self = serde_json::from_slice(line).map_err(|_| Unsealable)?;
        let body = body.get(1..).unwrap_or_default().to_vec();
        Ok(Self { body, ..came })
    }

    /// As its channel reads it.
    fn delivered<'a>(
        &'a self,
        header: &'a (dyn Fn(&str) -> Option<&'a str> + Sync),
    ) -> Delivered<'a> {
        Delivered {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            header,
            body: &self.body,
            at: Timestamp::from_millis(self.at),
        }
    }
}

/// Where a delivery is sealed.
fn kept_at(id: MessageId) -> String {
    format!("quarantine/{id}")
}

fn reason(strange: &[String]) -> String {
    strange.join("; ").chars().take(MAX_REASON).collect()
}

/// A channel with the bank that speaks in it.
#[derive(Clone)]
pub struct Connected {
    /// Short name, that of its party.
    pub id: String,
    /// The bank.
    pub bank: BankId,
    /// How it is reached.
    pub channel: Arc<dyn Channel>,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Channels {
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) committer: Committer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) chats: Chats,
    pub(crate) linker: Linker,
    pub(crate) codes: Codes,
    pub(crate) notifier: Notifier,
    pub(crate) connected: Arc<BTreeMap<String, Reached>>,
    pub(crate) retractions: Retractions,
    /// The bank's own origin, without a slash at its end.
    pub(crate) origin: Arc<str>,
    /// Couriers and listeners work as long as this is held.
    pub(crate) held: Arc<watch::Sender<()>>,
}

/// A connected channel, what wakes its courier, and how its own connection stands.
#[derive(Clone)]
pub(crate) struct Reached {
    bank: Arc<Bank>,
    channel: Arc<dyn Channel>,
    wake: Arc<Notify>,
    line: Arc<watch::Sender<Line>>,
    /// When it was last noted that it brought something, in milliseconds.
    heard: Arc<AtomicI64>,
}

impl Reached {
    fn new(bank: Bank, channel: Arc<dyn Channel>) -> Self {
        let (wake, line, heard) = (Arc::default(), Arc::default(), Arc::default());
        Self { bank: Arc::new(bank), channel, wake, line, heard }
    }
}

impl std::fmt::Debug for Channels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Channels")
    }
}

impl Channels {
    /// What is connected, by the bank that is there; a channel of an unknown bank is left out.
    pub(crate) fn reached(connected: Vec<Connected>, banks: &[Bank]) -> BTreeMap<String, Reached> {
        let found = connected.into_iter().filter_map(|Connected { id, bank, channel }| {
            let bank = banks.iter().find(|known| known.id == bank)?.clone();
            Some((id, Reached::new(bank, channel)))
        });
        found.collect()
    }

    /// Sends the couriers out, and has channels listen that hold a connection of their own; where the
    /// answer goes into the request, there is no courier.
    pub(crate) fn start(&self) {
        let sent = || self.connected.iter().filter(|(_, to)| to.channel.answers_within().is_none());
        let wakes = sent().map(|(id, reached)| (id.clone(), reached.wake.clone()));
        self.notifier.couriers(wakes.collect());
        for (id, reached) in sent() {
            tokio::spawn(self.courier(id, reached).run());
            tokio::spawn(self.listener(id, reached).run(self.held.subscribe()));
        }
    }

    fn courier(&self, id: &str, reached: &Reached) -> Courier {
        Courier {
            id: id.into(),
            channel: reached.channel.clone(),
            store: self.store.clone(),
            keys: self.keys.clone(),
            committer: self.committer.clone(),
            clock: self.clock.clone(),
            origin: format!("{}/{}", self.origin, reached.bank.id).into(),
            wake: reached.wake.clone(),
            held: self.held.subscribe(),
            retractions: self.retractions.clone(),
            name: Courier::name(self.keys.entropy()),
        }
    }

    fn listener(&self, id: &str, reached: &Reached) -> Listener {
        // What listens must not hold what it ends with.
        let all = Self { held: Arc::default(), ..self.clone() };
        let hands =
            Hands { all, bank: reached.bank.clone(), id: id.into(), line: reached.line.clone() };
        Listener { channel: reached.channel.clone(), hands: Arc::new(hands) }
    }

    /// Keeps a delivery apart that is the operator's and was not understood, sealed, for a month.
    ///
    /// # Errors
    /// [`ReceiveError`].
    pub async fn keep_apart(
        &self,
        channel: &str,
        strange: &[String],
        came: &Came,
    ) -> Result<(), ReceiveError> {
        let own = addresses::key(&self.keys, &*self.clock).await?;
        let now = self.clock.now();
        let entropy = self.keys.entropy();
        let id = MessageId::new(now, id_bytes(entropy));
        let bytes = came.to_bytes().map_err(ChatError::from)?;
        let body_ct = own.seal(&kept_at(id), &bytes, entropy);
        let row = QuarantineRow {
            id,
            channel: channel.to_owned(),
            reason: reason(strange),
            body_ct: body_ct.map_err(ChatError::from)?,
            size: i64::try_from(came.body.len()).unwrap_or(i64::MAX),
            at: now,
        };
        metrics::counter!("bankside_deliveries_kept_apart_total", "channel" => row.channel.clone())
            .increment(1);
        let kept: Result<(), CommitError<StoreError>> = self
            .committer
            .commit(move |unit| {
                Box::pin(async move {
                    if quarantine::count(unit.tx, &row.channel).await? >= MAX_APART {
                        metrics::counter!("bankside_deliveries_dropped_total").increment(1);
                        return Ok(());
                    }
                    quarantine::insert(unit.tx, &row).await
                })
            })
            .await;
        Ok(kept?)
    }

    /// Lets go of what was kept apart for a month, of what waited too long for a request, of receipts
    /// that nothing came for, and of old outcomes of what was taken back; says how many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        let mut tx = self.store.begin().await?;
        let now = self.clock.now();
        let swept = quarantine::sweep(&mut tx, now.plus_days(-KEPT_DAYS)).await?
            + receipts::sweep(&mut tx, now).await?
            + self.retractions.sweep(&mut tx).await?;
        self.expire_waiting(&mut tx).await?;
        self.codes.sweep(&mut tx).await?;
        tx.commit().await?;
        Ok(swept)
    }

    /// What of the bank's can be linked: the short names of its connected channels.
    pub fn of_bank<'a>(&'a self, bank: &'a BankId) -> impl Iterator<Item = &'a str> {
        let of = self.connected.iter().filter(move |(_, reached)| reached.bank.id == *bank);
        of.map(|(id, _)| id.as_str())
    }

    /// How the own connection of the channel of that short name stands.
    pub fn line(&self, id: &str) -> Option<Line> {
        self.connected.get(id).map(|reached| reached.line.borrow().clone())
    }

    /// The channel of that short name, and its bank.
    pub fn get(&self, id: &str) -> Option<(&Arc<dyn Channel>, &Bank)> {
        self.connected.get(id).map(|reached| (&reached.channel, &*reached.bank))
    }
}
