//! Disclosure: which data may leave at which level, and what was left out.
//!
//! The level ladder and the projections are plain Rust, here; policies that a bank writes come on
//! top, in the service crate, and can only lower a level.

pub mod project;
pub mod shown;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use project::{Project, Projection};

/// How much of the data is shown, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Yes or no: "enough for the rent?"
    Answer,
    /// Rounded or added up.
    Summary,
    /// Amounts, with masked account numbers and categories instead of merchants.
    Masked,
    /// All that the customer herself would see of this class.
    Detail,
}

impl Level {
    /// Every level, least first.
    pub const ALL: [Self; 4] = [Self::Answer, Self::Summary, Self::Masked, Self::Detail];

    /// Name on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Summary => "summary",
            Self::Masked => "masked",
            Self::Detail => "detail",
        }
    }
}

/// A cluster of data that a customer allows or does not, as a whole, at a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cluster {
    /// Which accounts there are.
    Accounts,
    /// Balances.
    Balances,
    /// Card and account transactions, and sums of them.
    Transactions,
    /// What repeats, and what comes next.
    Recurring,
    /// IBAN, routing and account numbers.
    AccountNumbers,
    /// Cards and whether they work.
    Cards,
}

impl Cluster {
    /// Every cluster, in the order that a consent page shows them.
    pub const ALL: [Self; 6] = [
        Self::Accounts,
        Self::Balances,
        Self::Transactions,
        Self::Recurring,
        Self::AccountNumbers,
        Self::Cards,
    ];

    /// Name on the wire and in message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Balances => "balances",
            Self::Transactions => "transactions",
            Self::Recurring => "recurring",
            Self::AccountNumbers => "account_numbers",
            Self::Cards => "cards",
        }
    }
}

/// A class of field, as records in the log name it: `balance.amount`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FieldClass {
    /// Yes or no to a question.
    #[serde(rename = "answer")]
    Answer,
    /// The name of an account.
    #[serde(rename = "account.name")]
    AccountName,
    /// Last digits of an account.
    #[serde(rename = "account.tail")]
    AccountTail,
    /// The whole number of an account.
    #[serde(rename = "account.number")]
    AccountNumber,
    /// Rounded balance.
    #[serde(rename = "balance.rounded")]
    BalanceRounded,
    /// Exact balance.
    #[serde(rename = "balance.amount")]
    BalanceAmount,
    /// What is available, and the limit.
    #[serde(rename = "balance.available")]
    BalanceAvailable,
    /// Sums of transactions.
    #[serde(rename = "transaction.sum")]
    TransactionSum,
    /// Dates and amounts.
    #[serde(rename = "transaction.amount")]
    TransactionAmount,
    /// Category.
    #[serde(rename = "transaction.category")]
    TransactionCategory,
    /// Merchant or counterparty.
    #[serde(rename = "transaction.merchant")]
    TransactionMerchant,
    /// Memo and place.
    #[serde(rename = "transaction.memo")]
    TransactionMemo,
    /// What repeats: amount and day.
    #[serde(rename = "recurring.amount")]
    RecurringAmount,
    /// What repeats: with whom.
    #[serde(rename = "recurring.counterparty")]
    RecurringCounterparty,
    /// Last digits and state of a card.
    #[serde(rename = "card.state")]
    CardState,
}

impl FieldClass {
    /// Name on the wire and in message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::AccountName => "account.name",
            Self::AccountTail => "account.tail",
            Self::AccountNumber => "account.number",
            Self::BalanceRounded => "balance.rounded",
            Self::BalanceAmount => "balance.amount",
            Self::BalanceAvailable => "balance.available",
            Self::TransactionSum => "transaction.sum",
            Self::TransactionAmount => "transaction.amount",
            Self::TransactionCategory => "transaction.category",
            Self::TransactionMerchant => "transaction.merchant",
            Self::TransactionMemo => "transaction.memo",
            Self::RecurringAmount => "recurring.amount",
            Self::RecurringCounterparty => "recurring.counterparty",
            Self::CardState => "card.state",
        }
    }
}
