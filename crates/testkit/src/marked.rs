//! A core bank whose every word about a customer carries a mark of hers, so that a test can search
//! for it in whatever was released.
//!
//! INVARIANT: a mark says whose it is and of which kind; no other text contains one.
//! INVARIANT: where figures are marked too, all of them begin with [`FIGURE`], none is round, and what is
//! shown at another level is another figure.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bankside_domain::Raw;
use bankside_domain::account::{Account, AccountBalance, Card};
use bankside_domain::bank::{Bank, BankId};
use bankside_domain::customer::{Customer, CustomerId};
use bankside_domain::disclosure::Level;
use bankside_domain::id::CardId;
use bankside_domain::money::Money;
use bankside_domain::raw::Authority;
use bankside_domain::transaction::{Recurring, Transaction};
use bankside_service::ports::{CoreBank, CoreError, CoreEvent, Holder, Period};

/// What every mark begins with.
pub const MARK: &str = "qzx";

/// What every marked amount begins with, its sign and separators apart.
pub const FIGURE: &str = "73194";

/// Exact figures, as digits without separators, each with the level that shows it.
pub type Figures = BTreeSet<(Level, String)>;

/// Marks what the core inside answers.
#[derive(Debug)]
pub struct Marked<C> {
    inner: C,
    others: Mutex<Option<String>>,
    figures: Figuring,
}

/// Marks figures, once it is asked to.
#[derive(Clone, Debug, Default)]
struct Figuring(Arc<Mutex<Option<Figures>>>);

impl Figuring {
    /// Another amount in the place of that one: of twelve digits, and never a round one.
    fn marks(&self, level: Level, what: &str, money: &mut Money) {
        let mut figures = self.0.lock().unwrap();
        let Some(figures) = figures.as_mut() else { return };
        let own = what.bytes().fold(0_i64, |sum, byte| (sum * 31 + i64::from(byte)) % 9_901);
        let kind = if level == Level::Detail { 7 } else { 6 };
        let mut minor = 731_940_000_000 + kind * 1_000_000 + own * 100 + 1 + own % 98;
        minor = if money.is_negative() { -minor } else { minor };
        *money = Money::new(minor, money.currency()).unwrap();
        figures.insert((level, minor.abs().to_string()));
    }
}

impl<C: CoreBank> Marked<C> {
    /// Around a core.
    pub fn new(inner: C) -> Self {
        Self { inner, others: Mutex::default(), figures: Figuring::default() }
    }

    /// From now on amounts and cards are marked too.
    pub fn marks_figures(&self) {
        self.figures.0.lock().unwrap().get_or_insert_default();
    }

    /// The exact figures that were given out.
    pub fn figures(&self) -> Figures {
        self.figures.0.lock().unwrap().clone().unwrap_or_default()
    }

    /// From now on, this is what others wrote as names of shops, memos and places.
    pub fn others_write(&self, text: &str) {
        *self.others.lock().unwrap() = Some(text.to_owned());
    }

    fn others(&self) -> Option<String> {
        self.others.lock().unwrap().clone()
    }

    /// The core itself.
    pub fn inner(&self) -> &C {
        &self.inner
    }
}

/// The part of each mark that names the customer: the random tail of her id.
pub fn mark_of(customer: CustomerId) -> String {
    let id = customer.to_string();
    let tail: String = id.chars().rev().take(8).collect();
    format!("{MARK}{}", tail.chars().rev().collect::<String>())
}

fn marked(mark: &str, kind: &str, text: &str) -> String {
    format!("{text} {mark}{kind}")
}

fn account(a: &mut Account, mark: &str) {
    a.nickname = marked(mark, "account", a.nickname.reveal()).into();
}

#[async_trait]
impl<C: CoreBank> CoreBank for Marked<C> {
    async fn banks(&self) -> Result<Vec<Bank>, CoreError> {
        self.inner.banks().await
    }

