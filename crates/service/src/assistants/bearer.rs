//! Who holds an access token: an assistant, in the name of a customer, under a consent.

use bankside_domain::bank::BankId;
use bankside_domain::consent::{ConsentId, Presence};
use bankside_store::StoreError;
use bankside_store::oauth;

use super::Assistants;
use super::register::{Assistant, client};
use super::tokens::{ACCESS_MS, is_over};
use crate::door::Owner;
use crate::token::Token;

/// Why a token opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum BearerError {
    /// Unknown, over, revoked, of another resource; or what the customer allowed is over.
    #[error("the access token does not hold")]
    Invalid,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An assistant that may ask.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// Which.
    pub assistant: Assistant,
    /// In whose name.
    pub(super) owner: Owner,
    /// Under which consent, and no other.
    pub(super) consent: ConsentId,
    /// Whether she herself was there a moment ago: for as long as the first access token holds that
    /// came of her own sign-in.
    pub(super) presence: Presence,
}

impl Bearer {
    /// In whose name.
    pub fn customer(&self) -> bankside_domain::CustomerId {
        self.owner.customer
    }
}

impl Assistants {
    /// Who holds that token, for that resource of that bank.
    ///
    /// # Errors
    /// [`BearerError`].
    pub async fn bearer(
        &self,
        bank: &BankId,
        token: &Token,
        resource: &str,
    ) -> Result<Bearer, BearerError> {
        let now = self.all.clock.now();
        let mut tx = self.all.store.read().await?;
        let row = oauth::token(&mut tx, &token.hash()).await?;
        let row = row.filter(|row| row.kind == "access" && row.until > now);
        let row = row.ok_or(BearerError::Invalid)?;
        let grant = oauth::grant(&mut tx, row.customer, &row.grant).await?;
        let grant = grant
            .filter(|g| g.bank == *bank && g.resource == resource)
            .filter(|g| g.ended.is_none() && g.until > now)
            .ok_or(BearerError::Invalid)?;
        let held = self.consent(&mut tx, &grant).await?.filter(|(_, c)| !is_over(c, now));
        let (owner, consent) = held.ok_or(BearerError::Invalid)?;
        let found = client(&mut tx, bank, &grant.client).await?;
        let assistant = found.ok_or(BearerError::Invalid)?;
        let there = now.millis_since(grant.proved) < ACCESS_MS;
        let presence = if there { Presence::Present } else { Presence::Absent };
        Ok(Bearer { assistant, owner, consent: consent.id(), presence })
    }
}
