//! Witnesses over HTTP, well and unwell: a server that verifies for itself on the other side.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use std::time::Duration;

use bankside_adapters::http::HttpClient;
use bankside_adapters::witness::{Address, HttpWitness};
use bankside_service::log::{CosignError, Witness as _};
use bankside_testkit::witness::{Mood, TestWitness};
use bankside_testkit::{Actor, Grant, World, tell};
use bankside_transparency::checkpoint::SignedCheckpoint;
use bankside_transparency::cosignature::verify_cosignatures;
use bankside_transparency::hash::Hash256;
use bankside_transparency::key::{KeyKind, SigningKey};
use bankside_transparency::receipt::LogProof;
use bankside_transparency::witness::WitnessError;

fn over_http(witness: &TestWitness) -> HttpWitness {
    let address = Address::parse(&witness.url(), &witness.key().to_string()).unwrap();
    let client = HttpClient::new().unwrap();
    HttpWitness::new(address, client).within(Duration::from_millis(400))
}

async fn served(world: &World) -> SignedCheckpoint {
    let note = world.service.log.checkpoint().await.unwrap().unwrap();
    SignedCheckpoint::parse(note.as_bytes()).unwrap()
}

async fn receipts(her: &Actor) -> Vec<String> {
    her.log().await.into_iter().map(|entry| entry.receipt).collect()
}

