//! Invitations over HTTP: stale, used, forged, foreign, and from another origin.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, ORIGIN};
use axum::http::{Method, Request, StatusCode};
use bankside_service::invitations::invite;
use bankside_service::ports::Clock as _;
use bankside_service::sign_in::NewPasskey;
use bankside_service::token::Token;
use bankside_testkit::{World, tell};
use bankside_web::{App, Settings, Sites};
use tower::ServiceExt as _;

const SITE: &str = "http://localhost";

fn site(world: &World) -> Router {
    let settings = Settings {
        public_url: SITE.parse().unwrap(),
        stand_ins: Vec::new(),
        sites: Sites::default(),
        sample_site: false,
        office: Default::default(),
    };
    App::new(world.service.clone(), settings).unwrap().router()
}

async fn ask(
    site: &Router,
    request: axum::http::request::Builder,
    body: &str,
) -> (StatusCode, String) {
    let mut request = request.body(Body::from(body.to_owned())).unwrap();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 50_000));
    request.extensions_mut().insert(ConnectInfo(address));
    let response = site.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 4 << 20).await.unwrap();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

async fn get(site: &Router, path: &str, language: &str) -> (StatusCode, String) {
    let request = Request::builder().uri(path).header(ACCEPT_LANGUAGE, language);
    ask(site, request, "").await
}

/// As the page's script posts.
async fn post(site: &Router, path: &str, origin: &str) -> (StatusCode, String) {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(ORIGIN, origin)
        .header(CONTENT_TYPE, "application/json");
    ask(site, request, r#"{"label":"phone"}"#).await
}

async fn invited(world: &World, hours: u16) -> (String, Token) {
    let person = world.people().swap_remove(0);
    let (service, now) = (&world.service, world.clock.now());
    let made = invite(&service.store, &*service.entropy, now, &person.bank, person.customer, hours);
    let token = made.await.unwrap().token;
    (format!("/{}/invitation/{}", person.bank, token.expose()), token)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_opens_until_it_is_used_and_says_why_it_does_not() {
    tell("web_invitation", async |world: World| {
        let site = site(&world);
        let person = world.people().swap_remove(0);
        let (path, token) = invited(&world, 2).await;
        for language in ["en", "es", "pt", "pl", "lv", "ar"] {
            let (status, page) = get(&site, &path, language).await;
            assert_eq!(status, StatusCode::OK, "looking uses nothing up");
            assert!(page.contains("data-passkey=\"create\""), "{language}");
            assert!(page.contains(&format!("lang=\"{language}\"")), "{language}");
        }
        let her = world.service.core.customer(person.customer).await.unwrap();
        let (_, page) = get(&site, &path, "en").await;
        assert!(!page.contains(her.given_name.reveal().as_str()), "the page does not say whose");
        let (status, options) = post(&site, &format!("{path}/begin"), SITE).await;
        assert_eq!(status, StatusCode::OK);
        assert!(options.contains("\"challenge\""), "{options}");
        let (status, _) = post(&site, &format!("{path}/begin"), "https://evil.example").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "another origin begins nothing");
        // What is no credential of this ceremony registers nothing and uses nothing up.
        let (status, _) = post(&site, &format!("{path}/finish"), SITE).await;
        assert!(status.is_client_error(), "{status}");
        assert_eq!(get(&site, &path, "en").await.0, StatusCode::OK);

        let forged = format!("/{}/invitation/{}", person.bank, "A".repeat(32));
        let other = world.people().into_iter().find(|other| other.bank != person.bank).unwrap();
        let foreign = format!("/{}/invitation/{}", other.bank, token.expose());
        for path in [forged.as_str(), foreign.as_str(), "/harbour/invitation/short"] {
            let (status, page) = get(&site, path, "en").await;
            assert_eq!(status, StatusCode::GONE, "{path}");
            assert!(page.contains("We don’t know this link"), "{page}");
            assert_eq!(post(&site, &format!("{path}/begin"), SITE).await.0, StatusCode::GONE);
        }

        let invitations = &world.service.invitations;
        let open = invitations.look(&person.bank, &token).await.unwrap();
        let new = NewPasskey {
            credential_id: b"id".to_vec(),
            credential: "{}".to_owned(),
            label: "phone".to_owned(),
        };
        invitations.accept(&open, new).await.unwrap();
        let (status, page) = get(&site, &path, "en").await;
        assert_eq!(status, StatusCode::GONE);
        assert!(page.contains("It was used already"), "{page}");
        let (status, said) = post(&site, &format!("{path}/begin"), SITE).await;
        assert!(status == StatusCode::GONE && said.contains("It was used already"), "{said}");

        let (path, _) = invited(&world, 1).await;
        world.clock.advance(60 * 60 * 1000);
        let (status, page) = get(&site, &path, "pl").await;
        assert_eq!(status, StatusCode::GONE);
        assert!(page.contains("Był ważny tylko krótko"), "{page}");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_tries_many_links_is_stopped() {
    let world = World::new(bankside_testkit::Database::Sqlite, Default::default()).await;
    let site = site(&world);
    let mut last = StatusCode::OK;
    for _ in 0..40 {
        last = get(&site, &format!("/harbour/invitation/{}", "B".repeat(32)), "en").await.0;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    world.end().await;
}
