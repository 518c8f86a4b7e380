//! Consents replayed from a stream: at each disclosure the one that it names must have been live,
//! for that party and purpose, and must reach the classes that left.

use std::collections::{BTreeMap, BTreeSet};

use bankside_domain::Timestamp;
use bankside_domain::account::{Account, AccountBalance, Card};
use bankside_domain::consent::{Consent, Duration, State};
use bankside_domain::disclosure::project::{Enough, Numbers, Spending};
use bankside_domain::disclosure::{Cluster, FieldClass, Level, Project};
use bankside_domain::transaction::{Recurring, Transaction};
use bankside_service::Service;
use bankside_store::consents;
use bankside_transparency::record::{Decision, Kind, Record};

use super::Audit;
use super::streams::Stream;

type Ladder = (Cluster, &'static [(Level, FieldClass)]);

fn ladder<P: Project>() -> Ladder {
    (P::CLUSTER, P::LADDER)
}

fn ladders() -> [Ladder; 8] {
    [
        ladder::<Vec<Account>>(),
        ladder::<Vec<AccountBalance>>(),
        ladder::<Vec<Transaction>>(),
        ladder::<Spending>(),
        ladder::<Vec<Recurring>>(),
        ladder::<Numbers>(),
        ladder::<Vec<Card>>(),
        ladder::<Enough>(),
    ]
}

/// Replays one stream.
pub(super) fn audit(stream: &Stream, audit: &mut Audit) -> BTreeMap<String, Consent> {
    let mut consents: BTreeMap<String, Consent> = BTreeMap::new();
    let mut used = BTreeMap::new();
    for entry in &stream.entries {
        let record = &entry.record;
        let here = format!("entry {} of {}", record.seq, stream.customer);
        match record.kind {
            Kind::Grant | Kind::Change | Kind::Revoke | Kind::Expire => {
                let consent: Consent = serde_json::from_slice(&entry.body).unwrap();
                let named = record.consent.as_ref();
                let same = named.is_some_and(|c| {
                    c.id == consent.id().to_string() && c.version == consent.version()
                });
                audit.must(same && consent.customer() == stream.customer, || {
                    format!("{here} names another consent than its body")
                });
                let id = consent.id().to_string();
                let before = consents.get(&id).map(Consent::version);
                let follows = before.is_none_or(|before| consent.version() == before + 1);
                audit.must(follows, || format!("{here} skips a version of its consent"));
                let refused = matches!(consent.state(), State::Rejected { .. });
                audit.must((record.kind == Kind::Grant || refused) == before.is_none(), || {
                    format!("{here} changes a consent that was not granted, or decides it twice")
                });
                consents.insert(id, consent);
            }
            Kind::Disclose if !record.fields.is_empty() => {
                audit.disclosures += 1;
                let id = record.consent.as_ref().map(|c| c.id.clone()).unwrap_or_default();
                if let Err(why) = allowed(record, consents.get(&id)) {
                    audit.find(format!("{here} {why}"));
                }
                if consents.get(&id).is_some_and(|c| c.terms().duration() == Duration::Once) {
                    used.insert(id, record.time);
                }
            }
            Kind::Disclose => {
                audit.must(record.level.is_none(), || format!("{here} has a level and no fields"))
            }
            _ => {}
        }
    }
    for (id, at) in used {
        let used_up = consents.get(&id).map(|c| c.state().clone());
        let at = i64::try_from(at.as_unix()).unwrap();
        audit.must(
            matches!(used_up, Some(State::Consumed { at: end }) if end.as_millis() == at),
            || format!("the one-time consent {id} was used and is not used up"),
        );
    }
    consents
}

/// What is stored is what the stream says: no consent changes without an entry. Requests that were
/// not granted have none.
pub(super) async fn stored(
    service: &Service,
    stream: &Stream,
    replayed: &BTreeMap<String, Consent>,
    audit: &mut Audit,
) {
    let Some(key) = &stream.key else { return };
    let mut tx = service.store.read().await.unwrap();
    for row in consents::of(&mut tx, stream.customer).await.unwrap() {
        let place = format!("consent/{}/{}", row.customer, row.id);
        let json = key.open(&place, &row.body_ct).unwrap();
        let consent: Consent = serde_json::from_slice(&json).unwrap();
        let id = row.id.to_string();
        let waits = matches!(consent.state(), State::AwaitingAuthorisation { .. });
        let same = replayed.get(&id).map_or(waits, |last| *last == consent);
        audit.must(same, || format!("consent {id} is not what its last entry says"));
        let open =
            row.state == consent.state().code() && row.version == i64::from(consent.version());
        audit.must(open, || format!("the open columns of consent {id} are not what is sealed"));
    }
}

fn allowed(record: &Record, consent: Option<&Consent>) -> Result<(), String> {
    let consent = consent.ok_or("was disclosed without a consent granted before it")?;
    let terms = consent.terms();
    let at = Timestamp::from_millis(i64::try_from(record.time.as_unix()).unwrap());
    let version = record.consent.as_ref().map(|c| c.version);
    let party = record.party.as_ref().map(|p| p.id.as_str());
    for (holds, why) in [
        (consent.is_live(at), "was disclosed under a consent that was not live"),
        (version == Some(consent.version()), "names an old version of its consent"),
        (party == Some(terms.party().id.as_str()), "went to another party than the consent's"),
        (record.purpose.as_deref() == Some(terms.purpose().code()), "has another purpose"),
        (record.decision != Decision::Refuse, "was refused and holds fields"),
    ] {
        if !holds {
            return Err(why.to_owned());
        }
    }
    let ceiling = terms.party().ceiling.level();
    let fields: BTreeSet<&str> = record.fields.iter().map(String::as_str).collect();
    let level = record.level.map(|l| serde_json::to_value(l).unwrap());
    let fits = ladders().into_iter().any(|(cluster, ladder)| {
        let most = terms.clusters().get(&cluster).map(|l| (*l).min(ceiling));
        Level::ALL.into_iter().filter(|l| most.is_some_and(|most| *l <= most)).any(|l| {
            let reached = ladder.iter().filter(|(rung, _)| *rung <= l).map(|(_, c)| c.code());
            level == Some(l.code().into()) && reached.collect::<BTreeSet<_>>() == fields
        })
    });
    if fits { Ok(()) } else { Err(format!("shows {fields:?}, which its consent does not reach")) }
}
