//! A double-entry ledger with holds.
//!
//! INVARIANT: append only, and the legs of each entry sum to zero in each currency; so do the
//! books as a whole, at every moment.
//! INVARIANT: an account with a floor never falls below it, and none leaves the range of money.
//!
//! A customer's account is two ledger accounts: what is free, and what is held. An authorisation
//! moves from the one to the other, a capture from the held one to the merchant. The booked balance
//! is the sum of both.

use bankside_domain::money::MAX_MINOR;
use bankside_domain::{Currency, Timestamp};

/// What a ledger account stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A customer's money, free to use.
    Free,
    /// A customer's money, held for a card authorisation.
    Held,
    /// What merchants, landlords and other payees are owed.
    Settlement,
    /// What employers and other payers paid in.
    Employers,
    /// Interest that the bank pays.
    Interest,
    /// Fees that the bank earns.
    Fees,
    /// What the bank holds between two currencies.
    Exchange,
    /// What customers brought when they joined.
    Opening,
}

/// A ledger account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(u16);

/// A hold, until it is captured or released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldNumber(u32);

/// A change of one account, in minor units of its currency.
#[derive(Clone, Copy)]
pub struct Leg {
    /// Which account.
    pub account: Number,
    /// Signed minor units.
    pub minor: i64,
}

/// Why the ledger refused. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// No such account here.
    #[error("the ledger has no such account")]
    UnknownAccount,
    /// An entry needs at least two legs, each with an amount.
    #[error("an entry has at least two legs, and none of nothing")]
    Empty,
    /// The legs do not cancel out.
    #[error("the legs in {0} do not sum to zero")]
    Unbalanced(Currency),
    /// The account would fall below its floor.
    #[error("the account does not cover this")]
    NotCovered,
    /// The hold is over, or the capture asks for more than it holds.
    #[error("the hold is over or too small")]
    NoSuchHold,
    /// The amount leaves the range of the books.
    #[error("the amount is larger than the books can hold")]
    TooLarge,
    /// The running balances differ from the sum of the legs: the books are damaged.
    #[error("the books do not add up")]
    Damaged,
}

struct Account {
    role: Role,
    currency: Currency,
    floor: i64,
    balance: i64,
}

struct Hold {
    free: Number,
    held: Number,
    minor: i64,
}

/// The books.
#[derive(Default)]
pub struct Ledger {
    accounts: Vec<Account>,
    legs: Vec<Leg>,
    /// For each entry, the number of legs up to its end, and when it was made.
    entries: Vec<(u32, Timestamp)>,
    holds: Vec<Option<Hold>>,
}

impl Ledger {
    /// Opens an account that may not fall below `floor` minor units; `None` is without a floor.
    ///
    /// # Errors
    /// [`LedgerError::TooLarge`] past 65,536 accounts.
    pub fn open(
        &mut self,
        role: Role,
        currency: Currency,
        floor: Option<i64>,
    ) -> Result<Number, LedgerError> {
        let number = u16::try_from(self.accounts.len()).map_err(|_| LedgerError::TooLarge)?;
        let floor = floor.unwrap_or(i64::MIN);
        self.accounts.push(Account { role, currency, floor, balance: 0 });
        Ok(Number(number))
    }

    /// The balance, in minor units.
    ///
    /// # Errors
    /// [`LedgerError::UnknownAccount`].
    pub fn balance(&self, account: Number) -> Result<i64, LedgerError> {
        self.account(account).map(|a| a.balance)
    }

    /// Number of entries so far.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was posted yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Makes one entry: all of its legs, or none.
    ///
    /// # Errors
    /// [`LedgerError`]: unbalanced, not covered, unknown account, too large.
    pub fn post(&mut self, at: Timestamp, legs: &[Leg]) -> Result<(), LedgerError> {
        if legs.len() < 2 || legs.iter().any(|leg| leg.minor == 0) {
            return Err(LedgerError::Empty);
        }
        self.balanced(legs)?;
        let after: Vec<i64> =
            legs.iter().map(|leg| self.after(*leg, legs)).collect::<Result<_, _>>()?;
        let end = self.legs.len().checked_add(legs.len()).and_then(|n| u32::try_from(n).ok());
        let end = end.ok_or(LedgerError::TooLarge)?;
        for (leg, balance) in legs.iter().zip(after) {
            if let Some(account) = self.accounts.get_mut(usize::from(leg.account.0)) {
                account.balance = balance;
            }
        }
        self.legs.extend_from_slice(legs);
        self.entries.push((end, at));
        Ok(())
    }

    /// Moves `minor` from one account to another of the same currency.
    ///
    /// # Errors
    /// As [`Ledger::post`]; [`LedgerError::Empty`] unless it is more than nothing.
    pub fn transfer(
        &mut self,
        at: Timestamp,
        from: Number,
        to: Number,
        minor: i64,
    ) -> Result<(), LedgerError> {
        if minor <= 0 {
            return Err(LedgerError::Empty);
        }
        self.post(at, &[Leg { account: from, minor: -minor }, Leg { account: to, minor }])
    }

