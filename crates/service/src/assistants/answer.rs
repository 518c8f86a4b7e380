//! One question of an assistant, answered through the door.

use std::collections::BTreeSet;
use std::time::Duration;

use bankside_domain::bank::Bank;
use bankside_domain::consent::{Ask, Permit};
use bankside_domain::conversation::{LinkTarget, Outgoing};
use bankside_domain::customer::Customer;
use bankside_domain::disclosure::project::ProjectError;
use bankside_domain::disclosure::{Level, Project};
use bankside_domain::id::{AccountId, ConversationId};
use bankside_domain::time::TimeZone;
use bankside_domain::{Purpose, Raw, Timestamp};
use bankside_language::Task;
use bankside_language::understand::{AccountRef, By, Filter, Order, Upcoming};
use futures_util::future::BoxFuture;
use serde_json::json;

use super::form::{self, Frame};
use super::{Assistants, Bearer};
use crate::commit::CommitError;
use crate::conversation::query::Query;
use crate::door::{Denied, Disclosed, SealError};
use crate::links::{Destination, Offer};
use crate::log::{LogError, LogFilter};
use crate::ports::{CoreBank, CoreError};

/// Longest wait for the core bank.
const CORE_TIMEOUT: Duration = Duration::from_secs(8);
/// Entries of the log that one answer names at most.
const MAX_SHARED: usize = 50;
/// Why data would leave.
const PURPOSE: Purpose = Purpose::AccountInformation;

/// What an assistant may ask.
#[derive(Clone, Debug)]
pub enum Question {
    /// Which accounts.
    Accounts,
    /// What is on them, or on one.
    Balances(Option<AccountId>),
    /// Payments.
    Transactions(Filter, Order),
    /// How much went out.
    Spending(Filter, By),
    /// What comes next.
    Upcoming,
    /// What this assistant was given; at most so many entries.
    Shared(usize),
}

/// What it is told.
#[derive(Clone)]
pub struct Told {
    /// One JSON object, as it was sealed.
    pub json: String,
    /// Whether it is a refusal.
    pub refused: bool,
}

/// It holds her data.
impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Told {{ refused: {}, .. }}", self.refused)
    }
}

/// Why nothing was told, not even a refusal.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
    /// The consent ended, or the bank suspended it, while the answer was made.
    #[error("what the customer allowed ended meanwhile")]
    Over,
    /// Too much at once; later.
    #[error("too much at once; try again in a moment")]
    Busy,
    /// Ours. The text is for the log.
    #[error("{0}")]
    Failed(String),
}

