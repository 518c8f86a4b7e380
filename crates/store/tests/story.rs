//! One story, told to both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs
)]

use bankside_domain::Timestamp;
use bankside_domain::id::{CustomerId, MessageId};
use bankside_store::{
    MigrateError, Schema, Store, StoreError, conversations, data_keys, inbox, log, streams,
};

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

async fn sqlite() -> (Store, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (Store::sqlite(&dir.path().join("main.db"), Schema::Main).await.unwrap(), dir)
}

/// A schema of its own on the local server; `None`, said aloud, where there is no server.
async fn postgres(name: &str) -> Option<Store> {
    const SERVER: &str = "postgres://root@127.0.0.1:5432/test";
    let admin = match sqlx::PgPool::connect(SERVER).await {
        Ok(pool) => pool,
        Err(_) => {
            eprintln!("SKIPPED {name} on PostgreSQL: no server at 127.0.0.1:5432");
            return None;
        }
    };
    for sql in ["DROP SCHEMA IF EXISTS @ CASCADE", "CREATE SCHEMA @"] {
        let sql = sqlx::AssertSqlSafe(sql.replace('@', name));
        sqlx::raw_sql(sql).execute(&admin).await.unwrap();
    }
    Some(Store::postgres(SERVER, Some(name), Schema::Main).await.unwrap())
}

async fn tell(story: impl AsyncFn(Store), name: &str) {
    let (store, _dir) = sqlite().await;
    story(store).await;
    if let Some(store) = postgres(name).await {
        story(store).await;
    }
}

fn message(n: u8) -> MessageId {
    MessageId::new(NOW, [n; 10])
}

fn conversation() -> conversations::ConversationRow {
    conversations::ConversationRow {
        id: bankside_domain::id::ConversationId::new(NOW, [1; 10]),
        bank: "harbour".parse().unwrap(),
        channel: "web".to_owned(),
        customer: None,
        language: Default::default(),
        phrase_ct: None,
        memory_ct: None,
        next_seq: 1,
        read_seq: 0,
        started: NOW,
        linked: None,
    }
}

#[tokio::test]
async fn a_message_is_taken_in_once_and_answered_once() {
    tell(
        async |store| {
            let row = conversation();
            let mut tx = store.begin().await.unwrap();
            conversations::insert(&mut tx, &row, &[1; 32]).await.unwrap();
            assert!(matches!(
                conversations::insert(&mut tx, &row_with_other_id(), &[1; 32]).await,
                Err(StoreError::Conflict)
            ));
            let seq = conversations::take_seq(&mut tx, row.id).await.unwrap();
            assert_eq!(seq, 1);
            let came = inbox::InboxRow {
                id: message(1),
                channel: "web".to_owned(),
                provider_id: "p1".to_owned(),
                conversation: row.id,
                message_seq: seq,
                attempts: 0,
                at: NOW,
            };
            assert!(inbox::insert(&mut tx, &came).await.unwrap());
            let again = inbox::InboxRow { id: message(2), ..came };
            assert!(!inbox::insert(&mut tx, &again).await.unwrap());
            tx.commit().await.unwrap();

            let mut tx = store.begin().await.unwrap();
            assert_eq!(inbox::pending(&mut tx, 10).await.unwrap().len(), 1);
            inbox::answered(&mut tx, message(1)).await.unwrap();
            assert!(matches!(
                inbox::answered(&mut tx, message(1)).await,
                Err(StoreError::Conflict)
            ));
            assert!(inbox::is_known(&mut tx, "web", "p1").await.unwrap());
            assert!(!inbox::is_known(&mut tx, "web", "p2").await.unwrap());
            assert_eq!(inbox::depth(&mut tx).await.unwrap(), (0, 0));
            drop(tx);
            let mut tx = store.read().await.unwrap();
            assert_eq!(inbox::depth(&mut tx).await.unwrap(), (1, 0), "a dropped unit is undone");
        },
        "story_inbox",
    )
    .await;
}

fn row_with_other_id() -> conversations::ConversationRow {
    let id = bankside_domain::id::ConversationId::new(NOW, [2; 10]);
    conversations::ConversationRow { id, ..conversation() }
}

#[tokio::test]
async fn a_streams_head_moves_by_one_and_tiles_only_grow() {
    tell(
        async |store| {
            let customer = CustomerId::new(NOW, [3; 10]);
            let mut tx = store.begin().await.unwrap();
            assert_eq!(log::lock(&mut tx).await.unwrap(), (0, vec![]));
            let row = streams::StreamRow {
                customer,
                stream: [4; 16],
                secret_ct: vec![1],
                next_seq: 0,
                head: [0; 32],
            };
            streams::insert(&mut tx, &row).await.unwrap();
            assert_eq!(streams::heads_since(&mut tx, 0).await.unwrap(), vec![]);
            streams::advance(&mut tx, customer, 0, &[5; 32], 3).await.unwrap();
            assert!(matches!(
                streams::advance(&mut tx, customer, 0, &[6; 32], 4).await,
                Err(StoreError::Conflict)
            ));
            assert_eq!(
                streams::heads_since(&mut tx, 3).await.unwrap(),
                vec![([4; 16], 0, [5; 32])]
            );
            log::append_leaf(&mut tx, 0, &[7; 33]).await.unwrap();
            log::put_tile(&mut tx, 0, 0, 2, &[8; 64]).await.unwrap();
            assert!(matches!(
                log::put_tile(&mut tx, 0, 0, 1, &[8; 32]).await,
                Err(StoreError::Conflict)
            ));
            log::set_state(&mut tx, 1, &[9]).await.unwrap();
            tx.commit().await.unwrap();
            let mut tx = store.read().await.unwrap();
            assert_eq!(log::state(&mut tx).await.unwrap(), Some((1, vec![9])));
            assert_eq!(log::leaves(&mut tx, 0, 9).await.unwrap(), vec![vec![7; 33]]);
            assert_eq!(log::tile(&mut tx, 0, 0).await.unwrap(), Some(vec![8; 64]));
        },
        "story_log",
    )
    .await;
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("main.db");
    let store = Store::sqlite(&path, Schema::Main).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.run("UPDATE schema_version SET version = $1", &[99.into()]).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    let refused = Store::sqlite(&path, Schema::Main).await.unwrap_err();
    assert!(matches!(refused, MigrateError::Newer { found: 99, .. }), "{refused}");
}

#[tokio::test]
async fn a_destroyed_key_is_gone_from_every_file() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&dir.path().join("keys.db"), Schema::Keys).await.unwrap();
    let canary = b"canary-key-material-0123456789ab";
    let key =
        data_keys::DataKeyRow { subject: "s".to_owned(), wrapped: canary.to_vec(), master: 1 };
    let mut tx = store.begin().await.unwrap();
    assert!(data_keys::insert(&mut tx, &key, NOW).await.unwrap());
    assert!(!data_keys::insert(&mut tx, &key, NOW).await.unwrap());
    tx.commit().await.unwrap();
    assert!(found(dir.path(), canary), "the control run must find it");

    let mut tx = store.begin().await.unwrap();
    assert!(data_keys::destroy(&mut tx, "s").await.unwrap());
    tx.commit().await.unwrap();
    assert!(store.scrub().await.unwrap(), "no reader keeps the log from being truncated");
    assert!(!found(dir.path(), canary));
}

fn found(dir: &std::path::Path, needle: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|w| w == needle)
    })
}
