//! A whole small bank in the process: three banks, their customers, years of history, and time
//! going on.
//!
//! INVARIANT: everything follows from the seed, the day of the first start and what was injected;
//! the same three give the same bank, to the last id.
//! INVARIANT: no clock. [`Sandbox::advance`] says what time it is; reads answer as of then.
//! INVARIANT: each answer stays within the reach of its proof.
//!
//! Deliberately absent: floats, public holidays, money that moves between two customers.

mod book;
mod calendar;
mod daily;
mod events;
mod houses;
mod ids;
mod injection;
mod journal;
pub mod ledger;
mod numbers;
mod people;
mod plan;
mod random;
mod recurring;
mod region;
mod travel;
mod words;
mod world;

#[cfg(test)]
mod tests;

use std::sync::Mutex;

use async_trait::async_trait;
use bankside_domain::account::{Account, AccountBalance, Card};
use bankside_domain::bank::{Bank, BankId};
use bankside_domain::customer::{Customer, CustomerId};
use bankside_domain::id::{CardId, TransactionId};
use bankside_domain::raw::{Authority, Reach};
use bankside_domain::transaction::{Recurring, Transaction};
use bankside_domain::{Raw, Timestamp};
use bankside_service::ports::{CoreBank, CoreError, CoreEvent, Holder, Period};

pub use injection::{InjectError, Injection, MAX_KEY, MAX_TEXT};
pub use journal::{FileJournal, Forgetful, Journal};

use book::Book;
use houses::HOUSES;
use ledger::LedgerError;
use people::{Person, Roster};
use world::World;

/// What a sandbox is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Decides everything.
    pub seed: u64,
    /// Years of history before the first start, at most 10.
    pub years: u8,
    /// Customers besides those who are introduced by name, at most about 100,000.
    pub crowd: u32,
    /// How many of them are kept in memory at once; each takes about a third of a MiB.
    pub awake: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 2018, years: 3, crowd: 0, awake: 32 }
    }
}

/// Why a sandbox did not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// A line cannot be read, or names a customer whom these settings do not have.
    #[error(
        "line {line} of the sandbox's journal cannot be read with these settings; mend it, or start fresh"
    )]
    Journal {
        /// Counted from 1.
        line: usize,
    },
    /// The journal belongs to another seed.
    #[error("the sandbox's journal was begun with seed {0}; use that seed, or start fresh")]
    OtherSeed(u64),
    /// The journal could not keep the beginning.
    #[error("the sandbox's journal cannot be written: {0}")]
    NotKept(String),
    /// The books do not add up.
    #[error("the sandbox's books are damaged: {0}")]
    Books(#[from] LedgerError),
}

/// A customer who is introduced on a demonstration's sign-in page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduction {
    /// Who.
    pub customer: CustomerId,
    /// Her bank.
    pub bank: BankId,
    /// One public sentence about her.
    pub about: &'static str,
}

/// The sandbox.
pub struct Sandbox {
    world: Mutex<World>,
}

impl Sandbox {
    /// Begins, or goes on from the `lines` that the journal held; see [`FileJournal::open`].
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(
        settings: Settings,
        journal: impl Journal,
        lines: &[String],
        now: Timestamp,
    ) -> Result<Self, OpenError> {
        let world = World::open(settings, Box::new(journal), lines, now)?;
        Ok(Self { world: Mutex::new(world) })
    }

    /// Those who are introduced by name.
    ///
    /// # Errors
    /// [`CoreError::Unavailable`] after a defect.
    pub fn introductions(&self) -> Result<Vec<Introduction>, CoreError> {
        self.with(|world| {
            let people = (0..Roster::featured()).filter_map(|index| world.roster.person(index));
            let introduced = people.filter_map(|person| {
                let (customer, about) = (world.ids.customer(person.index), person.pitch?);
                Some(Introduction { customer, bank: person.house.id().ok()?, about })
            });
            Ok(introduced.collect())
        })
    }

    /// Lets time go on to `now`; an earlier time changes nothing.
    ///
    /// # Errors
    /// [`CoreError::Malformed`] if the books do not add up.
    pub fn advance(&self, now: Timestamp) -> Result<(), CoreError> {
        self.with(|world| world.advance(now).map_err(damaged))
    }

    /// Brings something about, now. It is durable on return. The same `key` (1 to 64 bytes) with
    /// the same injection brings it about once.
    ///
    /// # Errors
    /// [`InjectError`]; nothing happened then.
    pub fn inject(&self, key: &str, injection: &Injection) -> Result<TransactionId, InjectError> {
        let mut world = self.world.lock().map_err(|_| InjectError::Books(LedgerError::Damaged))?;
        world.inject(key, injection)
    }

    /// Adds up the books of all customers in memory; how many they are.
    ///
    /// # Errors
    /// [`CoreError::Malformed`] with what does not hold.
    pub fn check_books(&self) -> Result<usize, CoreError> {
        self.with(|world| world.check().map_err(damaged))
    }

    fn with<T>(&self, f: impl FnOnce(&mut World) -> Result<T, CoreError>) -> Result<T, CoreError> {
        let stopped = |_| CoreError::Unavailable("the sandbox stopped; start it again".to_owned());
        f(&mut *self.world.lock().map_err(stopped)?)
    }

