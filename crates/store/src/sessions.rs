//! Signed-in browser sessions, by the hash of their token.

use bankside_domain::Timestamp;
use bankside_domain::customer::Session;
use bankside_domain::id::{CustomerId, PasskeyId, SessionId};

use crate::waist::{StoreError, Tx};

/// A session and the passkey that opened it; `None` is the demo's stand-in.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// The session.
    pub session: Session,
    /// Its passkey.
    pub passkey: Option<PasskeyId>,
}

/// Opens one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(
    tx: &mut Tx,
    row: &SessionRow,
    token_hash: &[u8; 32],
) -> Result<(), StoreError> {
    let s = &row.session;
    tx.run_one(
        "INSERT INTO session (id, token_hash, customer_id, bank, passkey_id, signed_in_ms, \
         verified_ms, until_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            s.id.into(),
            token_hash.as_slice().into(),
            s.customer.into(),
            s.bank.as_str().into(),
            row.passkey.into(),
            s.signed_in.into(),
            s.verified.into(),
            s.until.into(),
        ],
    )
    .await
}

/// The one with that token, ended or not.
///
/// # Errors
/// [`StoreError`].
pub async fn by_token(
    tx: &mut Tx,
    token_hash: &[u8; 32],
) -> Result<Option<SessionRow>, StoreError> {
    let sql = "SELECT id, customer_id, bank, passkey_id, signed_in_ms, verified_ms, until_ms \
               FROM session WHERE token_hash = $1";
    let Some(row) = tx.row(sql, &[token_hash.as_slice().into()]).await? else { return Ok(None) };
    let session = Session {
        id: row.parsed(0)?,
        customer: row.parsed(1)?,
        bank: row.parsed(2)?,
        signed_in: row.time(4)?,
        verified: row.time(5)?,
        until: row.time(6)?,
    };
    Ok(Some(SessionRow { session, passkey: row.maybe_parsed(3)? }))
}

/// Moves its end, or the time of the last passkey assertion.
///
/// # Errors
/// [`StoreError::Conflict`] where it is gone.
pub async fn touch(
    tx: &mut Tx,
    id: SessionId,
    verified: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE session SET verified_ms = $2, until_ms = $3 WHERE id = $1";
    tx.run_one(sql, &[id.into(), verified.into(), until.into()]).await
}

/// Ends one; ending it twice is fine.
///
/// # Errors
/// [`StoreError`].
pub async fn end(tx: &mut Tx, id: SessionId) -> Result<(), StoreError> {
    tx.run("DELETE FROM session WHERE id = $1", &[id.into()]).await.map(drop)
}

/// Ends all of a customer's; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn end_all(tx: &mut Tx, customer: CustomerId) -> Result<u64, StoreError> {
    tx.run("DELETE FROM session WHERE customer_id = $1", &[customer.into()]).await
}

/// Removes those that ended before `now`; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM session WHERE until_ms <= $1", &[now.into()]).await
}
