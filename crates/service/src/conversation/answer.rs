//! Answering one message: who writes, what she means, which replies, sealed together.

mod about;
mod data;
mod elsewhere;
mod reply;
mod visitor;

use std::collections::BTreeSet;
use std::sync::Arc;

use bankside_domain::bank::Bank;
use bankside_domain::conversation::{Choice, Outgoing, Part};
use bankside_domain::customer::{Customer, Language};
use bankside_domain::id::{ConversationId, MessageId};
use bankside_domain::time::TimeZone;
use bankside_domain::{Currency, Date, Party, Purpose};
use bankside_language::{Catalogue, Context, Formats, Meant, Msg, Task, understand};
use bankside_store::conversations::{self, ConversationRow, TurnRow};
use bankside_store::inbox::{self, InboxRow};
use bankside_store::{Store, StoreError};
use tokio::sync::OnceCell;
use tracing::Instrument as _;

use super::notifier::{Notifier, What};
use super::reached::LINK_CODE;
use super::stored;
use super::turn::TurnError;
use crate::consents::{Consents, owner_of};
use crate::door::{Disclosed, Door, Owner, Standing};
use crate::keys::{DataKey, KeyError, KeyRing, Subject};
use crate::links::Links;
use crate::ports::{Clock, CoreBank, Entropy};

use reply::Reply;

/// Everything a turn needs. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Answering {
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) door: Door,
    pub(crate) core: Arc<dyn CoreBank>,
    pub(crate) consents: Consents,
    pub(crate) links: Links,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) channels: Arc<[Party]>,
    pub(crate) banks: Arc<[Bank]>,
    pub(crate) committer: crate::commit::Committer,
    pub(crate) notifier: Notifier,
    /// The channels that show no link.
    pub(crate) elsewhere: Arc<BTreeSet<String>>,
}

/// A turn with all that is known of the chat and of her.
pub(super) struct Turn<'a> {
    all: &'a Answering,
    row: &'a InboxRow,
    chat: ConversationRow,
    party: Party,
    bank: Bank,
    said: Outgoing,
    memory: Memory,
}

/// A turn of a customer who is known.
pub(super) struct Known<'a> {
    turn: Turn<'a>,
    owner: Owner,
    customer: Customer,
    catalogue: Catalogue,
    zone: TimeZone,
    today: Date,
    /// What she allowed, read when the message first needs it.
    standing: OnceCell<Standing>,
}

/// What a conversation remembers between messages.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Memory {
    /// What it was last about.
    last: Option<Task>,
    /// What was offered when it was not clear.
    #[serde(default)]
    offered: Vec<Task>,
    /// Times in a row that nothing was understood.
    #[serde(default)]
    lost: u8,
}

impl Answering {
    /// Answers a message of the inbox; says whether the chat goes on in another language.
    pub(super) async fn answer(&self, row: &InboxRow) -> Result<bool, TurnError> {
        let (turn, owner) = self.open(row).await?;
        let before = turn.chat.language;
        let language = match owner {
            None => turn.answer_visitor().await?,
            Some(owner) => turn.known(owner).await?.answer().await?,
        };
        Ok(language != before)
    }

    /// Says that it went wrong, as the answer.
    pub(super) async fn apologise(&self, row: &InboxRow) -> Result<(), TurnError> {
        let (turn, owner) = self.open(row).await?;
        let text = Catalogue::of(turn.chat.language).text(Msg::ChatError);
        match owner {
            None => {
                let words = Outgoing::text(text);
                turn.say_to_visitor(words, turn.chat.language, None).await.map(drop)
            }
            Some(owner) => {
                let language = turn.chat.language;
                let purpose = Purpose::AccountInformation;
                let message = Disclosed::nothing(owner.customer, turn.party.clone(), purpose)
                    .map(&Outgoing::text(text), |(), words| words.clone());
                turn.seal(&owner, vec![Reply::of(message)], language, &Memory::default()).await
            }
        }
    }

    /// The key of a chat that is nobody's. Gone because the chat was just linked, the turn begins
    /// anew, as hers.
    pub(super) async fn visitor_key(&self, chat: ConversationId) -> Result<DataKey, TurnError> {
        match self.keys.get(Subject::Visitor(chat)).await {
            Err(KeyError::NoKey) => {
                let mut tx = self.store.read().await?;
                let linked = conversations::by_id(&mut tx, chat).await?;
                let linked = linked.is_some_and(|now| now.customer.is_some());
                Err(if linked { TurnError::Changed } else { TurnError::NoKey })
            }
            found => Ok(found?),
        }
    }

