//! What the bank says by itself in a linked chat: sealed like an answer, appended, told.
//!
//! INVARIANT: these words hold no data of hers; there is no consent in hand that would allow any.

use std::sync::Arc;

use bankside_domain::conversation::Outgoing;
use bankside_domain::id::{ConversationId, MessageId};
use bankside_domain::{Party, Purpose, Timestamp};
use bankside_store::conversations::{self, ConversationRow, MessageRow};
use bankside_store::{Store, StoreError, Tx, outbox};
use futures_util::future::BoxFuture;

use super::notifier::{Notifier, What};
use super::stored;
use crate::commit::{CommitError, Unit};
use crate::door::{Disclosed, Door, Owner, SealError};
use crate::keys::DataKey;
use crate::ports::{Clock, Entropy};
use crate::token::id_bytes;

/// Why nothing was said.
#[derive(Debug, thiserror::Error)]
pub enum AnnounceError {
    /// The chat is not linked to her, or gone.
    #[error("this chat is not linked to her")]
    NotHers,
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] CommitError<SealError>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What else happens in the transaction that seals the words.
pub(crate) type Also =
    Box<dyn for<'a> FnOnce(&'a mut Unit<'_>) -> BoxFuture<'a, Result<(), SealError>> + Send>;

/// The use case. Cheap to clone.
#[derive(Clone)]
pub struct Announcer {
    pub(crate) store: Store,
    pub(crate) door: Door,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) channels: Arc<[Party]>,
    pub(crate) notifier: Notifier,
}

impl std::fmt::Debug for Announcer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Announcer")
    }
}

impl Announcer {
    /// Says something in a chat of hers; returns the receipt number. The words must hold none of
    /// her data: a confirmation, a reminder, a link.
    ///
    /// # Errors
    /// [`AnnounceError`]; nothing was said then.
    pub async fn say(
        &self,
        owner: &Owner,
        conversation: ConversationId,
        words: Outgoing,
    ) -> Result<String, AnnounceError> {
        let mut tx = self.store.read().await?;
        let chat = conversations::by_id(&mut tx, conversation).await?;
        drop(tx);
        let chat = chat.ok_or(AnnounceError::NotHers)?;
        let nothing_else: Also = Box::new(|_| Box::pin(async { Ok(()) }));
        let said = self.say_in(owner, vec![(chat, words)], nothing_else).await?;
        said.into_iter().next().ok_or(AnnounceError::NotHers)
    }

    /// Says something in each of several chats, and does something else: all or nothing.
    pub(crate) async fn say_in(
        &self,
        owner: &Owner,
        words: Vec<(ConversationRow, Outgoing)>,
        also: Also,
    ) -> Result<Vec<String>, AnnounceError> {
        let (mut messages, mut bodies) = (Vec::new(), Vec::new());
        let (mut chats, mut channels) = (Vec::new(), Vec::new());
        for (chat, words) in words {
            let party = self.channels.iter().find(|party| party.id == chat.channel);
            let party = party.filter(|_| chat.customer == Some(owner.customer));
            let party = party.ok_or(AnnounceError::NotHers)?.clone();
            let message = Disclosed::nothing(owner.customer, party, Purpose::AccountInformation)
                .map(&words, |(), words| words.clone());
            bodies.push(message.sealed_body());
            messages.push(message);
            chats.push(chat.id);
            channels.push(chat.channel);
        }
        let (told, owned) = (chats.clone(), owner.clone());
        let (clock, entropy) = (self.clock.clone(), self.entropy.clone());
        let receipts = self
            .door
            .seal(
                owner,
                &messages,
                Box::new(move |unit, entries| {
                    Box::pin(async move {
                        let pen = Pen { now: clock.now(), entropy: &*entropy };
                        for ((chat, body), entry) in chats.iter().zip(&bodies).zip(entries) {
                            let now = conversations::by_id(unit.tx, *chat).await?;
                            if now.and_then(|row| row.customer) != Some(owned.customer) {
                                return Err(SealError::Changed);
                            }
                            let sealed = Some((entry.receipt.as_str(), entry.log_index));
                            let body = body.for_storage();
                            pen.append(unit.tx, &owned.key, *chat, body, sealed).await?;
                        }
                        also(unit).await
                    })
                }),
            )
            .await?;
        let numbers = receipts.iter().map(|receipt| receipt.number().to_owned()).collect();
        for (message, receipt) in messages.into_iter().zip(receipts) {
            // What is released here is what the transaction wrote; showing it is the channel's.
            message.release(receipt).map_err(|_| CommitError::Refused(SealError::Changed))?;
        }
        told.into_iter().for_each(|chat| self.notifier.tell(chat, What::Messages));
        channels.iter().for_each(|channel| self.notifier.on_its_way(channel));
        Ok(numbers)
    }
}

/// Writes the bank's messages.
pub(super) struct Pen<'a> {
    pub(super) now: Timestamp,
    pub(super) entropy: &'a dyn Entropy,
}

impl Pen<'_> {
    /// Appends one to a chat.
    pub(super) async fn append(
        &self,
        tx: &mut Tx,
        key: &DataKey,
        chat: ConversationId,
        body: &Outgoing,
        sealed: Option<(&str, i64)>,
    ) -> Result<(), StoreError> {
        let seq = conversations::take_seq(tx, chat).await?;
        self.append_at(tx, key, (chat, seq), body, sealed).await
    }

    /// Appends one under a number that was taken for it.
    pub(super) async fn append_at(
        &self,
        tx: &mut Tx,
        key: &DataKey,
        (chat, seq): (ConversationId, i64),
        body: &Outgoing,
        sealed: Option<(&str, i64)>,
    ) -> Result<(), StoreError> {
        let body_ct = stored::seal(key, chat, seq, body, self.entropy);
        let row = MessageRow {
            conversation: chat,
            seq,
            id: MessageId::new(self.now, id_bytes(self.entropy)),
            author: "bank".to_owned(),
            body_ct: body_ct.map_err(|_| StoreError::Shape)?,
            receipt: sealed.map(|(receipt, _)| receipt.to_owned()),
            log_index: sealed.map(|(_, index)| index),
            at: self.now,
            delivery: "sent".to_owned(),
        };
        conversations::append(tx, &row).await?;
        outbox::insert(tx, row.id, (chat, seq), self.now).await.map(drop)
    }
}
