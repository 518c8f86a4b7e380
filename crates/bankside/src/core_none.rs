//! No core system yet: the banks are configured, and every question about accounts is answered
//! with what is missing.

use async_trait::async_trait;
use bankside_domain::Raw;
use bankside_domain::account::{Account, AccountBalance, Card};
use bankside_domain::bank::{Bank, BankId};
use bankside_domain::customer::{Customer, CustomerId};
use bankside_domain::id::CardId;
use bankside_domain::raw::Authority;
use bankside_domain::transaction::{Recurring, Transaction};
use bankside_service::ports::{CoreBank, CoreError, CoreEvent, Holder, Period};

/// Knows the banks' names and nothing else.
#[derive(Clone, Debug)]
pub(crate) struct NoCore {
    banks: Vec<Bank>,
}

impl NoCore {
    /// Of those banks.
    pub(crate) fn new(banks: Vec<Bank>) -> Self {
        Self { banks }
    }
}

fn none<T>() -> Result<T, CoreError> {
    Err(CoreError::Unavailable("no core bank is configured; set `core.kind`".to_owned()))
}

#[async_trait]
impl CoreBank for NoCore {
    async fn banks(&self) -> Result<Vec<Bank>, CoreError> {
        Ok(self.banks.clone())
    }

    async fn customer(&self, _id: CustomerId) -> Result<Customer, CoreError> {
        none()
    }

    async fn customers(&self, _bank: &BankId, _limit: usize) -> Result<Vec<Customer>, CoreError> {
        none()
    }

    async fn accounts(&self, _authority: &dyn Authority) -> Result<Raw<Vec<Account>>, CoreError> {
        none()
    }

    async fn balances(
        &self,
        _authority: &dyn Authority,
    ) -> Result<Raw<Vec<AccountBalance>>, CoreError> {
        none()
    }

    async fn transactions(
        &self,
        _authority: &dyn Authority,
        _period: Period,
        _limit: usize,
    ) -> Result<Raw<Vec<Transaction>>, CoreError> {
        none()
    }

    async fn recurring(
        &self,
        _authority: &dyn Authority,
    ) -> Result<Raw<Vec<Recurring>>, CoreError> {
        none()
    }

    async fn cards(&self, _authority: &dyn Authority) -> Result<Raw<Vec<Card>>, CoreError> {
        none()
    }

    async fn holder(&self, _card: CardId) -> Result<Holder, CoreError> {
        none()
    }

    async fn events(&self, cursor: i64, _limit: usize) -> Result<(i64, Vec<CoreEvent>), CoreError> {
        Ok((cursor, Vec::new()))
    }
}
