//! Consent use cases: ask, allow, refuse, pause, narrow, renew, revoke, stop everything.
//!
//! INVARIANT: a change of state, the customer's log entry about it and its leaf are one
//! transaction. Revoking needs no more than the customer herself, on a page or in a linked chat.

use std::sync::Arc;

use bankside_domain::Timestamp;
use bankside_domain::consent::{
    AuthEvent, Consent, ConsentError, ConsentId, EndedBy, Event, EventKind, Notice, Terms,
};
use bankside_domain::id::CustomerId;
use bankside_store::consents::{self, ConsentRow};
use bankside_store::{Store, StoreError, records};
use bankside_transparency::record::{Decision, Kind};
use futures_util::future::BoxFuture;

use crate::commit::{CommitError, Committer, Unit};
use crate::door::{
    Draft, EntryError, Ground, Owner, append, consent_place, read_consent, record_party, writable,
};
use crate::keys::{KeyError, KeyRing, Subject, Unsealable};
use crate::ports::Clock;
use crate::token::id_bytes;

/// How long a request waits for the customer's decision, in days.
const ANSWER_WITHIN_DAYS: i64 = 1;
/// Window of the use count on the connections page, in days.
const USAGE_DAYS: i64 = 30;

/// Why a consent was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// She has no such consent.
    #[error("there is no such consent")]
    Unknown,
    /// Its state does not allow it.
    #[error(transparent)]
    Refused(#[from] ConsentError),
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The entry could not be made.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The consent cannot be sealed or opened.
    #[error("the consent cannot be opened or sealed")]
    Unreadable,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Unsealable> for ChangeError {
    fn from(_: Unsealable) -> Self {
        Self::Unreadable
    }
}

/// A consent with how it was used.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The consent.
    pub consent: Consent,
    /// When data last flowed under it.
    pub last_used: Option<Timestamp>,
    /// How often in the last thirty days.
    pub uses: i64,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Consents {
    store: Store,
    keys: KeyRing,
    committer: Committer,
    clock: Arc<dyn Clock>,
    build: Arc<str>,
}

type Step = Box<dyn FnOnce(Consent, Timestamp) -> Result<(Consent, Event), ConsentError> + Send>;

impl Consents {
    pub(crate) fn new(ground: Ground) -> Self {
        let Ground { store, keys, committer, clock, build } = ground;
        Self { store, keys, committer, clock, build }
    }

    /// Records a request that awaits the customer.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn request(
        &self,
        owner: &Owner,
        id: ConsentId,
        terms: Terms,
        notice: Notice,
    ) -> Result<Consent, CommitError<ChangeError>> {
        let now = self.clock.now();
        let answer_by = now.plus_days(ANSWER_WITHIN_DAYS);
        let (customer, bank) = (owner.customer, owner.bank.clone());
        let (consent, _) = Consent::request(id, customer, bank, terms, notice, now, answer_by);
        let (keys, owner, new) = (self.keys.clone(), owner.clone(), consent.clone());
        self.committer
            .commit(move |unit| -> BoxFuture<'_, Result<(), ChangeError>> {
                Box::pin(async move {
                    writable(unit, &keys, &owner).await?;
                    let row = row_of(&keys, &owner, &new)?;
                    consents::insert(unit.tx, &row).await?;
                    Ok(())
                })
            })
            .await?;
        Ok(consent)
    }

    /// The customer gives it on a page, in one act: what was asked for, what she allows of it, and
    /// her decision are one entry.
    ///
    /// # Errors
    /// [`ChangeError`], also where `allowed` is wider than `requested`; nothing changed then.
    pub async fn grant(
        &self,
        owner: &Owner,
        requested: Terms,
        allowed: Terms,
        notice: Notice,
        by: AuthEvent,
    ) -> Result<Consent, CommitError<ChangeError>> {
        let now = self.clock.now();
        let id = ConsentId::new(now, id_bytes(self.keys.entropy()));
        let answer_by = now.plus_days(ANSWER_WITHIN_DAYS);
        let (customer, bank) = (owner.customer, owner.bank.clone());
        let (asked, _) = Consent::request(id, customer, bank, requested, notice, now, answer_by);
        let given = asked.clone().authorise(allowed, by, now);
        let (given, event) = given.map_err(|e| CommitError::Refused(e.into()))?;
        let (this, owner, new) = (self.clone(), owner.clone(), given.clone());
        self.committer
            .commit(move |unit| -> BoxFuture<'_, Result<(), ChangeError>> {
                Box::pin(async move {
                    consents::insert(unit.tx, &row_of(&this.keys, &owner, &asked)?).await?;
                    this.record(unit, &owner, &new, &event).await
                })
            })
            .await?;
        Ok(given)
    }

    /// The customer allows it, perhaps with less than was asked for.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn authorise(
        &self,
        owner: &Owner,
        id: ConsentId,
        terms: Terms,
        by: AuthEvent,
    ) -> Result<Consent, CommitError<ChangeError>> {
        self.change(owner, id, Box::new(move |c, now| c.authorise(terms, by, now))).await
    }

    /// The customer refuses.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn reject(
        &self,
        owner: &Owner,
        id: ConsentId,
    ) -> Result<Consent, CommitError<ChangeError>> {
        self.change(owner, id, Box::new(|c, now| c.reject(now))).await
    }

    /// Ends it at once.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn revoke(
        &self,
        owner: &Owner,
        id: ConsentId,
        by: EndedBy,
        reason: &'static str,
    ) -> Result<Consent, CommitError<ChangeError>> {
        self.change(owner, id, Box::new(move |c, now| c.revoke(by, reason, now))).await
    }

    /// Stops it for a while.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn pause(
        &self,
        owner: &Owner,
        id: ConsentId,
    ) -> Result<Consent, CommitError<ChangeError>> {
        self.change(owner, id, Box::new(|c, now| c.pause(now))).await
    }

    /// Lets a paused one go on.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn resume(
        &self,
        owner: &Owner,
        id: ConsentId,
    ) -> Result<Consent, CommitError<ChangeError>> {
        self.change(owner, id, Box::new(|c, now| c.resume(now))).await
    }

    /// Takes some of it away.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn narrow(
        &self,
        owner: &Owner,
        id: ConsentId,
        terms: Terms,
    ) -> Result<Consent, CommitError<ChangeError>> {
        self.change(owner, id, Box::new(move |c, now| c.narrow(terms, now))).await
    }

    /// Gives it for its duration again.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn renew(
        &self,
        owner: &Owner,
        id: ConsentId,
        by: AuthEvent,
    ) -> Result<Consent, CommitError<ChangeError>> {
        self.change(owner, id, Box::new(move |c, now| c.renew(by, now))).await
    }

    /// Ends every consent of hers in one transaction; with `party`, only those for that party.
    /// Says how many were live or awaited her.
    ///
    /// # Errors
    /// [`ChangeError`]; then none was ended.
    pub async fn stop(
        &self,
        owner: &Owner,
        party: Option<String>,
        reason: &'static str,
    ) -> Result<usize, CommitError<ChangeError>> {
        let (this, owner) = (self.clone(), owner.clone());
        self.committer
            .commit(move |unit| {
                Box::pin(async move { this.stop_in(unit, &owner, party.as_deref(), reason).await })
            })
            .await
    }

    /// As [`Consents::stop`], inside a unit that does more.
    pub(crate) async fn stop_in(
        &self,
        unit: &mut Unit<'_>,
        owner: &Owner,
        party: Option<&str>,
        reason: &'static str,
    ) -> Result<usize, ChangeError> {
        let now = self.clock.now();
        let mut stopped = 0;
        for row in consents::of(unit.tx, owner.customer).await? {
            let open = matches!(row.state.as_str(), "authorised" | "awaiting_authorisation");
            if !open || party.is_some_and(|p| p != row.party_id) {
                continue;
            }
            let consent = read_consent(&owner.key, &row).ok_or(ChangeError::Unreadable)?;
            let (ended, event) = consent.revoke(EndedBy::Customer, reason, now)?;
            self.record(unit, owner, &ended, &event).await?;
            stopped += 1;
        }
        Ok(stopped)
    }

    /// Records that one ran out, inside a unit that does more.
    pub(crate) async fn expire_in(
        &self,
        unit: &mut Unit<'_>,
        owner: &Owner,
        id: ConsentId,
    ) -> Result<(), ChangeError> {
        let now = self.clock.now();
        self.change_in(unit, owner, id, Box::new(move |c, _| c.expire(now))).await.map(drop)
    }

    /// Records those that ran out, without a word about it ([`crate::expiry`] says it too); says
    /// how many.
    ///
    /// # Errors
    /// [`ChangeError`]; what was recorded before stays.
    pub async fn expire_due(&self, limit: i64) -> Result<usize, CommitError<ChangeError>> {
        let due = async {
            let mut tx = self.store.read().await?;
            consents::due(&mut tx, self.clock.now(), limit).await
        };
        let due = due.await.map_err(|e| CommitError::Store(Arc::new(e)))?;
        let mut expired = 0;
        for row in due {
            let Ok(key) = self.keys.get(Subject::Customer(row.customer)).await else { continue };
            let Ok(bank) = row.bank.parse() else { continue };
            let owner = Owner { customer: row.customer, bank, key: Arc::new(key) };
            self.change(&owner, row.id, Box::new(|c, now| c.expire(now))).await?;
            expired += 1;
        }
        Ok(expired)
    }

    /// One of hers.
    ///
    /// # Errors
    /// [`ChangeError::Unknown`].
    pub async fn get(&self, owner: &Owner, id: ConsentId) -> Result<Consent, ChangeError> {
        let mut tx = self.store.read().await?;
        let row = consents::get(&mut tx, owner.customer, id).await?.ok_or(ChangeError::Unknown)?;
        read_consent(&owner.key, &row).ok_or(ChangeError::Unreadable)
    }

    /// All of hers, newest first, with how they were used.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn connections(&self, owner: &Owner) -> Result<Vec<Connection>, ChangeError> {
        let since = self.clock.now().plus_days(-USAGE_DAYS);
        let mut tx = self.store.read().await?;
        let mut found = Vec::new();
        for row in consents::of(&mut tx, owner.customer).await? {
            let consent = read_consent(&owner.key, &row).ok_or(ChangeError::Unreadable)?;
            let (uses, last_used) =
                records::usage(&mut tx, owner.customer, consent.id(), since).await?;
            found.push(Connection { consent, last_used, uses });
        }
        Ok(found)
    }

    async fn change(
        &self,
        owner: &Owner,
        id: ConsentId,
        step: Step,
    ) -> Result<Consent, CommitError<ChangeError>> {
        let (this, owner) = (self.clone(), owner.clone());
        self.committer
            .commit(move |unit| {
                Box::pin(async move { this.change_in(unit, &owner, id, step).await })
            })
            .await
    }

    async fn change_in(
        &self,
        unit: &mut Unit<'_>,
        owner: &Owner,
        id: ConsentId,
        step: Step,
    ) -> Result<Consent, ChangeError> {
        let row = consents::get(unit.tx, owner.customer, id).await?.ok_or(ChangeError::Unknown)?;
        let consent = read_consent(&owner.key, &row).ok_or(ChangeError::Unreadable)?;
        let (next, event) = step(consent, self.clock.now())?;
        self.record(unit, owner, &next, &event).await?;
        Ok(next)
    }

    /// Saves the new version and its entry.
    pub(crate) async fn record(
        &self,
        unit: &mut Unit<'_>,
        owner: &Owner,
        next: &Consent,
        event: &Event,
    ) -> Result<(), ChangeError> {
        save(unit, &self.keys, owner, next).await?;
        let draft = draft_of(next, event)?;
        append(unit, &self.keys, owner, &self.build, event.at, draft).await?;
        Ok(())
    }
}

