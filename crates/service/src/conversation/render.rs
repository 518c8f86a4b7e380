//! From minimised data to words and cards, in her language.
//!
//! INVARIANT: these functions capture nothing and see only what a projection left; so nothing that
//! was withheld can appear, and nothing that they see can go elsewhere.

use bankside_domain::account::AccountNumber;
use bankside_domain::conversation::{Bar, Choice, LinkTarget, Outgoing, Part, PartRow};
use bankside_domain::disclosure::shown::{
    AccountLabel, Amount, ShownAnswer, ShownBalance, ShownGroup, ShownNumber, ShownRecurring,
    ShownSpending, ShownTransaction, ShownTransactions,
};
use bankside_domain::party::Ceiling;
use bankside_domain::time::TimeZone;
use bankside_domain::transaction::{Category, Status};
use bankside_domain::{Date, Money, Party};
use bankside_language::understand::{Bill, By, Period, Said, Upcoming, Want};
use bankside_language::{Catalogue, Formats, Msg, Task, catalogue as names};

use super::query::usual;

/// What words need besides the data.
#[derive(Clone)]
pub(super) struct Style<'a> {
    pub(super) catalogue: Catalogue,
    pub(super) region: &'a str,
    pub(super) zone: &'a TimeZone,
    pub(super) bank: &'a str,
    pub(super) party: &'a Party,
    pub(super) task: &'a Task,
    pub(super) today: Date,
    /// The first day that the consent reaches back to; no reply names a longer period.
    pub(super) since: Option<Date>,
    pub(super) secure_view: LinkTarget,
}

/// A style with its formats, which are made where they are used: they cannot cross threads.
struct Wording<'a> {
    style: &'a Style<'a>,
    formats: Formats,
}

impl<'a> std::ops::Deref for Wording<'a> {
    type Target = Style<'a>;

    fn deref(&self) -> &Style<'a> {
        self.style
    }
}

impl Style<'_> {
    fn wording(&self) -> Wording<'_> {
        let language = self.catalogue.language();
        let formats = Formats::new(language, self.region, self.zone.clone());
        let aloud = self.party.ceiling == Ceiling::Spoken;
        Wording { style: self, formats: if aloud { formats.aloud() } else { formats } }
    }
}

impl Wording<'_> {
    fn text(&self, msg: Msg<'_>) -> String {
        self.catalogue.text(msg)
    }

    /// "The details are in your bank's own view", with the link.
    fn withheld(&self, label: Msg<'_>) -> Outgoing {
        let words = if self.is_aloud() {
            self.text(Msg::ChatWithheldSpoken)
        } else {
            let why = self.text(Msg::ChatWithheld { party: &self.party.name });
            format!("{why} {}", self.text(Msg::ChatWithheldOnce))
        };
        Outgoing::text(words).with_part(self.secure_link(label))
    }

    fn secure_link(&self, label: Msg<'_>) -> Part {
        Part::Link { label: self.text(label).into(), link: self.secure_view.clone() }
    }

    /// Whether it is said aloud, where a sign has no sound.
    fn is_aloud(&self) -> bool {
        self.party.ceiling == Ceiling::Spoken
    }

    fn amount(&self, amount: Amount) -> String {
        let money = amount.money();
        if self.is_aloud() && money.is_negative() {
            let amount = self.sized(amount, money.magnitude());
            return self.text(Msg::ChannelMinus { amount: &amount });
        }
        self.sized(amount, money)
    }

    /// The money as exact as the amount is.
    fn sized(&self, amount: Amount, money: Money) -> String {
        match amount {
            Amount::Exact(_) => self.formats.money(money),
            Amount::Rounded(_) if self.is_aloud() => {
                self.text(Msg::ChannelAbout { amount: &self.formats.money_rounded(money) })
            }
            Amount::Rounded(_) => format!("≈ {}", self.formats.money_rounded(money)),
        }
    }

    fn label(&self, account: &AccountLabel) -> String {
        let name = account.name.reveal().as_str();
        match &account.tail {
            Some(tail) if self.is_aloud() => self.text(Msg::ChannelAccount { name, tail }),
            Some(tail) => self.text(Msg::AccountNamed { name, tail }),
            None => name.to_owned(),
        }
    }

    fn category(&self, category: Category) -> String {
        self.text(names::category(category))
    }

    fn choices(&self, labels: &[Msg<'_>]) -> Vec<Choice> {
        labels.iter().map(|label| super::answer::choice(&self.text(*label))).collect()
    }

    /// The period in words: `March 2026`, `Nov 1 – Nov 21`.
    fn period(&self, period: Option<Period>) -> String {
        let Some(period) = period else {
            return self.text(Msg::PeriodRecent);
        };
        if let Some(since) = self.since.filter(|since| *since > period.from()) {
            return self.formats.days(since, period.last());
        }
        match period.whole_month() {
            Some(month) => self.formats.month(month),
            None => self.formats.days(period.from(), period.last()),
        }
    }
}

