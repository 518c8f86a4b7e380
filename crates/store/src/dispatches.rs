//! What operators were sent, message by message.

use bankside_domain::Timestamp;
use bankside_domain::id::ConversationId;

use crate::waist::{Row, StoreError, Tx};

/// One message as an operator holds it.
#[derive(Clone, Debug)]
pub struct DispatchRow {
    /// Conversation.
    pub conversation: ConversationId,
    /// Number of the bank's message there.
    pub seq: i64,
    /// Which part of it, from 0.
    pub part: i64,
    /// The operator's id of it, keyed and sealed; nothing where the operator gives none.
    pub operator: Option<([u8; 32], Vec<u8>)>,
    /// `sent`, `delivered`, `read`, `failed`, `retracted`.
    pub state: String,
    /// What was sent, sealed under the conversation's key.
    pub frame_ct: Option<Vec<u8>>,
    /// What became of taking it back, and when: `asked`, `retracted`, or why it is kept. Nothing
    /// where nobody wished it.
    pub retraction: Option<(String, Timestamp)>,
    /// Why it took the form that it took: codes with a space between.
    pub because: String,
    /// When it was sent.
    pub at: Timestamp,
}

fn read(row: &Row) -> Result<DispatchRow, StoreError> {
    let hash = row.maybe_bytes(3)?.map(TryInto::try_into).transpose();
    let hash: Option<[u8; 32]> = hash.map_err(|_| StoreError::Shape)?;
    Ok(DispatchRow {
        conversation: row.parsed(0)?,
        seq: row.int(1)?,
        part: row.int(2)?,
        operator: hash.zip(row.maybe_bytes(4)?.map(<[u8]>::to_vec)),
        state: row.text(5)?.to_owned(),
        because: row.text(6)?.to_owned(),
        at: row.time(7)?,
        frame_ct: row.maybe_bytes(8)?.map(<[u8]>::to_vec),
        retraction: row
            .maybe_text(9)?
            .map(str::to_owned)
            .zip(row.maybe_int(10)?.map(Timestamp::from_millis)),
    })
}

/// Notes that a part was sent; one that was noted before stays.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, row: &DispatchRow) -> Result<(), StoreError> {
    let (hash, sealed) = row.operator.clone().unzip();
    tx.run(
        "INSERT INTO dispatch (conversation_id, seq, part, operator_hash, operator_ct, state, \
         because, at_ms, frame_ct) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (conversation_id, seq, part) DO NOTHING",
        &[
            row.conversation.into(),
            row.seq.into(),
            row.part.into(),
            hash.map(|hash| hash.to_vec()).into(),
            sealed.into(),
            row.state.as_str().into(),
            row.because.as_str().into(),
            row.at.into(),
            row.frame_ct.clone().into(),
        ],
    )
    .await
    .map(drop)
}

/// Parts of a message that were sent.
///
/// # Errors
/// [`StoreError`].
pub async fn of_message(
    tx: &mut Tx,
    conversation: ConversationId,
    seq: i64,
) -> Result<Vec<DispatchRow>, StoreError> {
    let sql = "SELECT conversation_id, seq, part, operator_hash, operator_ct, state, because, \
               at_ms, frame_ct, retraction, retraction_ms FROM dispatch WHERE conversation_id = $1 AND seq = $2 ORDER BY part";
    tx.rows(sql, &[conversation.into(), seq.into()]).await?.iter().map(read).collect()
}

/// All that was sent in a conversation, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn of(
    tx: &mut Tx,
    conversation: ConversationId,
    limit: i64,
) -> Result<Vec<DispatchRow>, StoreError> {
    let sql = "SELECT conversation_id, seq, part, operator_hash, operator_ct, state, because, \
               at_ms, frame_ct, retraction, retraction_ms FROM dispatch WHERE conversation_id = $1 ORDER BY seq DESC, part DESC LIMIT $2";
    tx.rows(sql, &[conversation.into(), limit.into()]).await?.iter().map(read).collect()
}

/// The part that an operator knows by that id.
///
/// # Errors
/// [`StoreError`].
pub async fn by_operator(
    tx: &mut Tx,
    operator_hash: &[u8; 32],
) -> Result<Option<DispatchRow>, StoreError> {
    let sql = "SELECT conversation_id, seq, part, operator_hash, operator_ct, state, because, \
               at_ms, frame_ct, retraction, retraction_ms FROM dispatch WHERE operator_hash = $1 ORDER BY seq DESC LIMIT 1";
    tx.row(sql, &[operator_hash.as_slice().into()]).await?.as_ref().map(read).transpose()
}

/// All that an operator knows by that id, in their order: one answer may take several messages.
///
/// # Errors
/// [`StoreError`].
pub async fn all_by_operator(
    tx: &mut Tx,
    operator_hash: &[u8; 32],
) -> Result<Vec<DispatchRow>, StoreError> {
    let sql = "SELECT conversation_id, seq, part, operator_hash, operator_ct, state, because, \
               at_ms, frame_ct, retraction, retraction_ms FROM dispatch WHERE operator_hash = $1 \
               ORDER BY seq, part";
    tx.rows(sql, &[operator_hash.as_slice().into()]).await?.iter().map(read).collect()
}

/// Notes how far a part went.
///
/// # Errors
/// [`StoreError`].
pub async fn set_state(
    tx: &mut Tx,
    conversation: ConversationId,
    seq: i64,
    part: i64,
    state: &str,
) -> Result<(), StoreError> {
    let sql =
        "UPDATE dispatch SET state = $4 WHERE conversation_id = $1 AND seq = $2 AND part = $3";
    tx.run(sql, &[conversation.into(), seq.into(), part.into(), state.into()]).await.map(drop)
}

/// Notes what became of taking a part back.
///
/// # Errors
/// [`StoreError`].
pub async fn set_retraction(
    tx: &mut Tx,
    (conversation, seq, part): (ConversationId, i64, i64),
    retraction: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE dispatch SET retraction = $4, retraction_ms = $5, \
               state = CASE WHEN $4 = 'retracted' THEN $4 ELSE state END \
               WHERE conversation_id = $1 AND seq = $2 AND part = $3";
    let args = [conversation.into(), seq.into(), part.into(), retraction.into(), now.into()];
    tx.run(sql, &args).await.map(drop)
}

/// Replaces what was sent, sealed under another key.
///
/// # Errors
/// [`StoreError`].
pub async fn reseal(
    tx: &mut Tx,
    (conversation, seq, part): (ConversationId, i64, i64),
    frame_ct: &[u8],
) -> Result<(), StoreError> {
    let sql = "UPDATE dispatch SET frame_ct = $4 \
               WHERE conversation_id = $1 AND seq = $2 AND part = $3";
    tx.run(sql, &[conversation.into(), seq.into(), part.into(), frame_ct.into()]).await.map(drop)
}

/// Forgets what was sent in a conversation that is emptied; says how many parts.
///
/// # Errors
/// [`StoreError`].
pub async fn drop_of(tx: &mut Tx, conversation: ConversationId) -> Result<u64, StoreError> {
    tx.run("DELETE FROM dispatch WHERE conversation_id = $1", &[conversation.into()]).await
}
