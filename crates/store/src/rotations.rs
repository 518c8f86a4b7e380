//! Rotations of the key that signs the log, as they are published.

use crate::waist::{Row, StoreError, Tx};

/// A rotation.
#[derive(Clone, Debug)]
pub struct RotationRow {
    /// Counted from 1.
    pub number: i64,
    /// Size of the tree from which the new key signs.
    pub size: i64,
    /// The public key before.
    pub old_key: String,
    /// The public key since.
    pub new_key: String,
    /// The signed note.
    pub note: String,
}

/// Adds the next.
///
/// # Errors
/// [`StoreError::Conflict`] where there is one of that number.
pub async fn insert(tx: &mut Tx, r: &RotationRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO log_rotation (number, size, old_key, new_key, note) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (number) DO NOTHING",
        &[
            r.number.into(),
            r.size.into(),
            r.old_key.as_str().into(),
            r.new_key.as_str().into(),
            r.note.as_str().into(),
        ],
    )
    .await
}

/// All, oldest first.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx) -> Result<Vec<RotationRow>, StoreError> {
    let sql = "SELECT number, size, old_key, new_key, note FROM log_rotation ORDER BY number";
    tx.rows(sql, &[]).await?.iter().map(read).collect()
}

/// The one of that number.
///
/// # Errors
/// [`StoreError`].
pub async fn at(tx: &mut Tx, number: i64) -> Result<Option<RotationRow>, StoreError> {
    let sql = "SELECT number, size, old_key, new_key, note FROM log_rotation WHERE number = $1";
    tx.row(sql, &[number.into()]).await?.as_ref().map(read).transpose()
}

/// The newest.
///
/// # Errors
/// [`StoreError`].
pub async fn newest(tx: &mut Tx) -> Result<Option<RotationRow>, StoreError> {
    let sql = "SELECT number, size, old_key, new_key, note FROM log_rotation \
               ORDER BY number DESC LIMIT 1";
    tx.row(sql, &[]).await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<RotationRow, StoreError> {
    Ok(RotationRow {
        number: row.int(0)?,
        size: row.int(1)?,
        old_key: row.text(2)?.to_owned(),
        new_key: row.text(3)?.to_owned(),
        note: row.text(4)?.to_owned(),
    })
}