/// Balances, or the one that she asked for.
pub(super) fn balances(shown: Option<Vec<ShownBalance>>, style: &Style<'_>) -> Outgoing {
    let w = &style.wording();
    let Some(balances) = shown else { return w.withheld(Msg::ChatWithheldLabel) };
    let choices = w.choices(&[Msg::ChoicePayments, Msg::ChoiceSpending]);
    let row = |b: &ShownBalance| PartRow {
        label: w.label(&b.account).into(),
        hint: b.available.filter(|a| *a != b.amount.money()).map(|available| {
            w.text(Msg::ChatBalanceAvailable { amount: &w.formats.money(available) }).into()
        }),
        value: w.amount(b.amount).into(),
        incoming: false,
        pending: false,
    };
    let words = match balances.as_slice() {
        [] => return Outgoing::text(w.text(Msg::ChatBalanceNone)),
        [b] => {
            let (account, amount) = (w.label(&b.account), w.amount(b.amount));
            let time = w.formats.time(b.as_of);
            w.text(Msg::ChatBalanceOne { account: &account, amount: &amount, time: &time })
        }
        [first, ..] => {
            let time = w.formats.time(first.as_of);
            w.text(Msg::ChatBalancesIntro { time: &time })
        }
    };
    let title = w.text(Msg::ChoiceBalance).into();
    let rows = balances.iter().map(row).collect();
    Outgoing::text(words).with_part(Part::Rows { title, rows }).with_choices(choices)
}

/// Payments, one by one, or only their sums.
pub(super) fn transactions(shown: Option<ShownTransactions>, style: &Style<'_>) -> Outgoing {
    let w = &style.wording();
    let Some(shown) = shown else { return w.withheld(Msg::ChatWithheldLabel) };
    let filter = match w.task {
        Task::Transactions { filter, .. } => filter.clone(),
        _ => Default::default(),
    };
    let period = w.period(filter.period);
    if shown.count == 0 {
        let choices = w.choices(&[Msg::ChoicePayments, Msg::ChoiceSpending]);
        let words = w.text(Msg::ChatTransactionsNone { period: &period });
        return Outgoing::text(words).with_choices(choices);
    }
    let count = shown.count;
    if shown.list.is_empty() {
        let sums = |amounts: &[Amount]| {
            amounts.iter().map(|a| w.amount(*a)).collect::<Vec<_>>().join(" + ")
        };
        let (out, into) = (sums(&shown.spent), sums(&shown.received));
        let words = w.text(Msg::ChatTransactionsSum { spent: &out, received: &into });
        return Outgoing::text(words).with_part(w.secure_link(Msg::ChatWithheldLabel));
    }
    let words = match filter.period {
        None => w.text(Msg::ChatTransactionsLatest { count }),
        Some(_) => w.text(Msg::ChatTransactionsIntro { count, period: &period }),
    };
    let title = w.text(Msg::ChoicePayments).into();
    let rows = shown.list.iter().map(|t| transaction_row(t, w)).collect();
    Outgoing::text(words).with_part(Part::Rows { title, rows }).with_choices(w.choices(&[
        Msg::ChoiceMore,
        Msg::ChoiceLastMonth,
        Msg::ChoiceSpending,
    ]))
}

