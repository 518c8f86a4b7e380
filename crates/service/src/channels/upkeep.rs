//! What an operator of the bank sees and does about channels: how they are, what was given up, and
//! what came and was not understood.
//!
//! INVARIANT: an act and its evidence are one transaction: who did what, when, in the installation's
//! own stream of the log, beside the acts of the kill switch.
//! INVARIANT: nothing here shows a word or an address, but what was kept apart, which is opened one by
//! one, for a reason that is on the record.

mod apart;
mod deed;

use bankside_domain::Timestamp;
use bankside_domain::id::MessageId;
use bankside_store::outbox::{self, Waiting};
use bankside_store::pulses::{self, PulseRow};
use bankside_store::quarantine;
use bankside_store::{StoreError, Tx};

pub use apart::{Again, Opened};
pub use bankside_store::outbox::DeadRow as Dead;
pub use deed::{Deed, Deeded};

use super::Channels;
use crate::commit::CommitError;
use crate::door::EntryError;
use crate::keys::{KeyError, Unsealable};
use crate::suspension::{By, SuspendError, Suspensions};

/// Dead letters and deliveries that are shown.
const SHOWN: i64 = 100;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum UpkeepError {
    /// It is not there, or no longer.
    #[error("it is not there, or somebody was faster")]
    Unknown,
    /// The reason or the name is not one line, or holds a secret.
    #[error(transparent)]
    Words(#[from] SuspendError),
    /// It was kept without what proves it, or does not open.
    #[error("it cannot be opened")]
    Unreadable(#[from] Unsealable),
    /// The channel no longer believes it: its secret was changed.
    #[error("the channel no longer takes it for its operator's: {0}")]
    Distrusted(String),
    /// What was understood could not be applied.
    #[error(transparent)]
    Receive(#[from] super::ReceiveError),
    /// The entry could not be made.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How a connected channel is.
#[derive(Clone, Debug)]
pub struct State {
    /// Its short name.
    pub channel: String,
    /// The bank that speaks in it.
    pub bank: String,
    /// What waits.
    pub waiting: Waiting,
    /// What it last did.
    pub pulse: PulseRow,
    /// Deliveries that are kept apart.
    pub apart: i64,
}

/// A delivery that was not understood.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Id.
    pub id: MessageId,
    /// Channel.
    pub channel: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Bytes of its body.
    pub size: i64,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Upkeep {
    pub(crate) channels: std::sync::Arc<Channels>,
    pub(crate) office: Suspensions,
    pub(crate) build: std::sync::Arc<str>,
}

impl std::fmt::Debug for Upkeep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Upkeep")
    }
}

type Done<T> = Result<T, CommitError<UpkeepError>>;

fn refused(error: impl Into<UpkeepError>) -> CommitError<UpkeepError> {
    CommitError::Refused(error.into())
}

impl Upkeep {
    /// How each connected channel is, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn states(&self) -> Result<Vec<State>, StoreError> {
        let mut tx = self.read().await?;
        let mut states = Vec::new();
        for (id, reached) in self.channels.connected.iter() {
            states.push(State {
                channel: id.clone(),
                bank: reached.bank.name.clone(),
                waiting: outbox::waiting(&mut tx, id).await?,
                pulse: pulses::of(&mut tx, id).await?,
                apart: quarantine::count(&mut tx, id).await?,
            });
        }
        Ok(states)
    }

    /// The newest dead letters of a channel.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn dead(&self, channel: &str) -> Result<Vec<Dead>, StoreError> {
        outbox::dead(&mut self.read().await?, channel, SHOWN).await
    }

    /// The newest deliveries that were not understood.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn apart(&self) -> Result<Vec<Kept>, StoreError> {
        let rows = quarantine::newest(&mut self.read().await?, SHOWN).await?;
        let kept = |row: quarantine::QuarantineRow| Kept {
            id: row.id,
            channel: row.channel,
            reason: row.reason,
            at: row.at,
            size: row.size,
        };
        Ok(rows.into_iter().map(kept).collect())
    }

    /// Asks the operator of a channel whether the bank's credentials work; nothing where there is no
    /// such channel.
    pub async fn test(&self, channel: &str) -> Option<Result<String, crate::ports::SendError>> {
        let (adapter, _) = self.channels.get(channel)?;
        let asked = tokio::time::timeout(super::courier::SEND_TIMEOUT, adapter.test()).await;
        let late = || crate::ports::SendError::Later {
            after_millis: None,
            why: "no answer in time".to_owned(),
        };
        Some(asked.unwrap_or_else(|_| Err(late())))
    }

    /// Sends a dead letter again, for another day of tries.
    ///
    /// # Errors
    /// [`UpkeepError`].
    pub async fn try_again(&self, id: MessageId, by: &By) -> Done<()> {
        let now = self.channels.clock.now();
        let channel = self
            .act(Deed::TryAgain, id, (by, ""), move |tx| {
                Box::pin(async move { outbox::revive(tx, id, now).await })
            })
            .await?;
        self.channels.notifier.on_its_way(&channel);
        Ok(())
    }

    /// Lets a dead letter go.
    ///
    /// # Errors
    /// [`UpkeepError`].
    pub async fn let_go(&self, id: MessageId, by: &By) -> Done<()> {
        self.act(Deed::LetGo, id, (by, ""), move |tx| Box::pin(outbox::bury(tx, id)))
            .await
            .map(drop)
    }

    async fn read(&self) -> Result<Tx, StoreError> {
        self.channels.store.read().await
    }
}
