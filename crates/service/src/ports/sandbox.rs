//! The port to a core that is a sandbox: a bank in which an operator may bring something about. No
//! real core has it, and no page or command offers it without one.

use async_trait::async_trait;
use bankside_domain::bank::BankId;
use bankside_domain::customer::CustomerId;
use bankside_domain::id::{AccountId, CardId, TransactionId};
use bankside_domain::transaction::Category;
use bankside_domain::{Currency, Money, Personal};

use super::CoreError;

/// Something that is to happen now. Amounts are positive and in the account's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A card pays.
    Purchase {
        /// The card.
        card: CardId,
        /// Whom it pays.
        merchant: Personal<String>,
        /// How much.
        amount: Money,
        /// What for.
        category: Category,
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

/// An invented customer, to whom something may happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invented {
    /// Who.
    pub customer: CustomerId,
    /// At which bank.
    pub bank: BankId,
    /// Her given name.
    pub name: String,
    /// Her accounts.
    pub accounts: Vec<InventedAccount>,
}

/// An account of hers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedAccount {
    /// Which.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Its currency.
    pub currency: Currency,
    /// The card that draws on it.
    pub card: Option<CardId>,
}

/// Why nothing happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SandboxError {
    /// It cannot happen, and the words say why.
    #[error("{0}")]
    Refused(String),
    /// The sandbox failed.
    #[error("the sandbox failed: {0}")]
    Failed(String),
}

/// A core that is a sandbox.
#[async_trait]
pub trait SandboxEvents: Send + Sync + 'static {
    /// Those who are introduced by name.
    async fn people(&self) -> Result<Vec<Invented>, CoreError>;

    /// Brings something about, now; durable on return. The same `key` (1 to 64 bytes) with the same
    /// happening brings it about once.
    async fn bring_about(
        &self,
        key: &str,
        happening: &Happening,
    ) -> Result<TransactionId, SandboxError>;
}
