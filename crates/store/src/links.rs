//! Single-use links to the bank's own origin, by the hash of their token.

use bankside_domain::Timestamp;
use bankside_domain::id::{ConversationId, CustomerId, LinkId};

use crate::waist::{Row, StoreError, Tx};

/// A link's row.
#[derive(Clone, Debug)]
pub struct LinkRow {
    /// Id.
    pub id: LinkId,
    /// What it is for: `chat`, `consent`, `view`, `invitation`, `code`.
    pub kind: String,
    /// Slug of the bank.
    pub bank: String,
    /// The conversation that it was offered in.
    pub conversation: Option<ConversationId>,
    /// For whom; nobody else may open it.
    pub customer: Option<CustomerId>,
    /// What it shows, sealed under her key.
    pub body_ct: Option<Vec<u8>>,
    /// First instant at which it no longer opens.
    pub expires: Timestamp,
    /// When it was used.
    pub used: Option<Timestamp>,
}

/// Offers one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, l: &LinkRow, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO link (id, token_hash, kind, bank, conversation_id, customer_id, body_ct, \
         expires_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            l.id.into(),
            token_hash.as_slice().into(),
            l.kind.as_str().into(),
            l.bank.as_str().into(),
            l.conversation.into(),
            l.customer.into(),
            l.body_ct.clone().into(),
            l.expires.into(),
        ],
    )
    .await
}

/// The one with that token, used or not.
///
/// # Errors
/// [`StoreError`].
pub async fn by_token(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<LinkRow>, StoreError> {
    let sql = "SELECT id, kind, bank, conversation_id, customer_id, body_ct, expires_ms, used_ms \
               FROM link WHERE token_hash = $1";
    tx.row(sql, &[token_hash.as_slice().into()]).await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<LinkRow, StoreError> {
    Ok(LinkRow {
        id: row.parsed(0)?,
        kind: row.text(1)?.to_owned(),
        bank: row.text(2)?.to_owned(),
        conversation: row.maybe_parsed(3)?,
        customer: row.maybe_parsed(4)?,
        body_ct: row.maybe_bytes(5)?.map(<[u8]>::to_vec),
        expires: row.time(6)?,
        used: row.maybe_int(7)?.map(Timestamp::from_millis),
    })
}

/// The newest open code that a customer asked for.
///
/// # Errors
/// [`StoreError`].
pub async fn code_of(
    tx: &mut Tx,
    customer: CustomerId,
    now: Timestamp,
) -> Result<Option<LinkRow>, StoreError> {
    let sql = "SELECT id, kind, bank, conversation_id, customer_id, body_ct, expires_ms, used_ms \
               FROM link WHERE customer_id = $1 AND kind = 'code' AND used_ms IS NULL \
               AND expires_ms > $2 ORDER BY id DESC LIMIT 1";
    tx.row(sql, &[customer.into(), now.into()]).await?.as_ref().map(read).transpose()
}

/// How many codes a customer asked for that ran out, or will, after `since`.
///
/// # Errors
/// [`StoreError`].
pub async fn codes_since(
    tx: &mut Tx,
    customer: CustomerId,
    since: Timestamp,
) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM link \
               WHERE customer_id = $1 AND kind = 'code' AND expires_ms > $2";
    tx.row(sql, &[customer.into(), since.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Whether a code that is still open was said in the conversation.
///
/// # Errors
/// [`StoreError`].
pub async fn is_code_said(
    tx: &mut Tx,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM link WHERE conversation_id = $1 AND kind = 'code' \
               AND used_ms IS NULL AND expires_ms > $2";
    Ok(tx.row(sql, &[conversation.into(), now.into()]).await?.is_some())
}

/// Notes in which conversation a code was said; `false` where it was said before.
///
/// # Errors
/// [`StoreError`].
pub async fn code_said(
    tx: &mut Tx,
    id: LinkId,
    conversation: ConversationId,
) -> Result<bool, StoreError> {
    let sql = "UPDATE link SET conversation_id = $2 \
               WHERE id = $1 AND kind = 'code' AND conversation_id IS NULL AND used_ms IS NULL";
    Ok(tx.run(sql, &[id.into(), conversation.into()]).await? == 1)
}

/// Uses it up.
///
/// # Errors
/// [`StoreError::Conflict`] where it was used, has run out, or is gone.
pub async fn redeem(tx: &mut Tx, id: LinkId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE link SET used_ms = $2 WHERE id = $1 AND used_ms IS NULL AND expires_ms > $2";
    tx.run_one(sql, &[id.into(), now.into()]).await
}

/// Ends every open one of a kind that was for a customer; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn end_all(
    tx: &mut Tx,
    customer: CustomerId,
    kind: &'static str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "UPDATE link SET used_ms = $3 \
               WHERE customer_id = $1 AND kind = $2 AND used_ms IS NULL";
    tx.run(sql, &[customer.into(), kind.into(), now.into()]).await
}

/// Removes all that were for a customer.
///
/// # Errors
/// [`StoreError`].
pub async fn erase(tx: &mut Tx, customer: CustomerId) -> Result<u64, StoreError> {
    tx.run("DELETE FROM link WHERE customer_id = $1", &[customer.into()]).await
}

/// Removes all that were offered in a conversation.
///
/// # Errors
/// [`StoreError`].
pub async fn erase_in(tx: &mut Tx, conversation: ConversationId) -> Result<u64, StoreError> {
    tx.run("DELETE FROM link WHERE conversation_id = $1", &[conversation.into()]).await
}

/// Removes those that ran out before `before`.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM link WHERE expires_ms <= $1", &[before.into()]).await
}
