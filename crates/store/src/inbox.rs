//! The inbox: what came in and is committed, until it is answered. The provider's message id makes
//! it idempotent.

use bankside_domain::Timestamp;
use bankside_domain::id::{ConversationId, MessageId};

use crate::waist::{Row, StoreError, Tx};

/// A message that came in.
#[derive(Clone, Debug)]
pub struct InboxRow {
    /// Id, which is the message's.
    pub id: MessageId,
    /// Channel.
    pub channel: String,
    /// The provider's id of it.
    pub provider_id: String,
    /// Conversation.
    pub conversation: ConversationId,
    /// Number of the message there.
    pub message_seq: i64,
    /// Turns tried.
    pub attempts: i64,
    /// When it was committed.
    pub at: Timestamp,
}

/// Takes it in. `false` where the provider sent it before: nothing was changed then.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, row: &InboxRow) -> Result<bool, StoreError> {
    let sql = "INSERT INTO inbox (id, channel, provider_id, conversation_id, message_seq, state, \
               attempts, at_ms) VALUES ($1, $2, $3, $4, $5, 'pending', 0, $6) \
               ON CONFLICT (channel, provider_id) DO NOTHING";
    let args = [
        row.id.into(),
        row.channel.as_str().into(),
        row.provider_id.as_str().into(),
        row.conversation.into(),
        row.message_seq.into(),
        row.at.into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Whether the provider sent that before.
///
/// # Errors
/// [`StoreError`].
pub async fn is_known(tx: &mut Tx, channel: &str, provider_id: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM inbox WHERE channel = $1 AND provider_id = $2";
    Ok(tx.row(sql, &[channel.into(), provider_id.into()]).await?.is_some())
}

/// Which message of which conversation the provider knows by that id.
///
/// # Errors
/// [`StoreError`].
pub async fn seq_of(
    tx: &mut Tx,
    channel: &str,
    provider_id: &str,
) -> Result<Option<(ConversationId, i64)>, StoreError> {
    let sql = "SELECT conversation_id, message_seq FROM inbox \
               WHERE channel = $1 AND provider_id = $2";
    let row = tx.row(sql, &[channel.into(), provider_id.into()]).await?;
    row.map(|row| Ok((row.parsed(0)?, row.int(1)?))).transpose()
}

/// What a provider calls a message, and where its answer begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkRow {
    /// The provider's id of it.
    pub provider_id: String,
    /// Its number in its conversation.
    pub seq: i64,
    /// Number of the first message of its answer; nothing until it is answered.
    pub answer_seq: Option<i64>,
}

/// Marks of the messages from `first` to `last`, and of those that they answer.
///
/// # Errors
/// [`StoreError`].
pub async fn marks(
    tx: &mut Tx,
    conversation: ConversationId,
    first: i64,
    last: i64,
) -> Result<Vec<MarkRow>, StoreError> {
    let sql = "SELECT provider_id, message_seq, answer_seq FROM inbox WHERE conversation_id = $1 \
               AND message_seq <= $3 AND (message_seq >= $2 OR answer_seq >= $2) \
               ORDER BY message_seq";
    let rows = tx.rows(sql, &[conversation.into(), first.into(), last.into()]).await?;
    let mark = |row: &Row| {
        Ok(MarkRow {
            provider_id: row.text(0)?.to_owned(),
            seq: row.int(1)?,
            answer_seq: row.maybe_int(2)?,
        })
    };
    rows.iter().map(mark).collect()
}

/// Marks it answered, once, by what is appended to its conversation next.
///
/// # Errors
/// [`StoreError::Conflict`] where it was answered already.
pub async fn answered(tx: &mut Tx, id: MessageId) -> Result<(), StoreError> {
    let sql = "UPDATE inbox SET state = 'answered', answer_seq = (SELECT c.next_seq \
               FROM conversation c WHERE c.id = inbox.conversation_id) \
               WHERE id = $1 AND state = 'pending'";
    tx.run_one(sql, &[id.into()]).await
}

