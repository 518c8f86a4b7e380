//! Legal holds: customers whose history must not be cleared, and why.

use bankside_domain::Timestamp;
use bankside_domain::id::CustomerId;

use crate::waist::{StoreError, Tx};

/// A hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldRow {
    /// Why, in words that the customer sees.
    pub reason: String,
    /// Who placed it.
    pub by: String,
    /// Since when.
    pub since: Timestamp,
}

/// Places one; `false` where there is one already, which then stays.
///
/// # Errors
/// [`StoreError`].
pub async fn place(tx: &mut Tx, customer: CustomerId, hold: &HoldRow) -> Result<bool, StoreError> {
    let sql = "INSERT INTO legal_hold (customer_id, reason, by_whom, at_ms) \
               VALUES ($1, $2, $3, $4) ON CONFLICT (customer_id) DO NOTHING";
    let args =
        [customer.into(), hold.reason.as_str().into(), hold.by.as_str().into(), hold.since.into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Releases it; `false` where there was none.
///
/// # Errors
/// [`StoreError`].
pub async fn release(tx: &mut Tx, customer: CustomerId) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM legal_hold WHERE customer_id = $1", &[customer.into()]).await? == 1)
}

/// The hold on a customer's history, if there is one.
///
/// # Errors
/// [`StoreError`].
pub async fn of(tx: &mut Tx, customer: CustomerId) -> Result<Option<HoldRow>, StoreError> {
    let sql = "SELECT reason, by_whom, at_ms FROM legal_hold WHERE customer_id = $1";
    let row = tx.row(sql, &[customer.into()]).await?;
    row.map(|r| {
        Ok(HoldRow { reason: r.text(0)?.to_owned(), by: r.text(1)?.to_owned(), since: r.time(2)? })
    })
    .transpose()
}
