//! Turns: from a committed message to a sealed answer.
//!
//! INVARIANT: bounded lanes, one conversation always in the same lane, so that its messages are
//! answered in order. What does not fit, or stands behind a turn that failed, stays in the inbox and
//! is found by [`Turns::recover`].

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use bankside_domain::id::{ConversationId, MessageId};
use bankside_store::inbox::{self, InboxRow};
use bankside_store::{Store, StoreError};
use futures_util::FutureExt;
use tokio::sync::mpsc;
use tracing::Instrument as _;

use super::answer::Answering;
use super::notifier::{Notifier, What};
use crate::commit::CommitError;
use crate::door::SealError;
use crate::keys::KeyError;

/// Lanes that work side by side.
const LANES: usize = 64;
/// Messages that wait in one lane.
const LANE_QUEUE: usize = 256;
/// Turns tried before a message is given up and its sender told so.
const MAX_ATTEMPTS: i64 = 5;
/// Longest turn.
const TURN_TIMEOUT: Duration = Duration::from_secs(20);
/// Messages that one recovery looks at.
const RECOVER_LIMIT: i64 = 1_000;
/// Times that a turn is begun anew because a consent changed under it.
const MAX_CHANGES: usize = 3;

/// Why a turn gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    /// It was answered already.
    #[error("answered already")]
    Done,
    /// An earlier message of the chat waits to be tried again; this one stays in the inbox.
    #[error("an earlier message of the chat is not answered yet")]
    Behind,
    /// The consent changed while the bank answered; begin anew.
    #[error("the consent changed during the turn")]
    Changed,
    /// It took too long.
    #[error("the turn took too long")]
    Timeout,
    /// Her key is gone: the history was cleared.
    #[error("the key is gone")]
    NoKey,
    /// Anything else; try again later.
    #[error("the turn failed: {0}")]
    Failed(String),
}

impl From<StoreError> for TurnError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<KeyError> for TurnError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::NoKey => Self::NoKey,
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<CommitError<SealError>> for TurnError {
    fn from(error: CommitError<SealError>) -> Self {
        match error {
            CommitError::Refused(SealError::Done) => Self::Done,
            CommitError::Refused(
                SealError::Refused(_) | SealError::Changed | SealError::Suspended,
            ) => Self::Changed,
            CommitError::Refused(SealError::Clearing) => Self::NoKey,
            other => Self::Failed(other.to_string()),
        }
    }
}

/// The lanes. Cheap to clone.
#[derive(Clone, Default)]
pub struct Turns {
    lanes: Arc<OnceLock<Vec<mpsc::Sender<InboxRow>>>>,
    under_way: UnderWay,
}

/// Messages that wait in a lane or are being answered, so that none is taken twice.
type UnderWay = Arc<Mutex<HashSet<MessageId>>>;

impl std::fmt::Debug for Turns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Turns")
    }
}

impl Turns {
    /// Opens the lanes.
    pub(crate) fn start(&self, answering: &Answering, store: &Store, notifier: &Notifier) {
        self.lanes.get_or_init(|| {
            (0..LANES)
                .map(|_| {
                    let (sender, lane) = mpsc::channel(LANE_QUEUE);
                    let worker = Lane {
                        lane,
                        answering: answering.clone(),
                        store: store.clone(),
                        notifier: notifier.clone(),
                        under_way: self.under_way.clone(),
                    };
                    tokio::spawn(worker.run());
                    sender
                })
                .collect()
        });
    }

    /// Puts a committed message in its lane. A full lane leaves it in the inbox.
    pub(super) fn take(&self, row: InboxRow) {
        let Some(lane) = self.lanes.get().and_then(|l| l.get(lane_of(row.conversation))) else {
            return;
        };
        let id = row.id;
        if !locked(&self.under_way).insert(id) {
            return;
        }
        if lane.try_send(row).is_err() {
            locked(&self.under_way).remove(&id);
            metrics::counter!("bankside_turns_deferred_total").increment(1);
        }
    }

    /// Finds what is committed and not answered: at the start, and now and then.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recover(&self, store: &Store) -> Result<usize, StoreError> {
        let mut tx = store.read().await?;
        let pending = inbox::pending(&mut tx, RECOVER_LIMIT).await?;
        drop(tx);
        let found = pending.len();
        pending.into_iter().for_each(|row| self.take(row));
        Ok(found)
    }
}