    async fn open<'a>(&'a self, row: &'a InboxRow) -> Result<(Turn<'a>, Option<Owner>), TurnError> {
        let mut look = self.store.look().await?;
        let found = conversations::turn(&mut look, row.conversation, row.message_seq).await;
        drop(look);
        let TurnRow { chat, message, is_behind } = found?.ok_or(TurnError::Done)?;
        if is_behind {
            return Err(TurnError::Behind);
        }
        let owner = match chat.customer {
            Some(customer) => Some(owner_of(&self.keys, customer, chat.bank.clone()).await?),
            None => None,
        };
        let key = match &owner {
            Some(owner) => owner.key.clone(),
            None => Arc::new(self.visitor_key(chat.id).await?),
        };
        let said = stored::open(&key, &message)?.body;
        let memory = chat
            .memory_ct
            .as_ref()
            .and_then(|sealed| key.open(&stored::memory_place(chat.id), sealed).ok())
            .and_then(|json| serde_json::from_slice(&json).ok())
            .unwrap_or_default();
        let party = self.channels.iter().find(|p| p.id == chat.channel).cloned();
        let bank = self.banks.iter().find(|b| b.id == chat.bank).cloned();
        let missing = || TurnError::Failed("the channel or bank is not configured".to_owned());
        let turn = Turn {
            all: self,
            row,
            party: party.ok_or_else(missing)?,
            bank: bank.ok_or_else(missing)?,
            chat,
            said,
            memory,
        };
        Ok((turn, owner))
    }
}

impl<'a> Turn<'a> {
    async fn known(self, owner: Owner) -> Result<Known<'a>, TurnError> {
        let customer = self.all.core.customer(owner.customer).await;
        let customer = customer.map_err(|e| TurnError::Failed(e.to_string()))?;
        let zone = TimeZone::get(&customer.time_zone).unwrap_or(TimeZone::UTC);
        let today = self.all.clock.now().date_in(&zone);
        let language = self.chat.language;
        Ok(Known {
            catalogue: Catalogue::for_reader(language, &customer.region),
            turn: self,
            owner,
            customer,
            zone,
            today,
            standing: OnceCell::new(),
        })
    }

    /// What was taken out of her message, if anything.
    fn removed(&self) -> Option<&str> {
        self.said.parts.iter().find_map(|part| match part {
            Part::Removed { what } => Some(what.as_str()),
            _ => None,
        })
    }

    /// Tells her that a secret was removed, in the words for its kind.
    fn secret_words(&self, catalogue: Catalogue, what: &str) -> String {
        match what {
            "media" => catalogue.text(Msg::ChannelMedia),
            // Somebody was quicker: the chat was linked since.
            LINK_CODE => catalogue.text(Msg::ChatAlreadyLinkedNameless),
            "card" => catalogue.text(Msg::ChatSecretCard),
            "pin" => catalogue.text(Msg::ChatSecretPin { bank: &self.bank.name }),
            _ => catalogue.text(Msg::ChatSecretCode { phone: &self.bank.support_phone }),
        }
    }

    /// Seals replies, with all that they do, as the one answer to the message.
    async fn seal(
        &self,
        owner: &Owner,
        mut replies: Vec<Reply>,
        language: Language,
        memory: &Memory,
    ) -> Result<(), TurnError> {
        let elsewhere = self.send_elsewhere(owner, &mut replies).await?;
        let (mut messages, mut acts, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
        for reply in replies {
            bodies.push(reply.message.sealed_body());
            messages.push(reply.message);
            acts.extend(reply.acts);
        }
        let told = elsewhere.as_ref().map(|other| (other.chat, other.channel.clone()));
        let also = elsewhere.map(|other| {
            let body = other.message.sealed_body();
            messages.push(other.message);
            (other.chat, body)
        });
        let json = serde_json::to_vec(memory).map_err(|e| TurnError::Failed(e.to_string()))?;
        let place = stored::memory_place(self.chat.id);
        let memory_ct = owner.key.seal(&place, &json, &*self.all.entropy);
        let ending = reply::Ending {
            all: self.all.clone(),
            owner: owner.clone(),
            chat: self.chat.id,
            inbox: self.row.id,
            bodies,
            also,
            acts,
            language,
            memory_ct: memory_ct.map_err(|e| TurnError::Failed(e.to_string()))?,
        };
        let receipts = self.all.door.seal(owner, &messages, ending.into_effects());
        let receipts = receipts.instrument(tracing::debug_span!("seal")).await?;
        for (message, receipt) in messages.into_iter().zip(receipts) {
            // What is released here is what the transaction wrote; showing it is the channel's.
            message.release(receipt).map_err(|e| TurnError::Failed(e.to_string()))?;
        }
        if let Some((chat, channel)) = told {
            self.all.notifier.tell(chat, What::Messages);
            self.all.notifier.on_its_way(&channel);
        }
        Ok(())
    }
}

