//! The live sample: her own data, through the very projections that would minimise them for the
//! party, at the level that would hold. It is shown to her alone, on the bank's own page.

use std::collections::{BTreeMap, BTreeSet};

use bankside_domain::account::{Account, AccountBalance, AccountNumber, Card};
use bankside_domain::disclosure::project::{Enough, Numbers};
use bankside_domain::disclosure::shown::{AccountLabel, Amount, ShownTransaction};
use bankside_domain::disclosure::{Cluster, Level, Project};
use bankside_domain::id::AccountId;
use bankside_domain::money::MoneyError;
use bankside_domain::transaction::{Recurring, Transaction};
use bankside_domain::{Money, Party};
use bankside_language::catalogue;
use bankside_language::{Formats, Msg};
use bankside_service::ports::Period;
use maud::{Markup, html};

use super::offer::level_words;
use crate::app::{PageError, Signed};
use crate::ui::list::definitions;
use crate::ui::text;

/// Payments that are read for a sample at most.
const READ: usize = 200;
/// Payments and charges that a sample shows at most.
const SHOWN: usize = 3;
/// "Is there enough for this?", in major units.
const ENOUGH_FOR: i64 = 50;

/// Her data, for her own eyes.
#[derive(Debug)]
pub(crate) struct Facts {
    /// Accounts with balances.
    pub(crate) balances: Vec<AccountBalance>,
    transactions: Vec<Transaction>,
    recurring: Vec<Recurring>,
    cards: Vec<Card>,
}

impl Facts {
    /// Asks the core in her name, looking back `history` days.
    ///
    /// # Errors
    /// The core does not answer, or her session is over.
    pub(crate) async fn of(signed: &Signed, history: u16) -> Result<Self, PageError> {
        let service = signed.here.app.service();
        let (core, now) = (&service.core, service.clock.now());
        let view = signed.who.own_view(now).map_err(PageError::internal)?;
        let period = Period { from: now.plus_days(-i64::from(history)), to: now.plus_millis(1) };
        let balances = core.balances(&view).await.map_err(PageError::internal)?;
        let transactions =
            core.transactions(&view, period, READ).await.map_err(PageError::internal)?;
        let recurring = core.recurring(&view).await.map_err(PageError::internal)?;
        let cards = core.cards(&view).await.map_err(PageError::internal)?;
        Ok(Self {
            balances: balances.for_owner(&view).map_err(PageError::internal)?,
            transactions: transactions.for_owner(&view).map_err(PageError::internal)?,
            recurring: recurring.for_owner(&view).map_err(PageError::internal)?,
            cards: cards.for_owner(&view).map_err(PageError::internal)?,
        })
    }

    /// Her accounts.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.balances.iter().map(|balance| &balance.account)
    }

    /// The sample for those accounts and levels.
    ///
    /// # Errors
    /// Sums that leave the range of money.
    pub(crate) fn sample(
        &self,
        signed: &Signed,
        party: &Party,
        levels: &BTreeMap<Cluster, Level>,
        accounts: &BTreeSet<AccountId>,
    ) -> Result<Markup, PageError> {
        let mut sample =
            Sample { signed, formats: signed.formats(), lines: Vec::new(), withheld: false };
        for (cluster, level) in levels {
            let done = match cluster {
                Cluster::Accounts => sample.accounts(self.chosen_accounts(accounts), *level),
                Cluster::Balances => sample.balances(self.chosen_balances(accounts), *level),
                Cluster::Transactions => sample.transactions(
                    of(&self.transactions, accounts, |t| t.account),
                    self.names(),
                    *level,
                ),
                Cluster::Recurring => {
                    sample.recurring(of(&self.recurring, accounts, |r| r.account), *level)
                }
                Cluster::AccountNumbers => sample.numbers(self.chosen_accounts(accounts), *level),
                Cluster::Cards => sample.cards(of(&self.cards, accounts, |c| c.account), *level),
            };
            done.map_err(PageError::internal)?;
        }
        Ok(sample.show(party))
    }

    fn chosen_balances(&self, accounts: &BTreeSet<AccountId>) -> Vec<AccountBalance> {
        of(&self.balances, accounts, |b| b.account.id)
    }

    fn chosen_accounts(&self, accounts: &BTreeSet<AccountId>) -> Vec<Account> {
        self.chosen_balances(accounts).into_iter().map(|b| b.account).collect()
    }

    fn names(&self) -> BTreeMap<AccountId, String> {
        self.accounts().map(|a| (a.id, a.nickname.reveal().clone())).collect()
    }
}

fn of<T: Clone>(all: &[T], accounts: &BTreeSet<AccountId>, id: fn(&T) -> AccountId) -> Vec<T> {
    all.iter().filter(|one| accounts.contains(&id(one))).cloned().collect()
}

/// One line: what it is, and the figure.
struct Line {
    term: String,
    value: Markup,
}

struct Sample<'a> {
    signed: &'a Signed,
    formats: Formats,
    lines: Vec<Line>,
    /// Whether something is shown as a link only.
    withheld: bool,
}

