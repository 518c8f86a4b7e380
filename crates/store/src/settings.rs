//! Small facts about the installation, by name.

use crate::waist::{StoreError, Tx};

/// A setting's value.
///
/// # Errors
/// [`StoreError`].
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    let row = tx.row("SELECT value FROM setting WHERE name = $1", &[name.into()]).await?;
    row.map(|r| r.text(0).map(str::to_owned)).transpose()
}

/// Sets it.
///
/// # Errors
/// [`StoreError`].
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO setting (name, value) VALUES ($1, $2) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.run_one(sql, &[name.into(), value.into()]).await
}

/// Replaces a value that is still `from`.
///
/// # Errors
/// [`StoreError::Conflict`] where it is another, or there is none.
pub async fn swap(tx: &mut Tx, name: &str, from: &str, to: &str) -> Result<(), StoreError> {
    let sql = "UPDATE setting SET value = $3 WHERE name = $1 AND value = $2";
    tx.run_one(sql, &[name.into(), from.into(), to.into()]).await
}