    /// Opens the book that a proof reaches.
    fn read<T>(
        &self,
        authority: &dyn Authority,
        f: impl FnOnce(&Book, &Reach, Timestamp, bankside_domain::Date) -> Result<T, CoreError>,
    ) -> Result<Raw<T>, CoreError> {
        let reach = authority.reach();
        let value = self.with(|world| {
            let index =
                world.ids.customer_of(reach.customer()).ok_or(CoreError::UnknownCustomer)?;
            let (now, since) = (world.now, world.since);
            let book = world.book(index).map_err(damaged)?.ok_or(CoreError::UnknownCustomer)?;
            f(book, reach, now, since)
        })?;
        Ok(Raw::answered(authority, value))
    }
}

#[async_trait]
impl CoreBank for Sandbox {
    async fn banks(&self) -> Result<Vec<Bank>, CoreError> {
        HOUSES.iter().map(|house| house.bank().map_err(malformed)).collect()
    }

    async fn customer(&self, id: CustomerId) -> Result<Customer, CoreError> {
        self.with(|world| {
            let person = world.ids.customer_of(id).and_then(|index| world.roster.person(index));
            customer(&person.ok_or(CoreError::UnknownCustomer)?, id)
        })
    }

    async fn customers(&self, bank: &BankId, limit: usize) -> Result<Vec<Customer>, CoreError> {
        self.with(|world| {
            let people = (0..world.roster.len()).filter_map(|index| world.roster.person(index));
            let hers = people.filter(|person| person.house.slug == bank.as_str()).take(limit);
            hers.map(|person| customer(&person, world.ids.customer(person.index))).collect()
        })
    }

    async fn accounts(&self, authority: &dyn Authority) -> Result<Raw<Vec<Account>>, CoreError> {
        self.read(authority, |book, reach, _, _| {
            let within = book.slots.iter().filter(|slot| reach.covers(slot.id));
            within.map(|slot| book.account(slot).map_err(malformed)).collect()
        })
    }

    async fn balances(
        &self,
        authority: &dyn Authority,
    ) -> Result<Raw<Vec<AccountBalance>>, CoreError> {
        self.read(authority, |book, reach, now, _| {
            let within = book.slots.iter().filter(|slot| reach.covers(slot.id));
            let balance =
                |slot| book.account_balance(slot, now).ok_or_else(|| malformed("a balance"));
            within.map(balance).collect()
        })
    }

    async fn transactions(
        &self,
        authority: &dyn Authority,
        period: Period,
        limit: usize,
    ) -> Result<Raw<Vec<Transaction>>, CoreError> {
        self.read(authority, |book, reach, _, _| {
            let from = reach.since().map_or(period.from, |since| since.max(period.from));
            let past = book.entries.iter().rev().skip_while(|e| e.at >= period.to.as_millis());
            let within = past.take_while(|e| e.at >= from.as_millis());
            let account = |number| book.slots.iter().find(|slot| slot.number == number);
            let covered =
                within.filter(|e| account(e.slot).is_some_and(|slot| reach.covers(slot.id)));
            let shown = covered.take(limit).map(|entry| book.transaction(entry));
            shown.map(|t| t.ok_or_else(|| malformed("a transaction"))).collect()
        })
    }

    async fn recurring(&self, authority: &dyn Authority) -> Result<Raw<Vec<Recurring>>, CoreError> {
        self.read(authority, |book, reach, now, _| Ok(recurring::found(book, reach, now)))
    }

    async fn cards(&self, authority: &dyn Authority) -> Result<Raw<Vec<Card>>, CoreError> {
        self.read(authority, |book, reach, _, since| {
            let within = book.slots.iter().filter(|slot| reach.covers(slot.id));
            Ok(within.filter_map(|slot| book.card(slot, since)).collect())
        })
    }

    async fn holder(&self, card: CardId) -> Result<Holder, CoreError> {
        self.with(|world| {
            let (index, slot) = world.ids.card_of(card).ok_or(CoreError::UnknownAccount)?;
            let person = world.roster.person(index).ok_or(CoreError::UnknownAccount)?;
            if slot != plan::CHECKING && !(slot == plan::CREDIT && person.credit) {
                return Err(CoreError::UnknownAccount);
            }
            Ok(Holder { customer: world.ids.customer(index), joint_with: Vec::new() })
        })
    }

    async fn events(&self, cursor: i64, limit: usize) -> Result<(i64, Vec<CoreEvent>), CoreError> {
        self.with(|world| Ok(world.events(cursor, limit)))
    }
}

fn customer(person: &Person, id: CustomerId) -> Result<Customer, CoreError> {
    Ok(Customer {
        id,
        bank: person.house.id().map_err(malformed)?,
        given_name: person.given.into(),
        full_name: person.full.clone().into(),
        language: person.language,
        time_zone: person.zone.iana_name().unwrap_or("UTC").to_owned(),
        region: person.region.country.to_owned(),
    })
}

fn damaged(error: LedgerError) -> CoreError {
    malformed(error)
}

fn malformed(what: impl std::fmt::Display) -> CoreError {
    CoreError::Malformed(what.to_string())
}
