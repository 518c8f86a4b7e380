//! The door: the only way by which a customer's data leaves, as types.
//!
//! ```text
//! Door::permit     a live consent, by party, purpose, data and account        -> Permit
//! Door::clear      the channel's ceiling and the bank's policy                 -> Clearance
//! CoreBank         answers to a Permit                                         -> Raw<T>
//! Disclosed::project   minimised to the least of the three levels              -> Disclosed<T>
//! Door::seal       consent re-read, leaf appended, durable                     -> Receipt
//! Disclosed::release   only now is it a value that can be sent                 -> T
//! ```
//!
//! INVARIANT: each step consumes the proof of the last and none can be made elsewhere. Whatever
//! goes wrong on the way denies.
//!
//! Each example below that must not compile stands beside one that must, and that differs from it
//! by the forbidden step alone; so it fails for that step and nothing else.
//!
//! A receipt is read, never made:
//! ```
//! fn read(r: bankside_service::door::Receipt) -> (String, i64) {
//!     (r.number().to_owned(), r.log_index())
//! }
//! ```
//! ```compile_fail,E0451
//! fn forge() -> bankside_service::door::Receipt {
//!     bankside_service::door::Receipt { number: String::new(), log_index: 0, disclosure: 1 }
//! }
//! ```
//! What a core bank answered cannot be serialised, though what is in it could:
//! ```
//! fn tell(inside: String) -> String { serde_json::to_string(&inside).unwrap() }
//! ```
//! ```compile_fail,E0277
//! fn leak(raw: bankside_domain::Raw<String>) -> String { serde_json::to_string(&raw).unwrap() }
//! ```
//! Nor can what was minimised but not sealed:
//! ```compile_fail,E0277
//! fn leak(d: bankside_service::door::Disclosed<String>) -> String {
//!     serde_json::to_string(&d).unwrap()
//! }
//! ```
//! A receipt opens what it was given for, once:
//! ```
//! fn once(d: bankside_service::door::Disclosed<String>, r: bankside_service::door::Receipt) {
//!     let _ = d.release(r);
//! }
//! ```
//! ```compile_fail,E0382
//! fn twice(d: bankside_service::door::Disclosed<String>, r: bankside_service::door::Receipt) {
//!     let _ = d.release(r);
//!     let _ = d.release(r);
//! }
//! ```
//! A permit cannot be copied:
//! ```
//! fn one(p: bankside_domain::Permit) -> bankside_domain::Permit { p }
//! ```
//! ```compile_fail,E0599
//! fn two(p: bankside_domain::Permit) -> (bankside_domain::Permit, bankside_domain::Permit) {
//!     (p.clone(), p)
//! }
//! ```

mod disclosed;
mod entry;
mod seal;

use std::sync::Arc;

use bankside_domain::account::Account;
use bankside_domain::consent::{Ask, Consent, Permit, Refusal};
use bankside_domain::disclosure::project::{ProjectError, project};
use bankside_domain::disclosure::shown::AccountLabel;
use bankside_domain::disclosure::{Cluster, FieldClass, Level, Project};
use bankside_domain::money::MoneyError;
use bankside_domain::time::TimeZone;
use bankside_domain::{Currency, Party, Purpose, Raw, Timestamp};
use bankside_store::{Store, StoreError, consents, suspensions};

pub(crate) use disclosed::SealedBody;
pub use disclosed::{Clearance, Disclosed, Mismatch, Receipt};
pub use entry::{Draft, Entry, EntryError, Owner};
pub(crate) use entry::{append, body_place, code_of, open_secret, record_place, writable};
pub(crate) use seal::record_party;
pub use seal::{Effects, SealError};

use crate::commit::Committer;
use crate::keys::{DataKey, KeyError, KeyRing};
use crate::policy::{BankPolicy, Question, Verdict};
use crate::ports::Clock;

/// Why the door stays shut.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// She gave no consent to this party for this purpose.
    #[error("there is no consent for this")]
    NoConsent,
    /// A consent there is does not cover it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// An operator suspended the channel, the recipient or the purpose.
    #[error("this was suspended by the bank")]
    Suspended,
    /// The bank's policy forbids it.
    #[error("the bank's policy forbids this ({})", .0.join(", "))]
    Policy(Vec<String>),
    /// The policy failed; that denies.
    #[error("the bank's policy failed, which denies: {0}")]
    PolicyFailed(String),
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored consent cannot be read.
    #[error("a stored consent cannot be read")]
    Unreadable,
}

/// What use cases that write to the log stand on.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) committer: Committer,
    pub(crate) clock: Arc<dyn Clock>,
    /// Names the program in each record.
    pub(crate) build: Arc<str>,
}

/// Consents of one customer for one party and purpose, newest first, each with whether it could be
/// read.
pub(crate) struct Standing {
    consents: Vec<Option<Consent>>,
}

impl Standing {
    /// Only the one that a grant stands on.
    pub(crate) fn only(mut self, id: bankside_domain::consent::ConsentId) -> Self {
        self.consents.retain(|found| found.as_ref().is_none_or(|consent| consent.id() == id));
        self
    }

    /// A permit of the first consent that covers what is asked.
    pub(crate) fn permit(&self, ask: &Ask<'_>, now: Timestamp) -> Result<Permit, Denied> {
        let mut why = Denied::NoConsent;
        for consent in &self.consents {
            match consent.as_ref().ok_or(Denied::Unreadable)?.permit(ask, now) {
                Ok(permit) => return Ok(permit),
                Err(refusal) if matches!(why, Denied::NoConsent) => why = refusal.into(),
                Err(_) => {}
            }
        }
        Err(why)
    }
}

