//! Replies about the chat itself: help, privacy, permissions, people. They hold no bank data.

use std::collections::BTreeMap;

use bankside_domain::conversation::{Choice, LinkTarget, Outgoing, Part};
use bankside_domain::party::Ceiling;
use bankside_language::understand::{CardAct, ConsentAsk};
use bankside_language::{Catalogue, Msg, Task};
use bankside_store::{consents, oauth, records};

use super::reply::{Act, Reply};
use super::{Known, Turn, choice};
use crate::conversation::{stored, turn::TurnError};

/// Records that "what have you shared?" looks at.
const SHARED_LIMIT: i64 = 500;
/// Days that it looks back.
const SHARED_DAYS: i64 = 30;

impl Turn<'_> {
    /// Who can read this chat, by its ceiling.
    pub(super) fn who_sees(&self, catalogue: Catalogue) -> String {
        let (bank, party) = (self.bank.name.as_str(), self.party.name.as_str());
        catalogue.text(match self.party.ceiling {
            Ceiling::BankOwned => Msg::ChatSeesBankOwned { bank },
            Ceiling::EndToEndEncrypted => Msg::ChatSeesEndToEnd { bank, party },
            Ceiling::Spoken => Msg::ChatSeesSpoken { bank, party },
            Ceiling::PlatformReadable | Ceiling::Assistant => Msg::ChatSeesPlatform { bank, party },
        })
    }
}

