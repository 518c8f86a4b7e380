//! Passkeys: the public half of a credential, and whose it is.

use bankside_domain::Timestamp;
use bankside_domain::id::{CustomerId, PasskeyId};

use crate::waist::{Row, StoreError, Tx};

/// A registered passkey.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// Row.
    pub id: PasskeyId,
    /// Whose.
    pub customer: CustomerId,
    /// Credential id of the authenticator.
    pub credential_id: Vec<u8>,
    /// The credential's public state, as JSON.
    pub credential: String,
    /// Her name for it.
    pub label: String,
    /// When it was added.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

fn read(row: &Row) -> Result<PasskeyRow, StoreError> {
    Ok(PasskeyRow {
        id: row.parsed(0)?,
        customer: row.parsed(1)?,
        credential_id: row.bytes(2)?.to_vec(),
        credential: row.text(3)?.to_owned(),
        label: row.text(4)?.to_owned(),
        created: row.time(5)?,
        used: row.maybe_int(6)?.map(Timestamp::from_millis),
    })
}

/// Adds one.
///
/// # Errors
/// [`StoreError::Conflict`] where the credential is registered already.
pub async fn insert(tx: &mut Tx, passkey: &PasskeyRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO passkey (id, customer_id, credential_id, credential, label, created_ms) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id) DO NOTHING",
        &[
            passkey.id.into(),
            passkey.customer.into(),
            passkey.credential_id.as_slice().into(),
            passkey.credential.as_str().into(),
            passkey.label.as_str().into(),
            passkey.created.into(),
        ],
    )
    .await
}

/// By credential id.
///
/// # Errors
/// [`StoreError`].
pub async fn by_credential(tx: &mut Tx, id: &[u8]) -> Result<Option<PasskeyRow>, StoreError> {
    let sql = "SELECT id, customer_id, credential_id, credential, label, created_ms, used_ms \
               FROM passkey WHERE credential_id = $1";
    tx.row(sql, &[id.into()]).await?.as_ref().map(read).transpose()
}

/// All of a customer's, oldest first.
///
/// # Errors
/// [`StoreError`].
pub async fn of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<PasskeyRow>, StoreError> {
    let sql = "SELECT id, customer_id, credential_id, credential, label, created_ms, used_ms \
               FROM passkey WHERE customer_id = $1 ORDER BY created_ms, id";
    tx.rows(sql, &[customer.into()]).await?.iter().map(read).collect()
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
    tx.run_one(
        "UPDATE passkey SET credential = $2, used_ms = $3 WHERE id = $1",
        &[id.into(), credential.into(), now.into()],
    )
    .await
}

/// Removes one of hers.
///
/// # Errors
/// [`StoreError::Conflict`] where it is not hers.
pub async fn remove(tx: &mut Tx, customer: CustomerId, id: PasskeyId) -> Result<(), StoreError> {
    let sql = "DELETE FROM passkey WHERE id = $1 AND customer_id = $2";
    tx.run_one(sql, &[id.into(), customer.into()]).await
}
