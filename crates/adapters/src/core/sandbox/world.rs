//! All customers at one time: who is awake, what was injected, what was announced.
//!
//! A customer's book is built when somebody first asks, and from then on kept as time goes on. The
//! introduced customers are always awake; of the others so many as the settings say, and the one
//! not asked for longest goes to sleep: her book will be the same when she wakes.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::book::Book;
use super::ids::Ids;
use super::injection::{Happening, InjectError, Injection, MAX_KEY};
use super::journal::{Journal, Line, VERSION};
use super::ledger::LedgerError;
use super::people::Roster;
use super::{OpenError, Settings};
use bankside_domain::id::TransactionId;
use bankside_domain::time::TimeZone;
use bankside_domain::{Date, Timestamp};
use bankside_service::ports::CoreEvent;
use jiff::ToSpan;

/// Most years of history before the first start.
const MAX_YEARS: u8 = 10;
/// Events that are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 10_000;
/// 2020-01-01, where cursors begin to count.
const CURSOR_EPOCH_MS: i64 = 1_577_836_800_000;
/// Bits of a cursor for the customer, and for several events of hers in one millisecond.
const CURSOR_BITS: (u32, u32) = (17, 6);

pub(super) struct World {
    pub(super) ids: Ids,
    pub(super) roster: Roster,
    pub(super) since: Date,
    pub(super) now: Timestamp,
    opened: Timestamp,
    awake: HashMap<u32, Awake>,
    awake_limit: usize,
    asked: u64,
    injected: BTreeMap<u32, Vec<(Timestamp, Happening)>>,
    keys: HashMap<String, (Injection, TransactionId)>,
    events: VecDeque<(i64, CoreEvent)>,
    journal: Box<dyn Journal>,
}

struct Awake {
    book: Book,
    asked: u64,
}

impl World {
    /// Goes on from the journal's lines, or begins.
    pub(super) fn open(
        settings: Settings,
        mut journal: Box<dyn Journal>,
        lines: &[String],
        now: Timestamp,
    ) -> Result<Self, OpenError> {
        let parsed = lines.iter().zip(1..).map(|(text, number)| {
            serde_json::from_str::<Line>(text).map_err(|_| OpenError::Journal { line: number })
        });
        let mut parsed = parsed.collect::<Result<Vec<_>, _>>()?.into_iter();
        let (since, opened) = match parsed.next() {
            None => {
                let line = begin(settings, now);
                let text =
                    serde_json::to_string(&line).map_err(|e| OpenError::NotKept(e.to_string()))?;
                journal.append(&text).map_err(|e| OpenError::NotKept(e.to_string()))?;
                (first_day(now, settings.years), now)
            }
            Some(Line::Opened { version: VERSION, seed, since, at }) if seed == settings.seed => {
                (since, at)
            }
            Some(Line::Opened { version: VERSION, seed, .. }) => {
                return Err(OpenError::OtherSeed(seed));
            }
            Some(_) => return Err(OpenError::Journal { line: 1 }),
        };
        let mut world = Self {
            ids: Ids::new(settings.seed),
            roster: Roster::new(settings.seed, settings.crowd),
            since,
            now: now.max(opened),
            opened,
            awake: HashMap::new(),
            awake_limit: settings.awake,
            asked: 0,
            injected: BTreeMap::new(),
            keys: HashMap::new(),
            events: VecDeque::new(),
            journal,
        };
        for (line, number) in parsed.zip(2..) {
            world.replay(line).ok_or(OpenError::Journal { line: number })?;
        }
        world.wake_at_start()?;
        Ok(world)
    }

    /// Takes in what was injected before.
    fn replay(&mut self, line: Line) -> Option<()> {
        let Line::Injected { key, at, injection } = line else { return None };
        let happening = injection.resolve(self.ids).ok()?;
        if happening.index >= self.roster.len() {
            return None;
        }
        self.now = self.now.max(at);
        self.keep(key, at, injection, happening);
        Some(())
    }

    /// Remembers an injection; its transaction.
    fn keep(
        &mut self,
        key: String,
        at: Timestamp,
        injection: Injection,
        happening: Happening,
    ) -> (u32, TransactionId) {
        let index = happening.index;
        let all = self.injected.entry(index).or_default();
        let n = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.push((at, happening));
        let id = self.ids.injected(index, at, n);
        self.keys.insert(key, (injection, id));
        (n, id)
    }

    /// Wakes whoever has something to announce since the bank opened.
    fn wake_at_start(&mut self) -> Result<(), LedgerError> {
        let injected = self.injected.keys().copied().filter(|i| *i >= Roster::featured());
        let busy: Vec<u32> = injected.take(self.awake_limit).collect();
        let mut news = Vec::new();
        for index in (0..Roster::featured()).chain(busy) {
            if let Some(mut book) = self.build(index, self.opened)? {
                news.extend(book.take_news().into_iter().map(|(at, slot)| (index, at, slot)));
                self.awake.insert(index, Awake { book, asked: 0 });
            }
        }
        self.announce(news);
        Ok(())
    }

    fn build(&self, index: u32, news_after: Timestamp) -> Result<Option<Book>, LedgerError> {
        let Some(person) = self.roster.person(index) else { return Ok(None) };
        let mut book = Book::open(person, self.ids, self.since, news_after)?;
        for ((at, happening), n) in self.injected.get(&index).into_iter().flatten().zip(0..) {
            book.advance(*at)?;
            match book.inject(*at, n, happening) {
                Ok(_) => {}
                Err(InjectError::Books(error)) => return Err(error),
                // It was allowed then, and everything before it is as it was then.
                Err(_) => return Err(LedgerError::Damaged),
            }
        }
        book.advance(self.now)?;
        Ok(Some(book))
    }

