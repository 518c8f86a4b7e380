//! Codes that link a chat: for voice assistants, and wherever a link cannot be opened.
//!
//! ```text
//! make      she asks on the bank's page, signed in          -> nine digits, shown to her alone
//! said      somebody says them in a chat that is nobody's    -> that chat has new words
//! compare   she picks the words that her chat told her       -> linked, or the code is used up
//! ```
//!
//! INVARIANT: a code links nothing by itself. It only names a chat to her page; she links it there, by
//! picking the chat's words among others. One try: a wrong pick uses the code up.
//! INVARIANT: a code opens once, for ten minutes, in the one channel that it was asked for. Said in a
//! second chat it is used up, since then somebody overheard it. What is stored is a keyed hash, and
//! the digits sealed under her own key; what was said wrongly is counted and not kept.
//!
//! Deliberately absent: the chat's words before the code is said. Each code gives the chat new
//! ones, so that two lists to pick from have none in common.

mod code;

use std::sync::Arc;

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::id::{ConversationId, LinkId};
use bankside_store::links::{self, LinkRow};
use bankside_store::{Store, StoreError, Tx, conversations, wrong_codes};
use serde::{Deserialize, Serialize};

use super::link::{LinkChatError, Linker};
use super::{phrase, stored};
use crate::commit::{CommitError, Committer};
use crate::door::Owner;
use crate::keys::{DataKey, KeyError, KeyRing, Subject, Unsealable};
use crate::links::{OpenLink, place};
use crate::ports::{Clock, Entropy};
use crate::token::id_bytes;
pub use code::Code;

/// How long a code opens, in milliseconds: ten minutes.
const CODE_MS: i64 = 10 * 60 * 1000;
/// Codes that one customer gets in an hour.
const MADE_AN_HOUR: i64 = 5;
/// Wrong ones that one chat may say in an hour.
const WRONG_IN_CHAT: i64 = 5;
/// Wrong ones that all chats of one channel may say in [`CODE_MS`].
const WRONG_IN_CHANNEL: i64 = 100;
/// In milliseconds.
const HOUR_MS: i64 = 3_600_000;
/// Phrases beside the right one that she picks from.
const DECOYS: usize = 5;

/// Why there is no code.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// She asked for too many.
    #[error("several codes were asked for already; try again in an hour")]
    Many,
    /// There is none, it ran out, or nobody said it yet.
    #[error("this code is not open any more; get a new one")]
    Gone,
    /// The chat could not be linked.
    #[error(transparent)]
    Link(#[from] LinkChatError),
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// It cannot be opened or sealed.
    #[error("the code cannot be opened or sealed")]
    Unreadable(#[from] Unsealable),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A code that is open.
#[derive(Clone, Debug)]
pub struct OpenCode {
    /// Its row.
    pub id: LinkId,
    /// The channel that it is for.
    pub channel: String,
    /// The digits.
    pub code: Code,
    /// First instant at which it no longer opens.
    pub expires: Timestamp,
    /// Where it was said: the phrases to pick from, the right one among them. Nothing before.
    pub phrases: Option<Vec<String>>,
}

/// What came of her pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The chat is linked.
    Linked(ConversationId),
    /// It is not, and the code is used up.
    Mismatch,
}

/// What lies sealed beside a code.
#[derive(Serialize, Deserialize)]
struct Body {
    channel: String,
    code: String,
    decoys: Vec<String>,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Codes {
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) committer: Committer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) linker: Linker,
}

impl std::fmt::Debug for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Codes")
    }
}

impl Codes {
    /// Makes a code for a channel; one that she had before no longer opens.
    ///
    /// # Errors
    /// [`CodeError::Many`], or what failed.
    pub async fn make(&self, owner: &Owner, channel: &str) -> Result<(), CodeError> {
        let now = self.clock.now();
        let own = self.keys.ensure(Subject::Channels, now).await?;
        let code = Code::random(&*self.entropy);
        let id = LinkId::new(now, id_bytes(&*self.entropy));
        let body = Body {
            channel: channel.to_owned(),
            code: code.digits().to_owned(),
            decoys: (0..DECOYS).map(|_| phrase::random(&*self.entropy)).collect(),
        };
        let json = serde_json::to_vec(&body).map_err(|_| Unsealable)?;
        let row = LinkRow {
            id,
            kind: "code".to_owned(),
            bank: owner.bank.to_string(),
            conversation: None,
            customer: Some(owner.customer),
            body_ct: Some(owner.key.seal(&place(id), &json, &*self.entropy)?),
            expires: now.plus_millis(CODE_MS),
            used: None,
        };
        let mut tx = self.store.begin().await?;
        let since = now.plus_millis(CODE_MS - HOUR_MS);
        if links::codes_since(&mut tx, owner.customer, since).await? >= MADE_AN_HOUR {
            return Err(CodeError::Many);
        }
        links::end_all(&mut tx, owner.customer, "code", now).await?;
        links::insert(&mut tx, &row, &code.hash(&own, &owner.bank, channel)).await?;
        Ok(tx.commit().await?)
    }

