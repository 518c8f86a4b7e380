//! Conversations and their messages, numbered from 1 without gaps.

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::customer::Language;
use bankside_domain::id::{ConversationId, CustomerId, MessageId};

use crate::waist::{Row, StoreError, Tx};

/// A conversation's row.
#[derive(Clone, Debug)]
pub struct ConversationRow {
    /// Id.
    pub id: ConversationId,
    /// Bank.
    pub bank: BankId,
    /// Channel by its short name.
    pub channel: String,
    /// Who it is, once linked.
    pub customer: Option<CustomerId>,
    /// Language of the last message, or of the browser.
    pub language: Language,
    /// Session phrase, sealed.
    pub phrase_ct: Option<Vec<u8>>,
    /// What was last talked about, sealed.
    pub memory_ct: Option<Vec<u8>>,
    /// Number of the next message.
    pub next_seq: i64,
    /// Last message that the customer saw.
    pub read_seq: i64,
    /// When it began.
    pub started: Timestamp,
    /// When it was linked.
    pub linked: Option<Timestamp>,
}

fn read(row: &Row) -> Result<ConversationRow, StoreError> {
    Ok(ConversationRow {
        id: row.parsed(0)?,
        bank: row.parsed(1)?,
        channel: row.text(2)?.to_owned(),
        customer: row.maybe_parsed(3)?,
        language: Language::from_tag(row.text(4)?).unwrap_or_default(),
        phrase_ct: row.maybe_bytes(5)?.map(<[u8]>::to_vec),
        memory_ct: row.maybe_bytes(6)?.map(<[u8]>::to_vec),
        next_seq: row.int(7)?,
        read_seq: row.int(8)?,
        started: row.time(9)?,
        linked: row.maybe_int(10)?.map(Timestamp::from_millis),
    })
}

/// Begins one.
///
/// # Errors
/// [`StoreError::Conflict`] where the token is taken.
pub async fn insert(
    tx: &mut Tx,
    row: &ConversationRow,
    token_hash: &[u8; 32],
) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO conversation (id, bank, channel, token_hash, language, phrase_ct, next_seq, \
         read_seq, started_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (token_hash) DO NOTHING",
        &[
            row.id.into(),
            row.bank.as_str().into(),
            row.channel.as_str().into(),
            token_hash.as_slice().into(),
            row.language.tag().into(),
            row.phrase_ct.clone().into(),
            row.next_seq.into(),
            row.read_seq.into(),
            row.started.into(),
        ],
    )
    .await
}

/// The one whose channel token hashes to that.
///
/// # Errors
/// [`StoreError`].
pub async fn by_token(
    tx: &mut Tx,
    token_hash: &[u8; 32],
) -> Result<Option<ConversationRow>, StoreError> {
    let sql = "SELECT id, bank, channel, customer_id, language, phrase_ct, memory_ct, next_seq, \
               read_seq, started_ms, linked_ms FROM conversation WHERE token_hash = $1";
    tx.row(sql, &[token_hash.as_slice().into()]).await?.as_ref().map(read).transpose()
}

/// By id.
///
/// # Errors
/// [`StoreError`].
pub async fn by_id(tx: &mut Tx, id: ConversationId) -> Result<Option<ConversationRow>, StoreError> {
    let sql = "SELECT id, bank, channel, customer_id, language, phrase_ct, memory_ct, next_seq, \
               read_seq, started_ms, linked_ms FROM conversation WHERE id = $1";
    tx.row(sql, &[id.into()]).await?.as_ref().map(read).transpose()
}

/// All that are linked to a customer, newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<ConversationRow>, StoreError> {
    let sql = "SELECT id, bank, channel, customer_id, language, phrase_ct, memory_ct, next_seq, \
               read_seq, started_ms, linked_ms FROM conversation WHERE customer_id = $1 \
               ORDER BY started_ms DESC, id DESC";
    tx.rows(sql, &[customer.into()]).await?.iter().map(read).collect()
}

/// Links it to a customer, with the session phrase.
///
/// # Errors
/// [`StoreError::Conflict`] where it is linked already, or gone.
pub async fn link(
    tx: &mut Tx,
    id: ConversationId,
    customer: CustomerId,
    phrase_ct: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.run_one(
        "UPDATE conversation SET customer_id = $2, phrase_ct = $3, linked_ms = $4 \
         WHERE id = $1 AND customer_id IS NULL",
        &[id.into(), customer.into(), phrase_ct.into(), now.into()],
    )
    .await
}

/// Unlinks it, with a new session phrase; what was said stays with the customer's key.
///
/// # Errors
/// [`StoreError::Conflict`] where it is not hers.
pub async fn unlink(
    tx: &mut Tx,
    id: ConversationId,
    customer: CustomerId,
    phrase_ct: &[u8],
) -> Result<(), StoreError> {
    tx.run_one(
        "UPDATE conversation SET customer_id = NULL, phrase_ct = $3, memory_ct = NULL, \
         linked_ms = NULL WHERE id = $1 AND customer_id = $2",
        &[id.into(), customer.into(), phrase_ct.into()],
    )
    .await
}

/// Remembers what was last talked about, and the language.
///
/// # Errors
/// [`StoreError::Conflict`] where it is gone.
pub async fn remember(
    tx: &mut Tx,
    id: ConversationId,
    language: Language,
    memory_ct: Option<Vec<u8>>,
) -> Result<(), StoreError> {
    tx.run_one(
        "UPDATE conversation SET language = $2, memory_ct = $3 WHERE id = $1",
        &[id.into(), language.tag().into(), memory_ct.into()],
    )
    .await
}

