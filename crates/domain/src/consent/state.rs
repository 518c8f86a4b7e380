//! The life of a consent. Each transition consumes it and yields the event to record.
//!
//! ```text
//! AwaitingAuthorisation --authorise--> Authorised --consume--> Consumed
//!         |  \--reject--> Rejected       |  |  \--revoke--> Revoked
//!         |--revoke--> Revoked           |  pause, resume, narrow, renew
//!         \--expire--> Expired           \--expire--> Expired
//! ```

use serde::{Deserialize, Serialize};

use super::terms::{Duration, Terms, TermsError};
use super::{Consent, ConsentId};
use crate::id::{PasskeyId, SessionId};
use crate::time::Timestamp;

/// How the customer proved that it was she.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum AuthEvent {
    /// A passkey assertion in a session.
    Passkey {
        /// Which passkey.
        passkey: PasskeyId,
        /// In which session.
        session: SessionId,
        /// When it was asserted.
        at: Timestamp,
    },
    /// The demo's stand-in for machines without an authenticator; never in production.
    StandIn {
        /// In which session.
        session: SessionId,
        /// When.
        at: Timestamp,
    },
}

/// Who ended a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The customer, on a page or in the chat.
    Customer,
    /// The bank's operator.
    Bank,
    /// The party gave it back.
    Party,
}

/// Where a consent stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Asked for; not yet decided.
    AwaitingAuthorisation {
        /// After this it lapses.
        answer_by: Timestamp,
    },
    /// Given.
    Authorised {
        /// When.
        at: Timestamp,
        /// How she proved herself.
        by: AuthEvent,
        /// First instant at which it no longer holds.
        until: Timestamp,
        /// Since when it is paused, if it is.
        paused: Option<Timestamp>,
    },
    /// Refused by the customer.
    Rejected {
        /// When.
        at: Timestamp,
    },
    /// Ended early.
    Revoked {
        /// When.
        at: Timestamp,
        /// By whom.
        by: EndedBy,
        /// Why, as a code or in the operator's words.
        reason: String,
    },
    /// Ran out.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// Was for one disclosure, which has been.
    Consumed {
        /// When.
        at: Timestamp,
    },
}

impl State {
    /// Name in columns and message keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AwaitingAuthorisation { .. } => "awaiting_authorisation",
            Self::Authorised { .. } => "authorised",
            Self::Rejected { .. } => "rejected",
            Self::Revoked { .. } => "revoked",
            Self::Expired { .. } => "expired",
            Self::Consumed { .. } => "consumed",
        }
    }
}

/// What happened to a consent, to be recorded in the same transaction as its new state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which consent.
    pub consent: ConsentId,
    /// Its version after the event.
    pub version: u32,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
}

/// Kinds of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Asked for.
    Requested,
    /// Given.
    Granted,
    /// Refused.
    Rejected,
    /// Made smaller.
    Narrowed,
    /// Stopped for a while.
    Paused,
    /// Going on.
    Resumed,
    /// Given for longer.
    Renewed,
    /// Ended early.
    Revoked,
    /// Ran out.
    Expired,
    /// Used up.
    Consumed,
}

/// Why a transition was refused. The consent is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsentError {
    /// Not from this state.
    #[error("a consent that is {state} cannot {act}")]
    NotFrom {
        /// Code of the state.
        state: &'static str,
        /// What was tried.
        act: &'static str,
    },
    /// The request lapsed before it was decided.
    #[error("this request has lapsed; ask again")]
    Lapsed,
    /// Not yet due to expire.
    #[error("the consent has not run out yet")]
    NotYet,
    /// The new terms are not allowed.
    #[error(transparent)]
    Terms(#[from] TermsError),
}

type Changed = Result<(Consent, Event), ConsentError>;

impl Consent {
    /// The customer allows it, perhaps with less than was asked.
    ///
    /// # Errors
    /// Not awaiting, lapsed, or `terms` wider than those asked for.
    pub fn authorise(self, terms: Terms, by: AuthEvent, now: Timestamp) -> Changed {
        match self.state {
            State::AwaitingAuthorisation { answer_by } if answer_by <= now => {
                Err(ConsentError::Lapsed)
            }
            State::AwaitingAuthorisation { .. } if !terms.is_within(&self.terms) => {
                Err(TermsError::Wider.into())
            }
            State::AwaitingAuthorisation { .. } => {
                let until = until(terms.duration(), now);
                let state = State::Authorised { at: now, by, until, paused: None };
                Ok(Self { terms, ..self }.step(state, EventKind::Granted, now))
            }
            _ => Err(self.not_from("be allowed")),
        }
    }

