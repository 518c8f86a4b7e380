//! Scopes: what an assistant asks for, in the words of the wire, and what that is in a consent.

use std::collections::{BTreeMap, BTreeSet};

use bankside_domain::consent::Terms;
use bankside_domain::disclosure::{Cluster, Level};
use bankside_fapi::{Code, Fault};
use serde::{Deserialize, Serialize};

/// A word of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Which accounts she has.
    Accounts,
    /// What is on them.
    Balances,
    /// Payments, with amounts and categories.
    Transactions,
    /// What repeats.
    Recurring,
    /// With whom she pays, and what was written: detail, while she is there.
    Details,
}

impl Scope {
    /// Every word.
    pub const ALL: [Self; 5] =
        [Self::Accounts, Self::Balances, Self::Transactions, Self::Recurring, Self::Details];
    /// What an assistant that names nothing asks for.
    pub const USUAL: [Self; 4] =
        [Self::Accounts, Self::Balances, Self::Transactions, Self::Recurring];

    /// On the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Balances => "balances",
            Self::Transactions => "transactions",
            Self::Recurring => "recurring",
            Self::Details => "details",
        }
    }

    const fn cluster(self) -> Option<Cluster> {
        match self {
            Self::Accounts => Some(Cluster::Accounts),
            Self::Balances => Some(Cluster::Balances),
            Self::Transactions => Some(Cluster::Transactions),
            Self::Recurring => Some(Cluster::Recurring),
            Self::Details => None,
        }
    }
}

/// Reads the words of a scope; those that nobody here knows are left out (RFC 6749, section 3.3).
///
/// # Errors
/// [`Code::InvalidScope`] where none of them names data.
pub(super) fn read(words: &[String]) -> Result<BTreeSet<Scope>, Fault> {
    if words.is_empty() {
        return Ok(Scope::USUAL.into());
    }
    let known = |word: &String| Scope::ALL.into_iter().find(|scope| scope.code() == word);
    let scopes: BTreeSet<_> = words.iter().filter_map(known).collect();
    if scopes.iter().any(|scope| scope.cluster().is_some()) {
        Ok(scopes)
    } else {
        Err(Fault::new(Code::InvalidScope, "no word of the scope names data"))
    }
}

/// The most that those scopes ask for.
pub(super) fn most(scopes: &BTreeSet<Scope>) -> BTreeMap<Cluster, Level> {
    let level = if scopes.contains(&Scope::Details) { Level::Detail } else { Level::Masked };
    scopes.iter().filter_map(|scope| Some((scope.cluster()?, level))).collect()
}

/// What was granted, in the words of the wire.
pub(super) fn granted(terms: &Terms) -> String {
    let has = |scope: &Scope| match scope.cluster() {
        Some(cluster) => terms.clusters().contains_key(&cluster),
        None => terms.clusters().values().any(|level| *level == Level::Detail),
    };
    let words: Vec<_> = Scope::ALL.iter().filter(|s| has(s)).map(|s| s.code()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_asks_for_no_more_than_its_words() {
        #[track_caller]
        fn check(words: &str, expect: Result<&[(Cluster, Level)], Code>) {
            let words: Vec<_> = words.split_whitespace().map(str::to_owned).collect();
            let found = read(&words).map(|scopes| most(&scopes)).map_err(|f| f.code);
            assert_eq!(found, expect.map(|list| list.iter().copied().collect()));
        }
        check("balances", Ok(&[(Cluster::Balances, Level::Masked)]));
        check("balances openid offline_access", Ok(&[(Cluster::Balances, Level::Masked)]));
        check("transactions details", Ok(&[(Cluster::Transactions, Level::Detail)]));
        check("details", Err(Code::InvalidScope));
        check("payments", Err(Code::InvalidScope));
        let usual = read(&[]).map(|scopes| most(&scopes)).unwrap();
        assert_eq!(usual.len(), 4);
        assert!(!usual.contains_key(&Cluster::AccountNumbers));
        assert!(usual.values().all(|level| *level == Level::Masked));
    }
}
