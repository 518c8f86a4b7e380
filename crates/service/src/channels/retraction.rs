//! Taking back what an operator holds: what it is, whether it can be, and asking for all of it.
//!
//! INVARIANT: a wish is durable in the outbox before anyone hears of it. Where a message is and what
//! the operator calls it are sealed anew, under a key that belongs to this one wish: the customer's
//! own key may be destroyed meanwhile, and when the last part is settled this one is, too.
//! INVARIANT: what became of each part is noted: deleted, or kept and why.

mod sent;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Retraction};
use bankside_domain::id::{ConversationId, CustomerId, MessageId};
use bankside_store::conversations::ConversationRow;
use bankside_store::dispatches::{self, DispatchRow};
use bankside_store::outbox::{self, OutboxRow, Retract};
use bankside_store::retractions::{self, RetractionRow};
use bankside_store::{StoreError, contacts, conversations};
use bankside_transparency::record::{Decision, Kind};
use serde::{Deserialize, Serialize};

pub(crate) use sent::sent_at;
pub use sent::{SentPart, SentThere, Wish};
pub(super) use settle::{Back, Settled, open};

use super::{Reached, addresses};
use crate::commit::{CommitError, Unit};
use crate::conversation::Notifier;
use crate::door::{Draft, EntryError, Ground, Owner, append};
use crate::keys::{DataKey, KeyError, Subject, Unsealable};
use crate::token::id_bytes;

/// Parts of one chat that are looked at, newest first.
pub(crate) const MAX_PARTS: i64 = 2_000;
/// Days that the outcome of a wish is kept.
const KEPT_DAYS: i64 = 90;

/// Why nothing was asked for.
#[derive(Debug, thiserror::Error)]
pub enum RetractError {
    /// The address or the operator's id of a message does not open.
    #[error("what was sent cannot be opened")]
    Unreadable(#[from] Unsealable),
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The entry could not be made.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a part stays with its operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// The channel takes nothing back, or is connected no more.
    Never,
    /// The time in which it could be taken back is over.
    Late,
    /// The operator gave it no id.
    Unnamed,
    /// The operator refused.
    Refused,
    /// She cannot be reached there any more.
    Gone,
    /// The operator did not answer for a day.
    GaveUp,
}

impl Kept {
    /// Its code, as it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Late => "late",
            Self::Unnamed => "unnamed",
            Self::Refused => "refused",
            Self::Gone => "gone",
            Self::GaveUp => "gave_up",
        }
    }

    fn of(code: &str) -> Self {
        let all = [Self::Never, Self::Late, Self::Unnamed, Self::Gone, Self::GaveUp];
        all.into_iter().find(|kept| kept.code() == code).unwrap_or(Self::Refused)
    }
}

/// Whether a part can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chance {
    /// It can.
    Open {
        /// Until then; nothing where there is no end.
        until: Option<Timestamp>,
    },
    /// Its operator is asked.
    Asked {
        /// Since when.
        at: Timestamp,
    },
    /// It is deleted.
    Taken {
        /// Since when.
        at: Timestamp,
    },
    /// It stays there.
    Kept(Kept),
}

impl Chance {
    fn of(part: &DispatchRow, can: Option<Retraction>, now: Timestamp) -> Self {
        match &part.retraction {
            Some((code, at)) if code == "asked" => return Self::Asked { at: *at },
            Some((code, at)) if code == "retracted" => return Self::Taken { at: *at },
            Some((code, _)) => return Self::Kept(Kept::of(code)),
            None => {}
        }
        let until = match can {
            None | Some(Retraction::Never) => return Self::Kept(Kept::Never),
            Some(Retraction::Always) => None,
            Some(Retraction::Within { millis }) => Some(part.at.plus_millis(millis)),
        };
        if until.is_some_and(|until| until <= now) {
            return Self::Kept(Kept::Late);
        }
        if part.operator.is_none() { Self::Kept(Kept::Unnamed) } else { Self::Open { until } }
    }
}

/// Why a wish is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// She asked for it.
    Asked,
    /// The chat was unlinked.
    Unlinked,
    /// Her history was cleared.
    Cleared,
}

impl Why {
    const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Unlinked => "unlinked",
            Self::Cleared => "cleared",
        }
    }

    fn of(code: &str) -> Self {
        let all = [Self::Asked, Self::Unlinked];
        all.into_iter().find(|why| why.code() == code).unwrap_or(Self::Cleared)
    }
}

