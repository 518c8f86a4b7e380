//! What a task asks of the core bank, under whichever proof: a permit in the chat, her own session
//! in the secure view. What she narrowed by words is narrowed before anything is projected.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use bankside_domain::account::{Account, AccountBalance, AccountKind};
use bankside_domain::disclosure::project::{Enough, Grouping, Numbers, Spending};
use bankside_domain::id::AccountId;
use bankside_domain::raw::Authority;
use bankside_domain::time::{TimeZone, Timestamp};
use bankside_domain::transaction::{Category, Recurring, Transaction};
use bankside_domain::{Currency, Date, Money, Raw};
use bankside_language::Task;
use bankside_language::understand::{
    AccountRef, Bill, By, Direction, Filter, Order, Period as Days, Said, Upcoming, Want, same_name,
};
use futures_util::future::BoxFuture;

use crate::ports::{CoreBank, CoreError, Period};

/// Transactions that one question looks through at most.
const LOOK_THROUGH: usize = 5_000;
/// Transactions that one reply lists, unless she says how many.
const LIST: usize = 5;
/// And at most.
const MAX_LIST: usize = 25;
/// Days that a list of the latest looks back.
const LATEST_DAYS: i64 = 90;
/// Months that spending by month shows.
const MONTHS: i8 = 6;

/// A task made ready for the core.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    task: Task,
    period: Period,
    zone: TimeZone,
}

impl Query {
    pub(crate) fn new(task: &Task, now: Timestamp, zone: &TimeZone, today: Date) -> Self {
        let asked = match task {
            Task::Transactions { filter, .. } => filter.period,
            Task::Spending { filter, by } => filter.period.or_else(|| usual(*by, today)),
            _ => None,
        };
        let period = match asked {
            Some(days) => Period {
                from: Timestamp::start_of(days.from(), zone),
                to: Timestamp::start_of(days.to(), zone).min(now.plus_millis(1)),
            },
            None => Period { from: now.plus_days(-LATEST_DAYS), to: now.plus_millis(1) },
        };
        Self { task: task.clone(), period, zone: zone.clone() }
    }

    /// The end of the time that it asks about.
    pub(crate) fn before(&self) -> Timestamp {
        self.period.to
    }

    /// The accounts that she named one by one; `None` is all.
    pub(crate) fn accounts(&self) -> Option<BTreeSet<AccountId>> {
        let refs = &self.filter()?.accounts;
        let ids: BTreeSet<_> = refs
            .iter()
            .filter_map(|r| match r {
                AccountRef::One(id) => Some(*id),
                _ => None,
            })
            .collect();
        (!ids.is_empty() && ids.len() == refs.len()).then_some(ids)
    }

    fn filter(&self) -> Option<&Filter> {
        match &self.task {
            Task::Transactions { filter, .. } | Task::Spending { filter, .. } => Some(filter),
            _ => None,
        }
    }

    pub(crate) fn balances<'c>(
        self,
        core: &'c dyn CoreBank,
        proof: &'c dyn Authority,
    ) -> BoxFuture<'c, Result<Raw<Vec<AccountBalance>>, CoreError>> {
        Box::pin(async move {
            let Task::Balances { account } = self.task else { return core.balances(proof).await };
            Ok(core.balances(proof).await?.with(account, |mut found, account| {
                found.retain(|b| account.as_ref().is_none_or(|a| names(a, &b.account)));
                found
            }))
        })
    }

    pub(crate) fn transactions<'c>(
        self,
        core: &'c dyn CoreBank,
        proof: &'c dyn Authority,
    ) -> BoxFuture<'c, Result<Raw<Vec<Transaction>>, CoreError>> {
        Box::pin(async move {
            let Task::Transactions { filter, order } = self.task else {
                return core.transactions(proof, self.period, LIST).await;
            };
            let most = filter.limit.unwrap_or(LIST).clamp(1, MAX_LIST);
            let found = narrowed(core, proof, self.period, filter).await?;
            Ok(found.with((order, most), |mut found, (order, most)| {
                sort(&mut found, order);
                found.truncate(most);
                found
            }))
        })
    }

    pub(crate) fn spending<'c>(
        self,
        core: &'c dyn CoreBank,
        proof: &'c dyn Authority,
    ) -> BoxFuture<'c, Result<Raw<Spending>, CoreError>> {
        Box::pin(async move {
            let (filter, by) = match self.task {
                Task::Spending { filter, by } => (filter, by),
                _ => (Filter::default(), By::Total),
            };
            let by = match by {
                By::Category => Grouping::Category,
                By::Month => Grouping::Month,
                By::Total => Grouping::Total,
            };
            let found = narrowed(core, proof, self.period, filter).await?;
            Ok(found.with((by, self.zone), |transactions, (by, zone)| {
                let currency = main_currency(&transactions);
                Spending { transactions, by, zone, currency }
            }))
        })
    }

    pub(crate) fn recurring<'c>(
        self,
        core: &'c dyn CoreBank,
        proof: &'c dyn Authority,
    ) -> BoxFuture<'c, Result<Raw<Vec<Recurring>>, CoreError>> {
        Box::pin(async move {
            let what = match self.task {
                Task::Upcoming { what } => Some(what),
                _ => None,
            };
            Ok(core.recurring(proof).await?.with(what, |mut found, what| {
                found.retain(|r| match what {
                    None => r.amount.is_negative(),
                    Some(Upcoming::Any) => true,
                    Some(Upcoming::Salary) => r.category == Category::Salary,
                    Some(Upcoming::Rent) => r.category == Category::Housing,
                });
                found
            }))
        })
    }

    pub(crate) fn numbers<'c>(
        self,
        core: &'c dyn CoreBank,
        proof: &'c dyn Authority,
    ) -> BoxFuture<'c, Result<Raw<Numbers>, CoreError>> {
        Box::pin(async move {
            let account = match self.task {
                Task::AccountNumber { account } => account,
                _ => None,
            };
            Ok(core.accounts(proof).await?.with(account, |mut found, account| {
                found.retain(|a| {
                    account.as_ref().map_or(a.kind != AccountKind::CreditCard, |n| names(n, a))
                });
                Numbers(found)
            }))
        })
    }

    pub(crate) fn enough<'c>(
        self,
        core: &'c dyn CoreBank,
        proof: &'c dyn Authority,
    ) -> BoxFuture<'c, Result<Raw<Enough>, CoreError>> {
        Box::pin(async move {
            let balances = core.balances(proof).await?;
            let recurring = core.recurring(proof).await?;
            let both = balances.and(recurring).map_err(|e| CoreError::Malformed(e.to_string()))?;
            Ok(both.with(self.task, |(mut balances, recurring), task| {
                let Task::Enough { want, account } = task else {
                    return Enough { balances, wanted: None };
                };
                balances.retain(|b| match &account {
                    Some(account) => names(account, &b.account),
                    None => b.account.kind == AccountKind::Checking,
                });
                Enough { wanted: cost(&want, &recurring), balances }
            }))
        })
    }
}

