//! A channel that holds a connection of its own: what comes by it is committed before it is
//! acknowledged, and a connection that ends is made anew.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use std::sync::Arc;
use std::time::Duration;

use bankside_domain::channel::{Contact, Event, Inbound};
use bankside_service::ports::Line;
use bankside_testkit::World;
use bankside_testkit::postbox::Postbox;
use bankside_testkit::world::{Recipe, databases};

const CHANNEL: &str = "matrix";
const PATIENCE: Duration = Duration::from_secs(20);

fn said(id: &str, text: &str) -> Inbound {
    let event = Event::Message { text: text.to_owned().into() };
    let from = Contact::new("her@chat.example");
    Inbound { id: id.to_owned(), from, at: None, language: None, event }
}

async fn tell(name: &str, story: impl AsyncFn(&mut World, &Postbox)) {
    for database in databases(name).await {
        let postbox = Arc::new(Postbox::on_a_wire());
        let connected = Some((CHANNEL, postbox.clone()));
        let mut world = World::new(database, Recipe { connected, ..Recipe::default() }).await;
        story(&mut world, &postbox).await;
        world.check().await;
        world.end().await;
        until("nobody listens to a service that ended", async || postbox.listening() == 0).await;
    }
}

async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, waiting).await.is_ok(), "{what}");
}

async fn stands(world: &World) {
    let line = || world.service.reached.line(CHANNEL).unwrap();
    until("the connection stands", async || matches!(line(), Line::Connected { .. })).await;
}

async fn broken(world: &World, expected: &str) {
    let line = || world.service.reached.line(CHANNEL).unwrap();
    let is = async || matches!(line(), Line::Broken { why, failures: 1, .. } if why == expected);
    until(expected, is).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_by_a_connection_is_answered_once() {
    tell("ln_once", async |world, postbox| {
        stands(world).await;
        let since = world.service.clock.now();
        assert_eq!(world.service.reached.line(CHANNEL), Some(Line::Connected { since }));
        postbox.hands_in(said("1", "hello")).await.unwrap();
        postbox.hands_in(said("1", "hello")).await.unwrap();
        postbox.hands_in(said("2", "help")).await.unwrap();
        let sent = postbox.holds(2).await;
        assert_eq!(sent.len(), 2, "{sent:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_breaks_or_panics_is_made_anew_and_loses_nothing() {
    tell("ln_anew", async |world, postbox| {
        stands(world).await;
        postbox.breaks("the server went away");
        broken(world, "the server went away").await;
        postbox.hands_in(said("1", "hello")).await.unwrap();
        stands(world).await;
        postbox.panics();
        broken(world, "a fault of the adapter's own").await;
        postbox.hands_in(said("2", "help")).await.unwrap();
        stands(world).await;
        assert_eq!((postbox.holds(2).await.len(), postbox.listening()), (2, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_answered_after_a_restart() {
    for database in databases("ln_restart").await {
        let postbox = Arc::new(Postbox::on_a_wire());
        let connected = Some((CHANNEL, postbox.clone()));
        let world = World::new(database, Recipe { connected, ..Recipe::default() }).await;
        postbox.hands_in(said("1", "hello")).await.unwrap();
        let mut world = world.restart().await;
        postbox.hands_in(said("1", "hello")).await.unwrap();
        postbox.hands_in(said("2", "help")).await.unwrap();
        let sent = postbox.holds(2).await;
        assert_eq!((sent.len(), postbox.listening()), (2, 1), "{sent:?}");
        world.check().await;
        world.end().await;
    }
}
