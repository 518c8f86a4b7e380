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

/// Gives one that is nobody's another session phrase.
///
/// # Errors
/// [`StoreError::Conflict`] where it is linked, or gone.
pub async fn set_phrase(
    tx: &mut Tx,
    id: ConversationId,
    phrase_ct: &[u8],
) -> Result<(), StoreError> {
    let sql = "UPDATE conversation SET phrase_ct = $2 WHERE id = $1 AND customer_id IS NULL";
    tx.run_one(sql, &[id.into(), phrase_ct.into()]).await
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

/// A number that was taken for a message of hers, and the conversation as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The number.
    pub seq: i64,
    /// Whose it is.
    pub customer: Option<CustomerId>,
    /// Whether a channel reaches it.
    pub is_reached: bool,
}

/// Takes the next number for a message of hers: she was heard of, and is back if she had left.
/// `None` where the conversation is gone.
///
/// # Errors
/// [`StoreError`].
pub async fn take_seq_of_hers(
    tx: &mut Tx,
    id: ConversationId,
    now: Timestamp,
) -> Result<Option<Taken>, StoreError> {
    let sql = "UPDATE conversation SET next_seq = next_seq + 1, heard_ms = $2, left_ms = NULL \
               WHERE id = $1 RETURNING next_seq, customer_id, \
               CASE WHEN address_ct IS NULL THEN 0 ELSE 1 END";
    let row = tx.row(sql, &[id.into(), now.into()]).await?;
    row.map(|row| {
        let (seq, customer) = (row.int(0)? - 1, row.maybe_parsed(1)?);
        Ok(Taken { seq, customer, is_reached: row.int(2)? == 1 })
    })
    .transpose()
}

/// Takes the next `count` numbers of a conversation, and remembers as [`remember`] does. Says the
/// first number.
///
/// # Errors
/// [`StoreError::Conflict`] where it is gone.
pub async fn take_seqs(
    tx: &mut Tx,
    id: ConversationId,
    count: i64,
    language: Language,
    memory_ct: &[u8],
) -> Result<i64, StoreError> {
    let sql = "UPDATE conversation SET next_seq = next_seq + $2, language = $3, memory_ct = $4 \
               WHERE id = $1 RETURNING next_seq";
    let args = [id.into(), count.into(), language.tag().into(), memory_ct.into()];
    let row = tx.row(sql, &args).await?.ok_or(StoreError::Conflict)?;
    Ok(row.int(0)? - count)
}

/// Appends a message under a number that was taken for it.
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

/// Notes how far a message of the bank went.
///
/// # Errors
/// [`StoreError`].
pub async fn set_delivery(
    tx: &mut Tx,
    id: ConversationId,
    seq: i64,
    delivery: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE message SET delivery = $3 WHERE conversation_id = $1 AND seq = $2";
    tx.run(sql, &[id.into(), seq.into(), delivery.into()]).await.map(drop)
}

/// Notes that the operator has all of a message, unless a receipt of his said more already.
///
/// # Errors
/// [`StoreError`].
pub async fn set_sent(tx: &mut Tx, id: ConversationId, seq: i64) -> Result<(), StoreError> {
    let sql = "UPDATE message SET delivery = 'sent' WHERE conversation_id = $1 AND seq = $2 \
               AND NOT EXISTS (SELECT 1 FROM dispatch d WHERE d.conversation_id = $1 \
               AND d.seq = $2 AND d.state <> 'sent')";
    tx.run(sql, &[id.into(), seq.into()]).await.map(drop)
}

/// The newest message of the bank in a conversation.
///
/// # Errors
/// [`StoreError`].
pub async fn last_of_bank(
    tx: &mut Tx,
    id: ConversationId,
) -> Result<Option<MessageRow>, StoreError> {
    let sql = "SELECT conversation_id, seq, id, author, body_ct, receipt, log_index, at_ms, \
               delivery FROM message WHERE conversation_id = $1 AND author = 'bank' \
               ORDER BY seq DESC LIMIT 1";
    tx.row(sql, &[id.into()]).await?.as_ref().map(read_message).transpose()
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

/// What a turn begins with, as it is at one moment.
#[derive(Clone, Debug)]
pub struct TurnRow {
    /// The conversation.
    pub chat: ConversationRow,
    /// The message that is to be answered.
    pub message: MessageRow,
    /// Whether an earlier message of the conversation awaits its answer.
    pub is_behind: bool,
}

/// A message with its conversation; `None` where one is gone.
///
/// # Errors
/// [`StoreError`].
pub async fn turn(
    tx: &mut Tx,
    id: ConversationId,
    seq: i64,
) -> Result<Option<TurnRow>, StoreError> {
    let sql = "SELECT c.id, c.bank, c.channel, c.customer_id, c.language, c.phrase_ct, \
               c.memory_ct, c.next_seq, c.read_seq, c.started_ms, c.linked_ms, \
               m.conversation_id, m.seq, m.id, m.author, m.body_ct, m.receipt, m.log_index, \
               m.at_ms, m.delivery, (SELECT COUNT(*) FROM inbox i WHERE i.conversation_id = $1 \
               AND i.message_seq < $2 AND i.state = 'pending') \
               FROM conversation c JOIN message m ON m.conversation_id = c.id AND m.seq = $2 \
               WHERE c.id = $1";
    let row = tx.row(sql, &[id.into(), seq.into()]).await?;
    row.map(|row| {
        let (chat, message) = (read(&row)?, read_message_at(&row, 11)?);
        Ok(TurnRow { chat, message, is_behind: row.int(20)? > 0 })
    })
    .transpose()
}

fn read_message(row: &Row) -> Result<MessageRow, StoreError> {
    read_message_at(row, 0)
}

fn read_message_at(row: &Row, first: usize) -> Result<MessageRow, StoreError> {
    Ok(MessageRow {
        conversation: row.parsed(first)?,
        seq: row.int(first + 1)?,
        id: row.parsed(first + 2)?,
        author: row.text(first + 3)?.to_owned(),
        body_ct: row.bytes(first + 4)?.to_vec(),
        receipt: row.maybe_text(first + 5)?.map(str::to_owned),
        log_index: row.maybe_int(first + 6)?,
        at: row.time(first + 7)?,
        delivery: row.text(first + 8)?.to_owned(),
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
