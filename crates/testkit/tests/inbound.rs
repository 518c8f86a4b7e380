//! What comes in: once, within bounds, and without secrets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_domain::conversation::MAX_MESSAGE_CHARS;
use bankside_service::commit::CommitError;
use bankside_service::conversation::ChatError;
use bankside_service::token::Token;
use bankside_testkit::actor::words;
use bankside_testkit::{Actor, Grant, World, tell};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_provider_sends_twice_is_answered_once() {
    tell("duplicates", async |mut world: World| {
        let her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        let before = her.messages().await.len();
        let sending = (0..24).map(|n| {
            let her = her.clone();
            tokio::spawn(async move { her.sends(&format!("p{}", n % 3), "balance").await })
        });
        let mut first = Vec::new();
        for sent in sending.collect::<Vec<_>>() {
            let accepted = sent.await.unwrap().unwrap();
            if !accepted.is_duplicate() {
                first.push(accepted.seq);
            }
        }
        assert_eq!(first.len(), 3);
        for seq in &first {
            her.answer_to(*seq, "balance").await;
        }
        settle(&world).await;
        assert!(her.sends("p1", "something else").await.unwrap().is_duplicate());
        world = world.restart().await;
        let her = her.again(&world);
        assert!(her.sends("p2", "balance").await.unwrap().is_duplicate());
        // Another chat may use the same id.
        let other = Actor::linked(&world, 1, "web").await;
        assert!(!other.sends("p1", "help").await.unwrap().is_duplicate());
        settle(&world).await;
        assert_eq!(her.messages().await.len(), before + 3 + 3, "three asked, three answered");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_out_of_bounds_changes_nothing() {
    tell("bounds", async |mut world: World| {
        let her = Actor::linked(&world, 0, "web").await;
        let before = world.check().await;
        let long = "é".repeat(MAX_MESSAGE_CHARS + 1);
        let wide = "x".repeat(129);
        for (id, text) in [("a", ""), ("a", " \n\t "), ("a", &*long), ("", "hi"), (&*wide, "hi")] {
            let refused = her.sends(id, text).await.unwrap_err();
            assert!(
                matches!(
                    refused,
                    CommitError::Refused(
                        ChatError::Empty | ChatError::TooLong | ChatError::ProviderId
                    )
                ),
                "{refused}"
            );
        }
        let forged = Token::parse(&"A".repeat(32)).unwrap();
        assert!(matches!(world.service.chats.by_token(&forged).await, Err(ChatError::Unknown)));
        let after = world.check().await;
        assert_eq!((before.messages, before.leaves), (after.messages, after.leaves));
        let whole = "é".repeat(MAX_MESSAGE_CHARS);
        let taken = her.sends("a", &whole).await.unwrap();
        her.answer_to(taken.seq, "a long message").await;
        world
    })
    .await;
}

/// Secrets as people type them, with the digits that must not be found anywhere.
const SECRETS: [(&str, &str, &str); 6] = [
    ("my card is 4111 1111 1111 1111", "4111111111111111", "card"),
    ("5555-5555-5555-4444 is it", "5555555555554444", "card"),
    ("ar٣٧٨٢ ٨٢٢٤٦٣ ١٠٠٠٥", "378282246310005", "card"),
    ("my pin is 7391", "7391", "pin"),
    ("cvv 847", "847", "pin"),
    ("code 482913", "482913", "code"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_is_never_kept_and_she_is_told() {
    tell("secrets", async |mut world: World| {
        for linked in [false, true] {
            let mut her = if linked {
                Actor::allowed(&world, 0, "web", Grant::all()).await
            } else {
                Actor::opens(&world, 0, "web").await
            };
            let mut chat = String::new();
            for (text, _, _) in SECRETS {
                let said = her.says(text).await;
                assert_eq!(said.len(), 1);
            }
            for message in her.messages().await {
                chat.push_str(&words(&message.body));
                chat.push('\n');
            }
            for (text, digits, kind) in SECRETS {
                assert!(!plain(&chat).contains(digits), "`{text}` is in {chat}");
                assert!(chat.contains(&format!("[{kind} removed]")), "{chat}");
            }
            if linked {
                for entry in her.log().await {
                    let body = String::from_utf8(entry.body).unwrap();
                    let record = serde_json::to_string(&entry.record.reason).unwrap();
                    for (text, digits, _) in SECRETS.iter().filter(|s| s.1.len() > 6) {
                        let found = plain(&body).contains(digits) || record.contains(digits);
                        assert!(!found, "`{text}` is in {body}");
                    }
                }
            }
        }
        world = world.restart().await;
        // The files hold no card number in any spelling; a mark in the clear is found as a control.
        let files = world.files();
        for needle in ["4111 1111 1111 1111", "4111111111111111", "5555-5555-5555-4444"] {
            assert!(!found(&files, needle.as_bytes()), "{needle} is in a file");
        }
        assert!(files.is_empty() || found(&files, b"harbour"), "the control must be found");
        world
    })
    .await;
}

/// Digits of any script as ASCII, nothing else.
fn plain(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10),
            ' ' | '-' => None,
            _ => Some('|'),
        })
        .collect()
}

fn found(files: &[Vec<u8>], needle: &[u8]) -> bool {
    files.iter().any(|bytes| bytes.windows(needle.len()).any(|w| w == needle))
}

/// Waits until nothing awaits its answer.
async fn settle(world: &World) {
    for _ in 0..2_000 {
        let mut tx = world.service.store.read().await.unwrap();
        if bankside_store::inbox::depth(&mut tx).await.unwrap().0 == 0 {
            return;
        }
        drop(tx);
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("messages still await their answers");
}
