//! Chats as a channel shows them: opening one, taking a message in, reading what was said.

use std::sync::Arc;

use bankside_domain::bank::BankId;
use bankside_domain::conversation::{Author, Delivery, MAX_MESSAGE_CHARS, Message, Outgoing, Part};
use bankside_domain::customer::Language;
use bankside_domain::id::{ConversationId, CustomerId, MessageId};
use bankside_domain::{Party, Timestamp};
use bankside_language::{SecretKind, scrub};
use bankside_store::conversations::{self, ConversationRow, MessageRow};
use bankside_store::inbox::{self, InboxRow};
use bankside_store::{Store, StoreError};

use super::notifier::{Notifier, What};
use super::turn::Turns;
use super::{phrase, stored};
use crate::commit::{CommitError, Committer};
use crate::keys::{DataKey, KeyError, KeyRing, Subject, Unsealable};
use crate::ports::{Clock, Entropy};
use crate::token::{Token, id_bytes};

/// Longest id that a channel may give a message, in bytes.
pub(super) const MAX_PROVIDER_ID: usize = 128;
/// Messages that one read answers, unless more are asked for.
pub const PAGE: i64 = 200;
/// And at most.
pub const MAX_SHOWN: i64 = 2_000;

/// Why a chat did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// No chat holds that token, or its key was destroyed with the history it opened.
    #[error("this chat is not known; open it anew")]
    Unknown,
    /// No such channel here.
    #[error("there is no channel `{0}`")]
    NoChannel(String),
    /// Nothing was written.
    #[error("write something first")]
    Empty,
    /// Over [`MAX_MESSAGE_CHARS`].
    #[error("a message has at most {MAX_MESSAGE_CHARS} characters")]
    TooLong,
    /// The channel's id of the message is empty or over 128 bytes.
    #[error("the message's id must have 1 to {MAX_PROVIDER_ID} bytes")]
    ProviderId,
    /// It cannot be opened or sealed.
    #[error("the message cannot be opened or sealed")]
    Unreadable(#[from] Unsealable),
    /// Keys failed.
    #[error(transparent)]
    Key(KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<KeyError> for ChatError {
    fn from(error: KeyError) -> Self {
        if matches!(error, KeyError::NoKey) { Self::Unknown } else { Self::Key(error) }
    }
}

/// A chat, as whoever holds its token may know it.
#[derive(Clone, Debug)]
pub struct Chat {
    /// Id.
    pub id: ConversationId,
    /// Bank.
    pub bank: BankId,
    /// Channel and operator.
    pub party: Party,
    /// Who it is, once linked.
    pub customer: Option<CustomerId>,
    /// Language.
    pub language: Language,
    /// Last message seen.
    pub read_seq: i64,
    /// Number of the newest message.
    pub last_seq: i64,
    pub(super) row: ConversationRow,
}

impl Chat {
    pub(super) fn subject(&self) -> Subject {
        self.customer.map_or(Subject::Visitor(self.id), Subject::Customer)
    }
}

/// A message that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its number.
    pub seq: i64,
    /// When it was committed.
    pub at: Timestamp,
    /// The words as they were kept.
    pub text: String,
    /// It, as it was kept; nothing where the channel had sent it before.
    pub message: Option<Message>,
}

impl Accepted {
    /// Whether the channel had sent it before.
    pub fn is_duplicate(&self) -> bool {
        self.message.is_none()
    }
}

/// Messages and how far they go.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Whether there are more.
    pub more: bool,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Chats {
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) committer: Committer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) channels: Arc<[Party]>,
    pub(crate) notifier: Notifier,
    pub(crate) turns: Turns,
}

impl Chats {
    /// The channel of that short name.
    ///
    /// # Errors
    /// [`ChatError::NoChannel`].
    pub fn channel(&self, id: &str) -> Result<&Party, ChatError> {
        let found = self.channels.iter().find(|party| party.id == id);
        found.ok_or_else(|| ChatError::NoChannel(id.chars().take(32).collect()))
    }