fn transaction_row(t: &ShownTransaction, w: &Wording<'_>) -> PartRow {
    let category = w.category(t.category);
    let day = w.formats.day(t.at.date_in(w.formats.zone()));
    let pending = t.status == Status::Pending;
    let mut hint = vec![day];
    if t.counterparty.is_some() {
        hint.push(category.clone());
    }
    if pending {
        hint.push(w.text(Msg::ChatTransactionsPending));
    }
    PartRow {
        label: t.counterparty.clone().unwrap_or_else(|| category.into()),
        hint: Some(hint.join(" · ").into()),
        value: w.formats.money_signed(t.amount).into(),
        incoming: !t.amount.is_negative(),
        pending,
    }
}

/// Spending as a sentence and a chart.
pub(super) fn spending(shown: Option<ShownSpending>, style: &Style<'_>) -> Outgoing {
    let w = &style.wording();
    let Some(shown) = shown else { return w.withheld(Msg::ChatWithheldLabel) };
    let (filter, by) = match w.task {
        Task::Spending { filter, by } => (filter.clone(), *by),
        _ => (Default::default(), By::Total),
    };
    let period = w.period(filter.period.or_else(|| usual(by, w.today)));
    if shown.total.money().is_zero() {
        return Outgoing::text(w.text(Msg::ChatSpendingNone { period: &period }));
    }
    let amount = w.amount(shown.total);
    let what = filter.merchant.as_ref().map(|m| m.reveal().clone());
    let what = what.or_else(|| filter.category.map(|c| w.category(c)));
    let words = match &what {
        Some(what) => w.text(Msg::ChatSpendingOne { what, amount: &amount, period: &period }),
        None => w.text(Msg::ChatSpendingTotal { amount: &amount, period: &period }),
    };
    let choices = w.choices(&[Msg::ChoiceLastMonth, Msg::ChoicePayments]);
    let message = Outgoing::text(words).with_choices(choices);
    if shown.groups.len() < 2 {
        return message;
    }
    let title = w.text(Msg::ChatChartTitle { period: &period }).into();
    message.with_part(Part::Chart { title, bars: bars(&shown.groups, w) })
}

/// Bars that one chart shows.
const MAX_BARS: usize = 8;

fn bars(groups: &[ShownGroup], w: &Wording<'_>) -> Vec<Bar> {
    let largest = groups.iter().map(|g| g.spent.money().minor()).max().unwrap_or(1).max(1);
    let label = |g: &ShownGroup| match (g.category, g.month) {
        (Some(category), _) => w.category(category),
        (None, Some(month)) => w.formats.month(month),
        (None, None) => String::new(),
    };
    groups
        .iter()
        .take(MAX_BARS)
        .map(|g| Bar {
            label: label(g).into(),
            value: w.amount(g.spent).into(),
            permille: permille(g.spent.money(), largest),
        })
        .collect()
}

fn permille(part: Money, whole: i64) -> u16 {
    let share = i128::from(part.minor()) * 1000 / i128::from(whole);
    u16::try_from(share.clamp(0, 1000)).unwrap_or(1000)
}

/// What repeats.
pub(super) fn recurring(shown: Option<Vec<ShownRecurring>>, style: &Style<'_>) -> Outgoing {
    let w = &style.wording();
    let Some(found) = shown else { return w.withheld(Msg::ChatWithheldLabel) };
    if found.is_empty() {
        return Outgoing::text(w.text(Msg::ChatRecurringNone));
    }
    let count = found.len();
    let title = w.text(Msg::ChoiceRecurring).into();
    let rows = found.iter().map(|r| recurring_row(r, w)).collect();
    Outgoing::text(w.text(Msg::ChatRecurringIntro { count }))
        .with_part(Part::Rows { title, rows })
        .with_choices(w.choices(&[Msg::ChoiceUpcoming, Msg::ChoiceBalance]))
}

fn recurring_name(r: &ShownRecurring, w: &Wording<'_>) -> String {
    r.counterparty.as_ref().map_or_else(|| w.category(r.category), |c| c.reveal().clone())
}

fn recurring_row(r: &ShownRecurring, w: &Wording<'_>) -> PartRow {
    let rhythm = w.text(names::rhythm(r.rhythm));
    let next = w.text(Msg::ChatRecurringNext { date: &w.formats.day(r.next) });
    PartRow {
        label: recurring_name(r, w).into(),
        hint: Some(format!("{rhythm} · {next}").into()),
        value: w.amount(r.amount).into(),
        incoming: !r.amount.money().is_negative(),
        pending: false,
    }
}

