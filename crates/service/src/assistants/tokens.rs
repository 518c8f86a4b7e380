//! Tokens: a code for the first, a refresh token for the next; each used once.
//!
//! Source: OAuth 2.1, sections 4.1.3 and 4.3; BCP 9700, section 4.14.2: a refresh token of a
//! public client is rotated, and a second use of one ends the whole grant, because one of the two
//! users is a thief. The same holds for a code (RFC 6749, section 4.1.2).

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::consent::{Consent, EndedBy, State};
use bankside_fapi::{Challenge, Code, Fault, Revocation, TokenRequest};
use bankside_store::oauth::{self, GrantRow, TokenRow};
use bankside_store::{StoreError, Tx, consents};
use serde::{Deserialize, Serialize};

use super::Assistants;
use crate::consents::owner_of;
use crate::door::{Owner, read_consent};
use crate::keys::KeyError;
use crate::token::Token;

/// How long an access token holds, in milliseconds: ten minutes.
pub const ACCESS_MS: i64 = 10 * 60 * 1000;
/// How long a refresh token waits for its use, in days.
const REFRESH_DAYS: i64 = 30;

/// What a code is bound to, besides its client.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Bound {
    pub(super) redirect: String,
    pub(super) challenge: String,
}

/// Tokens, and what they are good for.
#[derive(Clone, Debug)]
pub struct Issued {
    /// Opens the resource for [`ACCESS_MS`].
    pub access: Token,
    /// Gives the next pair, once.
    pub refresh: Token,
    /// What was granted.
    pub scope: String,
}

/// Why no tokens were given.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// To be told the client.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a use of a code or refresh token came to, before it is committed.
enum Use {
    Issue(Issued),
    /// Refused; what was noted about it stays.
    Refuse(&'static str),
}

impl Assistants {
    /// Gives tokens for a code or a refresh token of a client of that bank.
    ///
    /// # Errors
    /// [`TokenError`].
    pub async fn tokens(&self, bank: &BankId, asked: &TokenRequest) -> Result<Issued, TokenError> {
        let (client, text, kind) = match asked {
            TokenRequest::Code { client_id, code, .. } => (client_id, code, "code"),
            TokenRequest::Refresh { client_id, token } => (client_id, token, "refresh"),
        };
        let refuse = |because| Err(Fault::new(Code::InvalidGrant, because).into());
        let Some(token) = Token::parse(text) else { return refuse("no such token") };
        let mut tx = self.all.store.begin().await?;
        let row = oauth::token(&mut tx, &token.hash()).await?.filter(|row| row.kind == kind);
        let Some(row) = row else { return refuse("no such token") };
        let grant = oauth::grant(&mut tx, row.customer, &row.grant).await?;
        let Some(grant) = grant.filter(|grant| grant.bank == *bank) else {
            return refuse("no such token");
        };
        let used = if grant.client == *client {
            self.use_up(&mut tx, &token, &row, &grant, asked).await?
        } else {
            self.stolen(&mut tx, &grant, "the token is another client's").await?
        };
        tx.commit().await?;
        match used {
            Use::Issue(issued) => Ok(issued),
            Use::Refuse(because) => refuse(because),
        }
    }

    async fn use_up(
        &self,
        tx: &mut Tx,
        token: &Token,
        row: &TokenRow,
        grant: &GrantRow,
        asked: &TokenRequest,
    ) -> Result<Use, StoreError> {
        let now = self.all.clock.now();
        if grant.ended.is_some() || grant.until <= now {
            return Ok(Use::Refuse("the token is over"));
        }
        match oauth::use_up(tx, &token.hash(), now).await {
            Ok(()) => {}
            Err(StoreError::Conflict) => {
                return self.stolen(tx, grant, "the token was used before").await;
            }
            Err(other) => return Err(other),
        }
        if row.until <= now {
            return Ok(Use::Refuse("the token is over"));
        }
        if let TokenRequest::Code { verifier, redirect_uri, .. } = asked {
            let bound: Bound = serde_json::from_str(&row.bound).map_err(|_| StoreError::Shape)?;
            if !bound.fits(verifier, redirect_uri) {
                let because = "the code was made for another redirect_uri or code_challenge";
                return self.stolen(tx, grant, because).await;
            }
        }
        if self.consent(tx, grant).await?.is_none_or(|(_, consent)| is_over(&consent, now)) {
            oauth::end_grant(tx, grant.customer, &grant.id, now).await?;
            return Ok(Use::Refuse("what the customer allowed is over"));
        }
        let (access, refresh) = (
            self.issue(tx, grant, "access", now.plus_millis(ACCESS_MS)).await?,
            self.issue(tx, grant, "refresh", now.plus_days(REFRESH_DAYS)).await?,
        );
        Ok(Use::Issue(Issued { access, refresh, scope: grant.scope.clone() }))
    }

