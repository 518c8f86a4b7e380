//! From an assistant's request to the answer that sends the customer back: she decides between the
//! two, on the bank's own consent page.

use std::collections::{BTreeMap, BTreeSet};

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::consent::{ConsentId, EndedBy, MAX_DAYS};
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::purpose::Purpose;
use bankside_fapi::{AuthorizationRequest, Code, Fault, Redirect};
use bankside_store::oauth::{self, GrantRow, RequestRow, TokenRow};
use bankside_store::{StoreError, Tx, consents};
use serde::{Deserialize, Serialize};

use super::Assistants;
use super::register::{Assistant, client};
use super::scope::{self, Scope};
use super::tokens::Bound;
use crate::door::{Owner, read_consent};
use crate::token::Token;

/// How long a request awaits her, in milliseconds: fifteen minutes.
const REQUEST_MS: i64 = 15 * 60 * 1000;
/// How long a code holds, in milliseconds: a minute.
pub(super) const CODE_MS: i64 = 60 * 1000;
/// Requests that await customers at most.
const MAX_REQUESTS: i64 = 20_000;

/// What is kept of a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    redirect: String,
    state: Option<String>,
    challenge: String,
    scope: BTreeSet<Scope>,
    resource: String,
}

/// Why a request was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// To be told the client.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a request cannot be decided or answered.
#[derive(Debug, thiserror::Error)]
pub enum PendingError {
    /// There is none, it ran out, or it was answered: begin again in the assistant.
    #[error("this request is over; begin again in the assistant")]
    Over,
    /// Somebody else decided it.
    #[error("this request was decided by another customer")]
    NotYours,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A request that awaits her.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Who asks.
    pub assistant: Assistant,
    kept: Kept,
    redirect: Redirect,
}

impl Pending {
    /// The most that it asks for.
    pub fn most(&self) -> BTreeMap<Cluster, Level> {
        scope::most(&self.kept.scope)
    }

    /// Where she will be sent back to.
    pub fn redirect(&self) -> &Redirect {
        &self.redirect
    }
}

/// The way back to the assistant.
#[derive(Clone)]
pub struct Back {
    /// The whole address, with the code or the refusal.
    pub to: String,
    /// The assistant, by name.
    pub name: String,
    /// The host that it leads to.
    pub host: String,
    /// Whether that is a program on her own machine.
    pub is_loopback: bool,
    /// Whether she allowed it.
    pub allowed: bool,
}

/// The address holds a code.
impl std::fmt::Debug for Back {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Back({})", self.host)
    }
}

