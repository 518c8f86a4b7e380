//! Customers that have used the system: no name, no data, only that they exist here.

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::id::CustomerId;

use crate::waist::{StoreError, Tx};

/// Notes the customer; says whether she is new.
///
/// # Errors
/// [`StoreError`].
pub async fn ensure(
    tx: &mut Tx,
    id: CustomerId,
    bank: &BankId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO customer (id, bank, created_ms) VALUES ($1, $2, $3) \
               ON CONFLICT (id) DO NOTHING";
    Ok(tx.run(sql, &[id.into(), bank.as_str().into(), now.into()]).await? == 1)
}

/// Her bank, if she is known here.
///
/// # Errors
/// [`StoreError`].
pub async fn bank_of(tx: &mut Tx, id: CustomerId) -> Result<Option<BankId>, StoreError> {
    let row = tx.row("SELECT bank FROM customer WHERE id = $1", &[id.into()]).await?;
    row.map(|r| r.parsed(0)).transpose()
}

/// Notes that her history was cleared.
///
/// # Errors
/// [`StoreError`].
pub async fn cleared(tx: &mut Tx, id: CustomerId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE customer SET cleared_ms = $2 WHERE id = $1";
    tx.run(sql, &[id.into(), now.into()]).await.map(drop)
}
