//! What came in by a channel, applied once.

use std::sync::atomic::Ordering;

use bankside_domain::bank::Bank;
use bankside_domain::channel::{Event, Inbound, Status, Wish};
use bankside_domain::customer::Language;
use bankside_language::{Catalogue, Msg};
use bankside_store::conversations::ConversationRow;
use bankside_store::{StoreError, contacts, conversations, dispatches, inbox, pulses};

use super::{Channels, RetractError, addresses, receipts};
use crate::commit::CommitError;
use crate::consents::owner_of;
use crate::conversation::{Chat, ChatError, Code, CodeError, LinkChatError, numbered};
use crate::keys::{DataKey, KeyError};

/// How exactly it is known when a channel last brought something, in milliseconds.
const HEARD_MS: i64 = 10_000;

/// Why an event was not applied.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// Nothing was kept; the operator should send it again.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// A chat could not be unlinked.
    #[error(transparent)]
    Link(#[from] LinkChatError),
    /// A code could not be looked at.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// What was sent could not be taken back.
    #[error(transparent)]
    Retract(#[from] RetractError),
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Too much waits, or the service ends.
    #[error("not committed: {0}")]
    Busy(String),
}

impl<E: Into<ReceiveError> + std::fmt::Display> From<CommitError<E>> for ReceiveError {
    fn from(error: CommitError<E>) -> Self {
        match error {
            CommitError::Refused(error) => error.into(),
            other => Self::Busy(other.to_string()),
        }
    }
}

impl Channels {
    /// Applies an event; returns once it is durable. The same event again changes nothing.
    ///
    /// # Errors
    /// [`ReceiveError`].
    pub async fn receive(
        &self,
        bank: &Bank,
        channel: &str,
        event: &Inbound,
    ) -> Result<(), ReceiveError> {
        let own = addresses::key(&self.keys, &*self.clock).await?;
        let coming = Coming { all: self, bank, channel, event, own };
        self.heard(channel).await?;
        match &event.event {
            Event::Message { text } => coming.said(text.reveal(), true).await,
            Event::Choice { says } => coming.said(says.reveal(), false).await,
            Event::Edit { text, .. } => coming.said(text.reveal(), true).await,
            Event::Begin { .. } => coming.wished(Wish::Help).await,
            Event::Wish { wish } => coming.wished(*wish).await,
            Event::Media => coming.sent_media().await,
            Event::Leave | Event::Erasure { .. } => coming.left().await,
            Event::Moved { .. } => coming.moved().await,
            Event::Status { of: Some(of), status, .. } => coming.went(of, *status).await,
            Event::Status { of: None, until, status: Status::Read } => coming.read(*until).await,
            Event::Deletion { of } => coming.took_back(of).await,
            Event::Status { .. } | Event::Reaction | Event::End => Ok(()),
        }
    }

    /// Notes now and then, for its health, that the channel brings something.
    async fn heard(&self, channel: &str) -> Result<(), ReceiveError> {
        let now = self.clock.now();
        let Some(reached) = self.connected.get(channel) else { return Ok(()) };
        let before = reached.heard.load(Ordering::Relaxed);
        if now.as_millis().saturating_sub(before) < HEARD_MS {
            return Ok(());
        }
        reached.heard.store(now.as_millis(), Ordering::Relaxed);
        let channel = channel.to_owned();
        let noted = self.committer.commit(move |unit| {
            Box::pin(async move { pulses::heard(unit.tx, &channel, now).await })
        });
        let noted: Result<(), CommitError<StoreError>> = noted.await;
        Ok(noted?)
    }
}

struct Coming<'a> {
    all: &'a Channels,
    bank: &'a Bank,
    channel: &'a str,
    event: &'a Inbound,
    own: DataKey,
}