/// Replaces the stored version of a consent by the next.
pub(crate) async fn save(
    unit: &mut Unit<'_>,
    keys: &KeyRing,
    owner: &Owner,
    next: &Consent,
) -> Result<(), StoreError> {
    let row = row_of(keys, owner, next).map_err(|_| StoreError::Shape)?;
    consents::update(unit.tx, &row).await
}

fn row_of(keys: &KeyRing, owner: &Owner, consent: &Consent) -> Result<ConsentRow, Unsealable> {
    use bankside_domain::consent::State;
    let until = match consent.state() {
        State::AwaitingAuthorisation { answer_by } => *answer_by,
        State::Authorised { until, .. } => *until,
        State::Rejected { at }
        | State::Revoked { at, .. }
        | State::Expired { at }
        | State::Consumed { at } => *at,
    };
    let party = consent.terms().party();
    let mut row = ConsentRow {
        customer: consent.customer(),
        id: consent.id(),
        bank: consent.bank().to_string(),
        party_kind: record_kind(party),
        party_id: party.id.clone(),
        purpose: consent.terms().purpose().code().to_owned(),
        state: consent.state().code().to_owned(),
        version: i64::from(consent.version()),
        until,
        body_ct: Vec::new(),
    };
    let json = serde_json::to_vec(consent).map_err(|_| Unsealable)?;
    row.body_ct = owner.key.seal(&consent_place(&row), &json, keys.entropy())?;
    Ok(row)
}