/// Why there is nothing to disclose.
#[derive(Debug, thiserror::Error)]
enum NoData {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Core(#[from] CoreError),
    #[error(transparent)]
    Project(#[from] ProjectError),
    #[error(transparent)]
    Log(#[from] LogError),
    /// A filter on what is not shown would show it all the same, one question at a time.
    #[error("a filter that needs the level {}", .0.code())]
    Needs(Level),
}

/// One question, with all that is known.
struct Asking<'a> {
    all: &'a Assistants,
    bearer: &'a Bearer,
    zone: TimeZone,
    now: Timestamp,
    link: (Offer, String),
}

impl Assistants {
    /// Answers a question, as one entry of her log. `origin` is that of the bank's pages, for the
    /// link to the secure view.
    ///
    /// # Errors
    /// [`TellError`]; then nothing left.
    pub async fn tell(
        &self,
        bearer: &Bearer,
        bank: &Bank,
        question: &Question,
        origin: &str,
    ) -> Result<Told, TellError> {
        let failed = |error: &dyn std::fmt::Display| TellError::Failed(error.to_string());
        let customer = self.all.core.customer(bearer.owner.customer).await;
        let customer: Customer = customer.map_err(|e| failed(&e))?;
        let zone = TimeZone::get(&customer.time_zone).unwrap_or(TimeZone::UTC);
        let task = task(question);
        let destination = Destination::View {
            task: Box::new(task.clone()),
            asked_by: Some(bearer.assistant.name.clone()),
        };
        let offer = self.all.links.offer(
            bank.id.as_str(),
            None::<ConversationId>,
            Some(&bearer.owner),
            &destination,
        );
        let offer = offer.map_err(|e| failed(&e))?;
        let url = address(origin, bank, &offer);
        let now = self.all.clock.now();
        let asking = Asking { all: self, bearer, zone, now, link: (offer, url) };
        let (message, refused) = match asking.find(question, &task).await {
            Ok(message) => (message, false),
            Err(why) => (asking.refuse(why).map_err(|e| failed(&e))?, true),
        };
        let offered = (!refused && needs_link(&message)).then(|| asking.link.0.clone());
        let json = self.release(bearer, message, offered).await?;
        Ok(Told { json, refused })
    }

    /// Seals the one entry, and only then lets it go.
    async fn release(
        &self,
        bearer: &Bearer,
        message: Disclosed<Outgoing>,
        offered: Option<Offer>,
    ) -> Result<String, TellError> {
        let messages = [message];
        let effects: crate::door::Effects = Box::new(move |unit, _| {
            Box::pin(async move {
                match offered {
                    Some(offer) => Ok(offer.store(unit).await?),
                    None => Ok(()),
                }
            })
        });
        let sealed = self.all.door.seal(&bearer.owner, &messages, effects).await;
        let receipts = sealed.map_err(|error| match error {
            CommitError::Refused(
                SealError::Refused(_)
                | SealError::Changed
                | SealError::Suspended
                | SealError::Clearing
                | SealError::Done,
            ) => TellError::Over,
            CommitError::Busy | CommitError::Closed => TellError::Busy,
            other => TellError::Failed(other.to_string()),
        })?;
        let lost = || TellError::Failed("a disclosure without its receipt".to_owned());
        let [message] = messages;
        let receipt = receipts.into_iter().next().ok_or_else(lost)?;
        let released = message.release(receipt).map_err(|_| lost())?;
        Ok(released.text.reveal().clone())
    }
}

impl Asking<'_> {
    async fn find(&self, question: &Question, task: &Task) -> Result<Disclosed<Outgoing>, NoData> {
        let query = Query::new(task, self.now, &self.zone, self.now.date_in(&self.zone));
        let (q, all) = (query.clone(), None);
        let needs = needs(question);
        Ok(match question {
            Question::Accounts => {
                let found = self.disclose(all, None, needs, |core, permit| core.accounts(permit));
                self.told(found.await?, form::accounts)
            }
            Question::Balances(account) => {
                let one = account.map(|id| BTreeSet::from([id]));
                let found = self.disclose(one, None, needs, move |core, p| q.balances(core, p));
                self.told(found.await?, form::balances)
            }
            Question::Transactions(..) => {
                let (accounts, before) = (query.accounts(), Some(query.before()));
                let found =
                    self.disclose(accounts, before, needs, move |core, p| q.transactions(core, p));
                self.told(found.await?, form::transactions)
            }
            Question::Spending(..) => {
                let (accounts, before) = (query.accounts(), Some(query.before()));
                let found =
                    self.disclose(accounts, before, needs, move |core, p| q.spending(core, p));
                self.told(found.await?, form::spending)
            }
            Question::Upcoming => {
                let found = self.disclose(all, None, needs, move |core, p| q.recurring(core, p));
                self.told(found.await?, form::upcoming)
            }
            Question::Shared(limit) => self.shared(*limit).await?,
        })
    }

    /// Permit of the one consent, clearance, the core's answer, projection.
    async fn disclose<R, F>(
        &self,
        accounts: Option<BTreeSet<AccountId>>,
        before: Option<Timestamp>,
        needs: Level,
        ask_core: F,
    ) -> Result<Disclosed<Option<R::Shown>>, NoData>
    where
        R: Project,
        F: for<'c> FnOnce(&'c dyn CoreBank, &'c Permit) -> BoxFuture<'c, Result<Raw<R>, CoreError>>,
    {
        let (bearer, all) = (self.bearer, &self.all.all);
        let party = &bearer.assistant.party();
        let (cluster, presence) = (R::CLUSTER, bearer.presence);
        let ask = Ask { party, purpose: PURPOSE, cluster, accounts, presence, before };
        let standing = all.door.standing(&bearer.owner, party, PURPOSE).await?;
        let permit = standing.only(bearer.consent).permit(&ask, self.now)?;
        let clearance = all.door.clear(&permit, permit.accounts(), &self.zone)?;
        if clearance.level() < needs {
            return Err(NoData::Needs(needs));
        }
        let asking = tokio::time::timeout(CORE_TIMEOUT, ask_core(&*all.core, &permit));
        let raw = asking
            .await
            .unwrap_or_else(|_| Err(CoreError::Unavailable("no answer in time".to_owned())))?;
        Ok(Disclosed::project(permit, clearance, raw)?)
    }

    fn told<T>(
        &self,
        found: Disclosed<Option<T>>,
        form: fn(Option<T>, &Frame) -> Outgoing,
    ) -> Disclosed<Outgoing> {
        let less = needs_link(&found);
        let since = found.since().map(|at| at.date_in(&self.zone).to_string());
        let secure_view = less.then(|| self.link.1.clone());
        found.map(&Frame { zone: self.zone.clone(), secure_view, since }, form)
    }

    /// What this assistant was given before: nothing that it does not have already.
    async fn shared(&self, limit: usize) -> Result<Disclosed<Outgoing>, NoData> {
        let filter =
            LogFilter { party: Some(self.bearer.assistant.id.clone()), ..LogFilter::default() };
        let limit = limit.clamp(1, MAX_SHARED);
        let owner = &self.bearer.owner;
        let page = self.all.log.search(owner, &filter, i64::MAX, limit).await?;
        let entries: Vec<_> = page
            .entries
            .iter()
            .map(|entry| {
                json!({
                    "at": entry.at.to_string(),
                    "what": entry.record.kind,
                    "fields": entry.record.fields,
                    "level": entry.record.level,
                    "decision": entry.record.decision,
                    "receipt": entry.receipt,
                })
            })
            .collect();
        let words = json!({ "entries": entries, "more": page.next.is_some() });
        let words = Outgoing::text(words.to_string());
        let party = self.bearer.assistant.party();
        let nothing = Disclosed::nothing(owner.customer, party, PURPOSE);
        Ok(nothing.map(&words, |(), words| words.clone()))
    }

    /// A refusal is an entry too: her log says who asked.
    fn refuse(&self, why: NoData) -> Result<Disclosed<Outgoing>, NoData> {
        let words = match &why {
            NoData::Denied(Denied::Refused(refusal)) => {
                form::refusal("consent", &refusal.to_string())
            }
            NoData::Denied(Denied::NoConsent) => {
                form::refusal("consent", "the customer allows this no longer")
            }
            NoData::Denied(Denied::Policy(_) | Denied::PolicyFailed(_)) => {
                form::refusal("policy", "the bank does not let this leave")
            }
            NoData::Denied(Denied::Suspended) => {
                form::refusal("suspended", "the bank has suspended this for now")
            }
            NoData::Needs(level) => form::refusal(
                "level",
                &format!(
                    "this filter needs the level {}, which the customer or her bank does not allow now; \
                 ask without it",
                    level.code()
                ),
            ),
            NoData::Core(CoreError::UnknownAccount) => {
                form::refusal("account", "there is no such account within reach")
            }
            NoData::Core(CoreError::Unavailable(_)) => {
                form::refusal("unavailable", "the bank does not answer; try again later")
            }
            _ => return Err(why),
        };
        let code = why.to_string();
        let (customer, party) = (self.bearer.owner.customer, self.bearer.assistant.party());
        let refusal = Disclosed::refusal(customer, party, PURPOSE, &format!("refused: {code}"));
        Ok(refusal.map(&words, |(), words| words.clone()))
    }
}

fn needs_link<T>(found: &Disclosed<T>) -> bool {
    found.is_narrowed()
}

/// The question as the chat would put it, for the core and for the secure view.
fn task(question: &Question) -> Task {
    match question {
        Question::Accounts | Question::Shared(_) => Task::Balances { account: None },
        Question::Balances(account) => Task::Balances { account: account.map(AccountRef::One) },
        Question::Transactions(filter, order) => {
            Task::Transactions { filter: filter.clone(), order: *order }
        }
        Question::Spending(filter, by) => Task::Spending { filter: filter.clone(), by: *by },
        Question::Upcoming => Task::Upcoming { what: Upcoming::Any },
    }
}

/// The least level at which a question's filters say nothing that the answer would not.
fn needs(question: &Question) -> Level {
    let of = |filter: &Filter, category: Level| {
        if filter.merchant.is_some() {
            Level::Detail
        } else if filter.min.is_some() || filter.max.is_some() || filter.by_card {
            Level::Masked
        } else if filter.category.is_some() {
            category
        } else {
            Level::Answer
        }
    };
    match question {
        Question::Transactions(filter, _) => of(filter, Level::Masked),
        Question::Spending(filter, _) => of(filter, Level::Summary),
        _ => Level::Answer,
    }
}

fn address(origin: &str, bank: &Bank, offer: &Offer) -> String {
    match offer.target() {
        LinkTarget::Offered { token, .. } => format!("{origin}/{}/l/{}", bank.id, token.reveal()),
        LinkTarget::Page { path } => format!("{origin}/{}{path}", bank.id),
    }
}
