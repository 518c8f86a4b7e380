//! Wrapped data keys, in a database of their own ([`crate::Schema::Keys`]).

use bankside_domain::Timestamp;

use crate::waist::{StoreError, Tx};

/// A wrapped data key.
#[derive(Clone, Debug)]
pub struct DataKeyRow {
    /// Whose: a customer's or a conversation's id.
    pub subject: String,
    /// The key, wrapped.
    pub wrapped: Vec<u8>,
    /// Generation of the master key that wraps it.
    pub master: i64,
}

/// Keeps a new one; `false` where the subject has one already, which then stays.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, key: &DataKeyRow, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "INSERT INTO data_key (subject, wrapped, master, created_ms) \
               VALUES ($1, $2, $3, $4) ON CONFLICT (subject) DO NOTHING";
    let args =
        [key.subject.as_str().into(), key.wrapped.as_slice().into(), key.master.into(), now.into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// A subject's.
///
/// # Errors
/// [`StoreError`].
pub async fn get(tx: &mut Tx, subject: &str) -> Result<Option<DataKeyRow>, StoreError> {
    let sql = "SELECT subject, wrapped, master FROM data_key WHERE subject = $1";
    let Some(row) = tx.row(sql, &[subject.into()]).await? else { return Ok(None) };
    Ok(Some(DataKeyRow {
        subject: row.text(0)?.to_owned(),
        wrapped: row.bytes(1)?.to_vec(),
        master: row.int(2)?,
    }))
}

/// Destroys a subject's; says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub async fn destroy(tx: &mut Tx, subject: &str) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM data_key WHERE subject = $1", &[subject.into()]).await? == 1)
}

/// Keys under a generation of the master key other than `master`, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn under_other(
    tx: &mut Tx,
    master: i64,
    limit: i64,
) -> Result<Vec<DataKeyRow>, StoreError> {
    let sql = "SELECT subject, wrapped, master FROM data_key WHERE master <> $1 \
               ORDER BY subject LIMIT $2";
    tx.rows(sql, &[master.into(), limit.into()])
        .await?
        .iter()
        .map(|row| {
            Ok(DataKeyRow {
                subject: row.text(0)?.to_owned(),
                wrapped: row.bytes(1)?.to_vec(),
                master: row.int(2)?,
            })
        })
        .collect()
}

/// Replaces the wrapping of a key.
///
/// # Errors
/// [`StoreError::Conflict`] where it is gone.
pub async fn rewrap(tx: &mut Tx, key: &DataKeyRow) -> Result<(), StoreError> {
    let sql = "UPDATE data_key SET wrapped = $2, master = $3 WHERE subject = $1";
    let args = [key.subject.as_str().into(), key.wrapped.as_slice().into(), key.master.into()];
    tx.run_one(sql, &args).await
}