    async fn issue(
        &self,
        tx: &mut Tx,
        grant: &GrantRow,
        kind: &str,
        until: Timestamp,
    ) -> Result<Token, StoreError> {
        let token = Token::random(&*self.all.entropy);
        let row = TokenRow {
            customer: grant.customer,
            grant: grant.id.clone(),
            kind: kind.to_owned(),
            bound: String::new(),
            until,
            used: None,
        };
        oauth::insert_token(tx, &row, &token.hash()).await?;
        Ok(token)
    }

    /// Somebody holds what only one may hold: everything under the grant ends.
    async fn stolen(
        &self,
        tx: &mut Tx,
        grant: &GrantRow,
        because: &'static str,
    ) -> Result<Use, StoreError> {
        oauth::end_grant(tx, grant.customer, &grant.id, self.all.clock.now()).await?;
        metrics::counter!("bankside_token_reuse_total").increment(1);
        tracing::warn!(client = grant.client, because, "a grant was ended");
        Ok(Use::Refuse(because))
    }

    /// Ends the grant of a token, at the wish of its client, and gives the consent back. A token
    /// that is not there is ended already (RFC 7009, section 2.2).
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revoke(&self, bank: &BankId, asked: &Revocation) -> Result<(), StoreError> {
        let Some(token) = Token::parse(&asked.token) else { return Ok(()) };
        let mut tx = self.all.store.begin().await?;
        let Some(row) = oauth::token(&mut tx, &token.hash()).await? else { return Ok(()) };
        let grant = oauth::grant(&mut tx, row.customer, &row.grant).await?;
        let hers = |grant: &GrantRow| grant.client == asked.client_id && grant.bank == *bank;
        let Some(grant) = grant.filter(hers).filter(|grant| grant.ended.is_none()) else {
            return Ok(());
        };
        oauth::end_grant(&mut tx, grant.customer, &grant.id, self.all.clock.now()).await?;
        let held = self.consent(&mut tx, &grant).await?;
        tx.commit().await?;
        if let Some((owner, consent)) = held.filter(|(_, c)| !is_over(c, self.all.clock.now())) {
            let reason = "given back by the assistant";
            let ended =
                self.all.consents.revoke(&owner, consent.id(), EndedBy::Party, reason).await;
            if let Err(error) = ended {
                tracing::warn!(%error, "a consent that was given back was not ended");
            }
        }
        Ok(())
    }

    /// The consent of a grant, with her stream; none where her key is destroyed.
    pub(super) async fn consent(
        &self,
        tx: &mut Tx,
        grant: &GrantRow,
    ) -> Result<Option<(Owner, Consent)>, StoreError> {
        let Some(row) = consents::get(tx, grant.customer, grant.consent).await? else {
            return Ok(None);
        };
        let owner = match owner_of(&self.all.keys, grant.customer, grant.bank.clone()).await {
            Ok(owner) => owner,
            Err(KeyError::NoKey) => return Ok(None),
            Err(KeyError::Store(error)) => return Err(error),
            Err(other) => return Err(StoreError::Unavailable(other.to_string())),
        };
        let consent = read_consent(&owner.key, &row);
        Ok(consent.map(|consent| (owner, consent)))
    }
}

/// Whether nothing will ever flow under it again. One that is paused is not over.
pub(super) fn is_over(consent: &Consent, now: Timestamp) -> bool {
    !matches!(consent.state(), State::Authorised { until, .. } if now < *until)
}

impl Bound {
    fn fits(&self, verifier: &str, redirect: &str) -> bool {
        let challenge = Challenge::parse(Some(&self.challenge), Some("S256"));
        self.redirect == redirect && challenge.is_ok_and(|c| c.met_by(verifier).is_ok())
    }
}
