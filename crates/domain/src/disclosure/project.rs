//! Projection: from what the core answered to the least that the level allows.
//!
//! Each record type states which field class is reached at which level, once, in its `project`.
//! INVARIANT: a lower level never shows a class that a higher one withholds (tested).

use std::collections::{BTreeMap, BTreeSet};

use super::shown::{
    AccountLabel, Amount, ShownAnswer, ShownBalance, ShownCard, ShownGroup, ShownNumber,
    ShownRecurring, ShownSpending, ShownTransaction, ShownTransactions,
};
use super::{Cluster, FieldClass, Level};
use crate::account::{Account, AccountBalance, Card};
use crate::consent::Permit;
use crate::money::{Currency, Money, MoneyError};
use crate::raw::{NotHers, Raw};
use crate::time::{Date, TimeZone};
use crate::transaction::{Category, Recurring, Transaction};

/// Step of rounded balances and sums, in major units.
pub const SUMMARY_STEP: u32 = 100;

/// A projection's result: what may be shown, and the classes on either side of the line.
#[derive(Debug)]
pub struct Projection<S> {
    /// What is left; `None` where the level is too low to show anything of this kind.
    pub shown: Option<S>,
    /// Classes that it shows.
    pub classes: BTreeSet<FieldClass>,
    /// Classes that were asked for and left out.
    pub withheld: BTreeSet<FieldClass>,
    /// The highest level that any class shown needs: a yes or no is an answer, whatever was
    /// allowed. `None` where nothing is shown.
    pub reached: Option<Level>,
}

/// Data that can be minimised.
pub trait Project: Sized {
    /// What a projection leaves.
    type Shown: Send + 'static;
    /// The cluster that a consent must hold.
    const CLUSTER: Cluster;
    /// The classes of this kind, each with the lowest level that shows it.
    const LADDER: &'static [(Level, FieldClass)];

    /// Builds what `level` shows. Called only where `level` reaches the first rung.
    ///
    /// # Errors
    /// Sums that leave the range of [`Money`].
    fn show(self, level: Level) -> Result<Self::Shown, MoneyError>;
}

/// Opens a core bank's answer under its permit and minimises it to `level`.
///
/// # Errors
/// [`ProjectError`]; nothing is shown then.
pub fn project<T: Project>(
    raw: Raw<T>,
    permit: &Permit,
    level: Level,
) -> Result<Projection<T::Shown>, ProjectError> {
    if permit.cluster() != T::CLUSTER {
        return Err(ProjectError::OtherCluster);
    }
    let value = raw.under(permit)?;
    let level = level.min(permit.level());
    let reached = |l: &Level| *l <= level;
    let classes: BTreeSet<_> =
        T::LADDER.iter().filter(|(l, _)| reached(l)).map(|(_, c)| *c).collect();
    let withheld: BTreeSet<_> =
        T::LADDER.iter().map(|(_, c)| *c).filter(|c| !classes.contains(c)).collect();
    let reached = T::LADDER.iter().map(|(l, _)| *l).filter(reached).max();
    let shown = reached.map(|_| value.show(level)).transpose()?;
    Ok(Projection { shown, classes, withheld, reached })
}

/// Why a projection failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProjectError {
    /// The permit is for another cluster.
    #[error("the permit is for another cluster of data")]
    OtherCluster,
    /// The permit is for another customer.
    #[error(transparent)]
    NotHers(#[from] NotHers),
    /// A sum left the range.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

fn label(account: &Account, level: Level) -> AccountLabel {
    AccountLabel {
        id: account.id,
        kind: account.kind,
        name: account.nickname.clone(),
        tail: (level >= Level::Masked).then(|| account.number.tail(2)),
    }
}

impl Project for Vec<AccountBalance> {
    type Shown = Vec<ShownBalance>;
    const CLUSTER: Cluster = Cluster::Balances;
    const LADDER: &'static [(Level, FieldClass)] = &[
        (Level::Summary, FieldClass::AccountName),
        (Level::Summary, FieldClass::BalanceRounded),
        (Level::Masked, FieldClass::AccountTail),
        (Level::Masked, FieldClass::BalanceAmount),
        (Level::Detail, FieldClass::BalanceAvailable),
    ];

    fn show(self, level: Level) -> Result<Self::Shown, MoneyError> {
        Ok(self
            .into_iter()
            .map(|AccountBalance { account, balance }| ShownBalance {
                account: label(&account, level),
                amount: amount(balance.booked, level),
                available: (level >= Level::Detail).then_some(balance.available),
                as_of: balance.as_of,
            })
            .collect())
    }
}

