//! What an operator wishes to happen in the sandbox, in her words: whose, how much, from whom. The
//! console and the command say it in the same words and find out the same way whom it concerns.
//!
//! A command beside a running demo leaves its wish in the database; the demo, whose memory holds
//! the books, takes it up within a second. INVARIANT: a wish has a key, and comes about once.

use std::sync::Arc;

use bankside_domain::id::TransactionId;
use bankside_domain::money::MoneyError;
use bankside_domain::transaction::Category;
use bankside_domain::{Money, Timestamp};
use bankside_store::sandbox_wishes::{self, WishRow};
use bankside_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::ports::{CoreError, Happening, Invented, InventedAccount, SandboxError, SandboxEvents};

/// Longest text of a field, in characters.
const MAX_FIELD: usize = 80;
/// Wishes that one turn takes up.
const BATCH: i64 = 100;

/// What kind of thing is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WishKind {
    /// A card pays.
    Purchase,
    /// Wages arrive.
    Salary,
    /// A merchant returns money.
    Refund,
}

/// What is to happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// What.
    pub kind: WishKind,
    /// Whose: a given name, or an id.
    pub customer: String,
    /// On which account: its name or id. None is her first that suits.
    pub account: Option<String>,
    /// How much: a plain decimal in the account's currency, such as `12.50`.
    pub amount: String,
    /// From or to whom: a merchant or an employer.
    pub who: String,
    /// What for, by its code. None is `shopping`.
    pub category: Option<String>,
}

/// What became of a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It came about, as this transaction.
    Done(TransactionId),
    /// It did not, and the words say why.
    Refused(String),
}