impl Assistants {
    /// Keeps a request until a customer decides it.
    ///
    /// # Errors
    /// [`AskError`].
    pub async fn ask(
        &self,
        assistant: &Assistant,
        request: &AuthorizationRequest,
    ) -> Result<Token, AskError> {
        let kept = Kept {
            redirect: request.redirect.as_str().to_owned(),
            state: request.state.clone(),
            challenge: request.challenge.as_str().to_owned(),
            scope: scope::read(&request.scope)?,
            resource: request.resource.clone(),
        };
        let now = self.all.clock.now();
        let row = RequestRow {
            client: assistant.id.clone(),
            bank: assistant.bank.clone(),
            asked: serde_json::to_string(&kept).map_err(|_| StoreError::Shape)?,
            state: "open".to_owned(),
            customer: None,
            consent: None,
            until: now.plus_millis(REQUEST_MS),
        };
        let token = Token::random(&*self.all.entropy);
        let mut tx = self.all.store.begin().await?;
        if oauth::count_requests(&mut tx, now).await? >= MAX_REQUESTS {
            let because = "too many requests await their customers";
            return Err(Fault::new(Code::TemporarilyUnavailable, because).into());
        }
        oauth::insert_request(&mut tx, &row, &token.hash()).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// The open request of that token, at that bank.
    ///
    /// # Errors
    /// [`PendingError`].
    pub async fn pending(&self, bank: &BankId, token: &Token) -> Result<Pending, PendingError> {
        let mut look = self.all.store.look().await?;
        let row = self.row(&mut look, bank, token).await?;
        if row.state != "open" {
            return Err(PendingError::Over);
        }
        opened(&mut look, bank, &row).await
    }

    /// Notes that she allowed it by that consent. What she allowed this assistant before ends with
    /// it: there is one at a time.
    ///
    /// # Errors
    /// [`PendingError`].
    pub async fn allowed(
        &self,
        token: &Token,
        owner: &Owner,
        consent: ConsentId,
    ) -> Result<(), PendingError> {
        let now = self.all.clock.now();
        let mut tx = self.all.store.begin().await?;
        let row = self.row(&mut tx, &owner.bank, token).await?;
        decided(oauth::decide(&mut tx, &token.hash(), owner.customer, Some(consent), now).await)?;
        let purpose = Purpose::AccountInformation.code();
        let held = consents::authorised_for(&mut tx, owner.customer, &row.client, purpose).await?;
        tx.commit().await?;
        for older in held.into_iter().filter(|held| held.id != consent) {
            let reason = "replaced by what she allowed later";
            let ended = self.all.consents.revoke(owner, older.id, EndedBy::Customer, reason).await;
            if let Err(error) = ended {
                tracing::warn!(%error, "an assistant's older consent was not ended");
            }
        }
        Ok(())
    }

    /// Notes that she refused it.
    ///
    /// # Errors
    /// [`PendingError`].
    pub async fn refused(&self, token: &Token, owner: &Owner) -> Result<(), PendingError> {
        let now = self.all.clock.now();
        let mut tx = self.all.store.begin().await?;
        self.row(&mut tx, &owner.bank, token).await?;
        decided(oauth::decide(&mut tx, &token.hash(), owner.customer, None, now).await)?;
        Ok(tx.commit().await?)
    }

    /// Answers a decided request, once: with a code that holds for a minute, or with
    /// `access_denied`. `proved` is when she proved herself, `issuer` goes with it (RFC 9207).
    ///
    /// # Errors
    /// [`PendingError`].
    pub async fn send_back(
        &self,
        token: &Token,
        owner: &Owner,
        proved: Timestamp,
        issuer: &str,
    ) -> Result<Back, PendingError> {
        let mut tx = self.all.store.begin().await?;
        let row = self.row(&mut tx, &owner.bank, token).await?;
        if row.customer.is_some_and(|customer| customer != owner.customer) {
            return Err(PendingError::NotYours);
        }
        decided(oauth::take_request(&mut tx, &token.hash()).await)?;
        let pending = opened(&mut tx, &owner.bank, &row).await?;
        let code = match row.consent {
            Some(consent) => Some(self.code(&mut tx, &pending, owner, consent, proved).await?),
            None => None,
        };
        tx.commit().await?;
        let mut pairs = match &code {
            Some(code) => vec![("code", code.expose())],
            None => vec![("error", Code::AccessDenied.as_str())],
        };
        pairs.extend(pending.kept.state.as_deref().map(|state| ("state", state)));
        pairs.push(("iss", issuer));
        Ok(Back {
            to: pending.redirect.with(&pairs),
            name: pending.assistant.name,
            host: pending.redirect.host().to_owned(),
            is_loopback: pending.redirect.is_loopback(),
            allowed: code.is_some(),
        })
    }

    /// A grant under her consent, and the code that leads to its tokens.
    async fn code(
        &self,
        tx: &mut Tx,
        pending: &Pending,
        owner: &Owner,
        consent: ConsentId,
        proved: Timestamp,
    ) -> Result<Token, PendingError> {
        let now = self.all.clock.now();
        let row = consents::get(tx, owner.customer, consent).await?.ok_or(PendingError::Over)?;
        let consent = read_consent(&owner.key, &row).ok_or(StoreError::Shape)?;
        let grant = GrantRow {
            customer: owner.customer,
            id: Token::random(&*self.all.entropy).expose().to_owned(),
            client: pending.assistant.id.clone(),
            bank: owner.bank.clone(),
            consent: consent.id(),
            scope: scope::granted(consent.terms()),
            resource: pending.kept.resource.clone(),
            proved,
            until: now.plus_days(i64::from(MAX_DAYS)),
            ended: None,
        };
        let bound = Bound {
            redirect: pending.kept.redirect.clone(),
            challenge: pending.kept.challenge.clone(),
        };
        let code = Token::random(&*self.all.entropy);
        let row = TokenRow {
            customer: owner.customer,
            grant: grant.id.clone(),
            kind: "code".to_owned(),
            bound: serde_json::to_string(&bound).map_err(|_| StoreError::Shape)?,
            until: now.plus_millis(CODE_MS),
            used: None,
        };
        oauth::insert_grant(tx, &grant).await?;
        oauth::insert_token(tx, &row, &code.hash()).await?;
        Ok(code)
    }

    async fn row(
        &self,
        tx: &mut Tx,
        bank: &BankId,
        token: &Token,
    ) -> Result<RequestRow, PendingError> {
        let row = oauth::request(tx, &token.hash()).await?.ok_or(PendingError::Over)?;
        if row.until <= self.all.clock.now() || row.bank != *bank {
            return Err(PendingError::Over);
        }
        Ok(row)
    }
}

async fn opened(tx: &mut Tx, bank: &BankId, row: &RequestRow) -> Result<Pending, PendingError> {
    let assistant = client(tx, bank, &row.client).await?.ok_or(PendingError::Over)?;
    let kept: Kept = serde_json::from_str(&row.asked).map_err(|_| StoreError::Shape)?;
    let redirect = Redirect::parse(&kept.redirect).map_err(|_| StoreError::Shape)?;
    Ok(Pending { assistant, kept, redirect })
}

/// A decision that somebody was quicker with.
fn decided(done: Result<(), StoreError>) -> Result<(), PendingError> {
    done.map_err(|error| match error {
        StoreError::Conflict => PendingError::Over,
        other => other.into(),
    })
}
