//! What a customer can ask for: a closed set, each with its slots.
//!
//! Names of merchants and payees are her data: they are [`Personal`], and so is every amount.

use bankside_domain::account::{AccountId, AccountKind};
use bankside_domain::transaction::Category;
use bankside_domain::{Date, Language, Money, Personal};
use serde::{Deserialize, Serialize};

/// What she wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    /// What is on her accounts.
    Balances {
        /// One of them, or all.
        account: Option<AccountRef>,
    },
    /// Payments, one by one.
    Transactions {
        /// Which.
        filter: Filter,
        /// In which order.
        order: Order,
    },
    /// How much went out, in groups.
    Spending {
        /// Which payments.
        filter: Filter,
        /// By what.
        by: By,
    },
    /// What repeats.
    Recurring,
    /// What comes next.
    Upcoming {
        /// Of what.
        what: Upcoming,
    },
    /// IBAN, routing and account number.
    AccountNumber {
        /// Of one account, or all.
        account: Option<AccountRef>,
    },
    /// Whether there is enough.
    Enough {
        /// For what.
        want: Want,
        /// On which account.
        account: Option<AccountRef>,
    },
    /// What can be done here.
    Help,
    /// Hello.
    Greeting,
    /// Thank you.
    Thanks,
    /// Good-bye.
    Goodbye,
    /// Connect this chat to her.
    LinkChat,
    /// Disconnect it.
    Unlink,
    /// End what was allowed here, or to the party named.
    StopSharing {
        /// As she named it.
        party: Option<Personal<String>>,
    },
    /// End everything, everywhere.
    StopAll,
    /// What was shared.
    WhatShared,
    /// Who can read this.
    WhoSees,
    /// A person, please.
    Human,
    /// Is this really the bank?
    IsThisMyBank,
    /// Erase.
    ClearHistory,
    /// A copy of her data.
    MyData,
    /// Speak another language.
    Language {
        /// Which; ask if not said.
        to: Option<Language>,
    },
    /// About her permissions.
    Consents {
        /// What about them.
        ask: ConsentAsk,
    },
    /// She allows what was asked.
    Yes,
    /// She does not.
    No,
    /// Leave it.
    Cancel,
    /// The first, the second of what was offered; from 1.
    Choose {
        /// Which.
        number: usize,
    },
    /// A payment that she did not make. It starts legal clocks.
    Dispute {
        /// Which, as far as she said.
        filter: Filter,
    },
    /// Something about a card.
    Card {
        /// What.
        act: CardAct,
        /// Its last digits, if said.
        tail: Option<String>,
    },
    /// Money to move. Never done on a guess.
    Payment {
        /// Which way.
        kind: PayKind,
        /// How much.
        amount: Option<Said>,
        /// To or from whom, as she wrote it.
        payee: Option<Personal<String>>,
        /// From which of her accounts.
        from: Option<AccountRef>,
        /// To which of her accounts.
        to: Option<AccountRef>,
    },
    /// A limit on what may be spent.
    SpendingLimit {
        /// How much.
        amount: Option<Said>,
        /// On what.
        category: Option<Category>,
    },
    /// Offers of the bank.
    Offers,
    /// Talk that is about nothing.
    Smalltalk {
        /// About what.
        about: Smalltalk,
    },
    /// Insults.
    Abuse,
}

impl Task {
    /// Its name in data files, tests and figures.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Balances { .. } => "balances",
            Self::Transactions { .. } => "transactions",
            Self::Spending { .. } => "spending",
            Self::Recurring => "recurring",
            Self::Upcoming { .. } => "upcoming",
            Self::AccountNumber { .. } => "account_number",
            Self::Enough { .. } => "enough",
            Self::Help => "help",
            Self::Greeting => "greeting",
            Self::Thanks => "thanks",
            Self::Goodbye => "goodbye",
            Self::LinkChat => "link_chat",
            Self::Unlink => "unlink",
            Self::StopSharing { .. } => "stop_sharing",
            Self::StopAll => "stop_all",
            Self::WhatShared => "what_shared",
            Self::WhoSees => "who_sees",
            Self::Human => "human",
            Self::IsThisMyBank => "is_this_my_bank",
            Self::ClearHistory => "clear_history",
            Self::MyData => "my_data",
            Self::Language { .. } => "language",
            Self::Consents { .. } => "consents",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Cancel => "cancel",
            Self::Choose { .. } => "choose",
            Self::Dispute { .. } => "dispute",
            Self::Card { .. } => "card",
            Self::Payment { .. } => "payment",
            Self::SpendingLimit { .. } => "spending_limit",
            Self::Offers => "offers",
            Self::Smalltalk { .. } => "smalltalk",
            Self::Abuse => "abuse",
        }
    }
}

