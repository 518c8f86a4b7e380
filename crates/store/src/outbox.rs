//! The outbox: what was sealed and must reach a channel, and what is to be taken back from one.
//!
//! INVARIANT: whoever works on a row has it in hand until a time; after that another courier may take
//! it, and the first finds that it lost it before it writes anything.

use bankside_domain::Timestamp;
use bankside_domain::id::{ConversationId, MessageId};

use crate::waist::{Row, StoreError, Tx};

/// A message on its way out, or a wish to take a part of one back.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Id, which is the message's; a wish has its own.
    pub id: MessageId,
    /// Channel.
    pub channel: String,
    /// Conversation.
    pub conversation: ConversationId,
    /// Number of the message there.
    pub message_seq: i64,
    /// Sends tried.
    pub attempts: i64,
    /// What is to be taken back; nothing where the message is to be sent.
    pub retract: Option<Retract>,
}

/// A part that is to be taken back.
#[derive(Clone, Debug)]
pub struct Retract {
    /// The retraction that it belongs to.
    pub retraction: MessageId,
    /// Which part of the message, from 0.
    pub part: i64,
    /// Where it is, sealed under the retraction's own key.
    pub place_ct: Vec<u8>,
}

/// Who works on a message, and until when nobody else may.
#[derive(Clone, Copy, Debug)]
pub struct Hold<'a> {
    /// Names a courier.
    pub holder: &'a str,
    /// Another may take it over from then on.
    pub until: Timestamp,
}

/// Whether a courier still has a message in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Yes.
    Mine,
    /// Another took it over.
    Taken,
    /// It is no longer to be sent: the conversation was emptied, or she left.
    Dropped,
}

/// Puts a message on its way, if its conversation is reached by a channel and she has not left it.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(
    tx: &mut Tx,
    id: MessageId,
    (conversation, seq): (ConversationId, i64),
    due: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO outbox (id, channel, conversation_id, message_seq, state, attempts, \
               next_ms) SELECT $1, channel, id, $3, 'due', 0, $4 FROM conversation \
               WHERE id = $2 AND address_ct IS NOT NULL AND left_ms IS NULL";
    let args = [id.into(), conversation.into(), seq.into(), due.into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// What is due in a channel and nobody has in hand, oldest first: of each conversation only the first
/// message that waits, and what is to be taken back once nothing of it is due to be sent.
///
/// # Errors
/// [`StoreError`].
pub async fn due(
    tx: &mut Tx,
    channel: &str,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = "SELECT o.id, o.channel, o.conversation_id, o.message_seq, o.attempts, \
               o.retraction_id, o.part, o.place_ct FROM outbox o \
               WHERE o.channel = $1 AND o.state = 'due' AND o.next_ms <= $2 AND o.held_ms <= $2 \
               AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.conversation_id = o.conversation_id \
               AND e.act = 'send' AND ((o.act = 'send' AND e.message_seq < o.message_seq \
               AND e.state <> 'dead') OR (o.act = 'retract' AND e.state = 'due'))) \
               ORDER BY o.act DESC, o.next_ms, o.id LIMIT $3";
    tx.rows(sql, &[channel.into(), now.into(), limit.into()]).await?.iter().map(read).collect()
}

/// What is on its way in a conversation, in its order.
///
/// # Errors
/// [`StoreError`].
pub async fn of(
    tx: &mut Tx,
    conversation: ConversationId,
    limit: i64,
) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = "SELECT id, channel, conversation_id, message_seq, attempts, retraction_id, part, \
               place_ct FROM outbox WHERE conversation_id = $1 AND act = 'send' \
               AND state <> 'dead' ORDER BY message_seq LIMIT $2";
    tx.rows(sql, &[conversation.into(), limit.into()]).await?.iter().map(read).collect()
}

/// Removes what has been on its way in a channel since `before`; says how many.
///
/// # Errors
/// [`StoreError`].
pub async fn expire(tx: &mut Tx, channel: &str, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM outbox WHERE channel = $1 AND state <> 'dead' AND next_ms <= $2";
    tx.run(sql, &[channel.into(), before.into()]).await
}

