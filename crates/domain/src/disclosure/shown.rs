//! What a projection leaves: records that may be serialised, because they were minimised.
//!
//! A field that the level does not reach is `None`, never blank or zero.

use serde::{Deserialize, Serialize};

use crate::account::{AccountKind, AccountNumber, CardState};
use crate::id::{AccountId, TransactionId};
use crate::money::Money;
use crate::personal::Personal;
use crate::time::{Date, Timestamp};
use crate::transaction::{Category, Rhythm, Status};

/// An amount as far as it may be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "precision", content = "money", rename_all = "snake_case")]
pub enum Amount {
    /// To the minor unit.
    Exact(Money),
    /// Rounded to a coarse step.
    Rounded(Money),
}

impl Amount {
    /// The money, whichever it is.
    pub const fn money(self) -> Money {
        match self {
            Self::Exact(money) | Self::Rounded(money) => money,
        }
    }
}

/// How an account is named to the party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLabel {
    /// Stable id, so that a party can tell accounts apart.
    pub id: AccountId,
    /// Kind.
    pub kind: AccountKind,
    /// Name that she gave it.
    pub name: Personal<String>,
    /// Last two digits.
    pub tail: Option<String>,
}

/// One balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownBalance {
    /// Account.
    pub account: AccountLabel,
    /// Booked balance.
    pub amount: Amount,
    /// What can be spent.
    pub available: Option<Money>,
    /// When the core stated it.
    pub as_of: Timestamp,
}

/// One transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownTransaction {
    /// Stable id.
    pub id: TransactionId,
    /// Account.
    pub account: AccountId,
    /// Signed amount.
    pub amount: Money,
    /// Pending or booked.
    pub status: Status,
    /// When.
    pub at: Timestamp,
    /// Category.
    pub category: Category,
    /// Merchant, at `Detail`.
    pub counterparty: Option<Personal<String>>,
    /// Memo, at `Detail`.
    pub memo: Option<Personal<String>>,
    /// Place, at `Detail`.
    pub place: Option<Personal<String>>,
}

/// Transactions, or only their sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownTransactions {
    /// One by one, in the order asked for; empty below `Masked`.
    pub list: Vec<ShownTransaction>,
    /// How many there are.
    pub count: usize,
    /// Money out by currency, as positive amounts.
    pub spent: Vec<Amount>,
    /// Money in by currency.
    pub received: Vec<Amount>,
}

/// Spending in one group: a category, or a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownGroup {
    /// Category, where grouped by it.
    pub category: Option<Category>,
    /// First day of the month, where grouped by it.
    pub month: Option<Date>,
    /// Money out, as a positive amount.
    pub spent: Amount,
    /// How many payments.
    pub count: usize,
}

/// Spending, grouped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownSpending {
    /// Largest first by category; oldest first by month.
    pub groups: Vec<ShownGroup>,
    /// All of it.
    pub total: Amount,
}

/// What repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownRecurring {
    /// With whom, at `Detail`.
    pub counterparty: Option<Personal<String>>,
    /// Category.
    pub category: Category,
    /// Signed amount.
    pub amount: Amount,
    /// How often.
    pub rhythm: Rhythm,
    /// Next day.
    pub next: Date,
}

/// An account's number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownNumber {
    /// Account.
    pub account: AccountLabel,
    /// The number, whole.
    pub number: AccountNumber,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCard {
    /// `Visa`.
    pub scheme: String,
    /// Last four digits.
    pub tail: String,
    /// Whether it works.
    pub state: CardState,
    /// Last day of validity, at `Detail`.
    pub expires: Option<Date>,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownAnswer {
    /// Whether there is enough; `None` where it is not known what it costs.
    pub enough: Option<bool>,
}
