//! Accounts, balances and cards, as the bank's core knows them.

use serde::{Deserialize, Serialize};

use crate::bank::BankId;
pub use crate::id::{AccountId, CardId};
use crate::money::{Currency, Money};
use crate::personal::Personal;
use crate::time::{Date, Timestamp};

/// What kind of account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Current account for daily use.
    Checking,
    /// Savings account.
    Savings,
    /// Credit card account: what is owed is negative.
    CreditCard,
}

/// How an account is addressed in payments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "scheme", rename_all = "snake_case")]
pub enum AccountNumber {
    /// ISO 13616.
    Iban {
        /// Without spaces.
        iban: Personal<String>,
        /// ISO 9362 code of the bank.
        bic: String,
    },
    /// United States: ABA routing number and account number.
    RoutingAndAccount {
        /// Nine digits.
        routing: String,
        /// The account's number at that bank.
        account: Personal<String>,
    },
    /// United Kingdom.
    SortCode {
        /// Six digits.
        sort_code: String,
        /// Eight digits.
        account: Personal<String>,
    },
    /// Cannot be paid into by number: a card account.
    None {
        /// Last digits by which she knows it.
        tail: String,
    },
}

impl AccountNumber {
    /// The last digits or letters, by which a customer knows the account: `34`.
    pub fn tail(&self, count: usize) -> String {
        let whole = match self {
            Self::Iban { iban, .. } => iban.reveal().as_str(),
            Self::RoutingAndAccount { account, .. } | Self::SortCode { account, .. } => {
                account.reveal().as_str()
            }
            Self::None { tail } => tail.as_str(),
        };
        let skip = whole.chars().count().saturating_sub(count);
        whole.chars().skip(skip).collect()
    }
}

/// An account of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Stable id.
    pub id: AccountId,
    /// Whose bank it is at.
    pub bank: BankId,
    /// Kind.
    pub kind: AccountKind,
    /// The name that she gave it, or the product's.
    pub nickname: Personal<String>,
    /// How it is addressed.
    pub number: AccountNumber,
    /// Its only currency.
    pub currency: Currency,
}

/// A balance: an amount of a stated type at a stated time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Account.
    pub account: AccountId,
    /// Everything booked. ISO 20022 `ITBD`.
    pub booked: Money,
    /// What can be spent now: booked less holds, plus credit. ISO 20022 `ITAV`.
    pub available: Money,
    /// Credit limit, where there is one.
    pub limit: Option<Money>,
    /// When the core stated it.
    pub as_of: Timestamp,
}

/// An account with its balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountBalance {
    /// The account.
    pub account: Account,
    /// Its balance.
    pub balance: Balance,
}

/// Whether a card works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// Works.
    Active,
    /// The customer or the bank paused it.
    Frozen,
    /// Replaced or ended.
    Closed,
}

/// A card, known by its token; its number never comes here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Token of the bank's vault.
    pub id: CardId,
    /// The account that it draws on.
    pub account: AccountId,
    /// `Visa`, `Mastercard`.
    pub scheme: String,
    /// Last four digits.
    pub tail: String,
    /// Last day of validity.
    pub expires: Date,
    /// Whether it works.
    pub state: CardState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_is_what_she_knows_and_no_more() {
        let number = AccountNumber::Iban {
            iban: "LV80BANK0000435195001".into(),
            bic: "BANKLV22".to_owned(),
        };
        assert_eq!(number.tail(2), "01");
        assert!(!format!("{number:?}").contains("0000435"), "{number:?}");
    }
}
