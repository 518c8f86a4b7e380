//! Panics inside a unit, and inside the writer itself.

use std::sync::Mutex;

use bankside_store::{Schema, settings};
use bankside_transparency::hash::Hash256;
use bankside_transparency::leaf::{Commitment, Leaf};

use super::*;

/// What the hook was told.
type Told = Arc<Mutex<Vec<String>>>;

async fn committer() -> (tempfile::TempDir, Store, Committer, Told) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("main.db"), Schema::Main).await.unwrap();
    let told = Told::default();
    let hears = told.clone();
    let hook: OnDiskFailure = Arc::new(move |error| hears.lock().unwrap().push(error.to_string()));
    let committer = Committer::start(store.clone(), hook);
    (folder, store, committer, told)
}

/// Appends a leaf and a setting, and then does what the name says.
async fn unit(committer: &Committer, name: &'static str) -> Result<i64, CommitError<StoreError>> {
    committer
        .commit(move |unit| {
            Box::pin(async move {
                settings::set(unit.tx, name, "set").await?;
                let index = unit.append(Commitment(Hash256([7; 32])).leaf()).await?;
                assert!(name != "panics", "as it was told");
                if name == "refuses" { Err(StoreError::Conflict) } else { Ok(index) }
            })
        })
        .await
}

async fn is_set(store: &Store, name: &str) -> bool {
    let mut tx = store.read().await.unwrap();
    settings::get(&mut tx, name).await.unwrap().is_some()
}

#[tokio::test]
async fn a_unit_that_panics_is_undone_and_the_writer_goes_on() {
    let (_folder, store, committer, told) = committer().await;
    assert_eq!(unit(&committer, "first").await.unwrap(), 0);
    let panicked = unit(&committer, "panics").await;
    assert!(matches!(panicked, Err(CommitError::Panicked)), "{panicked:?}");
    assert!(!is_set(&store, "panics").await);
    assert_eq!(unit(&committer, "second").await.unwrap(), 1, "its leaf was undone too");

    // In company: whoever shared its transaction is told that nothing was committed, or was
    // committed in another.
    let names = ["a", "b", "panics", "refuses", "c", "d"];
    let all = names.map(|name| unit(&committer, name));
    let ended = futures_util::future::join_all(all).await;
    let mut leaves = 2;
    for (name, ended) in names.iter().zip(ended) {
        match ended {
            Ok(index) => {
                assert!(is_set(&store, name).await, "{name}");
                assert_eq!(index, leaves, "{name}");
                leaves += 1;
            }
            Err(CommitError::Panicked) => assert_eq!(*name, "panics"),
            Err(CommitError::Refused(_)) => assert_eq!(*name, "refuses"),
            Err(CommitError::Store(_)) => assert!(!is_set(&store, name).await, "{name}"),
            Err(other) => panic!("{name}: {other:?}"),
        }
    }
    assert_eq!(unit(&committer, "last").await.unwrap(), leaves);
    let mut tx = store.read().await.unwrap();
    let (size, _) = log::state(&mut tx).await.unwrap().unwrap();
    assert_eq!(size, leaves + 1);
    assert_eq!(log::leaves(&mut tx, 0, size).await.unwrap().len() as i64, size);
    assert!(Leaf::parse(&log::leaves(&mut tx, 0, 1).await.unwrap()[0]).is_some());
    assert!(told.lock().unwrap().is_empty(), "the disk is well");
}

/// Panics where the writer tells how it ended, which is the writer's own code.
struct Unfinished;

impl Job for Unfinished {
    fn run<'a>(self: Box<Self>, _: &'a mut Unit<'_>) -> BoxFuture<'a, (bool, Box<dyn Finish>)> {
        Box::pin(async move { (true, self as Box<dyn Finish>) })
    }

    fn fail(self: Box<Self>, _: Arc<StoreError>) {}
}

impl Finish for Unfinished {
    fn finish(self: Box<Self>, _: Result<(), Arc<StoreError>>) {
        panic!("as it was told");
    }
}

#[tokio::test]
async fn a_panic_of_the_writer_stops_the_process_through_its_port() {
    let (_folder, store, committer, told) = committer().await;
    committer.queue.try_send(Box::new(Unfinished)).unwrap();
    while told.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    // Where the port returns, as in this test alone, the writer is there still.
    unit(&committer, "after").await.unwrap();
    assert_eq!(
        told.lock().unwrap().as_slice(),
        ["the database does not answer: the writer panicked"]
    );
    assert!(is_set(&store, "after").await);
}
