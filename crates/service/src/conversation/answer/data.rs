//! Replies that hold bank data: each takes the whole way through the door.

use std::collections::BTreeSet;
use std::time::Duration;

use bankside_domain::consent::{Ask, Permit, Presence};
use bankside_domain::conversation::{Outgoing, Part};
use bankside_domain::disclosure::project::ProjectError;
use bankside_domain::disclosure::{Cluster, Project};
use bankside_domain::id::AccountId;
use bankside_domain::{Currency, Purpose, Raw, Timestamp};
use bankside_language::understand::{AccountRef, Said, Want};
use bankside_language::{AccountHint, Msg, Task};
use futures_util::future::BoxFuture;
use tracing::Instrument as _;

use super::reply::{Act, Reply};
use super::{Known, usual_currency};
use crate::conversation::query::Query;
use crate::conversation::render::{self, Style};
use crate::conversation::turn::TurnError;
use crate::door::{Denied, Disclosed};
use crate::links::Destination;
use crate::ports::{CoreBank, CoreError};

/// Longest wait for the core bank.
const CORE_TIMEOUT: Duration = Duration::from_secs(8);

/// Why there are no data to disclose.
#[derive(Debug, thiserror::Error)]
enum NoData {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Core(#[from] CoreError),
    #[error(transparent)]
    Project(#[from] ProjectError),
}

impl Known<'_> {
    /// The reply to a question about her accounts.
    pub(super) async fn data_reply(&self, task: &Task) -> Result<Reply, TurnError> {
        if let Some(question) = self.must_ask(task) {
            return Ok(question.remembered());
        }
        let query = Query::new(task, self.turn.all.clock.now(), &self.zone, self.today);
        let offer = self.turn.all.links.offer(
            self.turn.chat.bank.as_str(),
            self.turn.chat.id,
            Some(&self.owner),
            &Destination::View { task: Box::new(task.clone()), asked_by: None },
        );
        let offer = offer.map_err(|e| TurnError::Failed(e.to_string()))?;
        let style = Style {
            catalogue: self.catalogue,
            region: &self.customer.region,
            zone: &self.zone,
            bank: &self.turn.bank.name,
            party: &self.turn.party,
            task,
            today: self.today,
            since: None,
            secure_view: offer.target(),
        };
        let found = self.find(task, &query, &style).await;
        let message = match found {
            Ok(message) => message,
            Err(no_data) => return self.no_data(no_data).await,
        };
        let links = !message.shows() || message.is_narrowed();
        let reply = Reply::of(message).remembered();
        if !links {
            return Ok(reply);
        }
        let label = self.catalogue.text(Msg::ChatWithheldLabel).into();
        let part = Part::Link { label, link: offer.target() };
        Ok(reply.leading(&part).with(Act::Offer(offer)))
    }

    async fn find(
        &self,
        task: &Task,
        query: &Query,
        style: &Style<'_>,
    ) -> Result<Disclosed<Outgoing>, NoData> {
        let (q, before) = (query.clone(), query.before());
        Ok(match task {
            Task::Balances { account } => self
                .disclose(one(account.as_ref()), before, move |core, permit| {
                    q.balances(core, permit)
                })
                .await?
                .map(style, render::balances),
            Task::Transactions { .. } => {
                let found = self
                    .disclose(query.accounts(), before, move |core, permit| {
                        q.transactions(core, permit)
                    })
                    .await?;
                let style = reaching(style, found.since());
                found.map(&style, render::transactions)
            }
            Task::Spending { .. } => {
                let found = self
                    .disclose(query.accounts(), before, move |core, permit| {
                        q.spending(core, permit)
                    })
                    .await?;
                let style = reaching(style, found.since());
                found.map(&style, render::spending)
            }
            Task::Recurring => self
                .disclose(None, before, move |core, permit| q.recurring(core, permit))
                .await?
                .map(style, render::recurring),
            Task::Upcoming { .. } => self
                .disclose(None, before, move |core, permit| q.recurring(core, permit))
                .await?
                .map(style, render::upcoming),
            Task::AccountNumber { account } => self
                .disclose(one(account.as_ref()), before, move |core, permit| {
                    q.numbers(core, permit)
                })
                .await?
                .map(style, render::numbers),
            _ => self
                .disclose(None, before, move |core, permit| q.enough(core, permit))
                .await?
                .map(style, render::enough),
        })
    }

    /// Permit, clearance, the core's answer, projection.
    async fn disclose<R, F>(
        &self,
        accounts: Option<BTreeSet<AccountId>>,
        before: Timestamp,
        ask_core: F,
    ) -> Result<Disclosed<Option<R::Shown>>, NoData>
    where
        R: Project,
        F: for<'c> FnOnce(&'c dyn CoreBank, &'c Permit) -> BoxFuture<'c, Result<Raw<R>, CoreError>>,
    {
        let permit = self.permit(R::CLUSTER, accounts, Some(before)).await?;
        let count = permit.accounts();
        let clearance = tracing::debug_span!("policy")
            .in_scope(|| self.turn.all.door.clear(&permit, count, &self.zone))?;
        let asking = ask_core(&*self.turn.all.core, &permit);
        let raw = tokio::time::timeout(CORE_TIMEOUT, asking)
            .instrument(tracing::debug_span!("core"))
            .await
            .unwrap_or_else(|_| Err(CoreError::Unavailable("no answer in time".to_owned())))?;
        Ok(Disclosed::project(permit, clearance, raw)?)
    }

    async fn permit(
        &self,
        cluster: Cluster,
        accounts: Option<BTreeSet<AccountId>>,
        before: Option<Timestamp>,
    ) -> Result<Permit, Denied> {
        let (party, purpose) = (&self.turn.party, Purpose::AccountInformation);
        let presence = Presence::Present;
        let ask = Ask { party, purpose, cluster, accounts, presence, before };
        let standing = self
            .standing
            .get_or_try_init(|| self.turn.all.door.standing(&self.owner, party, purpose))
            .instrument(tracing::debug_span!("permit"))
            .await?;
        standing.permit(&ask, self.turn.all.clock.now())
    }

    /// How she may name her accounts, as far as she allowed this chat to know them; and the
    /// currency of amounts without one.
    pub(super) async fn account_hints(&self) -> (Vec<AccountHint>, Currency) {
        let found = async {
            let permit = self.permit(Cluster::Accounts, None, None).await?;
            let raw = self.turn.all.core.accounts(&permit).await?;
            Ok::<_, NoData>(self.turn.all.door.labels(&permit, raw)?)
        };
        let labels = found.await.unwrap_or_default();
        let currencies: Vec<_> = labels.iter().map(|(_, currency)| *currency).collect();
        let hints = labels.into_iter().map(|(label, _)| AccountHint {
            id: label.id,
            nickname: label.name.reveal().clone(),
            kind: label.kind,
            tail: label.tail.unwrap_or_default(),
        });
        (hints.collect(), usual_currency(&currencies))
    }

    /// What is too unclear to answer is asked back.
    fn must_ask(&self, task: &Task) -> Option<Reply> {
        let Task::Enough { want, .. } = task else { return None };
        match want {
            Want::Unsaid => {
                let words = self.catalogue.text(Msg::ChatEnoughHowMuch);
                Some(self.say(Outgoing::text(words)))
            }
            Want::Amount { amount: Said::Unclear(readings) } => {
                let words = self.catalogue.text(Msg::ChatWhichAmount);
                let formats = self.formats();
                let choices = readings.iter().map(|m| super::choice(&formats.money(*m))).collect();
                Some(self.say(Outgoing::text(words).with_choices(choices)))
            }
            _ => None,
        }
    }

    async fn no_data(&self, why: NoData) -> Result<Reply, TurnError> {
        let bank = self.turn.bank.name.as_str();
        let (words, code) = match &why {
            NoData::Denied(Denied::NoConsent) => return self.ask_consent().await,
            NoData::Denied(Denied::Refused(refusal)) => {
                let why = self.catalogue.text(bankside_language::catalogue::refusal(*refusal));
                let fix = self.catalogue.text(Msg::RefusalHowToFix);
                (format!("{why} {fix}"), format!("refused: {refusal}"))
            }
            NoData::Denied(Denied::Policy(policies)) => {
                let words = self.catalogue.text(Msg::RefusalPolicy { bank });
                (words, format!("policy: {}", policies.join(" ")))
            }
            NoData::Denied(Denied::PolicyFailed(_)) => {
                (self.catalogue.text(Msg::RefusalPolicy { bank }), "policy failed".to_owned())
            }
            NoData::Denied(Denied::Suspended) => {
                let phone = self.turn.bank.support_phone.as_str();
                (self.catalogue.text(Msg::ChatSuspended { bank, phone }), "suspended".to_owned())
            }
            NoData::Core(CoreError::Unavailable(_)) => {
                (self.catalogue.text(Msg::ChatBankUnreachable), "core unavailable".to_owned())
            }
            NoData::Core(CoreError::UnknownAccount) => {
                (self.catalogue.text(Msg::ChatBalanceNone), "no such account".to_owned())
            }
            other => return Err(TurnError::Failed(other.to_string())),
        };
        let purpose = Purpose::AccountInformation;
        let party = self.turn.party.clone();
        let refusal = Disclosed::refusal(self.owner.customer, party, purpose, &code);
        let label = self.catalogue.text(Msg::ChatConsentManageLabel).into();
        let link =
            bankside_domain::conversation::LinkTarget::Page { path: "/connections".to_owned() };
        let part = Part::Link { label, link };
        let words = Outgoing::text(words).with_part(part.clone());
        let reply = Reply::of(refusal.map(&words, |(), words| words.clone())).remembered();
        Ok(reply.leading(&part))
    }

    /// The link to the consent page, with the reason.
    pub(super) async fn ask_consent(&self) -> Result<Reply, TurnError> {
        let purpose = Purpose::AccountInformation;
        let offer = self.turn.all.links.offer(
            self.turn.chat.bank.as_str(),
            self.turn.chat.id,
            Some(&self.owner),
            &Destination::Consent { party: self.turn.party.id.clone(), purpose },
        );
        let offer = offer.map_err(|e| TurnError::Failed(e.to_string()))?;
        let what = self.catalogue.text(Msg::ClusterBalances);
        let label = self.catalogue.text(Msg::ChatConsentLabel).into();
        let words = self.catalogue.text(Msg::ChatConsentNeeded { what: &what });
        let part = Part::Link { label, link: offer.target() };
        let words = Outgoing::text(words).with_part(part.clone());
        Ok(self.say(words).remembered().leading(&part).with(Act::Offer(offer)))
    }
}

/// A style for an answer that reaches back to `since`.
fn reaching<'a>(style: &Style<'a>, since: Option<Timestamp>) -> Style<'a> {
    Style { since: since.map(|at| at.date_in(style.zone)), ..style.clone() }
}

/// The one account that she named, if she named exactly one.
fn one(account: Option<&AccountRef>) -> Option<BTreeSet<AccountId>> {
    match account {
        Some(AccountRef::One(id)) => Some(BTreeSet::from([*id])),
        _ => None,
    }
}
