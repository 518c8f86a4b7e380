//! What she takes back is gone at once, also for what is under way; what is for one time is used
//! once; what ran out or was made smaller refuses the rest.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_domain::consent::{Duration as Lasts, EndedBy, State, Terms};
use bankside_domain::disclosure::{Cluster, Level};
use bankside_testkit::faulty::{Fault, Gate};
use bankside_testkit::marked::MARK;
use bankside_testkit::{Actor, Grant, World, tell};

const NEEDS_CONSENT: &str = "I need your permission";

/// How she takes it back while the core's answer is on its way.
const WAYS: [&str; 5] = ["revoke", "stop all", "stop the channel", "pause", "narrow"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revocation_during_the_cores_answer_wins() {
    tell("revocation", async |mut world: World| {
        let her = Actor::linked(&world, 0, "web").await;
        for way in WAYS {
            let consent = her.grant(Grant::all()).await;
            let gate = Gate::closed();
            let before = world.check().await.disclosures;
            let owner = her.owner().await;
            world.core.set(Fault::Held(gate.clone()));
            let asked = her.sends(way, "balance").await.unwrap();
            // The turn reads master data, then the names of her accounts, then the balances.
            for call in 1..=3 {
                gate.arrived().await;
                if call < 3 {
                    gate.let_one();
                }
            }
            let consents = &world.service.consents;
            let id = consent.id();
            match way {
                "revoke" => {
                    let by = EndedBy::Customer;
                    consents.revoke(&owner, id, by, "asked for on the page").await.map(drop)
                }
                "stop all" => her.stops_all().await.map(drop),
                "stop the channel" => {
                    consents.stop(&owner, Some("web".to_owned()), "test").await.map(drop)
                }
                "pause" => consents.pause(&owner, id).await.map(drop),
                _ => {
                    let t = consent.terms();
                    let clusters = [(Cluster::Cards, Level::Detail)].into();
                    let accounts = t.accounts().clone();
                    let less = Terms::new(t.party().clone(), t.purpose(), clusters, accounts);
                    consents.narrow(&owner, id, less.unwrap()).await.map(drop)
                }
            }
            .unwrap();
            world.core.set(Fault::None);
            gate.open();
            let said = her.answer_to(asked.seq, way).await;
            let said = said.iter().map(|m| bankside_testkit::actor::words(&m.body));
            let said = said.collect::<Vec<_>>().join("\n");
            assert!(!said.contains(MARK) && !said.contains('$'), "{way}: {said}");
            assert_eq!(world.check().await.disclosures, before, "{way}");
            her.stops_all().await.unwrap();
        }
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_one_time_consent_is_used_once_by_64_at_once() {
    tell("once", async |mut world: World| {
        const CHATS: usize = 64;
        let mut chats = Vec::new();
        for _ in 0..CHATS {
            chats.push(Actor::linked(&world, 0, "web").await);
        }
        let consent = chats[0].grant(Grant::all().lasting(Lasts::Once)).await;
        let asking = chats
            .into_iter()
            .map(|mut her| tokio::spawn(async move { (her.asks("balance").await, her) }));
        let (mut shown, mut refused) = (0, 0);
        let mut one = None;
        for asking in asking.collect::<Vec<_>>() {
            let (said, her) = asking.await.unwrap();
            shown += usize::from(said.contains(MARK));
            refused += usize::from(said.contains(NEEDS_CONSENT));
            one = Some(her);
        }
        assert_eq!((shown, refused), (1, CHATS - 1));
        let owner = one.unwrap().owner().await;
        let kept = world.service.consents.get(&owner, consent.id()).await.unwrap();
        assert!(matches!(kept.state(), State::Consumed { .. }), "{:?}", kept.state());
        assert_eq!(world.check().await.disclosures, 1);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_one_time_consent_answers_one_message() {
    tell("once_two", async |mut world: World| {
        let mut her = Actor::linked(&world, 0, "web").await;
        her.grant(Grant::all().lasting(Lasts::Once)).await;
        let said = her.asks("what is my balance and what are my last 3 payments").await;
        assert!(said.contains(MARK), "{said}");
        let again = her.asks("balance").await;
        assert!(again.contains(NEEDS_CONSENT) && !again.contains(MARK), "{again}");
        let audit = world.check().await;
        assert_eq!((audit.pending, audit.dead), (0, 0));
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ran_out_refuses() {
    tell("expired", async |mut world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all().lasting(Lasts::Days(7))).await;
        world.clock.advance_days(7);
        world.clock.advance(-1);
        assert!(her.asks("balance").await.contains('$'));
        world.clock.advance(1);
        let said = her.asks("balance").await;
        assert!(!said.contains(MARK) && !said.contains('$'), "{said}");
        assert_eq!(world.service.consents.expire_due(100).await.unwrap(), 1);
        let said = her.asks("last 3 payments").await;
        assert!(said.contains(NEEDS_CONSENT) && !said.contains(MARK), "{said}");
        assert_eq!(world.check().await.disclosures, 1);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_allowed_is_refused_by_data_account_and_level() {
    tell("narrow", async |mut world: World| {
        let mut her = Actor::linked(&world, 0, "web").await;
        let accounts = her.accounts().await;
        let (first, second) = (&accounts[0], &accounts[1]);
        let consent = her
            .grant(
                Grant::of([
                    (Cluster::Balances, Level::Masked),
                    (Cluster::Transactions, Level::Summary),
                ])
                .on([first.id]),
            )
            .await;
        let balances = her.asks("balance").await;
        assert!(balances.contains(first.nickname.reveal()), "{balances}");
        assert!(!balances.contains(second.nickname.reveal()), "{balances}");
        let payments = her.asks("last 3 payments").await;
        assert!(!payments.contains("merchant") && payments.contains("Money out"), "{payments}");
        let numbers = her.asks("my account number").await;
        assert!(!numbers.contains(MARK) && numbers.contains("permission"), "{numbers}");
        let t = consent.terms();
        let clusters = [(Cluster::Transactions, Level::Summary)].into();
        let less =
            Terms::new(t.party().clone(), t.purpose(), clusters, t.accounts().clone()).unwrap();
        let owner = her.owner().await;
        world.service.consents.narrow(&owner, consent.id(), less).await.unwrap();
        let balances = her.asks("balance").await;
        assert!(!balances.contains(MARK) && !balances.contains('$'), "{balances}");
        assert!(her.asks("last 3 payments").await.contains("Money out"));
        world.check().await;
        world
    })
    .await;
}
