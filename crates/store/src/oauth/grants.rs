//! Grants: what tokens stand on, itself standing on a consent.

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::consent::ConsentId;
use bankside_domain::id::CustomerId;

use crate::waist::{StoreError, Tx};

/// A grant.
#[derive(Clone, Debug)]
pub struct GrantRow {
    /// Whose.
    pub customer: CustomerId,
    /// Its id.
    pub id: String,
    /// To which client.
    pub client: String,
    /// At which bank.
    pub bank: BankId,
    /// Under which consent.
    pub consent: ConsentId,
    /// Words of the scope, between spaces.
    pub scope: String,
    /// For which resource.
    pub resource: String,
    /// When the customer proved herself for it.
    pub proved: Timestamp,
    /// First instant at which nothing under it holds.
    pub until: Timestamp,
    /// When it was ended early.
    pub ended: Option<Timestamp>,
}

/// Adds one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert_grant(tx: &mut Tx, g: &GrantRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO oauth_grant (customer_id, id, client_id, bank, consent_id, scope, resource, \
         proved_ms, until_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            g.customer.into(),
            g.id.as_str().into(),
            g.client.as_str().into(),
            g.bank.as_str().into(),
            g.consent.into(),
            g.scope.as_str().into(),
            g.resource.as_str().into(),
            g.proved.into(),
            g.until.into(),
        ],
    )
    .await
}

/// One of a customer's.
///
/// # Errors
/// [`StoreError`].
pub async fn grant(
    tx: &mut Tx,
    customer: CustomerId,
    id: &str,
) -> Result<Option<GrantRow>, StoreError> {
    let sql = "SELECT customer_id, id, client_id, bank, consent_id, scope, resource, proved_ms, \
               until_ms, ended_ms FROM oauth_grant WHERE customer_id = $1 AND id = $2";
    let Some(row) = tx.row(sql, &[customer.into(), id.into()]).await? else { return Ok(None) };
    Ok(Some(GrantRow {
        customer: row.parsed(0)?,
        id: row.text(1)?.to_owned(),
        client: row.text(2)?.to_owned(),
        bank: row.parsed(3)?,
        consent: row.parsed(4)?,
        scope: row.text(5)?.to_owned(),
        resource: row.text(6)?.to_owned(),
        proved: row.time(7)?,
        until: row.time(8)?,
        ended: row.maybe_int(9)?.map(Timestamp::from_millis),
    }))
}

/// Ends one, and with it every token under it; ending it twice is fine.
///
/// # Errors
/// [`StoreError`].
pub async fn end_grant(
    tx: &mut Tx,
    customer: CustomerId,
    id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE oauth_grant SET ended_ms = $3 \
               WHERE customer_id = $1 AND id = $2 AND ended_ms IS NULL";
    tx.run(sql, &[customer.into(), id.into(), now.into()]).await.map(drop)
}
