//! Bank policy: what a bank's own Cedar policies still allow of a disclosure.
//!
//! Consent and the channel's ceiling decide first, in plain Rust; a policy can only lower what
//! they leave. INVARIANT: [`BankPolicy::limit`] never answers with more than was asked.
//!
//! INVARIANT: any error denies. Cedar skips a policy that fails while it is evaluated, so that a
//! broken `forbid` would vanish; here its error outweighs every `permit`.
//!
//! Deliberately absent: files, a clock, and any data of a customer. Texts and time are
//! arguments, and a policy sees who, why, which kind of data and how much, never the data.

mod compile;
mod error;
mod explain;
mod request;
mod simulate;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use bankside_domain::bank::BankId;
use bankside_domain::consent::Presence;
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::time::TimeZone;
use bankside_domain::{Party, Purpose, Timestamp};
use cedar_policy::{Authorizer, Decision, PolicySet};
use serde::Serialize;

pub use compile::{MAX_ID, MAX_POLICIES, MAX_SOURCES, MAX_TEXT, SCHEMA};
pub use error::{Place, PolicyError, Problem};
pub use explain::{AtLevel, Effect, Explanation, Outcome, PolicyNote};
pub use simulate::{Change, Changes, Example, MAX_EXAMPLES};

use request::{Asked, Vocabulary};

/// The shipped defaults, in the order in which they are hashed.
const BUILT_IN: [(&str, &str); 3] = [
    ("10-purposes.cedar", include_str!("../policies/10-purposes.cedar")),
    ("20-channels.cedar", include_str!("../policies/20-channels.cedar")),
    ("30-offers.cedar", include_str!("../policies/30-offers.cedar")),
];

/// One file of policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicySource {
    /// Its name, as errors and explanations show it: `20-channels.cedar`.
    pub name: String,
    /// What it says, in Cedar.
    pub text: String,
}

/// What would be disclosed.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Whose bank.
    pub bank: &'a BankId,
    /// To whom.
    pub party: &'a Party,
    /// For what.
    pub purpose: Purpose,
    /// Which data.
    pub cluster: Cluster,
    /// The least of what the consent and the channel's ceiling allow.
    pub most: Level,
    /// Whether the customer is there.
    pub presence: Presence,
    /// When.
    pub now: Timestamp,
    /// The bank's time zone, in which policies speak of hours.
    pub zone: &'a TimeZone,
    /// How many of her accounts it is about.
    pub accounts: usize,
}

/// What the policies leave. Exhaustive on purpose; ask [`Verdict::level`] what may be shown.
#[must_use]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// So much may leave.
    Allow {
        /// The highest level that is allowed, at most what was asked.
        level: Level,
        /// Ids of the policies that permit it.
        policies: Vec<String>,
    },
    /// Nothing may leave.
    Deny {
        /// Ids of the policies that forbid it; empty where none permits it.
        policies: Vec<String>,
    },
    /// A policy could not be evaluated, and what it would have said is unknown: nothing may leave.
    Error(String),
}

impl Verdict {
    /// What may be shown; `None` is a refusal, of whatever cause.
    pub fn level(&self) -> Option<Level> {
        match self {
            Self::Allow { level, .. } => Some(*level),
            Self::Deny { .. } | Self::Error(_) => None,
        }
    }
}

/// A bank's policies: parsed, validated, hashed. Built once, and shared by all who ask.
pub struct BankPolicy {
    set: PolicySet,
    authorizer: Authorizer,
    vocabulary: Vocabulary,
    notes: BTreeMap<String, PolicyNote>,
    hash: [u8; 32],
}

impl BankPolicy {
    /// The shipped defaults.
    ///
    /// # Errors
    /// As [`BankPolicy::compile`]; a test holds that there are none.
    pub fn built_in() -> Result<Self, PolicyError> {
        Self::compile(&Self::built_in_sources())
    }

    /// The texts of the shipped defaults, for a bank to start from.
    pub fn built_in_sources() -> Vec<PolicySource> {
        let source = |(name, text): (&str, &str)| PolicySource {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        BUILT_IN.into_iter().map(source).collect()
    }

    /// Parses and validates a bank's policies; there is no set that is half in force.
    ///
    /// Validation is Cedar's strict mode with entity dereference level 1 (Cedar RFC 76), against
    /// `policies/bankside.cedarschema`; its warnings count as errors.
    ///
    /// # Errors
    /// Every [`Problem`] that was found, each with file, line and policy.
    pub fn compile(sources: &[PolicySource]) -> Result<Self, PolicyError> {
        compile::compile(sources)
    }

    /// SHA-256 over names and texts in their order; disclosures record it.
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// The policies in force, by id.
    pub fn policies(&self) -> impl Iterator<Item = &PolicyNote> {
        self.notes.values()
    }

    /// The highest level that the policies allow, at most `q.most`, or a refusal.
    ///
    /// The policies are asked once for each level, highest first, until one is allowed.
    pub fn limit(&self, q: &Question<'_>) -> Verdict {
        let asked = match self.vocabulary.ask(q) {
            Ok(asked) => asked,
            Err(error) => return Verdict::Error(error),
        };
        let mut forbidding = BTreeSet::new();
        for level in levels(q.most) {
            let found = self.at(&asked, level);
            match found.outcome {
                Outcome::Error => return Verdict::Error(found.errors.join("; ")),
                Outcome::Allow => return Verdict::Allow { level, policies: found.policies },
                Outcome::Deny => forbidding.extend(found.policies),
            }
        }
        Verdict::Deny { policies: forbidding.into_iter().collect() }
    }

    /// What the policies say at one level, errors before all else.
    fn at(&self, asked: &Asked, level: Level) -> Found {
        let request = match self.vocabulary.request(asked, level) {
            Ok(request) => request,
            Err(error) => return Found::error(vec![error]),
        };
        let response = self.authorizer.is_authorized(&request, &self.set, asked.entities());
        let errors: Vec<String> =
            response.diagnostics().errors().map(ToString::to_string).collect();
        if !errors.is_empty() {
            return Found::error(errors);
        }
        let mut policies: Vec<String> =
            response.diagnostics().reason().map(ToString::to_string).collect();
        policies.sort();
        let outcome = match response.decision() {
            Decision::Allow => Outcome::Allow,
            Decision::Deny => Outcome::Deny,
        };
        Found { outcome, policies, errors }
    }
}

/// What the policies say at one level.
struct Found {
    outcome: Outcome,
    policies: Vec<String>,
    errors: Vec<String>,
}

impl Found {
    fn error(mut errors: Vec<String>) -> Self {
        errors.sort();
        Self { outcome: Outcome::Error, policies: Vec::new(), errors }
    }
}

/// The levels up to `most`, highest first.
fn levels(most: Level) -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().rev().filter(move |level| *level <= most)
}

impl fmt::Debug for BankPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BankPolicy").field("policies", &self.notes.len()).finish_non_exhaustive()
    }
}
