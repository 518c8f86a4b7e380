//! What may be asked of her at all: the party, the purpose, and each kind of data with the most
//! that the channel's ceiling and the bank's policy would ever let through.
//!
//! INVARIANT: terms made here are never wider than what the page showed.

use std::collections::BTreeMap;

use bankside_domain::consent::{Duration, Presence, Terms};
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::id::AccountId;
use bankside_domain::{Party, Purpose};
use bankside_language::Msg;
use bankside_language::catalogue;
use bankside_service::assistants::{Pending, PendingError};
use bankside_service::policy::Question;
use bankside_service::token::Token;

use super::choices::Choices;
use crate::app::{PageError, Signed};

/// What is missing or too much in what she chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// No account of hers.
    Account,
    /// No kind of data.
    Data,
}

impl Wrong {
    /// The field that it is about.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Data => "see",
        }
    }

    /// What is wrong and what to do.
    pub(crate) const fn msg(self) -> Msg<'static> {
        match self {
            Self::Account => Msg::PageConsentChooseAccount,
            Self::Data => Msg::PageConsentChooseData,
        }
    }
}

/// What may be asked for.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// To whom.
    pub(crate) party: Party,
    /// For what.
    pub(crate) purpose: Purpose,
    /// Each kind of data with its most.
    pub(crate) most: BTreeMap<Cluster, Level>,
    /// Longest length.
    pub(crate) lasts: Duration,
    /// Longest history, in days.
    pub(crate) history: u16,
    /// The assistant's request, where one asks.
    pub(crate) pending: Option<Pending>,
}

impl Offer {
    /// What this party may ask for here.
    ///
    /// # Errors
    /// [`PageError::NotFound`] where there is no such party or purpose, or the bank's policy
    /// leaves nothing of it.
    pub(crate) async fn new(signed: &Signed, choices: &Choices) -> Result<Self, PageError> {
        let service = signed.here.app.service();
        let purpose: Purpose = choices.purpose.parse().map_err(|_| PageError::NotFound)?;
        let pending = pending(signed, choices, purpose).await?;
        let party = match &pending {
            Some(pending) => pending.assistant.party(),
            None => {
                let found = service.channels.iter().find(|party| party.id == choices.party);
                found.ok_or(PageError::NotFound)?.clone()
            }
        };
        let asked = pending.as_ref().map(Pending::most);
        let most: BTreeMap<_, _> = Cluster::ALL
            .into_iter()
            .filter_map(|cluster| {
                let allowed = allowed(signed, &party, purpose, cluster)?;
                let asked =
                    asked.as_ref().map_or(Some(allowed), |most| most.get(&cluster).copied());
                Some((cluster, asked?.min(allowed)))
            })
            .collect();
        if most.is_empty() {
            return Err(PageError::NotFound);
        }
        let (lasts, history) = (Duration::Days(365), 365);
        Ok(Self { party, purpose, most, lasts, history, pending })
    }

    /// What may be taken away from: the terms that hold now.
    pub(crate) fn within(terms: &Terms) -> Self {
        Self {
            party: terms.party().clone(),
            purpose: terms.purpose(),
            most: terms.clusters().clone(),
            lasts: terms.duration(),
            history: terms.history_days(),
            pending: None,
        }
    }

    /// The level of each kind of data as chosen; what was not named has its most.
    pub(crate) fn levels(&self, choices: &Choices) -> BTreeMap<Cluster, Level> {
        let chosen = |(cluster, most): (&Cluster, &Level)| match choices.see.get(cluster) {
            None => Some((*cluster, *most)),
            Some(None) => None,
            Some(Some(level)) => Some((*cluster, (*level).min(*most))),
        };
        self.most.iter().filter_map(chosen).collect()
    }

