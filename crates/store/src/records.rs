//! Records of the disclosure log, sealed, beside the public leaves.

use bankside_domain::Timestamp;
use bankside_domain::id::{ConsentId, CustomerId};

use crate::waist::{Row, StoreError, Tx};

/// A record's row.
#[derive(Clone, Debug)]
pub struct RecordRow {
    /// Whose.
    pub customer: CustomerId,
    /// Number in her stream, from 0.
    pub seq: i64,
    /// Index of its leaf.
    pub log_index: i64,
    /// Its commitment.
    pub commitment: [u8; 32],
    /// Short receipt number.
    pub receipt: String,
    /// Code of its kind.
    pub kind: String,
    /// The party's short name, if one is concerned.
    pub party: Option<String>,
    /// The consent, if one is concerned.
    pub consent: Option<ConsentId>,
    /// When.
    pub at: Timestamp,
    /// Canonical record, sealed.
    pub record_ct: Vec<u8>,
    /// The very bytes that were sent, with salt, sealed.
    pub body_ct: Vec<u8>,
}

fn read(row: &Row) -> Result<RecordRow, StoreError> {
    Ok(RecordRow {
        customer: row.parsed(0)?,
        seq: row.int(1)?,
        log_index: row.int(2)?,
        commitment: row.array(3)?,
        receipt: row.text(4)?.to_owned(),
        kind: row.text(5)?.to_owned(),
        party: row.maybe_text(6)?.map(str::to_owned),
        consent: row.maybe_parsed(7)?,
        at: row.time(8)?,
        record_ct: row.bytes(9)?.to_vec(),
        body_ct: row.bytes(10)?.to_vec(),
    })
}

/// Adds one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, r: &RecordRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO record (customer_id, seq, log_index, commitment, receipt, kind, party_id, \
         consent_id, at_ms, record_ct, body_ct) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            r.customer.into(),
            r.seq.into(),
            r.log_index.into(),
            r.commitment.as_slice().into(),
            r.receipt.as_str().into(),
            r.kind.as_str().into(),
            r.party.clone().into(),
            r.consent.into(),
            r.at.into(),
            r.record_ct.as_slice().into(),
            r.body_ct.as_slice().into(),
        ],
    )
    .await
}

/// A customer's records below `before`, newest first, at most `limit`: of one party, of one kind,
/// where these are given.
///
/// # Errors
/// [`StoreError`].
pub async fn page_of(
    tx: &mut Tx,
    customer: CustomerId,
    before: i64,
    party: Option<&str>,
    kind: Option<&str>,
    limit: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    let sql = "SELECT customer_id, seq, log_index, commitment, receipt, kind, party_id, \
               consent_id, at_ms, record_ct, body_ct FROM record \
               WHERE customer_id = $1 AND seq < $2 AND ($3 = '' OR party_id = $3) \
               AND ($4 = '' OR kind = $4) ORDER BY seq DESC LIMIT $5";
    let (party, kind) = (party.unwrap_or_default(), kind.unwrap_or_default());
    let args = [customer.into(), before.into(), party.into(), kind.into(), limit.into()];
    tx.rows(sql, &args).await?.iter().map(read).collect()
}

/// A customer's records from `seq` on, oldest first, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn from(
    tx: &mut Tx,
    customer: CustomerId,
    seq: i64,
    limit: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    let sql = "SELECT customer_id, seq, log_index, commitment, receipt, kind, party_id, \
               consent_id, at_ms, record_ct, body_ct FROM record \
               WHERE customer_id = $1 AND seq >= $2 ORDER BY seq LIMIT $3";
    tx.rows(sql, &[customer.into(), seq.into(), limit.into()]).await?.iter().map(read).collect()
}

/// A customer's records below `before`, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn page(
    tx: &mut Tx,
    customer: CustomerId,
    before: i64,
    limit: i64,
) -> Result<Vec<RecordRow>, StoreError> {
    let sql = "SELECT customer_id, seq, log_index, commitment, receipt, kind, party_id, \
               consent_id, at_ms, record_ct, body_ct FROM record \
               WHERE customer_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
    tx.rows(sql, &[customer.into(), before.into(), limit.into()]).await?.iter().map(read).collect()
}

/// One, by its receipt number, if it is hers.
///
/// # Errors
/// [`StoreError`].
pub async fn by_receipt(
    tx: &mut Tx,
    customer: CustomerId,
    receipt: &str,
) -> Result<Option<RecordRow>, StoreError> {
    let sql = "SELECT customer_id, seq, log_index, commitment, receipt, kind, party_id, \
               consent_id, at_ms, record_ct, body_ct FROM record \
               WHERE customer_id = $1 AND receipt = $2";
    tx.row(sql, &[customer.into(), receipt.into()]).await?.as_ref().map(read).transpose()
}

/// The consent on which the entry at that place of the log rests, if it rests on one.
///
/// # Errors
/// [`StoreError`].
pub async fn ground_of(tx: &mut Tx, log_index: i64) -> Result<Option<ConsentId>, StoreError> {
    let sql = "SELECT consent_id FROM record WHERE log_index = $1";
    let row = tx.row(sql, &[log_index.into()]).await?;
    row.map_or(Ok(None), |row| row.maybe_parsed(0))
}

/// How a consent was used: disclosures since `since`, and the last time of all.
///
/// # Errors
/// [`StoreError`].
pub async fn usage(
    tx: &mut Tx,
    customer: CustomerId,
    consent: ConsentId,
    since: Timestamp,
) -> Result<(i64, Option<Timestamp>), StoreError> {
    let count = "SELECT COUNT(*) FROM record WHERE customer_id = $1 AND consent_id = $2 \
                 AND kind = 'disclose' AND at_ms >= $3";
    let counted = tx.row(count, &[customer.into(), consent.into(), since.into()]).await?;
    let last = "SELECT MAX(at_ms) FROM record WHERE customer_id = $1 AND consent_id = $2 \
                AND kind = 'disclose'";
    let latest = tx.row(last, &[customer.into(), consent.into()]).await?;
    Ok((
        counted.map_or(Ok(0), |r| r.int(0))?,
        latest.map_or(Ok(None), |r| r.maybe_int(0))?.map(Timestamp::from_millis),
    ))
}

/// Removes all of a customer's; the public leaves stay.
///
/// # Errors
/// [`StoreError`].
pub async fn erase(tx: &mut Tx, customer: CustomerId) -> Result<u64, StoreError> {
    tx.run("DELETE FROM record WHERE customer_id = $1", &[customer.into()]).await
}
