//! "Clear history": whatever the moment of a crash, it is finished, nothing of hers is left, and
//! the log still verifies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

mod house;

use std::path::Path;

use bankside_domain::id::CustomerId;
use bankside_service::clear::{ClearError, Erased, Run, Stage};
use bankside_service::commit::CommitError;
use bankside_service::consents::ChangeError;
use bankside_service::conversation::ChatError;
use bankside_service::door::EntryError;
use bankside_service::keys::Subject;
use bankside_service::log::{LogError, LogFilter};
use bankside_service::sign_in::{SignInError, SignedIn};
use bankside_store::{Store, data_keys, records};
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::note::Note;
use bankside_transparency::record::Kind;
use bankside_transparency::verify::{Trust, verify_export};
use house::{House, ORIGIN, tell};

/// Words that must never be found on disk, cleared or not.
const CANARY: &str = "canary-of-the-customer-4711";

/// A customer with a chat, a consent and disclosures.
async fn lived_in(house: &House) -> SignedIn {
    let who = house.sign_in().await;
    let (_, chat) = house.linked_chat(&who).await;
    house.allow(&who).await;
    house.say(&chat, "what is my balance?").await;
    house.say(&chat, CANARY).await;
    house.service.log.publish().await.unwrap();
    who
}

async fn rows_of(store: &Store, customer: CustomerId) -> i64 {
    let mut tx = store.read().await.unwrap();
    let mut rows = 0;
    for sql in [
        "SELECT COUNT(*) FROM conversation WHERE customer_id = $1",
        "SELECT COUNT(*) FROM consent WHERE customer_id = $1",
        "SELECT COUNT(*) FROM record WHERE customer_id = $1",
        "SELECT COUNT(*) FROM stream WHERE customer_id = $1",
        "SELECT COUNT(*) FROM link WHERE customer_id = $1",
        "SELECT COUNT(*) FROM session WHERE customer_id = $1",
    ] {
        rows += tx.row(sql, &[customer.into()]).await.unwrap().unwrap().int(0).unwrap();
    }
    for sql in ["SELECT COUNT(*) FROM message", "SELECT COUNT(*) FROM inbox"] {
        rows += tx.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap();
    }
    rows
}

/// Everything that must hold once it is done, and that life goes on.
async fn oracle(house: &House, who: &SignedIn) {
    let s = &house.service;
    let customer = who.owner.customer;
    assert_eq!(s.clearing.stage(customer).await.unwrap(), Stage::Done);
    assert_eq!(rows_of(&s.store, customer).await, 0);
    assert!(s.keys.get(Subject::Customer(customer)).await.is_err());
    let cleared = s.clearing.receipt(customer).await.unwrap().expect("a receipt");
    let note = Note::parse(cleared.receipt.as_bytes()).unwrap();
    assert!(s.log.verifier().signed(&note));
    assert!(note.text().contains("destroyed: 1 consents"), "{}", note.text());
    let forged = Note::parse(cleared.receipt.replace("1 consents", "2 consents").as_bytes());
    assert!(!s.log.verifier().signed(&forged.unwrap()));
    assert!(!note.text().contains("canary"));

    // A request of before leaves nothing behind.
    let late = house.terms(who).await;
    let notice =
        bankside_domain::consent::Notice { version: "1".to_owned(), language: Default::default() };
    let late = s.consents.grant(&who.owner, late.clone(), late, notice, who.auth_event()).await;
    let refused = CommitError::Refused(ChangeError::Entry(EntryError::OtherKey)).to_string();
    assert_eq!(late.unwrap_err().to_string(), refused);

    s.log.publish().await.unwrap();
    let again = house.sign_in().await;
    assert_ne!(again.owner.key.expose(), who.owner.key.expose());
    assert!(matches!(s.log.export(&again.owner).await, Err(LogError::Empty)));
    house.allow(&again).await;
    s.log.publish().await.unwrap();
    let export = s.log.export(&again.owner).await.unwrap();
    let trust = Trust::in_keys(LogKeys::new(ORIGIN, s.log.verifier()).unwrap());
    let report = verify_export(&export, &trust);
    assert!(report.holds(), "{:?}", report.findings);
    assert_eq!(export.entries.len(), 1, "a new stream");
}

#[tokio::test]
async fn asked_and_done_at_once() {
    tell(
        async |house| {
            let who = lived_in(&house).await;
            let preview = house.service.clearing.preview(who.owner.customer).await.unwrap();
            assert_eq!((preview.consents, preview.chats), (1, 1));
            assert!(preview.messages >= 6 && preview.records >= 4, "{preview:?}");
            let cleared = house.service.clearing.ask(&who).await.unwrap();
            assert!(cleared.expect("done").receipt.contains("chats with"));
            oracle(&house, &who).await;
        },
        "service_clear_at_once",
    )
    .await;
}