/// Why a wish cannot come about.
#[derive(Debug, thiserror::Error)]
pub enum WishError {
    /// Nobody is called so.
    #[error("nobody in the sandbox is called `{asked}`; there are: {known}")]
    Customer {
        /// As asked.
        asked: String,
        /// Who there is.
        known: String,
    },
    /// She has no such account, or none that suits.
    #[error("{name} has no account `{asked}` that suits; she has: {known}")]
    Account {
        /// Her name.
        name: String,
        /// As asked.
        asked: String,
        /// Which there are.
        known: String,
    },
    /// The amount cannot be read.
    #[error("the amount `{asked}` cannot be taken: {why}")]
    Amount {
        /// As asked.
        asked: String,
        /// What is wrong.
        why: MoneyError,
    },
    /// It is not more than nothing.
    #[error("the amount must be more than nothing")]
    Nothing,
    /// No such category.
    #[error("`{asked}` is no category; there are: {known}")]
    Category {
        /// As asked.
        asked: String,
        /// Which there are.
        known: String,
    },
    /// The name is empty or too long.
    #[error("name the merchant or employer in 1 to {MAX_FIELD} characters")]
    Who,
    /// The sandbox refused or failed.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// The core failed.
    #[error(transparent)]
    Core(#[from] CoreError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Wish {
    /// Brings it about.
    ///
    /// # Errors
    /// [`WishError`]; nothing happened then.
    pub async fn come_true(
        &self,
        sandbox: &dyn SandboxEvents,
        key: &str,
    ) -> Result<TransactionId, WishError> {
        let happening = self.resolve(&sandbox.people().await?)?;
        Ok(sandbox.bring_about(key, &happening).await?)
    }

    /// Finds whom it concerns, and reads the amount in the account's currency.
    ///
    /// # Errors
    /// [`WishError`] for each field that cannot be taken.
    pub fn resolve(&self, people: &[Invented]) -> Result<Happening, WishError> {
        let person = self.person(people)?;
        let account = self.account_of(person)?;
        let amount = self.amount_in(account)?;
        let who = self.who.trim();
        let fits = (1..=MAX_FIELD).contains(&who.chars().count());
        if !fits || who.chars().any(char::is_control) {
            return Err(WishError::Who);
        }
        let who = who.to_owned().into();
        Ok(match (self.kind, account.card) {
            (WishKind::Purchase, Some(card)) => {
                Happening::Purchase { card, merchant: who, amount, category: self.category()? }
            }
            (WishKind::Refund, Some(card)) => Happening::Refund { card, merchant: who, amount },
            _ => Happening::Salary { account: account.id, employer: who, amount },
        })
    }

    fn person<'p>(&self, people: &'p [Invented]) -> Result<&'p Invented, WishError> {
        let asked = self.customer.trim();
        let is = |person: &&Invented| {
            person.name.to_lowercase() == asked.to_lowercase()
                || person.customer.to_string() == asked
        };
        people.iter().find(is).ok_or_else(|| WishError::Customer {
            asked: clipped(asked),
            known: people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    fn account_of<'p>(&self, person: &'p Invented) -> Result<&'p InventedAccount, WishError> {
        let suits =
            |account: &&InventedAccount| self.kind == WishKind::Salary || account.card.is_some();
        let asked = self.account.as_deref().map(str::trim).filter(|a| !a.is_empty());
        let is = |account: &&InventedAccount| {
            asked.is_none_or(|asked| {
                account.name.to_lowercase() == asked.to_lowercase()
                    || account.id.to_string() == asked
            })
        };
        person.accounts.iter().filter(suits).find(is).ok_or_else(|| WishError::Account {
            name: person.name.clone(),
            asked: clipped(asked.unwrap_or_default()),
            known: person.accounts.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    fn amount_in(&self, account: &InventedAccount) -> Result<Money, WishError> {
        let asked = self.amount.trim();
        let amount = Money::parse_decimal(asked, account.currency);
        let amount = amount.map_err(|why| WishError::Amount { asked: clipped(asked), why })?;
        if amount.minor() > 0 { Ok(amount) } else { Err(WishError::Nothing) }
    }

    fn category(&self) -> Result<Category, WishError> {
        let Some(asked) = self.category.as_deref().filter(|code| !code.is_empty()) else {
            return Ok(Category::Shopping);
        };
        let found = Category::ALL.iter().find(|category| category.code() == asked);
        found.copied().ok_or_else(|| WishError::Category {
            asked: clipped(asked),
            known: Category::ALL.iter().map(|c| c.code()).collect::<Vec<_>>().join(", "),
        })
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(MAX_FIELD).collect()
}

/// Leaves a wish for a demo that runs elsewhere.
///
/// # Errors
/// [`StoreError`].
pub async fn leave(
    store: &Store,
    key: &str,
    wish: &Wish,
    now: Timestamp,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(wish).map_err(|_| StoreError::Shape)?;
    let mut tx = store.begin().await?;
    sandbox_wishes::insert(&mut tx, &WishRow { key: key.to_owned(), wish: text, at: now }).await?;
    tx.commit().await
}

/// What became of it; `None` while it waits.
///
/// # Errors
/// [`StoreError`].
pub async fn fate(store: &Store, key: &str) -> Result<Option<Fate>, StoreError> {
    let mut tx = store.read().await?;
    let fate = sandbox_wishes::fate(&mut tx, key).await?;
    fate.map(|text| serde_json::from_str(&text).map_err(|_| StoreError::Shape)).transpose()
}

/// Takes up the wishes that others left; says how many. A crash in between leaves them to be taken
/// up again, under the same keys.
///
/// # Errors
/// [`StoreError`].
pub async fn take_up(store: &Store, sandbox: &Arc<dyn SandboxEvents>) -> Result<u64, StoreError> {
    let mut tx = store.read().await?;
    let waiting = sandbox_wishes::waiting(&mut tx, BATCH).await?;
    drop(tx);
    let mut taken = 0;
    for row in waiting {
        let fate = match serde_json::from_str::<Wish>(&row.wish) {
            Err(_) => Fate::Refused("the wish cannot be read by this version".to_owned()),
            Ok(wish) => match wish.come_true(&**sandbox, &row.key).await {
                Ok(id) => Fate::Done(id),
                Err(error) => Fate::Refused(error.to_string()),
            },
        };
        let fate = serde_json::to_string(&fate).map_err(|_| StoreError::Shape)?;
        let mut tx = store.begin().await?;
        sandbox_wishes::settle(&mut tx, &row.key, &fate).await?;
        tx.commit().await?;
        taken += 1;
    }
    Ok(taken)
}

#[cfg(test)]
mod tests;
