//! Publishing: a leaf with the root of the heads map, and a signed checkpoint over everything up
//! to it, in one transaction.

use bankside_domain::Timestamp;
use bankside_store::checkpoints::{self, CheckpointRow};
use bankside_store::{StoreError, log, streams};
use bankside_transparency::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use bankside_transparency::hash::Hash256;
use bankside_transparency::heads::{Head, HeadsMap};
use bankside_transparency::leaf::{Commitment, StreamId};

use super::Log;
use super::rotate::may_sign;
use crate::commit::{CommitError, Unit};

/// The newest checkpoint in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    /// Leaves under it.
    pub size: u64,
    /// The tree's root, in base 64.
    pub root: String,
    /// When it was signed.
    pub at: Timestamp,
}

/// Why no checkpoint was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// It cannot be signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The log was handed to another key.
    #[error("the log was handed to another key; copy `log.key` here and start anew")]
    Rotated,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Log {
    /// Publishes a checkpoint if anything was appended since the last; says at which size. The
    /// first is that of a log in which nobody has an entry yet, so that there is something to hold
    /// the bank to from the first day.
    ///
    /// # Errors
    /// [`PublishError`]; the last checkpoint stands.
    pub async fn publish(&self) -> Result<Option<u64>, CommitError<PublishError>> {
        let this = self.clone();
        let published = self
            .committer
            .commit(move |unit| Box::pin(async move { this.publish_in(unit).await }))
            .await;
        if published.is_err() {
            // The map in memory may be ahead of the database: it is built anew.
            *self.heads.lock().await = None;
        }
        published
    }

    async fn publish_in(&self, unit: &mut Unit<'_>) -> Result<Option<u64>, PublishError> {
        let next = unit.next_index()?;
        if checkpoints::latest(unit.tx).await?.is_some_and(|last| next <= last.size) {
            return Ok(None);
        }
        if !may_sign(unit.tx, &self.verifier()).await? {
            return Err(PublishError::Rotated);
        }
        let mut kept = self.heads.lock().await;
        let (since, mut map) = kept.take().unwrap_or_else(|| (0, HeadsMap::new()));
        for (stream, seq, head) in streams::heads_since(unit.tx, since).await? {
            let seq = u64::try_from(seq).map_err(|_| StoreError::Shape)?;
            let head = Head { seq, commitment: Commitment(Hash256(head)) };
            map.insert(StreamId(stream), head);
        }
        let root = map.root();
        unit.append(map.leaf()).await?;
        let (size, tree) = unit.root()?;
        let signed = Checkpoint::new(&self.origin, size, tree)?.sign(&[&self.signer])?;
        let row = CheckpointRow {
            size: i64::try_from(size).map_err(|_| StoreError::Shape)?,
            note: signed.note().to_string(),
            heads_root: root.0.to_vec(),
            at: self.clock.now(),
            cosigned: 0,
        };
        checkpoints::put(unit.tx, &row).await?;
        *kept = Some((row.size, map));
        Ok(Some(size))
    }

    /// The newest checkpoint, as a signed note; `None` before the first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn checkpoint(&self) -> Result<Option<String>, StoreError> {
        let mut tx = self.store.read().await?;
        Ok(checkpoints::latest(&mut tx).await?.map(|c| c.note))
    }

    /// What the newest checkpoint says, for those who watch; `None` before the first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn newest(&self) -> Result<Option<Newest>, StoreError> {
        let mut tx = self.store.read().await?;
        let Some(row) = checkpoints::latest(&mut tx).await? else { return Ok(None) };
        let signed = SignedCheckpoint::parse(row.note.as_bytes()).map_err(|_| StoreError::Shape)?;
        let checkpoint = signed.checkpoint();
        let root = checkpoint.root().to_base64();
        Ok(Some(Newest { size: checkpoint.size(), root, at: row.at }))
    }

    /// How many leaves there are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn size(&self) -> Result<i64, StoreError> {
        let mut tx = self.store.read().await?;
        Ok(log::state(&mut tx).await?.map_or(0, |(size, _)| size))
    }
}
