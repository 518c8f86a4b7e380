//! A process to be killed: acts in a world of files and says what was acknowledged, line by line.
//! Where `VICTIM_POSTGRES` names a pair of schemas, they hold the world instead.
//!
//! ```text
//! victim prepare DIR          makes the world, with linked chats that may show everything
//! victim load DIR SEED        asks in all chats at once until it is killed
//! victim flow NAME DIR SEED   one act: balance, grant, revoke, clear
//! victim check DIR SEED ACKS  reopens, recovers, audits; holds the lines in ACKS against the state
//! ```
//! Lines: `ACK chat seq provider-id`, `SAID chat seq`, `GRANTED`, `REVOKED`, `CLEARED`, and
//! `LEAVING` when all is done and the databases are about to close.
//! It ends with 70 where the disk failed, as the service must.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::large_futures,
    reason = "a test that cannot go on must stop, and lines are its result"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bankside_domain::conversation::{Author, Message};
use bankside_service::Service;
use bankside_service::keys::{KeyError, Subject};
use bankside_service::token::Token;
use bankside_store::StoreError;
use bankside_testkit::world::{Recipe, World};
use bankside_testkit::{Actor, Database, Grant};

/// Chats that ask at once.
const CHATS: usize = 12;
/// What the service ends with where the disk fails.
const DISK_FAILED: i32 = 70;
/// How often what is unanswered is looked for.
const RECOVER: Duration = Duration::from_millis(500);
/// Longest wait for the state to come to rest.
const REST: Duration = Duration::from_secs(15);

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["prepare", dir] => prepare(Path::new(dir)).await,
        ["load", dir, seed] => load(Path::new(dir), seed).await,
        ["flow", name, dir, seed] => flow(name, Path::new(dir), seed).await,
        ["check", dir, seed, acks] => check(Path::new(dir), seed, Path::new(acks)).await,
        _ => {
            eprintln!(
                "victim prepare DIR | load DIR SEED | flow NAME DIR SEED | check DIR SEED ACKS"
            );
            std::process::exit(2);
        }
    }
}

/// One line, whole, before anything else happens.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

async fn open(dir: &Path, seed: &str) -> World {
    let recipe = Recipe {
        seed: 1 + seed.parse::<u64>().unwrap(),
        on_disk_failure: Arc::new(|error| {
            eprintln!("{error}");
            std::process::exit(DISK_FAILED);
        }),
        ..Recipe::default()
    };
    let database = match std::env::var("VICTIM_POSTGRES") {
        Ok(schemas) => Database::Postgres(schemas),
        Err(_) => Database::Sqlite,
    };
    let world = World::open(dir, database, recipe).await;
    world.service.turns.recover(&world.service.store).await.unwrap();
    tokio::spawn(recover(world.service.clone()));
    world
}

/// What the program does in the background: a turn that failed is tried again.
async fn recover(service: Service) {
    while !matches!(service.turns.recover(&service.store).await, Err(StoreError::Unavailable(_))) {
        tokio::time::sleep(RECOVER).await;
    }
}

async fn prepare(dir: &Path) {
    std::fs::create_dir_all(dir).unwrap();
    let mut world = open(dir, "0").await;
    let mut tokens = String::new();
    for n in 0..CHATS {
        let channel = if n % 3 == 2 { "messenger" } else { "web" };
        let her = Actor::allowed(&world, n % 3, channel, Grant::all()).await;
        tokens.push_str(&format!("{} {channel} {}\n", n % 3, her.token.expose()));
    }
    world.check().await;
    std::fs::write(tokens_of(dir), tokens).unwrap();
    world.leave().await;
}

fn tokens_of(dir: &Path) -> PathBuf {
    dir.with_extension("tokens")
}

fn actors(world: &World, dir: &Path) -> Vec<Actor> {
    let text = std::fs::read_to_string(tokens_of(dir)).unwrap();
    let actor = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let token = Token::parse(words[2]).unwrap();
        Actor::holding(world, words[0].parse().unwrap(), words[1], token)
    };
    text.lines().map(actor).collect()
}

async fn load(dir: &Path, seed: &str) {
    let world = open(dir, seed).await;
    let asking = actors(&world, dir).into_iter().enumerate().map(|(chat, her)| {
        let seed = seed.to_owned();
        tokio::spawn(async move {
            for n in 0.. {
                let id = format!("{seed}-{n}");
                let taken = her.sends(&id, "last 3 payments").await.unwrap();
                say(&format!("ACK {chat} {} {id}", taken.seq));
                if n % 2 == 0 {
                    her.answer_to(taken.seq, &id).await;
                    say(&format!("SAID {chat} {}", taken.seq));
                }
            }
        })
    });
    for asking in asking.collect::<Vec<_>>() {
        asking.await.unwrap();
    }
}

