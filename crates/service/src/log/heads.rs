//! The heads map as of a checkpoint that may have been published by another node, or before this
//! one started.
//!
//! INVARIANT: a map is used only if its root is the one that the checkpoint's last leaf carries.

use bankside_store::{Tx, streams};
use bankside_transparency::hash::Hash256;
use bankside_transparency::heads::{Head, HeadsMap};
use bankside_transparency::leaf::{Commitment, StreamId};

use super::{Log, LogError};

impl Log {
    /// The map under the checkpoint of `size` leaves, whose root is `root`.
    ///
    /// # Errors
    /// [`LogError::NotYet`] where a stream moved on and was cleared since: the next checkpoint
    /// takes that in.
    pub(super) async fn heads_under(
        &self,
        tx: &mut Tx,
        size: i64,
        root: Hash256,
    ) -> Result<HeadsMap, LogError> {
        // A clone of a map costs nothing, and nobody waits for the database with the lock held.
        let kept = self.heads.lock().await.clone();
        if let Some((at, map)) = kept.filter(|(at, _)| *at <= size) {
            let map = forward(tx, at, size, map).await?;
            if map.root() == root {
                return Ok(map);
            }
        }
        let map = forward(tx, 0, size, HeadsMap::new()).await?;
        if map.root() != root {
            return Err(LogError::NotYet);
        }
        let mut kept = self.heads.lock().await;
        if kept.as_ref().is_none_or(|(at, _)| *at < size) {
            *kept = Some((size, map.clone()));
        }
        Ok(map)
    }
}

/// Takes in the heads that moved from `since` up to `size`.
async fn forward(
    tx: &mut Tx,
    since: i64,
    size: i64,
    mut map: HeadsMap,
) -> Result<HeadsMap, LogError> {
    for (stream, seq, head) in streams::heads_at(tx, since, size).await? {
        let seq = u64::try_from(seq).map_err(|_| LogError::Unreadable)?;
        map.insert(StreamId(stream), Head { seq, commitment: Commitment(Hash256(head)) });
    }
    Ok(map)
}
