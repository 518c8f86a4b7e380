//! The kill switch: channels, recipients and purposes that an operator suspended.

use bankside_domain::Timestamp;

use crate::waist::{Row, StoreError, Tx};

/// Recipients that are named at most.
const MAX_RECIPIENTS: i64 = 1_000;

/// A suspension in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuspensionRow {
    /// What: `channel:web`, `recipient:acme`, `purpose:offers`, `everything`.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// Who suspended it.
    pub by: String,
    /// Since when.
    pub since: Timestamp,
}

fn read(row: &Row) -> Result<SuspensionRow, StoreError> {
    Ok(SuspensionRow {
        subject: row.text(0)?.to_owned(),
        reason: row.text(1)?.to_owned(),
        by: row.text(2)?.to_owned(),
        since: row.time(3)?,
    })
}

/// What is suspended now.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx) -> Result<Vec<SuspensionRow>, StoreError> {
    let sql = "SELECT subject, reason, by_whom, at_ms FROM suspension ORDER BY subject";
    tx.rows(sql, &[]).await?.iter().map(read).collect()
}

/// The suspension of one subject, if it is suspended.
///
/// # Errors
/// [`StoreError`].
pub async fn of(tx: &mut Tx, subject: &str) -> Result<Option<SuspensionRow>, StoreError> {
    let sql = "SELECT subject, reason, by_whom, at_ms FROM suspension WHERE subject = $1";
    tx.row(sql, &[subject.into()]).await?.as_ref().map(read).transpose()
}

/// Suspends a subject; `false` where it is suspended already, which then stays as it was.
///
/// # Errors
/// [`StoreError`].
pub async fn suspend(tx: &mut Tx, row: &SuspensionRow) -> Result<bool, StoreError> {
    let sql = "INSERT INTO suspension (subject, reason, by_whom, at_ms) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (subject) DO NOTHING";
    let args = [
        row.subject.as_str().into(),
        row.reason.as_str().into(),
        row.by.as_str().into(),
        row.since.into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Lets it go on; `false` where it was not suspended.
///
/// # Errors
/// [`StoreError`].
pub async fn lift(tx: &mut Tx, subject: &str) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM suspension WHERE subject = $1", &[subject.into()]).await? == 1)
}

/// Whether any of three subjects is suspended.
///
/// # Errors
/// [`StoreError`].
pub async fn any(tx: &mut Tx, subjects: [&str; 3]) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM suspension WHERE subject IN ($1, $2, $3) LIMIT 1";
    Ok(tx.row(sql, &subjects.map(Into::into)).await?.is_some())
}

/// Short names of the data recipients that any customer ever allowed something.
///
/// # Errors
/// [`StoreError`].
pub async fn recipients(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT party_id FROM consent WHERE party_kind = 'recipient' \
               ORDER BY party_id LIMIT $1";
    let rows = tx.rows(sql, &[MAX_RECIPIENTS.into()]).await?;
    rows.iter().map(|r| r.text(0).map(str::to_owned)).collect()
}
