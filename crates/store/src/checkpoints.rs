//! Signed checkpoints.

use bankside_domain::Timestamp;

use crate::waist::{Row, StoreError, Tx};

/// A checkpoint.
#[derive(Clone, Debug)]
pub struct CheckpointRow {
    /// Size of the tree.
    pub size: i64,
    /// The signed note.
    pub note: String,
    /// Root of the heads map that its last leaf commits to.
    pub heads_root: Vec<u8>,
    /// When it was signed.
    pub at: Timestamp,
    /// How many witnesses cosigned it.
    pub cosigned: i64,
}

/// Publishes one; a size has one note, which may gain signatures.
///
/// # Errors
/// [`StoreError`].
pub async fn put(tx: &mut Tx, c: &CheckpointRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO checkpoint (size, note, heads_root, at_ms, cosigned) \
         VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (size) DO UPDATE SET note = excluded.note, cosigned = excluded.cosigned",
        &[
            c.size.into(),
            c.note.as_str().into(),
            c.heads_root.as_slice().into(),
            c.at.into(),
            c.cosigned.into(),
        ],
    )
    .await
}

/// The newest.
///
/// # Errors
/// [`StoreError`].
pub async fn latest(tx: &mut Tx) -> Result<Option<CheckpointRow>, StoreError> {
    let sql = "SELECT size, note, heads_root, at_ms, cosigned FROM checkpoint \
               ORDER BY size DESC LIMIT 1";
    tx.row(sql, &[]).await?.as_ref().map(read).transpose()
}

/// The one of that size.
///
/// # Errors
/// [`StoreError`].
pub async fn at(tx: &mut Tx, size: i64) -> Result<Option<CheckpointRow>, StoreError> {
    let sql = "SELECT size, note, heads_root, at_ms, cosigned FROM checkpoint WHERE size = $1";
    tx.row(sql, &[size.into()]).await?.as_ref().map(read).transpose()
}

/// The best cosigned one above that size: of those that most witnesses cosigned, the newest.
///
/// # Errors
/// [`StoreError`].
pub async fn cosigned_above(tx: &mut Tx, size: i64) -> Result<Option<CheckpointRow>, StoreError> {
    let sql = "SELECT size, note, heads_root, at_ms, cosigned FROM checkpoint \
               WHERE cosigned > 0 AND size > $1 ORDER BY cosigned DESC, size DESC LIMIT 1";
    tx.row(sql, &[size.into()]).await?.as_ref().map(read).transpose()
}

/// When the first one above that size was signed.
///
/// # Errors
/// [`StoreError`].
pub async fn first_above(tx: &mut Tx, size: i64) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT at_ms FROM checkpoint WHERE size > $1 ORDER BY size LIMIT 1";
    tx.row(sql, &[size.into()]).await?.map(|row| row.time(0)).transpose()
}

fn read(row: &Row) -> Result<CheckpointRow, StoreError> {
    Ok(CheckpointRow {
        size: row.int(0)?,
        note: row.text(1)?.to_owned(),
        heads_root: row.bytes(2)?.to_vec(),
        at: row.time(3)?,
        cosigned: row.int(4)?,
    })
}
