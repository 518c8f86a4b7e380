//! A core bank that fails, dawdles, or answers at the very moment a test wants.
//!
//! INVARIANT: an answer is made when the call comes in, and only then delayed: what happens in the
//! meantime, such as a revocation, cannot change it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::Raw;
use bankside_domain::account::{Account, AccountBalance, Card};
use bankside_domain::bank::{Bank, BankId};
use bankside_domain::customer::{Customer, CustomerId};
use bankside_domain::id::CardId;
use bankside_domain::raw::Authority;
use bankside_domain::transaction::{Recurring, Transaction};
use bankside_service::ports::{CoreBank, CoreError, CoreEvent, Holder, Period};
use tokio::sync::Semaphore;

/// What goes wrong with each call from now on.
#[derive(Clone, Debug, Default)]
pub enum Fault {
    /// Nothing.
    #[default]
    None,
    /// The core answers with this.
    Error(CoreError),
    /// The answer arrives so much later.
    Late(Duration),
    /// The answer arrives when the gate opens.
    Held(Gate),
    /// The core's code panics.
    Panic,
}

/// Holds answers back. Clones are the same gate.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Passage>);

#[derive(Debug)]
struct Passage {
    arrived: Semaphore,
    open: Semaphore,
}

impl Gate {
    /// A closed one.
    #[must_use]
    pub fn closed() -> Self {
        Self(Arc::new(Passage { arrived: Semaphore::new(0), open: Semaphore::new(0) }))
    }

    /// Waits until an answer stands at the gate: it is made, and nobody has it yet. Each arrival is
    /// seen once.
    pub async fn arrived(&self) {
        if let Ok(permit) = self.0.arrived.acquire().await {
            permit.forget();
        }
    }

    /// Lets one answer through.
    pub fn let_one(&self) {
        self.0.open.add_permits(1);
    }

    /// Lets through whatever stands there, and whatever comes.
    pub fn open(&self) {
        self.0.open.close();
    }

    /// Stands at the gate until it opens.
    pub async fn pass(&self) {
        self.0.arrived.add_permits(1);
        if let Ok(permit) = self.0.open.acquire().await {
            permit.forget();
        }
    }
}

/// A core bank with a fault that can be changed at any time.
#[derive(Debug)]
pub struct Faulty<C> {
    inner: C,
    fault: Mutex<Fault>,
    calls: AtomicU64,
}

impl<C: CoreBank> Faulty<C> {
    /// Without a fault at first.
    pub fn new(inner: C) -> Self {
        Self { inner, fault: Mutex::new(Fault::None), calls: AtomicU64::new(0) }
    }

    /// The core bank itself.
    pub fn inner(&self) -> &C {
        &self.inner
    }

    /// Sets the fault of calls that come in from now on.
    pub fn set(&self, fault: Fault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    /// How many calls came in.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    /// Asks the core, and then lets the fault have its way with the answer.
    async fn through<T>(
        &self,
        answer: impl Future<Output = Result<T, CoreError>>,
    ) -> Result<T, CoreError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let answer = answer.await;
        match fault {
            Fault::None => {}
            Fault::Error(error) => return Err(error),
            Fault::Late(by) => tokio::time::sleep(by).await,
            Fault::Held(gate) => gate.pass().await,
            Fault::Panic => panic!("the core panics, as the test wants"),
        }
        answer
    }
}

#[async_trait]
impl<C: CoreBank> CoreBank for Faulty<C> {
    async fn banks(&self) -> Result<Vec<Bank>, CoreError> {
        self.through(self.inner.banks()).await
    }

    async fn customer(&self, id: CustomerId) -> Result<Customer, CoreError> {
        self.through(self.inner.customer(id)).await
    }

    async fn customers(&self, bank: &BankId, limit: usize) -> Result<Vec<Customer>, CoreError> {
        self.through(self.inner.customers(bank, limit)).await
    }

    async fn accounts(&self, authority: &dyn Authority) -> Result<Raw<Vec<Account>>, CoreError> {
        self.through(self.inner.accounts(authority)).await
    }

    async fn balances(
        &self,
        authority: &dyn Authority,
    ) -> Result<Raw<Vec<AccountBalance>>, CoreError> {
        self.through(self.inner.balances(authority)).await
    }

    async fn transactions(
        &self,
        authority: &dyn Authority,
        period: Period,
        limit: usize,
    ) -> Result<Raw<Vec<Transaction>>, CoreError> {
        self.through(self.inner.transactions(authority, period, limit)).await
    }

    async fn recurring(&self, authority: &dyn Authority) -> Result<Raw<Vec<Recurring>>, CoreError> {
        self.through(self.inner.recurring(authority)).await
    }

    async fn cards(&self, authority: &dyn Authority) -> Result<Raw<Vec<Card>>, CoreError> {
        self.through(self.inner.cards(authority)).await
    }

    async fn holder(&self, card: CardId) -> Result<Holder, CoreError> {
        self.through(self.inner.holder(card)).await
    }

    async fn events(&self, cursor: i64, limit: usize) -> Result<(i64, Vec<CoreEvent>), CoreError> {
        self.through(self.inner.events(cursor, limit)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bankside_adapters::core::sandbox::{Forgetful, Sandbox, Settings};
    use bankside_domain::Timestamp;

    const NOW: Timestamp = Timestamp::from_millis(1_795_285_800_000);

    fn faulty() -> Faulty<Sandbox> {
        let settings = Settings { years: 1, ..Settings::default() };
        Faulty::new(Sandbox::open(settings, Forgetful, &[], NOW).unwrap())
    }

    #[tokio::test]
    async fn an_error_lasts_until_it_is_taken_back() {
        let core = faulty();
        let down = CoreError::Unavailable("down".to_owned());
        core.set(Fault::Error(down.clone()));
        assert_eq!(core.banks().await, Err(down));
        core.set(Fault::None);
        assert_eq!(core.banks().await.unwrap().len(), 3);
        assert_eq!(core.calls(), 2);
    }

    #[tokio::test]
    async fn a_late_answer_is_not_there_before_its_time() {
        let core = faulty();
        core.set(Fault::Late(Duration::from_millis(40)));
        let hasty = tokio::time::timeout(Duration::from_millis(2), core.banks()).await;
        assert!(hasty.is_err());
        assert_eq!(core.banks().await.unwrap().len(), 3);
    }

    #[tokio::test]
    async fn a_held_answer_was_made_before_what_happens_meanwhile() {
        let core = Arc::new(faulty());
        let gate = Gate::closed();
        core.set(Fault::Held(gate.clone()));
        let asking = tokio::spawn({
            let core = Arc::clone(&core);
            async move { core.events(0, usize::MAX).await }
        });
        gate.arrived().await;
        assert!(!asking.is_finished());
        core.inner().advance(NOW.plus_days(3)).unwrap();
        gate.open();
        let (_, news) = asking.await.unwrap().unwrap();
        assert!(news.is_empty(), "made before the three days went by");
        let (_, news) = core.events(0, usize::MAX).await.unwrap();
        assert!(!news.is_empty(), "the gate stays open");
    }
}
