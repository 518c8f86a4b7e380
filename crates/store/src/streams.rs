//! Each customer's stream in the disclosure log: its random id, its sealed secret, its head.

use bankside_domain::id::CustomerId;

use crate::waist::{Row, StoreError, Tx};

/// A stream.
#[derive(Clone, Debug)]
pub struct StreamRow {
    /// Whose.
    pub customer: CustomerId,
    /// Random id.
    pub stream: [u8; 16],
    /// Its secret, sealed under her key.
    pub secret_ct: Vec<u8>,
    /// Number of the next entry, from 0.
    pub next_seq: i64,
    /// Newest commitment; zeros where there is none.
    pub head: [u8; 32],
}

fn read(row: &Row) -> Result<StreamRow, StoreError> {
    Ok(StreamRow {
        customer: row.parsed(0)?,
        stream: row.array(1)?,
        secret_ct: row.bytes(2)?.to_vec(),
        next_seq: row.int(3)?,
        head: row.array(4)?,
    })
}

/// Begins one.
///
/// # Errors
/// [`StoreError::Conflict`] where she has one.
pub async fn insert(tx: &mut Tx, s: &StreamRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO stream (customer_id, stream_id, secret_ct, next_seq, head, head_index) \
         VALUES ($1, $2, $3, $4, $5, -1) ON CONFLICT (customer_id) DO NOTHING",
        &[
            s.customer.into(),
            s.stream.as_slice().into(),
            s.secret_ct.as_slice().into(),
            s.next_seq.into(),
            s.head.as_slice().into(),
        ],
    )
    .await
}

/// A customer's.
///
/// # Errors
/// [`StoreError`].
pub async fn of(tx: &mut Tx, customer: CustomerId) -> Result<Option<StreamRow>, StoreError> {
    let sql = "SELECT customer_id, stream_id, secret_ct, next_seq, head FROM stream \
               WHERE customer_id = $1";
    tx.row(sql, &[customer.into()]).await?.as_ref().map(read).transpose()
}

/// As [`of`], and whether a clearing of her history is under way.
///
/// # Errors
/// [`StoreError`].
pub async fn writable(
    tx: &mut Tx,
    customer: CustomerId,
) -> Result<Option<(StreamRow, bool)>, StoreError> {
    let sql = "SELECT s.customer_id, s.stream_id, s.secret_ct, s.next_seq, s.head, \
               (SELECT COUNT(*) FROM clearing c WHERE c.customer_id = $1 AND c.state <> 'done') \
               FROM stream s WHERE s.customer_id = $1";
    let row = tx.row(sql, &[customer.into()]).await?;
    row.map(|row| Ok((read(&row)?, row.int(5)? > 0))).transpose()
}

/// Moves its head by one entry.
///
/// # Errors
/// [`StoreError::Conflict`] where it moved meanwhile.
pub async fn advance(
    tx: &mut Tx,
    customer: CustomerId,
    seq: i64,
    head: &[u8; 32],
    log_index: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE stream SET next_seq = $2 + 1, head = $3, head_index = $4 \
               WHERE customer_id = $1 AND next_seq = $2";
    let args = [customer.into(), seq.into(), head.as_slice().into(), log_index.into()];
    tx.run_one(sql, &args).await
}

/// Id, newest number and head of each stream whose newest entry is at `index` of the log or after:
/// what the heads map takes in.
///
/// # Errors
/// [`StoreError`].
pub async fn heads_since(
    tx: &mut Tx,
    index: i64,
) -> Result<Vec<([u8; 16], i64, [u8; 32])>, StoreError> {
    let sql = "SELECT stream_id, next_seq - 1, head FROM stream \
               WHERE next_seq > 0 AND head_index >= $1";
    tx.rows(sql, &[index.into()])
        .await?
        .iter()
        .map(|row| Ok((row.array(0)?, row.int(1)?, row.array(2)?)))
        .collect()
}

/// As [`heads_since`], but as it was when the log had `size` leaves: streams whose newest entry
/// of then is at `since` or after, and perhaps more. A stream that was disowned after `size` is
/// missing.
///
/// # Errors
/// [`StoreError`].
pub async fn heads_at(
    tx: &mut Tx,
    since: i64,
    size: i64,
) -> Result<Vec<([u8; 16], i64, [u8; 32])>, StoreError> {
    let unmoved = "SELECT stream_id, next_seq - 1, head FROM stream \
                   WHERE next_seq > 0 AND head_index >= $1 AND head_index < $2";
    let mut rows = tx.rows(unmoved, &[since.into(), size.into()]).await?;
    let moved = "SELECT s.stream_id, r.seq, r.commitment FROM stream s \
                 JOIN record r ON r.customer_id = s.customer_id \
                 WHERE s.head_index >= $1 AND r.seq = (SELECT MAX(b.seq) FROM record b \
                 WHERE b.customer_id = s.customer_id AND b.log_index < $1)";
    rows.extend(tx.rows(moved, &[size.into()]).await?);
    rows.iter().map(|row| Ok((row.array(0)?, row.int(1)?, row.array(2)?))).collect()
}

/// Forgets whose it was and its secret; the head stays for the log's proofs.
///
/// # Errors
/// [`StoreError::Conflict`] where there is none.
pub async fn disown(
    tx: &mut Tx,
    customer: CustomerId,
    nobody: CustomerId,
) -> Result<(), StoreError> {
    let sql = "UPDATE stream SET customer_id = $2, secret_ct = $3 WHERE customer_id = $1";
    tx.run_one(sql, &[customer.into(), nobody.into(), Vec::<u8>::new().into()]).await
}
