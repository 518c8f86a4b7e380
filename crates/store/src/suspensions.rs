//! The kill switch: channels, recipients and purposes that an operator suspended.

use bankside_domain::Timestamp;

use crate::waist::{StoreError, Tx};

/// What is suspended now: `channel:web`, `recipient:acme`, `purpose:offers`, each with its reason.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx) -> Result<Vec<(String, String)>, StoreError> {
    let rows = tx.rows("SELECT subject, reason FROM suspension ORDER BY subject", &[]).await?;
    rows.iter().map(|r| Ok((r.text(0)?.to_owned(), r.text(1)?.to_owned()))).collect()
}

/// Suspends a subject; again is fine and keeps the first reason.
///
/// # Errors
/// [`StoreError`].
pub async fn suspend(
    tx: &mut Tx,
    subject: &str,
    reason: &str,
    by: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO suspension (subject, reason, by_whom, at_ms) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (subject) DO NOTHING";
    tx.run(sql, &[subject.into(), reason.into(), by.into(), now.into()]).await.map(drop)
}

/// Lets it go on.
///
/// # Errors
/// [`StoreError`].
pub async fn lift(tx: &mut Tx, subject: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM suspension WHERE subject = $1", &[subject.into()]).await.map(drop)
}

/// Whether any of three subjects is suspended.
///
/// # Errors
/// [`StoreError`].
pub async fn any(tx: &mut Tx, subjects: [&str; 3]) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM suspension WHERE subject IN ($1, $2, $3) LIMIT 1";
    Ok(tx.row(sql, &subjects.map(Into::into)).await?.is_some())
}
