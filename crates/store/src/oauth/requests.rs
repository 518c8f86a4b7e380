//! Authorization requests: open, then allowed or refused by a customer, then taken once.

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::consent::ConsentId;
use bankside_domain::id::CustomerId;

use crate::waist::{StoreError, Tx};

/// A request.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// Of which client.
    pub client: String,
    /// At which bank.
    pub bank: BankId,
    /// What was asked, as JSON.
    pub asked: String,
    /// `open`, `allowed` or `refused`.
    pub state: String,
    /// Who decided.
    pub customer: Option<CustomerId>,
    /// What she allowed.
    pub consent: Option<ConsentId>,
    /// First instant at which it is no longer open.
    pub until: Timestamp,
}

/// Adds an open one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert_request(
    tx: &mut Tx,
    row: &RequestRow,
    hash: &[u8; 32],
) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO oauth_request (request_hash, client_id, bank, asked, state, until_ms) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            hash.as_slice().into(),
            row.client.as_str().into(),
            row.bank.as_str().into(),
            row.asked.as_str().into(),
            row.state.as_str().into(),
            row.until.into(),
        ],
    )
    .await
}

/// The one with that hash.
///
/// # Errors
/// [`StoreError`].
pub async fn request(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<RequestRow>, StoreError> {
    let sql = "SELECT client_id, bank, asked, state, customer_id, consent_id, until_ms \
               FROM oauth_request WHERE request_hash = $1";
    let Some(row) = tx.row(sql, &[hash.as_slice().into()]).await? else { return Ok(None) };
    Ok(Some(RequestRow {
        client: row.text(0)?.to_owned(),
        bank: row.parsed(1)?,
        asked: row.text(2)?.to_owned(),
        state: row.text(3)?.to_owned(),
        customer: row.maybe_parsed(4)?,
        consent: row.maybe_parsed(5)?,
        until: row.time(6)?,
    }))
}

/// How many await a customer.
///
/// # Errors
/// [`StoreError`].
pub async fn count_requests(tx: &mut Tx, now: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM oauth_request WHERE until_ms > $1";
    tx.row(sql, &[now.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Notes what a customer decided; `consent` is what she allowed, none that she refused.
///
/// # Errors
/// [`StoreError::Conflict`] where it was decided before, or ran out.
pub async fn decide(
    tx: &mut Tx,
    hash: &[u8; 32],
    customer: CustomerId,
    consent: Option<ConsentId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let state = if consent.is_some() { "allowed" } else { "refused" };
    let sql = "UPDATE oauth_request SET state = $2, customer_id = $3, consent_id = $4 \
               WHERE request_hash = $1 AND state = 'open' AND until_ms > $5";
    let args = [hash.as_slice().into(), state.into(), customer.into(), consent.into(), now.into()];
    tx.run_one(sql, &args).await
}

/// Takes a decided one away.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody was quicker.
pub async fn take_request(tx: &mut Tx, hash: &[u8; 32]) -> Result<(), StoreError> {
    let sql = "DELETE FROM oauth_request WHERE request_hash = $1 AND state <> 'open'";
    tx.run_one(sql, &[hash.as_slice().into()]).await
}