#[tokio::test]
async fn after_a_crash_at_any_step_the_next_start_finishes_it() {
    for steps in 0..=3 {
        let story = async |house| Box::pin(crash_after(house, steps)).await;
        Box::pin(tell(story, "service_clear_crash")).await;
    }
}

async fn crash_after(house: House, steps: usize) {
    let who = lived_in(&house).await;
    let (clearing, customer) = (&house.service.clearing, who.owner.customer);
    clearing.begin(&who).await.unwrap();
    for want in [Stage::Shredded, Stage::Erased, Stage::Done].into_iter().take(steps) {
        assert_eq!(clearing.step(customer).await.unwrap(), want);
    }
    if steps == 0 {
        // As if the keys' database had committed, and then the power went.
        house.service.keys.destroy(Subject::Customer(customer)).await.unwrap();
    }
    let house = house.again().await;
    let run = house.service.clearing.finish_pending().await.unwrap();
    assert_eq!(run, Run { done: usize::from(steps < 3), waiting: 0 }, "after {steps}");
    oracle(&house, &who).await;
    assert_eq!(house.service.clearing.finish_pending().await.unwrap(), Run::default());
}

#[tokio::test]
async fn between_asking_and_done_nothing_is_written_for_her() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::on(house::files(dir.path()).await).await;
    let who = lived_in(&house).await;
    let s = &house.service;
    let chat = s.chats.of_customer(who.owner.customer).await.unwrap().remove(0);
    s.clearing.begin(&who).await.unwrap();
    s.clearing.begin(&who).await.unwrap();
    let last = s.log.search(&who.owner, &LogFilter::default(), i64::MAX, 2).await.unwrap();
    let kinds: Vec<_> = last.entries.iter().map(|e| e.record.kind).collect();
    assert_eq!(kinds, [Kind::Clear, Kind::Revoke], "once, and last");

    let before = last.entries[0].seq;
    let bank = &who.owner.bank;
    let refused = s.sign_in.open(who.owner.customer, bank, None).await;
    assert!(matches!(refused, Err(SignInError::Clearing)));
    let id = s.consents.connections(&who.owner).await.unwrap()[0].consent.id();
    let renewed = s.consents.renew(&who.owner, id, who.auth_event()).await;
    assert!(renewed.is_err());
    assert!(s.linker.unlink(&who.owner, chat.id).await.is_err());
    s.chats.receive(&chat, "late", "what is my balance?").await.unwrap();
    s.clearing.finish_pending().await.unwrap();
    assert!(matches!(
        s.chats.receive(&chat, "later", "hello?").await,
        Err(CommitError::Refused(ChatError::Key(_) | ChatError::Unknown))
    ));
    let mut tx = s.store.read().await.unwrap();
    let nobody = records::page(&mut tx, who.owner.customer, i64::MAX, 9).await.unwrap();
    assert!(nobody.is_empty(), "{before}");
    drop(tx);
    oracle(&house, &who).await;
}

#[tokio::test]
async fn a_hold_and_a_stale_passkey_keep_it_from_beginning() {
    tell(
        async |house| {
            let who = lived_in(&house).await;
            let (clearing, customer) = (&house.service.clearing, who.owner.customer);
            let hold = clearing.hold(customer, " ", "officer").await;
            assert!(matches!(hold, Err(CommitError::Refused(ClearError::Words))));
            clearing.hold(customer, "a court asked for it", "officer").await.unwrap();
            clearing.hold(customer, "another reason", "officer").await.unwrap();
            let seen = clearing.held(customer).await.unwrap().expect("a hold");
            assert_eq!(seen.reason, "a court asked for it");
            match clearing.ask(&who).await {
                Err(CommitError::Refused(ClearError::Held(hold))) => assert_eq!(hold, seen),
                other => panic!("{other:?}"),
            }
            assert_eq!(clearing.stage(customer).await.unwrap(), Stage::Done, "nothing began");
            clearing.release(customer).await.unwrap();
            clearing.release(customer).await.unwrap();
            let filter = LogFilter { kind: Some(Kind::Hold), ..Default::default() };
            let held = house.service.log.search(&who.owner, &filter, i64::MAX, 9).await.unwrap();
            assert_eq!(held.entries.len(), 2, "placed and released, once each");

            house.clock.on(6 * 60 * 1000);
            let refused = clearing.ask(&who).await;
            assert!(matches!(refused, Err(CommitError::Refused(ClearError::NotFresh))));
            house.clock.on(-6 * 60 * 1000);
            clearing.begin(&who).await.unwrap();
            let late = clearing.hold(customer, "too late", "officer").await;
            assert!(matches!(late, Err(CommitError::Refused(ClearError::UnderWay))));
            assert_eq!(clearing.finish_pending().await.unwrap(), Run { done: 1, waiting: 0 });
            oracle(&house, &who).await;
        },
        "service_clear_hold",
    )
    .await;
}

