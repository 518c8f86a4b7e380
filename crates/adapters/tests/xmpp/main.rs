//! A conversation through a real server: Prosody (`apt-get install prosody`), with a customer by
//! slixmpp, in the Python that `BANKSIDE_SLIXMPP` names. Skipped by name where one is missing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod world;

use bankside_domain::channel::{Contact, Event, Status};
use bankside_domain::conversation::Choice;
use bankside_domain::personal::Personal;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, SendError};
use serde_json::json;
use world::World;

fn message(text: &str) -> Event {
    Event::Message { text: Personal::from(text) }
}

fn frame(text: &str) -> Frame {
    Frame { text: text.to_owned(), ..Frame::default() }
}

fn went(id: &str, status: Status) -> Event {
    Event::Status { of: Some(id.to_owned()), until: None, status }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_through_a_server() {
    let Some(mut world) = World::start().await else { return };
    let contact = Contact::new("her@chat.localhost");
    world.her.does(json!({ "do": "subscribe" })).await;
    let began = world.next().await;
    assert_eq!((began.event, &began.from), (Event::Begin { reference: None }, &contact));
    world.her.sees("subscribed").await;
    she_speaks(&mut world, &contact).await;
    bank_speaks(&mut world, &contact).await;
    what_is_not_taken_comes_back(&mut world).await;
    nobody_is_there(&world).await;
    the_server_restarts(&mut world, &contact).await;
    world.her.does(json!({ "do": "unsubscribe" })).await;
    assert_eq!(world.next().await.event, Event::Leave);
}

async fn she_speaks(world: &mut World, contact: &Contact) {
    world.her.does(json!({ "do": "say", "body": "balance, ż 👍 <&>" })).await;
    let id = world.her.sees("said").await["id"].as_str().unwrap().to_owned();
    let said = world.next().await;
    assert_eq!((&said.from, &said.event), (contact, &message("balance, ż 👍 <&>")));
    assert_eq!(world.her.sees("receipt").await["id"], id.as_str());
    world.her.does(json!({ "do": "correct", "id": id, "body": "accounts" })).await;
    let edit = Event::Edit { of: id.clone(), text: Personal::from("accounts") };
    assert_eq!(world.next().await.event, edit);
    let url = "https://files.example/a.png";
    world.her.does(json!({ "do": "picture", "url": url })).await;
    assert_eq!(world.next().await.event, Event::Media);
    world.her.does(json!({ "do": "retract", "id": said.id })).await;
    assert_eq!(world.next().await.event, Event::Deletion { of: said.id });
    world.her.does(json!({ "do": "ask" })).await;
    let answers = world.her.sees("answers").await;
    assert_eq!(answers["name"], "Harbour Bank");
    let features = answers["features"].as_array().unwrap();
    assert!(features.contains(&json!("urn:xmpp:receipts")), "{features:?}");
}

async fn bank_speaks(world: &mut World, contact: &Contact) {
    let choice = |label: &str, says: &str| Choice { label: label.into(), says: says.into() };
    let answers = vec![choice("Everyday ••34", "everyday"), choice("Savings", "savings")];
    let asks = Frame { answers, ..frame("Which one?\u{1b}\nhttps://bank.example/l/1?a=b&c=d") };
    world.channel.typing(contact).await;
    world.her.sees("composing").await;
    let id = world.channel.send(contact, &asks, "01a/0").await.unwrap().unwrap();
    let seen = world.her.sees("message").await;
    let body = "Which one?\nhttps://bank.example/l/1?a=b&c=d\n\n1. Everyday ••34\n2. Savings";
    assert_eq!((&seen["body"], &seen["id"]), (&json!(body), &json!("01a/0")));
    assert_eq!(seen["answers"], json!(["everyday", "savings"]));
    let arrived = world.next().await;
    assert_eq!((arrived.event, &arrived.from), (went(&id, Status::Delivered), contact));
    world.her.does(json!({ "do": "displayed", "id": "01a/0" })).await;
    assert_eq!(world.next().await.event, went(&id, Status::Read));
    world.her.does(json!({ "do": "say", "body": "everyday" })).await;
    world.her.sees("said").await;
    assert_eq!(world.next().await.event, message("everyday"));
    world.her.sees("receipt").await;
    world.channel.retract(contact, &id).await.unwrap();
    assert_eq!(world.her.sees("retraction").await["id"], "01a/0");
    assert!(world.channel.test().await.unwrap().contains("bank@bank.localhost"));
}

async fn what_is_not_taken_comes_back(world: &mut World) {
    world.refuses(true);
    world.her.does(json!({ "do": "say", "body": "not now" })).await;
    let id = world.her.sees("said").await["id"].clone();
    let error = world.her.sees("error").await;
    assert_eq!((&error["id"], &error["condition"]), (&id, &json!("resource-constraint")));
    world.refuses(false);
}

async fn nobody_is_there(world: &World) {
    let nobody = Contact::new("nobody@chat.localhost");
    let sent = world.channel.send(&nobody, &frame("x"), "01b/0").await;
    let why = "service-unavailable".to_owned();
    assert_eq!(sent, Err(SendError::Later { after_millis: None, why }));
}

/// The server is killed between messages: each is told to be sent or is tried again, is kept for her
/// while she is away, and she sees each once and in order.
async fn the_server_restarts(world: &mut World, contact: &Contact) {
    const MESSAGES: usize = 20;
    let mut seen = Vec::new();
    for number in 0..MESSAGES {
        if number == MESSAGES / 2 {
            sees(world, &mut seen, number).await;
            world.she_and_the_server_go();
            let sent = world.channel.send(contact, &frame("down"), "01d/0").await;
            assert!(matches!(sent, Err(SendError::Later { .. })), "{sent:?}");
            world.the_server_comes().await;
        }
        if number == MESSAGES * 3 / 4 {
            world.she_comes().await;
        }
        let (text, key) = (frame(&format!("number {number}")), format!("01c/{number}"));
        while let Err(error) = world.channel.send(contact, &text, &key).await {
            assert!(matches!(error, SendError::Later { .. }), "{error:?}");
            tokio::time::sleep(world::LOOK).await;
        }
    }
    sees(world, &mut seen, MESSAGES).await;
    let sent: Vec<_> = (0..MESSAGES).map(|number| format!("number {number}")).collect();
    assert_eq!(seen, sent);
    world.her.does(json!({ "do": "say", "body": "still here" })).await;
    while world.next().await.event != message("still here") {}
    world.her.sees("receipt").await;
    let more = world.her.seen("message");
    assert!(more.is_empty(), "{more:?}");
}

async fn sees(world: &mut World, seen: &mut Vec<String>, count: usize) {
    while seen.len() < count {
        seen.push(world.her.sees("message").await["body"].as_str().unwrap().to_owned());
    }
}