/// Takes a due message in hand; `false` where another courier did, or it is due no more.
///
/// # Errors
/// [`StoreError`].
pub async fn take(
    tx: &mut Tx,
    id: MessageId,
    hold: Hold<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE outbox SET holder = $2, held_ms = $3 \
               WHERE id = $1 AND state = 'due' AND held_ms <= $4";
    let args = [id.into(), hold.holder.into(), hold.until.into(), now.into()];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Keeps it in hand for longer, and says whether it still is.
///
/// # Errors
/// [`StoreError`].
pub async fn keep(tx: &mut Tx, id: MessageId, hold: Hold<'_>) -> Result<Held, StoreError> {
    let sql = "UPDATE outbox SET held_ms = $3 WHERE id = $1 AND holder = $2";
    if tx.run(sql, &[id.into(), hold.holder.into(), hold.until.into()]).await? == 1 {
        return Ok(Held::Mine);
    }
    let there = tx.row("SELECT 1 FROM outbox WHERE id = $1", &[id.into()]).await?;
    Ok(if there.is_some() { Held::Taken } else { Held::Dropped })
}

/// Puts a wish on its way to take a part back.
///
/// # Errors
/// [`StoreError`].
pub async fn insert_retract(
    tx: &mut Tx,
    row: &OutboxRow,
    retract: &Retract,
    due: Timestamp,
) -> Result<(), StoreError> {
    tx.run_one(
        "INSERT INTO outbox (id, channel, conversation_id, message_seq, state, attempts, next_ms, \
         act, part, retraction_id, place_ct) \
         VALUES ($1, $2, $3, $4, 'due', 0, $5, 'retract', $6, $7, $8)",
        &[
            row.id.into(),
            row.channel.as_str().into(),
            row.conversation.into(),
            row.message_seq.into(),
            due.into(),
            retract.part.into(),
            retract.retraction.into(),
            retract.place_ct.as_slice().into(),
        ],
    )
    .await
}

/// A message that was given up. Nothing here says what it is about, or to whom it goes.
#[derive(Clone, Debug)]
pub struct DeadRow {
    /// Id.
    pub id: MessageId,
    /// Channel.
    pub channel: String,
    /// Sends tried.
    pub attempts: i64,
    /// Why the last one failed, as the operator's code says.
    pub reason: Option<String>,
    /// When.
    pub failed: Option<Timestamp>,
}

/// The dead letters of a channel, newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn dead(tx: &mut Tx, channel: &str, limit: i64) -> Result<Vec<DeadRow>, StoreError> {
    let sql = "SELECT id, channel, attempts, reason, failed_ms FROM outbox \
               WHERE channel = $1 AND state = 'dead' ORDER BY id DESC LIMIT $2";
    let rows = tx.rows(sql, &[channel.into(), limit.into()]).await?;
    let read = |row: &Row| {
        Ok(DeadRow {
            id: row.parsed(0)?,
            channel: row.text(1)?.to_owned(),
            attempts: row.int(2)?,
            reason: row.maybe_text(3)?.map(str::to_owned),
            failed: row.maybe_int(4)?.map(Timestamp::from_millis),
        })
    };
    rows.iter().map(read).collect()
}

/// How many are due or wait, and how many are dead, in a channel.
///
/// # Errors
/// [`StoreError`].
pub async fn counts(tx: &mut Tx, channel: &str) -> Result<(i64, i64), StoreError> {
    let sql = "SELECT COUNT(*) FROM outbox WHERE channel = $1 AND (state = 'dead') = ($2 = 1)";
    let mut count = [0; 2];
    for (which, count) in (0_i64..).zip(&mut count) {
        let row = tx.row(sql, &[channel.into(), which.into()]).await?.ok_or(StoreError::Shape)?;
        *count = row.int(0)?;
    }
    Ok(count.into())
}

/// What waits in a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Messages to be sent.
    pub messages: i64,
    /// Of these, what failed and is tried again.
    pub again: i64,
    /// Messages that wait until she writes.
    pub for_her: i64,
    /// Parts to be taken back.
    pub retractions: i64,
    /// Dead letters.
    pub dead: i64,
    /// Since when the oldest message to be sent waits.
    pub oldest: Option<Timestamp>,
}

/// What waits in a channel.
///
/// # Errors
/// [`StoreError`].
pub async fn waiting(tx: &mut Tx, channel: &str) -> Result<Waiting, StoreError> {
    let sql = "SELECT act, state, CASE WHEN attempts > 0 THEN 1 ELSE 0 END, COUNT(*), MIN(id) \
               FROM outbox WHERE channel = $1 GROUP BY 1, 2, 3";
    let mut waiting = Waiting::default();
    for row in tx.rows(sql, &[channel.into()]).await? {
        let (count, oldest) = (row.int(3)?, row.parsed::<MessageId>(4)?.made());
        match (row.text(0)?, row.text(1)?) {
            ("retract", _) => waiting.retractions += count,
            (_, "dead") => waiting.dead += count,
            (_, "waits") => waiting.for_her += count,
            _ => {
                waiting.messages += count;
                waiting.again += count * row.int(2)?;
                waiting.oldest = Some(waiting.oldest.map_or(oldest, |known| known.min(oldest)));
            }
        }
    }
    Ok(waiting)
}

