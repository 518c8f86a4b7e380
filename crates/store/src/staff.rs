//! The bank's staff, and their passkeys. Never in one table with customers: who is one is not the
//! other.

use bankside_domain::Timestamp;
use bankside_domain::id::{PasskeyId, StaffId};

use crate::waist::{Row, StoreError, Tx};

/// People that a list holds at most.
const MOST: i64 = 1_000;

/// A member of the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// Who.
    pub id: StaffId,
    /// What she may do, by the role's code.
    pub role: String,
    /// The name that she goes by.
    pub name: String,
    /// Since when.
    pub created: Timestamp,
}

/// A registered passkey of hers.
#[derive(Clone, Debug)]
pub struct StaffPasskeyRow {
    /// Whose.
    pub staff: StaffId,
    /// Row.
    pub id: PasskeyId,
    /// Credential id of the authenticator.
    pub credential_id: Vec<u8>,
    /// The credential's public state, as JSON.
    pub credential: String,
    /// When it was added.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

fn person(row: &Row) -> Result<StaffRow, StoreError> {
    Ok(StaffRow {
        id: row.parsed(0)?,
        role: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        created: row.time(3)?,
    })
}

fn passkey(row: &Row) -> Result<StaffPasskeyRow, StoreError> {
    Ok(StaffPasskeyRow {
        staff: row.parsed(0)?,
        id: row.parsed(1)?,
        credential_id: row.bytes(2)?.to_vec(),
        credential: row.text(3)?.to_owned(),
        created: row.time(4)?,
        used: row.maybe_int(5)?.map(Timestamp::from_millis),
    })
}

/// Adds somebody; again is fine and changes nothing.
///
/// # Errors
/// [`StoreError`].
pub async fn ensure(tx: &mut Tx, row: &StaffRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO staff (id, role, name, created_ms) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (id) DO NOTHING";
    let args =
        [row.id.into(), row.role.as_str().into(), row.name.as_str().into(), row.created.into()];
    tx.run(sql, &args).await.map(drop)
}

/// Somebody.
///
/// # Errors
/// [`StoreError`].
pub async fn get(tx: &mut Tx, id: StaffId) -> Result<Option<StaffRow>, StoreError> {
    let sql = "SELECT id, role, name, created_ms FROM staff WHERE id = $1";
    tx.row(sql, &[id.into()]).await?.as_ref().map(person).transpose()
}

/// Everybody, oldest first.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx) -> Result<Vec<StaffRow>, StoreError> {
    let sql = "SELECT id, role, name, created_ms FROM staff ORDER BY created_ms, id LIMIT $1";
    tx.rows(sql, &[MOST.into()]).await?.iter().map(person).collect()
}

/// Adds a passkey.
///
/// # Errors
/// [`StoreError::Conflict`] where the credential is registered already.
pub async fn add_passkey(tx: &mut Tx, row: &StaffPasskeyRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO staff_passkey (staff_id, id, credential_id, credential, created_ms) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (credential_id) DO NOTHING",
        &[
            row.staff.into(),
            row.id.into(),
            row.credential_id.as_slice().into(),
            row.credential.as_str().into(),
            row.created.into(),
        ],
    )
    .await
}

/// The passkey with that credential id.
///
/// # Errors
/// [`StoreError`].
pub async fn by_credential(tx: &mut Tx, id: &[u8]) -> Result<Option<StaffPasskeyRow>, StoreError> {
    let sql = "SELECT staff_id, id, credential_id, credential, created_ms, used_ms \
               FROM staff_passkey WHERE credential_id = $1";
    tx.row(sql, &[id.into()]).await?.as_ref().map(passkey).transpose()
}

/// All of somebody's, oldest first.
///
/// # Errors
/// [`StoreError`].
pub async fn passkeys(tx: &mut Tx, staff: StaffId) -> Result<Vec<StaffPasskeyRow>, StoreError> {
    let sql = "SELECT staff_id, id, credential_id, credential, created_ms, used_ms \
               FROM staff_passkey WHERE staff_id = $1 ORDER BY created_ms, id";
    tx.rows(sql, &[staff.into()]).await?.iter().map(passkey).collect()
}

/// Notes a use, with the credential's new state (its counter).
///
/// # Errors
/// [`StoreError::Conflict`] where it is gone.
pub async fn used(
    tx: &mut Tx,
    id: PasskeyId,
    credential: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE staff_passkey SET credential = $2, used_ms = $3 WHERE id = $1";
    tx.run_one(sql, &[id.into(), credential.into(), now.into()]).await
}