    /// The terms that she chose, of the accounts that she has.
    ///
    /// # Errors
    /// What is missing, in the order of the pages.
    pub(crate) fn terms(&self, choices: &Choices, hers: &[AccountId]) -> Result<Terms, Vec<Wrong>> {
        let accounts: std::collections::BTreeSet<_> =
            choices.accounts.iter().copied().filter(|id| hers.contains(id)).collect();
        let levels = self.levels(choices);
        let mut wrong = Vec::new();
        if accounts.is_empty() {
            wrong.push(Wrong::Account);
        }
        if levels.is_empty() {
            wrong.push(Wrong::Data);
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let terms = Terms::new(self.party.clone(), self.purpose, levels, accounts)
            .and_then(|terms| terms.lasting(shorter(choices.lasts, self.lasts)))
            .and_then(|terms| terms.looking_back(choices.history.min(self.history)));
        let terms = terms.map_err(|_| vec![Wrong::Data])?;
        Ok(if choices.present { terms.only_when_present() } else { terms })
    }
}

/// The assistant's request that led here, if one did: it must be open, and for this decision.
async fn pending(
    signed: &Signed,
    choices: &Choices,
    purpose: Purpose,
) -> Result<Option<Pending>, PageError> {
    let Some(token) = &choices.request else { return Ok(None) };
    let token = Token::parse(token).ok_or(PageError::Link)?;
    let pending = signed.here.app.service().assistants.pending(&signed.here.bank.id, &token).await;
    let pending = pending.map_err(over)?;
    let fits = pending.assistant.id == choices.party && purpose == Purpose::AccountInformation;
    if fits { Ok(Some(pending)) } else { Err(PageError::NotFound) }
}

/// A request that cannot be decided any more.
pub(crate) fn over(error: PendingError) -> PageError {
    match error {
        PendingError::Over => PageError::RequestOver,
        PendingError::NotYours => PageError::NotYours,
        PendingError::Store(error) => PageError::internal(error),
    }
}

fn shorter(chosen: Duration, most: Duration) -> Duration {
    match (chosen, most) {
        (Duration::Days(mine), Duration::Days(theirs)) => Duration::Days(mine.clamp(1, theirs)),
        _ => Duration::Once,
    }
}

/// The most that ceiling and policy leave of a kind of data; `None` where they leave nothing.
fn allowed(signed: &Signed, party: &Party, purpose: Purpose, cluster: Cluster) -> Option<Level> {
    let service = signed.here.app.service();
    let question = Question {
        bank: &signed.here.bank.id,
        party,
        purpose,
        cluster,
        most: party.ceiling.level(),
        presence: Presence::Present,
        now: service.clock.now(),
        zone: &signed.zone,
        accounts: 1,
    };
    service.door.policy().limit(&question).level()
}

/// The levels of a kind of data that differ, least first.
const fn rungs(cluster: Cluster) -> &'static [Level] {
    use Level::{Answer, Detail, Masked, Summary};
    match cluster {
        Cluster::Balances => &[Answer, Summary, Masked, Detail],
        Cluster::Transactions => &[Summary, Masked, Detail],
        Cluster::Recurring => &[Masked, Detail],
        Cluster::AccountNumbers => &[Detail],
        Cluster::Accounts => &[Summary],
        Cluster::Cards => &[Masked],
    }
}

/// The levels that can be chosen up to `most`, least first; never empty. A kind of data that has
/// no steps is had whole, and one below its first step shows nothing but a link.
pub(crate) fn levels(cluster: Cluster, most: Level) -> Vec<Level> {
    let found: Vec<_> = rungs(cluster).iter().copied().filter(|level| *level <= most).collect();
    let whole = matches!(cluster, Cluster::Accounts | Cluster::Cards);
    if found.is_empty() || whole { vec![most] } else { found }
}

/// A level of a kind of data in words.
pub(crate) fn level_words(cluster: Cluster, level: Level) -> Msg<'static> {
    let reached = rungs(cluster).first().is_some_and(|first| *first <= level);
    match cluster {
        _ if !reached => Msg::LevelLink,
        Cluster::Accounts | Cluster::Cards | Cluster::AccountNumbers => Msg::LevelDetail,
        Cluster::Balances | Cluster::Transactions | Cluster::Recurring => catalogue::level(level),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_offered_only_where_it_makes_a_difference() {
        #[track_caller]
        fn check(cluster: Cluster, most: Level, expect: &[Level]) {
            assert_eq!(levels(cluster, most), expect, "{cluster:?} up to {most:?}");
        }
        check(Cluster::Balances, Level::Detail, &Level::ALL);
        check(Cluster::Balances, Level::Answer, &[Level::Answer]);
        check(Cluster::Transactions, Level::Masked, &[Level::Summary, Level::Masked]);
        check(Cluster::Transactions, Level::Answer, &[Level::Answer]);
        check(Cluster::Accounts, Level::Detail, &[Level::Detail]);
        check(Cluster::AccountNumbers, Level::Masked, &[Level::Masked]);
    }

    #[test]
    fn a_level_that_shows_nothing_is_called_a_link() {
        let words = |cluster, level| level_words(cluster, level).id();
        assert_eq!(words(Cluster::Transactions, Level::Answer), "level-link");
        assert_eq!(words(Cluster::Balances, Level::Answer), "level-answer");
        assert_eq!(words(Cluster::Cards, Level::Masked), "level-detail");
    }

    #[test]
    fn a_length_is_never_longer_than_it_may_be() {
        assert_eq!(shorter(Duration::Days(365), Duration::Days(90)), Duration::Days(90));
        assert_eq!(shorter(Duration::Days(0), Duration::Days(90)), Duration::Days(1));
        assert_eq!(shorter(Duration::Once, Duration::Days(90)), Duration::Once);
        assert_eq!(shorter(Duration::Days(30), Duration::Once), Duration::Once);
    }
}