    /// The code that she has open, and the phrases to pick from once it was said.
    ///
    /// # Errors
    /// [`CodeError`].
    pub async fn current(&self, owner: &Owner) -> Result<Option<OpenCode>, CodeError> {
        let Some(row) = self.row(owner).await? else { return Ok(None) };
        let sealed = row.body_ct.as_deref().ok_or(Unsealable)?;
        let body = owner.key.open(&place(row.id), sealed)?;
        let body: Body = serde_json::from_slice(&body).map_err(|_| Unsealable)?;
        let (id, expires) = (row.id, row.expires);
        let phrases = match row.conversation {
            Some(_) => {
                let right = match self.linker.preview(&OpenLink::of_row(row)).await {
                    Ok((_, right)) => right,
                    // The chat was linked in another way since: the code is of no more use.
                    Err(LinkChatError::NotFree) => return Ok(None),
                    Err(error) => return Err(error.into()),
                };
                let mut phrases = body.decoys;
                phrases.push(right);
                // All of them are random: their order tells nothing.
                phrases.sort_unstable();
                Some(phrases)
            }
            None => None,
        };
        let code = Code::of(body.code);
        Ok(Some(OpenCode { id, channel: body.channel, code, expires, phrases }))
    }

    async fn row(&self, owner: &Owner) -> Result<Option<LinkRow>, CodeError> {
        let mut look = self.store.look().await?;
        let row = links::code_of(&mut look, owner.customer, self.clock.now()).await?;
        Ok(row.filter(|row| row.bank == owner.bank.as_str()))
    }

    /// Links the chat where the code `id` was said, if `picked` are the chat's words.
    ///
    /// # Errors
    /// [`CodeError`]; nothing changed then.
    pub async fn compare(
        &self,
        owner: &Owner,
        id: LinkId,
        picked: &str,
    ) -> Result<Compared, CommitError<CodeError>> {
        let row = self.row(owner).await.map_err(CommitError::Refused)?;
        let row = row.filter(|row| row.id == id && row.conversation.is_some());
        let link = OpenLink::of_row(row.ok_or(CommitError::Refused(CodeError::Gone))?);
        let preview = self.linker.preview(&link).await;
        let (_, right) = preview.map_err(|error| CommitError::Refused(error.into()))?;
        if right == picked {
            let linked = self.linker.link(link, owner).await;
            return linked.map(Compared::Linked).map_err(of_linking);
        }
        let now = self.clock.now();
        let used: Result<(), CommitError<CodeError>> = self
            .committer
            .commit(move |unit| Box::pin(async move { Ok(links::redeem(unit.tx, id, now).await?) }))
            .await;
        used.map(|()| Compared::Mismatch)
    }

    /// A code was said in a chat that is nobody's. What came of it shows in the chat's next turn.
    ///
    /// # Errors
    /// [`CodeError`].
    pub(crate) async fn said(
        &self,
        own: &DataKey,
        (bank, channel, chat): (&BankId, &str, ConversationId),
        code: &Code,
    ) -> Result<(), CommitError<CodeError>> {
        let refused = |error: CodeError| CommitError::Refused(error);
        let key = self.keys.get(Subject::Visitor(chat)).await.map_err(|e| refused(e.into()))?;
        let words = phrase::random(&*self.entropy);
        let phrase_ct = key.seal(&stored::phrase_place(chat), words.as_bytes(), &*self.entropy);
        let now = self.clock.now();
        let saying = Saying {
            hash: code.hash(own, bank, channel),
            channel: channel.to_owned(),
            chat,
            phrase_ct: phrase_ct.map_err(|e| refused(e.into()))?,
            wrong: LinkId::new(now, id_bytes(&*self.entropy)),
            now,
        };
        self.committer.commit(move |unit| Box::pin(saying.run(unit.tx))).await
    }

    /// Forgets wrong codes that count no more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn sweep(&self, tx: &mut Tx) -> Result<u64, StoreError> {
        wrong_codes::sweep(tx, self.clock.now().plus_millis(-HOUR_MS)).await
    }
}

fn of_linking(error: CommitError<LinkChatError>) -> CommitError<CodeError> {
    match error {
        CommitError::Refused(error) => CommitError::Refused(error.into()),
        CommitError::Store(error) => CommitError::Store(error),
        CommitError::Busy => CommitError::Busy,
        CommitError::Panicked => CommitError::Panicked,
        CommitError::Closed => CommitError::Closed,
    }
}

struct Saying {
    hash: [u8; 32],
    channel: String,
    chat: ConversationId,
    phrase_ct: Vec<u8>,
    wrong: LinkId,
    now: Timestamp,
}

impl Saying {
    async fn run(self, tx: &mut Tx) -> Result<(), CodeError> {
        let (chat, now) = (self.chat, self.now);
        let in_chat = wrong_codes::in_conversation(tx, chat, now.plus_millis(-HOUR_MS)).await?;
        let since = now.plus_millis(-CODE_MS);
        let in_channel = wrong_codes::in_channel(tx, &self.channel, since).await?;
        if in_chat >= WRONG_IN_CHAT || in_channel >= WRONG_IN_CHANNEL {
            metrics::counter!("bankside_codes_not_looked_at_total").increment(1);
            return Ok(());
        }
        let row = links::by_token(tx, &self.hash)
            .await?
            .filter(|row| row.kind == "code" && row.used.is_none() && now < row.expires);
        match row {
            Some(row) if row.conversation == Some(chat) => return Ok(()),
            Some(row) if row.conversation.is_none() => {
                let said = links::code_said(tx, row.id, chat).await?;
                if said {
                    conversations::set_phrase(tx, chat, &self.phrase_ct).await?;
                    return Ok(());
                }
            }
            // It was said in another chat: one of the two overheard it.
            Some(row) => links::redeem(tx, row.id, now).await?,
            None => {}
        }
        metrics::counter!("bankside_codes_wrong_total").increment(1);
        Ok(wrong_codes::insert(tx, self.wrong, (&self.channel, chat), now).await?)
    }
}