async fn flow(name: &str, dir: &Path, seed: &str) {
    let world = open(dir, seed).await;
    let her = actors(&world, dir).swap_remove(0);
    match name {
        "balance" => {
            let id = format!("{seed}-balance");
            let taken = her.sends(&id, "balance").await.unwrap();
            say(&format!("ACK 0 {} {id}", taken.seq));
            her.answer_to(taken.seq, &id).await;
            say(&format!("SAID 0 {}", taken.seq));
        }
        "grant" => {
            let consent = her.grant(Grant::all()).await;
            say(&format!("GRANTED {}", consent.id()));
        }
        "revoke" => {
            her.stops_all().await.unwrap();
            say("REVOKED");
        }
        "clear" => {
            let signed_in = her.signs_in().await;
            world.service.clearing.begin(&signed_in).await.unwrap();
            say("BEGUN");
            if world.service.clearing.finish_pending().await.unwrap().done == 1 {
                say("CLEARED");
            }
        }
        _ => panic!("no flow `{name}`"),
    }
    say("LEAVING");
    world.leave().await;
}

async fn check(dir: &Path, seed: &str, acks: &Path) {
    let mut world = open(dir, seed).await;
    world.service.clearing.finish_pending().await.unwrap();
    rest(&world).await;
    let audit = world.check().await;
    assert_eq!((audit.pending, audit.dead), (0, 0), "everything is answered after recovery");
    let actors = actors(&world, dir);
    let acks = std::fs::read_to_string(acks).unwrap();
    let her = &actors[0];
    let cleared = world.service.clearing.receipt(her.id).await.unwrap().is_some();
    let mut said = Vec::new();
    for her in &actors {
        said.push(match world.service.chats.by_token(&her.token).await {
            Ok(_) => her.messages().await,
            Err(_) => Vec::new(),
        });
    }
    for line in acks.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["ACK", chat, seq, id] => kept(&said[number(chat)], number(seq), id),
            ["SAID", chat, seq] => {
                let after = said[number(chat)].iter().filter(|m| m.seq > number(seq) as i64);
                assert!(after.filter(|m| m.author == Author::Bank).count() > 0, "{line}");
            }
            ["GRANTED", id] => {
                let owner = her.owner().await;
                let id = id.parse().unwrap();
                world.service.consents.get(&owner, id).await.expect("a granted consent is there");
            }
            ["REVOKED"] => {
                let owner = her.owner().await;
                let all = world.service.consents.connections(&owner).await.unwrap();
                assert!(all.iter().all(|c| !c.consent.is_live(c.consent.requested())), "revoked");
            }
            ["BEGUN" | "CLEARED"] => {
                assert!(cleared, "a clearing that was begun is finished by recovery");
                let key = world.service.keys.get(Subject::Customer(her.id)).await;
                assert!(matches!(key, Err(KeyError::NoKey)), "the key is gone");
            }
            // The last line may have been cut by the kill.
            _ => {}
        }
    }
    for messages in said.iter().filter(|_| !cleared) {
        let count = |author| messages.iter().filter(|m| m.author == author).count();
        let (asked, answered) = (count(Author::Customer), count(Author::Bank));
        assert_eq!(asked, answered, "each message is answered once");
    }
    say(&format!("HOLDS {} messages, {} leaves", audit.messages, audit.leaves));
    world.leave().await;
}

fn number(text: &str) -> usize {
    text.parse().unwrap()
}

/// An acknowledged message is there, once.
fn kept(messages: &[Message], seq: usize, id: &str) {
    let found = messages.iter().filter(|m| m.seq == seq as i64 && m.author == Author::Customer);
    assert_eq!(found.count(), 1, "the acknowledged message {id} is at {seq}");
}

async fn rest(world: &World) {
    let waiting = async {
        loop {
            let mut tx = world.service.store.read().await.unwrap();
            if bankside_store::inbox::depth(&mut tx).await.unwrap().0 == 0 {
                return;
            }
            drop(tx);
            world.service.turns.recover(&world.service.store).await.unwrap();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(REST, waiting).await.expect("everything is answered after recovery");
}
