//! What an operator brings about: a purchase, a salary, a refund.

use super::ids::Ids;
use super::ledger::LedgerError;
use super::plan::{CHECKING, CREDIT};
use bankside_domain::id::{AccountId, CardId};
use bankside_domain::transaction::Category;
use bankside_domain::{Currency, Money, Personal};
use serde::{Deserialize, Serialize};

/// Longest name of a merchant, an employer or a place, in characters.
pub const MAX_TEXT: usize = 80;
/// Longest key, in bytes.
pub const MAX_KEY: usize = 64;

/// Something that is to happen now. Amounts are positive and in the account's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Injection {
    /// A card pays: a hold now, the booking a day later.
    Purchase {
        /// The card.
        card: CardId,
        /// Whom it pays.
        merchant: Personal<String>,
        /// How much.
        amount: Money,
        /// What for.
        category: Category,
        /// Town, if it is to be known.
        place: Option<Personal<String>>,
    },
    /// Wages arrive.
    Salary {
        /// On this account.
        account: AccountId,
        /// From whom.
        employer: Personal<String>,
        /// How much.
        amount: Money,
    },
    /// A merchant returns money to a card.
    Refund {
        /// The card that paid.
        card: CardId,
        /// Who returns it.
        merchant: Personal<String>,
        /// How much.
        amount: Money,
    },
}

/// Why nothing happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InjectError {
    /// No such card.
    #[error("the sandbox has no such card; take one from the customer's cards")]
    UnknownCard,
    /// No such account, or one that wages cannot reach.
    #[error("the sandbox has no such account; take one from the customer's accounts")]
    UnknownAccount,
    /// Nothing, or less.
    #[error("the amount must be more than nothing")]
    NotPositive,
    /// Another currency than the account's.
    #[error("the account is in {0}; give the amount in that currency")]
    OtherCurrency(Currency),
    /// Empty or too long.
    #[error("a name has 1 to 80 characters")]
    Text,
    /// The card does not cover it.
    #[error("declined: the account does not cover it")]
    Declined,
    /// The key is empty, too long, or was used for something else.
    #[error("the key must be new: 1 to 64 bytes, one for each injection")]
    Key,
    /// The journal could not keep it. Nothing more can be injected until the next start.
    #[error(
        "the journal could not keep it, so that it did not happen: {0}; mend the disk and start again"
    )]
    NotKept(String),
    /// The books refuse to go on.
    #[error("the books do not allow it: {0}")]
    Books(LedgerError),
}

impl From<LedgerError> for InjectError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::NotCovered => Self::Declined,
            LedgerError::UnknownAccount => Self::UnknownAccount,
            LedgerError::Empty => Self::NotPositive,
            other => Self::Books(other),
        }
    }
}

/// An injection whose customer and account were found.
pub(super) struct Happening {
    pub(super) index: u32,
    pub(super) slot: u8,
    pub(super) purchase: bool,
    pub(super) counterparty: Personal<String>,
    pub(super) amount: Money,
    pub(super) category: Category,
    pub(super) place: Option<Personal<String>>,
}

impl Injection {
    /// Finds whom it concerns.
    ///
    /// # Errors
    /// An id of another sandbox, or a text out of bounds.
    pub(super) fn resolve(&self, ids: Ids) -> Result<Happening, InjectError> {
        let by_card = |card| match ids.card_of(card) {
            Some((index, slot)) if slot == CHECKING || slot == CREDIT => Ok((index, slot)),
            _ => Err(InjectError::UnknownCard),
        };
        let happening = match self {
            Self::Purchase { card, merchant, amount, category, place } => {
                let (index, slot) = by_card(*card)?;
                let (counterparty, place) = (merchant.clone(), place.clone());
                let (purchase, amount, category) = (true, *amount, *category);
                Happening { index, slot, purchase, counterparty, amount, category, place }
            }
            Self::Salary { account, employer, amount } => {
                let (index, slot) = ids.account_of(*account).ok_or(InjectError::UnknownAccount)?;
                let (counterparty, category) = (employer.clone(), Category::Salary);
                let (purchase, amount, place) = (false, *amount, None);
                Happening { index, slot, purchase, counterparty, amount, category, place }
            }
            Self::Refund { card, merchant, amount } => {
                let (index, slot) = by_card(*card)?;
                let (counterparty, category) = (merchant.clone(), Category::Refund);
                let (purchase, amount, place) = (false, *amount, None);
                Happening { index, slot, purchase, counterparty, amount, category, place }
            }
        };
        let texts = [Some(&happening.counterparty), happening.place.as_ref()];
        let fits =
            |t: &Personal<String>| (1..=MAX_TEXT).contains(&t.reveal().trim().chars().count());
        if texts.into_iter().flatten().all(fits) { Ok(happening) } else { Err(InjectError::Text) }
    }
}
