//! Linking a chat to a customer, and unlinking it.
//!
//! INVARIANT: only the holder of a single-use link, signed in on the bank's origin, links the chat
//! that the link was offered in. What was said before is re-sealed under her key, and the
//! visitor's key destroyed.

use std::sync::Arc;

use bankside_domain::id::ConversationId;
use bankside_store::conversations;
use bankside_store::conversations::ConversationRow;
use bankside_store::{Store, StoreError, Tx, contacts, dispatches, inbox, outbox};
use bankside_transparency::record::{Decision, Kind};

use super::notifier::{Notifier, What};
use super::{phrase, stored};
use crate::channels::{MAX_PARTS, RetractError, Retractions, Why, addresses, sent_at};
use crate::commit::{CommitError, Committer, Unit};
use crate::door::{Draft, EntryError, Owner, append, record_party};
use crate::keys::{DataKey, KeyError, KeyRing, Subject, Unsealable};
use crate::links::{LinkError, OpenLink, redeem_in};
use crate::ports::{Clock, Entropy};
use bankside_domain::Party;

/// Most messages of a chat before it is linked.
const MAX_BEFORE_LINK: i64 = 1_000;

/// Why a chat was not linked or unlinked.
#[derive(Debug, thiserror::Error)]
pub enum LinkChatError {
    /// The link does not open.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The chat is linked already, or gone.
    #[error(
        "this chat is linked already, or no longer there; open the chat and ask for a new link"
    )]
    NotFree,
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Something cannot be opened or sealed.
    #[error("the chat cannot be read")]
    Unreadable(#[from] Unsealable),
    /// The entry could not be made.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// What the operator holds could not be asked back.
    #[error(transparent)]
    Retract(#[from] RetractError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Linker {
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) committer: Committer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) notifier: Notifier,
    pub(crate) channels: Arc<[Party]>,
    pub(crate) build: Arc<str>,
    pub(crate) retractions: Retractions,
}

impl Linker {
    /// The chat behind a link, before it is linked: its channel, and the words that it shows.
    ///
    /// # Errors
    /// [`LinkChatError::NotFree`] where it is linked already.
    pub async fn preview(&self, link: &OpenLink) -> Result<(Party, String), LinkChatError> {
        let id = link.conversation.ok_or(LinkChatError::NotFree)?;
        let visitor = self.visitor_key(id).await?;
        let mut tx = self.store.read().await?;
        let row = conversations::by_id(&mut tx, id).await?.ok_or(LinkChatError::NotFree)?;
        let party = self.channels.iter().find(|p| p.id == row.channel).cloned();
        Ok((party.ok_or(LinkChatError::NotFree)?, phrase_of(&visitor, &row)?))
    }

    async fn visitor_key(&self, id: ConversationId) -> Result<DataKey, LinkChatError> {
        self.keys.get(Subject::Visitor(id)).await.map_err(|error| match error {
            KeyError::NoKey => LinkChatError::NotFree,
            other => other.into(),
        })
    }

    /// Links the chat of `link` to `owner`; returns the conversation. She has compared the words.
    ///
    /// # Errors
    /// [`LinkChatError`]; then nothing changed and the link is still good, unless it was used.
    pub async fn link(
        &self,
        link: OpenLink,
        owner: &Owner,
    ) -> Result<ConversationId, CommitError<LinkChatError>> {
        let id = link.conversation.ok_or(CommitError::Refused(LinkChatError::NotFree))?;
        let visitor = self.visitor_key(id).await.map_err(CommitError::Refused)?;
        let linking = Linking { this: self.clone(), link, id, owner: owner.clone(), visitor };
        self.committer.commit(move |unit| Box::pin(linking.run(unit))).await?;
        if let Err(error) = self.keys.destroy(Subject::Visitor(id)).await {
            tracing::warn!(%error, "a visitor's key outlived its use");
        }
        self.notifier.tell(id, What::Changed);
        Ok(id)
    }

    /// Unlinks a chat of hers and empties it: whoever holds its token is a stranger again. The
    /// operator of its channel is asked to delete what can be taken back.
    ///
    /// # Errors
    /// [`LinkChatError`].
    pub async fn unlink(
        &self,
        owner: &Owner,
        id: ConversationId,
    ) -> Result<(), CommitError<LinkChatError>> {
        let made = self.keys.ensure(Subject::Visitor(id), self.clock.now()).await;
        let visitor = made.map_err(|e| CommitError::Refused(e.into()))?;
        let (this, owner) = (self.clone(), owner.clone());
        let channel = self
            .committer
            .commit(move |unit| {
                Box::pin(async move { this.unlink_in(unit, &owner, id, &visitor).await })
            })
            .await?;
        self.notifier.tell(id, What::Changed);
        self.notifier.on_its_way(&channel);
        Ok(())
    }

