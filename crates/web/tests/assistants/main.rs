//! AI assistants over the real routes, on both databases: how one is let in, every rule of OAuth
//! that is easily got wrong, what it is told, and that what ends, ends at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::large_futures,
    missing_docs,
    unreachable_pub,
    dead_code
)]

mod client;
#[path = "../common/mod.rs"]
mod common;
mod ending;
mod protocol;
mod rules;
mod telling;

use axum::http::StatusCode;
use bankside_testkit::{World, tell};
use serde_json::json;

use client::{Client, parameter, tokens};
use common::{Browser, site};

pub const USUAL: &str = "accounts balances transactions recurring";

/// The bank of the first customer.
pub fn bank(world: &World) -> String {
    world.people()[0].bank.to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_assistant_finds_its_way_in_and_the_customer_sees_who_asks() {
    tell("asst_way_in", async |world: World| {
        let (site, bank) = (site(&world), bank(&world));
        let stranger = Client::registers(&site, &bank, "Par\u{202e}rot").await;

        // As the specification leads a client that knows the address alone.
        let refused = stranger.mcp("", "{}".to_owned(), &[]).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        let challenge = refused.headers["www-authenticate"].to_str().unwrap();
        let metadata = format!("http://localhost/.well-known/oauth-protected-resource/{bank}/mcp");
        assert!(challenge.contains(&format!("resource_metadata=\"{metadata}\"")), "{challenge}");
        assert!(challenge.contains(&format!("scope=\"{USUAL}\"")), "{challenge}");
        let resource = stranger.get(&metadata["http://localhost".len()..]).await.json();
        assert_eq!(resource["resource"], json!(format!("http://localhost/{bank}/mcp")));
        let issuer = format!("http://localhost/{bank}");
        assert_eq!(resource["authorization_servers"], json!([issuer]));
        let server = format!("/.well-known/oauth-authorization-server/{bank}");
        let server = stranger.get(&server).await.json();
        assert_eq!(server["issuer"], json!(issuer));
        assert_eq!(server["code_challenge_methods_supported"], json!(["S256"]));
        assert_eq!(server["authorization_response_iss_parameter_supported"], json!(true));
        assert_eq!(
            stranger.get("/.well-known/oauth-authorization-server/nobank").await.status,
            404
        );

        // Nobody is signed in: first the bank's own sign-in, then the very same question.
        let mut nobody = Browser::new(&site, &bank);
        let sent = stranger.sends(&mut nobody, &stranger.wishes(USUAL)).await;
        let ask = sent.sent_to(&format!("/{bank}/consent?"));
        nobody.get(&ask).await.sent_to(&format!("/{bank}/sign-in?next="));

        let mut her = Browser::signed_in(&world, &site, 0).await;
        let page = stranger.asks(&mut her, USUAL).await;
        assert!(page.body.contains("The app calls itself “Parrot”"), "{}", page.body);
        assert!(page.body.contains("an app on this device"));
        assert!(!page.body.contains("checked=\"checked\" name=\"account\""));
        assert!(page.values("see-account_numbers").is_empty(), "account numbers are not asked for");

        let back = stranger.is_allowed(&mut her, USUAL).await;
        assert_eq!(back.port(), Some(49_152), "the port of this time");
        assert_eq!(parameter(&back, "state").as_deref(), Some("st&te"));
        assert_eq!(parameter(&back, "iss").as_deref(), Some(issuer.as_str()));
        let given = stranger.exchanges(&parameter(&back, "code").unwrap()).await;
        let given = tokens(&given);
        assert_eq!(given.scope, USUAL);

        let told = stranger.calls(&given.access, "get_balances", json!({})).await;
        assert_eq!(told["isError"], json!(false), "{told}");
        assert_eq!(told["structuredContent"]["balances"].as_array().unwrap().len(), 1);

        // Her pages call it by its name.
        let log = her.get("/log").await;
        assert!(log.body.contains("Parrot"), "{}", log.body);
        assert!(her.get("/connections").await.body.contains("Parrot"));
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_goes_back_and_gives_nothing() {
    tell("asst_refusal", async |world: World| {
        let (site, bank) = (site(&world), bank(&world));
        let client = Client::registers(&site, &bank, "Parrot").await;
        let mut her = Browser::signed_in(&world, &site, 0).await;
        let ask = client.asks(&mut her, USUAL).await;
        let done = her.answers(&ask, "/consent", "refuse").await;
        let back = client.comes_back(&mut her, &done).await;
        assert_eq!(parameter(&back, "error").as_deref(), Some("access_denied"));
        assert_eq!(parameter(&back, "code"), None);
        let issuer = format!("http://localhost/{bank}");
        assert_eq!(parameter(&back, "iss").as_deref(), Some(issuer.as_str()));
        // The same page, posted again, decides nothing any more.
        assert_eq!(her.answers(&ask, "/consent", "refuse").await.status, StatusCode::GONE);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_customer_cannot_take_her_answer() {
    tell("asst_answer", async |world: World| {
        let (site, bank) = (site(&world), bank(&world));
        let client = Client::registers(&site, &bank, "Parrot").await;
        let people = world.people();
        let other = people.iter().skip(1).position(|p| p.bank == people[0].bank).unwrap() + 1;
        let mut her = Browser::signed_in(&world, &site, 0).await;
        let mut him = Browser::signed_in(&world, &site, other).await;
        let ask = client.asks(&mut her, USUAL).await;
        let done = her.answers(&ask, "/consent", "refuse").await;
        let back = done.sent_to(&format!("/{bank}/oauth/back?"));
        assert_eq!(him.get(&back).await.status, StatusCode::FORBIDDEN);
        assert_eq!(her.get(&back).await.status, StatusCode::OK);
        world
    })
    .await;
}
