//! Invitations: how a customer registers her first passkey, or one after all of hers were lost.
//!
//! The bank hands her a single-use link by a way it trusts; whoever opens it first can sign in as
//! her from then on. So it is short-lived, looking at it uses nothing up, registering with one ends
//! all of hers, and her log tells of it.
//!
//! INVARIANT: link, passkey and the entry of her log change in one transaction.
//!
//! Deliberately absent: how the link reaches her; the bank knows ways that we do not.

use std::sync::Arc;

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::id::{CustomerId, LinkId, PasskeyId};
use bankside_store::links::{self, LinkRow};
use bankside_store::passkeys::{self, PasskeyRow};
use bankside_store::{Store, StoreError, clearings, customers};
use bankside_transparency::record::Kind;

use crate::commit::{CommitError, Committer, Unit};
use crate::door::{EntryError, Owner, append};
use crate::keys::{KeyError, KeyRing, Subject};
use crate::ports::{Clock, Entropy};
use crate::sign_in::{NewPasskey, passkey_draft};
use crate::token::{Token, id_bytes};

/// An hour, in milliseconds.
const HOUR_MS: i64 = 60 * 60 * 1000;
/// How long an invitation is good where nobody says otherwise, in hours.
pub const HOURS: u16 = 24;
/// How long it is good at most, in hours: a week.
pub const MAX_HOURS: u16 = 7 * 24;
/// Kind of an invitation's link; no link of a chat has it.
const KIND: &str = "invitation";

/// An invitation that was just made. Its token is shown once and stored as a hash.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// What opens it.
    pub token: Token,
    /// First instant at which it no longer opens.
    pub until: Timestamp,
}

/// An invitation that opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    id: LinkId,
    /// Whom it is for.
    pub customer: CustomerId,
    /// At which bank.
    pub bank: BankId,
    /// First instant at which it no longer opens.
    pub until: Timestamp,
}

/// Why an invitation does not open, or does nothing.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// There is none.
    #[error("there is no such invitation")]
    Unknown,
    /// It was used, or ended because another one of hers was.
    #[error("this invitation was used already")]
    Used,
    /// It ran out.
    #[error("this invitation has run out")]
    RanOut,
    /// Her history is being cleared, which takes a moment.
    #[error("the history is being cleared; open the invitation again in a minute")]
    Clearing,
    /// The passkey is registered already.
    #[error("this passkey is registered already")]
    Known,
    /// Her log cannot be written.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes an invitation. `hours` is brought within 1 and [`MAX_HOURS`]. May run beside the service.
///
/// # Errors
/// [`StoreError`].
pub async fn invite(
    store: &Store,
    entropy: &dyn Entropy,
    now: Timestamp,
    bank: &BankId,
    customer: CustomerId,
    hours: u16,
) -> Result<Invitation, StoreError> {
    let token = Token::random(entropy);
    let until = now.plus_millis(i64::from(hours.clamp(1, MAX_HOURS)) * HOUR_MS);
    let row = LinkRow {
        id: LinkId::new(now, id_bytes(entropy)),
        kind: KIND.to_owned(),
        bank: bank.to_string(),
        conversation: None,
        customer: Some(customer),
        body_ct: None,
        expires: until,
        used: None,
    };
    let mut tx = store.begin().await?;
    links::insert(&mut tx, &row, &token.hash()).await?;
    tx.commit().await?;
    Ok(Invitation { token, until })
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Invitations {
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) committer: Committer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) build: Arc<str>,
}

impl Invitations {
    /// Looks at an invitation to that bank without using it.
    ///
    /// # Errors
    /// [`InvitationError`], saying why it does not open.
    pub async fn look(&self, bank: &BankId, token: &Token) -> Result<Invited, InvitationError> {
        let mut tx = self.store.read().await?;
        let row = links::by_token(&mut tx, &token.hash()).await?;
        let row = row.filter(|row| row.kind == KIND && row.bank == bank.as_str());
        let row = row.ok_or(InvitationError::Unknown)?;
        let customer = row.customer.ok_or(InvitationError::Unknown)?;
        if row.used.is_some() {
            return Err(InvitationError::Used);
        }
        if row.expires <= self.clock.now() {
            return Err(InvitationError::RanOut);
        }
        Ok(Invited { id: row.id, customer, bank: bank.clone(), until: row.expires })
    }

    /// Registers her passkey, uses the invitation up and ends her others.
    ///
    /// # Errors
    /// [`InvitationError`]; then nothing changed.
    pub async fn accept(
        &self,
        invited: &Invited,
        passkey: NewPasskey,
    ) -> Result<PasskeyId, CommitError<InvitationError>> {
        let now = self.clock.now();
        if invited.until <= now {
            return Err(CommitError::Refused(InvitationError::RanOut));
        }
        let key = self.keys.ensure(Subject::Customer(invited.customer), now).await;
        let key = Arc::new(key.map_err(|error| CommitError::Refused(error.into()))?);
        let owner = Owner { customer: invited.customer, bank: invited.bank.clone(), key };
        let id = PasskeyId::new(now, id_bytes(self.keys.entropy()));
        let row = passkey.into_row(id, invited.customer, now);
        let (this, link) = (self.clone(), invited.id);
        self.committer
            .commit(move |unit| {
                Box::pin(async move { this.accept_in(unit, link, &owner, &row).await })
            })
            .await?;
        metrics::counter!("bankside_invitations_accepted_total").increment(1);
        tracing::info!(passkey = %id, "a passkey was registered by invitation");
        Ok(id)
    }

    async fn accept_in(
        &self,
        unit: &mut Unit<'_>,
        link: LinkId,
        owner: &Owner,
        row: &PasskeyRow,
    ) -> Result<(), InvitationError> {
        let now = row.created;
        if clearings::is_under_way(unit.tx, owner.customer).await? {
            return Err(InvitationError::Clearing);
        }
        let meanwhile = |what| {
            move |error| match error {
                StoreError::Conflict => what,
                other => InvitationError::Store(other),
            }
        };
        links::redeem(unit.tx, link, now).await.map_err(meanwhile(InvitationError::Used))?;
        links::end_all(unit.tx, owner.customer, KIND, now).await?;
        customers::ensure(unit.tx, owner.customer, &owner.bank, now).await?;
        passkeys::insert(unit.tx, row).await.map_err(meanwhile(InvitationError::Known))?;
        let draft = passkey_draft(Kind::PasskeyAdded, row.id, Some("invitation"));
        append(unit, &self.keys, owner, &self.build, now, draft).await?;
        Ok(())
    }
}
