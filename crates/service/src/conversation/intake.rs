//! Taking a message in: checked, scrubbed of secrets, numbered, committed, handed to its turn.

use std::sync::Arc;

use bankside_domain::conversation::{Author, Delivery, MAX_MESSAGE_CHARS, Message, Outgoing, Part};
use bankside_domain::id::{CustomerId, MessageId};
use bankside_language::{SecretKind, scrub};
use bankside_store::conversations::{self, MessageRow, Taken};
use bankside_store::inbox::{self, InboxRow};
use bankside_store::outbox;

use super::chats::{Accepted, Chat, ChatError, Chats, MAX_PROVIDER_ID};
use super::notifier::What;
use super::stored;
use crate::commit::CommitError;
use crate::keys::DataKey;
use crate::ports::Entropy;
use crate::token::id_bytes;

impl Chats {
    /// Takes a message in. What must not be kept is removed first. Returns once it is durable; the
    /// answer comes by itself. The same `provider_id` again changes nothing.
    ///
    /// # Errors
    /// [`ChatError`]; then nothing was kept.
    pub async fn receive(
        &self,
        chat: &Chat,
        provider_id: &str,
        text: &str,
    ) -> Result<Accepted, CommitError<ChatError>> {
        let body = incoming(provider_id, text).map_err(CommitError::Refused)?;
        self.take(chat, provider_id, body).await
    }

    /// Takes in what was checked and scrubbed.
    pub(super) async fn take(
        &self,
        chat: &Chat,
        provider_id: &str,
        body: Outgoing,
    ) -> Result<Accepted, CommitError<ChatError>> {
        let key = self.keys.get(chat.subject()).await;
        let key = key.map_err(|e| CommitError::Refused(e.into()))?;
        let now = self.clock.now();
        let coming = Coming {
            row: InboxRow {
                id: MessageId::new(now, id_bytes(&*self.entropy)),
                channel: chat.row.channel.clone(),
                provider_id: format!("{}/{provider_id}", chat.id),
                conversation: chat.id,
                message_seq: 0,
                attempts: 0,
                at: now,
            },
            customer: chat.customer,
            body: body.clone(),
            key,
            entropy: self.entropy.clone(),
        };
        let taken = self
            .committer
            .commit(move |unit| Box::pin(async move { coming.take_in(unit.tx).await }))
            .await;
        let text = body.text.reveal().clone();
        let row = match taken {
            Ok(row) => row,
            Err(CommitError::Refused(NotTaken::Before)) => {
                return Ok(Accepted { seq: 0, at: now, text, message: None });
            }
            Err(CommitError::Refused(NotTaken::Chat(error))) => {
                return Err(CommitError::Refused(error));
            }
            Err(CommitError::Store(error)) => return Err(CommitError::Store(error)),
            Err(CommitError::Busy) => return Err(CommitError::Busy),
            Err(CommitError::Panicked) => return Err(CommitError::Panicked),
            Err(CommitError::Closed) => return Err(CommitError::Closed),
        };
        let message = Message {
            id: row.id,
            seq: row.message_seq,
            author: Author::Customer,
            body,
            receipt: None,
            at: now,
            delivery: Delivery::Read,
        };
        let accepted = Accepted { seq: row.message_seq, at: now, text, message: Some(message) };
        self.notifier.tell(chat.id, What::Messages);
        // What waited for a word of hers is due.
        self.notifier.on_its_way(&row.channel);
        self.turns.take(row);
        Ok(accepted)
    }
}

/// Checks and scrubs what came in.
fn incoming(provider_id: &str, text: &str) -> Result<Outgoing, ChatError> {
    if provider_id.is_empty() || provider_id.len() > MAX_PROVIDER_ID {
        return Err(ChatError::ProviderId);
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(ChatError::Empty);
    }
    if text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(ChatError::TooLong);
    }
    let scrubbed = scrub(text);
    let mut body = Outgoing::text(scrubbed.text);
    for kind in scrubbed.found {
        metrics::counter!("bankside_secrets_removed_total").increment(1);
        body = body.with_part(Part::Removed { what: secret_code(kind).to_owned() });
    }
    Ok(body)
}

/// Code of a secret's kind, as [`Part::Removed`] carries it.
pub(super) const fn secret_code(kind: SecretKind) -> &'static str {
    match kind {
        SecretKind::CardNumber => "card",
        SecretKind::Pin => "pin",
        SecretKind::OneTimeCode => "code",
    }
}

struct Coming {
    row: InboxRow,
    customer: Option<CustomerId>,
    body: Outgoing,
    key: DataKey,
    entropy: Arc<dyn Entropy>,
}

/// Why a message was not taken in; all that was written for it is undone.
enum NotTaken {
    /// It was, before.
    Before,
    Chat(ChatError),
}

impl<E: Into<ChatError>> From<E> for NotTaken {
    fn from(error: E) -> Self {
        Self::Chat(error.into())
    }
}

impl Coming {
    async fn take_in(mut self, tx: &mut bankside_store::Tx) -> Result<InboxRow, NotTaken> {
        let conversation = self.row.conversation;
        let taken = conversations::take_seq_of_hers(tx, conversation, self.row.at).await?;
        let Taken { seq, customer, is_reached } = taken.ok_or(ChatError::Unknown)?;
        if customer != self.customer {
            return Err(ChatError::Unknown.into());
        }
        if is_reached {
            outbox::wake(tx, conversation, self.row.at).await?;
        }
        self.row.message_seq = seq;
        let message = MessageRow {
            conversation,
            seq,
            id: self.row.id,
            author: "customer".to_owned(),
            body_ct: stored::seal(&self.key, conversation, seq, &self.body, &*self.entropy)?,
            receipt: None,
            log_index: None,
            at: self.row.at,
            delivery: "read".to_owned(),
        };
        conversations::append(tx, &message).await?;
        if inbox::insert(tx, &self.row).await? { Ok(self.row) } else { Err(NotTaken::Before) }
    }
}
