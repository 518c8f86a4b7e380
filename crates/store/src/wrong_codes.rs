//! Codes that were said and open nothing: counted, so that nobody guesses at leisure.
//!
//! INVARIANT: which code it was is not kept.

use bankside_domain::Timestamp;
use bankside_domain::id::{ConversationId, LinkId};

use crate::waist::{StoreError, Tx};

/// Notes one.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(
    tx: &mut Tx,
    id: LinkId,
    (channel, conversation): (&str, ConversationId),
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO wrong_code (id, channel, conversation_id, at_ms) VALUES ($1, $2, $3, $4)",
        &[id.into(), channel.into(), conversation.into(), now.into()],
    )
    .await
}

/// How many were said in a conversation after `since`.
///
/// # Errors
/// [`StoreError`].
pub async fn in_conversation(
    tx: &mut Tx,
    conversation: ConversationId,
    since: Timestamp,
) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM wrong_code WHERE conversation_id = $1 AND at_ms > $2";
    tx.row(sql, &[conversation.into(), since.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// How many were said in a channel after `since`.
///
/// # Errors
/// [`StoreError`].
pub async fn in_channel(tx: &mut Tx, channel: &str, since: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM wrong_code WHERE channel = $1 AND at_ms > $2";
    tx.row(sql, &[channel.into(), since.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Forgets those before `before`.
///
/// # Errors
/// [`StoreError`].
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.run("DELETE FROM wrong_code WHERE at_ms <= $1", &[before.into()]).await
}