/// An account, as far as she named it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "is", rename_all = "snake_case")]
pub enum AccountRef {
    /// Exactly one of hers.
    One(AccountId),
    /// All of a kind: several of hers, or none is known yet.
    Kind(AccountKind),
    /// By last digits that none of hers has.
    Tail(String),
}

/// Which payments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// On these accounts; empty is all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<AccountRef>,
    /// In this time; `None` is whatever is usual for the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// With whom: one of her own counterparties as given, else what she wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchant: Option<Personal<String>>,
    /// For what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// Magnitude at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Money>,
    /// Magnitude at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Money>,
    /// In, out or both.
    #[serde(default)]
    pub direction: Direction,
    /// Only what was paid by card.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_card: bool,
    /// At most so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// Whole days, the first in and the last out.
///
/// INVARIANT: `from < to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire")]
pub struct Period {
    from: Date,
    to: Date,
}

#[derive(Deserialize)]
struct Wire {
    from: Date,
    to: Date,
}

impl TryFrom<Wire> for Period {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        Self::new(wire.from, wire.to).ok_or("a period ends after it begins")
    }
}

impl Period {
    /// From `from` up to, without, `to`; `None` if that holds no day.
    pub fn new(from: Date, to: Date) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    /// One day.
    pub fn day(day: Date) -> Option<Self> {
        Self::new(day, day.tomorrow().ok()?)
    }

    /// The calendar month that holds `day`.
    pub fn month(day: Date) -> Option<Self> {
        Self::new(day.first_of_month(), day.last_of_month().tomorrow().ok()?)
    }

    /// The calendar year.
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Self::new(first, Date::new(year.checked_add(1)?, 1, 1).ok()?)
    }

    /// First day.
    pub const fn from(self) -> Date {
        self.from
    }

    /// The day after the last.
    pub const fn to(self) -> Date {
        self.to
    }

    /// The last day.
    pub fn last(self) -> Date {
        self.to.yesterday().unwrap_or(self.to)
    }

    /// The first day of the month, if it is exactly one calendar month.
    pub fn whole_month(self) -> Option<Date> {
        (Self::month(self.from) == Some(self)).then_some(self.from)
    }

    /// The same length just before; the month before where it is a whole month.
    pub fn previous(self) -> Option<Self> {
        if self.whole_month().is_some() {
            return Self::month(self.from.yesterday().ok()?);
        }
        let days = self.from.until(self.to).ok()?;
        Self::new(self.from.checked_sub(days).ok()?, self.from)
    }
}

/// Which way money went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Either.
    #[default]
    Both,
    /// To her.
    In,
    /// From her.
    Out,
}

/// Order of payments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// The largest magnitude first.
    Largest,
    /// The smallest magnitude first.
    Smallest,
}

/// By what spending is grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// By category.
    #[default]
    Category,
    /// By calendar month.
    Month,
    /// Not at all: one sum.
    Total,
}

/// What is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Upcoming {
    /// Pay day.
    Salary,
    /// Rent or mortgage.
    Rent,
    /// Anything.
    Any,
}

/// An amount as she said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "said", content = "money", rename_all = "snake_case")]
pub enum Said {
    /// Only one reading.
    Exactly(Money),
    /// Two readings, as of `1,234`: ask, the likelier first.
    Unclear(Vec<Money>),
}

/// What there should be enough for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Want {
    /// An amount.
    Amount {
        /// How much.
        amount: Said,
    },
    /// A bill that comes again.
    Bill {
        /// Which.
        bill: Bill,
    },
    /// Not said: ask.
    Unsaid,
}

/// A bill, by what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "is", rename_all = "snake_case")]
pub enum Bill {
    /// By its category: rent.
    Category(Category),
    /// By whom it is paid to.
    Name(Personal<String>),
}

/// What about her permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentAsk {
    /// Which there are.
    List,
    /// When they run out.
    Expiry,
    /// Why they are needed.
    Why,
    /// For longer.
    Renew,
    /// Not for now.
    Pause,
    /// On again.
    Resume,
    /// Less.
    Narrow,
    /// She would like to allow.
    Give,
}

/// What about a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardAct {
    /// Freeze it.
    Freeze,
    /// Let it work again.
    Unfreeze,
    /// It is lost or stolen.
    Lost,
    /// Does it work; why was it declined?
    State,
    /// A new one, another PIN, settings.
    Manage,
}

/// Which way she wants money to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayKind {
    /// To someone.
    Send,
    /// From someone.
    Request,
    /// Between her own accounts.
    Own,
}

/// Talk that is about nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Smalltalk {
    /// How are you?
    HowAreYou,
    /// Who, or what, are you?
    WhoAreYou,
    /// Good, nice, great.
    Praise,
    /// That was wrong.
    Complaint,
}
