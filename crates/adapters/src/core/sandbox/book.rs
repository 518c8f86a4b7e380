//! One customer's book: her accounts, what happened on them, and what is about to.
//!
//! INVARIANT: the book at a later time holds everything that it held before; only pending turns
//! into booked. How many steps time takes makes no difference.
//! INVARIANT: each entry here has its posting in the ledger.

mod texts;
mod view;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::ids::{INJECTED_DAY, Ids};
use super::injection::{Happening, InjectError};
use super::ledger::{HoldNumber, Ledger, LedgerError, Leg, Number, Role};
use super::people::Person;
use super::plan::{Act, CHECKING, CREDIT, Movement, POCKET, SAVINGS};
use super::travel::exchanged;
use super::{plan, words};
use bankside_domain::account::AccountKind;
use bankside_domain::id::AccountId;
use bankside_domain::time::DAY_MS;
use bankside_domain::transaction::Category;
use bankside_domain::{Currency, Date, Money, Timestamp};
use texts::Texts;

/// An account and its two sides in the ledger.
pub(super) struct Slot {
    pub(super) number: u8,
    pub(super) id: AccountId,
    pub(super) kind: AccountKind,
    pub(super) currency: Currency,
    pub(super) limit: i64,
    free: Number,
    held: Number,
}

/// The bank's own accounts in one currency.
struct Counters {
    currency: Currency,
    by_role: [(Role, Number); 6],
}

/// A transaction, kept small.
pub(super) struct Entry {
    pub(super) at: i64,
    pub(super) minor: i64,
    day: u32,
    n: u32,
    original: u32,
    pub(super) who: u16,
    memo: u16,
    place: u16,
    pub(super) slot: u8,
    pub(super) category: Category,
    card: bool,
    booked: bool,
}

enum Due {
    Happens { movement: Movement, day: u32, n: u32 },
    Captured { entry: usize, hold: HoldNumber },
}

/// What the core announces: when, and on which account.
pub(super) type News = (i64, u8);

/// The book.
pub(super) struct Book {
    pub(super) person: Person,
    ids: Ids,
    pub(super) slots: Vec<Slot>,
    counters: Vec<Counters>,
    ledger: Ledger,
    pub(super) entries: Vec<Entry>,
    texts: Texts,
    originals: Vec<Money>,
    queue: BTreeMap<(i64, u64), Due>,
    queued: u64,
    next: Date,
    news: Vec<News>,
    news_after: i64,
}

impl Book {
    /// An empty book on the first day, which announces what happens after `news_after`.
    ///
    /// # Errors
    /// [`LedgerError`]: never with the amounts of the habits.
    pub(super) fn open(
        person: Person,
        ids: Ids,
        since: Date,
        news_after: Timestamp,
    ) -> Result<Self, LedgerError> {
        let mut book = Self {
            person,
            ids,
            slots: Vec::new(),
            counters: Vec::new(),
            ledger: Ledger::default(),
            entries: Vec::new(),
            texts: Texts::default(),
            originals: Vec::new(),
            queue: BTreeMap::new(),
            queued: 0,
            next: since,
            news: Vec::new(),
            news_after: news_after.as_millis(),
        };
        book.add_slots(since)?;
        Ok(book)
    }

    fn add_slots(&mut self, since: Date) -> Result<(), LedgerError> {
        let (own, income) = (self.person.region.currency, self.person.wage(since));
        let mut stream = self.person.stream(0, 51);
        let brought = [income * 13 / 10, income * stream.between(25, 70) / 10];
        self.add_slot(CHECKING, AccountKind::Checking, own, 0)?;
        self.add_slot(SAVINGS, AccountKind::Savings, own, 0)?;
        if self.person.credit {
            self.add_slot(CREDIT, AccountKind::CreditCard, own, income / 50_000 * 75_000)?;
        }
        if let Some(currency) = self.person.pocket {
            self.add_slot(POCKET, AccountKind::Checking, currency, 0)?;
        }
        let at = Timestamp::start_of(since, &self.person.zone);
        for (slot, minor) in [CHECKING, SAVINGS].into_iter().zip(brought) {
            let from = self.counter(own, Role::Opening)?;
            let free = self.free(slot)?;
            self.ledger.transfer(at, from, free, minor)?;
            let n = u32::from(slot);
            let who = words::opening(self.person.language);
            self.enter(at.as_millis(), slot, minor, Category::Transfer, who, (INJECTED_DAY - 1, n));
        }
        Ok(())
    }

