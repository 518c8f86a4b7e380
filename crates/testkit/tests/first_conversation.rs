//! The first conversation, from a stranger's "hello" to STOP ALL, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_testkit::{Actor, Grant, World, tell};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_conversation() {
    tell("first_conversation", story).await;
}

async fn story(mut world: World) -> World {
    let mut maya = Actor::opens(&world, 0, "web").await;
    let help = maya.asks("help").await;
    assert!(help.contains("I don’t know who you are yet"), "{help}");
    let early = maya.asks("what's my balance?").await;
    assert!(early.contains("Link this chat") && !early.contains("$"), "{early}");
    world.check().await;

    maya.link().await;
    world.clock.advance(1_000);
    let asked = maya.asks("what's my balance?").await;
    assert!(asked.contains("I need your permission"), "{asked}");
    let shared = maya.asks("what have you shared?").await;
    assert!(!shared.contains("Web chat"), "{shared}");
    assert_eq!(world.check().await.disclosures, 0);

    maya.grant(Grant::all()).await;
    let balances = maya.asks("what's my balance?").await;
    assert!(balances.contains("Trip fund") && balances.contains('$'), "{balances}");
    let last = maya.asks("last 3 payments").await;
    assert!(last.contains("merchant") && last.contains("Your latest 3 payments"), "{last}");
    let groceries = maya.asks("how much did i spend on groceries last month").await;
    assert!(groceries.contains("$"), "{groceries}");
    let before = maya.asks("and the month before?").await;
    assert!(!before.is_empty());
    assert!(world.check().await.disclosures >= 3);

    world = world.restart().await;
    maya = maya.again(&world);
    let shared = maya.asks("what have you shared?").await;
    assert!(shared.contains("Web chat"), "{shared}");
    let stopped = maya.asks("stop sharing").await;
    assert!(stopped.contains("One permission is ended"), "{stopped}");
    let refused = maya.asks("balance").await;
    assert!(refused.contains("I need your permission") && !refused.contains('$'), "{refused}");
    let disclosures = world.check().await.disclosures;

    maya.grant(Grant::all()).await;
    let all = maya.asks("STOP ALL").await;
    assert!(all.contains("Everything is stopped"), "{all}");
    let refused = maya.asks("last 3 payments").await;
    assert!(refused.contains("I need your permission") && !refused.contains('$'), "{refused}");
    let audit = world.check().await;
    assert_eq!(audit.disclosures, disclosures, "nothing was disclosed after STOP ALL");
    assert_eq!((audit.pending, audit.dead), (0, 0));
    world
}
