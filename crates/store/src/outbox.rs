//! The outbox: what was sealed and must reach a channel.

use bankside_domain::Timestamp;
use bankside_domain::id::{ConversationId, MessageId};

use crate::waist::{StoreError, Tx};

/// A message on its way out.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Id, which is the message's.
    pub id: MessageId,
    /// Channel.
    pub channel: String,
    /// Conversation.
    pub conversation: ConversationId,
    /// Number of the message there.
    pub message_seq: i64,
    /// Sends tried.
    pub attempts: i64,
}

/// Puts it on its way.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, row: &OutboxRow, due: Timestamp) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO outbox (id, channel, conversation_id, message_seq, state, attempts, next_ms) \
         VALUES ($1, $2, $3, $4, 'due', 0, $5)",
        &[
            row.id.into(),
            row.channel.as_str().into(),
            row.conversation.into(),
            row.message_seq.into(),
            due.into(),
        ],
    )
    .await
}

/// What is due, oldest first.
///
/// # Errors
/// [`StoreError`].
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = "SELECT id, channel, conversation_id, message_seq, attempts FROM outbox \
               WHERE state = 'due' AND next_ms <= $1 ORDER BY next_ms, id LIMIT $2";
    tx.rows(sql, &[now.into(), limit.into()])
        .await?
        .iter()
        .map(|row| {
            Ok(OutboxRow {
                id: row.parsed(0)?,
                channel: row.text(1)?.to_owned(),
                conversation: row.parsed(2)?,
                message_seq: row.int(3)?,
                attempts: row.int(4)?,
            })
        })
        .collect()
}

/// Takes it off: the channel has it.
///
/// # Errors
/// [`StoreError`].
pub async fn sent(tx: &mut Tx, id: MessageId) -> Result<(), StoreError> {
    tx.run("DELETE FROM outbox WHERE id = $1", &[id.into()]).await.map(drop)
}

/// Drops what is on its way to a conversation that is emptied; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn drop_of(tx: &mut Tx, conversation: ConversationId) -> Result<u64, StoreError> {
    tx.run("DELETE FROM outbox WHERE conversation_id = $1", &[conversation.into()]).await
}

/// Puts it off, or into the dead letters.
///
/// # Errors
/// [`StoreError::Conflict`] where it is gone.
pub async fn put_off(
    tx: &mut Tx,
    id: MessageId,
    next: Option<Timestamp>,
) -> Result<(), StoreError> {
    let (state, at) = next.map_or(("dead", Timestamp::default()), |at| ("due", at));
    let sql = "UPDATE outbox SET attempts = attempts + 1, state = $2, next_ms = $3 WHERE id = $1";
    tx.run_one(sql, &[id.into(), state.into(), at.into()]).await
}
