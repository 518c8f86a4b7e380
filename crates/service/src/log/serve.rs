//! Serving the public half: checkpoint, tiles and entries by their C2SP paths (tlog-tiles), and key
//! rotations beside them.
//!
//! INVARIANT: nothing beyond the newest checkpoint is served, so that a partial tile never shows
//! what was not signed for.

use bankside_store::{StoreError, log, rotations};
use bankside_transparency::bundle;
use bankside_transparency::hash::HASH_LEN;
use bankside_transparency::leaf::Leaf;
use bankside_transparency::path::LogPath;

use super::Log;

/// Why a path has no content.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// No such path, or beyond the newest checkpoint.
    #[error("there is nothing at this path of the log")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Log {
    /// The bytes at a path below the log's address: `checkpoint`, `tile/0/x001/234`,
    /// `tile/entries/000.p/17`, `rotation/1`.
    ///
    /// # Errors
    /// [`ServeError`].
    pub async fn file(&self, path: &str) -> Result<Vec<u8>, ServeError> {
        if let Some(number) = path.strip_prefix("rotation/") {
            return self.rotation(number).await;
        }
        match LogPath::parse(path).ok_or(ServeError::NotFound)? {
            LogPath::Checkpoint => {
                let note = self.checkpoint().await?.ok_or(ServeError::NotFound)?;
                Ok(note.into_bytes())
            }
            LogPath::Tile(tile) => {
                let (level, index) = (i64::from(tile.level()), int(tile.index())?);
                let mut tx = self.store.read().await?;
                let hashes = log::tile(&mut tx, level, index).await?.ok_or(ServeError::NotFound)?;
                let length = usize::from(tile.width()) * HASH_LEN;
                hashes.get(..length).map(<[u8]>::to_vec).ok_or(ServeError::NotFound)
            }
            LogPath::Entries(wanted) => {
                let from = int(wanted.index())?.checked_mul(256).ok_or(ServeError::NotFound)?;
                let to = from + i64::from(wanted.width());
                let mut tx = self.store.read().await?;
                let leaves = log::leaves(&mut tx, from, to).await?;
                if leaves.len() != usize::from(wanted.width()) {
                    return Err(ServeError::NotFound);
                }
                let parsed: Option<Vec<Leaf>> = leaves.iter().map(|l| Leaf::parse(l)).collect();
                let mut bytes = Vec::new();
                bundle::append(&mut bytes, parsed.ok_or(StoreError::Shape)?);
                Ok(bytes)
            }
        }
    }

    /// A key rotation, counted from 1 and spelled in one way.
    async fn rotation(&self, number: &str) -> Result<Vec<u8>, ServeError> {
        let parsed: i64 = number.parse().map_err(|_| ServeError::NotFound)?;
        if parsed.to_string() != number {
            return Err(ServeError::NotFound);
        }
        let mut tx = self.store.read().await?;
        let row = rotations::at(&mut tx, parsed).await?.ok_or(ServeError::NotFound)?;
        Ok(row.note.into_bytes())
    }
}

fn int(n: u64) -> Result<i64, ServeError> {
    i64::try_from(n).map_err(|_| ServeError::NotFound)
}
