//! Linking a chat by a code, by forms alone, and the webhook of a channel that is answered in its own
//! request.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::large_futures,
    missing_docs,
    unreachable_pub,
    dead_code
)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use bankside_domain::channel::{Contact, Event, Inbound};
use bankside_testkit::postbox::Postbox;
use bankside_testkit::world::Recipe;
use bankside_testkit::{Database, World};

use common::{Browser, site};

async fn world() -> World {
    let voice = Arc::new(Postbox::spoken(Duration::from_secs(30)));
    let recipe = Recipe { spoken: Some(("voice", voice)), ..Recipe::default() };
    World::new(Database::Sqlite, recipe).await
}

/// Somebody says something to the assistant; what it answers.
async fn says(world: &World, id: &str, text: &str) -> String {
    let service = &world.service;
    let (_, bank) = service.reached.get("voice").unwrap();
    let event = Event::Message { text: text.to_owned().into() };
    let from = Contact::new("U1");
    let inbound = Inbound { id: id.to_owned(), from, at: None, language: None, event };
    service.reached.receive(bank, "voice", &inbound).await.unwrap();
    let request = bankside_service::ports::Delivered {
        method: "POST",
        path: "",
        query: "",
        header: &|_| None,
        body: b"",
        at: bankside_domain::Timestamp::default(),
    };
    service.reached.answer("voice", &inbound, &request).await.unwrap().body
}

/// The code that the page shows.
fn code_on(page: &str) -> String {
    let shown: Vec<_> = page.split(['<', '>']).filter(|text| is_code(text)).collect();
    assert_eq!(shown.len(), 1, "{page}");
    shown[0].to_owned()
}

fn is_code(text: &str) -> bool {
    text.len() == 11
        && text.split(' ').all(|group| group.len() == 3 && group.parse::<u16>().is_ok())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_gets_a_code_says_it_and_picks_the_words() {
    let mut world = world().await;
    let mut her = Browser::signed_in(&world, &site(&world), 0).await;
    let permissions = her.get("/connections").await;
    assert!(permissions.body.contains("/link-code\""), "{}", permissions.body);
    let page = her.get("/link-code").await;
    assert_eq!(page.values("channel"), ["voice"]);
    her.post("/link-code", &[("channel", "voice")]).await.sent_to("/harbour/link-code");
    let code = code_on(&her.get("/link-code").await.body);
    let waits = her.get("/link-code?did=look").await;
    assert!(waits.body.contains("Nobody has said this code yet"), "{}", waits.body);
    let told = says(&world, "1", &code).await;
    let page = her.get("/link-code").await;
    let phrases = page.values("phrase");
    assert_eq!(phrases.len(), 7, "six phrases, and none of them");
    let right: Vec<_> = phrases.iter().filter(|p| !p.is_empty() && told.contains(**p)).collect();
    assert_eq!(right.len(), 1, "{told}");
    let fields = [("id", page.values("id")[0]), ("phrase", right[0])];
    her.post("/link-code/compare", &fields).await.sent_to("/harbour/linked/voice");
    let linked = her.get("/linked/voice").await;
    assert!(linked.body.contains("/consent?party=voice"), "{}", linked.body);
    let again = her.post("/link-code/compare", &fields).await;
    assert_eq!(again.status, StatusCode::GONE, "{}", again.body);
    world.check().await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_pick_and_another_customer_link_nothing() {
    let mut world = world().await;
    let pages = site(&world);
    let mut her = Browser::signed_in(&world, &pages, 0).await;
    let wrong = her.post("/link-code", &[("channel", "messenger")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody is connected there");
    her.post("/link-code", &[("channel", "voice")]).await.sent_to("/harbour/link-code");
    let code = code_on(&her.get("/link-code").await.body);
    says(&world, "1", &code).await;
    let page = her.get("/link-code").await;
    let id = page.values("id")[0].to_owned();
    let none = [("id", id.as_str()), ("phrase", "")];
    her.post("/link-code/compare", &none).await.sent_to("/harbour/link-code?did=mismatch");
    let page = her.get("/link-code?did=mismatch").await;
    assert!(page.body.contains("The code is used up"), "{}", page.body);
    let told = says(&world, "2", "hello").await;
    assert!(told.contains("Link by code"), "still a stranger: {told}");
    world.check().await;
    world.end().await;
}
