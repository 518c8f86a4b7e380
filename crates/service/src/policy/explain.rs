//! Why the policies decide as they do, level by level, in the words of whoever wrote them.

use bankside_domain::disclosure::Level;
use serde::Serialize;

use super::{BankPolicy, Question, Verdict, levels};

/// What a policy does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Allows, unless another forbids.
    Permit,
    /// Refuses, whatever others permit.
    Forbid,
}

/// A policy, as its author knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyNote {
    /// Its `@id`; where it has none, file and line: `20-channels.cedar:7`.
    pub id: String,
    /// Its `@description`.
    pub description: Option<String>,
    /// The file that it is in.
    pub file: String,
    /// The line that it starts on, from 1.
    pub line: usize,
    /// What it does.
    pub effect: Effect,
}

/// What came out at one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A policy permits it, and none forbids it.
    Allow,
    /// A policy forbids it, or none permits it.
    Deny,
    /// A policy failed; this denies.
    Error,
}

/// What the policies say at one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AtLevel {
    /// Which.
    pub level: Level,
    /// What came out.
    pub outcome: Outcome,
    /// The policies that decided: those that permit, or those that forbid.
    pub policies: Vec<PolicyNote>,
    /// What failed, naming the policy.
    pub errors: Vec<String>,
}

/// The verdict and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What [`BankPolicy::limit`] answers.
    pub verdict: Verdict,
    /// Every level up to what was asked, highest first; also those that the verdict did not need.
    pub levels: Vec<AtLevel>,
}

impl BankPolicy {
    /// Says at each level up to `q.most` what the policies decide, and which of them.
    pub fn explain(&self, q: &Question<'_>) -> Explanation {
        let found = match self.vocabulary.ask(q) {
            Err(error) => levels(q.most)
                .map(|level| AtLevel {
                    level,
                    outcome: Outcome::Error,
                    policies: Vec::new(),
                    errors: vec![error.clone()],
                })
                .collect(),
            Ok(asked) => levels(q.most)
                .map(|level| {
                    let found = self.at(&asked, level);
                    let note = |id: &String| self.notes.get(id).cloned();
                    AtLevel {
                        level,
                        outcome: found.outcome,
                        policies: found.policies.iter().filter_map(note).collect(),
                        errors: found.errors,
                    }
                })
                .collect(),
        };
        Explanation { verdict: self.limit(q), levels: found }
    }
}