impl Known<'_> {
    /// The reply to one task.
    pub(super) async fn reply(&mut self, task: &Task) -> Result<Reply, TurnError> {
        match task {
            Task::Balances { .. }
            | Task::Transactions { .. }
            | Task::Spending { .. }
            | Task::Recurring
            | Task::Upcoming { .. }
            | Task::AccountNumber { .. }
            | Task::Enough { .. } => self.data_reply(task).await,
            Task::StopSharing { .. } => self.stop(Some(self.turn.party.id.clone())).await,
            Task::StopAll => self.stop(None).await,
            Task::WhatShared => self.what_shared().await,
            Task::IsThisMyBank => Ok(self.is_this_my_bank()),
            Task::Human => Ok(self.person()),
            Task::Consents { ask } => self.permissions(*ask).await,
            Task::Language { to: Some(to) } => {
                self.speak(*to);
                Ok(self.words(Msg::ChatLanguageSwitched))
            }
            other => Ok(self.plain(other)),
        }
    }

    fn words(&self, msg: Msg<'_>) -> Reply {
        self.say(Outgoing::text(self.catalogue.text(msg)))
    }

    fn linking(&self, msg: Msg<'_>, label: Msg<'_>, path: &str) -> Reply {
        let link = LinkTarget::Page { path: path.to_owned() };
        let label = self.catalogue.text(label).into();
        let words = Outgoing::text(self.catalogue.text(msg));
        let part = Part::Link { label, link };
        self.say(words.with_part(part.clone())).leading(&part)
    }

    /// Replies that need nothing but words.
    fn plain(&self, task: &Task) -> Reply {
        let bank = self.turn.bank.name.as_str();
        let phone = self.turn.bank.support_phone.as_str();
        match task {
            Task::Help => self.help(),
            Task::Greeting => {
                let words = self.catalogue.text(match self.speakable_name() {
                    Some(name) => Msg::ChatGreeting { name },
                    None => Msg::ChatGreetingNameless,
                });
                self.say(Outgoing::text(words).with_choices(self.starters()))
            }
            Task::Thanks => self.words(Msg::ChatThanks),
            Task::Goodbye => self.words(Msg::ChatGoodbye),
            Task::LinkChat => self.words(match self.speakable_name() {
                Some(name) => Msg::ChatAlreadyLinked { name },
                None => Msg::ChatAlreadyLinkedNameless,
            }),
            Task::Unlink => self.linking(
                Msg::ChatConsentList { count: 1 },
                Msg::ChatConsentManageLabel,
                "/connections",
            ),
            Task::WhoSees => {
                let words = self.turn.who_sees(self.catalogue);
                self.say(Outgoing::text(words))
            }
            Task::ClearHistory => {
                self.linking(Msg::ChatClearHistory, Msg::ChatClearHistoryLabel, "/data")
            }
            Task::MyData => self.linking(Msg::ChatMyData, Msg::ChatMyDataLabel, "/data"),
            Task::Language { .. } => self.which_language(),
            Task::Dispute { .. } => self.words(Msg::ChatDispute { phone }).with(Act::AskForPerson),
            Task::Card { act: CardAct::Freeze | CardAct::Unfreeze | CardAct::Lost, .. } => {
                self.words(Msg::ChatFreezeUnavailable { phone })
            }
            Task::Card { .. } => self.words(Msg::ChatCardsUnavailable { bank, phone }),
            Task::Payment { .. } => self.words(Msg::ChatPaymentUnavailable { bank, phone }),
            Task::SpendingLimit { .. } => self.words(Msg::ChatLimitUnavailable { bank, phone }),
            Task::Offers => self.words(Msg::ChatOffersNone),
            Task::Smalltalk { .. } => self.words(Msg::ChatSmalltalk { bank }),
            Task::Abuse => self.words(Msg::ChatAbuse),
            Task::No | Task::Cancel => self.words(Msg::ChatCancelled),
            _ => self.words(Msg::ChatNothingBefore),
        }
    }

    /// Her name, where nobody but the bank carries it: no consent covers a name.
    fn speakable_name(&self) -> Option<&str> {
        let own = self.turn.party.ceiling == Ceiling::BankOwned;
        own.then(|| self.customer.given_name.reveal().as_str())
    }

    fn help(&self) -> Reply {
        let lines = [
            Msg::ChatHelp,
            Msg::ChatHelpBalances,
            Msg::ChatHelpTransactions,
            Msg::ChatHelpSpending,
            Msg::ChatHelpRecurring,
            Msg::ChatHelpEnough,
            Msg::ChatHelpPrivacy,
            Msg::ChatHelpHuman,
        ];
        let text: Vec<_> = lines.into_iter().map(|line| self.catalogue.text(line)).collect();
        self.say(Outgoing::text(text.join("\n")).with_choices(self.starters()))
    }

    pub(super) fn starters(&self) -> Vec<Choice> {
        self.choices(&[
            Msg::ChoiceBalance,
            Msg::ChoicePayments,
            Msg::ChoiceSpending,
            Msg::ChoiceUpcoming,
        ])
    }

    /// A task as a choice, in words that mean it.
    pub(super) fn task_choice(&self, task: &Task) -> Choice {
        let label = match task {
            Task::Balances { .. } => Msg::ChoiceBalance,
            Task::Transactions { .. } => Msg::ChoicePayments,
            Task::Spending { .. } => Msg::ChoiceSpending,
            Task::Recurring => Msg::ChoiceRecurring,
            Task::Upcoming { .. } => Msg::ChoiceUpcoming,
            Task::AccountNumber { .. } => Msg::ChoiceNumber,
            Task::WhatShared => Msg::ChoiceShared,
            Task::StopSharing { .. } => Msg::ChoiceStop,
            Task::StopAll => Msg::ChoiceStopAll,
            Task::Human => Msg::ChoicePerson,
            Task::LinkChat => Msg::ChoiceLink,
            Task::Dispute { .. } => Msg::ChoiceDispute,
            _ => Msg::ChoiceHelp,
        };
        choice(&self.catalogue.text(label))
    }

    fn which_language(&self) -> Reply {
        let choices = bankside_domain::Language::ALL.map(|l| choice(l.endonym())).to_vec();
        let words = self.catalogue.text(Msg::ChatLanguageWhich);
        self.say(Outgoing::text(words).with_choices(choices))
    }

    fn person(&self) -> Reply {
        let bank = self.turn.bank.name.as_str();
        let phone = self.turn.bank.support_phone.as_str();
        self.words(Msg::ChatHumanQueued { bank, phone }).with(Act::AskForPerson)
    }

    fn is_this_my_bank(&self) -> Reply {
        let place = stored::phrase_place(self.turn.chat.id);
        let sealed = self.turn.chat.phrase_ct.as_deref().unwrap_or_default();
        let opened = self.owner.key.open(&place, sealed).unwrap_or_default();
        let phrase = String::from_utf8(opened).unwrap_or_default();
        let bank = self.turn.bank.name.as_str();
        let msg = Msg::ChatIsThisMyBank { bank, phrase: &phrase };
        self.linking(msg, Msg::ChatIsThisMyBankLabel, "/is-this-my-bank")
    }

    /// Ends what is shared here, or everywhere, with the reply that says so.
    async fn stop(&self, party: Option<String>) -> Result<Reply, TurnError> {
        let mut tx = self.turn.all.store.read().await?;
        let rows = consents::of(&mut tx, self.owner.customer).await?;
        drop(tx);
        let open = rows.iter().filter(|row| {
            matches!(row.state.as_str(), "authorised" | "awaiting_authorisation")
                && party.as_ref().is_none_or(|p| *p == row.party_id)
        });
        let count = open.count();
        let msg = match (&party, count) {
            (Some(_), 0) => Msg::ChatStopNothing,
            (Some(_), count) => Msg::ChatStopDoneCount { count },
            (None, 0) => Msg::ChatStopAllNothing,
            (None, count) => Msg::ChatStopAllDone { count },
        };
        Ok(self.words(msg).with(Act::Stop(party)))
    }

    /// Counts by party; where an operator reads or hears along, only the link to her own log.
    async fn what_shared(&self) -> Result<Reply, TurnError> {
        let since = self.turn.all.clock.now().plus_days(-SHARED_DAYS);
        let mut tx = self.turn.all.store.read().await?;
        let rows = records::page(&mut tx, self.owner.customer, i64::MAX, SHARED_LIMIT).await?;
        let assistants = oauth::clients_of(&mut tx, self.owner.customer, SHARED_LIMIT).await?;
        drop(tx);
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for row in rows.iter().filter(|r| r.kind == "disclose" && r.consent.is_some()) {
            if row.at >= since {
                let party = row.party.clone().unwrap_or_default();
                *counts.entry(party).or_default() += 1;
            }
        }
        let total: usize = counts.values().sum();
        let mut lines = vec![match total {
            0 => self.catalogue.text(Msg::ChatSharedNone),
            count => self.catalogue.text(Msg::ChatSharedIntro { count }),
        }];
        if matches!(self.turn.party.ceiling, Ceiling::BankOwned | Ceiling::EndToEndEncrypted) {
            lines.extend(counts.iter().map(|(id, count)| {
                let channels = self.turn.all.channels.iter().map(|p| (&p.id, p.name.as_str()));
                let hers = assistants.iter().map(|a| (&a.id, a.name.as_str()));
                let party = channels.chain(hers).find(|(known, _)| *known == id);
                let party = party.map_or(id.as_str(), |(_, name)| name);
                self.catalogue.text(Msg::ChatSharedRow { party, count: *count })
            }));
        }
        let link = LinkTarget::Page { path: "/log".to_owned() };
        let label = self.catalogue.text(Msg::ChatSharedLabel).into();
        let part = Part::Link { label, link };
        let words = Outgoing::text(lines.join("\n")).with_part(part.clone());
        Ok(self.say(words).leading(&part))
    }

    async fn permissions(&self, ask: ConsentAsk) -> Result<Reply, TurnError> {
        if ask == ConsentAsk::Give {
            return self.ask_consent().await;
        }
        let mut tx = self.turn.all.store.read().await?;
        let rows = consents::of(&mut tx, self.owner.customer).await?;
        drop(tx);
        let live = rows.iter().filter(|row| row.state == "authorised").count();
        let msg = match live {
            0 => Msg::ChatConsentNone,
            count => Msg::ChatConsentList { count },
        };
        Ok(self.linking(msg, Msg::ChatConsentManageLabel, "/connections"))
    }
}
