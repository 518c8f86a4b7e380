//! Minimised data on its way out, and the receipt that lets it go.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use bankside_domain::consent::{ConsentId, Permit};
use bankside_domain::conversation::Outgoing;
use bankside_domain::disclosure::project::{ProjectError, project};
use bankside_domain::disclosure::{Cluster, FieldClass, Level, Project};
use bankside_domain::id::CustomerId;
use bankside_domain::party::Party;
use bankside_domain::purpose::Purpose;
use bankside_domain::raw::Authority as _;
use bankside_domain::{Raw, Timestamp};

/// Proof that ceiling and policy were asked about one permit. Only [`super::Door::clear`] makes
/// one.
#[must_use]
#[derive(Debug)]
pub struct Clearance {
    level: Level,
    policy: [u8; 32],
    consent: ConsentId,
    cluster: Cluster,
}

impl Clearance {
    pub(super) fn new(level: Level, policy: [u8; 32], permit: &Permit) -> Self {
        Self { level, policy, consent: permit.consent(), cluster: permit.cluster() }
    }

    /// The least of consent, ceiling and policy.
    pub fn level(&self) -> Level {
        self.level
    }
}

/// What one disclosure rests on: a consent at a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ground {
    pub(super) consent: ConsentId,
    pub(super) version: u32,
}

/// What the record says of a disclosure, beside its bytes.
pub(super) struct Facts {
    pub(super) id: u64,
    pub(super) customer: CustomerId,
    pub(super) party: Party,
    pub(super) purpose: Purpose,
    pub(super) ground: Option<Ground>,
    pub(super) classes: BTreeSet<FieldClass>,
    pub(super) withheld: BTreeSet<FieldClass>,
    /// The highest level that what is shown needs.
    pub(super) level: Option<Level>,
    pub(super) policy: Option<[u8; 32]>,
    pub(super) refused: Option<String>,
    /// How far back what is shown can reach.
    since: Option<Timestamp>,
}

/// Data that was minimised but not yet sealed. It has no `Serialize` and a redacted `Debug`, and
/// is reached only through functions that capture nothing.
#[must_use]
pub struct Disclosed<T> {
    value: T,
    pub(super) facts: Facts,
}

/// Pairs a receipt with its disclosure, within this process.
static NEXT: AtomicU64 = AtomicU64::new(1);

impl<T> Disclosed<Option<T>> {
    /// Opens what the core answered and minimises it. `None` inside means that the level shows
    /// nothing of this kind.
    ///
    /// # Errors
    /// [`ProjectError`]; nothing is disclosed then.
    #[expect(clippy::disallowed_methods, reason = "the door")]
    pub fn project<R>(
        permit: Permit,
        clearance: Clearance,
        raw: Raw<R>,
    ) -> Result<Self, ProjectError>
    where
        R: Project<Shown = T>,
    {
        if clearance.consent != permit.consent() || clearance.cluster != permit.cluster() {
            return Err(ProjectError::OtherCluster);
        }
        let projection = project(raw, &permit, clearance.level)?;
        let facts = Facts {
            ground: Some(Ground { consent: permit.consent(), version: permit.version() }),
            classes: projection.classes,
            withheld: projection.withheld,
            level: projection.reached,
            policy: Some(clearance.policy),
            since: permit.reach().since(),
            ..Facts::bare(permit.customer(), permit.party().clone(), permit.purpose())
        };
        Ok(Self { value: projection.shown, facts })
    }
}

impl Facts {
    /// Of words that hold nothing of hers.
    fn bare(customer: CustomerId, party: Party, purpose: Purpose) -> Self {
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            customer,
            party,
            purpose,
            ground: None,
            classes: BTreeSet::new(),
            withheld: BTreeSet::new(),
            level: None,
            policy: None,
            refused: None,
            since: None,
        }
    }
}

impl Disclosed<()> {
    /// Words that hold no data of hers: a greeting, a question, a link. They are sealed all the
    /// same, so that each message has its receipt.
    pub fn nothing(customer: CustomerId, party: Party, purpose: Purpose) -> Self {
        Self { value: (), facts: Facts::bare(customer, party, purpose) }
    }

    /// As [`Disclosed::nothing`], where something was asked for and refused, with the reason's
    /// code for the record.
    pub fn refusal(customer: CustomerId, party: Party, purpose: Purpose, reason: &str) -> Self {
        let bare = Facts::bare(customer, party, purpose);
        Self { value: (), facts: Facts { refused: Some(reason.to_owned()), ..bare } }
    }
}

impl<T> Disclosed<T> {
    /// Gives it form. `f` captures nothing, so what it sees can go nowhere but into its result.
    pub fn map<C: ?Sized, U>(self, context: &C, f: fn(T, &C) -> U) -> Disclosed<U> {
        Disclosed { value: f(self.value, context), facts: self.facts }
    }

    /// Lets it go, against the receipt of its own sealing.
    ///
    /// # Errors
    /// [`Mismatch`] where the receipt is another's.
    pub fn release(self, receipt: Receipt) -> Result<T, Mismatch> {
        if receipt.disclosure == self.facts.id { Ok(self.value) } else { Err(Mismatch) }
    }

    /// Whose data.
    pub fn customer(&self) -> CustomerId {
        self.facts.customer
    }

    /// Whether the level shows anything at all.
    pub fn shows(&self) -> bool {
        self.facts.level.is_some()
    }

    /// The first instant that its consent reaches back to; `None` is all of it.
    pub fn since(&self) -> Option<Timestamp> {
        self.facts.since
    }

    /// Whether something asked for was left out.
    pub fn is_narrowed(&self) -> bool {
        !self.facts.withheld.is_empty()
    }

    pub(super) fn value(&self) -> &T {
        &self.value
    }
}

impl<T> std::fmt::Debug for Disclosed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Disclosed({:?}, ••)", self.facts.classes)
    }
}

/// Proof that a disclosure is sealed and durable. Only [`super::Door::seal`] makes one.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub struct Receipt {
    pub(super) number: String,
    pub(super) log_index: i64,
    pub(super) disclosure: u64,
}

impl Receipt {
    /// Short number, as messages carry it.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Index of the leaf in the public log.
    pub fn log_index(&self) -> i64 {
        self.log_index
    }
}

/// Two proofs that do not belong together. A defect, never the customer's mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these two proofs do not belong together")]
pub struct Mismatch;

/// The words of a message, for the row that the sealing transaction itself writes: at rest under
/// her key, never on a wire before the receipt.
pub(crate) struct SealedBody(Outgoing);

impl Disclosed<Outgoing> {
    /// The words, to be stored in the sealing transaction.
    pub(crate) fn sealed_body(&self) -> SealedBody {
        SealedBody(self.value.clone())
    }
}

impl SealedBody {
    pub(crate) fn for_storage(&self) -> &Outgoing {
        &self.0
    }
}
