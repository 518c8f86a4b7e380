//! Legal hold: the explicit exception, which the customer sees with its reason.

use bankside_domain::Timestamp;
use bankside_domain::id::CustomerId;
use bankside_store::holds::{self, HoldRow};
use bankside_store::{StoreError, clearings, customers};
use bankside_transparency::record::Kind;

use super::{ClearError, Clearing, Outcome, draft};
use crate::commit::Unit;
use crate::consents::owner_of;
use crate::door::append;
use crate::keys::KeyError;

/// Longest reason and name, in characters.
pub const MAX_WORDS: usize = 200;

/// A hold as the customer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

impl From<HoldRow> for Hold {
    fn from(row: HoldRow) -> Self {
        Self { reason: row.reason, since: row.since }
    }
}

impl Clearing {
    /// Keeps her history from being cleared, with an entry in her log. Again is fine and keeps the
    /// first reason.
    ///
    /// # Errors
    /// [`ClearError::UnderWay`] where it is too late, [`ClearError::Words`].
    pub async fn hold(&self, customer: CustomerId, reason: &str, by: &str) -> Outcome<()> {
        let (reason, by) = (reason.trim(), by.trim());
        if [reason, by].iter().any(|words| !fits(words)) {
            return Err(CommitError::Refused(ClearError::Words));
        }
        let hold =
            HoldRow { reason: reason.to_owned(), by: by.to_owned(), since: self.clock.now() };
        let this = self.clone();
        self.committer
            .commit(move |unit| {
                Box::pin(async move {
                    if clearings::is_under_way(unit.tx, customer).await? {
                        return Err(ClearError::UnderWay);
                    }
                    if holds::place(unit.tx, customer, &hold).await? {
                        this.enter(unit, customer, "placed", &hold.reason).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Lets her clear it again, with an entry in her log.
    ///
    /// # Errors
    /// [`ClearError`].
    pub async fn release(&self, customer: CustomerId) -> Outcome<()> {
        let this = self.clone();
        self.committer
            .commit(move |unit| {
                Box::pin(async move {
                    let held = holds::of(unit.tx, customer).await?;
                    if holds::release(unit.tx, customer).await? {
                        let reason = held.map_or(String::new(), |hold| hold.reason);
                        this.enter(unit, customer, "released", &reason).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The hold on her history, if there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn held(&self, customer: CustomerId) -> Result<Option<Hold>, StoreError> {
        let mut tx = self.store.read().await?;
        Ok(holds::of(&mut tx, customer).await?.map(Hold::from))
    }

    /// A customer who never came, or never came back, has no stream to write to: the hold stands
    /// all the same.
    async fn enter(
        &self,
        unit: &mut Unit<'_>,
        customer: CustomerId,
        what: &str,
        reason: &str,
    ) -> Result<(), ClearError> {
        let Some(bank) = customers::bank_of(unit.tx, customer).await? else { return Ok(()) };
        let owner = match owner_of(&self.keys, customer, bank).await {
            Err(KeyError::NoKey) => return Ok(()),
            found => found?,
        };
        let body = serde_json::json!({ "reason": reason }).to_string();
        let entry = draft(Kind::Hold, Some(what), body);
        append(unit, &self.keys, &owner, &self.build, self.clock.now(), entry).await?;
        Ok(())
    }
}

fn fits(words: &str) -> bool {
    let length = words.chars().count();
    (1..=MAX_WORDS).contains(&length) && !words.chars().any(char::is_control)
}

use crate::commit::CommitError;