fn read(row: &Row) -> Result<OutboxRow, StoreError> {
    let retraction: Option<MessageId> = row.maybe_parsed(5)?;
    let part = row.int(6)?;
    let place_ct = row.maybe_bytes(7)?.map(<[u8]>::to_vec);
    let retract = retraction.zip(place_ct);
    Ok(OutboxRow {
        id: row.parsed(0)?,
        channel: row.text(1)?.to_owned(),
        conversation: row.parsed(2)?,
        message_seq: row.int(3)?,
        attempts: row.int(4)?,
        retract: retract.map(|(retraction, place_ct)| Retract { retraction, part, place_ct }),
    })
}

/// Takes it off: the channel has it.
///
/// # Errors
/// [`StoreError`].
pub async fn sent(tx: &mut Tx, id: MessageId) -> Result<(), StoreError> {
    tx.run("DELETE FROM outbox WHERE id = $1", &[id.into()]).await.map(drop)
}

/// As [`sent`]; `false` where somebody else was quicker.
///
/// # Errors
/// [`StoreError`].
pub async fn give(tx: &mut Tx, id: MessageId) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM outbox WHERE id = $1", &[id.into()]).await? == 1)
}

/// Drops what is on its way to a conversation that is emptied; says how many. What is to be taken
/// back stays.
///
/// # Errors
/// [`StoreError`].
pub async fn drop_of(tx: &mut Tx, conversation: ConversationId) -> Result<u64, StoreError> {
    let sql = "DELETE FROM outbox WHERE conversation_id = $1 AND act = 'send'";
    tx.run(sql, &[conversation.into()]).await
}

/// Why something failed: the operator's code, and when.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// As the operator's code says; nothing of hers.
    pub reason: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Puts it off, or into the dead letters, and lets go of it.
///
/// # Errors
/// [`StoreError`].
pub async fn put_off(
    tx: &mut Tx,
    id: MessageId,
    next: Option<Timestamp>,
    failure: Failure<'_>,
) -> Result<(), StoreError> {
    let (state, at) = next.map_or(("dead", Timestamp::default()), |at| ("due", at));
    let sql = "UPDATE outbox SET attempts = attempts + 1, state = $2, next_ms = $3, held_ms = 0, \
               holder = NULL, reason = $4, failed_ms = $5 WHERE id = $1";
    let args = [id.into(), state.into(), at.into(), failure.reason.into(), failure.at.into()];
    tx.run(sql, &args).await.map(drop)
}

/// Lets it wait until she is heard of.
///
/// # Errors
/// [`StoreError`].
pub async fn wait(tx: &mut Tx, id: MessageId) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET state = 'waits', held_ms = 0, holder = NULL WHERE id = $1";
    tx.run(sql, &[id.into()]).await.map(drop)
}

/// What waited in a conversation is due: she was heard of.
///
/// # Errors
/// [`StoreError`].
pub async fn wake(
    tx: &mut Tx,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "UPDATE outbox SET state = 'due', next_ms = $2 \
               WHERE conversation_id = $1 AND state = 'waits'";
    tx.run(sql, &[conversation.into(), now.into()]).await
}

/// A dead letter is due again, for a day from now; the channel that it is for, or nothing where it is
/// none.
///
/// # Errors
/// [`StoreError`].
pub async fn revive(
    tx: &mut Tx,
    id: MessageId,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    let sql = "UPDATE outbox SET state = 'due', attempts = 0, next_ms = $2 \
               WHERE id = $1 AND state = 'dead' RETURNING channel";
    let row = tx.row(sql, &[id.into(), now.into()]).await?;
    row.map(|row| row.text(0).map(str::to_owned)).transpose()
}

/// Lets a dead letter go; the channel that it was for, or nothing where it is none.
///
/// # Errors
/// [`StoreError`].
pub async fn bury(tx: &mut Tx, id: MessageId) -> Result<Option<String>, StoreError> {
    let sql = "DELETE FROM outbox WHERE id = $1 AND state = 'dead' RETURNING channel";
    let row = tx.row(sql, &[id.into()]).await?;
    row.map(|row| row.text(0).map(str::to_owned)).transpose()
}
