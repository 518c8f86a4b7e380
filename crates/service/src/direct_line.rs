//! Direct Line: chats that a page of a bank's own site shows by itself, such as Microsoft's Web Chat
//! does. Who holds a chat here holds a token of it for half an hour, and may get the next one.
//!
//! ```text
//! open     a new chat, for pages of one site       -> token
//! held     a token                                 -> the chat, for one request
//! ticket   a chat that is held                     -> opens one stream, once, within a minute
//! said     what she says there, as in any channel  -> its number
//! heard    what was said after a number            -> messages, with what they answer
//! ```
//!
//! INVARIANT: a token is random and stored as a hash; it opens one chat of one bank's Direct Line, for
//! pages of the site that it was given to alone. With the chat's history all of its tokens end.
//! INVARIANT: what was sealed before a suspension is not handed out while that lasts.

mod tokens;

use std::sync::Arc;

use bankside_domain::bank::BankId;
use bankside_domain::conversation::{Author, Message};
use bankside_domain::customer::Language;
use bankside_store::inbox::{self, MarkRow};
use bankside_store::{Store, StoreError, Tx, conversations, suspensions};

use crate::channels::addresses;
use crate::commit::CommitError;
use crate::conversation::{Accepted, Chat, ChatError, Chats, Code, CodeError, Codes};
use crate::keys::{KeyError, KeyRing};
use crate::ports::{Clock, Entropy};
use crate::suspension::Subject;
use crate::token::id_bytes;
pub use tokens::{Held, TICKET_MS, TOKEN_MS};

/// What stands before the id that a page gave a message.
const GIVEN: char = 'g';
/// What stands before an id that was made here, for a message that came without one.
const MADE: char = 'm';
/// Longest id that a page gives a message, in bytes.
const MAX_GIVEN: usize = 64;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// There is no such token, it ran out, it is another bank's or site's, or the chat is gone.
    #[error("the token does not open this chat, or not any more")]
    Over,
    /// The chat did not do it.
    #[error(transparent)]
    Chat(ChatError),
    /// A code could not be looked at.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// Too much waits, or the service ends.
    #[error("not committed: {0}")]
    Busy(String),
}

impl From<ChatError> for LineError {
    fn from(error: ChatError) -> Self {
        if matches!(error, ChatError::Unknown) { Self::Over } else { Self::Chat(error) }
    }
}

impl From<StoreError> for LineError {
    fn from(error: StoreError) -> Self {
        Self::Chat(error.into())
    }
}

impl From<KeyError> for LineError {
    fn from(error: KeyError) -> Self {
        ChatError::from(error).into()
    }
}

impl<E: Into<LineError> + std::fmt::Display> From<CommitError<E>> for LineError {
    fn from(error: CommitError<E>) -> Self {
        match error {
            CommitError::Refused(error) => error.into(),
            other => Self::Busy(other.to_string()),
        }
    }
}

/// Which Direct Line: that of a bank, in a channel.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The bank.
    pub bank: &'a BankId,
    /// The channel, by its short name.
    pub channel: &'a str,
}

/// A message as a page gets it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// It.
    pub message: Message,
    /// The id that the page gave it.
    pub given: Option<String>,
    /// Number of the message that it begins to answer.
    pub answers: Option<i64>,
}

/// What was said after some number, and whether there is more.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    /// Oldest first.
    pub heard: Vec<Heard>,
    /// Number of the last message that was looked at.
    pub last: i64,
    /// Whether there is more after that.
    pub more: bool,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct DirectLine {
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) chats: Chats,
    pub(crate) codes: Codes,
}

impl std::fmt::Debug for DirectLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DirectLine")
    }
}

impl DirectLine {
    /// Takes in what she says; the same `given` again changes nothing. Answers with its number. A code
    /// of the bank's pages is looked at and not kept.
    ///
    /// # Errors
    /// [`LineError`]; then nothing was kept.
    pub async fn said(
        &self,
        chat: &Chat,
        given: Option<&str>,
        text: &str,
    ) -> Result<i64, LineError> {
        let id = self.id_of(given);
        let accepted = match Code::heard(text).filter(|_| chat.customer.is_none()) {
            Some(code) => {
                if !self.chats.has_taken(chat, &id).await? {
                    let own = addresses::key(&self.keys, &*self.clock).await?;
                    let place = (&chat.bank, chat.party.id.as_str(), chat.id);
                    self.codes.said(&own, place, &code).await?;
                }
                self.chats.receive_code(chat, &id).await?
            }
            None => self.chats.receive(chat, &id, text).await?,
        };
        self.number(chat, &id, &accepted).await
    }