    /// Opens a chat that is nobody's yet.
    ///
    /// # Errors
    /// [`ChatError`].
    pub async fn open(
        &self,
        bank: &BankId,
        channel: &str,
        language: Language,
    ) -> Result<(Token, Chat), ChatError> {
        let party = self.channel(channel)?.clone();
        let now = self.clock.now();
        let id = ConversationId::new(now, id_bytes(&*self.entropy));
        let key = self.keys.ensure(Subject::Visitor(id), now).await?;
        let words = phrase::random(&*self.entropy);
        let phrase_ct = key.seal(&stored::phrase_place(id), words.as_bytes(), &*self.entropy)?;
        let token = Token::random(&*self.entropy);
        let row = ConversationRow {
            id,
            bank: bank.clone(),
            channel: channel.to_owned(),
            customer: None,
            language,
            phrase_ct: Some(phrase_ct),
            memory_ct: None,
            next_seq: 1,
            read_seq: 0,
            started: now,
            linked: None,
        };
        let mut tx = self.store.begin().await?;
        conversations::insert(&mut tx, &row, &token.hash()).await?;
        tx.commit().await?;
        Ok((token, chat(row, party)))
    }

    /// The chat that holds that token.
    ///
    /// # Errors
    /// [`ChatError::Unknown`].
    pub async fn by_token(&self, token: &Token) -> Result<Chat, ChatError> {
        let mut look = self.store.look().await?;
        let row = conversations::by_token(&mut look, &token.hash()).await?;
        drop(look);
        let row = row.ok_or(ChatError::Unknown)?;
        let party = self.channel(&row.channel)?.clone();
        Ok(chat(row, party))
    }

    /// By id, for a customer who is signed in: only hers.
    ///
    /// # Errors
    /// [`ChatError::Unknown`].
    pub async fn of_customer(&self, customer: CustomerId) -> Result<Vec<Chat>, ChatError> {
        let mut tx = self.store.read().await?;
        let rows = conversations::of(&mut tx, customer).await?;
        rows.into_iter()
            .map(|row| Ok((self.channel(&row.channel)?.clone(), row)))
            .map(|found| found.map(|(party, row)| chat(row, party)))
            .collect()
    }

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
        self.turns.take(row);
        Ok(accepted)
    }

    /// Messages after `seq`, oldest first.
    ///
    /// # Errors
    /// [`ChatError`].
    pub async fn messages(&self, chat: &Chat, after: i64) -> Result<Shown, ChatError> {
        self.read(chat, after, PAGE).await
    }

    /// The newest `count` messages, oldest of them first; at most [`MAX_SHOWN`].
    ///
    /// # Errors
    /// [`ChatError`].
    pub async fn latest(&self, chat: &Chat, count: i64) -> Result<Shown, ChatError> {
        let count = count.clamp(1, MAX_SHOWN);
        self.read(chat, chat.last_seq.saturating_sub(count), count).await
    }

    async fn read(&self, chat: &Chat, after: i64, limit: i64) -> Result<Shown, ChatError> {
        let key = self.keys.get(chat.subject()).await?;
        let mut look = self.store.look().await?;
        let rows = conversations::messages_after(&mut look, chat.id, after.max(0), limit + 1).await;
        drop(look);
        let rows = rows?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        let shown = rows.iter().take(limit);
        let messages = shown.map(|row| stored::open(&key, row)).collect::<Result<_, _>>()?;
        Ok(Shown { messages, more })
    }

    /// Notes what the customer saw.
    ///
    /// # Errors
    /// [`ChatError`].
    pub async fn seen(&self, chat: &Chat, seq: i64) -> Result<(), CommitError<ChatError>> {
        if seq <= chat.read_seq {
            return Ok(());
        }
        let id = chat.id;
        let noted = self.committer.commit(move |unit| {
            Box::pin(async move { Ok(conversations::read_up_to(unit.tx, id, seq).await?) })
        });
        noted.await
    }

    /// The session phrase: the bank's page must show the same.
    ///
    /// # Errors
    /// [`ChatError`].
    pub async fn phrase(&self, chat: &Chat) -> Result<Option<String>, ChatError> {
        let Some(sealed) = &chat.row.phrase_ct else { return Ok(None) };
        let key = self.keys.get(chat.subject()).await?;
        let opened = key.open(&stored::phrase_place(chat.id), sealed)?;
        Ok(String::from_utf8(opened).ok())
    }

    /// What is new, for whoever shows chats.
    pub fn notifier(&self) -> &Notifier {
        &self.notifier
    }
}

fn chat(row: ConversationRow, party: Party) -> Chat {
    Chat {
        id: row.id,
        bank: row.bank.clone(),
        party,
        customer: row.customer,
        language: row.language,
        read_seq: row.read_seq,
        last_seq: row.next_seq - 1,
        row,
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
        let taken = conversations::take_seq_of(tx, conversation).await?;
        let (seq, customer) = taken.ok_or(ChatError::Unknown)?;
        if customer != self.customer {
            return Err(ChatError::Unknown.into());
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