/// What a wish comes to, in parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wished {
    /// Those that operators are asked to delete.
    pub asked: i64,
    /// Those that cannot even be asked for.
    pub beyond: i64,
}

/// Where a part is: sealed under the wish's own key.
#[derive(Serialize, Deserialize)]
pub(super) struct Place {
    to: String,
    id: String,
    until: Option<i64>,
}

impl Place {
    /// Her contact.
    pub(super) fn contact(&self) -> Contact {
        Contact::new(self.to.clone())
    }
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Retractions {
    pub(crate) ground: Arc<Ground>,
    pub(crate) connected: Arc<BTreeMap<String, Reached>>,
    pub(crate) notifier: Notifier,
}

impl std::fmt::Debug for Retractions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Retractions")
    }
}

impl Retractions {
    pub(crate) fn new(
        ground: &Ground,
        connected: BTreeMap<String, Reached>,
        notifier: &Notifier,
    ) -> Self {
        let (connected, notifier) = (Arc::new(connected), notifier.clone());
        Self { ground: Arc::new(ground.clone()), connected, notifier }
    }

    /// Asks the operators to delete everything that can be taken back; what was asked for before is
    /// not asked for twice.
    ///
    /// # Errors
    /// [`RetractError`]; nothing was asked for then.
    pub async fn ask(&self, owner: &Owner) -> Result<Wished, CommitError<RetractError>> {
        let (this, owner) = (self.clone(), owner.clone());
        let (wished, channels) = self
            .ground
            .committer
            .commit(move |unit| Box::pin(async move { this.ask_in(unit, &owner).await }))
            .await?;
        channels.iter().for_each(|channel| self.notifier.on_its_way(channel));
        Ok(wished)
    }

    async fn ask_in(
        &self,
        unit: &mut Unit<'_>,
        owner: &Owner,
    ) -> Result<(Wished, Vec<String>), RetractError> {
        let (mut all, mut channels) = (Wished::default(), Vec::new());
        for chat in conversations::of(unit.tx, owner.customer).await? {
            let wished = self.wish_in(unit, owner, &chat, Why::Asked).await?;
            if wished.asked > 0 {
                let draft = self.draft(&chat, wished.asked);
                let Ground { keys, build, clock, .. } = &*self.ground;
                append(unit, keys, owner, build, clock.now(), draft).await?;
                channels.push(chat.channel);
            }
            all.asked += wished.asked;
            all.beyond += wished.beyond;
        }
        Ok((all, channels))
    }

    /// What her log says of it.
    fn draft(&self, chat: &ConversationRow, asked: i64) -> Draft {
        let party = bankside_transparency::record::Party {
            kind: bankside_transparency::record::PartyKind::Channel,
            id: chat.channel.clone(),
        };
        Draft {
            kind: Kind::Outcome,
            consent: None,
            purpose: None,
            party: Some(party),
            fields: Vec::new(),
            level: None,
            decision: Decision::Allow,
            reason: Some("asked_to_delete".to_owned()),
            policy: None,
            body: format!("{{\"conversation\":\"{}\",\"parts\":{asked}}}", chat.id).into_bytes(),
        }
    }

    /// Puts on its way what of a chat of hers can be taken back, inside a unit that may empty it.
    pub(crate) async fn wish_in(
        &self,
        unit: &mut Unit<'_>,
        owner: &Owner,
        chat: &ConversationRow,
        why: Why,
    ) -> Result<Wished, RetractError> {
        let contact = contacts::get(unit.tx, chat.id).await?;
        let Some(sealed) = contact.and_then(|contact| contact.address_ct) else {
            return Ok(Wished::default());
        };
        let to = addresses::open(&owner.key, chat.id, &sealed)?;
        let own = addresses::key(&self.ground.keys, &*self.ground.clock).await?;
        let can = self.can(&chat.channel);
        let mut wish = Wishing::new(self, owner.customer, &chat.channel, why);
        for part in dispatches::of(unit.tx, chat.id, MAX_PARTS).await? {
            match Chance::of(&part, can, wish.now) {
                Chance::Open { until } => {
                    let Some((_, sealed)) = &part.operator else { continue };
                    let id = String::from_utf8(own.open(OPERATOR_ID, sealed)?);
                    let id = id.map_err(|_| Unsealable)?;
                    let at = (chat.id, part.seq, part.part);
                    wish.part(unit, at, &to, id, until).await?;
                    dispatches::set_retraction(unit.tx, at, "asked", wish.now).await?;
                }
                Chance::Kept(_) => wish.row.beyond += 1,
                Chance::Asked { .. } | Chance::Taken { .. } => {}
            }
        }
        wish.end(unit).await
    }