    /// Notes that she sent a picture or a file; she is told that the bank takes none.
    ///
    /// # Errors
    /// [`LineError`].
    pub async fn sent_media(&self, chat: &Chat, given: Option<&str>) -> Result<(), LineError> {
        Ok(self.chats.receive_media(chat, &self.id_of(given)).await.map(drop)?)
    }

    /// The language of a chat in which nothing was said yet.
    ///
    /// # Errors
    /// [`LineError`].
    pub async fn speak(&self, chat: &Chat, language: Language) -> Result<(), LineError> {
        if chat.last_seq > 0 || chat.language == language {
            return Ok(());
        }
        let mut tx = self.store.begin().await?;
        conversations::remember(&mut tx, chat.id, language, None).await?;
        Ok(tx.commit().await?)
    }

    /// What was said after `after`, one page of it.
    ///
    /// # Errors
    /// [`LineError`].
    pub async fn heard(&self, chat: &Chat, after: i64) -> Result<Transcript, LineError> {
        let shown = self.chats.messages(chat, after).await?;
        let ends = shown.messages.first().zip(shown.messages.last());
        let Some((first, last)) = ends.map(|(first, last)| (first.seq, last.seq)) else {
            return Ok(Transcript { last: after, ..Transcript::default() });
        };
        let mut look = self.store.look().await?;
        let marks = inbox::marks(&mut look, chat.id, first, last).await?;
        let stopped = suspended_since(&mut look, &chat.party.id).await?;
        drop(look);
        let may_be_seen = |message: &Message| {
            message.author == Author::Customer || stopped.is_none_or(|since| message.at > since)
        };
        let heard = shown.messages.into_iter().filter(may_be_seen);
        let heard = heard.map(|message| marked(message, &marks)).collect();
        Ok(Transcript { heard, last, more: shown.more })
    }

    /// An id as the inbox keeps it: a page's own where it is short and plain, so that a message that
    /// is sent again is known.
    fn id_of(&self, given: Option<&str>) -> String {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let fits = |id: &&str| !id.is_empty() && id.len() <= MAX_GIVEN && id.bytes().all(plain);
        match given.filter(fits) {
            Some(id) => format!("{GIVEN}{id}"),
            None => {
                let random = id_bytes(&*self.entropy);
                random.iter().fold(MADE.to_string(), |id, byte| format!("{id}{byte:02x}"))
            }
        }
    }

    /// The number of a message that was taken in now, or before.
    async fn number(&self, chat: &Chat, id: &str, taken: &Accepted) -> Result<i64, LineError> {
        if !taken.is_duplicate() {
            return Ok(taken.seq);
        }
        let mut look = self.store.look().await?;
        let found = inbox::seq_of(&mut look, &chat.party.id, &format!("{}/{id}", chat.id)).await?;
        found.map(|(_, seq)| seq).ok_or(LineError::Over)
    }
}

fn marked(message: Message, marks: &[MarkRow]) -> Heard {
    let given = marks.iter().find(|mark| mark.seq == message.seq).and_then(|mark| {
        let (_, id) = mark.provider_id.split_once('/')?;
        id.strip_prefix(GIVEN).map(str::to_owned)
    });
    let answered = marks.iter().find(|mark| mark.answer_seq == Some(message.seq));
    Heard { given, answers: answered.map(|mark| mark.seq), message }
}

/// Since when nothing leaves by a channel, if so; the later of two.
async fn suspended_since(
    look: &mut Tx,
    channel: &str,
) -> Result<Option<bankside_domain::Timestamp>, StoreError> {
    let mut since = None;
    for subject in [Subject::Channel(channel.to_owned()), Subject::Everything] {
        let found = suspensions::of(look, &subject.to_string()).await?;
        since = since.max(found.map(|row| row.since));
    }
    Ok(since)
}
