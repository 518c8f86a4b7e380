//! What comes out of a core bank, before anything was minimised; and who may ask for it.
//!
//! Architecture invariant: [`Raw`] has no `Serialize`, its `Debug` is redacted, and its content is
//! reached only by a proof: the customer's own session ([`OwnView`]) or a projection.

use std::collections::BTreeSet;
use std::fmt;

use crate::consent::Permit;
use crate::customer::OwnView;
use crate::id::{AccountId, CustomerId};
use crate::time::Timestamp;

/// Which data a proof reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    customer: CustomerId,
    accounts: Accounts,
    since: Option<Timestamp>,
}

/// Which accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// All that she has.
    All,
    /// Those, and no others.
    Only(BTreeSet<AccountId>),
}

impl Reach {
    pub(crate) fn everything(customer: CustomerId) -> Self {
        Self { customer, accounts: Accounts::All, since: None }
    }

    pub(crate) fn limited(
        customer: CustomerId,
        accounts: BTreeSet<AccountId>,
        since: Timestamp,
    ) -> Self {
        Self { customer, accounts: Accounts::Only(accounts), since: Some(since) }
    }

    /// Whose data.
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    /// Whether the account is within reach.
    pub fn covers(&self, account: AccountId) -> bool {
        match &self.accounts {
            Accounts::All => true,
            Accounts::Only(accounts) => accounts.contains(&account),
        }
    }

    /// How many accounts are named; all of hers count as the most there can be.
    pub fn count(&self) -> usize {
        match &self.accounts {
            Accounts::All => usize::MAX,
            Accounts::Only(accounts) => accounts.len(),
        }
    }

    /// The earliest instant whose transactions may be read; `None` is without limit.
    pub fn since(&self) -> Option<Timestamp> {
        self.since
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for crate::customer::OwnView {}
    impl Sealed for crate::consent::Permit {}
}

/// A proof that some of a customer's data may be read. Sealed: [`Permit`] and [`OwnView`].
pub trait Authority: sealed::Sealed + fmt::Debug + Send + Sync {
    /// What it reaches.
    fn reach(&self) -> &Reach;
}

/// A core bank's answer: whole, and only to be opened by a proof.
pub struct Raw<T> {
    owner: CustomerId,
    value: T,
}

impl<T> Raw<T> {
    /// Wraps what the core answered to a call that carried `authority`.
    pub fn answered(authority: &dyn Authority, value: T) -> Self {
        Self { owner: authority.reach().customer(), value }
    }

    /// Whose data it is.
    pub fn owner(&self) -> CustomerId {
        self.owner
    }

    /// For her own eyes, on the bank's origin.
    ///
    /// # Errors
    /// [`NotHers`] if the proof is another customer's.
    pub fn for_owner(self, view: &OwnView) -> Result<T, NotHers> {
        if view.reach().customer() == self.owner { Ok(self.value) } else { Err(NotHers) }
    }

    /// For a projection under a permit.
    pub(crate) fn under(self, permit: &Permit) -> Result<T, NotHers> {
        if permit.reach().customer() == self.owner { Ok(self.value) } else { Err(NotHers) }
    }

    /// Changes what is inside without letting it out: `f` captures nothing.
    pub fn map<U>(self, f: fn(T) -> U) -> Raw<U> {
        Raw { owner: self.owner, value: f(self.value) }
    }

    /// As [`Raw::map`], with something known outside: a zone, an amount that she asked about.
    pub fn with<C, U>(self, context: C, f: fn(T, C) -> U) -> Raw<U> {
        Raw { owner: self.owner, value: f(self.value, context) }
    }

    /// Joins two answers of one customer.
    ///
    /// # Errors
    /// [`NotHers`] if they belong to two.
    pub fn and<U>(self, other: Raw<U>) -> Result<Raw<(T, U)>, NotHers> {
        if self.owner != other.owner {
            return Err(NotHers);
        }
        Ok(Raw { owner: self.owner, value: (self.value, other.value) })
    }
}

impl<T> fmt::Debug for Raw<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw<{}>(••)", std::any::type_name::<T>())
    }
}

/// A proof of one customer met data of another. A defect, never the customer's mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the data belongs to another customer than the proof")]
pub struct NotHers;