#[tokio::test]
async fn a_scan_of_every_file_finds_nothing_of_hers() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::on(house::files(dir.path()).await).await;
    let who = lived_in(&house).await;
    let customer = who.owner.customer;
    let other = house.sign_in_as(1).await;
    house.allow(&other).await;

    let (theirs, hers) =
        (sealed(&house, other.owner.customer).await, sealed(&house, customer).await);
    let key = wrapped(&house, customer).await;
    let their_key = wrapped(&house, other.owner.customer).await;
    for needle in hers.iter().chain(&theirs).chain([&key, &their_key]) {
        assert!(found(dir.path(), needle), "the control run must find what is there");
    }
    let never = [CANARY.as_bytes(), who.owner.key.expose().as_slice()];
    assert!(never.iter().all(|needle| !found(dir.path(), needle)), "not even before");

    let cleared = house.service.clearing.ask(&who).await.unwrap();
    assert!(cleared.is_some(), "no reader keeps the files from being scrubbed");
    for needle in hers.iter().map(Vec::as_slice).chain([key.as_slice()]).chain(never) {
        assert!(!found(dir.path(), needle));
    }
    for needle in theirs.iter().chain([&their_key]) {
        assert!(found(dir.path(), needle), "and nothing of anybody else is gone");
    }
    let preview = house.service.clearing.preview(customer).await.unwrap();
    assert_eq!(preview, Erased::default());
}

#[tokio::test]
async fn a_long_reader_puts_it_off_and_nothing_claims_otherwise() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::on(house::files(dir.path()).await).await;
    let who = lived_in(&house).await;
    let (clearing, customer) = (&house.service.clearing, who.owner.customer);
    let key = wrapped(&house, customer).await;
    // A backup, say: another connection with a snapshot of before.
    let (_, backup) = house::files(dir.path()).await;
    let mut reading = backup.read().await.unwrap();
    assert!(data_keys::get(&mut reading, "nobody").await.unwrap().is_none());
    clearing.begin(&who).await.unwrap();
    assert_eq!(clearing.step(customer).await.unwrap(), Stage::Shredded);
    assert_eq!(clearing.step(customer).await.unwrap(), Stage::Shredded, "it waits");
    assert!(clearing.receipt(customer).await.unwrap().is_none());
    assert!(found(dir.path(), &key), "which is why it must wait");
    drop(reading);
    backup.close().await;
    assert_eq!(clearing.finish_pending().await.unwrap(), Run { done: 1, waiting: 0 });
    assert!(!found(dir.path(), &key));
    oracle(&house, &who).await;
}

/// Every sealed text of hers, as it lies in the data file.
async fn sealed(house: &House, customer: CustomerId) -> Vec<Vec<u8>> {
    let mut tx = house.service.store.read().await.unwrap();
    let mut found = Vec::new();
    for sql in [
        "SELECT body_ct FROM message WHERE conversation_id IN \
         (SELECT id FROM conversation WHERE customer_id = $1)",
        "SELECT record_ct FROM record WHERE customer_id = $1",
        "SELECT body_ct FROM record WHERE customer_id = $1",
        "SELECT body_ct FROM consent WHERE customer_id = $1",
        "SELECT secret_ct FROM stream WHERE customer_id = $1",
        "SELECT memory_ct FROM conversation WHERE customer_id = $1",
        "SELECT phrase_ct FROM conversation WHERE customer_id = $1",
    ] {
        for row in tx.rows(sql, &[customer.into()]).await.unwrap() {
            // A long text lies on several pages; its beginning lies on one.
            found.extend(row.maybe_bytes(0).unwrap().map(|bytes| bytes[..40].to_vec()));
        }
    }
    found
}

async fn wrapped(house: &House, customer: CustomerId) -> Vec<u8> {
    let mut tx = house.keys.read().await.unwrap();
    let subject = Subject::Customer(customer).to_string();
    data_keys::get(&mut tx, &subject).await.unwrap().expect("a key").wrapped
}

fn found(dir: &Path, needle: &[u8]) -> bool {
    let mut files = 0;
    let found = std::fs::read_dir(dir).unwrap().any(|entry| {
        files += 1;
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    });
    assert!(files > 0);
    found
}
