//! The port to a bank's core system. An integrator implements [`CoreBank`] and grades it with
//! `bankside conformance core`.
//!
//! INVARIANT: each read of a customer's data demands an [`Authority`] and answers only what it
//! reaches: its customer, its accounts, its history.

use async_trait::async_trait;
use bankside_domain::account::{Account, AccountBalance, AccountId, Card};
use bankside_domain::bank::{Bank, BankId};
use bankside_domain::customer::{Customer, CustomerId};
use bankside_domain::id::CardId;
use bankside_domain::raw::Authority;
use bankside_domain::transaction::{Recurring, Transaction};
use bankside_domain::{Raw, Timestamp};

/// A span of time, half open: `from <= t < to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First instant.
    pub from: Timestamp,
    /// First instant after it.
    pub to: Timestamp,
}

/// Whom an account belongs to, as far as the core says it without showing any balance: what a
/// consent page needs to offer the accounts to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The customer.
    pub customer: CustomerId,
    /// Every holder's approval is needed where there are more.
    pub joint_with: Vec<CustomerId>,
}

/// What a core announces by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoreEvent {
    /// A transaction appeared or changed state; read it with a permit if it is of interest.
    Transaction {
        /// Whose.
        customer: CustomerId,
        /// On which account.
        account: AccountId,
        /// When the core announced it.
        at: Timestamp,
    },
}

/// Why a core bank did not answer. No variant carries a customer's data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoreError {
    /// The core has no such customer.
    #[error("the core bank has no such customer")]
    UnknownCustomer,
    /// The core has no such account, or it is out of reach of the proof.
    #[error("the core bank has no such account within reach")]
    UnknownAccount,
    /// No answer within the limit, or the core is down; try again later.
    #[error("the core bank does not answer: {0}")]
    Unavailable(String),
    /// The core answered something that cannot be understood.
    #[error("the core bank's answer cannot be understood: {0}")]
    Malformed(String),
}

/// A bank's core system.
#[async_trait]
pub trait CoreBank: Send + Sync + 'static {
    /// The banks that this core serves.
    async fn banks(&self) -> Result<Vec<Bank>, CoreError>;

    /// A customer's master data: name, language, zone. The bank itself needs it to greet her; it
    /// leaves only in her own views.
    async fn customer(&self, id: CustomerId) -> Result<Customer, CoreError>;

    /// Up to `limit` customers of a bank, for sign-in help in the demo and for operators.
    async fn customers(&self, bank: &BankId, limit: usize) -> Result<Vec<Customer>, CoreError>;

    /// Her accounts within reach.
    async fn accounts(&self, authority: &dyn Authority) -> Result<Raw<Vec<Account>>, CoreError>;

    /// Her accounts within reach, each with its balance.
    async fn balances(
        &self,
        authority: &dyn Authority,
    ) -> Result<Raw<Vec<AccountBalance>>, CoreError>;

    /// Her transactions within reach and `period`, newest first, at most `limit`.
    async fn transactions(
        &self,
        authority: &dyn Authority,
        period: Period,
        limit: usize,
    ) -> Result<Raw<Vec<Transaction>>, CoreError>;

    /// What repeats on her accounts, with the next day of each.
    async fn recurring(&self, authority: &dyn Authority) -> Result<Raw<Vec<Recurring>>, CoreError>;

    /// Her cards within reach.
    async fn cards(&self, authority: &dyn Authority) -> Result<Raw<Vec<Card>>, CoreError>;

    /// Who holds the account a card draws on.
    async fn holder(&self, card: CardId) -> Result<Holder, CoreError>;

    /// What the core announced after `cursor`, oldest first, at most `limit`; with the cursor to
    /// go on from. `0` is the beginning of what it remembers.
    async fn events(&self, cursor: i64, limit: usize) -> Result<(i64, Vec<CoreEvent>), CoreError>;
}
