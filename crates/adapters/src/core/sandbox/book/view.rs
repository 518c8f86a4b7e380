//! A book as the port shows it.

use super::super::calendar::{Roll, day_of_month};
use super::super::people::Person;
use super::super::plan::{CHECKING, CREDIT, POCKET};
use super::super::words;
use super::{Book, Entry, Slot};
use bankside_domain::account::{
    Account, AccountBalance, AccountKind, AccountNumber, Balance, Card, CardState,
};
use bankside_domain::bank::InvalidBankId;
use bankside_domain::transaction::{Status, Transaction};
use bankside_domain::{Currency, Date, Money, Timestamp};

impl Book {
    /// The account as the port shows it.
    pub(in crate::core::sandbox) fn account(&self, slot: &Slot) -> Result<Account, InvalidBankId> {
        let person = &self.person;
        let mut stream = person.stream(i64::from(slot.number), 52);
        let country = person.region.country;
        let euro = slot.currency == Currency::EUR;
        let (name, number) = match (slot.number, slot.kind) {
            (_, AccountKind::CreditCard) => {
                let tail = card_tail(person, slot.number);
                (words::credit_card(person.language), AccountNumber::None { tail })
            }
            (POCKET, _) => {
                (words::pocket(person.language), person.house.number(country, euro, &mut stream))
            }
            (_, AccountKind::Savings) => (
                person.goal.unwrap_or(words::savings(person.language)),
                person.house.number(country, false, &mut stream),
            ),
            _ => {
                (words::everyday(person.language), person.house.number(country, false, &mut stream))
            }
        };
        Ok(Account {
            id: slot.id,
            bank: person.house.id()?,
            kind: slot.kind,
            nickname: name.into(),
            number,
            currency: slot.currency,
        })
    }

    /// An account with its balance at `as_of`, which is the time the book stands at.
    pub(in crate::core::sandbox) fn account_balance(
        &self,
        slot: &Slot,
        as_of: Timestamp,
    ) -> Option<AccountBalance> {
        let free = self.ledger.balance(slot.free).ok()?;
        let held = self.ledger.balance(slot.held).ok()?;
        let money = |minor| Money::new(minor, slot.currency).ok();
        let limit = if slot.limit > 0 { money(slot.limit) } else { None };
        let balance = Balance {
            account: slot.id,
            booked: money(free.checked_add(held)?)?,
            available: money(free.checked_add(slot.limit)?)?,
            limit,
            as_of,
        };
        Some(AccountBalance { account: self.account(slot).ok()?, balance })
    }

    /// A transaction as the port shows it.
    pub(in crate::core::sandbox) fn transaction(&self, entry: &Entry) -> Option<Transaction> {
        let slot = self.slot(entry.slot).ok()?;
        let at = Timestamp::from_millis(entry.at);
        let index = self.person.index;
        let original = usize::try_from(entry.original).ok().and_then(|n| self.originals.get(n));
        Some(Transaction {
            id: self.ids.transaction(index, at, entry.day, entry.n),
            account: slot.id,
            card: entry.card.then(|| self.ids.card(index, entry.slot)),
            amount: Money::new(entry.minor, slot.currency).ok()?,
            original: original.copied(),
            status: if entry.booked { Status::Booked } else { Status::Pending },
            at,
            counterparty: self.text(entry.who).unwrap_or_default().into(),
            category: entry.category,
            memo: self.text(entry.memo).map(Into::into),
            place: self.text(entry.place).map(Into::into),
        })
    }

    pub(in crate::core::sandbox) fn text(&self, number: u16) -> Option<&str> {
        self.texts.get(number)
    }

    /// The card on an account, where it has one.
    pub(in crate::core::sandbox) fn card(&self, slot: &Slot, since: Date) -> Option<Card> {
        let scheme = match slot.number {
            CHECKING => "Visa",
            CREDIT => "Mastercard",
            _ => return None,
        };
        let months = 60 + self.person.stream(i64::from(slot.number), 54).between(0, 11);
        Some(Card {
            id: self.ids.card(self.person.index, slot.number),
            account: slot.id,
            scheme: scheme.to_owned(),
            tail: card_tail(&self.person, slot.number),
            expires: day_of_month(since, months, 31, Roll::Exact),
            state: CardState::Active,
        })
    }
}

fn card_tail(person: &Person, slot: u8) -> String {
    person.stream(i64::from(slot), 53).digits(4)
}
