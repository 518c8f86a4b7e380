//! A customer's log proves itself, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::print_stderr,
    missing_docs
)]

mod house;

use bankside_domain::Purpose;
use bankside_service::log::{Finding, LogError, LogFilter};
use bankside_service::sign_in::SignedIn;
use bankside_transparency::export::Export;
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::receipt::LogProof;
use bankside_transparency::record::Kind;
use bankside_transparency::verify::{Trust, verify_export, verify_successor};
use house::{House, ORIGIN, tell};

fn trust(house: &House) -> Trust {
    Trust::in_keys(LogKeys::new(ORIGIN, house.service.log.verifier()).unwrap())
}

/// The export, verified as a stranger would.
async fn export(house: &House, who: &SignedIn) -> Export {
    let export = house.service.log.export(&who.owner).await.unwrap();
    let export = Export::parse(&export.to_bytes().unwrap()).unwrap();
    let report = verify_export(&export, &trust(house));
    assert!(report.holds(), "{:?}", report.findings);
    assert_eq!(report.bodies, export.entries.len() as u64);
    export
}

#[tokio::test]
async fn a_log_begins_before_anybody_has_an_entry() {
    tell(
        async |house| {
            let log = house.service.log.clone();
            assert_eq!(log.publish().await.unwrap(), Some(1));
            assert_eq!(log.publish().await.unwrap(), None, "nothing was appended since");
            let note = log.checkpoint().await.unwrap().unwrap();
            assert!(note.contains("\n1\n"), "{note}");
            let who = house.sign_in().await;
            assert!(matches!(log.export(&who.owner).await, Err(LogError::Empty)));
        },
        "log_begins",
    )
    .await;
}

#[tokio::test]
async fn proofs_and_exports_verify_with_the_public_key_alone() {
    tell(
        async |house| {
            let who = house.sign_in().await;
            let log = house.service.log.clone();
            assert!(matches!(log.export(&who.owner).await, Err(LogError::NotYet)));
            let (_, chat) = house.linked_chat(&who).await;
            house.allow(&who).await;
            house.say(&chat, "what is my balance?").await;
            log.publish().await.unwrap();
            let stranger = house.sign_in_as(1).await;
            assert!(matches!(log.export(&stranger.owner).await, Err(LogError::Empty)));

            let first = export(&house, &who).await;
            let all = log.search(&who.owner, &LogFilter::default(), i64::MAX, 200).await.unwrap();
            assert_eq!(first.entries.len(), all.entries.len());
            assert!(all.entries.len() >= 3 && all.next.is_none());
            for entry in &all.entries {
                let proof = log.proof(&who.owner, &entry.receipt).await.unwrap();
                let proof = LogProof::parse(proof.as_bytes()).unwrap();
                let record = proof.verify_opening(&trust(&house).keys, &[], 0).unwrap();
                assert_eq!(record, entry.record);
                let checked = log.check(&who.owner, &entry.receipt).await.unwrap();
                assert!(checked.holds(), "{:?}", checked.findings);
                let last = checked.path.last().map(|joint| joint.makes);
                assert_eq!(last, Some(checked.checkpoint.root()));
                assert!(matches!(
                    log.check(&stranger.owner, &entry.receipt).await,
                    Err(LogError::Unknown)
                ));
            }

            house.say(&chat, "and what did I spend on groceries?").await;
            let newest = log.search(&who.owner, &LogFilter::default(), i64::MAX, 1).await.unwrap();
            let newest = newest.entries[0].receipt.clone();
            assert!(matches!(log.proof(&who.owner, &newest).await, Err(LogError::NotYet)));
            assert!(matches!(log.check(&who.owner, &newest).await, Err(LogError::NotYet)));
            assert_eq!(export(&house, &who).await, first, "the checkpoint decides, not the clock");

            log.publish().await.unwrap();
            let second = export(&house, &who).await;
            assert_eq!(verify_successor(&first, &second), vec![]);
            assert!(log.check(&who.owner, &newest).await.unwrap().holds());
        },
        "service_log_proofs",
    )
    .await;
}

#[tokio::test]
async fn a_node_that_did_not_publish_proves_the_same() {
    Box::pin(tell(
        async |house| {
            let who = house.sign_in().await;
            let other = house.sign_in_as(1).await;
            house.allow(&who).await;
            house.allow(&other).await;
            house.service.log.publish().await.unwrap();
            // Both heads move on after the checkpoint.
            house.allow(&who).await;
            house.allow(&other).await;
            let before = export(&house, &who).await;
            let house = house.again().await;
            assert_eq!(export(&house, &who).await, before);
            house.service.log.publish().await.unwrap();
            export(&house, &who).await;
            export(&house, &other).await;
        },
        "service_log_nodes",
    ))
    .await;
}

