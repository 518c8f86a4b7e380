//! What fixed expressions stand for. Data files name a tag by its key: `month.3`, `today`.

use bankside_domain::account::AccountKind;
use bankside_domain::transaction::Category;
use bankside_domain::{Currency, Language};

/// A unit of calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::understand) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Weekend,
}

/// What an expression stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::understand) enum Tag {
    /// Says nothing: "please", "the".
    Filler,
    Today,
    Yesterday,
    BeforeYesterday,
    This,
    Last,
    Ago,
    Since,
    Until,
    Between,
    From,
    To,
    And,
    /// Before a time: "in".
    Within,
    /// Before a name: "at".
    At,
    Unit(Unit),
    Month(i8),
    /// From Monday, 1.
    Weekday(i8),
    /// A month or day that is also another word: "may".
    Shy,
    Number(i64),
    /// The second of something: from 1.
    Ordinal(usize),
    Currency(Currency),
    Category(Category),
    Account(AccountKind),
    /// "ending in".
    Ending,
    Over,
    Under,
    Exactly,
    Largest,
    Smallest,
    Newest,
    Oldest,
    Incoming,
    Outgoing,
    /// "payments": what a count counts.
    Items,
    ByMonth,
    ByCategory,
    /// "card payments", "by card".
    ByCard,
    /// "and", "what about": begins a question that leans on the one before.
    Lead,
    Only,
    More,
    Language(Language),
}

impl Tag {
    /// The tags that `key` names; none if it names nothing.
    pub(super) fn parse(key: &str) -> Vec<Self> {
        let (name, of) = key.split_once('.').unwrap_or((key, ""));
        let tag = match name {
            "month" => of.parse().ok().map(Self::Month),
            "weekday" => of.parse().ok().map(Self::Weekday),
            "number" => of.parse().ok().map(Self::Number),
            "ordinal" => of.parse().ok().map(Self::Ordinal),
            "currency" => of.parse().ok().map(Self::Currency),
            "category" => {
                Category::ALL.iter().find(|c| c.code() == of).copied().map(Self::Category)
            }
            "language" => Language::from_tag(of).map(Self::Language),
            "unit" => unit(of).map(Self::Unit),
            "account" => account(of).map(Self::Account),
            _ => plain(name),
        };
        tag.into_iter().collect()
    }
}

fn unit(name: &str) -> Option<Unit> {
    Some(match name {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "weekend" => Unit::Weekend,
        _ => return None,
    })
}

fn account(name: &str) -> Option<AccountKind> {
    Some(match name {
        "checking" => AccountKind::Checking,
        "savings" => AccountKind::Savings,
        "credit_card" => AccountKind::CreditCard,
        _ => return None,
    })
}

fn plain(name: &str) -> Option<Tag> {
    Some(match name {
        "filler" => Tag::Filler,
        "today" => Tag::Today,
        "yesterday" => Tag::Yesterday,
        "before_yesterday" => Tag::BeforeYesterday,
        "this" => Tag::This,
        "last" => Tag::Last,
        "ago" => Tag::Ago,
        "since" => Tag::Since,
        "until" => Tag::Until,
        "between" => Tag::Between,
        "from" => Tag::From,
        "to" => Tag::To,
        "and" => Tag::And,
        "within" => Tag::Within,
        "at" => Tag::At,
        "shy" => Tag::Shy,
        "ending" => Tag::Ending,
        "over" => Tag::Over,
        "under" => Tag::Under,
        "exactly" => Tag::Exactly,
        "largest" => Tag::Largest,
        "smallest" => Tag::Smallest,
        "newest" => Tag::Newest,
        "oldest" => Tag::Oldest,
        "incoming" => Tag::Incoming,
        "outgoing" => Tag::Outgoing,
        "items" => Tag::Items,
        "by_month" => Tag::ByMonth,
        "by_category" => Tag::ByCategory,
        "by_card" => Tag::ByCard,
        "lead" => Tag::Lead,
        "only" => Tag::Only,
        "more" => Tag::More,
        _ => return None,
    })
}
