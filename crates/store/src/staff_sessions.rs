//! Sessions of staff, by the hash of their token. A customer's token is looked for elsewhere, so
//! that neither ever opens what is the other's.

use bankside_domain::Timestamp;
use bankside_domain::id::{PasskeyId, SessionId, StaffId};

use crate::waist::{StoreError, Tx};

/// A session of a member of the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSessionRow {
    /// The session.
    pub id: SessionId,
    /// Whose.
    pub staff: StaffId,
    /// The passkey that opened it; none is the demo's stand-in.
    pub passkey: Option<PasskeyId>,
    /// When she signed in.
    pub signed_in: Timestamp,
    /// When she last proved herself.
    pub verified: Timestamp,
    /// When it ends.
    pub until: Timestamp,
}

/// Opens one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(
    tx: &mut Tx,
    row: &StaffSessionRow,
    token_hash: &[u8; 32],
) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO staff_session (id, token_hash, staff_id, passkey_id, signed_in_ms, \
         verified_ms, until_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            row.id.into(),
            token_hash.as_slice().into(),
            row.staff.into(),
            row.passkey.into(),
            row.signed_in.into(),
            row.verified.into(),
            row.until.into(),
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
) -> Result<Option<StaffSessionRow>, StoreError> {
    let sql = "SELECT id, staff_id, passkey_id, signed_in_ms, verified_ms, until_ms \
               FROM staff_session WHERE token_hash = $1";
    let Some(row) = tx.row(sql, &[token_hash.as_slice().into()]).await? else { return Ok(None) };
    Ok(Some(StaffSessionRow {
        id: row.parsed(0)?,
        staff: row.parsed(1)?,
        passkey: row.maybe_parsed(2)?,
        signed_in: row.time(3)?,
        verified: row.time(4)?,
        until: row.time(5)?,
    }))
}

/// Moves its end, or the time of the last proof.
///
/// # Errors
/// [`StoreError::Conflict`] where it is gone.
pub async fn touch(
    tx: &mut Tx,
    id: SessionId,
    verified: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE staff_session SET verified_ms = $2, until_ms = $3 WHERE id = $1";
    tx.run_one(sql, &[id.into(), verified.into(), until.into()]).await
}

/// Ends one; ending it twice is fine.
///
/// # Errors
/// [`StoreError`].
pub async fn end(tx: &mut Tx, id: SessionId) -> Result<(), StoreError> {
    tx.run("DELETE FROM staff_session WHERE id = $1", &[id.into()]).await.map(drop)
}

/// Removes those that ended before `now`; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM staff_session WHERE until_ms <= $1", &[now.into()]).await
}