/// What comes next.
pub(super) fn upcoming(shown: Option<Vec<ShownRecurring>>, style: &Style<'_>) -> Outgoing {
    let w = &style.wording();
    let Some(found) = shown else { return w.withheld(Msg::ChatWithheldLabel) };
    let Some(first) = found.first() else {
        return Outgoing::text(w.text(Msg::ChatUpcomingNone));
    };
    let date = w.formats.day(first.next);
    let amount = match first.amount {
        Amount::Exact(money) => w.formats.money(money.magnitude()),
        rounded @ Amount::Rounded(_) => w.amount(rounded),
    };
    let what = match w.task {
        Task::Upcoming { what } => *what,
        _ => Upcoming::Any,
    };
    match what {
        Upcoming::Salary => {
            Outgoing::text(w.text(Msg::ChatUpcomingSalary { date: &date, amount: &amount }))
        }
        Upcoming::Rent => {
            Outgoing::text(w.text(Msg::ChatUpcomingRent { date: &date, amount: &amount }))
        }
        Upcoming::Any => {
            let title = w.text(Msg::ChoiceUpcoming).into();
            let rows = found.iter().take(MAX_BARS).map(|r| recurring_row(r, w)).collect();
            let words = w.text(Msg::ChatUpcomingIntro);
            Outgoing::text(words).with_part(Part::Rows { title, rows })
        }
    }
}

/// Account numbers: in the bank's own chat only.
pub(super) fn numbers(shown: Option<Vec<ShownNumber>>, style: &Style<'_>) -> Outgoing {
    let w = &style.wording();
    let Some(found) = shown else { return w.withheld(Msg::ChatNumberLabel) };
    if found.is_empty() {
        return Outgoing::text(w.text(Msg::ChatBalanceNone));
    }
    let title = w.text(Msg::ChoiceNumber).into();
    let rows = found
        .iter()
        .map(|n| PartRow {
            label: n.account.name.clone(),
            hint: number_hint(&n.number).map(Into::into),
            value: number_text(&n.number).into(),
            incoming: false,
            pending: false,
        })
        .collect();
    Outgoing::text(w.text(Msg::ChatNumbersIntro { bank: w.bank }))
        .with_part(Part::Rows { title, rows })
}

fn number_text(number: &AccountNumber) -> String {
    let grouped = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        let groups: Vec<String> = chars.chunks(4).map(|c| c.iter().collect()).collect();
        groups.join(" ")
    };
    match number {
        AccountNumber::Iban { iban, .. } => grouped(iban.reveal()),
        AccountNumber::RoutingAndAccount { account, .. }
        | AccountNumber::SortCode { account, .. } => account.reveal().clone(),
        AccountNumber::None { tail } => format!("••{tail}"),
    }
}

fn number_hint(number: &AccountNumber) -> Option<String> {
    match number {
        AccountNumber::Iban { bic, .. } => Some(format!("BIC {bic}")),
        AccountNumber::RoutingAndAccount { routing, .. } => Some(format!("ABA {routing}")),
        AccountNumber::SortCode { sort_code, .. } => Some(format!("Sort code {sort_code}")),
        AccountNumber::None { .. } => None,
    }
}

/// Yes or no: nothing else leaves.
pub(super) fn enough(shown: Option<ShownAnswer>, style: &Style<'_>) -> Outgoing {
    let w = &style.wording();
    let Some(answer) = shown else { return w.withheld(Msg::ChatWithheldLabel) };
    let what = match w.task {
        Task::Enough { want: Want::Amount { amount: Said::Exactly(money) }, .. } => {
            w.formats.money(*money)
        }
        Task::Enough { want: Want::Bill { bill: Bill::Category(category) }, .. } => {
            w.category(*category)
        }
        Task::Enough { want: Want::Bill { bill: Bill::Name(name) }, .. } => name.reveal().clone(),
        _ => String::new(),
    };
    Outgoing::text(match answer.enough {
        Some(true) => w.text(Msg::ChatEnoughYes { amount: &what }),
        Some(false) => w.text(Msg::ChatEnoughNo { amount: &what }),
        None => w.text(Msg::ChatEnoughBillUnknown { name: &what }),
    })
}