    /// The customer refuses.
    ///
    /// # Errors
    /// Not awaiting.
    pub fn reject(self, now: Timestamp) -> Changed {
        match self.state {
            State::AwaitingAuthorisation { .. } => {
                Ok(self.step(State::Rejected { at: now }, EventKind::Rejected, now))
            }
            _ => Err(self.not_from("be refused")),
        }
    }

    /// Ends it, at once. Works on a request too.
    ///
    /// # Errors
    /// Already ended.
    pub fn revoke(self, by: EndedBy, reason: &str, now: Timestamp) -> Changed {
        match self.state {
            State::AwaitingAuthorisation { .. } | State::Authorised { .. } => {
                let state = State::Revoked { at: now, by, reason: reason.to_owned() };
                Ok(self.step(state, EventKind::Revoked, now))
            }
            _ => Err(self.not_from("be revoked")),
        }
    }

    /// Stops it for a while.
    ///
    /// # Errors
    /// Not authorised, or already paused.
    pub fn pause(self, now: Timestamp) -> Changed {
        match self.state.clone() {
            State::Authorised { at, by, until, paused: None } => {
                let state = State::Authorised { at, by, until, paused: Some(now) };
                Ok(self.step(state, EventKind::Paused, now))
            }
            _ => Err(self.not_from("be paused")),
        }
    }

    /// Lets a paused one go on.
    ///
    /// # Errors
    /// Not paused, or run out meanwhile.
    pub fn resume(self, now: Timestamp) -> Changed {
        match self.state.clone() {
            State::Authorised { at, by, until, paused: Some(_) } if now < until => {
                let state = State::Authorised { at, by, until, paused: None };
                Ok(self.step(state, EventKind::Resumed, now))
            }
            _ => Err(self.not_from("go on")),
        }
    }

    /// Takes some of it away.
    ///
    /// # Errors
    /// Not authorised, or `terms` allow anything new.
    pub fn narrow(self, terms: Terms, now: Timestamp) -> Changed {
        match self.state.clone() {
            State::Authorised { .. } if !terms.is_within(&self.terms) => {
                Err(TermsError::Wider.into())
            }
            State::Authorised { at, by, until: end, paused } => {
                let until = end.min(until(terms.duration(), at));
                let state = State::Authorised { at, by, until, paused };
                Ok(Self { terms, ..self }.step(state, EventKind::Narrowed, now))
            }
            _ => Err(self.not_from("be narrowed")),
        }
    }

    /// Gives it for its duration again, from now, with the same terms and ids.
    ///
    /// # Errors
    /// Not authorised, or for one time only.
    pub fn renew(self, by: AuthEvent, now: Timestamp) -> Changed {
        match self.state.clone() {
            State::Authorised { paused, .. } if self.terms.duration() != Duration::Once => {
                let until = until(self.terms.duration(), now);
                let state = State::Authorised { at: now, by, until, paused };
                Ok(self.step(state, EventKind::Renewed, now))
            }
            _ => Err(self.not_from("be renewed")),
        }
    }

    /// Records that it ran out.
    ///
    /// # Errors
    /// Not due, or already ended.
    pub fn expire(self, now: Timestamp) -> Changed {
        let due = match self.state {
            State::AwaitingAuthorisation { answer_by } => answer_by,
            State::Authorised { until, .. } => until,
            _ => return Err(self.not_from("run out")),
        };
        if now < due {
            return Err(ConsentError::NotYet);
        }
        Ok(self.step(State::Expired { at: now }, EventKind::Expired, now))
    }

    /// Records that its one disclosure has been.
    ///
    /// # Errors
    /// Not authorised for one time.
    pub fn consume(self, now: Timestamp) -> Changed {
        match self.state {
            State::Authorised { .. } if self.terms.duration() == Duration::Once => {
                Ok(self.step(State::Consumed { at: now }, EventKind::Consumed, now))
            }
            _ => Err(self.not_from("be used up")),
        }
    }

    fn step(self, state: State, kind: EventKind, now: Timestamp) -> (Self, Event) {
        let next = Self { version: self.version.saturating_add(1), state, ..self };
        let event = next.event(kind, now);
        (next, event)
    }

    fn not_from(&self, act: &'static str) -> ConsentError {
        ConsentError::NotFrom { state: self.state.code(), act }
    }
}

/// A one-time consent must be used within a day.
fn until(duration: Duration, from: Timestamp) -> Timestamp {
    match duration {
        Duration::Once => from.plus_days(1),
        Duration::Days(days) => from.plus_days(i64::from(days)),
    }
}
