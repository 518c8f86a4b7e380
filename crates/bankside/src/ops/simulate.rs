//! `bankside policy simulate`: what new policies would have changed of past disclosures.
//!
//! Each disclosure in the log is asked anew: same bank, party, purpose, data, time, and the most
//! that its consent and channel allow. Deliberately absent: what was refused then and left no
//! entry, and whether the customer had just asked, which no entry says; she is taken to have.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use bankside_domain::account::{Account, AccountBalance, Card};
use bankside_domain::bank::BankId;
use bankside_domain::consent::{Consent, ConsentId, Presence};
use bankside_domain::disclosure::project::{Enough, Numbers, Spending};
use bankside_domain::disclosure::{Cluster, FieldClass, Level, Project};
use bankside_domain::id::CustomerId;
use bankside_domain::time::TimeZone;
use bankside_domain::transaction::{Recurring, Transaction};
use bankside_domain::{Party, Purpose, Timestamp};
use bankside_service::Service;
use bankside_service::door::Owner;
use bankside_service::keys::Subject;
use bankside_service::policy::{BankPolicy, Changes, Question};
use bankside_store::{Tx, records};
use bankside_transparency::record::{Kind, Record};

use super::Place;
use crate::{out, run};

/// Records that are held in memory at once.
const PAGE: i64 = 256;
/// Disclosures that are asked anew.
const MAX_PAST: usize = 1_000_000;

/// The new policies, and where the past is.
#[derive(Debug, clap::Args)]
pub(crate) struct SimulateArgs {
    /// The new policies: Cedar files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The bank's time zone, in which policies speak of hours
    #[arg(long, default_value = "UTC")]
    zone: String,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// A past disclosure.
struct Past {
    bank: BankId,
    party: Party,
    purpose: Purpose,
    cluster: Cluster,
    most: Level,
    at: Timestamp,
    accounts: usize,
}

/// Asks the past anew, under the policies in force and under the new ones, and says what differs.
///
/// # Errors
/// Where the policies are wrong, or the past cannot be read.
pub(crate) async fn run(args: &SimulateArgs) -> anyhow::Result<()> {
    let config = args.place.existing()?;
    let new = BankPolicy::compile(&run::read_policies(&args.files)?)?;
    let old = run::policy(&config)?;
    let zone = TimeZone::get(&args.zone)
        .with_context(|| format!("--zone `{}` is no time zone", args.zone))?;
    let service = run::offline(&config).await?;
    let past = past(&service).await?;
    let questions = past.iter().map(|past| Question {
        bank: &past.bank,
        party: &past.party,
        purpose: past.purpose,
        cluster: past.cluster,
        most: past.most,
        presence: Presence::Present,
        now: past.at,
        zone: &zone,
        accounts: past.accounts,
    });
    let changes = new.simulate(&old, questions);
    if args.json {
        out::line(serde_json::to_string_pretty(&changes)?);
    } else {
        print(&changes);
    }
    Ok(())
}

fn print(changes: &Changes) {
    let (asked, same) = (changes.asked, changes.same());
    out::line(format_args!("{asked} past disclosures, {same} as they were"));
    for (change, count) in &changes.counts {
        out::line(format_args!("{count:>10} {}", format!("{change:?}").to_lowercase()));
    }
    for example in &changes.examples {
        let level = |level: Option<Level>| level.map_or("nothing", Level::code);
        out::line(format_args!(
            "  e.g. {}, {} of {} to `{}`: `{}` then, `{}` now",
            example.at,
            example.cluster.code(),
            example.bank,
            example.party.id,
            level(example.before.level()),
            level(example.after.level()),
        ));
    }
}

/// The disclosures that can be read: those of customers who did not clear their history.
async fn past(service: &Service) -> anyhow::Result<Vec<Past>> {
    let mut tx = service.store.read().await?;
    let sql = "SELECT id, bank FROM customer WHERE cleared_ms IS NULL ORDER BY id";
    let customers = tx.rows(sql, &[]).await?;
    let mut past = Vec::new();
    for row in &customers {
        let (customer, bank): (CustomerId, BankId) = (row.parsed(0)?, row.parsed(1)?);
        if let Ok(key) = service.keys.get(Subject::Customer(customer)).await {
            let owner = Owner { customer, bank, key: Arc::new(key) };
            hers(service, &mut tx, &owner, &mut past).await?;
        }
    }
    Ok(past)
}

async fn hers(
    service: &Service,
    tx: &mut Tx,
    owner: &Owner,
    past: &mut Vec<Past>,
) -> anyhow::Result<()> {
    let mut next = 0;
    loop {
        let rows = records::from(tx, owner.customer, next, PAGE).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        next = last.seq + 1;
        for row in &rows {
            let place = format!("record/{}/{}", owner.customer, row.seq);
            let Ok(text) = owner.key.open(&place, &row.record_ct) else { continue };
            let Ok(record) = Record::parse(&text) else { continue };
            let Some(id) = named(&record) else { continue };
            if let Ok(consent) = service.consents.get(owner, id).await {
                past.extend(question(&record, &consent, owner));
            }
            if past.len() >= MAX_PAST {
                return Ok(());
            }
        }
    }
}

/// The consent of a disclosure that showed anything.
fn named(record: &Record) -> Option<ConsentId> {
    let shown = record.kind == Kind::Disclose && !record.fields.is_empty();
    record.consent.as_ref().filter(|_| shown)?.id.parse().ok()
}

fn question(record: &Record, consent: &Consent, owner: &Owner) -> Option<Past> {
    let terms = consent.terms();
    let cluster = cluster(record, consent)?;
    let allowed = *terms.clusters().get(&cluster)?;
    Some(Past {
        bank: owner.bank.clone(),
        party: terms.party().clone(),
        purpose: terms.purpose(),
        cluster,
        most: allowed.min(terms.party().ceiling.level()),
        at: Timestamp::from_millis(i64::try_from(record.time.as_unix()).ok()?),
        accounts: terms.accounts().len(),
    })
}

/// The cluster of the consent whose classes hold all that left.
fn cluster(record: &Record, consent: &Consent) -> Option<Cluster> {
    let left: BTreeSet<&str> = record.fields.iter().map(String::as_str).collect();
    let fits = |ladder: &[(Level, FieldClass)]| {
        let classes: BTreeSet<&str> = ladder.iter().map(|(_, class)| class.code()).collect();
        left.is_subset(&classes)
    };
    let kinds = [
        kind::<Vec<Account>>(),
        kind::<Vec<AccountBalance>>(),
        kind::<Vec<Transaction>>(),
        kind::<Spending>(),
        kind::<Vec<Recurring>>(),
        kind::<Numbers>(),
        kind::<Vec<Card>>(),
        kind::<Enough>(),
    ];
    let allowed = consent.terms().clusters();
    let mut found = kinds.iter().filter(|(cluster, _)| allowed.contains_key(cluster));
    found.find(|(_, ladder)| fits(ladder)).map(|(cluster, _)| *cluster)
}

fn kind<P: Project>() -> (Cluster, &'static [(Level, FieldClass)]) {
    (P::CLUSTER, P::LADDER)
}
