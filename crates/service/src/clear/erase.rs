//! Erasing her rows, in one unit, once nobody can read them any more.

use bankside_domain::Timestamp;
use bankside_domain::id::{ConversationId, CustomerId};
use bankside_store::{
    StoreError, clearings, consents, conversations, customers, dispatches, inbox, line_tokens,
    links, oauth, outbox, records, retractions, sessions, streams,
};
use serde::{Deserialize, Serialize};

use super::{ClearError, Clearing, Stage, at};
use crate::commit::Unit;
use crate::token::id_bytes;

/// Wishes of one clearing that are counted: one for each chat.
const MAX_WISHES: i64 = 1_000;

/// What was erased, or would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Consents, of every state.
    pub consents: u64,
    /// Chats.
    pub chats: u64,
    /// Messages in them, in both directions.
    pub messages: u64,
    /// Entries of her disclosure log, each with what was sent.
    pub records: u64,
    /// Messages that operators of channels were asked to delete.
    #[serde(default)]
    pub asked_back: u64,
    /// Messages that operators of channels hold and cannot be asked for.
    #[serde(default)]
    pub kept_there: u64,
}

/// Erases; returns the chats that are gone.
pub(super) async fn run(
    unit: &mut Unit<'_>,
    clearing: &Clearing,
    customer: CustomerId,
) -> Result<Vec<ConversationId>, ClearError> {
    if !at(unit, customer, Stage::Shredded).await? {
        return Ok(Vec::new());
    }
    let mut erased = Erased::default();
    let mut gone = Vec::new();
    for chat in conversations::of(unit.tx, customer).await? {
        erased.messages += chat_of(unit, chat.id, customer).await?;
        erased.chats += 1;
        gone.push(chat.id);
    }
    there(unit, customer, &mut erased).await?;
    erased.consents = consents::erase(unit.tx, customer).await?;
    erased.records = records::erase(unit.tx, customer).await?;
    links::erase(unit.tx, customer).await?;
    oauth::erase(unit.tx, customer).await?;
    sessions::end_all(unit.tx, customer).await?;
    if streams::of(unit.tx, customer).await?.is_some() {
        // The time of an identifier would tie the head that stays to the clearing, so it has none.
        let random = id_bytes(clearing.keys.entropy());
        let nobody = CustomerId::new(Timestamp::default(), random);
        streams::disown(unit.tx, customer, nobody).await?;
    }
    customers::cleared(unit.tx, customer, clearing.clock.now()).await?;
    let counts = serde_json::to_string(&erased).map_err(|_| StoreError::Shape)?;
    clearings::erased(unit.tx, customer, &counts).await?;
    Ok(gone)
}

/// Counts what operators were asked for at this clearing, and forgets what was asked for before.
async fn there(
    unit: &mut Unit<'_>,
    customer: CustomerId,
    erased: &mut Erased,
) -> Result<(), StoreError> {
    let Some(clearing) = clearings::under_way(unit.tx, customer).await? else { return Ok(()) };
    retractions::erase(unit.tx, customer, clearing.asked).await?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    for wish in retractions::of(unit.tx, customer, MAX_WISHES).await? {
        if wish.at >= clearing.asked {
            erased.asked_back += count(wish.asked);
            erased.kept_there += count(wish.beyond);
        }
    }
    Ok(())
}

async fn chat_of(
    unit: &mut Unit<'_>,
    id: ConversationId,
    customer: CustomerId,
) -> Result<u64, StoreError> {
    let messages = conversations::erase_messages(unit.tx, id).await?;
    inbox::drop_of(unit.tx, id).await?;
    outbox::drop_of(unit.tx, id).await?;
    dispatches::drop_of(unit.tx, id).await?;
    links::erase_in(unit.tx, id).await?;
    line_tokens::drop_of(unit.tx, id).await?;
    conversations::erase(unit.tx, id, customer).await?;
    Ok(messages)
}
