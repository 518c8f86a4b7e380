//! Group commit: many units of work share one transaction, and so one fsync.
//!
//! While the log's lock is held elsewhere, whatever is submitted waits together; once it is free,
//! all of it must be durable after a few transactions. The writer's own histogram counts them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bankside_store::Tx;
use bankside_testkit::faulty::{Fault, Gate};
use bankside_testkit::{Actor, World, tell};
use metrics::{
    Counter, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};

/// Messages at once.
const AT_ONCE: usize = 512;
/// Chats that they are in.
const CHATS: usize = 32;
/// Units that one transaction must hold on average.
const SHARED: usize = 20;
/// Of the chats, those whose turns run at once, at least: some share a lane.
const LANES: usize = 16;
/// Until then all of it is with the writer, or never.
const QUEUED: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_together_is_committed_together() {
    let batches = Batches::default();
    metrics::set_global_recorder(batches.clone()).unwrap();
    tell("group_commit", async |world: World| {
        let mut chats = Vec::new();
        for n in 0..CHATS {
            chats.push(Actor::linked(&world, n % 4, "web").await);
        }
        let gate = Gate::closed();
        world.core.set(Fault::Held(gate.clone()));

        // 512 messages come in.
        let held = hold(&world).await;
        batches.take();
        let sending: Vec<_> = (0..AT_ONCE)
            .map(|n| {
                let her = chats[n % CHATS].clone();
                tokio::spawn(async move { her.sends(&format!("g{n}"), "thanks").await })
            })
            .collect();
        queued(&world, &batches, AT_ONCE).await;
        held.rollback().await.unwrap();
        for sent in sending {
            sent.await.unwrap().unwrap();
        }
        shared(&batches.take(), AT_ONCE);

        // And the first turn of each lane is ready to be sealed.
        gate.arrived().await;
        let held = hold(&world).await;
        world.core.set(Fault::None);
        batches.take();
        gate.open();
        queued(&world, &batches, LANES).await;
        held.rollback().await.unwrap();
        for her in &chats {
            settled(her).await;
        }
        // One that met the lock, and one of all that waited behind it.
        let sealed = batches.take();
        let lanes: usize = sealed.iter().take(2).sum();
        assert!(lanes >= LANES, "the lanes' first answers: {sealed:?}");
        world
    })
    .await;
}

/// Nobody commits to the log meanwhile.
async fn hold(world: &World) -> Tx {
    let mut tx = world.service.store.begin().await.unwrap();
    bankside_store::log::lock(&mut tx).await.unwrap();
    tx
}

/// Waits until that many units are with the writer: those that it took before it met the lock, and
/// those behind them.
async fn queued(world: &World, batches: &Batches, units: usize) {
    let all = async {
        while batches.seen() + world.service.committer.waiting() < units {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(QUEUED, all).await.expect("all of it comes to the writer");
}

fn shared(batches: &[usize], units: usize) {
    assert_eq!(batches.iter().sum::<usize>(), units, "{batches:?}");
    assert!(units >= SHARED * batches.len(), "too few in a transaction: {batches:?}");
}

/// Each of the messages in the chat is answered.
async fn settled(her: &Actor) {
    loop {
        let all = her.messages().await;
        let asked = all.iter().filter(|m| m.receipt.is_none()).count();
        // The answer to "hello" before the link has no receipt.
        if all.len() - asked >= AT_ONCE / CHATS {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Sizes of the writer's batches.
#[derive(Clone, Debug, Default)]
struct Batches(Arc<Mutex<Vec<usize>>>);

impl Batches {
    fn take(&self) -> Vec<usize> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    fn seen(&self) -> usize {
        self.0.lock().unwrap().iter().sum()
    }
}

impl HistogramFn for Batches {
    fn record(&self, value: f64) {
        self.0.lock().unwrap().push(value as usize);
    }
}

impl Recorder for Batches {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, _: &Key, _: &Metadata<'_>) -> Counter {
        Counter::noop()
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        if key.name() == "bankside_commit_batch_units" {
            return Histogram::from_arc(Arc::new(self.clone()));
        }
        Histogram::noop()
    }
}
