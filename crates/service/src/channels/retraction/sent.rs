//! What a customer's channels hold of hers, for her own eyes.

use bankside_domain::Timestamp;
use bankside_domain::id::{ConversationId, CustomerId};
use bankside_store::conversations::{self, ConversationRow};
use bankside_store::dispatches::{self, DispatchRow};
use bankside_store::{contacts, retractions};

use super::{Chance, RetractError, Retractions, Why};
use crate::channels::Frame;
use crate::door::Owner;
use crate::keys::DataKey;

/// Wishes of hers that are shown.
const MAX_WISHES: i64 = 50;

/// One chat of hers that a channel reaches, with what its operator was sent.
#[derive(Clone, Debug)]
pub struct SentThere {
    /// Short name of the channel.
    pub channel: String,
    /// Newest first.
    pub parts: Vec<SentPart>,
    /// Whether there is more than is shown.
    pub is_more: bool,
}

/// One message as the operator got it.
#[derive(Clone, Debug)]
pub struct SentPart {
    /// When.
    pub at: Timestamp,
    /// What; nothing where it was sealed under a key that is gone.
    pub frame: Option<Frame>,
    /// Whether it can be taken back.
    pub chance: Chance,
}

/// A wish of hers, counted in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Short name of the channel.
    pub channel: String,
    /// Why it was made.
    pub why: Why,
    /// When.
    pub at: Timestamp,
    /// Deleted.
    pub taken: i64,
    /// Still asked for.
    pub open: i64,
    /// Kept by the operator, or never to be taken back.
    pub kept: i64,
}

impl Retractions {
    /// What her channels were sent, chat by chat, at most `limit` messages of each.
    ///
    /// # Errors
    /// [`RetractError`].
    pub async fn sent(&self, owner: &Owner, limit: i64) -> Result<Vec<SentThere>, RetractError> {
        let mut tx = self.ground.store.read().await?;
        let now = self.ground.clock.now();
        let mut found = Vec::new();
        for ConversationRow { id, channel, .. } in
            conversations::of(&mut tx, owner.customer).await?
        {
            let contact = contacts::get(&mut tx, id).await?;
            if contact.is_none_or(|contact| contact.address_ct.is_none()) {
                continue;
            }
            let mut rows = dispatches::of(&mut tx, id, limit.saturating_add(1)).await?;
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            let is_more = rows.len() > limit;
            rows.truncate(limit);
            let can = self.can(&channel);
            let shown = |row: &DispatchRow| SentPart {
                at: row.at,
                frame: frame(&owner.key, row),
                chance: Chance::of(row, can, now),
            };
            let parts = rows.iter().map(shown).collect();
            found.push(SentThere { channel, parts, is_more });
        }
        Ok(found)
    }

    /// Her wishes of the last months, newest first, also about chats that are gone.
    ///
    /// # Errors
    /// [`RetractError`].
    pub async fn wishes(&self, customer: CustomerId) -> Result<Vec<Wish>, RetractError> {
        let mut tx = self.ground.store.read().await?;
        let rows = retractions::of(&mut tx, customer, MAX_WISHES).await?;
        let wish = |row: retractions::RetractionRow| Wish {
            why: Why::of(&row.why),
            at: row.at,
            taken: row.taken,
            open: (row.asked - row.taken - row.kept).max(0),
            kept: row.kept + row.beyond,
            channel: row.channel,
        };
        Ok(rows.into_iter().map(wish).collect())
    }
}

/// Where what was sent is sealed.
pub(crate) fn sent_at((conversation, seq, part): (ConversationId, i64, i64)) -> String {
    format!("sent/{conversation}/{seq}/{part}")
}

fn frame(key: &DataKey, row: &DispatchRow) -> Option<Frame> {
    let place = sent_at((row.conversation, row.seq, row.part));
    let opened = key.open(&place, row.frame_ct.as_deref()?).ok()?;
    serde_json::from_slice(&opened).ok()
}