    async fn unlink_in(
        &self,
        unit: &mut Unit<'_>,
        owner: &Owner,
        id: ConversationId,
        visitor: &DataKey,
    ) -> Result<String, LinkChatError> {
        let entropy = self.keys.entropy();
        let words = phrase::random(entropy);
        let phrase_ct = visitor.seal(&stored::phrase_place(id), words.as_bytes(), entropy)?;
        let row = conversations::by_id(unit.tx, id).await?.ok_or(LinkChatError::NotFree)?;
        conversations::unlink(unit.tx, id, owner.customer, &phrase_ct).await?;
        self.retractions.wish_in(unit, owner, &row, Why::Unlinked).await?;
        conversations::erase_messages(unit.tx, id).await?;
        inbox::drop_of(unit.tx, id).await?;
        outbox::drop_of(unit.tx, id).await?;
        dispatches::drop_of(unit.tx, id).await?;
        readdress(unit.tx, id, (&owner.key, visitor), entropy).await?;
        let draft = self.draft(Kind::ChannelWithdrawn, &row.channel, id);
        append(unit, &self.keys, owner, &self.build, self.clock.now(), draft).await?;
        Ok(row.channel)
    }

    fn draft(&self, kind: Kind, channel: &str, id: ConversationId) -> Draft {
        let party = self.channels.iter().find(|p| p.id == channel).map(record_party);
        Draft {
            kind,
            consent: None,
            purpose: None,
            party,
            fields: Vec::new(),
            level: None,
            decision: Decision::Allow,
            reason: None,
            policy: None,
            body: format!("{{\"conversation\":\"{id}\"}}").into_bytes(),
        }
    }
}

/// The words of a chat that is nobody's yet.
fn phrase_of(visitor: &DataKey, row: &ConversationRow) -> Result<String, Unsealable> {
    let sealed = row.phrase_ct.as_deref().ok_or(Unsealable)?;
    let opened = visitor.open(&stored::phrase_place(row.id), sealed)?;
    String::from_utf8(opened).map_err(|_| Unsealable)
}

/// Seals where the chat is reached under another key, if a channel reaches it.
async fn readdress(
    tx: &mut Tx,
    id: ConversationId,
    (from, to): (&DataKey, &DataKey),
    entropy: &dyn Entropy,
) -> Result<(), LinkChatError> {
    let contact = contacts::get(tx, id).await?;
    let Some(sealed) = contact.and_then(|contact| contact.address_ct) else { return Ok(()) };
    let contact = addresses::open(from, id, &sealed)?;
    Ok(contacts::set_address(tx, id, &addresses::seal(to, id, &contact, entropy)?).await?)
}

struct Linking {
    this: Linker,
    link: OpenLink,
    id: ConversationId,
    owner: Owner,
    visitor: DataKey,
}

impl Linking {
    async fn run(self, unit: &mut Unit<'_>) -> Result<(), LinkChatError> {
        let Self { this, link, id, owner, visitor } = self;
        let now = this.clock.now();
        redeem_in(unit.tx, &link, now).await?;
        let row = conversations::by_id(unit.tx, id).await?.ok_or(LinkChatError::NotFree)?;
        if row.bank != owner.bank {
            return Err(LinkError::NotYours.into());
        }
        let entropy = this.keys.entropy();
        let phrase = phrase_of(&visitor, &row)?;
        let phrase_ct = owner.key.seal(&stored::phrase_place(id), phrase.as_bytes(), entropy)?;
        let linked = conversations::link(unit.tx, id, owner.customer, &phrase_ct, now).await;
        linked.map_err(|e| match e {
            StoreError::Conflict => LinkChatError::NotFree,
            other => other.into(),
        })?;
        for message in conversations::messages_after(unit.tx, id, 0, MAX_BEFORE_LINK).await? {
            let place = stored::place(id, message.seq);
            let body = visitor.open(&place, &message.body_ct)?;
            let body_ct = owner.key.seal(&place, &body, entropy)?;
            conversations::reseal(unit.tx, id, message.seq, &body_ct).await?;
        }
        for part in dispatches::of(unit.tx, id, MAX_PARTS).await? {
            let at = (id, part.seq, part.part);
            let Some(sealed) = &part.frame_ct else { continue };
            let frame = visitor.open(&sent_at(at), sealed)?;
            let frame_ct = owner.key.seal(&sent_at(at), &frame, entropy)?;
            dispatches::reseal(unit.tx, at, &frame_ct).await?;
        }
        conversations::remember(unit.tx, id, row.language, None).await?;
        readdress(unit.tx, id, (&visitor, &owner.key), entropy).await?;
        let draft = this.draft(Kind::ChannelLinked, &row.channel, id);
        append(unit, &this.keys, &owner, &this.build, now, draft).await?;
        Ok(())
    }
}
