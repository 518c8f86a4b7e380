//! OAuth: clients, requests that await a customer, grants, and the tokens under them.

mod clients;
mod grants;
mod requests;
mod tokens;

use bankside_domain::Timestamp;
use bankside_domain::id::CustomerId;

pub use clients::{ClientRow, client, clients_of, count_clients, insert_client, sweep_clients};
pub use grants::{GrantRow, end_grant, grant, insert_grant};
pub use requests::{RequestRow, count_requests, decide, insert_request, request, take_request};
pub use tokens::{TokenRow, insert_token, token, use_up};

use crate::waist::{StoreError, Tx};

/// Removes all that is a customer's.
///
/// # Errors
/// [`StoreError`].
pub async fn erase(tx: &mut Tx, customer: CustomerId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM oauth_token WHERE customer_id = $1",
        "DELETE FROM oauth_grant WHERE customer_id = $1",
        "DELETE FROM oauth_request WHERE customer_id = $1",
    ] {
        tx.run(sql, &[customer.into()]).await?;
    }
    Ok(())
}

/// Removes requests, tokens and grants that ran out before `before`; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let mut swept = 0;
    for sql in [
        "DELETE FROM oauth_request WHERE until_ms <= $1",
        "DELETE FROM oauth_token WHERE until_ms <= $1",
        "DELETE FROM oauth_grant WHERE until_ms <= $1",
    ] {
        swept += tx.run(sql, &[before.into()]).await?;
    }
    Ok(swept)
}
