//! Receipts of operators that came before the part that they are for was noted.

use bankside_domain::Timestamp;

use crate::waist::{StoreError, Tx};

/// Most that are kept.
const MAX_KEPT: i64 = 10_000;

/// Keeps one; a later one about the same part replaces it, but nothing replaces `read` or `failed`.
/// `false` where too many are kept already.
///
/// # Errors
/// [`StoreError`].
pub async fn keep(
    tx: &mut Tx,
    operator_hash: &[u8; 32],
    state: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO early_receipt (operator_hash, state, at_ms) SELECT $1, $2, $3 \
               WHERE (SELECT COUNT(*) FROM early_receipt) < $4 \
               ON CONFLICT (operator_hash) DO UPDATE SET state = \
               CASE WHEN early_receipt.state = 'delivered' THEN $2 ELSE early_receipt.state END";
    let args = [operator_hash.as_slice().into(), state.into(), now.into(), MAX_KEPT.into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Takes out the one about that part.
///
/// # Errors
/// [`StoreError`].
pub async fn take(tx: &mut Tx, operator_hash: &[u8; 32]) -> Result<Option<String>, StoreError> {
    let sql = "DELETE FROM early_receipt WHERE operator_hash = $1 RETURNING state";
    let row = tx.row(sql, &[operator_hash.as_slice().into()]).await?;
    row.map(|row| row.text(0).map(str::to_owned)).transpose()
}

/// Lets go of what is older; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM early_receipt WHERE at_ms < $1", &[before.into()]).await
}
