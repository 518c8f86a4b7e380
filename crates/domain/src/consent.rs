//! Consent: what a customer allowed to whom, for which purpose, until when.
//!
//! Architecture invariant: no clock and no I/O; time is an argument. Transitions consume the
//! consent, refuse what the state does not allow, and return the event to record.

mod permit;
mod state;
mod terms;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use crate::id::ConsentId;
pub use permit::{Ask, Permit, Presence, Refusal};
pub use state::{AuthEvent, ConsentError, EndedBy, Event, EventKind, State};
pub use terms::{Duration, MAX_DAYS, MAX_HISTORY_DAYS, Terms, TermsError};

use crate::bank::BankId;
use crate::customer::Language;
use crate::id::CustomerId;
use crate::time::Timestamp;

/// What the customer was shown when she decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Version of the wording.
    pub version: String,
    /// Language that she read it in.
    pub language: Language,
}

/// A consent, at one version of its terms and state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    id: ConsentId,
    customer: CustomerId,
    bank: BankId,
    version: u32,
    terms: Terms,
    notice: Notice,
    requested: Timestamp,
    state: State,
}

impl Consent {
    /// A request that awaits the customer's decision until `answer_by`.
    pub fn request(
        id: ConsentId,
        customer: CustomerId,
        bank: BankId,
        terms: Terms,
        notice: Notice,
        now: Timestamp,
        answer_by: Timestamp,
    ) -> (Self, Event) {
        let consent = Self {
            id,
            customer,
            bank,
            version: 1,
            terms,
            notice,
            requested: now,
            state: State::AwaitingAuthorisation { answer_by },
        };
        let event = consent.event(EventKind::Requested, now);
        (consent, event)
    }

    /// Its id.
    pub fn id(&self) -> ConsentId {
        self.id
    }

    /// Who gave it, or is asked for it.
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    /// Her bank.
    pub fn bank(&self) -> &BankId {
        &self.bank
    }

    /// Counts up with each change; a permit is for one version.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// What is allowed.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What she was shown.
    pub fn notice(&self) -> &Notice {
        &self.notice
    }

    /// When it was asked for.
    pub fn requested(&self) -> Timestamp {
        self.requested
    }

    /// Where it stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether data may flow under it now.
    pub fn is_live(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Authorised { until, paused: None, .. } if now < until)
    }

    fn event(&self, kind: EventKind, at: Timestamp) -> Event {
        Event { consent: self.id, version: self.version, kind, at }
    }
}
