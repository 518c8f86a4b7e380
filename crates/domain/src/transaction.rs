//! Transactions, and what repeats among them.

use serde::{Deserialize, Serialize};

use crate::account::{AccountId, CardId};
pub use crate::id::TransactionId;
use crate::money::Money;
use crate::personal::Personal;
use crate::time::{Date, Timestamp};

/// Whether a transaction is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Authorised; amount and day may still change.
    Pending,
    /// Booked.
    Booked,
}

macro_rules! categories {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// What was paid for, in the words of a household.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Category { $($(#[$doc])* $name),+ }

        impl Category {
            /// Every category.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Name in files and message keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

categories! {
    /// Wages and salaries coming in.
    Salary = "salary",
    /// Other money coming in.
    Income = "income",
    /// Rent and mortgage.
    Housing = "housing",
    /// Electricity, water, heating, telephone.
    Utilities = "utilities",
    /// Food to take home.
    Groceries = "groceries",
    /// Restaurants and cafés.
    EatingOut = "eating_out",
    /// Buses, trains, fuel, taxis.
    Transport = "transport",
    /// Flights, hotels.
    Travel = "travel",
    /// Clothes, electronics, the home.
    Shopping = "shopping",
    /// What renews by itself: streaming, gym.
    Subscriptions = "subscriptions",
    /// Pharmacy, doctors.
    Health = "health",
    /// Cinema, games, sport.
    Leisure = "leisure",
    /// School, courses, books.
    Education = "education",
    /// Insurance.
    Insurance = "insurance",
    /// Cash from a machine.
    Cash = "cash",
    /// Between her own accounts, and to other people.
    Transfer = "transfer",
    /// What the bank charges.
    Fees = "fees",
    /// Money back from a merchant.
    Refund = "refund",
    /// None of these.
    Other = "other",
}

/// One movement on an account. Negative amounts leave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// Stable from pending to booked.
    pub id: TransactionId,
    /// Account.
    pub account: AccountId,
    /// Card, if one was used.
    pub card: Option<CardId>,
    /// Signed amount in the account's currency.
    pub amount: Money,
    /// Original amount, if it was in another currency.
    pub original: Option<Money>,
    /// Pending or booked.
    pub status: Status,
    /// When it happened.
    pub at: Timestamp,
    /// Merchant or counterparty.
    pub counterparty: Personal<String>,
    /// Category.
    pub category: Category,
    /// What the payer wrote, if anything.
    pub memo: Option<Personal<String>>,
    /// Town and country of the purchase, if known.
    pub place: Option<Personal<String>>,
}

/// A charge or income that comes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurring {
    /// Account.
    pub account: AccountId,
    /// Who is paid, or pays.
    pub counterparty: Personal<String>,
    /// Category.
    pub category: Category,
    /// Signed usual amount.
    pub amount: Money,
    /// How often.
    pub rhythm: Rhythm,
    /// The day on which the next one is expected.
    pub next: Date,
}

/// How often something comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Each week.
    Weekly,
    /// Every other week.
    Fortnightly,
    /// Each month.
    Monthly,
    /// Each quarter.
    Quarterly,
    /// Each year.
    Yearly,
}
