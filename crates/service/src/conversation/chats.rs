//! Chats as a channel shows them: opening one, taking a message in, reading what was said.

use std::sync::Arc;

use bankside_domain::bank::BankId;
use bankside_domain::conversation::{MAX_MESSAGE_CHARS, Message};
use bankside_domain::customer::Language;
use bankside_domain::id::{ConversationId, CustomerId};
use bankside_domain::{Party, Timestamp};
use bankside_store::conversations::{self, ConversationRow};
use bankside_store::{Store, StoreError};

use super::notifier::Notifier;
use super::seen::Seen;
use super::turn::Turns;
use super::{phrase, stored};
use crate::commit::Committer;
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
    pub(crate) seen: Seen,
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
        let (row, _) = self.new_row(bank, channel, language).await?;
        let token = Token::random(&*self.entropy);
        let mut tx = self.store.begin().await?;
        conversations::insert(&mut tx, &row, &token.hash()).await?;
        tx.commit().await?;
        Ok((token, self.of_row(row)?))
    }

    /// A new chat's row, and the key that was made for it.
    pub(super) async fn new_row(
        &self,
        bank: &BankId,
        channel: &str,
        language: Language,
    ) -> Result<(ConversationRow, DataKey), ChatError> {
        let channel = self.channel(channel)?.id.clone();
        let now = self.clock.now();
        let id = ConversationId::new(now, id_bytes(&*self.entropy));
        let key = self.keys.ensure(Subject::Visitor(id), now).await?;
        let words = phrase::random(&*self.entropy);
        let phrase_ct = key.seal(&stored::phrase_place(id), words.as_bytes(), &*self.entropy)?;
        let row = ConversationRow {
            id,
            bank: bank.clone(),
            channel,
            customer: None,
            language,
            phrase_ct: Some(phrase_ct),
            memory_ct: None,
            next_seq: 1,
            read_seq: 0,
            started: now,
            linked: None,
        };
        Ok((row, key))
    }

    pub(super) fn of_row(&self, row: ConversationRow) -> Result<Chat, ChatError> {
        let party = self.channel(&row.channel)?.clone();
        let seen = self.seen.of(row.id);
        Ok(chat(row, party, seen))
    }

    /// The chat that holds that token.
    ///
    /// # Errors
    /// [`ChatError::Unknown`].
    pub async fn by_token(&self, token: &Token) -> Result<Chat, ChatError> {
        let mut look = self.store.look().await?;
        let row = conversations::by_token(&mut look, &token.hash()).await?;
        drop(look);
        self.of_row(row.ok_or(ChatError::Unknown)?)
    }

    /// By id, for a customer who is signed in: only hers.
    ///
    /// # Errors
    /// [`ChatError::Unknown`].
    pub async fn of_customer(&self, customer: CustomerId) -> Result<Vec<Chat>, ChatError> {
        let mut tx = self.store.read().await?;
        let rows = conversations::of(&mut tx, customer).await?;
        rows.into_iter().map(|row| self.of_row(row)).collect()
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

    /// Notes what the customer saw. It is kept a moment later.
    pub fn seen(&self, chat: &Chat, seq: i64) {
        if seq > chat.read_seq {
            self.seen.note(&self.committer, chat.id, seq);
        }
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

fn chat(row: ConversationRow, party: Party, seen: i64) -> Chat {
    Chat {
        id: row.id,
        bank: row.bank.clone(),
        party,
        customer: row.customer,
        language: row.language,
        read_seq: row.read_seq.max(seen),
        last_seq: row.next_seq - 1,
        row,
    }
}
