//! What a webhook sent and nobody understood.

use bankside_domain::Timestamp;
use bankside_domain::id::MessageId;

use crate::waist::{Row, StoreError, Tx};

/// One request, or a part of one.
#[derive(Clone, Debug)]
pub struct QuarantineRow {
    /// Id.
    pub id: MessageId,
    /// Channel.
    pub channel: String,
    /// Why it was not understood.
    pub reason: String,
    /// The request, sealed.
    pub body_ct: Vec<u8>,
    /// Bytes of its body.
    pub size: i64,
    /// When it came.
    pub at: Timestamp,
}

fn read(row: &Row) -> Result<QuarantineRow, StoreError> {
    Ok(QuarantineRow {
        id: row.parsed(0)?,
        channel: row.text(1)?.to_owned(),
        reason: row.text(2)?.to_owned(),
        body_ct: row.bytes(3)?.to_vec(),
        at: row.time(4)?,
        size: row.int(5)?,
    })
}

/// Keeps one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, row: &QuarantineRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO quarantine (id, channel, reason, body_ct, at_ms, size_bytes) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            row.id.into(),
            row.channel.as_str().into(),
            row.reason.as_str().into(),
            row.body_ct.as_slice().into(),
            row.at.into(),
            row.size.into(),
        ],
    )
    .await
}

/// The newest, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn newest(tx: &mut Tx, limit: i64) -> Result<Vec<QuarantineRow>, StoreError> {
    let sql = "SELECT id, channel, reason, body_ct, at_ms, size_bytes FROM quarantine \
               ORDER BY at_ms DESC, id DESC LIMIT $1";
    tx.rows(sql, &[limit.into()]).await?.iter().map(read).collect()
}

/// One of them.
///
/// # Errors
/// [`StoreError`].
pub async fn get(tx: &mut Tx, id: MessageId) -> Result<Option<QuarantineRow>, StoreError> {
    let sql = "SELECT id, channel, reason, body_ct, at_ms, size_bytes FROM quarantine \
               WHERE id = $1";
    tx.row(sql, &[id.into()]).await?.as_ref().map(read).transpose()
}

/// How many are kept of a channel.
///
/// # Errors
/// [`StoreError`].
pub async fn count(tx: &mut Tx, channel: &str) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM quarantine WHERE channel = $1";
    tx.row(sql, &[channel.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Keeps what is still not understood of one, and why.
///
/// # Errors
/// [`StoreError`].
pub async fn keep(
    tx: &mut Tx,
    id: MessageId,
    reason: &str,
    body_ct: &[u8],
) -> Result<(), StoreError> {
    let sql = "UPDATE quarantine SET reason = $2, body_ct = $3 WHERE id = $1";
    tx.run(sql, &[id.into(), reason.into(), body_ct.into()]).await.map(drop)
}

/// Lets one go; `false` where it was gone.
///
/// # Errors
/// [`StoreError`].
pub async fn remove(tx: &mut Tx, id: MessageId) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM quarantine WHERE id = $1", &[id.into()]).await? == 1)
}

/// Lets go of what is older; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM quarantine WHERE at_ms < $1", &[before.into()]).await
}