    fn add_slot(
        &mut self,
        number: u8,
        kind: AccountKind,
        currency: Currency,
        limit: i64,
    ) -> Result<(), LedgerError> {
        let free = self.ledger.open(Role::Free, currency, Some(-limit))?;
        let held = self.ledger.open(Role::Held, currency, Some(0))?;
        let id = self.ids.account(self.person.index, number);
        self.slots.push(Slot { number, id, kind, currency, limit, free, held });
        if self.counters.iter().all(|c| c.currency != currency) {
            let mut open = |role| Ok((role, self.ledger.open(role, currency, None)?));
            let by_role = [
                open(Role::Settlement)?,
                open(Role::Employers)?,
                open(Role::Interest)?,
                open(Role::Fees)?,
                open(Role::Exchange)?,
                open(Role::Opening)?,
            ];
            self.counters.push(Counters { currency, by_role });
        }
        Ok(())
    }

    /// Lets time go on.
    ///
    /// # Errors
    /// [`LedgerError`]: the books are damaged. What merely was not covered did not happen.
    pub(super) fn advance(&mut self, now: Timestamp) -> Result<(), LedgerError> {
        loop {
            let start = Timestamp::start_of(self.next, &self.person.zone).as_millis();
            self.drain(now.as_millis().min(start.saturating_sub(1)))?;
            if start > now.as_millis() {
                return Ok(());
            }
            let day = u32::try_from(super::calendar::day_number(self.next)).unwrap_or_default();
            for (n, movement) in (0..).zip(plan::day(&self.person, self.next)) {
                let at = start.saturating_add(movement.second * 1_000);
                self.expect(at, Due::Happens { movement, day, n });
            }
            self.next = super::calendar::later(self.next, 1);
        }
    }

    fn expect(&mut self, at: i64, due: Due) {
        self.queue.insert((at, self.queued), due);
        self.queued += 1;
    }

    fn drain(&mut self, until: i64) -> Result<(), LedgerError> {
        while let Some(first) = self.queue.first_entry() {
            let (at, _) = *first.key();
            if at > until {
                return Ok(());
            }
            match first.remove() {
                Due::Captured { entry, hold } => self.capture(at, entry, hold)?,
                Due::Happens { movement, day, n } => match self.happen(at, &movement, (day, n)) {
                    // The card was declined, or the debit returned: nothing shows.
                    Ok(()) | Err(LedgerError::NotCovered | LedgerError::Empty) => {}
                    Err(error) => return Err(error),
                },
            }
        }
        Ok(())
    }

    fn capture(&mut self, at: i64, entry: usize, hold: HoldNumber) -> Result<(), LedgerError> {
        let Some(held) = self.entries.get_mut(entry) else { return Ok(()) };
        let (slot, minor) = (held.slot, -held.minor);
        held.booked = true;
        let to = self.counter(self.slot(slot)?.currency, Role::Settlement)?;
        self.ledger.capture(Timestamp::from_millis(at), hold, to, minor)?;
        self.announce(at, slot);
        Ok(())
    }

    fn happen(
        &mut self,
        at: i64,
        movement: &Movement,
        source: (u32, u32),
    ) -> Result<(), LedgerError> {
        let who = movement.who;
        let category = movement.category;
        match movement.act {
            Act::Receive { slot, minor, from } => self.credit(at, slot, minor, from)?,
            // Only what was paid comes back: the card may have been declined.
            Act::Refund { slot, minor } if !self.paid_lately(at, slot, minor, who) => return Ok(()),
            Act::Refund { slot, minor } => self.credit(at, slot, minor, Role::Settlement)?,
            Act::Fee { minor } => self.debit(at, CHECKING, minor, Role::Fees)?,
            Act::Pay { slot, minor } => self.debit(at, slot, minor, Role::Settlement)?,
            Act::Card { slot, minor, original, after } => {
                let place = movement.place.map(Cow::Borrowed);
                let paid =
                    Paid { slot, minor, original, after, category, who: Cow::Borrowed(who), place };
                return self.pay_by_card(at, paid, source);
            }
            Act::Interest { millionths } => {
                let minor = self.booked(SAVINGS)? / 1_000 * millionths / 1_000;
                self.credit(at, SAVINGS, minor, Role::Interest)?;
                self.enter(at, SAVINGS, minor, category, who, source);
                return Ok(());
            }
            Act::Save { .. } | Act::Sweep | Act::Draw { .. } | Act::SettleCard => {
                return self.move_own(at, movement, source);
            }
            Act::TopUp { minor } => return self.top_up(at, minor, movement, source),
        }
        let (slot, minor) = match movement.act {
            Act::Receive { slot, minor, .. } | Act::Refund { slot, minor } => (slot, minor),
            Act::Pay { slot, minor } => (slot, -minor),
            Act::Fee { minor } => (CHECKING, -minor),
            _ => return Ok(()),
        };
        let entry = self.enter(at, slot, minor, category, who, source);
        let memo = self.texts.of(movement.memo.map(Cow::Borrowed));
        let place = self.texts.of(movement.place.map(Cow::Borrowed));
        let by_card = matches!(movement.act, Act::Refund { .. }) || category == Category::Cash;
        if let Some(entry) = self.entries.get_mut(entry) {
            (entry.memo, entry.place, entry.card) = (memo, place, by_card);
        }
        Ok(())
    }

