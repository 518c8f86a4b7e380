//! Wishes to take back what a channel holds, counted in parts. A row holds no word and no address.

use bankside_domain::Timestamp;
use bankside_domain::id::{CustomerId, MessageId};

use crate::waist::{Row, StoreError, Tx};

/// One wish, for one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetractionRow {
    /// Id, which names its key too.
    pub id: MessageId,
    /// Whose.
    pub customer: CustomerId,
    /// Channel.
    pub channel: String,
    /// `asked`, `unlinked` or `cleared`.
    pub why: String,
    /// Parts that the operator is asked to delete.
    pub asked: i64,
    /// Parts that could not even be asked for.
    pub beyond: i64,
    /// Parts that are deleted.
    pub taken: i64,
    /// Parts that the operator kept.
    pub kept: i64,
    /// When it was wished for.
    pub at: Timestamp,
    /// When the last part was settled, and the key destroyed.
    pub done: Option<Timestamp>,
}

fn read(row: &Row) -> Result<RetractionRow, StoreError> {
    Ok(RetractionRow {
        id: row.parsed(0)?,
        customer: row.parsed(1)?,
        channel: row.text(2)?.to_owned(),
        why: row.text(3)?.to_owned(),
        asked: row.int(4)?,
        beyond: row.int(5)?,
        taken: row.int(6)?,
        kept: row.int(7)?,
        at: row.time(8)?,
        done: row.maybe_int(9)?.map(Timestamp::from_millis),
    })
}

/// Notes one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, r: &RetractionRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO retraction (id, customer_id, channel, why, asked, beyond, taken, kept, \
         asked_ms, done_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            r.id.into(),
            r.customer.into(),
            r.channel.as_str().into(),
            r.why.as_str().into(),
            r.asked.into(),
            r.beyond.into(),
            r.taken.into(),
            r.kept.into(),
            r.at.into(),
            r.done.map(Timestamp::as_millis).into(),
        ],
    )
    .await
}

/// A customer's, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn of(
    tx: &mut Tx,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<RetractionRow>, StoreError> {
    let sql = "SELECT id, customer_id, channel, why, asked, beyond, taken, kept, asked_ms, \
               done_ms FROM retraction WHERE customer_id = $1 \
               ORDER BY asked_ms DESC, id DESC LIMIT $2";
    tx.rows(sql, &[customer.into(), limit.into()]).await?.iter().map(read).collect()
}

/// Counts one more part as deleted, or as kept.
///
/// # Errors
/// [`StoreError`].
pub async fn settle(tx: &mut Tx, id: MessageId, is_taken: bool) -> Result<(), StoreError> {
    let sql = "UPDATE retraction SET taken = taken + $2, kept = kept + 1 - $2 WHERE id = $1";
    tx.run(sql, &[id.into(), i64::from(is_taken).into()]).await.map(drop)
}

/// Those of which every part is settled and whose key may still be there, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn settled(tx: &mut Tx, limit: i64) -> Result<Vec<MessageId>, StoreError> {
    let sql = "SELECT id FROM retraction r WHERE done_ms IS NULL AND NOT EXISTS \
               (SELECT 1 FROM outbox o WHERE o.retraction_id = r.id) ORDER BY id LIMIT $1";
    tx.rows(sql, &[limit.into()]).await?.iter().map(|row| row.parsed(0)).collect()
}

/// Notes that the key of one is destroyed and the files are scrubbed.
///
/// # Errors
/// [`StoreError`].
pub async fn done(tx: &mut Tx, id: MessageId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE retraction SET done_ms = $2 WHERE id = $1";
    tx.run(sql, &[id.into(), now.into()]).await.map(drop)
}

/// Forgets those of hers that were wished for before; those under way stay until they are done.
///
/// # Errors
/// [`StoreError`].
pub async fn erase(
    tx: &mut Tx,
    customer: CustomerId,
    before: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "DELETE FROM retraction WHERE customer_id = $1 AND asked_ms < $2 \
               AND done_ms IS NOT NULL";
    tx.run(sql, &[customer.into(), before.into()]).await
}

/// Lets go of those that are done since before; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM retraction WHERE done_ms < $1", &[before.into()]).await
}
