//! The courier: takes the outbox to the channels, each conversation in its own order.
//!
//! INVARIANT: each channel has a courier of its own, with a bounded number of letters under way, so
//! that one operator that is down or slow keeps nobody else waiting.
//! INVARIANT: what was sealed is not yet gone. Before it leaves, the consent that it rests on is read
//! once more, and the kill switch: what she took back meanwhile is never sent.
//! INVARIANT: several nodes may have couriers for one channel. A courier has each letter in hand for
//! a minute, and for another with each part; one that ends without a word loses it after that, and one
//! that lost it finds so before it writes anything.
//! INVARIANT: a part that was handed over is noted before the next, so that a retry goes on where
//! it stopped. Between the operator's answer and that note lies one crash; the operator is given a
//! key by which it can tell the same message.

mod letter;
mod taking_back;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bankside_domain::Timestamp;
use bankside_domain::conversation::LinkTarget;
use bankside_domain::id::MessageId;
use bankside_store::outbox::{self, Hold, OutboxRow};
use bankside_store::{Store, StoreError};
use tokio::sync::{Notify, watch};
use tokio::task::{Id, JoinSet};

use crate::commit::{CommitError, Committer};
use crate::keys::KeyRing;
use crate::ports::{Channel, Clock, Entropy};
use crate::token::id_bytes;

use super::retraction::Retractions;

pub(super) use letter::{Fate, Letter, LetterError};

/// Letters of one channel that are under way at the same time.
const AT_ONCE: usize = 32;
/// How often the outbox is looked at when nobody says that there is something.
const LOOK: Duration = Duration::from_secs(1);
/// Longest wait for an operator's answer to one message.
pub(super) const SEND_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a courier has a letter in hand, in milliseconds: longer than one message may take.
const HOLD_MS: i64 = 60_000;
/// First pause after a failure, in milliseconds; it doubles with each.
const FIRST_PAUSE_MS: i64 = 1_000;
/// Longest pause, in milliseconds: ten minutes.
const LONGEST_PAUSE_MS: i64 = 600_000;
/// How long a message is tried, in milliseconds: a day.
const GIVE_UP_MS: i64 = 86_400_000;

/// The courier of one channel.
#[derive(Clone)]
pub(crate) struct Courier {
    pub(crate) id: Arc<str>,
    pub(crate) channel: Arc<dyn Channel>,
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) committer: Committer,
    pub(crate) clock: Arc<dyn Clock>,
    /// The bank's own origin, with its slug.
    pub(crate) origin: Arc<str>,
    pub(crate) wake: Arc<Notify>,
    pub(crate) held: watch::Receiver<()>,
    pub(crate) retractions: Retractions,
    /// Tells it from the couriers of other nodes.
    pub(crate) name: Arc<str>,
}

impl Courier {
    /// A name that no other courier has.
    pub(crate) fn name(entropy: &dyn Entropy) -> Arc<str> {
        MessageId::new(Timestamp::default(), id_bytes(entropy)).to_string().into()
    }

    /// Works until the service ends.
    pub(crate) async fn run(self) {
        let mut held = self.held.clone();
        let mut under_way = HashMap::new();
        // Tasks of their own: one that waits for a connection must not keep back one that holds it.
        let mut letters = JoinSet::new();
        loop {
            let room = AT_ONCE.saturating_sub(under_way.len());
            match self.in_hand(room, &under_way).await {
                Ok(rows) => {
                    for row in rows {
                        let id = row.id;
                        under_way.insert(letters.spawn(self.clone().deliver(row)).id(), id);
                    }
                }
                Err(error) => tracing::warn!(%error, "the outbox cannot be read"),
            }
            tokio::select! {
                Some(ended) = letters.join_next_with_id() => {
                    let task = ended.map_or_else(|error| error.id(), |(task, ())| task);
                    under_way.remove(&task);
                }
                () = self.wake.notified() => {}
                // Nothing is ever sent by it: it ends with the service.
                _ = held.changed() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Takes in hand what is due and no other courier has.
    async fn in_hand(
        &self,
        room: usize,
        under_way: &HashMap<Id, MessageId>,
    ) -> Result<Vec<OutboxRow>, CommitError<StoreError>> {
        if room == 0 {
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let due = async {
            let mut look = self.store.look().await?;
            // Those under way may be due again, so that many more are asked for.
            let limit = i64::try_from(AT_ONCE + room).unwrap_or(i64::MAX);
            outbox::due(&mut look, &self.id, now, limit).await
        };
        let mut due = due.await.map_err(CommitError::Refused)?;
        due.retain(|row| under_way.values().all(|id| *id != row.id));
        due.truncate(room);
        if due.is_empty() {
            return Ok(due);
        }
        let name = self.name.clone();
        let taking = self.committer.commit(move |unit| {
            Box::pin(async move {
                let mut mine = Vec::with_capacity(due.len());
                for row in due {
                    if outbox::take(unit.tx, row.id, hold(&name, now), now).await? {
                        mine.push(row);
                    }
                }
                Ok(mine)
            })
        });
        taking.await
    }

    async fn deliver(self, row: OutboxRow) {
        if let Some(retract) = &row.retract {
            return self.take_back(&row, retract).await;
        }
        let fate = match self.letter((row.conversation, row.message_seq)).await {
            Ok(Some(letter)) => letter.send(&self).await,
            Ok(None) => Fate::Dropped("withdrawn"),
            Err(error) => {
                tracing::warn!(%error, message = %row.id, "a message cannot be read");
                Fate::later("it cannot be read")
            }
        };
        metrics::counter!("bankside_letters_total", "channel" => self.id.to_string(), "fate" => fate.code())
            .increment(1);
        if let Err(error) = self.note(&row, fate).await {
            tracing::warn!(%error, message = %row.id, "a message's fate could not be noted");
        }
    }

    async fn note(&self, row: &OutboxRow, fate: Fate) -> Result<(), CommitError<StoreError>> {
        let (row, now) = (row.clone(), self.clock.now());
        let Fate::Later(after, _) = &fate else { return self.write(row, fate, None, now).await };
        let next = next_try(&row, *after, now);
        self.write(row, fate, next, now).await
    }

    async fn write(
        &self,
        row: OutboxRow,
        fate: Fate,
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), CommitError<StoreError>> {
        let name = self.name.clone();
        let writing = self.committer.commit(move |unit| {
            Box::pin(async move { fate.write(unit.tx, &row, hold(&name, now), next).await })
        });
        writing.await
    }

    /// The address of a link on the bank's own origin.
    fn address(&self, link: &LinkTarget) -> String {
        match link {
            LinkTarget::Offered { token, .. } => format!("{}/l/{}", self.origin, token.reveal()),
            LinkTarget::Page { path } => format!("{}{path}", self.origin),
        }
    }
}

/// When a message is tried again: as the operator says, or after a pause that doubles; never once it
/// is a day old.
fn next_try(row: &OutboxRow, after: Option<i64>, now: Timestamp) -> Option<Timestamp> {
    let doubled = FIRST_PAUSE_MS << row.attempts.clamp(0, 20);
    let pause = after.unwrap_or(0).max(doubled.min(LONGEST_PAUSE_MS));
    let next = now.plus_millis(pause);
    (next.as_millis() - row.id.made().as_millis() < GIVE_UP_MS).then_some(next)
}

fn hold(name: &str, now: Timestamp) -> Hold<'_> {
    Hold { holder: name, until: now.plus_millis(HOLD_MS) }
}