impl Coming<'_> {
    async fn said(&self, text: &str, may_number: bool) -> Result<(), ReceiveError> {
        let chat = self.chat().await?;
        if chat.customer.is_none()
            && let Some(code) = Code::heard(text)
        {
            return self.said_code(&chat, &code).await;
        }
        let picked = if may_number { self.picked(&chat, text).await? } else { None };
        let words = picked.as_deref().unwrap_or(text);
        let id = addresses::of_event(&self.own, self.channel, &self.event.id);
        let received = match self.all.chats.receive(&chat, &id, words).await {
            // A messenger has no form that could be filled in anew: what is left is read.
            Err(CommitError::Refused(ChatError::TooLong)) => {
                let most = bankside_domain::conversation::MAX_MESSAGE_CHARS;
                let words: String = words.chars().take(most).collect();
                self.all.chats.receive(&chat, &id, &words).await
            }
            Err(CommitError::Refused(ChatError::Empty)) => return Ok(()),
            received => received,
        };
        Ok(received.map(drop)?)
    }

    /// She is taken to have said the word for it in her language.
    async fn wished(&self, wish: Wish) -> Result<(), ReceiveError> {
        let language = self.chat().await?.language;
        let word = Catalogue::of(language).text(match wish {
            Wish::Hello => Msg::ChannelHello,
            Wish::Help => Msg::ChoiceHelp,
            Wish::Yes => Msg::ChannelYes,
            Wish::No => Msg::ChannelNo,
        });
        self.said(&word, false).await
    }

    /// She said a code of the bank's pages: it is looked at and not kept.
    async fn said_code(&self, chat: &Chat, code: &Code) -> Result<(), ReceiveError> {
        let id = addresses::of_event(&self.own, self.channel, &self.event.id);
        if !self.all.chats.has_taken(chat, &id).await? {
            let place = (&self.bank.id, self.channel, chat.id);
            self.all.codes.said(&self.own, place, code).await?;
        }
        Ok(self.all.chats.receive_code(chat, &id).await.map(drop)?)
    }

    async fn sent_media(&self) -> Result<(), ReceiveError> {
        let chat = self.chat().await?;
        let id = addresses::of_event(&self.own, self.channel, &self.event.id);
        Ok(self.all.chats.receive_media(&chat, &id).await.map(drop)?)
    }

    /// What a number that she answered with stands for, where the bank had numbered its answers.
    async fn picked(&self, chat: &Chat, text: &str) -> Result<Option<String>, ReceiveError> {
        let Some(number) = numbered(text) else { return Ok(None) };
        let asked = self.all.chats.last_of_bank(chat).await?;
        let choices = asked.map(|message| message.body.choices).unwrap_or_default();
        let picked = number.checked_sub(1).and_then(|index| choices.get(index));
        Ok(picked.map(|choice| choice.says.reveal().clone()))
    }

    /// She left: her chat is unlinked and emptied, and nothing is sent there.
    async fn left(&self) -> Result<(), ReceiveError> {
        let Some(row) = self.row().await? else { return Ok(()) };
        self.unlink(&row).await?;
        let (id, now) = (row.id, self.all.clock.now());
        let noted = self
            .all
            .committer
            .commit(move |unit| Box::pin(async move { contacts::left(unit.tx, id, now).await }));
        let noted: Result<(), CommitError<StoreError>> = noted.await;
        Ok(noted?)
    }

    /// Her account is another now: what was linked is no longer, until she links it again. Whoever
    /// writes from the old one is a stranger.
    async fn moved(&self) -> Result<(), ReceiveError> {
        let Some(row) = self.row().await? else { return Ok(()) };
        self.unlink(&row).await
    }

    async fn unlink(&self, row: &ConversationRow) -> Result<(), ReceiveError> {
        let Some(customer) = row.customer else { return Ok(()) };
        let owner = owner_of(&self.all.keys, customer, row.bank.clone()).await?;
        Ok(self.all.linker.unlink(&owner, row.id).await?)
    }

    async fn went(&self, of: &str, status: Status) -> Result<(), ReceiveError> {
        let hash = addresses::of_message(&self.own, self.channel, of);
        let state = match status {
            Status::Sent => return Ok(()),
            Status::Delivered => "delivered",
            Status::Read => "read",
            Status::Failed => "failed",
        };
        let now = self.all.clock.now();
        let noted = self.all.committer.commit(move |unit| {
            Box::pin(async move { receipts::came(unit.tx, &hash, state, now).await })
        });
        let noted: Result<(), CommitError<StoreError>> = noted.await;
        Ok(noted?)
    }

    /// She read all that was sent until then.
    async fn read(&self, until: Option<bankside_domain::Timestamp>) -> Result<(), ReceiveError> {
        let Some(row) = self.row().await? else { return Ok(()) };
        let until = until.unwrap_or_else(|| self.all.clock.now());
        let noted = self.all.committer.commit(move |unit| {
            Box::pin(async move {
                let sent = dispatches::of(unit.tx, row.id, 100).await?;
                for part in sent.into_iter().filter(|part| part.at <= until) {
                    if matches!(part.state.as_str(), "sent" | "delivered") {
                        let (seq, part) = (part.seq, part.part);
                        dispatches::set_state(unit.tx, row.id, seq, part, "read").await?;
                        conversations::set_delivery(unit.tx, row.id, seq, "read").await?;
                        conversations::read_up_to(unit.tx, row.id, seq).await?;
                    }
                }
                Ok(())
            })
        });
        let noted: Result<(), CommitError<StoreError>> = noted.await;
        Ok(noted?)
    }

    /// She took a message of hers back: its words are no longer kept. Its answer stays.
    async fn took_back(&self, of: &str) -> Result<(), ReceiveError> {
        let Some(row) = self.row().await? else { return Ok(()) };
        let event = addresses::of_event(&self.own, self.channel, of);
        let event = format!("{}/{event}", row.id);
        let mut look = self.all.store.look().await?;
        let seq = inbox::seq_of(&mut look, self.channel, &event).await?;
        drop(look);
        match seq.filter(|(conversation, _)| *conversation == row.id) {
            Some((_, seq)) => Ok(self.all.chats.forget(row.id, row.customer, seq).await?),
            None => Ok(()),
        }
    }

    /// The row of her conversation, if there is one.
    async fn row(&self) -> Result<Option<ConversationRow>, ReceiveError> {
        let hash = addresses::of_contact(&self.own, self.channel, &self.event.from);
        let mut look = self.all.store.look().await?;
        Ok(conversations::by_token(&mut look, &hash).await?)
    }

    /// Her conversation; a new one where she never wrote.
    async fn chat(&self) -> Result<Chat, ReceiveError> {
        let hash = addresses::of_contact(&self.own, self.channel, &self.event.from);
        match self.all.chats.by_hash(&hash).await {
            Err(ChatError::Unknown) => {}
            found => return Ok(found?),
        }
        let place = (&self.bank.id, self.channel);
        let opened = self.all.chats.open_for(place, self.language(), &hash, &self.event.from);
        Ok(opened.await?)
    }

    /// The language that her own messenger speaks, or most people of the bank's country do.
    fn language(&self) -> Language {
        self.event.language.unwrap_or_default()
    }
}
