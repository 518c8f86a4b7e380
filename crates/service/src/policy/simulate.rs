//! What would change: past questions put to two sets of policies.

use std::collections::BTreeMap;

use bankside_domain::bank::BankId;
use bankside_domain::consent::Presence;
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::{Party, Purpose, Timestamp};
use serde::Serialize;

use super::{BankPolicy, Question, Verdict};

/// Examples that are kept of each kind of change.
pub const MAX_EXAMPLES: usize = 5;

/// How an answer changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Was decided; now a policy fails, which denies.
    Failed,
    /// Was allowed; is refused now.
    Refused,
    /// Is allowed still, with less.
    Lowered,
    /// Was allowed already, now with more.
    Raised,
    /// Was refused; is allowed now.
    Allowed,
}

/// A question whose answer changed. It names no customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// How.
    pub change: Change,
    /// Whose bank.
    pub bank: BankId,
    /// To whom.
    pub party: Party,
    /// For what.
    pub purpose: Purpose,
    /// Which data.
    pub cluster: Cluster,
    /// What consent and ceiling allowed.
    pub most: Level,
    /// Whether the customer was there.
    pub present: bool,
    /// When.
    pub at: Timestamp,
    /// The answer of the old policies.
    pub before: Verdict,
    /// The answer of the new ones.
    pub after: Verdict,
}

/// What would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Questions asked.
    pub asked: u64,
    /// How many answers changed, by kind. A kind without any is left out.
    pub counts: BTreeMap<Change, u64>,
    /// The first of each kind, at most [`MAX_EXAMPLES`].
    pub examples: Vec<Example>,
}

impl Changes {
    /// How many answers changed so.
    pub fn count(&self, change: Change) -> u64 {
        self.counts.get(&change).copied().unwrap_or(0)
    }

    /// How many answers are as they were.
    pub fn same(&self) -> u64 {
        self.asked.saturating_sub(self.counts.values().sum())
    }

    fn add(&mut self, change: Change, q: &Question<'_>, before: Verdict, after: Verdict) {
        let count = self.counts.entry(change).or_default();
        *count += 1;
        if self.examples.iter().filter(|e| e.change == change).count() >= MAX_EXAMPLES {
            return;
        }
        self.examples.push(Example {
            change,
            bank: q.bank.clone(),
            party: q.party.clone(),
            purpose: q.purpose,
            cluster: q.cluster,
            most: q.most,
            present: q.presence == Presence::Present,
            at: q.now,
            before,
            after,
        });
    }
}

impl BankPolicy {
    /// Puts `past` questions to the `old` policies and to these, and says what would change.
    pub fn simulate<'a>(
        &self,
        old: &Self,
        past: impl IntoIterator<Item = Question<'a>>,
    ) -> Changes {
        let mut changes = Changes::default();
        for q in past {
            changes.asked += 1;
            let (before, after) = (old.limit(&q), self.limit(&q));
            if let Some(change) = compare(&before, &after) {
                changes.add(change, &q, before, after);
            }
        }
        changes
    }
}

/// What differs in effect; another policy with the same effect is no change.
fn compare(before: &Verdict, after: &Verdict) -> Option<Change> {
    match (before, after) {
        (Verdict::Error(_), Verdict::Error(_)) => None,
        (_, Verdict::Error(_)) => Some(Change::Failed),
        _ => match (before.level(), after.level()) {
            (Some(before), Some(after)) if after < before => Some(Change::Lowered),
            (Some(before), Some(after)) if after > before => Some(Change::Raised),
            (Some(_), None) => Some(Change::Refused),
            (None, Some(_)) => Some(Change::Allowed),
            (Some(_), Some(_)) | (None, None) => None,
        },
    }
}