impl Known<'_> {
    /// Says the language in which the chat goes on.
    async fn answer(mut self) -> Result<Language, TurnError> {
        let (replies, memory) = self.replies().await?;
        let language = self.catalogue.language();
        self.turn.seal(&self.owner, replies, language, &memory).await?;
        Ok(language)
    }

    async fn replies(&mut self) -> Result<(Vec<Reply>, Memory), TurnError> {
        let before = self.turn.memory.clone();
        if let Some(what) = self.turn.removed() {
            let words = self.turn.secret_words(self.catalogue, what);
            return Ok((vec![self.say(Outgoing::text(words))], before));
        }
        let accounts = self.account_hints().await;
        let said = self.turn.said.text.reveal().clone();
        let context = Context {
            language: self.turn.chat.language,
            today: self.today,
            region: &self.customer.region,
            currency: accounts.1,
            accounts: &accounts.0,
            merchants: &[],
            last: before.last.as_ref(),
        };
        let understood =
            tracing::debug_span!("understand").in_scope(|| understand(&said, &context));
        self.speak(understood.language);
        let tasks = match understood.meant {
            Meant::Clear(tasks) => self.chosen(tasks),
            Meant::Ambiguous(tasks) => return Ok(self.which(tasks)),
            Meant::Unknown | Meant::Secret(_) => return Ok(self.lost()),
        };
        let (mut replies, mut last) = (Vec::new(), before.last);
        for task in tasks {
            let reply = self.reply(&task).await?;
            if reply.remembers {
                last = Some(task);
            }
            replies.push(reply);
        }
        Ok((replies, Memory { last, ..Memory::default() }))
    }

    /// "The second one" picks from what was offered before.
    fn chosen(&self, tasks: Vec<Task>) -> Vec<Task> {
        let offered = &self.turn.memory.offered;
        tasks
            .into_iter()
            .map(|task| match task {
                Task::Choose { number } => {
                    offered.get(number.saturating_sub(1)).cloned().unwrap_or(task)
                }
                other => other,
            })
            .collect()
    }

    fn which(&self, tasks: Vec<Task>) -> (Vec<Reply>, Memory) {
        let words = self.catalogue.text(Msg::ChatAmbiguous);
        let choices = tasks.iter().map(|task| self.task_choice(task)).collect();
        let reply = self.say(Outgoing::text(words).with_choices(choices));
        let last = self.turn.memory.last.clone();
        (vec![reply], Memory { last, offered: tasks, lost: 0 })
    }

    fn lost(&self) -> (Vec<Reply>, Memory) {
        let before = &self.turn.memory;
        let words = if before.lost == 0 {
            self.catalogue.text(Msg::ChatUnknown)
        } else {
            self.catalogue.text(Msg::ChatUnknownAgain { bank: &self.turn.bank.name })
        };
        let choices = self.choices(&[Msg::ChoiceBalance, Msg::ChoicePayments, Msg::ChoicePerson]);
        let reply = self.say(Outgoing::text(words).with_choices(choices));
        let memory = Memory {
            last: before.last.clone(),
            offered: Vec::new(),
            lost: before.lost.saturating_add(1),
        };
        (vec![reply], memory)
    }

    /// Goes on in the language that she wrote in.
    fn speak(&mut self, language: Language) {
        if language != self.catalogue.language() {
            self.catalogue = Catalogue::for_reader(language, &self.customer.region);
        }
    }

    fn formats(&self) -> Formats {
        let language = self.catalogue.language();
        Formats::new(language, &self.customer.region, self.zone.clone())
    }

    /// Words without data of hers.
    fn say(&self, words: Outgoing) -> Reply {
        let purpose = Purpose::AccountInformation;
        let party = self.turn.party.clone();
        let nothing = Disclosed::nothing(self.owner.customer, party, purpose);
        Reply::of(nothing.map(&words, |(), words| words.clone()))
    }

    fn choices(&self, labels: &[Msg<'_>]) -> Vec<Choice> {
        labels.iter().map(|label| choice(&self.catalogue.text(*label))).collect()
    }
}

/// A choice that says what it shows.
pub(super) fn choice(label: &str) -> Choice {
    Choice { label: label.into(), says: label.into() }
}

/// Marks the message answered; a second answer finds it done.
pub(super) async fn mark_answered(
    tx: &mut bankside_store::Tx,
    id: MessageId,
) -> Result<bool, StoreError> {
    match inbox::answered(tx, id).await {
        Ok(()) => Ok(true),
        Err(StoreError::Conflict) => Ok(false),
        Err(other) => Err(other),
    }
}

/// The currency of most of her accounts, for amounts without one.
pub(super) fn usual_currency(found: &[Currency]) -> Currency {
    found.first().copied().unwrap_or(Currency::EUR)
}
