//! "Clear history", step by step, so that a crash in between is finished at the next start.
//!
//! ```text
//! asked -> shredded -> erased -> done
//! ```

use bankside_domain::Timestamp;
use bankside_domain::id::CustomerId;

use crate::waist::{StoreError, Tx};

/// A clearing that is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearingRow {
    /// `asked`, `shredded` or `erased`.
    pub state: String,
    /// When it was asked for.
    pub asked: Timestamp,
    /// What was erased, as JSON, once it was.
    pub counts: Option<String>,
}

/// Asks for one; again is fine.
///
/// # Errors
/// [`StoreError`].
pub async fn ask(tx: &mut Tx, customer: CustomerId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO clearing (customer_id, state, asked_ms) VALUES ($1, 'asked', $2) \
               ON CONFLICT (customer_id) DO UPDATE SET state = 'asked', asked_ms = $2, \
               counts = NULL, done_ms = NULL, receipt = NULL";
    tx.run(sql, &[customer.into(), now.into()]).await.map(drop)
}

/// Customers whose clearing was asked for and is not done, at most `limit`, oldest first.
///
/// # Errors
/// [`StoreError`].
pub async fn unfinished(tx: &mut Tx, limit: i64) -> Result<Vec<CustomerId>, StoreError> {
    let sql = "SELECT customer_id FROM clearing WHERE state <> 'done' ORDER BY asked_ms LIMIT $1";
    tx.rows(sql, &[limit.into()]).await?.iter().map(|r| r.parsed(0)).collect()
}

/// How far hers is, where one is under way.
///
/// # Errors
/// [`StoreError`].
pub async fn under_way(
    tx: &mut Tx,
    customer: CustomerId,
) -> Result<Option<ClearingRow>, StoreError> {
    let sql = "SELECT state, asked_ms, counts FROM clearing \
               WHERE customer_id = $1 AND state <> 'done'";
    let row = tx.row(sql, &[customer.into()]).await?;
    row.map(|r| {
        Ok(ClearingRow {
            state: r.text(0)?.to_owned(),
            asked: r.time(1)?,
            counts: r.maybe_text(2)?.map(str::to_owned),
        })
    })
    .transpose()
}

/// Whether one is under way: nothing may be written for her then.
///
/// # Errors
/// [`StoreError`].
pub async fn is_under_way(tx: &mut Tx, customer: CustomerId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM clearing WHERE customer_id = $1 AND state <> 'done'";
    Ok(tx.row(sql, &[customer.into()]).await?.is_some())
}

/// Records that her keys are destroyed.
///
/// # Errors
/// [`StoreError::Conflict`] where it is not at `asked`.
pub async fn shredded(tx: &mut Tx, customer: CustomerId) -> Result<(), StoreError> {
    let sql = "UPDATE clearing SET state = 'shredded' WHERE customer_id = $1 AND state = 'asked'";
    tx.run_one(sql, &[customer.into()]).await
}

/// Records that her rows are erased, with what they were.
///
/// # Errors
/// [`StoreError::Conflict`] where it is not at `shredded`.
pub async fn erased(tx: &mut Tx, customer: CustomerId, counts: &str) -> Result<(), StoreError> {
    let sql = "UPDATE clearing SET state = 'erased', counts = $2 \
               WHERE customer_id = $1 AND state = 'shredded'";
    tx.run_one(sql, &[customer.into(), counts.into()]).await
}

/// Records that it is done, with the signed receipt.
///
/// # Errors
/// [`StoreError::Conflict`] where it is not at `erased`.
pub async fn done(
    tx: &mut Tx,
    customer: CustomerId,
    receipt: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE clearing SET state = 'done', done_ms = $3, receipt = $2 \
               WHERE customer_id = $1 AND state = 'erased'";
    tx.run_one(sql, &[customer.into(), receipt.into(), now.into()]).await
}

/// The receipt of the last one that is done, and when.
///
/// # Errors
/// [`StoreError`].
pub async fn receipt(
    tx: &mut Tx,
    customer: CustomerId,
) -> Result<Option<(String, Timestamp)>, StoreError> {
    let sql = "SELECT receipt, done_ms FROM clearing WHERE customer_id = $1 AND state = 'done'";
    let row = tx.row(sql, &[customer.into()]).await?;
    row.map(|r| Ok((r.text(0)?.to_owned(), r.time(1)?))).transpose()
}

/// How many consents, chats, messages and log entries she has: what a clearing would erase.
///
/// # Errors
/// [`StoreError`].
pub async fn inventory(tx: &mut Tx, customer: CustomerId) -> Result<[i64; 4], StoreError> {
    let mut counts = [0; 4];
    let statements = [
        "SELECT COUNT(*) FROM consent WHERE customer_id = $1",
        "SELECT COUNT(*) FROM conversation WHERE customer_id = $1",
        "SELECT COUNT(*) FROM message WHERE conversation_id IN \
         (SELECT id FROM conversation WHERE customer_id = $1)",
        "SELECT COUNT(*) FROM record WHERE customer_id = $1",
    ];
    for (count, sql) in counts.iter_mut().zip(statements) {
        let row = tx.row(sql, &[customer.into()]).await?;
        *count = row.map_or(Ok(0), |r| r.int(0))?;
    }
    Ok(counts)
}
