//! Clients that registered themselves at a bank.

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::id::CustomerId;

use crate::waist::{Row, StoreError, Tx};

/// A client.
#[derive(Clone, Debug)]
pub struct ClientRow {
    /// Its id.
    pub id: String,
    /// At which bank.
    pub bank: BankId,
    /// The name that it gave itself.
    pub name: String,
    /// Its redirect URIs, as a JSON array.
    pub redirects: String,
    /// Since when.
    pub created: Timestamp,
}

/// Adds one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert_client(tx: &mut Tx, row: &ClientRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO oauth_client (id, bank, name, redirects, created_ms) \
         VALUES ($1, $2, $3, $4, $5)",
        &[
            row.id.as_str().into(),
            row.bank.as_str().into(),
            row.name.as_str().into(),
            row.redirects.as_str().into(),
            row.created.into(),
        ],
    )
    .await
}

/// The one with that id.
///
/// # Errors
/// [`StoreError`].
pub async fn client(tx: &mut Tx, id: &str) -> Result<Option<ClientRow>, StoreError> {
    let sql = "SELECT id, bank, name, redirects, created_ms FROM oauth_client WHERE id = $1";
    tx.row(sql, &[id.into()]).await?.as_ref().map(read).transpose()
}

/// Those that a customer ever decided about, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn clients_of(
    tx: &mut Tx,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<ClientRow>, StoreError> {
    let sql = "SELECT id, bank, name, redirects, created_ms FROM oauth_client WHERE id IN \
               (SELECT party_id FROM consent WHERE customer_id = $1) \
               ORDER BY created_ms DESC LIMIT $2";
    tx.rows(sql, &[customer.into(), limit.into()]).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<ClientRow, StoreError> {
    Ok(ClientRow {
        id: row.text(0)?.to_owned(),
        bank: row.parsed(1)?,
        name: row.text(2)?.to_owned(),
        redirects: row.text(3)?.to_owned(),
        created: row.time(4)?,
    })
}

/// How many a bank has.
///
/// # Errors
/// [`StoreError`].
pub async fn count_clients(tx: &mut Tx, bank: &BankId) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM oauth_client WHERE bank = $1";
    tx.row(sql, &[bank.as_str().into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Removes those registered before `before` that no customer ever granted anything or asked her
/// for it; a name that stands in somebody's log stays known. Says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep_clients(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM oauth_client WHERE created_ms <= $1 \
               AND NOT EXISTS (SELECT 1 FROM oauth_grant g WHERE g.client_id = oauth_client.id) \
               AND NOT EXISTS (SELECT 1 FROM oauth_request r WHERE r.client_id = oauth_client.id) \
               AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.party_id = oauth_client.id)";
    tx.run(sql, &[before.into()]).await
}