fn record_kind(party: &bankside_domain::Party) -> String {
    match party.kind {
        bankside_domain::party::PartyKind::Channel => "channel",
        bankside_domain::party::PartyKind::Recipient => "recipient",
    }
    .to_owned()
}

/// The entry about a change.
pub(crate) fn draft_of(consent: &Consent, event: &Event) -> Result<Draft, ChangeError> {
    let (kind, reason) = match event.kind {
        EventKind::Granted => (Kind::Grant, None),
        EventKind::Revoked => (Kind::Revoke, None),
        EventKind::Expired => (Kind::Expire, None),
        EventKind::Rejected => (Kind::Change, Some("rejected")),
        EventKind::Narrowed => (Kind::Change, Some("narrowed")),
        EventKind::Paused => (Kind::Change, Some("paused")),
        EventKind::Resumed => (Kind::Change, Some("resumed")),
        EventKind::Renewed => (Kind::Change, Some("renewed")),
        EventKind::Consumed => (Kind::Change, Some("consumed")),
        EventKind::Requested => (Kind::Change, Some("requested")),
    };
    let mut fields: Vec<String> =
        consent.terms().clusters().keys().map(|c| c.code().to_owned()).collect();
    fields.sort();
    Ok(Draft {
        kind,
        consent: Some((consent.id(), consent.version())),
        purpose: Some(consent.terms().purpose().code()),
        party: Some(record_party(consent.terms().party())),
        fields,
        level: None,
        decision: Decision::Allow,
        reason: reason.map(str::to_owned),
        policy: None,
        body: serde_json::to_vec(consent).map_err(|_| ChangeError::Unreadable)?,
    })
}

/// Who she is, for [`Owner`]s made from an id.
pub(crate) async fn owner_of(
    keys: &KeyRing,
    customer: CustomerId,
    bank: bankside_domain::bank::BankId,
) -> Result<Owner, KeyError> {
    let key = keys.get(Subject::Customer(customer)).await?;
    Ok(Owner { customer, bank, key: Arc::new(key) })
}
