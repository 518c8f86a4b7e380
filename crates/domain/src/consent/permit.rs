//! The first proof of the door: that a live consent covers what is asked.

use std::collections::BTreeSet;

use super::state::State;
use super::{Consent, ConsentId};
use crate::bank::BankId;
use crate::disclosure::{Cluster, Level};
use crate::id::{AccountId, CustomerId};
use crate::party::Party;
use crate::purpose::Purpose;
use crate::raw::{Authority, Reach};
use crate::time::Timestamp;

/// Whether the customer is there while data flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// She just asked.
    Present,
    /// Nobody asked: an alert, a scheduled call.
    Absent,
}

/// What a party asks for.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Who.
    pub party: &'a Party,
    /// For what.
    pub purpose: Purpose,
    /// Which data.
    pub cluster: Cluster,
    /// Which accounts; `None` is all that the consent covers.
    pub accounts: Option<BTreeSet<AccountId>>,
    /// Whether the customer is there.
    pub presence: Presence,
    /// Only what happened before then; `None` is up to now.
    pub before: Option<Timestamp>,
}

/// Why there is no permit. Exhaustive on purpose: a new reason must break every caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Asked for, not decided.
    #[error("the consent has not been given yet")]
    NotYetGiven,
    /// The customer said no.
    #[error("the customer refused")]
    Rejected,
    /// Ended early.
    #[error("the consent was revoked")]
    Revoked,
    /// Ran out.
    #[error("the consent has run out")]
    Expired,
    /// Was for one time.
    #[error("the consent was for one time and has been used")]
    Consumed,
    /// Stopped for a while.
    #[error("the consent is paused")]
    Paused,
    /// Given to someone else.
    #[error("the consent is for another party")]
    OtherParty,
    /// Given for something else.
    #[error("the consent is for another purpose")]
    OtherPurpose,
    /// Not this data.
    #[error("the consent does not cover this kind of data")]
    OutOfScope,
    /// Not this account.
    #[error("the consent does not cover this account")]
    OtherAccount,
    /// She must be there.
    #[error("the consent holds only while the customer is present")]
    CustomerAbsent,
    /// Not so far back.
    #[error("the consent does not reach back so far")]
    TooLongAgo,
}

/// Proof that a live consent covers one cluster of data for one party and purpose. Only
/// [`Consent::permit`] makes one, and it cannot be copied.
#[must_use]
#[derive(Debug)]
pub struct Permit {
    reach: Reach,
    bank: BankId,
    consent: ConsentId,
    version: u32,
    party: Party,
    purpose: Purpose,
    cluster: Cluster,
    level: Level,
    presence: Presence,
}

impl Permit {
    /// Whose bank.
    pub fn bank(&self) -> &BankId {
        &self.bank
    }

    /// Whose data.
    pub fn customer(&self) -> CustomerId {
        self.reach.customer()
    }

    /// Under which consent.
    pub fn consent(&self) -> ConsentId {
        self.consent
    }

    /// At which version of it.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// To whom.
    pub fn party(&self) -> &Party {
        &self.party
    }

    /// For what.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Which data.
    pub fn cluster(&self) -> Cluster {
        self.cluster
    }

    /// The most that the consent allows.
    pub fn level(&self) -> Level {
        self.level
    }

    /// How many accounts it reaches.
    pub fn accounts(&self) -> usize {
        self.reach.count()
    }

    /// Whether the customer is there.
    pub fn presence(&self) -> Presence {
        self.presence
    }
}

impl Authority for Permit {
    fn reach(&self) -> &Reach {
        &self.reach
    }
}

impl Consent {
    /// The only way to a [`Permit`].
    ///
    /// # Errors
    /// The first [`Refusal`] that applies; anything not plainly allowed is refused.
    pub fn permit(&self, ask: &Ask<'_>, now: Timestamp) -> Result<Permit, Refusal> {
        self.live(now)?;
        let terms = self.terms();
        if !terms.party().is(ask.party) {
            return Err(Refusal::OtherParty);
        }
        if terms.purpose() != ask.purpose {
            return Err(Refusal::OtherPurpose);
        }
        let level = *terms.clusters().get(&ask.cluster).ok_or(Refusal::OutOfScope)?;
        let accounts = match &ask.accounts {
            None => terms.accounts().clone(),
            Some(asked) if asked.is_empty() || !asked.is_subset(terms.accounts()) => {
                return Err(Refusal::OtherAccount);
            }
            Some(asked) => asked.clone(),
        };
        if terms.customer_present_only() && ask.presence == Presence::Absent {
            return Err(Refusal::CustomerAbsent);
        }
        let since = now.plus_days(-i64::from(terms.history_days()));
        if ask.before.is_some_and(|before| before <= since) {
            return Err(Refusal::TooLongAgo);
        }
        Ok(Permit {
            reach: Reach::limited(self.customer(), accounts, since),
            bank: self.bank().clone(),
            consent: self.id(),
            version: self.version(),
            party: ask.party.clone(),
            purpose: ask.purpose,
            cluster: ask.cluster,
            level,
            presence: ask.presence,
        })
    }

    fn live(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.state() {
            State::AwaitingAuthorisation { .. } => Err(Refusal::NotYetGiven),
            State::Rejected { .. } => Err(Refusal::Rejected),
            State::Revoked { .. } => Err(Refusal::Revoked),
            State::Expired { .. } => Err(Refusal::Expired),
            State::Consumed { .. } => Err(Refusal::Consumed),
            State::Authorised { until, .. } if *until <= now => Err(Refusal::Expired),
            State::Authorised { paused: Some(_), .. } => Err(Refusal::Paused),
            State::Authorised { paused: None, .. } => Ok(()),
        }
    }
}