    /// Whether exactly that was paid to them within the last ten days.
    fn paid_lately(&self, at: i64, slot: u8, minor: i64, who: &str) -> bool {
        let lately = self.entries.iter().rev().take_while(|e| e.at > at - 10 * DAY_MS);
        let mut same = lately.filter(|e| e.slot == slot && e.minor == -minor);
        same.any(|e| self.texts.get(e.who) == Some(who))
    }

    /// A hold now, the booking later.
    fn pay_by_card(&mut self, at: i64, paid: Paid, source: (u32, u32)) -> Result<(), LedgerError> {
        let slot = self.slot(paid.slot)?;
        let (free, held) = (slot.free, slot.held);
        let hold = self.ledger.authorise(Timestamp::from_millis(at), free, held, paid.minor)?;
        let place = self.texts.of(paid.place);
        let original = match paid.original {
            Some(money) => {
                self.originals.push(money);
                u32::try_from(self.originals.len() - 1).unwrap_or(u32::MAX)
            }
            None => u32::MAX,
        };
        let entry = self.enter(at, paid.slot, -paid.minor, paid.category, paid.who, source);
        if let Some(entry) = self.entries.get_mut(entry) {
            (entry.booked, entry.card) = (false, true);
            (entry.place, entry.original) = (place, original);
        }
        self.expect(at.saturating_add(paid.after * 1_000), Due::Captured { entry, hold });
        Ok(())
    }

    /// Between her accounts of one currency.
    fn move_own(
        &mut self,
        at: i64,
        movement: &Movement,
        source: (u32, u32),
    ) -> Result<(), LedgerError> {
        let free = self.balance(CHECKING)?;
        let income = self.person.wage(self.next);
        let (from, to, minor) = match movement.act {
            // Most of an income stays for the month.
            Act::Save { minor } if free - minor >= income * 7 / 10 => (CHECKING, SAVINGS, minor),
            Act::Sweep => (CHECKING, SAVINGS, free - 2 * income),
            Act::Draw { below, minor } if free < below => {
                (SAVINGS, CHECKING, minor.min(self.balance(SAVINGS)?))
            }
            Act::SettleCard => (CHECKING, CREDIT, (-self.booked(CREDIT)?).min(free)),
            _ => return Ok(()),
        };
        if minor <= 0 {
            return Ok(());
        }
        let (a, b) = (self.free(from)?, self.free(to)?);
        self.ledger.transfer(Timestamp::from_millis(at), a, b, minor)?;
        self.enter(at, from, -minor, movement.category, movement.who, source);
        self.enter(at, to, minor, movement.category, movement.who, other_side(source));
        Ok(())
    }

    /// Between two currencies: each cancels out on its own, through the exchange accounts.
    fn top_up(
        &mut self,
        at: i64,
        minor: i64,
        movement: &Movement,
        source: (u32, u32),
    ) -> Result<(), LedgerError> {
        let (own, other) = (self.slot(CHECKING)?.currency, self.slot(POCKET)?.currency);
        let there = exchanged(minor, own, other, self.next);
        let legs = [
            Leg { account: self.free(CHECKING)?, minor: -minor },
            Leg { account: self.counter(own, Role::Exchange)?, minor },
            Leg { account: self.counter(other, Role::Exchange)?, minor: -there },
            Leg { account: self.free(POCKET)?, minor: there },
        ];
        self.ledger.post(Timestamp::from_millis(at), &legs)?;
        let (category, who) = (movement.category, movement.who);
        self.enter(at, CHECKING, -minor, category, who, source);
        self.enter(at, POCKET, there, category, who, other_side(source));
        Ok(())
    }

    /// Whether [`Book::inject`] would do it.
    ///
    /// # Errors
    /// As there.
    pub(super) fn would_take(&self, happening: &Happening) -> Result<(), InjectError> {
        let (slot, amount) = (self.slot(happening.slot)?, happening.amount);
        if amount.minor() <= 0 {
            return Err(InjectError::NotPositive);
        }
        if slot.currency != amount.currency() {
            return Err(InjectError::OtherCurrency(slot.currency));
        }
        let spendable = self.balance(happening.slot)?.saturating_add(slot.limit);
        if happening.purchase && spendable < amount.minor() {
            return Err(InjectError::Declined);
        }
        Ok(())
    }