fn amount(money: Money, level: Level) -> Amount {
    if level >= Level::Masked {
        Amount::Exact(money)
    } else {
        Amount::Rounded(money.rounded_to(SUMMARY_STEP))
    }
}

impl Project for Vec<Transaction> {
    type Shown = ShownTransactions;
    const CLUSTER: Cluster = Cluster::Transactions;
    const LADDER: &'static [(Level, FieldClass)] = &[
        (Level::Summary, FieldClass::TransactionSum),
        (Level::Masked, FieldClass::TransactionAmount),
        (Level::Masked, FieldClass::TransactionCategory),
        (Level::Detail, FieldClass::TransactionMerchant),
        (Level::Detail, FieldClass::TransactionMemo),
    ];

    fn show(self, level: Level) -> Result<ShownTransactions, MoneyError> {
        let spent = sums(self.iter().filter(|t| t.amount.is_negative()), level)?;
        let received = sums(self.iter().filter(|t| !t.amount.is_negative()), level)?;
        let count = self.len();
        let detail = level >= Level::Detail;
        let list = if level >= Level::Masked { self } else { Vec::new() }
            .into_iter()
            .map(|t| ShownTransaction {
                id: t.id,
                account: t.account,
                amount: t.amount,
                status: t.status,
                at: t.at,
                category: t.category,
                counterparty: detail.then_some(t.counterparty),
                memo: t.memo.filter(|_| detail),
                place: t.place.filter(|_| detail),
            })
            .collect();
        Ok(ShownTransactions { list, count, spent, received })
    }
}

fn sums<'a>(
    transactions: impl Iterator<Item = &'a Transaction>,
    level: Level,
) -> Result<Vec<Amount>, MoneyError> {
    let mut by_currency: BTreeMap<&'static str, Money> = BTreeMap::new();
    for t in transactions {
        let currency: Currency = t.amount.currency();
        let so_far = by_currency.entry(currency.code()).or_insert_with(|| Money::zero(currency));
        *so_far = so_far.plus(t.amount.magnitude())?;
    }
    Ok(by_currency.into_values().map(|money| amount(money, level)).collect())
}

/// How spending is grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// By category.
    Category,
    /// By calendar month in the customer's zone.
    Month,
    /// Not at all: one sum.
    Total,
}

/// Money out, to be grouped. One currency.
#[derive(Debug)]
pub struct Spending {
    /// What was paid; money in is left out.
    pub transactions: Vec<Transaction>,
    /// By what.
    pub by: Grouping,
    /// Where a month begins.
    pub zone: TimeZone,
    /// The currency of the accounts; others are left out.
    pub currency: Currency,
}

impl Project for Spending {
    type Shown = ShownSpending;
    const CLUSTER: Cluster = Cluster::Transactions;
    const LADDER: &'static [(Level, FieldClass)] = &[
        (Level::Summary, FieldClass::TransactionSum),
        (Level::Summary, FieldClass::TransactionCategory),
        (Level::Masked, FieldClass::TransactionAmount),
    ];

    fn show(self, level: Level) -> Result<ShownSpending, MoneyError> {
        let mut groups: BTreeMap<(Option<Date>, Option<Category>), (Money, usize)> =
            BTreeMap::new();
        let mut total = Money::zero(self.currency);
        let counts = |t: &&Transaction| {
            t.amount.is_negative()
                && t.category != Category::Transfer
                && t.amount.currency() == self.currency
        };
        for t in self.transactions.iter().filter(counts) {
            let key = match self.by {
                Grouping::Total => (None, None),
                Grouping::Category => (None, Some(t.category)),
                Grouping::Month => (Some(t.at.date_in(&self.zone).first_of_month()), None),
            };
            let entry = groups.entry(key).or_insert((Money::zero(self.currency), 0));
            *entry = (entry.0.plus(t.amount.magnitude())?, entry.1 + 1);
            total = total.plus(t.amount.magnitude())?;
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        if self.by == Grouping::Category {
            groups.sort_by_key(|(_, (spent, _))| std::cmp::Reverse(spent.minor()));
        }
        let groups = groups
            .into_iter()
            .map(|((month, category), (spent, count))| ShownGroup {
                category,
                month,
                spent: amount(spent, level),
                count,
            })
            .collect();
        Ok(ShownSpending { groups, total: amount(total, level) })
    }
}

