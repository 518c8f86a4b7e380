//! Codes, access tokens and refresh tokens, by their hash. One that was used stays until it would
//! have run out, so that a second use is seen.

use bankside_domain::Timestamp;
use bankside_domain::id::CustomerId;

use crate::waist::{StoreError, Tx};

/// A token.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// Whose.
    pub customer: CustomerId,
    /// Under which grant.
    pub grant: String,
    /// `code`, `access` or `refresh`.
    pub kind: String,
    /// What a code is bound to, as JSON; empty for tokens.
    pub bound: String,
    /// First instant at which it no longer holds.
    pub until: Timestamp,
    /// When it was used up.
    pub used: Option<Timestamp>,
}

/// Adds one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert_token(tx: &mut Tx, t: &TokenRow, hash: &[u8; 32]) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO oauth_token (customer_id, token_hash, grant_id, kind, bound, until_ms) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            t.customer.into(),
            hash.as_slice().into(),
            t.grant.as_str().into(),
            t.kind.as_str().into(),
            t.bound.as_str().into(),
            t.until.into(),
        ],
    )
    .await
}

/// The one with that hash, used or not.
///
/// # Errors
/// [`StoreError`].
pub async fn token(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<TokenRow>, StoreError> {
    let sql = "SELECT customer_id, grant_id, kind, bound, until_ms, used_ms FROM oauth_token \
               WHERE token_hash = $1";
    let Some(row) = tx.row(sql, &[hash.as_slice().into()]).await? else { return Ok(None) };
    Ok(Some(TokenRow {
        customer: row.parsed(0)?,
        grant: row.text(1)?.to_owned(),
        kind: row.text(2)?.to_owned(),
        bound: row.text(3)?.to_owned(),
        until: row.time(4)?,
        used: row.maybe_int(5)?.map(Timestamp::from_millis),
    }))
}

/// Uses one up.
///
/// # Errors
/// [`StoreError::Conflict`] where it was used before.
pub async fn use_up(tx: &mut Tx, hash: &[u8; 32], now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE oauth_token SET used_ms = $2 WHERE token_hash = $1 AND used_ms IS NULL";
    tx.run_one(sql, &[hash.as_slice().into(), now.into()]).await
}
