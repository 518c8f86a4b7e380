//! Tokens of Direct Line: what opens a chat for a page of a bank's site. Only their hashes are here.

use bankside_domain::Timestamp;
use bankside_domain::id::ConversationId;

use crate::waist::{Row, StoreError, Tx};

/// A token.
#[derive(Clone, Debug)]
pub struct LineTokenRow {
    /// The chat that it opens.
    pub conversation: ConversationId,
    /// `talk` or `stream`.
    pub kind: String,
    /// The site whose pages may use it; nothing is any of the bank's.
    pub origin: Option<String>,
    /// First instant at which it no longer holds.
    pub until: Timestamp,
}

fn read(row: &Row) -> Result<LineTokenRow, StoreError> {
    Ok(LineTokenRow {
        conversation: row.parsed(0)?,
        kind: row.text(1)?.to_owned(),
        origin: row.maybe_text(2)?.map(str::to_owned),
        until: row.time(3)?,
    })
}

/// Adds one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, token: &LineTokenRow, hash: &[u8; 32]) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO line_token (token_hash, conversation_id, kind, origin, until_ms) \
         VALUES ($1, $2, $3, $4, $5)",
        &[
            hash.as_slice().into(),
            token.conversation.into(),
            token.kind.as_str().into(),
            token.origin.clone().into(),
            token.until.into(),
        ],
    )
    .await
}

/// The one with that hash, whether it still holds or not.
///
/// # Errors
/// [`StoreError`].
pub async fn get(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<LineTokenRow>, StoreError> {
    let sql =
        "SELECT conversation_id, kind, origin, until_ms FROM line_token WHERE token_hash = $1";
    tx.row(sql, &[hash.as_slice().into()]).await?.as_ref().map(read).transpose()
}

/// Takes the one with that hash and kind away; of two who ask, one gets it.
///
/// # Errors
/// [`StoreError`].
pub async fn take(
    tx: &mut Tx,
    hash: &[u8; 32],
    kind: &str,
) -> Result<Option<LineTokenRow>, StoreError> {
    let sql = "DELETE FROM line_token WHERE token_hash = $1 AND kind = $2 \
               RETURNING conversation_id, kind, origin, until_ms";
    tx.row(sql, &[hash.as_slice().into(), kind.into()]).await?.as_ref().map(read).transpose()
}

/// Until when somebody may talk in a conversation; nothing where nobody may.
///
/// # Errors
/// [`StoreError`].
pub async fn open_until(
    tx: &mut Tx,
    conversation: ConversationId,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT until_ms FROM line_token WHERE conversation_id = $1 AND kind = 'talk' \
               ORDER BY until_ms DESC LIMIT 1";
    tx.row(sql, &[conversation.into()]).await?.map(|row| row.time(0)).transpose()
}

/// Ends all of a conversation; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn drop_of(tx: &mut Tx, conversation: ConversationId) -> Result<u64, StoreError> {
    tx.run("DELETE FROM line_token WHERE conversation_id = $1", &[conversation.into()]).await
}

/// Removes those that ran out before `before`; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM line_token WHERE until_ms <= $1", &[before.into()]).await
}
