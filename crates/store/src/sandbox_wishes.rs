//! What commands beside a running demo wish to happen in its sandbox. Nothing real is ever here.

use bankside_domain::Timestamp;

use crate::waist::{StoreError, Tx};

/// A wish that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WishRow {
    /// Its key, used once.
    pub key: String,
    /// The wish, as JSON.
    pub wish: String,
    /// When it was left.
    pub at: Timestamp,
}

/// Leaves one.
///
/// # Errors
/// [`StoreError::Conflict`] where the key was used before.
pub async fn insert(tx: &mut Tx, row: &WishRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO sandbox_wish (id, wish, at_ms) VALUES ($1, $2, $3) \
               ON CONFLICT (id) DO NOTHING";
    tx.run_one(sql, &[row.key.as_str().into(), row.wish.as_str().into(), row.at.into()]).await
}

/// Those that wait, oldest first, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<WishRow>, StoreError> {
    let sql = "SELECT id, wish, at_ms FROM sandbox_wish WHERE fate IS NULL \
               ORDER BY at_ms, id LIMIT $1";
    let rows = tx.rows(sql, &[limit.into()]).await?;
    rows.iter()
        .map(|r| {
            Ok(WishRow { key: r.text(0)?.to_owned(), wish: r.text(1)?.to_owned(), at: r.time(2)? })
        })
        .collect()
}

/// Says what became of one; saying it twice is fine.
///
/// # Errors
/// [`StoreError`].
pub async fn settle(tx: &mut Tx, key: &str, fate: &str) -> Result<(), StoreError> {
    let sql = "UPDATE sandbox_wish SET fate = $2 WHERE id = $1";
    tx.run(sql, &[key.into(), fate.into()]).await.map(drop)
}

/// What became of one; `None` while it waits.
///
/// # Errors
/// [`StoreError`].
pub async fn fate(tx: &mut Tx, key: &str) -> Result<Option<String>, StoreError> {
    let row = tx.row("SELECT fate FROM sandbox_wish WHERE id = $1", &[key.into()]).await?;
    Ok(row.map(|r| r.maybe_text(0).map(|t| t.map(str::to_owned))).transpose()?.flatten())
}
