//! A reply on its way to be sealed, with what it does.

use bankside_domain::conversation::{Outgoing, Part};
use bankside_domain::customer::Language;
use bankside_domain::id::{ConversationId, MessageId};
use bankside_store::{StoreError, conversations};

use super::{Answering, mark_answered};
use crate::commit::Unit;
use crate::conversation::announce::Pen;
use crate::door::{Disclosed, Effects, Entry, Owner, SealError, SealedBody};
use crate::links::Offer;

/// One message, and what happens with it in the same transaction.
pub(crate) struct Reply {
    pub(super) message: Disclosed<Outgoing>,
    pub(super) acts: Vec<Act>,
    /// Whether follow-ups may refer to it.
    pub(super) remembers: bool,
    /// The link that it leads to, for a channel that shows none.
    pub(super) leads: Option<Part>,
}

/// What a reply does.
pub(crate) enum Act {
    /// Offers a link.
    Offer(Offer),
    /// Ends her consents: for one party, or all.
    Stop(Option<String>),
    /// Notes that she wants a person.
    AskForPerson,
}

impl Reply {
    pub(super) fn of(message: Disclosed<Outgoing>) -> Self {
        Self { message, acts: Vec::new(), remembers: false, leads: None }
    }

    pub(super) fn with(mut self, act: Act) -> Self {
        self.acts.push(act);
        self
    }

    pub(super) fn remembered(self) -> Self {
        Self { remembers: true, ..self }
    }
}

/// The end of a turn: everything that is written with the entries of its replies.
pub(super) struct Ending {
    pub(super) all: Answering,
    pub(super) owner: Owner,
    pub(super) chat: ConversationId,
    pub(super) inbox: MessageId,
    pub(super) bodies: Vec<SealedBody>,
    /// What is written in another chat of hers, sealed after the replies.
    pub(super) also: Option<(ConversationId, SealedBody)>,
    pub(super) acts: Vec<Act>,
    pub(super) language: Language,
    pub(super) memory_ct: Vec<u8>,
}

impl Ending {
    pub(super) fn into_effects(self) -> Effects {
        Box::new(move |unit, entries| Box::pin(self.write(unit, entries)))
    }

    async fn write(self, unit: &mut Unit<'_>, entries: &[Entry]) -> Result<(), SealError> {
        if !mark_answered(unit.tx, self.inbox).await? {
            return Err(SealError::Done);
        }
        let pen = Pen { now: self.all.clock.now(), entropy: &*self.all.entropy };
        let count = i64::try_from(self.bodies.len()).map_err(|_| StoreError::Shape)?;
        let (language, memory) = (self.language, &self.memory_ct);
        let first = conversations::take_seqs(unit.tx, self.chat, count, language, memory).await?;
        for ((body, entry), seq) in self.bodies.iter().zip(entries).zip(first..) {
            let sealed = Some((entry.receipt.as_str(), entry.log_index));
            let body = body.for_storage();
            pen.append_at(unit.tx, &self.owner.key, (self.chat, seq), body, sealed).await?;
        }
        if let Some((chat, body)) = &self.also {
            let entry = entries.get(self.bodies.len()).ok_or(StoreError::Shape)?;
            let now = conversations::by_id(unit.tx, *chat).await?;
            if now.and_then(|row| row.customer) != Some(self.owner.customer) {
                return Err(SealError::Changed);
            }
            let sealed = Some((entry.receipt.as_str(), entry.log_index));
            pen.append(unit.tx, &self.owner.key, *chat, body.for_storage(), sealed).await?;
        }
        for act in &self.acts {
            self.act(unit, act).await?;
        }
        Ok(())
    }

    async fn act(&self, unit: &mut Unit<'_>, act: &Act) -> Result<(), SealError> {
        match act {
            Act::Offer(offer) => offer.store(unit).await?,
            Act::AskForPerson => {
                let now = self.all.clock.now();
                conversations::ask_for_person(unit.tx, self.chat, now).await?;
            }
            Act::Stop(party) => {
                let reason = "asked for in the chat";
                self.all.consents.stop_in(unit, &self.owner, party.as_deref(), reason).await?;
            }
        }
        Ok(())
    }
}
