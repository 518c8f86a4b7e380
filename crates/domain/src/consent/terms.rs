//! The terms of a consent: bounded, and never empty.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::disclosure::{Cluster, Level};
use crate::id::AccountId;
use crate::party::Party;
use crate::purpose::Purpose;

/// Longest duration, in days: a year.
pub const MAX_DAYS: u16 = 365;
/// Longest history that can be allowed, in days: seven years.
pub const MAX_HISTORY_DAYS: u16 = 2_557;

/// How long a consent lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lasts", content = "days", rename_all = "snake_case")]
pub enum Duration {
    /// For one disclosure.
    Once,
    /// For so many days from the authorisation.
    Days(u16),
}

/// What is allowed to whom.
///
/// INVARIANT: at least one cluster and one account; durations within their limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire")]
pub struct Terms {
    party: Party,
    purpose: Purpose,
    clusters: BTreeMap<Cluster, Level>,
    accounts: BTreeSet<AccountId>,
    history_days: u16,
    duration: Duration,
    customer_present_only: bool,
}

#[derive(Deserialize)]
struct Wire {
    party: Party,
    purpose: Purpose,
    clusters: BTreeMap<Cluster, Level>,
    accounts: BTreeSet<AccountId>,
    history_days: u16,
    duration: Duration,
    customer_present_only: bool,
}

impl TryFrom<Wire> for Terms {
    type Error = TermsError;

    fn try_from(w: Wire) -> Result<Self, TermsError> {
        let terms = Self::new(w.party, w.purpose, w.clusters, w.accounts)?
            .lasting(w.duration)?
            .looking_back(w.history_days)?;
        Ok(if w.customer_present_only { terms.only_when_present() } else { terms })
    }
}

/// Why terms were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// No cluster of data.
    #[error("choose at least one kind of data")]
    NoData,
    /// No account.
    #[error("choose at least one account")]
    NoAccount,
    /// Zero days, or over a year.
    #[error("a consent lasts from 1 to {MAX_DAYS} days")]
    Duration,
    /// Over the longest history.
    #[error("history reaches back at most {MAX_HISTORY_DAYS} days")]
    History,
    /// More than what was allowed before.
    #[error("narrowing can only take away; ask for a new consent to allow more")]
    Wider,
}

impl Terms {
    /// Terms for 90 days with 90 days of history.
    ///
    /// # Errors
    /// No data or no account.
    pub fn new(
        party: Party,
        purpose: Purpose,
        clusters: BTreeMap<Cluster, Level>,
        accounts: BTreeSet<AccountId>,
    ) -> Result<Self, TermsError> {
        if clusters.is_empty() {
            return Err(TermsError::NoData);
        }
        if accounts.is_empty() {
            return Err(TermsError::NoAccount);
        }
        Ok(Self {
            party,
            purpose,
            clusters,
            accounts,
            history_days: 90,
            duration: Duration::Days(90),
            customer_present_only: false,
        })
    }

    /// With another duration.
    ///
    /// # Errors
    /// Zero days, or over [`MAX_DAYS`].
    pub fn lasting(self, duration: Duration) -> Result<Self, TermsError> {
        match duration {
            Duration::Days(days) if days == 0 || days > MAX_DAYS => Err(TermsError::Duration),
            Duration::Once | Duration::Days(_) => Ok(Self { duration, ..self }),
        }
    }

    /// With another history window, in days.
    ///
    /// # Errors
    /// Over [`MAX_HISTORY_DAYS`].
    pub fn looking_back(self, history_days: u16) -> Result<Self, TermsError> {
        if history_days > MAX_HISTORY_DAYS {
            return Err(TermsError::History);
        }
        Ok(Self { history_days, ..self })
    }

    /// Only while the customer herself is there: no unattended access.
    #[must_use]
    pub fn only_when_present(self) -> Self {
        Self { customer_present_only: true, ..self }
    }

    /// To whom.
    pub fn party(&self) -> &Party {
        &self.party
    }

    /// For what.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Which data, each with its level.
    pub fn clusters(&self) -> &BTreeMap<Cluster, Level> {
        &self.clusters
    }

    /// Which accounts.
    pub fn accounts(&self) -> &BTreeSet<AccountId> {
        &self.accounts
    }

    /// How far back transactions reach, in days before the moment of asking.
    pub fn history_days(&self) -> u16 {
        self.history_days
    }

    /// How long it lasts.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Whether the customer must be there.
    pub fn customer_present_only(&self) -> bool {
        self.customer_present_only
    }

    /// Whether `self` allows nothing that `other` does not.
    pub fn is_within(&self, other: &Self) -> bool {
        let clusters = self
            .clusters
            .iter()
            .all(|(cluster, level)| other.clusters.get(cluster).is_some_and(|most| level <= most));
        let duration = match (self.duration, other.duration) {
            (Duration::Once, _) => true,
            (Duration::Days(mine), Duration::Days(theirs)) => mine <= theirs,
            (Duration::Days(_), Duration::Once) => false,
        };
        self.party.is(&other.party)
            && self.purpose == other.purpose
            && clusters
            && duration
            && self.accounts.is_subset(&other.accounts)
            && self.history_days <= other.history_days
            && (self.customer_present_only || !other.customer_present_only)
    }
}