impl Sample<'_> {
    fn line(&mut self, term: String, value: Markup) {
        self.lines.push(Line { term, value });
    }

    /// Whether that level shows nothing but a link.
    fn is_link(&mut self, cluster: Cluster, level: Level) -> bool {
        let link = matches!(level_words(cluster, level), Msg::LevelLink);
        self.withheld |= link;
        link
    }

    fn accounts(&mut self, accounts: Vec<Account>, level: Level) -> Result<(), MoneyError> {
        if self.is_link(Cluster::Accounts, level) {
            return Ok(());
        }
        for account in accounts.show(level)? {
            let kind = self.signed.text(catalogue::account_kind(account.kind));
            self.line(label(&account), html! { (kind) });
        }
        Ok(())
    }

    fn balances(&mut self, balances: Vec<AccountBalance>, level: Level) -> Result<(), MoneyError> {
        if level == Level::Answer {
            return self.enough(balances);
        }
        for balance in balances.show(level)? {
            let shown = match balance.amount {
                Amount::Exact(money) => text::amount(&self.formats.money(money)),
                Amount::Rounded(money) => {
                    html! { "≈ " (text::amount(&self.formats.money_rounded(money))) }
                }
            };
            self.line(label(&balance.account), shown);
        }
        Ok(())
    }

    fn enough(&mut self, balances: Vec<AccountBalance>) -> Result<(), MoneyError> {
        self.withheld = true;
        let Some(currency) = balances.first().map(|b| b.account.currency) else { return Ok(()) };
        let wanted = Money::new(ENOUGH_FOR * currency.minor_per_major(), currency)?;
        let answer = Enough { balances, wanted: Some(wanted) }.show(Level::Answer)?;
        let amount = self.formats.money_rounded(wanted);
        let words = match answer.enough {
            Some(true) => Msg::ChatEnoughYes { amount: &amount },
            _ => Msg::ChatEnoughNo { amount: &amount },
        };
        let words = self.signed.text(words);
        self.line(self.signed.text(Msg::LevelAnswer), html! { (words) });
        Ok(())
    }

    fn transactions(
        &mut self,
        transactions: Vec<Transaction>,
        names: BTreeMap<AccountId, String>,
        level: Level,
    ) -> Result<(), MoneyError> {
        if self.is_link(Cluster::Transactions, level) {
            return Ok(());
        }
        let shown = transactions.show(level)?;
        for transaction in shown.list.iter().take(SHOWN) {
            let line = self.transaction(transaction, &names);
            self.lines.push(line);
        }
        if level == Level::Summary {
            for (term, amounts) in
                [(Msg::ChoicePayments, shown.spent), (Msg::CategoryIncome, shown.received)]
            {
                for amount in amounts {
                    let money = self.formats.money_rounded(amount.money());
                    let term = self.signed.text(match term {
                        Msg::ChoicePayments => Msg::ChoicePayments,
                        _ => Msg::CategoryIncome,
                    });
                    self.line(term, html! { "≈ " (text::amount(&money)) });
                }
            }
        }
        Ok(())
    }

    fn transaction(&self, t: &ShownTransaction, names: &BTreeMap<AccountId, String>) -> Line {
        let what = match &t.counterparty {
            Some(name) => name.reveal().clone(),
            None => self.signed.text(catalogue::category(t.category)),
        };
        let day = self.formats.day(t.at.date_in(&self.signed.zone));
        let account = names.get(&t.account).map(String::as_str).unwrap_or_default();
        Line {
            term: format!("{what}, {day}, {account}"),
            value: text::amount(&self.formats.money_signed(t.amount)),
        }
    }

    fn recurring(&mut self, recurring: Vec<Recurring>, level: Level) -> Result<(), MoneyError> {
        if self.is_link(Cluster::Recurring, level) {
            return Ok(());
        }
        for item in recurring.show(level)?.into_iter().take(SHOWN) {
            let what = match &item.counterparty {
                Some(name) => name.reveal().clone(),
                None => self.signed.text(catalogue::category(item.category)),
            };
            let rhythm = self.signed.text(catalogue::rhythm(item.rhythm));
            let amount = self.formats.money_signed(item.amount.money());
            self.line(format!("{what}, {rhythm}"), text::amount(&amount));
        }
        Ok(())
    }

    fn numbers(&mut self, accounts: Vec<Account>, level: Level) -> Result<(), MoneyError> {
        if self.is_link(Cluster::AccountNumbers, level) {
            return Ok(());
        }
        for number in Numbers(accounts).show(level)? {
            let shown = match &number.number {
                AccountNumber::Iban { iban, .. } => iban.reveal().clone(),
                AccountNumber::RoutingAndAccount { routing, account } => {
                    format!("{routing} {}", account.reveal())
                }
                AccountNumber::SortCode { sort_code, account } => {
                    format!("{sort_code} {}", account.reveal())
                }
                AccountNumber::None { .. } => continue,
            };
            self.line(label(&number.account), text::ident(&shown));
        }
        Ok(())
    }

    fn cards(&mut self, cards: Vec<Card>, level: Level) -> Result<(), MoneyError> {
        if self.is_link(Cluster::Cards, level) {
            return Ok(());
        }
        for card in cards.show(level)? {
            let state = self.signed.text(catalogue::card_state(card.state));
            let name = format!("{} {}", card.scheme, text::isolated(&format!("••{}", card.tail)));
            self.line(name, html! { (state) });
        }
        Ok(())
    }

    fn show(&self, party: &Party) -> Markup {
        let lines: Vec<_> =
            self.lines.iter().map(|line| (line.term.as_str(), line.value.clone())).collect();
        html! {
            @if lines.is_empty() && !self.withheld {
                p.soft { (self.signed.text(Msg::PageConsentSampleNone)) }
            }
            @if !lines.is_empty() { (definitions(&lines)) }
            @if self.withheld {
                p.soft { (self.signed.text(Msg::ChatWithheld { party: &party.name })) }
            }
        }
    }
}

fn label(account: &AccountLabel) -> String {
    let name = account.name.reveal();
    match &account.tail {
        Some(tail) => format!("{name} {}", text::isolated(&format!("••{tail}"))),
        None => name.clone(),
    }
}