    /// Lets something happen that an operator brought about, as the `n`-th of those.
    ///
    /// # Errors
    /// [`InjectError`]; nothing happened then.
    pub(super) fn inject(
        &mut self,
        at: Timestamp,
        n: u32,
        happening: &Happening,
    ) -> Result<(), InjectError> {
        self.would_take(happening)?;
        let (source, at) = ((INJECTED_DAY, n), at.as_millis());
        let who: Cow<'static, str> = Cow::Owned(happening.counterparty.reveal().clone());
        let (slot, minor) = (happening.slot, happening.amount.minor());
        let category = happening.category;
        if happening.purchase {
            let place = happening.place.as_ref().map(|place| Cow::Owned(place.reveal().clone()));
            let after = 26 * plan::HOUR;
            let paid = Paid { slot, minor, original: None, after, category, who, place };
            self.pay_by_card(at, paid, source)?;
        } else {
            let refund = category == Category::Refund;
            self.credit(at, slot, minor, if refund { Role::Settlement } else { Role::Employers })?;
            let entry = self.enter(at, slot, minor, category, who, source);
            if let Some(entry) = self.entries.get_mut(entry) {
                entry.card = refund;
            }
        }
        Ok(())
    }

    fn credit(&mut self, at: i64, slot: u8, minor: i64, from: Role) -> Result<(), LedgerError> {
        let from = self.counter(self.slot(slot)?.currency, from)?;
        self.ledger.transfer(Timestamp::from_millis(at), from, self.free(slot)?, minor)
    }

    fn debit(&mut self, at: i64, slot: u8, minor: i64, to: Role) -> Result<(), LedgerError> {
        let to = self.counter(self.slot(slot)?.currency, to)?;
        self.ledger.transfer(Timestamp::from_millis(at), self.free(slot)?, to, minor)
    }

    /// Writes an entry and announces it; its index.
    fn enter(
        &mut self,
        at: i64,
        slot: u8,
        minor: i64,
        category: Category,
        who: impl Into<Cow<'static, str>>,
        (day, n): (u32, u32),
    ) -> usize {
        let who = self.texts.of(Some(who.into()));
        let (memo, place, original) = (u16::MAX, u16::MAX, u32::MAX);
        let (card, booked) = (false, true);
        self.entries.push(Entry {
            at,
            minor,
            day,
            n,
            original,
            who,
            memo,
            place,
            slot,
            category,
            card,
            booked,
        });
        self.announce(at, slot);
        self.entries.len() - 1
    }

    fn announce(&mut self, at: i64, slot: u8) {
        if at > self.news_after {
            self.news.push((at, slot));
        }
    }

    /// What happened since it was last asked, oldest first.
    pub(super) fn take_news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    fn slot(&self, number: u8) -> Result<&Slot, LedgerError> {
        self.slots.iter().find(|s| s.number == number).ok_or(LedgerError::UnknownAccount)
    }

    fn free(&self, slot: u8) -> Result<Number, LedgerError> {
        self.slot(slot).map(|s| s.free)
    }

    fn counter(&self, currency: Currency, role: Role) -> Result<Number, LedgerError> {
        let mut all =
            self.counters.iter().filter(|c| c.currency == currency).flat_map(|c| c.by_role);
        all.find(|(r, _)| *r == role).map(|(_, n)| n).ok_or(LedgerError::UnknownAccount)
    }

    /// What is free on an account, credit aside.
    fn balance(&self, slot: u8) -> Result<i64, LedgerError> {
        self.ledger.balance(self.free(slot)?)
    }

    fn booked(&self, slot: u8) -> Result<i64, LedgerError> {
        let slot = self.slot(slot)?;
        Ok(self.ledger.balance(slot.free)? + self.ledger.balance(slot.held)?)
    }

    /// Adds up the books.
    ///
    /// # Errors
    /// What does not hold.
    pub(super) fn check(&self) -> Result<(), LedgerError> {
        self.ledger.check()?;
        for slot in &self.slots {
            let moved: i64 =
                self.entries.iter().filter(|e| e.slot == slot.number).map(|e| e.minor).sum();
            if moved != self.booked(slot.number)? - self.pending(slot.number) {
                return Err(LedgerError::Damaged);
            }
        }
        Ok(())
    }

    /// The pending part: entries that the ledger holds but has not booked.
    fn pending(&self, slot: u8) -> i64 {
        self.entries.iter().filter(|e| e.slot == slot && !e.booked).map(|e| -e.minor).sum()
    }
}

/// A card payment on its way.
struct Paid {
    slot: u8,
    minor: i64,
    original: Option<Money>,
    after: i64,
    category: Category,
    who: Cow<'static, str>,
    place: Option<Cow<'static, str>>,
}

/// The number of the entry on the other account of a transfer.
fn other_side((day, n): (u32, u32)) -> (u32, u32) {
    (day, n | 0x8000_0000)
}
