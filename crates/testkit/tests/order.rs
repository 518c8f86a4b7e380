//! A chat's messages are answered in their order, also where a turn fails and is tried again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_domain::conversation::Author;
use bankside_service::ports::CoreError;
use bankside_testkit::actor::words;
use bankside_testkit::faulty::Fault;
use bankside_testkit::{Actor, Grant, World, tell};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_turn_that_failed_is_not_overtaken() {
    tell("order", async |world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        her.says("hello").await;
        let before = her.messages().await.len();
        world.core.set(Fault::Error(CoreError::Malformed("no sense".to_owned())));
        let calls = world.core.calls();
        her.sends("first", "balance").await.unwrap();
        while world.core.calls() == calls {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        world.core.set(Fault::None);
        her.sends("second", "thanks").await.unwrap();
        let mut said = Vec::new();
        for _ in 0..1_000 {
            world.service.turns.recover(&world.service.store).await.unwrap();
            let all = her.messages().await;
            said = all.into_iter().skip(before).filter(|m| m.author == Author::Bank).collect();
            if said.len() == 2 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let said: Vec<_> = said.iter().map(|m| words(&m.body)).collect();
        assert!(said[0].contains("Trip fund") && said[1].contains("welcome"), "{said:?}");
        world
    })
    .await;
}