impl Project for Vec<Recurring> {
    type Shown = Vec<ShownRecurring>;
    const CLUSTER: Cluster = Cluster::Recurring;
    const LADDER: &'static [(Level, FieldClass)] = &[
        (Level::Masked, FieldClass::RecurringAmount),
        (Level::Detail, FieldClass::RecurringCounterparty),
    ];

    fn show(mut self, level: Level) -> Result<Self::Shown, MoneyError> {
        self.sort_by_key(|r| r.next);
        Ok(self
            .into_iter()
            .map(|r| ShownRecurring {
                counterparty: (level >= Level::Detail).then_some(r.counterparty),
                category: r.category,
                amount: amount(r.amount, level),
                rhythm: r.rhythm,
                next: r.next,
            })
            .collect())
    }
}

/// Accounts whose numbers are asked for.
#[derive(Debug)]
pub struct Numbers(pub Vec<Account>);

impl Project for Numbers {
    type Shown = Vec<ShownNumber>;
    const CLUSTER: Cluster = Cluster::AccountNumbers;
    const LADDER: &'static [(Level, FieldClass)] =
        &[(Level::Detail, FieldClass::AccountName), (Level::Detail, FieldClass::AccountNumber)];

    fn show(self, level: Level) -> Result<Self::Shown, MoneyError> {
        Ok(self
            .0
            .into_iter()
            .map(|account| ShownNumber { account: label(&account, level), number: account.number })
            .collect())
    }
}

impl Project for Vec<Account> {
    type Shown = Vec<AccountLabel>;
    const CLUSTER: Cluster = Cluster::Accounts;
    const LADDER: &'static [(Level, FieldClass)] =
        &[(Level::Summary, FieldClass::AccountName), (Level::Masked, FieldClass::AccountTail)];

    fn show(self, level: Level) -> Result<Self::Shown, MoneyError> {
        Ok(self.iter().map(|account| label(account, level)).collect())
    }
}

impl Project for Vec<Card> {
    type Shown = Vec<ShownCard>;
    const CLUSTER: Cluster = Cluster::Cards;
    const LADDER: &'static [(Level, FieldClass)] = &[(Level::Masked, FieldClass::CardState)];

    fn show(self, level: Level) -> Result<Self::Shown, MoneyError> {
        Ok(self
            .into_iter()
            .map(|card| ShownCard {
                scheme: card.scheme,
                tail: card.tail,
                state: card.state,
                expires: (level >= Level::Detail).then_some(card.expires),
            })
            .collect())
    }
}

/// "Is there enough for this?"
#[derive(Debug)]
pub struct Enough {
    /// Balances that may pay for it.
    pub balances: Vec<AccountBalance>,
    /// What it costs; `None` where that is not known.
    pub wanted: Option<Money>,
}

impl Project for Enough {
    type Shown = ShownAnswer;
    const CLUSTER: Cluster = Cluster::Balances;
    const LADDER: &'static [(Level, FieldClass)] = &[(Level::Answer, FieldClass::Answer)];

    fn show(self, _level: Level) -> Result<ShownAnswer, MoneyError> {
        let Some(wanted) = self.wanted else { return Ok(ShownAnswer { enough: None }) };
        let available = self
            .balances
            .iter()
            .map(|b| b.balance.available)
            .filter(|m| m.currency() == wanted.currency());
        let enough = Money::sum(wanted.currency(), available)?.covers(wanted)?;
        Ok(ShownAnswer { enough: Some(enough) })
    }
}