    /// Holds `minor` for a card payment.
    ///
    /// # Errors
    /// As [`Ledger::post`]; [`LedgerError::Empty`] unless it is more than nothing.
    pub fn authorise(
        &mut self,
        at: Timestamp,
        free: Number,
        held: Number,
        minor: i64,
    ) -> Result<HoldNumber, LedgerError> {
        if self.account(free)?.role != Role::Free || self.account(held)?.role != Role::Held {
            return Err(LedgerError::UnknownAccount);
        }
        let number = u32::try_from(self.holds.len()).map_err(|_| LedgerError::TooLarge)?;
        self.transfer(at, free, held, minor)?;
        self.holds.push(Some(Hold { free, held, minor }));
        Ok(HoldNumber(number))
    }

    /// Books `minor` of a hold to the merchant and frees the rest.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchHold`]; otherwise as [`Ledger::post`].
    pub fn capture(
        &mut self,
        at: Timestamp,
        hold: HoldNumber,
        to: Number,
        minor: i64,
    ) -> Result<(), LedgerError> {
        let index = usize::try_from(hold.0).map_err(|_| LedgerError::NoSuchHold)?;
        let Some(Some(open)) = self.holds.get(index) else { return Err(LedgerError::NoSuchHold) };
        if minor < 0 || minor > open.minor {
            return Err(LedgerError::NoSuchHold);
        }
        let legs = [
            Leg { account: open.held, minor: -open.minor },
            Leg { account: to, minor },
            Leg { account: open.free, minor: open.minor - minor },
        ];
        let legs: Vec<Leg> = legs.into_iter().filter(|leg| leg.minor != 0).collect();
        self.post(at, &legs)?;
        if let Some(slot) = self.holds.get_mut(index) {
            *slot = None;
        }
        Ok(())
    }

    /// Frees a hold.
    ///
    /// # Errors
    /// As [`Ledger::capture`].
    pub fn release(&mut self, at: Timestamp, hold: HoldNumber) -> Result<(), LedgerError> {
        let index = usize::try_from(hold.0).map_err(|_| LedgerError::NoSuchHold)?;
        let open = self.holds.get(index).and_then(Option::as_ref).ok_or(LedgerError::NoSuchHold)?;
        let free = open.free;
        self.capture(at, hold, free, 0)
    }

    /// Adds up everything again, from the first leg on.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check(&self) -> Result<(), LedgerError> {
        let mut from = 0;
        let mut sums = vec![0_i64; self.accounts.len()];
        for (end, _) in &self.entries {
            let end = usize::try_from(*end).map_err(|_| LedgerError::Damaged)?;
            let legs = self.legs.get(from..end).ok_or(LedgerError::Damaged)?;
            self.balanced(legs)?;
            for leg in legs {
                let sum = sums.get_mut(usize::from(leg.account.0)).ok_or(LedgerError::Damaged)?;
                *sum = sum.checked_add(leg.minor).ok_or(LedgerError::TooLarge)?;
            }
            from = end;
        }
        let held: i128 = self.holds.iter().flatten().map(|hold| i128::from(hold.minor)).sum();
        let in_hold = self.accounts.iter().filter(|a| a.role == Role::Held);
        let as_posted = self.accounts.iter().map(|a| a.balance).eq(sums);
        let above_floor = self.accounts.iter().all(|a| a.balance >= a.floor);
        if from != self.legs.len()
            || !as_posted
            || !above_floor
            || in_hold.map(|a| i128::from(a.balance)).sum::<i128>() != held
        {
            return Err(LedgerError::Damaged);
        }
        Ok(())
    }

    fn account(&self, number: Number) -> Result<&Account, LedgerError> {
        self.accounts.get(usize::from(number.0)).ok_or(LedgerError::UnknownAccount)
    }

    /// The balance of a leg's account after all of the legs.
    fn after(&self, leg: Leg, legs: &[Leg]) -> Result<i64, LedgerError> {
        let account = self.account(leg.account)?;
        let mut of_account = legs.iter().filter(|other| other.account == leg.account);
        let after = of_account
            .try_fold(account.balance, |sum, other| sum.checked_add(other.minor))
            .filter(|after| after.unsigned_abs() <= MAX_MINOR.unsigned_abs())
            .ok_or(LedgerError::TooLarge)?;
        if after < account.floor {
            return Err(LedgerError::NotCovered);
        }
        Ok(after)
    }

    fn balanced(&self, legs: &[Leg]) -> Result<(), LedgerError> {
        for leg in legs {
            let currency = self.account(leg.account)?.currency;
            let mut sum = 0_i64;
            for other in legs {
                if self.account(other.account)?.currency == currency {
                    sum = sum.checked_add(other.minor).ok_or(LedgerError::TooLarge)?;
                }
            }
            if sum != 0 {
                return Err(LedgerError::Unbalanced(currency));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
