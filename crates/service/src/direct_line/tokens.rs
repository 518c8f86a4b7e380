//! Tokens: given, looked up, renewed, ended.

use bankside_domain::Timestamp;
use bankside_domain::customer::Language;
use bankside_store::StoreError;
use bankside_store::line_tokens::{self, LineTokenRow};

use super::{DirectLine, Line, LineError};
use crate::conversation::{Chat, ChatError, What};
use crate::token::Token;

/// How long a token holds, in milliseconds: half an hour, as Microsoft's does.
pub const TOKEN_MS: i64 = 30 * 60 * 1000;
/// How long a ticket waits for its use, in milliseconds: a minute.
pub const TICKET_MS: i64 = 60 * 1000;

const TALK: &str = "talk";
const STREAM: &str = "stream";

/// A chat that is held.
#[derive(Clone, Debug)]
pub struct Held {
    /// The chat.
    pub chat: Chat,
    /// The site whose pages may hold it; nothing is any of the bank's.
    pub origin: Option<String>,
    /// First instant at which it is not held any more.
    pub until: Timestamp,
}

impl DirectLine {
    /// Opens a chat that is nobody's yet, for pages of `origin`, or of any site of the bank's.
    ///
    /// # Errors
    /// [`LineError`].
    pub async fn open(
        &self,
        line: Line<'_>,
        language: Language,
        origin: Option<&str>,
    ) -> Result<(Token, Held), LineError> {
        // The chat's own token opens the page of its channel; nobody gets it.
        let (_, chat) = self.chats.open(line.bank, line.channel, language).await?;
        let origin = origin.map(str::to_owned);
        let mut held = Held { chat, origin, until: self.clock.now() };
        let token = self.give(&mut held, TALK, TOKEN_MS).await?;
        Ok((token, held))
    }

    /// The chat that a token opens for a page of `from`.
    ///
    /// # Errors
    /// [`LineError::Over`], or what failed.
    pub async fn held(
        &self,
        line: Line<'_>,
        token: &Token,
        from: Option<&str>,
    ) -> Result<Held, LineError> {
        let mut look = self.store.look().await?;
        let row = line_tokens::get(&mut look, &token.hash()).await?;
        drop(look);
        self.opened(line, row.filter(|row| row.kind == TALK), from).await
    }

    /// The next token of a chat; the one before holds until it runs out.
    ///
    /// # Errors
    /// [`LineError`].
    pub async fn renew(&self, held: &mut Held) -> Result<Token, LineError> {
        self.give(held, TALK, TOKEN_MS).await
    }

    /// What opens one stream of a chat, once. It stands in an address, which is why it is not the
    /// token.
    ///
    /// # Errors
    /// [`LineError`].
    pub async fn ticket(&self, held: &Held) -> Result<Token, LineError> {
        self.give(&mut held.clone(), STREAM, TICKET_MS).await
    }

    /// The chat whose stream a ticket opens for a page of `from`; the ticket is used up.
    ///
    /// # Errors
    /// [`LineError::Over`], or what failed.
    pub async fn enter(
        &self,
        line: Line<'_>,
        ticket: &Token,
        from: Option<&str>,
    ) -> Result<Held, LineError> {
        let mut tx = self.store.begin().await?;
        let row = line_tokens::take(&mut tx, &ticket.hash(), STREAM).await?;
        tx.commit().await?;
        self.opened(line, row, from).await
    }

    /// The chat as it is now; nothing where it is gone, or nobody holds a token of it any more.
    ///
    /// # Errors
    /// [`LineError`].
    pub async fn still(&self, chat: &Chat) -> Result<Option<Chat>, LineError> {
        let mut look = self.store.look().await?;
        let until = line_tokens::open_until(&mut look, chat.id).await?;
        drop(look);
        if until.is_none_or(|until| until <= self.clock.now()) {
            return Ok(None);
        }
        match self.chats.by_id(chat.id).await {
            Ok(chat) => Ok(Some(chat)),
            Err(ChatError::Unknown) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    /// Ends all tokens of a chat. What was said stays, and so does whose it is.
    ///
    /// # Errors
    /// [`LineError`].
    pub async fn end(&self, chat: &Chat) -> Result<(), LineError> {
        let mut tx = self.store.begin().await?;
        line_tokens::drop_of(&mut tx, chat.id).await?;
        tx.commit().await?;
        self.chats.notifier().tell(chat.id, What::Changed);
        Ok(())
    }

    /// Removes tokens that ran out; says how many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        let mut tx = self.store.begin().await?;
        let swept = line_tokens::sweep(&mut tx, self.clock.now()).await?;
        tx.commit().await?;
        Ok(swept)
    }

    async fn give(&self, held: &mut Held, kind: &str, millis: i64) -> Result<Token, LineError> {
        let token = Token::random(&*self.entropy);
        held.until = self.clock.now().plus_millis(millis);
        let row = LineTokenRow {
            conversation: held.chat.id,
            kind: kind.to_owned(),
            origin: held.origin.clone(),
            until: held.until,
        };
        let mut tx = self.store.begin().await?;
        line_tokens::insert(&mut tx, &row, &token.hash()).await?;
        tx.commit().await?;
        Ok(token)
    }

    async fn opened(
        &self,
        line: Line<'_>,
        row: Option<LineTokenRow>,
        from: Option<&str>,
    ) -> Result<Held, LineError> {
        let row = row.filter(|row| self.clock.now() < row.until).ok_or(LineError::Over)?;
        if row.origin.is_some() && row.origin.as_deref() != from {
            return Err(LineError::Over);
        }
        let chat = self.chats.by_id(row.conversation).await?;
        if chat.bank != *line.bank || chat.party.id != line.channel {
            return Err(LineError::Over);
        }
        Ok(Held { chat, origin: row.origin, until: row.until })
    }
}
