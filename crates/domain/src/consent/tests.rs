//! One table for the machine, one for the permit.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::disclosure::{Cluster, Level};
use crate::id::{AccountId, RANDOM_BYTES, SessionId};
use crate::party::{Ceiling, Party, PartyKind};
use crate::purpose::Purpose;
use crate::raw::Authority;

const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn account(n: u8) -> AccountId {
    AccountId::new(START, [n; RANDOM_BYTES])
}

fn party(id: &str) -> Party {
    Party {
        kind: PartyKind::Channel,
        id: id.to_owned(),
        name: id.to_owned(),
        ceiling: Ceiling::BankOwned,
    }
}

fn terms() -> Terms {
    Terms::new(
        party("web"),
        Purpose::AccountInformation,
        BTreeMap::from([
            (Cluster::Balances, Level::Detail),
            (Cluster::Transactions, Level::Masked),
        ]),
        BTreeSet::from([account(1), account(2)]),
    )
    .unwrap()
}

fn less() -> Terms {
    Terms::new(
        party("web"),
        Purpose::AccountInformation,
        BTreeMap::from([(Cluster::Balances, Level::Summary)]),
        BTreeSet::from([account(1)]),
    )
    .unwrap()
}

fn proof(now: Timestamp) -> AuthEvent {
    AuthEvent::StandIn { session: SessionId::new(START, [9; RANDOM_BYTES]), at: now }
}

fn requested(terms: Terms) -> Consent {
    Consent::request(
        ConsentId::new(START, [0; RANDOM_BYTES]),
        CustomerId::new(START, [5; RANDOM_BYTES]),
        "harbour".parse().unwrap(),
        terms,
        Notice { version: "1".to_owned(), language: Language::En },
        START,
        START.plus_days(1),
    )
    .0
}

/// Runs a script of words, each one act; `day-N` moves the clock.
fn run(script: &str) -> Result<(Consent, Timestamp), ConsentError> {
    let once = script.contains("once");
    let base = if once { terms().lasting(Duration::Once).unwrap() } else { terms() };
    let (mut consent, mut now) = (requested(base.clone()), START);
    for word in script.split_whitespace() {
        let version = consent.version();
        let changed = match word {
            "once" => continue,
            "allow" => consent.authorise(base.clone(), proof(now), now),
            "allow-less" => consent.authorise(less(), proof(now), now),
            "allow-more" => consent.authorise(base.clone().looking_back(91)?, proof(now), now),
            "reject" => consent.reject(now),
            "revoke" => consent.revoke(EndedBy::Customer, "stop", now),
            "pause" => consent.pause(now),
            "resume" => consent.resume(now),
            "narrow" => consent.narrow(less(), now),
            "renew" => consent.renew(proof(now), now),
            "expire" => consent.expire(now),
            "consume" => consent.consume(now),
            day => {
                now = START.plus_days(day.strip_prefix("day-").unwrap().parse().unwrap());
                continue;
            }
        };
        consent = changed?.0;
        assert_eq!(consent.version(), version + 1, "each change is a version");
    }
    Ok((consent, now))
}

#[test]
fn the_machine_allows_what_it_should_and_refuses_the_rest() {
    #[track_caller]
    fn check(script: &str, expect: &str) {
        let found = match run(script) {
            Ok((consent, _)) => consent.state().code().to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expect, "{script}");
    }
    check("", "awaiting_authorisation");
    check("allow", "authorised");
    check("allow-less", "authorised");
    check("allow-more", "narrowing can only take away; ask for a new consent to allow more");
    check("allow allow", "a consent that is authorised cannot be allowed");
    check("day-1 allow", "this request has lapsed; ask again");
    check("day-1 expire", "expired");
    check("expire", "the consent has not run out yet");
    check("reject", "rejected");
    check("reject allow", "a consent that is rejected cannot be allowed");
    check("reject revoke", "a consent that is rejected cannot be revoked");
    check("revoke", "revoked");
    check("allow revoke", "revoked");
    check("allow revoke revoke", "a consent that is revoked cannot be revoked");
    check("allow revoke renew", "a consent that is revoked cannot be renewed");
    check("allow pause resume", "authorised");
    check("allow pause pause", "a consent that is authorised cannot be paused");
    check("allow resume", "a consent that is authorised cannot go on");
    check("allow pause day-90 resume", "a consent that is authorised cannot go on");
    check("allow pause revoke", "revoked");
    check("allow narrow", "authorised");
    check("allow-less narrow", "authorised");
    check("allow day-89 expire", "the consent has not run out yet");
    check("allow day-90 expire", "expired");
    check("allow day-80 renew day-169 expire", "the consent has not run out yet");
    check("allow day-80 renew day-170 expire", "expired");
    check("allow consume", "a consent that is authorised cannot be used up");
    check("once allow consume", "consumed");
    check("once allow renew", "a consent that is authorised cannot be renewed");
    check("once allow consume allow", "a consent that is consumed cannot be allowed");
}