/// One more entry, and a checkpoint over it.
async fn publish(world: &World, her: &mut Actor) -> u64 {
    her.asks("balance").await;
    world.service.log.publish().await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_that_is_well_cosigns_what_is_served_and_taken_home() {
    tell("witness_well", async |world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        let log = &world.service.log;
        let one = TestWitness::start(1, Some(log.verifier())).await;
        let two = TestWitness::start(2, Some(log.verifier())).await;
        let keys = [one.key(), two.key()];
        let size = publish(&world, &mut her).await;
        for witness in [&one, &two] {
            assert_eq!(log.cosign(&over_http(witness)).await.unwrap(), size);
            assert_eq!(log.cosign(&over_http(witness)).await.unwrap(), size);
            assert_eq!(witness.asked(), 1, "the same checkpoint is shown once");
        }
        assert_eq!(verify_cosignatures(&served(&world).await, &keys, 2).unwrap().len(), 2);

        // A newer checkpoint without cosignatures: the receipt of what the older one covers hangs
        // on the older one, that of what came since on the newer.
        let first = receipts(&her).await;
        let newer = publish(&world, &mut her).await;
        let last = receipts(&her).await;
        let owner = her.owner().await;
        let proof = async |receipt: &str| {
            let text = log.proof(&owner, receipt).await.unwrap();
            LogProof::parse(text.as_bytes()).unwrap().checkpoint
        };
        let under = proof(first.last().unwrap()).await;
        assert_eq!(under.checkpoint().size(), size);
        assert_eq!(verify_cosignatures(&under, &keys, 2).unwrap().len(), 2);
        let under = proof(&last[0]).await;
        assert_eq!(under.checkpoint().size(), newer);

        let lag = log.witness_lag(over_http(&one).name()).await.unwrap().unwrap();
        assert_eq!((lag.cosigned, lag.size), (size, newer));
        assert!(lag.since.is_some());
        log.cosign(&over_http(&one)).await.unwrap();
        let lag = log.witness_lag(over_http(&one).name()).await.unwrap().unwrap();
        assert_eq!((lag.cosigned, lag.since), (newer, None));
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_that_knows_another_size_is_shown_the_way_from_there() {
    tell("witness_size", async |world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        let log = &world.service.log;
        let witness = TestWitness::start(1, Some(log.verifier())).await;
        publish(&world, &mut her).await;
        let early = served(&world).await.checkpoint().clone();
        publish(&world, &mut her).await;
        // It took in the first checkpoint by another way: 409, then a proof from there.
        witness.saw(early.size(), early.root());
        let size = log.cosign(&over_http(&witness)).await.unwrap();
        assert_eq!((witness.asked(), witness.size()), (2, size));

        // It took in the newest, and its answer was lost: it is asked again at the same size.
        let size = publish(&world, &mut her).await;
        let newest = served(&world).await.checkpoint().clone();
        witness.saw(newest.size(), newest.root());
        assert_eq!(log.cosign(&over_http(&witness)).await.unwrap(), size);
        verify_cosignatures(&served(&world).await, &[witness.key()], 1).unwrap();

        // A fork, and a log that was rolled back.
        let size = publish(&world, &mut her).await;
        witness.saw(early.size(), Hash256([7; 32]));
        let refused = log.cosign(&over_http(&witness)).await.unwrap_err();
        assert!(refused.is_alarm() && refused.reason() == "inconsistent", "{refused}");
        witness.saw(size + 10, Hash256([7; 32]));
        let refused = log.cosign(&over_http(&witness)).await.unwrap_err();
        assert!(refused.is_alarm() && refused.reason() == "ahead", "{refused}");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_that_is_not_well_is_asked_again_and_never_believed() {
    let world = World::new(bankside_testkit::world::Database::Sqlite, Default::default()).await;
    let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
    let log = &world.service.log;
    let witness = TestWitness::start(1, Some(log.verifier())).await;
    let size = publish(&world, &mut her).await;
    let check = async |moods: &[Mood], want: &str, asked: u32| {
        let before = witness.asked();
        witness.will(moods.to_vec());
        let refused = log.cosign(&over_http(&witness)).await.unwrap_err();
        assert_eq!(refused.reason(), want, "{moods:?}: {refused}");
        assert_eq!(witness.asked() - before, asked, "{moods:?}");
        let cosigned = verify_cosignatures(&served(&world).await, &[witness.key()], 0);
        assert_eq!(cosigned.unwrap().len(), 0, "{moods:?}");
        refused
    };
    let slow = Mood::Slow(Duration::from_secs(5));
    check(&[Mood::Status(503), Mood::Status(500), Mood::Status(429)], "status", 3).await;
    let late = check(&[slow.clone(), slow.clone(), slow], "unreachable", 3).await;
    assert!(late.to_string().contains("no answer within 400 ms"), "{late}");
    check(&[Mood::Status(404)], "unknown_log", 1).await;
    check(&[Mood::Status(403)], "not_trusted", 1).await;
    check(&[Mood::Status(422)], "inconsistent", 1).await;
    check(&[Mood::Endless], "malformed", 1).await;
    check(&[Mood::Elsewhere], "status", 1).await;
    check(&[Mood::WrongKey], "not_cosigned", 1).await;
    // After all that, and two more stumbles, it is well again.
    witness.will([Mood::Status(502), Mood::Status(503)]);
    assert_eq!(log.cosign(&over_http(&witness)).await.unwrap(), size);
    verify_cosignatures(&served(&world).await, &[witness.key()], 1).unwrap();
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_that_knows_another_log_says_so_and_one_that_is_gone_is_named() {
    let world = World::new(bankside_testkit::world::Database::Sqlite, Default::default()).await;
    let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
    let log = &world.service.log;
    publish(&world, &mut her).await;
    let stranger = TestWitness::start(1, None).await;
    let refused = log.cosign(&over_http(&stranger)).await;
    assert!(matches!(refused, Err(CosignError::Witness(WitnessError::UnknownLog))), "{refused:?}");
    let other = SigningKey::from_seed(log.origin(), KeyKind::Note, &[99; 32]).unwrap();
    let misled = TestWitness::start(2, Some(other.verifier())).await;
    let refused = log.cosign(&over_http(&misled)).await;
    assert!(matches!(refused, Err(CosignError::Witness(WitnessError::NotTrusted))), "{refused:?}");
    // Nobody listens at a port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = format!("http://{free}");
    let address = Address::parse(&address, &misled.key().to_string()).unwrap();
    let gone = HttpWitness::new(address, HttpClient::new().unwrap());
    let refused = log.cosign(&gone).await.unwrap_err();
    assert!(refused.to_string().contains("no connection"), "{refused}");
    world.end().await;
}