    async fn customer(&self, id: CustomerId) -> Result<Customer, CoreError> {
        let mut found = self.inner.customer(id).await?;
        let mark = mark_of(id);
        found.given_name = marked(&mark, "given", found.given_name.reveal()).into();
        found.full_name = marked(&mark, "full", found.full_name.reveal()).into();
        Ok(found)
    }

    async fn customers(&self, bank: &BankId, limit: usize) -> Result<Vec<Customer>, CoreError> {
        self.inner.customers(bank, limit).await
    }

    async fn accounts(&self, authority: &dyn Authority) -> Result<Raw<Vec<Account>>, CoreError> {
        let mark = mark_of(authority.reach().customer());
        Ok(self.inner.accounts(authority).await?.with(mark, |mut found, mark| {
            found.iter_mut().for_each(|a| account(a, &mark));
            found
        }))
    }

    async fn balances(
        &self,
        authority: &dyn Authority,
    ) -> Result<Raw<Vec<AccountBalance>>, CoreError> {
        let context = (mark_of(authority.reach().customer()), self.figures.clone());
        Ok(self.inner.balances(authority).await?.with(context, |mut found, (mark, figures)| {
            for b in &mut found {
                account(&mut b.account, &mark);
                let id = b.account.id.to_string();
                figures.marks(Level::Masked, &id, &mut b.balance.booked);
                figures.marks(Level::Detail, &id, &mut b.balance.available);
            }
            found
        }))
    }

    async fn transactions(
        &self,
        authority: &dyn Authority,
        period: Period,
        limit: usize,
    ) -> Result<Raw<Vec<Transaction>>, CoreError> {
        let mark = mark_of(authority.reach().customer());
        let raw = self.inner.transactions(authority, period, limit).await?;
        let context = (mark, self.others(), self.figures.clone());
        Ok(raw.with(context, |mut found, (mark, others, figures)| {
            for t in &mut found {
                if let Some(text) = &others {
                    let text = || text.as_str().into();
                    (t.counterparty, t.memo, t.place) = (text(), Some(text()), Some(text()));
                }
                t.counterparty = marked(&mark, "merchant", t.counterparty.reveal()).into();
                let memo = t.memo.as_ref().map_or("", |m| m.reveal().as_str());
                t.memo = Some(marked(&mark, "memo", memo).into());
                let place = t.place.as_ref().map_or("", |p| p.reveal().as_str());
                t.place = Some(marked(&mark, "place", place).into());
                figures.marks(Level::Masked, &t.id.to_string(), &mut t.amount);
            }
            found
        }))
    }

    async fn recurring(&self, authority: &dyn Authority) -> Result<Raw<Vec<Recurring>>, CoreError> {
        let context = (mark_of(authority.reach().customer()), self.figures.clone());
        Ok(self.inner.recurring(authority).await?.with(context, |mut found, (mark, figures)| {
            for r in &mut found {
                figures.marks(Level::Masked, r.counterparty.reveal(), &mut r.amount);
                r.counterparty = marked(&mark, "payee", r.counterparty.reveal()).into();
            }
            found
        }))
    }

    async fn cards(&self, authority: &dyn Authority) -> Result<Raw<Vec<Card>>, CoreError> {
        let mark = mark_of(authority.reach().customer());
        let found = self.inner.cards(authority).await?;
        if self.figures.0.lock().unwrap().is_none() {
            return Ok(found);
        }
        Ok(found.with(mark, |mut found, mark| {
            found.iter_mut().for_each(|card| card.tail = marked(&mark, "card", &card.tail));
            found
        }))
    }

    async fn holder(&self, card: CardId) -> Result<Holder, CoreError> {
        self.inner.holder(card).await
    }

    async fn events(&self, cursor: i64, limit: usize) -> Result<(i64, Vec<CoreEvent>), CoreError> {
        self.inner.events(cursor, limit).await
    }
}
