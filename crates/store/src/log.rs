//! The public half of the disclosure log: leaves, tiles, size.

use crate::waist::{StoreError, Tx};

/// Locks the log for this transaction and reads its size and frontier; begins it where it is new.
///
/// # Errors
/// [`StoreError`].
pub async fn lock(tx: &mut Tx) -> Result<(i64, Vec<u8>), StoreError> {
    let sql = "UPDATE log_state SET size = size WHERE id = 1 RETURNING size, frontier";
    if let Some(row) = tx.row(sql, &[]).await? {
        return Ok((row.int(0)?, row.bytes(1)?.to_vec()));
    }
    let empty = "INSERT INTO log_state (id, size, frontier) VALUES (1, 0, $1) \
                 ON CONFLICT (id) DO NOTHING";
    tx.run(empty, &[Vec::<u8>::new().into()]).await?;
    let row = tx.row(sql, &[]).await?.ok_or(StoreError::Shape)?;
    Ok((row.int(0)?, row.bytes(1)?.to_vec()))
}

/// Size and frontier, without a lock; `None` where there is no log yet.
///
/// # Errors
/// [`StoreError`].
pub async fn state(tx: &mut Tx) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    let row = tx.row("SELECT size, frontier FROM log_state WHERE id = 1", &[]).await?;
    row.map(|r| Ok((r.int(0)?, r.bytes(1)?.to_vec()))).transpose()
}

/// Moves the log to its new size.
///
/// # Errors
/// [`StoreError`].
pub async fn set_state(tx: &mut Tx, size: i64, frontier: &[u8]) -> Result<(), StoreError> {
    let sql = "UPDATE log_state SET size = $1, frontier = $2 WHERE id = 1";
    tx.run_one(sql, &[size.into(), frontier.into()]).await
}

/// Appends a leaf.
///
/// # Errors
/// [`StoreError`].
pub async fn append_leaf(tx: &mut Tx, index: i64, leaf: &[u8]) -> Result<(), StoreError> {
    let sql = "INSERT INTO log_leaf (idx, leaf) VALUES ($1, $2)";
    tx.run_one(sql, &[index.into(), leaf.into()]).await
}

/// Leaves `from <= index < to`, in order.
///
/// # Errors
/// [`StoreError`].
pub async fn leaves(tx: &mut Tx, from: i64, to: i64) -> Result<Vec<Vec<u8>>, StoreError> {
    let sql = "SELECT leaf FROM log_leaf WHERE idx >= $1 AND idx < $2 ORDER BY idx";
    let rows = tx.rows(sql, &[from.into(), to.into()]).await?;
    rows.iter().map(|r| r.bytes(0).map(<[u8]>::to_vec)).collect()
}

/// Writes a tile of hashes, or what is there of it yet. It only ever grows.
///
/// # Errors
/// [`StoreError`].
pub async fn put_tile(
    tx: &mut Tx,
    level: i64,
    index: i64,
    width: i64,
    hashes: &[u8],
) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO log_tile (level, idx, width, hashes) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (level, idx) DO UPDATE SET width = excluded.width, hashes = excluded.hashes \
         WHERE excluded.width >= log_tile.width",
        &[level.into(), index.into(), width.into(), hashes.into()],
    )
    .await
}

/// A tile as wide as it is now.
///
/// # Errors
/// [`StoreError`].
pub async fn tile(tx: &mut Tx, level: i64, index: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT hashes FROM log_tile WHERE level = $1 AND idx = $2";
    let row = tx.row(sql, &[level.into(), index.into()]).await?;
    row.map(|r| r.bytes(0).map(<[u8]>::to_vec)).transpose()
}