/// The set stays whole whatever happened to another holder: it is only ids.
fn locked(under_way: &UnderWay) -> MutexGuard<'_, HashSet<MessageId>> {
    under_way.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lane_of(conversation: ConversationId) -> usize {
    let mut hasher = DefaultHasher::new();
    conversation.hash(&mut hasher);
    usize::try_from(hasher.finish() % (LANES as u64)).unwrap_or(0)
}

/// How a turn ended.
enum Worked {
    /// There is an answer.
    Answered,
    /// An earlier message of the chat comes first.
    Behind,
    /// It waits to be tried again, or was given up.
    Failed,
}

struct Lane {
    lane: mpsc::Receiver<InboxRow>,
    answering: Answering,
    store: Store,
    notifier: Notifier,
    under_way: UnderWay,
}

impl Lane {
    async fn run(mut self) {
        let mut behind = HashSet::new();
        while let Some(row) = self.lane.recv().await {
            match self.work(&row).await {
                Worked::Behind => drop(behind.insert(row.conversation)),
                Worked::Answered if behind.remove(&row.conversation) => {
                    self.catch_up(row.conversation).await;
                }
                Worked::Answered | Worked::Failed => {}
            }
        }
    }

    /// Answers what came into the lane before its turn, in the chat's order.
    async fn catch_up(&self, conversation: ConversationId) {
        loop {
            let next = async {
                let mut tx = self.store.read().await?;
                inbox::first_pending(&mut tx, conversation).await
            };
            match next.await {
                Ok(Some(row)) if matches!(self.work(&row).await, Worked::Answered) => {}
                Ok(_) => return,
                Err(error) => return tracing::warn!(%error, "the inbox cannot be read"),
            }
        }
    }

    async fn work(&self, row: &InboxRow) -> Worked {
        self.notifier.tell(row.conversation, What::Typing);
        // A turn that panics is a turn that failed: the lane goes on.
        let turn = AssertUnwindSafe(self.turn(row)).catch_unwind();
        let turn = turn.instrument(tracing::debug_span!("turn", message = %row.id)).await;
        let worked = match turn.unwrap_or_else(|_| Err(TurnError::Failed("it panicked".to_owned())))
        {
            Ok(in_another_language) => {
                metrics::counter!("bankside_turns_total").increment(1);
                self.notifier.tell(row.conversation, What::Messages);
                if in_another_language {
                    self.notifier.tell(row.conversation, What::Changed);
                }
                self.notifier.on_its_way(&row.channel);
                Worked::Answered
            }
            Err(TurnError::Done) => Worked::Answered,
            Err(TurnError::Behind) => Worked::Behind,
            Err(error) => {
                self.failed(row, &error).await;
                Worked::Failed
            }
        };
        locked(&self.under_way).remove(&row.id);
        worked
    }

    async fn turn(&self, row: &InboxRow) -> Result<bool, TurnError> {
        for _ in 0..MAX_CHANGES {
            let turn = tokio::time::timeout(TURN_TIMEOUT, self.answering.answer(row));
            match turn.await.unwrap_or(Err(TurnError::Timeout)) {
                Err(TurnError::Changed) => {}
                ended => return ended,
            }
        }
        Err(TurnError::Changed)
    }

    /// Counts the failure; at the last one tells the sender, without a word about the cause.
    async fn failed(&self, row: &InboxRow, error: &TurnError) {
        let give_up = row.attempts + 1 >= MAX_ATTEMPTS || matches!(error, TurnError::NoKey);
        tracing::warn!(%error, message = %row.id, attempts = row.attempts + 1, "a turn failed");
        metrics::counter!("bankside_turns_failed_total").increment(1);
        if give_up && !matches!(error, TurnError::NoKey) {
            match self.answering.apologise(row).await {
                Ok(()) => {
                    self.notifier.on_its_way(&row.channel);
                    return self.notifier.tell(row.conversation, What::Messages);
                }
                Err(error) => tracing::warn!(%error, "an apology failed"),
            }
        }
        let counted = async {
            let mut tx = self.store.begin().await?;
            inbox::failed(&mut tx, row.id, give_up).await?;
            tx.commit().await
        };
        if let Err(error) = counted.await {
            tracing::warn!(%error, "a failed turn could not be counted");
        }
    }
}