/// The door. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    store: Store,
    keys: KeyRing,
    committer: Committer,
    clock: Arc<dyn Clock>,
    policy: Arc<BankPolicy>,
    build: Arc<str>,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Door")
    }
}

impl Door {
    /// Hangs the door.
    pub(crate) fn new(ground: Ground, policy: Arc<BankPolicy>) -> Self {
        let Ground { store, keys, committer, clock, build } = ground;
        Self { store, keys, committer, clock, policy, build }
    }

    /// Finds a live consent of hers that covers what is asked.
    ///
    /// # Errors
    /// [`Denied`]; of several consents that do not fit, the newest says why.
    pub async fn permit(&self, owner: &Owner, ask: &Ask<'_>) -> Result<Permit, Denied> {
        self.standing(owner, ask.party, ask.purpose).await?.permit(ask, self.clock.now())
    }

    /// What she allowed this party for this purpose, as it is now: for one message, which may need
    /// several permits. Sealing reads the consent again, so that what was taken back meanwhile wins.
    ///
    /// # Errors
    /// [`Denied`] where the bank suspended it, or it cannot be read.
    pub(crate) async fn standing(
        &self,
        owner: &Owner,
        party: &Party,
        purpose: Purpose,
    ) -> Result<Standing, Denied> {
        let mut look = self.store.look().await?;
        let subjects = seal::subjects(party, purpose);
        if suspensions::any(&mut look, subjects.each_ref().map(String::as_str)).await? {
            return Err(Denied::Suspended);
        }
        let customer = owner.customer;
        let rows = consents::authorised_for(&mut look, customer, &party.id, purpose.code()).await?;
        drop(look);
        let consents = rows.iter().map(|row| read_consent(&owner.key, row)).collect();
        Ok(Standing { consents })
    }

    /// Asks the channel's ceiling and the bank's policy how much of it may be shown.
    ///
    /// # Errors
    /// [`Denied::Policy`] or [`Denied::PolicyFailed`].
    pub fn clear(
        &self,
        permit: &Permit,
        accounts: usize,
        zone: &TimeZone,
    ) -> Result<Clearance, Denied> {
        let ceiling = permit.party().ceiling.level();
        let most: Level = permit.level().min(ceiling);
        let question = Question {
            bank: permit.bank(),
            party: permit.party(),
            purpose: permit.purpose(),
            cluster: permit.cluster(),
            most,
            presence: permit.presence(),
            now: self.clock.now(),
            zone,
            accounts,
        };
        match self.policy.limit(&question) {
            Verdict::Allow { level, .. } => {
                Ok(Clearance::new(level.min(most), self.policy.hash(), permit))
            }
            Verdict::Deny { policies } => Err(Denied::Policy(policies)),
            Verdict::Error(error) => {
                tracing::error!(%error, "a policy failed; denied");
                metrics::counter!("bankside_policy_failures_total").increment(1);
                Err(Denied::PolicyFailed(error))
            }
        }
    }

    /// Names of her accounts, so that her own words can be understood here. Nothing of it leaves.
    ///
    /// # Errors
    /// [`ProjectError`].
    #[expect(clippy::disallowed_methods, reason = "the door; read here, and nothing leaves")]
    pub(crate) fn labels(
        &self,
        permit: &Permit,
        raw: Raw<Vec<Account>>,
    ) -> Result<Vec<(AccountLabel, Currency)>, ProjectError> {
        let with_currency = raw.map(|accounts| {
            let currencies = accounts.iter().map(|a| a.currency).collect();
            Labelled { accounts, currencies }
        });
        let projection = project(with_currency, permit, Level::Masked)?;
        Ok(projection.shown.unwrap_or_default())
    }

    /// The policy in force.
    pub fn policy(&self) -> &BankPolicy {
        &self.policy
    }

    /// Name of the program in records.
    pub fn build(&self) -> &str {
        &self.build
    }
}

/// Accounts with their currencies, to be read by the understanding.
struct Labelled {
    accounts: Vec<Account>,
    currencies: Vec<Currency>,
}

impl Project for Labelled {
    type Shown = Vec<(AccountLabel, Currency)>;
    const CLUSTER: Cluster = Cluster::Accounts;
    const LADDER: &'static [(Level, FieldClass)] = <Vec<Account> as Project>::LADDER;

    fn show(self, level: Level) -> Result<Self::Shown, MoneyError> {
        Ok(self.accounts.show(level)?.into_iter().zip(self.currencies).collect())
    }
}

/// Where a consent is sealed.
pub(crate) fn consent_place(row: &consents::ConsentRow) -> String {
    format!("consent/{}/{}", row.customer, row.id)
}

/// Opens a consent's row; the open columns must agree with what is sealed.
pub(crate) fn read_consent(key: &DataKey, row: &consents::ConsentRow) -> Option<Consent> {
    let json = key.open(&consent_place(row), &row.body_ct).ok()?;
    let consent: Consent = serde_json::from_slice(&json).ok()?;
    let agrees = consent.id() == row.id
        && consent.customer() == row.customer
        && i64::from(consent.version()) == row.version
        && consent.state().code() == row.state
        && consent.terms().party().id == row.party_id
        && consent.terms().purpose().code() == row.purpose;
    agrees.then_some(consent)
}
