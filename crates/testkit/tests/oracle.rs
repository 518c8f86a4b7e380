//! The oracle itself: each damage to what is stored is found and named. An oracle that finds
//! nothing proves nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_testkit::world::Recipe;
use bankside_testkit::{Actor, Database, Grant, World, oracle};

/// Damage, by one statement, and a word of what the oracle must say.
const DAMAGE: [(&str, &str); 19] = [
    ("UPDATE log_leaf SET leaf = (SELECT leaf FROM log_leaf WHERE idx = 0) WHERE idx = 2", "leaf"),
    ("DELETE FROM log_leaf WHERE idx = 1", "stands where"),
    ("UPDATE log_tile SET hashes = zeroblob(length(hashes))", "tiles"),
    ("DELETE FROM log_tile", "tiles"),
    ("UPDATE log_state SET size = size - 1", "state"),
    ("UPDATE checkpoint SET heads_root = zeroblob(32)", "heads"),
    ("UPDATE checkpoint SET note = replace(note, 'bank.example', 'bank.exempla')", "verify-log"),
    ("DELETE FROM record WHERE seq = 1", "entry"),
    ("DELETE FROM record WHERE seq = (SELECT MAX(seq) FROM record)", "counts"),
    ("UPDATE record SET receipt = 'AAAA-AAAA-AAAA' WHERE seq = 1", "receipt"),
    ("UPDATE record SET kind = 'grant' WHERE kind = 'disclose'", "kind"),
    ("UPDATE stream SET head = zeroblob(32)", "head"),
    ("UPDATE consent SET state = 'expired'", "columns"),
    ("UPDATE message SET body_ct = zeroblob(60) WHERE author = 'bank'", "does not open"),
    (
        "UPDATE message SET log_index = 0, receipt = NULL WHERE log_index IS NOT NULL",
        "is not what was sealed",
    ),
    ("DELETE FROM message WHERE seq = (SELECT MAX(seq) FROM message)", "counts"),
    ("DELETE FROM inbox WHERE message_seq = 1", "inbox"),
    ("UPDATE message SET log_index = NULL, receipt = NULL", "never sealed"),
    ("UPDATE message SET log_index = NULL WHERE author = 'bank'", "never said"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_damage_is_found() {
    let world = World::new(Database::Sqlite, Recipe::default()).await;
    let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
    world.clock.advance(1_000);
    her.says("balance").await;
    her.says("last 3 payments").await;
    world.service.log.publish().await.unwrap();
    let findings = oracle::findings(&world.service).await;
    assert!(findings.is_empty(), "{findings:?}");
    for (damage, word) in DAMAGE {
        // The copy is damaged, and read through the same keys.
        let dir = tempfile::tempdir().unwrap();
        for part in ["main.db", "keys.db"] {
            let copy = dir.path().join(part);
            match part {
                "main.db" => world.service.store.copy_to(&copy).await.unwrap(),
                _ => world.copy_keys_to(&copy).await,
            }
        }
        let copy = World::open(dir.path(), Database::Sqlite, Recipe::default()).await;
        let mut tx = copy.service.store.begin().await.unwrap();
        assert!(tx.run(damage, &[]).await.unwrap() > 0, "{damage}");
        tx.commit().await.unwrap();
        let findings = oracle::findings(&copy.service).await;
        let named = findings.iter().any(|f| f.contains(word));
        assert!(named, "`{damage}`: {findings:?}");
        copy.end().await;
    }
    world.end().await;
}