#[tokio::test]
async fn whatever_was_changed_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::on(house::files(dir.path()).await).await;
    let who = house.sign_in().await;
    let (_, chat) = house.linked_chat(&who).await;
    house.say(&chat, "who can see this?").await;
    house.service.log.publish().await.unwrap();
    let log = &house.service.log;
    let page = log.search(&who.owner, &LogFilter::default(), i64::MAX, 10).await.unwrap();
    let (newest, before) = (&page.entries[0], &page.entries[1]);

    let check = async |change: &'static str, undo: &'static str, want: &[Finding]| {
        let store = &house.service.store;
        for (sql, want) in [(change, want), (undo, &[][..])] {
            let mut tx = store.begin().await.unwrap();
            assert_eq!(tx.run(sql, &[]).await.unwrap(), 1, "{sql}");
            tx.commit().await.unwrap();
            let found = log.check(&who.owner, &newest.receipt).await.unwrap().findings;
            assert_eq!(found, want, "{sql}");
        }
    };
    assert_eq!((newest.seq, before.seq), (1, 0));
    let mut tx = house.service.store.begin().await.unwrap();
    let keep = "CREATE TABLE good_tile AS SELECT hashes FROM log_tile WHERE level = 0";
    tx.run(keep, &[]).await.unwrap();
    tx.commit().await.unwrap();
    check(
        "UPDATE record SET commitment = zeroblob(32) WHERE seq = 1",
        "UPDATE record SET commitment = (SELECT head FROM stream) WHERE seq = 1",
        &[Finding::Record],
    )
    .await;
    check(
        "UPDATE log_leaf SET leaf = zeroblob(33) WHERE idx = 1",
        "UPDATE log_leaf SET leaf = (SELECT CAST(x'01' || head AS BLOB) FROM stream) WHERE idx = 1",
        &[Finding::Leaf],
    )
    .await;
    check(
        "UPDATE checkpoint SET note = replace(note, '— log', '— lag')",
        "UPDATE checkpoint SET note = replace(note, '— lag', '— log')",
        &[Finding::Signature],
    )
    .await;
    check(
        "UPDATE log_tile SET hashes = CAST(x'00' || substr(hashes, 2) AS BLOB) WHERE level = 0",
        "UPDATE log_tile SET hashes = CAST((SELECT hashes FROM good_tile) AS BLOB) WHERE level = 0",
        &[Finding::Path, Finding::HeadsRoot],
    )
    .await;
}

#[tokio::test]
async fn a_filter_shows_what_it_says_page_by_page() {
    tell(
        async |house| {
            let who = house.sign_in().await;
            let (_, chat) = house.linked_chat(&who).await;
            let consent = house.allow(&who).await;
            for _ in 0..3 {
                house.say(&chat, "what is my balance?").await;
            }
            let log = &house.service.log;
            let receipt = {
                let page = log.search(&who.owner, &LogFilter::default(), i64::MAX, 1).await;
                page.unwrap().entries[0].receipt.clone()
            };
            let check = async |filter: LogFilter, want: usize| {
                let (mut found, mut before) = (Vec::new(), i64::MAX);
                loop {
                    let page = log.search(&who.owner, &filter, before, 2).await.unwrap();
                    assert!(page.entries.len() <= 2);
                    found.extend(page.entries.into_iter().map(|e| e.seq));
                    let Some(next) = page.next else { break };
                    before = next;
                }
                assert!(found.is_sorted_by(|a, b| a > b), "{filter:?}: {found:?}");
                assert_eq!(found.len(), want, "{filter:?}");
            };
            let of = |text: &str| LogFilter { text: Some(text.to_owned()), ..Default::default() };
            let kind = |kind| LogFilter { kind: Some(kind), ..Default::default() };
            check(LogFilter::default(), 5).await;
            check(kind(Kind::Disclose), 3).await;
            check(kind(Kind::Grant), 1).await;
            check(kind(Kind::ChannelLinked), 1).await;
            check(LogFilter { party: Some("web".to_owned()), ..Default::default() }, 5).await;
            check(LogFilter { party: Some("fintech".to_owned()), ..Default::default() }, 0).await;
            let purpose = Some(Purpose::AccountInformation);
            check(LogFilter { purpose, ..Default::default() }, 4).await;
            check(LogFilter { purpose: Some(Purpose::Offers), ..Default::default() }, 0).await;
            check(of(&receipt.to_lowercase()), 1).await;
            check(of(&consent.id().to_string()), 1).await;
            check(of("no such words"), 0).await;
            check(of("  "), 5).await;
        },
        "service_log_filter",
    )
    .await;
}
