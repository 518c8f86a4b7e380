//! Consents: columns that operations need in the open, the rest sealed under the customer's key.

use bankside_domain::Timestamp;
use bankside_domain::id::{ConsentId, CustomerId};

use crate::waist::{Row, StoreError, Tx};

/// A consent's row.
#[derive(Clone, Debug)]
pub struct ConsentRow {
    /// Whose.
    pub customer: CustomerId,
    /// Id.
    pub id: ConsentId,
    /// Slug of the bank.
    pub bank: String,
    /// Code of the party's kind.
    pub party_kind: String,
    /// The party's short name.
    pub party_id: String,
    /// Code of the purpose.
    pub purpose: String,
    /// Code of the state.
    pub state: String,
    /// Version.
    pub version: i64,
    /// When it, or the request, runs out.
    pub until: Timestamp,
    /// The consent, sealed.
    pub body_ct: Vec<u8>,
}

fn read(row: &Row) -> Result<ConsentRow, StoreError> {
    Ok(ConsentRow {
        customer: row.parsed(0)?,
        id: row.parsed(1)?,
        bank: row.text(2)?.to_owned(),
        party_kind: row.text(3)?.to_owned(),
        party_id: row.text(4)?.to_owned(),
        purpose: row.text(5)?.to_owned(),
        state: row.text(6)?.to_owned(),
        version: row.int(7)?,
        until: row.time(8)?,
        body_ct: row.bytes(9)?.to_vec(),
    })
}

/// Adds one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, c: &ConsentRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO consent (customer_id, id, bank, party_kind, party_id, purpose, state, \
         version, until_ms, body_ct) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            c.customer.into(),
            c.id.into(),
            c.bank.as_str().into(),
            c.party_kind.as_str().into(),
            c.party_id.as_str().into(),
            c.purpose.as_str().into(),
            c.state.as_str().into(),
            c.version.into(),
            c.until.into(),
            c.body_ct.as_slice().into(),
        ],
    )
    .await
}

/// Replaces the version before by this one. One that lasts longer now is announced anew.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody changed it meanwhile.
pub async fn update(tx: &mut Tx, c: &ConsentRow) -> Result<(), StoreError> {
    tx.run_one(
        "UPDATE consent SET state = $3, version = $4, until_ms = $5, body_ct = $6, \
         warned_days = CASE WHEN until_ms < $5 THEN NULL ELSE warned_days END \
         WHERE customer_id = $1 AND id = $2 AND version = $4 - 1",
        &[
            c.customer.into(),
            c.id.into(),
            c.state.as_str().into(),
            c.version.into(),
            c.until.into(),
            c.body_ct.as_slice().into(),
        ],
    )
    .await
}

/// One of a customer's.
///
/// # Errors
/// [`StoreError`].
pub async fn get(
    tx: &mut Tx,
    customer: CustomerId,
    id: ConsentId,
) -> Result<Option<ConsentRow>, StoreError> {
    let sql = "SELECT customer_id, id, bank, party_kind, party_id, purpose, state, version, \
               until_ms, body_ct FROM consent WHERE customer_id = $1 AND id = $2";
    tx.row(sql, &[customer.into(), id.into()]).await?.as_ref().map(read).transpose()
}

/// All of a customer's, newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<ConsentRow>, StoreError> {
    let sql = "SELECT customer_id, id, bank, party_kind, party_id, purpose, state, version, \
               until_ms, body_ct FROM consent WHERE customer_id = $1 ORDER BY id DESC";
    tx.rows(sql, &[customer.into()]).await?.iter().map(read).collect()
}

/// Those of a customer for one party and purpose that are authorised, newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn authorised_for(
    tx: &mut Tx,
    customer: CustomerId,
    party_id: &str,
    purpose: &str,
) -> Result<Vec<ConsentRow>, StoreError> {
    let sql = "SELECT customer_id, id, bank, party_kind, party_id, purpose, state, version, \
               until_ms, body_ct FROM consent WHERE customer_id = $1 AND party_id = $2 \
               AND purpose = $3 AND state = 'authorised' ORDER BY id DESC";
    let args = [customer.into(), party_id.into(), purpose.into()];
    tx.rows(sql, &args).await?.iter().map(read).collect()
}

/// Those that ran out by `now` and do not say so yet.
///
/// # Errors
/// [`StoreError`].
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<ConsentRow>, StoreError> {
    let sql = "SELECT customer_id, id, bank, party_kind, party_id, purpose, state, version, \
               until_ms, body_ct FROM consent WHERE until_ms <= $1 \
               AND state IN ('authorised', 'awaiting_authorisation') ORDER BY until_ms LIMIT $2";
    tx.rows(sql, &[now.into(), limit.into()]).await?.iter().map(read).collect()
}

/// Authorised ones that run out by `before` and were not yet announced for `days` ahead.
///
/// # Errors
/// [`StoreError`].
pub async fn to_announce(
    tx: &mut Tx,
    before: Timestamp,
    days: i64,
    limit: i64,
) -> Result<Vec<ConsentRow>, StoreError> {
    let sql = "SELECT customer_id, id, bank, party_kind, party_id, purpose, state, version, \
               until_ms, body_ct FROM consent WHERE until_ms <= $1 AND state = 'authorised' \
               AND (warned_days IS NULL OR warned_days > $2) ORDER BY until_ms LIMIT $3";
    tx.rows(sql, &[before.into(), days.into(), limit.into()]).await?.iter().map(read).collect()
}

/// Notes that it was announced for `days` ahead.
///
/// # Errors
/// [`StoreError::Conflict`] where it was already.
pub async fn announced(tx: &mut Tx, id: ConsentId, days: i64) -> Result<(), StoreError> {
    let sql = "UPDATE consent SET warned_days = $2 \
               WHERE id = $1 AND (warned_days IS NULL OR warned_days > $2)";
    tx.run_one(sql, &[id.into(), days.into()]).await
}

/// Removes all of a customer's.
///
/// # Errors
/// [`StoreError`].
pub async fn erase(tx: &mut Tx, customer: CustomerId) -> Result<u64, StoreError> {
    tx.run("DELETE FROM consent WHERE customer_id = $1", &[customer.into()]).await
}