/// The transactions of a time that are what she asked about.
async fn narrowed(
    core: &dyn CoreBank,
    proof: &dyn Authority,
    period: Period,
    filter: Filter,
) -> Result<Raw<Vec<Transaction>>, CoreError> {
    let raw = core.transactions(proof, period, LOOK_THROUGH).await?;
    let of_kind = kinds(core, proof, &filter).await?;
    let both = raw.and(of_kind).map_err(|e| CoreError::Malformed(e.to_string()))?;
    Ok(both.with(filter, |(mut found, accounts), filter| {
        found.retain(|t| fits(t, &filter, &accounts));
        found
    }))
}

/// What a wish costs: said, or known from what repeats.
fn cost(want: &Want, recurring: &[Recurring]) -> Option<Money> {
    match want {
        Want::Amount { amount: Said::Exactly(money) } => Some(*money),
        Want::Bill { bill } => recurring
            .iter()
            .filter(|r| r.amount.is_negative())
            .find(|r| match bill {
                Bill::Category(category) => r.category == *category,
                Bill::Name(name) => same_name(name.reveal(), r.counterparty.reveal()),
            })
            .map(|r| r.amount.magnitude()),
        _ => None,
    }
}

/// Accounts by id, where she named a kind; empty where that does not matter.
async fn kinds(
    core: &dyn CoreBank,
    proof: &dyn Authority,
    filter: &Filter,
) -> Result<Raw<Vec<Account>>, CoreError> {
    if filter.accounts.is_empty() {
        return Ok(Raw::answered(proof, Vec::new()));
    }
    core.accounts(proof).await
}

fn names(named: &AccountRef, account: &Account) -> bool {
    match named {
        AccountRef::One(id) => account.id == *id,
        AccountRef::Kind(kind) => account.kind == *kind,
        AccountRef::Tail(tail) => account.number.tail(tail.chars().count()) == *tail,
    }
}

fn fits(t: &Transaction, filter: &Filter, accounts: &[Account]) -> bool {
    let account = filter.accounts.is_empty()
        || accounts
            .iter()
            .filter(|a| a.id == t.account)
            .any(|a| filter.accounts.iter().any(|named| names(named, a)));
    let direction = match filter.direction {
        Direction::Both => true,
        Direction::In => !t.amount.is_negative(),
        Direction::Out => t.amount.is_negative(),
    };
    let bound = |bound: Option<Money>, fits: fn(i64, i64) -> bool| {
        bound.is_none_or(|b| {
            b.currency() == t.amount.currency() && fits(t.amount.magnitude().minor(), b.minor())
        })
    };
    account
        && direction
        && (t.card.is_some() || !filter.by_card)
        && filter.category.is_none_or(|c| c == t.category)
        && filter.merchant.as_ref().is_none_or(|m| same_name(m.reveal(), t.counterparty.reveal()))
        && bound(filter.min, |magnitude, min| magnitude >= min)
        && bound(filter.max, |magnitude, max| magnitude <= max)
}

fn sort(found: &mut [Transaction], order: Order) {
    match order {
        Order::Newest => found.sort_by_key(|t| Reverse((t.at, t.id))),
        Order::Oldest => found.sort_by_key(|t| (t.at, t.id)),
        Order::Largest => found.sort_by_key(|t| Reverse(t.amount.magnitude().minor())),
        Order::Smallest => found.sort_by_key(|t| t.amount.magnitude().minor()),
    }
}

/// The currency of most payments out.
fn main_currency(transactions: &[Transaction]) -> Currency {
    let mut counts: Vec<(Currency, usize)> = Vec::new();
    for t in transactions.iter().filter(|t| t.amount.is_negative()) {
        let currency = t.amount.currency();
        match counts.iter_mut().find(|(c, _)| *c == currency) {
            Some((_, count)) => *count += 1,
            None => counts.push((currency, 1)),
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(Currency::EUR, |(c, _)| c)
}

/// The period of a question about spending that names none: this month, or the last half year.
pub(super) fn usual(by: By, today: Date) -> Option<Days> {
    let month = Days::month(today)?;
    match by {
        By::Category | By::Total => Some(month),
        By::Month => {
            let back = jiff::Span::new().months(MONTHS - 1);
            Days::new(month.from().checked_sub(back).ok()?, month.to())
        }
    }
}
