//! What she chose so far: it travels in addresses and hidden fields, so that every step works
//! without scripts, can be gone back to, and loses nothing when something is wrong.
//!
//! INVARIANT: nothing in here is believed. Accounts, kinds of data and levels are held against
//! what she has and what may be asked for when terms are made of it.

use std::collections::{BTreeMap, BTreeSet};

use bankside_domain::consent::{ConsentId, Duration};
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::id::AccountId;
use maud::{Markup, html};
use url::form_urlencoded;

use crate::ui::form::hidden;

/// Pairs read from one form at most.
const MAX_PAIRS: usize = 200;
/// Longest value, in bytes.
const MAX_VALUE: usize = 128;
/// Lengths offered, in days.
pub(crate) const DAYS: [u16; 3] = [30, 90, 365];
/// Length and history at first, in days.
const FIRST_DAYS: u16 = 90;

/// What a step asks, so that its fields are not sent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Accounts and length.
    Ask,
    /// Kinds of data, levels, history, presence.
    Less,
    /// Everything is chosen.
    Check,
}

/// Everything chosen so far.
#[derive(Clone, Debug)]
pub(crate) struct Choices {
    /// Short name of the party.
    pub(crate) party: String,
    /// Code of the purpose.
    pub(crate) purpose: String,
    /// The single-use link that led here.
    pub(crate) token: Option<String>,
    /// The assistant's request that led here.
    pub(crate) request: Option<String>,
    /// Which accounts.
    pub(crate) accounts: BTreeSet<AccountId>,
    /// For how long.
    pub(crate) lasts: Duration,
    /// Levels chosen; `None` leaves a kind of data out. What is not named has its most.
    pub(crate) see: BTreeMap<Cluster, Option<Level>>,
    /// History, in days.
    pub(crate) history: u16,
    /// Only while she is there herself.
    pub(crate) present: bool,
    /// The consent's id, made with the page on which she decides: a form sent twice allows once.
    pub(crate) id: Option<ConsentId>,
    /// Whether she was sent back because something is missing.
    pub(crate) wrong: bool,
    /// The button pressed.
    pub(crate) answer: String,
    /// Whether the button stood on the last step.
    pub(crate) checked: bool,
}

impl Choices {
    /// Reads a query or a form; what cannot be read is as if it had not been sent.
    pub(crate) fn parse(text: &str) -> Self {
        let mut choices = Self {
            party: String::new(),
            purpose: String::new(),
            token: None,
            request: None,
            accounts: BTreeSet::new(),
            lasts: Duration::Days(FIRST_DAYS),
            see: BTreeMap::new(),
            history: FIRST_DAYS,
            present: false,
            id: None,
            wrong: false,
            answer: String::new(),
            checked: false,
        };
        for (name, value) in form_urlencoded::parse(text.as_bytes()).take(MAX_PAIRS) {
            if value.len() <= MAX_VALUE {
                choices.take(&name, value.into_owned());
            }
        }
        choices
    }

    fn take(&mut self, name: &str, value: String) {
        match name {
            "party" => self.party = value,
            "purpose" => self.purpose = value,
            "token" => self.token = Some(value),
            "request" => self.request = Some(value),
            "account" => self.accounts.extend(value.parse::<AccountId>()),
            "lasts" => self.lasts = lasts(&value).unwrap_or(self.lasts),
            "history" => self.history = value.parse().unwrap_or(self.history),
            "when" => self.present = value == "present",
            "id" => self.id = value.parse().ok(),
            "wrong" => self.wrong = true,
            "answer" => self.answer = value,
            "step" => self.checked = value == "check",
            other => {
                let cluster = other.strip_prefix("see-").and_then(cluster);
                if let Some(cluster) = cluster {
                    let level = Level::ALL.into_iter().find(|level| level.code() == value);
                    self.see.insert(cluster, level);
                }
            }
        }
    }

    /// As name and value, in a fixed order.
    fn pairs(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: String| (name.to_owned(), value);
        let mut pairs =
            vec![pair("party", self.party.clone()), pair("purpose", self.purpose.clone())];
        pairs.extend(self.token.clone().map(|token| pair("token", token)));
        pairs.extend(self.request.clone().map(|request| pair("request", request)));
        pairs.extend(self.accounts.iter().map(|id| pair("account", id.to_string())));
        pairs.push(pair("lasts", lasts_code(self.lasts)));
        for (cluster, level) in &self.see {
            let level = level.map_or("none", Level::code);
            pairs.push((format!("see-{}", cluster.code()), level.to_owned()));
        }
        pairs.push(pair("history", self.history.to_string()));
        pairs.push(pair("when", if self.present { "present" } else { "always" }.to_owned()));
        pairs
    }

    /// The address of a step, below the bank.
    pub(crate) fn at(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        format!("{path}?{}", query.finish())
    }

    /// As hidden fields, without those that the step asks itself.
    pub(crate) fn hidden(&self, step: Step) -> Markup {
        let asked = |name: &str| match step {
            Step::Ask => matches!(name, "account" | "lasts"),
            Step::Less => name.starts_with("see-") || matches!(name, "history" | "when"),
            Step::Check => false,
        };
        html! {
            @for (name, value) in self.pairs() {
                @if !asked(&name) { (hidden(&name, &value)) }
            }
        }
    }
}

/// A length by its code.
pub(crate) fn lasts(code: &str) -> Option<Duration> {
    if code == "once" { Some(Duration::Once) } else { code.parse().ok().map(Duration::Days) }
}

/// The code of a length.
pub(crate) fn lasts_code(lasts: Duration) -> String {
    match lasts {
        Duration::Once => "once".to_owned(),
        Duration::Days(days) => days.to_string(),
    }
}

fn cluster(code: &str) -> Option<Cluster> {
    Cluster::ALL.into_iter().find(|cluster| cluster.code() == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_on_the_way_through_an_address() {
        let account = "0198c0de-7abc-7000-8000-000000000001";
        let text = format!(
            "party=web&purpose=account_information&token=t%2F1&account={account}&lasts=once\
             &see-balances=summary&see-cards=none&history=30&when=present"
        );
        let first = Choices::parse(&text);
        let again = Choices::parse(first.at("/x").split_once('?').unwrap().1);
        assert_eq!(first.pairs(), again.pairs());
        assert_eq!(again.token.as_deref(), Some("t/1"));
        assert_eq!(again.see.get(&Cluster::Balances), Some(&Some(Level::Summary)));
        assert_eq!(again.see.get(&Cluster::Cards), Some(&None));
        assert_eq!((again.lasts, again.history, again.present), (Duration::Once, 30, true));
    }

    #[test]
    fn what_cannot_be_read_is_as_if_not_sent() {
        let choices = Choices::parse("account=nobody&lasts=ever&history=-1&see-soul=detail");
        assert!(choices.accounts.is_empty() && choices.see.is_empty());
        assert_eq!((choices.lasts, choices.history), (Duration::Days(90), 90));
    }
}