/// What became of a message that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FateRow {
    /// Whether its turn is over: answered, or given up.
    pub is_over: bool,
    /// Number of the first message of its answer.
    pub answer_seq: Option<i64>,
}

/// What became of the message that the provider knows by that id.
///
/// # Errors
/// [`StoreError`].
pub async fn fate(
    tx: &mut Tx,
    channel: &str,
    provider_id: &str,
) -> Result<Option<FateRow>, StoreError> {
    let sql = "SELECT state, answer_seq FROM inbox WHERE channel = $1 AND provider_id = $2";
    let row = tx.row(sql, &[channel.into(), provider_id.into()]).await?;
    row.map(|row| Ok(FateRow { is_over: row.text(0)? != "pending", answer_seq: row.maybe_int(1)? }))
        .transpose()
}

/// Counts a turn that failed.
///
/// # Errors
/// [`StoreError`].
pub async fn failed(tx: &mut Tx, id: MessageId, give_up: bool) -> Result<(), StoreError> {
    let sql = "UPDATE inbox SET attempts = attempts + 1, state = $2 \
               WHERE id = $1 AND state = 'pending'";
    let state = if give_up { "dead" } else { "pending" };
    tx.run(sql, &[id.into(), state.into()]).await.map(drop)
}

/// What awaits an answer, oldest first; of one conversation in its order.
///
/// # Errors
/// [`StoreError`].
pub async fn pending(tx: &mut Tx, limit: i64) -> Result<Vec<InboxRow>, StoreError> {
    let sql = "SELECT id, channel, provider_id, conversation_id, message_seq, attempts, at_ms \
               FROM inbox WHERE state = 'pending' \
               ORDER BY at_ms, conversation_id, message_seq LIMIT $1";
    tx.rows(sql, &[limit.into()]).await?.iter().map(read).collect()
}

/// The earliest message of the conversation that awaits its answer.
///
/// # Errors
/// [`StoreError`].
pub async fn first_pending(
    tx: &mut Tx,
    conversation: ConversationId,
) -> Result<Option<InboxRow>, StoreError> {
    let sql = "SELECT id, channel, provider_id, conversation_id, message_seq, attempts, at_ms \
               FROM inbox WHERE conversation_id = $1 AND state = 'pending' \
               ORDER BY message_seq LIMIT 1";
    tx.row(sql, &[conversation.into()]).await?.as_ref().map(read).transpose()
}

/// How many await an answer, and how many were given up.
///
/// # Errors
/// [`StoreError`].
pub async fn depth(tx: &mut Tx) -> Result<(i64, i64), StoreError> {
    // Not an argument: only the literal lets the database use the small index.
    let counts = [
        "SELECT COUNT(*) FROM inbox WHERE state = 'pending'",
        "SELECT COUNT(*) FROM inbox WHERE state = 'dead'",
    ];
    let mut of = [0, 0];
    for (slot, count) in of.iter_mut().zip(counts) {
        *slot = tx.row(count, &[]).await?.map_or(Ok(0), |r| r.int(0))?;
    }
    let [pending, dead] = of;
    Ok((pending, dead))
}

/// Drops what awaits an answer in a conversation that is emptied.
///
/// # Errors
/// [`StoreError`].
pub async fn drop_of(tx: &mut Tx, conversation: ConversationId) -> Result<u64, StoreError> {
    let sql = "DELETE FROM inbox WHERE conversation_id = $1";
    tx.run(sql, &[conversation.into()]).await
}

fn read(row: &Row) -> Result<InboxRow, StoreError> {
    Ok(InboxRow {
        id: row.parsed(0)?,
        channel: row.text(1)?.to_owned(),
        provider_id: row.text(2)?.to_owned(),
        conversation: row.parsed(3)?,
        message_seq: row.int(4)?,
        attempts: row.int(5)?,
        at: row.time(6)?,
    })
}