#[test]
fn a_permit_follows_state_and_terms() {
    type Change = fn(&mut Ask<'_>);
    #[track_caller]
    fn check(script: &str, change: Change, expect: Result<Level, Refusal>) {
        let (consent, now) = run(script).unwrap();
        let web = party("web");
        let mut ask = Ask {
            party: &web,
            purpose: Purpose::AccountInformation,
            cluster: Cluster::Transactions,
            accounts: None,
            presence: Presence::Present,
            before: None,
        };
        change(&mut ask);
        assert_eq!(consent.permit(&ask, now).map(|p| p.level()), expect, "{script}");
    }
    let same: Change = |_| ();
    check("", same, Err(Refusal::NotYetGiven));
    check("allow", same, Ok(Level::Masked));
    check("allow day-89", same, Ok(Level::Masked));
    check("allow day-90", same, Err(Refusal::Expired));
    check("allow pause", same, Err(Refusal::Paused));
    check("allow pause resume", same, Ok(Level::Masked));
    check("allow revoke", same, Err(Refusal::Revoked));
    check("reject", same, Err(Refusal::Rejected));
    check("day-1 expire", same, Err(Refusal::Expired));
    check("once allow consume", same, Err(Refusal::Consumed));
    check("once allow day-1", same, Err(Refusal::Expired));
    check("allow narrow", same, Err(Refusal::OutOfScope));
    check("allow narrow", |a| a.cluster = Cluster::Balances, Ok(Level::Summary));
    check("allow", |a| a.cluster = Cluster::AccountNumbers, Err(Refusal::OutOfScope));
    check("allow", |a| a.purpose = Purpose::Offers, Err(Refusal::OtherPurpose));
    check("allow", |a| a.accounts = Some([account(1)].into()), Ok(Level::Masked));
    check("allow", |a| a.accounts = Some([account(3)].into()), Err(Refusal::OtherAccount));
    check("allow", |a| a.accounts = Some(BTreeSet::new()), Err(Refusal::OtherAccount));
    check("allow", |a| a.presence = Presence::Absent, Ok(Level::Masked));
    check("allow", |a| a.before = Some(START.plus_days(-90)), Err(Refusal::TooLongAgo));
    check("allow", |a| a.before = Some(START.plus_days(-89)), Ok(Level::Masked));
}

#[test]
fn another_party_gets_nothing() {
    let (consent, now) = run("allow").unwrap();
    let messenger = party("messenger");
    let ask = Ask {
        party: &messenger,
        purpose: Purpose::AccountInformation,
        cluster: Cluster::Balances,
        accounts: None,
        presence: Presence::Present,
        before: None,
    };
    assert_eq!(consent.permit(&ask, now).unwrap_err(), Refusal::OtherParty);
}

#[test]
fn presence_is_demanded_where_she_said_so() {
    let terms = terms().only_when_present();
    let (consent, _) = requested(terms.clone()).authorise(terms, proof(START), START).unwrap();
    let web = party("web");
    let mut ask = Ask {
        party: &web,
        purpose: Purpose::AccountInformation,
        cluster: Cluster::Balances,
        accounts: None,
        presence: Presence::Absent,
        before: None,
    };
    assert_eq!(consent.permit(&ask, START).unwrap_err(), Refusal::CustomerAbsent);
    ask.presence = Presence::Present;
    assert_eq!(consent.permit(&ask, START).unwrap().level(), Level::Detail);
}

#[test]
fn a_permit_reaches_its_accounts_and_history_only() {
    let (consent, now) = run("allow").unwrap();
    let web = party("web");
    let ask = Ask {
        party: &web,
        purpose: Purpose::AccountInformation,
        cluster: Cluster::Balances,
        accounts: Some([account(2)].into()),
        presence: Presence::Present,
        before: None,
    };
    let permit = consent.permit(&ask, now).unwrap();
    assert!(permit.reach().covers(account(2)));
    assert!(!permit.reach().covers(account(1)));
    assert_eq!(permit.reach().since(), Some(now.plus_days(-90)));
}

#[test]
fn stored_terms_cannot_smuggle_what_new_ones_may_not() {
    let stored = serde_json::to_string(&terms()).unwrap();
    assert_eq!(serde_json::from_str::<Terms>(&stored).unwrap(), terms());
    let forever = stored.replace("\"days\":90", "\"days\":366");
    assert!(serde_json::from_str::<Terms>(&forever).is_err());
}