    /// A customer's book as of now; `None` if there is no such customer.
    pub(super) fn book(&mut self, index: u32) -> Result<Option<&mut Book>, LedgerError> {
        self.asked += 1;
        let asked = self.asked;
        if !self.awake.contains_key(&index) {
            let Some(book) = self.build(index, self.now)? else { return Ok(None) };
            self.send_one_to_sleep();
            self.awake.insert(index, Awake { book, asked });
        }
        Ok(self.awake.get_mut(&index).map(|awake| {
            awake.asked = asked;
            &mut awake.book
        }))
    }

    fn send_one_to_sleep(&mut self) {
        let featured = Roster::featured();
        let crowd = || self.awake.iter().filter(|(index, _)| **index >= featured);
        if crowd().count() >= self.awake_limit.max(1) {
            let longest = crowd().min_by_key(|(_, awake)| awake.asked).map(|(index, _)| *index);
            longest.and_then(|index| self.awake.remove(&index));
        }
    }

    /// Lets time go on for everybody who is awake. Time never goes back.
    pub(super) fn advance(&mut self, now: Timestamp) -> Result<(), LedgerError> {
        if now <= self.now {
            return Ok(());
        }
        self.now = now;
        let mut news = Vec::new();
        for (index, awake) in &mut self.awake {
            awake.book.advance(now)?;
            news.extend(awake.book.take_news().into_iter().map(|(at, slot)| (*index, at, slot)));
        }
        self.announce(news);
        Ok(())
    }

    /// Brings something about, once for each key.
    pub(super) fn inject(
        &mut self,
        key: &str,
        injection: &Injection,
    ) -> Result<TransactionId, InjectError> {
        match self.keys.get(key) {
            Some((known, id)) if known == injection => return Ok(*id),
            Some(_) => return Err(InjectError::Key),
            None if key.is_empty() || key.len() > MAX_KEY => return Err(InjectError::Key),
            None => {}
        }
        let happening = injection.resolve(self.ids)?;
        let (index, at) = (happening.index, self.now.plus_millis(1));
        self.advance(at)?;
        let book = self.book(index)?.ok_or(InjectError::UnknownAccount)?;
        book.would_take(&happening)?;
        let line = Line::Injected { key: key.to_owned(), at, injection: injection.clone() };
        let text = serde_json::to_string(&line).map_err(|e| InjectError::NotKept(e.to_string()))?;
        self.journal.append(&text).map_err(|e| InjectError::NotKept(e.to_string()))?;
        let (n, id) = self.keep(key.to_owned(), at, injection.clone(), happening);
        let last =
            self.injected.get(&index).and_then(|all| all.last()).map(|(_, happening)| happening);
        let book = self.awake.get_mut(&index).map(|awake| &mut awake.book);
        let (Some(happening), Some(book)) = (last, book) else {
            return Err(InjectError::UnknownAccount);
        };
        book.inject(at, n, happening)?;
        let news = book.take_news().into_iter().map(|(at, slot)| (index, at, slot)).collect();
        self.announce(news);
        Ok(id)
    }

    fn announce(&mut self, news: Vec<(u32, i64, u8)>) {
        let mut seen: HashMap<(u32, i64), i64> = HashMap::new();
        let mut fresh: Vec<(i64, CoreEvent)> = Vec::with_capacity(news.len());
        for (index, at, slot) in news {
            let nth = seen.entry((index, at)).or_default();
            let event = CoreEvent::Transaction {
                customer: self.ids.customer(index),
                account: self.ids.account(index, slot),
                at: Timestamp::from_millis(at),
            };
            fresh.push((cursor(index, at, *nth), event));
            *nth += 1;
        }
        fresh.sort_by_key(|(cursor, _)| *cursor);
        self.events.extend(fresh);
        let over = self.events.len().saturating_sub(REMEMBERED);
        self.events.drain(..over);
    }

    /// What was announced after `after`, oldest first.
    pub(super) fn events(&self, after: i64, limit: usize) -> (i64, Vec<CoreEvent>) {
        let from = self.events.partition_point(|(cursor, _)| *cursor <= after);
        let found: Vec<_> = self.events.iter().skip(from).take(limit).collect();
        let cursor = found.last().map_or(after, |(cursor, _)| *cursor);
        (cursor, found.into_iter().map(|(_, event)| event.clone()).collect())
    }

    /// Adds up the books of everybody who is awake; how many they are.
    pub(super) fn check(&self) -> Result<usize, LedgerError> {
        self.awake.values().try_for_each(|awake| awake.book.check())?;
        Ok(self.awake.len())
    }
}

/// The same event has the same cursor after a restart, and later events have larger ones.
fn cursor(index: u32, at: i64, nth: i64) -> i64 {
    let (customer, several) = CURSOR_BITS;
    let ms = at.saturating_sub(CURSOR_EPOCH_MS).max(0);
    ms << (customer + several) | i64::from(index) << several | nth.min((1 << several) - 1)
}

fn begin(settings: Settings, now: Timestamp) -> Line {
    let since = first_day(now, settings.years);
    Line::Opened { version: VERSION, seed: settings.seed, since, at: now }
}

/// The first of this month, so many years ago.
fn first_day(now: Timestamp, years: u8) -> Date {
    now.date_in(&TimeZone::UTC)
        .first_of_month()
        .saturating_sub(i64::from(years.min(MAX_YEARS)).years())
}