    /// Takes back a part that was on the wire while its conversation was emptied.
    pub(super) async fn too_late_in(
        &self,
        unit: &mut Unit<'_>,
        (customer, channel): (CustomerId, &str),
        at: (ConversationId, i64, i64),
        to: &Contact,
        id: Option<String>,
    ) -> Result<(), RetractError> {
        let mut wish = Wishing::new(self, customer, channel, Why::Unlinked);
        let until = match self.can(channel) {
            None | Some(Retraction::Never) => None,
            Some(Retraction::Always) => Some(None),
            Some(Retraction::Within { millis }) => Some(Some(wish.now.plus_millis(millis))),
        };
        match (id, until) {
            (Some(id), Some(until)) => wish.part(unit, at, to, id, until).await?,
            _ => wish.row.beyond += 1,
        }
        wish.end(unit).await.map(drop)
    }

    fn can(&self, channel: &str) -> Option<Retraction> {
        self.connected.get(channel).map(|reached| reached.channel.can().retraction)
    }
}

/// Where an operator's id of a message is sealed.
pub(super) const OPERATOR_ID: &str = "operator-id";

/// Where a place is sealed.
pub(super) fn sealed_at(id: MessageId) -> String {
    format!("retract/{id}")
}

/// One wish while it is written down.
struct Wishing<'a> {
    this: &'a Retractions,
    now: Timestamp,
    key: Option<DataKey>,
    row: RetractionRow,
}

impl<'a> Wishing<'a> {
    fn new(this: &'a Retractions, customer: CustomerId, channel: &str, why: Why) -> Self {
        let now = this.ground.clock.now();
        let row = RetractionRow {
            id: MessageId::new(now, id_bytes(this.ground.keys.entropy())),
            customer,
            channel: channel.to_owned(),
            why: why.code().to_owned(),
            asked: 0,
            beyond: 0,
            taken: 0,
            kept: 0,
            at: now,
            done: None,
        };
        Self { this, now, key: None, row }
    }

    /// Puts one part on its way.
    async fn part(
        &mut self,
        unit: &mut Unit<'_>,
        (conversation, message_seq, part): (ConversationId, i64, i64),
        to: &Contact,
        id: String,
        until: Option<Timestamp>,
    ) -> Result<(), RetractError> {
        let keys = &self.this.ground.keys;
        let key = match self.key.take() {
            Some(key) => key,
            None => keys.ensure(Subject::Retraction(self.row.id), self.now).await?,
        };
        let row = OutboxRow {
            id: MessageId::new(self.now, id_bytes(keys.entropy())),
            channel: self.row.channel.clone(),
            conversation,
            message_seq,
            attempts: 0,
            retract: None,
        };
        let until = until.map(Timestamp::as_millis);
        let place = Place { to: to.address().to_owned(), id, until };
        let place = zeroize::Zeroizing::new(serde_json::to_vec(&place).map_err(|_| Unsealable)?);
        let place_ct = key.seal(&sealed_at(row.id), &place, keys.entropy())?;
        let retract = Retract { retraction: self.row.id, part, place_ct };
        outbox::insert_retract(unit.tx, &row, &retract, self.now).await?;
        self.row.asked += 1;
        self.key = Some(key);
        Ok(())
    }

    /// Notes the wish, unless there is nothing to tell of it.
    async fn end(mut self, unit: &mut Unit<'_>) -> Result<Wished, RetractError> {
        let wished = Wished { asked: self.row.asked, beyond: self.row.beyond };
        let is_nothing = wished.asked == 0 && (wished.beyond == 0 || self.row.why == "asked");
        if !is_nothing {
            self.row.done = (wished.asked == 0).then_some(self.now);
            retractions::insert(unit.tx, &self.row).await?;
        }
        Ok(wished)
    }
}

#[cfg(test)]
mod tests;
