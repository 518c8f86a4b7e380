//! Conversations as a channel reaches them.

use bankside_domain::Timestamp;
use bankside_domain::id::ConversationId;

use crate::waist::{StoreError, Tx};

/// How a conversation is reached.
#[derive(Clone, Debug)]
pub struct ContactRow {
    /// Where, sealed; nothing where she comes to the bank's own pages.
    pub address_ct: Option<Vec<u8>>,
    /// When she was last heard of.
    pub heard: Option<Timestamp>,
    /// Since when nothing may be sent.
    pub left: Option<Timestamp>,
}

/// How a conversation is reached; nothing where it is gone.
///
/// # Errors
/// [`StoreError`].
pub async fn get(tx: &mut Tx, id: ConversationId) -> Result<Option<ContactRow>, StoreError> {
    let sql = "SELECT address_ct, heard_ms, left_ms FROM conversation WHERE id = $1";
    let row = tx.row(sql, &[id.into()]).await?;
    row.map(|row| {
        Ok(ContactRow {
            address_ct: row.maybe_bytes(0)?.map(<[u8]>::to_vec),
            heard: row.maybe_int(1)?.map(Timestamp::from_millis),
            left: row.maybe_int(2)?.map(Timestamp::from_millis),
        })
    })
    .transpose()
}

/// Sets where it is reached; also when the key that sealed it is another.
///
/// # Errors
/// [`StoreError::Conflict`] where the conversation is gone.
pub async fn set_address(
    tx: &mut Tx,
    id: ConversationId,
    address_ct: &[u8],
) -> Result<(), StoreError> {
    let sql = "UPDATE conversation SET address_ct = $2 WHERE id = $1";
    tx.run_one(sql, &[id.into(), address_ct.into()]).await
}

/// Notes that she left; nothing that is on its way is sent any more.
///
/// # Errors
/// [`StoreError`].
pub async fn left(tx: &mut Tx, id: ConversationId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE conversation SET left_ms = $2 WHERE id = $1";
    tx.run(sql, &[id.into(), now.into()]).await?;
    crate::outbox::drop_of(tx, id).await.map(drop)
}

/// Forgets the conversation under its old contact, so that whoever holds that is a stranger.
///
/// # Errors
/// [`StoreError`].
pub async fn rename(
    tx: &mut Tx,
    id: ConversationId,
    token_hash: &[u8; 32],
) -> Result<(), StoreError> {
    let sql = "UPDATE conversation SET token_hash = $2 WHERE id = $1";
    tx.run(sql, &[id.into(), token_hash.as_slice().into()]).await.map(drop)
}