/// Notes that a person was asked for; `false` where that is noted already.
///
/// # Errors
/// [`StoreError`].
pub async fn ask_for_person(
    tx: &mut Tx,
    id: ConversationId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE conversation SET person_asked_ms = $2 \
               WHERE id = $1 AND person_asked_ms IS NULL";
    Ok(tx.run(sql, &[id.into(), now.into()]).await? == 1)
}

/// Notes up to which message the customer saw; never goes back.
///
/// # Errors
/// [`StoreError`].
pub async fn read_up_to(tx: &mut Tx, id: ConversationId, seq: i64) -> Result<(), StoreError> {
    tx.run(
        "UPDATE conversation SET read_seq = $2 \
         WHERE id = $1 AND read_seq < $2 AND next_seq > $2",
        &[id.into(), seq.into()],
    )
    .await
    .map(drop)
}

/// A message's row.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Conversation.
    pub conversation: ConversationId,
    /// Number in it.
    pub seq: i64,
    /// Id.
    pub id: MessageId,
    /// Code of the author.
    pub author: String,
    /// What it says, sealed.
    pub body_ct: Vec<u8>,
    /// Short receipt number.
    pub receipt: Option<String>,
    /// Its leaf in the disclosure log.
    pub log_index: Option<i64>,
    /// When it was committed.
    pub at: Timestamp,
    /// Code of its delivery.
    pub delivery: String,
}

/// Takes the next number of a conversation.
///
/// # Errors
/// [`StoreError::Conflict`] where it is gone.
pub async fn take_seq(tx: &mut Tx, id: ConversationId) -> Result<i64, StoreError> {
    let sql = "UPDATE conversation SET next_seq = next_seq + 1 WHERE id = $1 RETURNING next_seq";
    let row = tx.row(sql, &[id.into()]).await?.ok_or(StoreError::Conflict)?;
    Ok(row.int(0)? - 1)
}

/// Appends a message under the number that [`take_seq`] gave.
///
/// # Errors
/// [`StoreError`].
pub async fn append(tx: &mut Tx, m: &MessageRow) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO message (conversation_id, seq, id, author, body_ct, receipt, log_index, \
         at_ms, delivery) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            m.conversation.into(),
            m.seq.into(),
            m.id.into(),
            m.author.as_str().into(),
            m.body_ct.as_slice().into(),
            m.receipt.clone().into(),
            m.log_index.into(),
            m.at.into(),
            m.delivery.as_str().into(),
        ],
    )
    .await
}

/// Messages after `seq`, oldest first, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub async fn messages_after(
    tx: &mut Tx,
    id: ConversationId,
    seq: i64,
    limit: i64,
) -> Result<Vec<MessageRow>, StoreError> {
    let sql = "SELECT conversation_id, seq, id, author, body_ct, receipt, log_index, at_ms, \
               delivery FROM message WHERE conversation_id = $1 AND seq > $2 \
               ORDER BY seq LIMIT $3";
    tx.rows(sql, &[id.into(), seq.into(), limit.into()]).await?.iter().map(read_message).collect()
}

/// One message.
///
/// # Errors
/// [`StoreError`].
pub async fn message(
    tx: &mut Tx,
    id: ConversationId,
    seq: i64,
) -> Result<Option<MessageRow>, StoreError> {
    let sql = "SELECT conversation_id, seq, id, author, body_ct, receipt, log_index, at_ms, \
               delivery FROM message WHERE conversation_id = $1 AND seq = $2";
    tx.row(sql, &[id.into(), seq.into()]).await?.as_ref().map(read_message).transpose()
}

fn read_message(row: &Row) -> Result<MessageRow, StoreError> {
    Ok(MessageRow {
        conversation: row.parsed(0)?,
        seq: row.int(1)?,
        id: row.parsed(2)?,
        author: row.text(3)?.to_owned(),
        body_ct: row.bytes(4)?.to_vec(),
        receipt: row.maybe_text(5)?.map(str::to_owned),
        log_index: row.maybe_int(6)?,
        at: row.time(7)?,
        delivery: row.text(8)?.to_owned(),
    })
}

/// Replaces the sealed body of a message, under another key.
///
/// # Errors
/// [`StoreError::Conflict`] where it is gone.
pub async fn reseal(
    tx: &mut Tx,
    id: ConversationId,
    seq: i64,
    body_ct: &[u8],
) -> Result<(), StoreError> {
    let sql = "UPDATE message SET body_ct = $3 WHERE conversation_id = $1 AND seq = $2";
    tx.run_one(sql, &[id.into(), seq.into(), body_ct.into()]).await
}

/// Removes a conversation's messages; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn erase_messages(tx: &mut Tx, id: ConversationId) -> Result<u64, StoreError> {
    tx.run("DELETE FROM message WHERE conversation_id = $1", &[id.into()]).await
}

/// Removes a customer's conversation; its messages must be gone.
///
/// # Errors
/// [`StoreError::Conflict`] where it is not hers.
pub async fn erase(
    tx: &mut Tx,
    id: ConversationId,
    customer: CustomerId,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM conversation WHERE id = $1 AND customer_id = $2";
    tx.run_one(sql, &[id.into(), customer.into()]).await
}
