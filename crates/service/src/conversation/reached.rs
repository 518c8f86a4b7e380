//! Chats that a channel reaches, as the channels' side of the house needs them.

use bankside_domain::bank::BankId;
use bankside_domain::channel::Contact;
use bankside_domain::conversation::{Message, Outgoing, Part};
use bankside_domain::customer::Language;
use bankside_domain::id::{ConversationId, CustomerId};
use bankside_store::{contacts, conversations, inbox};

use super::chats::{Accepted, Chat, ChatError, Chats};
use super::stored;
use crate::channels::addresses;
use crate::commit::CommitError;
use crate::keys::{DataKey, Subject};

/// The kind of what was removed where a code was said that links a chat.
pub(super) const LINK_CODE: &str = "link_code";
/// What stands in place of something that the bank does not take.
const SOMETHING: &str = "[…]";

impl Chats {
    /// The chat that is found by that hash of a contact.
    ///
    /// # Errors
    /// [`ChatError::Unknown`].
    pub(crate) async fn by_hash(&self, hash: &[u8; 32]) -> Result<Chat, ChatError> {
        let mut look = self.store.look().await?;
        let row = conversations::by_token(&mut look, hash).await?;
        drop(look);
        self.of_row(row.ok_or(ChatError::Unknown)?)
    }

    /// The chat of that id, for whoever has proven that it is his.
    ///
    /// # Errors
    /// [`ChatError::Unknown`].
    pub(crate) async fn by_id(&self, id: ConversationId) -> Result<Chat, ChatError> {
        let mut look = self.store.look().await?;
        let row = conversations::by_id(&mut look, id).await?;
        drop(look);
        self.of_row(row.ok_or(ChatError::Unknown)?)
    }

    /// Opens a chat with somebody who wrote for the first time; two at once open one.
    ///
    /// # Errors
    /// [`ChatError`].
    pub(crate) async fn open_for(
        &self,
        (bank, channel): (&BankId, &str),
        language: Language,
        hash: &[u8; 32],
        contact: &Contact,
    ) -> Result<Chat, ChatError> {
        let (row, key) = self.new_row(bank, channel, language).await?;
        let sealed = addresses::seal(&key, row.id, contact, &*self.entropy)?;
        let mut tx = self.store.begin().await?;
        match conversations::insert(&mut tx, &row, hash).await {
            Err(bankside_store::StoreError::Conflict) => {
                drop(tx);
                return self.by_hash(hash).await;
            }
            inserted => inserted?,
        }
        contacts::set_address(&mut tx, row.id, &sealed).await?;
        tx.commit().await?;
        self.of_row(row)
    }

    /// The newest message of the bank.
    ///
    /// # Errors
    /// [`ChatError`].
    pub(crate) async fn last_of_bank(&self, chat: &Chat) -> Result<Option<Message>, ChatError> {
        let key = self.keys.get(chat.subject()).await?;
        let mut look = self.store.look().await?;
        let row = conversations::last_of_bank(&mut look, chat.id).await?;
        Ok(row.map(|row| stored::open(&key, &row)).transpose()?)
    }

    /// Takes in that she sent something which is no words; she is told so.
    ///
    /// # Errors
    /// [`ChatError`].
    pub(crate) async fn receive_media(
        &self,
        chat: &Chat,
        provider_id: &str,
    ) -> Result<Accepted, CommitError<ChatError>> {
        let body = instead("media");
        self.take(chat, provider_id, body).await
    }

    /// Takes in that she said a code of the bank's pages, which was looked at.
    ///
    /// # Errors
    /// [`ChatError`].
    pub(crate) async fn receive_code(
        &self,
        chat: &Chat,
        provider_id: &str,
    ) -> Result<Accepted, CommitError<ChatError>> {
        self.take(chat, provider_id, instead(LINK_CODE)).await
    }

    /// Whether the channel sent that before.
    ///
    /// # Errors
    /// [`ChatError`].
    pub(crate) async fn has_taken(
        &self,
        chat: &Chat,
        provider_id: &str,
    ) -> Result<bool, ChatError> {
        let mut look = self.store.look().await?;
        let provider = format!("{}/{provider_id}", chat.id);
        Ok(inbox::is_known(&mut look, &chat.row.channel, &provider).await?)
    }

    /// Forgets the words of a message that she took back.
    ///
    /// # Errors
    /// [`ChatError`].
    pub(crate) async fn forget(
        &self,
        id: ConversationId,
        customer: Option<CustomerId>,
        seq: i64,
    ) -> Result<(), CommitError<ChatError>> {
        let subject = customer.map_or(Subject::Visitor(id), Subject::Customer);
        let key: DataKey =
            self.keys.get(subject).await.map_err(|e| CommitError::Refused(e.into()))?;
        let sealed = stored::seal(&key, id, seq, &instead("media"), &*self.entropy);
        let sealed = sealed.map_err(|e| CommitError::Refused(e.into()))?;
        self.committer
            .commit(move |unit| {
                Box::pin(async move { Ok(conversations::reseal(unit.tx, id, seq, &sealed).await?) })
            })
            .await
    }
}

/// What is kept instead of something of that kind.
fn instead(what: &str) -> Outgoing {
    Outgoing::text(SOMETHING).with_part(Part::Removed { what: what.to_owned() })
}

/// The number that a whole message is, in any script's digits: `2`, `2.`, `٢`.
pub(crate) fn numbered(text: &str) -> Option<usize> {
    let digits = text.trim().trim_end_matches(['.', ')']);
    if digits.is_empty() || digits.chars().count() > 2 {
        return None;
    }
    digits
        .chars()
        .try_fold(0, |number, c| Some(number * 10 + usize::from(bankside_language::digit(c)?)))
}
