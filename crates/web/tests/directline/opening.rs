//! What opens a chat: for whom, for how long, and that it opens no other.

use axum::http::{Method, StatusCode};
use bankside_service::direct_line::TOKEN_MS;
use bankside_testkit::world::Recipe;
use bankside_testkit::{Database, World, tell};
use bankside_web::Limits;
use serde_json::{Value, json};

use crate::common::Browser;
use crate::page::{Answer, Ask, OTHER, Page, SECRET, SITE, pages, pages_within};

const EVIL: &str = "https://evil.example";

async fn world() -> World {
    World::new(Database::Sqlite, Recipe::default()).await
}

/// Asks for a token, as a page of `origin` or a server with a secret would.
async fn wants(page: &Page, origin: Option<&str>, bearer: Option<&str>, body: &str) -> Answer {
    let body = body.as_bytes().to_vec();
    page.ask(Ask { method: Method::POST, path: "/tokens/generate", origin, bearer, body }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_for_pages_of_listed_sites_or_for_who_has_the_secret() {
    let world = world().await;
    let page = Page::new(&pages(&world), &world, None);
    let check = async |origin, bearer, body, expected: Result<(), (u16, &str)>| {
        let answer = wants(&page, origin, bearer, body).await;
        let got = if answer.status.is_success() { Ok(()) } else { Err(answer.refusal()) };
        let expected = expected.map_err(|(status, code)| (status, code.to_owned()));
        assert_eq!(got, expected, "{origin:?} {bearer:?} {body}");
        if got.is_ok() {
            assert_eq!(answer.json()["expires_in"], json!(TOKEN_MS / 1000));
        }
    };
    check(Some(SITE), None, "", Ok(())).await;
    check(Some(OTHER), None, "{\"user\":{\"id\":\"dl_x\"}}", Ok(())).await;
    check(None, None, "", Err((401, "Unauthorized"))).await;
    for foreign in [EVIL, "null", "https://www.bank.example:8443", "http://www.bank.example"] {
        check(Some(foreign), None, "", Err((403, "Forbidden"))).await;
        check(Some(foreign), Some(SECRET), "", Err((403, "Forbidden"))).await;
    }
    check(None, Some(SECRET), "", Ok(())).await;
    check(None, Some(SECRET), "{\"trustedOrigins\":[]}", Ok(())).await;
    let trusted = format!("{{\"trustedOrigins\":[\"{SITE}\"]}}");
    check(None, Some(SECRET), &trusted, Ok(())).await;
    let two = format!("{{\"trustedOrigins\":[\"{SITE}\",\"{OTHER}\"]}}");
    check(None, Some(SECRET), &two, Err((400, "BadArgument"))).await;
    let evil = format!("{{\"trustedOrigins\":[\"{EVIL}\"]}}");
    check(None, Some(SECRET), &evil, Err((400, "BadArgument"))).await;
    check(None, Some(SECRET), "no JSON", Err((400, "BadArgument"))).await;
    check(None, Some("a wrong secret"), "", Err((403, "TokenExpired"))).await;
    check(Some(SITE), Some(SECRET), "", Err((403, "Forbidden"))).await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_opens_its_own_conversation_for_its_own_site() {
    tell("dl_token", async |world: World| {
        let router = pages(&world);
        let (page, other) =
            (Page::begun(&router, &world).await, Page::begun(&router, &world).await);
        let expired = (403, "TokenExpired".to_owned());
        let path = format!("/conversations/{}/activities", page.conversation);
        let ask = async |origin, bearer| {
            let (method, body) = (Method::GET, Vec::new());
            page.ask(Ask { method, path: &path, origin, bearer, body }).await
        };
        assert_eq!(ask(Some(SITE), Some(page.token.as_str())).await.status, StatusCode::OK);
        for (origin, bearer) in [
            (Some(OTHER), Some(page.token.as_str())),
            (None, Some(page.token.as_str())),
            (Some(SITE), Some(other.token.as_str())),
            (Some(SITE), Some("A")),
            (Some(SITE), Some(SECRET)),
            (Some(SITE), Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ] {
            assert_eq!(ask(origin, bearer).await.refusal(), expired, "{origin:?} {bearer:?}");
        }
        assert_eq!(ask(Some(SITE), None).await.refusal(), (401, "Unauthorized".to_owned()));
        // One that was given to a server without naming a site is good for each of them.
        let given = wants(&page, None, Some(SECRET), "").await.json();
        let mut any = Page::new(&router, &world, Some(OTHER));
        any.keep(&given);
        any.news().await;
        any.origin = None;
        any.news().await;
        let named = format!("{{\"trustedOrigins\":[\"{OTHER}\"]}}");
        any.keep(&wants(&page, None, Some(SECRET), &named).await.json());
        any.origin = Some(SITE);
        let path = format!("/conversations/{}/activities", any.conversation);
        assert_eq!(any.get(&path).await.refusal(), expired);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_runs_out_unless_it_is_renewed_in_time() {
    tell("dl_expiry", async |world: World| {
        let mut page = Page::begun(&pages(&world), &world).await;
        world.clock.advance(TOKEN_MS / 2);
        let renewed = page.post("/tokens/refresh", &page.token.clone(), json!({})).await.json();
        assert_eq!(renewed["conversationId"], json!(page.conversation));
        assert_ne!(renewed["token"], json!(page.token));
        assert_eq!(renewed["expires_in"], json!(TOKEN_MS / 1000));
        let first = page.clone();
        page.keep(&renewed);
        world.clock.advance(TOKEN_MS / 2);
        let path = format!("/conversations/{}", page.conversation);
        let expired = (403, "TokenExpired".to_owned());
        assert_eq!(first.get(&path).await.refusal(), expired);
        let again = first.post("/tokens/refresh", &first.token, json!({})).await;
        assert_eq!(again.refusal(), expired, "what ran out is not renewed");
        assert_eq!(page.get(&path).await.json()["token"], json!(page.token));
        assert_eq!(world.service.direct_line.sweep().await.unwrap(), 2, "with the unused ticket");
        world.clock.advance(TOKEN_MS);
        assert_eq!(page.get(&path).await.refusal(), expired);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_keeps_conversations_tokens_and_watermarks() {
    for database in bankside_testkit::world::databases("dl_restart").await {
        let world = World::new(database, Recipe::default()).await;
        let mut page = Page::begun(&pages(&world), &world).await;
        let answer = page.says("hello").await;
        let watermark = page.watermark.clone();
        page.router = axum::Router::new();
        let world = world.restart().await;
        page.router = pages(&world);
        let begun = page.post("/conversations", &page.token.clone(), json!({})).await;
        assert_eq!(begun.status, StatusCode::OK, "it is there already");
        assert_eq!(page.news().await, Vec::<Value>::new());
        let second = page.says("Help").await;
        assert_ne!(second["id"], answer["id"]);
        page.watermark.clear();
        let ids: Vec<_> = page.news().await.iter().map(|a| a["id"].clone()).collect();
        let expected = (1..=ids.len()).map(|n| json!(format!("{}|{n:07}", page.conversation)));
        assert_eq!(ids, expected.collect::<Vec<_>>(), "each once, in their order");
        assert!(watermark.parse::<usize>().unwrap() < ids.len());
        page.router = axum::Router::new();
        world.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_ended_or_cleared_opens_nothing() {
    tell("dl_ended", async |world: World| {
        let router = pages(&world);
        let expired = (403, "TokenExpired".to_owned());
        let mut page = Page::begun(&router, &world).await;
        page.says("hello").await;
        page.posts(json!({ "type": "endOfConversation" })).await.json();
        let again = page.posts(json!({ "type": "message", "text": "hello" })).await;
        assert_eq!(again.refusal(), expired);

        let mut her = Browser::signed_in(&world, &router, 0).await;
        let mut page = Page::begun(&router, &world).await;
        page.is_linked_by(&mut her).await;
        page.says("hello").await;
        let person = &world.people()[0];
        let opened = world.service.sign_in.open(person.customer, &person.bank, None).await;
        let signed_in = opened.unwrap().1;
        world.service.clearing.begin(&signed_in).await.unwrap();
        world.service.clearing.finish_pending().await.unwrap();
        let path = format!("/conversations/{}/activities", page.conversation);
        assert_eq!(page.get(&path).await.refusal(), expired, "her history is gone, and so is this");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_is_told_which_site_may_ask_and_nobody_else_is() {
    let world = world().await;
    let router = pages(&world);
    let page = Page::new(&router, &world, None);
    let preflight = async |bank: &str, path: &str, origin: &str| {
        let uri = format!("/{bank}/v3/directline{path}");
        let request = axum::http::Request::builder().method(Method::OPTIONS).uri(uri);
        let request = request.header("origin", origin);
        let request = request.header("access-control-request-method", "POST");
        let request = request.body(axum::body::Body::empty()).unwrap();
        let response = tower::ServiceExt::oneshot(router.clone(), request).await.unwrap();
        (response.status(), response.headers().clone())
    };
    let allowed = "access-control-allow-origin";
    for path in ["/tokens/generate", "/conversations", "/conversations/x/activities", "/nothing"] {
        let (status, headers) = preflight(&page.bank, path, SITE).await;
        assert_eq!((status, headers[allowed].to_str().unwrap()), (StatusCode::NO_CONTENT, SITE));
        let taken = headers["access-control-allow-headers"].to_str().unwrap();
        assert!(taken.contains("authorization") && taken.contains("x-ms-bot-agent"), "{taken}");
        assert_eq!(headers["vary"], "origin");
        assert!(!headers.contains_key("access-control-allow-credentials"));
        let (status, headers) = preflight(&page.bank, path, EVIL).await;
        assert_eq!((status, headers.get(allowed)), (StatusCode::FORBIDDEN, None), "{path}");
    }
    let without = world.service.banks[1].id.to_string();
    for bank in [without.as_str(), "nobank"] {
        let (status, headers) = preflight(bank, "/tokens/generate", SITE).await;
        assert_eq!((status, headers.get(allowed)), (StatusCode::NOT_FOUND, None), "{bank}");
    }
    // What is refused is readable to the page, and what is told is kept by nobody.
    let refused = wants(&page, Some(SITE), Some(SECRET), "").await;
    assert_eq!(refused.header(allowed), SITE);
    assert_eq!(refused.header("cache-control"), "no-store");
    assert_eq!(refused.header("x-content-type-options"), "nosniff");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_too_often_waits() {
    let world = world().await;
    let router = pages_within(&world, "messenger", Limits::default());
    let page = Page::new(&router, &world, Some(SITE));
    let often = (429, "ThrottlingError".to_owned());
    let mut given = Vec::new();
    let refused = loop {
        let answer = wants(&page, Some(SITE), None, "").await;
        if !answer.status.is_success() {
            break answer;
        }
        given.push(answer);
        assert!(given.len() < 1_000, "there is no limit");
    };
    assert_eq!(refused.refusal(), often);
    assert_eq!(refused.header("retry-after"), "60");
    assert_eq!(refused.header("access-control-expose-headers"), "retry-after");
    let mut page = page;
    page.keep(&given[0].json());
    let mut said = 0;
    let refused = loop {
        let answer = page.posts(json!({ "type": "typing" })).await;
        if !answer.status.is_success() {
            break answer.refusal();
        }
        said += 1;
        assert!(said < 1_000, "there is no limit");
    };
    assert_eq!(refused, often);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_chooses_the_language_before_anything_is_said() {
    let world = world().await;
    let router = pages(&world);
    let mut page = Page::new(&router, &world, Some(SITE));
    page.keep(&wants(&page, Some(SITE), None, "").await.json());
    let body = json!({ "user": { "id": "x" }, "locale": "pt-BR" });
    assert_eq!(page.post("/conversations", &page.token.clone(), body).await.status, 201);
    let answer = page.says("Ajuda").await;
    assert_eq!(answer["locale"], "pt");
    world.end().await;
}
