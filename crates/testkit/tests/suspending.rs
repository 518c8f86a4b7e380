//! The kill switch as an operator uses it: what can be suspended, what stays behind as evidence,
//! and that a second process acts on the same installation. That it stops answers on their way is
//! told in `refusals`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_service::commit::CommitError;
use bankside_service::suspension::{By, Deed, Outcome, Statement, Subject, SuspendError};
use bankside_testkit::marked::MARK;
use bankside_testkit::world::ORIGIN;
use bankside_testkit::{Actor, Grant, World, tell};
use bankside_transparency::export::Export;
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::record::{Kind, PartyKind};
use bankside_transparency::verify::{Trust, verify_export, verify_successor};

fn operator() -> By {
    By { name: "Robin".to_owned(), staff: None }
}

fn subject(text: &str) -> Subject {
    text.parse().unwrap()
}

/// The evidence, verified as a stranger does who has nothing but the public key.
async fn evidence(world: &World) -> (Export, Vec<Statement>) {
    let export = world.service.suspensions.evidence().await.unwrap().to_bytes().unwrap();
    let export = Export::parse(&export).unwrap();
    let keys = LogKeys::new(ORIGIN, world.service.log.verifier()).unwrap();
    let report = verify_export(&export, &Trust::in_keys(keys));
    assert!(report.holds(), "{:?}", report.findings);
    let bodies = export.entries.iter().map(|e| e.body.as_ref().unwrap().bytes.clone());
    let statements: Vec<_> = bodies.map(|b| Statement::parse(&b).unwrap()).collect();
    for (record, statement) in report.records.iter().zip(&statements) {
        let kind = match statement.deed {
            Deed::Suspend => Kind::Suspend,
            Deed::Lift => Kind::Resume,
        };
        let party = record.party.as_ref().unwrap();
        assert_eq!((record.kind, party.kind), (kind, PartyKind::Operator));
        assert_eq!((party.id.as_str(), record.time), (statement.by.name.as_str(), statement.at));
    }
    (export, statements)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_act_leaves_one_statement_that_verifies_with_the_public_key() {
    tell("suspend_evidence", async |mut world: World| {
        let switch = world.service.suspensions.clone();
        assert!(switch.list().await.unwrap().is_empty());
        assert!(switch.evidence().await.is_err() && switch.history(9, 9).await.unwrap().is_empty());
        let palaver = subject("channel:messenger");
        let first = switch.suspend(&palaver, " It was breached. ", &operator()).await.unwrap();
        let Outcome::Done(receipt) = first else { panic!("it was not suspended before") };
        let again = switch.suspend(&palaver, "again", &operator()).await.unwrap();
        assert_eq!(again, Outcome::Already, "and nothing is written for it");
        let [listed] = switch.list().await.unwrap().try_into().unwrap();
        assert_eq!((listed.reason.as_str(), listed.by.as_str()), ("It was breached.", "Robin"));
        let (early, statements) = evidence(&world).await;
        assert_eq!(statements.len(), 1);

        switch.suspend(&subject("purpose:offers"), "the terms change", &operator()).await.unwrap();
        switch.lift(&palaver, "it was mended", &operator()).await.unwrap();
        assert_eq!(switch.lift(&palaver, "again", &operator()).await.unwrap(), Outcome::Already);
        let (late, statements) = evidence(&world).await;
        let told: Vec<_> = statements.iter().map(|s| (s.deed, s.subject.to_string())).collect();
        assert_eq!(
            told,
            [
                (Deed::Suspend, "channel:messenger".to_owned()),
                (Deed::Suspend, "purpose:offers".to_owned()),
                (Deed::Lift, "channel:messenger".to_owned()),
            ]
        );
        assert_eq!(verify_successor(&early, &late), vec![], "nothing was left out or changed");
        let history = switch.history(i64::MAX, 10).await.unwrap();
        assert_eq!(history.len(), 3);
        assert_eq!(history[2].receipt, receipt);
        assert_eq!(history[2].statement, statements[0]);

        world = world.restart().await;
        let listed = world.service.suspensions.list().await.unwrap();
        assert_eq!(listed.len(), 1, "it outlives a restart");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_is_refused_with_what_is() {
    tell("suspend_unknown", async |world: World| {
        let switch = world.service.suspensions.clone();
        for unknown in ["channel:telegraph", "recipient:web"] {
            let error = switch.suspend(&subject(unknown), "a drill", &operator()).await;
            let error = error.unwrap_err();
            assert!(matches!(error, CommitError::Refused(SuspendError::Unknown { .. })));
            let said = error.to_string();
            for word in [unknown, "channel:messenger", "purpose:payments", "everything"] {
                assert!(said.contains(word), "`{word}` is missing: {said}");
            }
        }
        let refused = |error| matches!(error, Err(CommitError::Refused(SuspendError::Reason)));
        let web = subject("channel:web");
        assert!(refused(switch.suspend(&web, "  ", &operator()).await));
        assert!(refused(switch.suspend(&web, "two\nlines", &operator()).await));
        let nobody = By { name: String::new(), staff: None };
        let error = switch.suspend(&web, "a drill", &nobody).await;
        assert!(matches!(error, Err(CommitError::Refused(SuspendError::Name))));
        assert!(switch.list().await.unwrap().is_empty());
        world
    })
    .await;
}

/// A command acts beside the server: two writers on one log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_process_suspends_what_the_first_one_serves() {
    tell("suspend_beside", async |mut world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        assert!(her.asks("balance").await.contains(MARK));
        let beside = world.beside().await;
        let web = subject("channel:web");
        for _ in 0..3 {
            let by = operator();
            beside.suspensions.suspend(&web, "a drill", &by).await.unwrap();
            assert!(!her.asks("balance").await.contains(MARK), "at once, without a word between");
            world.check().await;
            beside.suspensions.lift(&web, "it is over", &by).await.unwrap();
            assert!(her.asks("balance").await.contains(MARK));
        }
        let (by, here) = (operator(), &world.service.suspensions);
        let (one, two) = tokio::join!(
            beside.suspensions.suspend(&web, "both at once", &by),
            here.suspend(&web, "both at once", &by),
        );
        let done = [one.unwrap(), two.unwrap()];
        assert_eq!(done.iter().filter(|o| **o == Outcome::Already).count(), 1, "{done:?}");
        assert_eq!(evidence(&world).await.1.len(), 7);
        world.check().await;
        beside.store.close().await;
        world
    })
    .await;
}
