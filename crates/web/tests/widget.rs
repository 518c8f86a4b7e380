//! The chat on the bank's own sites: who may frame it, what a browser is told to keep, and that
//! nothing else is ever framed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::large_futures)]
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_SECURITY_POLICY, COOKIE, ORIGIN, SET_COOKIE, X_FRAME_OPTIONS};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use bankside_testkit::world::Recipe;
use bankside_testkit::{Database, World};
use bankside_web::{App, Office, Settings, Sites};
use tower::ServiceExt as _;

const OURS: &str = "http://localhost";
const SITE: &str = "https://www.bank.example";
const OTHER: &str = "https://shop.bank.example:8443";

/// The pages of a world, whose first bank has two sites.
fn pages(world: &World) -> (Router, String, String) {
    let banks: Vec<_> = world.service.banks.iter().map(|bank| bank.id.clone()).collect();
    let listed = BTreeMap::from([(banks[0].clone(), vec![SITE.to_owned(), OTHER.to_owned()])]);
    let settings = Settings {
        public_url: OURS.parse().unwrap(),
        stand_ins: Vec::new(),
        sites: Sites::parse(&listed).unwrap(),
        sample_site: false,
        office: Office::default(),
    };
    let router = App::new(world.service.clone(), settings).unwrap().router();
    (router, banks[0].to_string(), banks[1].to_string())
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: impl axum::http::header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn ancestors(&self) -> &str {
        self.header(CONTENT_SECURITY_POLICY).rsplit("frame-ancestors ").next().unwrap()
    }
}

async fn ask(pages: &Router, method: Method, path: &str, cookie: &str, from: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).header(COOKIE, cookie);
    let mut request = request.header(ORIGIN, from).body(Body::empty()).unwrap();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 50_000));
    request.extensions_mut().insert(ConnectInfo(address));
    let response = pages.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), 4 << 20).await.unwrap();
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

async fn get(pages: &Router, path: &str) -> Answer {
    ask(pages, Method::GET, path, "", OURS).await
}

async fn world() -> World {
    World::new(Database::Sqlite, Recipe::default()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_framed_chat_names_the_one_site_that_frames_it() {
    let world = world().await;
    let (pages, bank, without) = pages(&world);
    for (host, origin) in [("www.bank.example", SITE), ("shop.bank.example:8443", OTHER)] {
        let chat = get(&pages, &format!("/{bank}/widget/{host}")).await;
        assert_eq!((chat.status, chat.ancestors()), (StatusCode::OK, origin));
        assert!(!chat.headers.contains_key(X_FRAME_OPTIONS));
        assert!(chat.header(CONTENT_SECURITY_POLICY).starts_with("default-src 'none'; script-src"));
        assert!(chat.body.contains(&format!("data-site=\"{origin}\"")));
    }
    for path in [
        format!("/{bank}/widget/evil.example"),
        format!("/{bank}/widget/shop.bank.example"),
        format!("/{bank}/widget/WWW.bank.example"),
        format!("/{without}/widget/www.bank.example"),
        format!("/{without}/widget.js"),
        format!("/{bank}/sample-site"),
    ] {
        let refused = get(&pages, &path).await;
        assert_eq!(
            (refused.status, refused.ancestors()),
            (StatusCode::NOT_FOUND, "'none'"),
            "{path}"
        );
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_else_is_ever_framed() {
    let world = world().await;
    let (pages, bank, _) = pages(&world);
    for path in [
        "/",
        "/sign-in",
        "/chat/web",
        "/consent",
        "/connections",
        "/stop-all",
        "/log",
        "/data",
        "/confirm",
        "/passkeys",
        "/l/AAAA",
        "/widget.js",
        "/nothing",
    ] {
        let page = get(&pages, &format!("/{bank}{path}")).await;
        assert_eq!(page.ancestors(), "'none'", "{path}");
        assert_eq!(page.header(X_FRAME_OPTIONS), "DENY", "{path}");
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_cookie_is_for_one_site_and_for_the_frame() {
    let world = world().await;
    let (pages, bank, _) = pages(&world);
    let at = format!("/{bank}/widget/www.bank.example");
    let chat = get(&pages, &format!("{at}?language=pl")).await;
    assert!(chat.body.contains("<html lang=\"pl\""));
    let cookie = chat.header(SET_COOKIE).to_owned();
    let mut attributes: Vec<&str> = cookie.split("; ").skip(1).collect();
    attributes.sort_unstable();
    let path = format!("Path=/{bank}/widget");
    for wanted in ["HttpOnly", "Partitioned", "SameSite=None", "Secure", path.as_str()] {
        assert!(attributes.contains(&wanted), "{wanted} is not in {attributes:?}");
    }
    let pair = cookie.split(';').next().unwrap();
    assert!(pair.starts_with("widget="), "apart from the chat on a page of its own");

    let again = ask(&pages, Method::GET, &at, pair, OURS).await;
    assert!(again.header(SET_COOKIE).is_empty(), "it is the same chat");
    let seen = |cookie: &'static str, from: &'static str| {
        let (pages, at) = (pages.clone(), format!("{at}/seen"));
        async move { ask(&pages, Method::POST, &at, cookie, from).await.status }
    };
    let pair: &'static str = pair.to_owned().leak();
    assert_eq!(seen(pair, OURS).await, StatusCode::NO_CONTENT);
    assert_eq!(seen("", OURS).await, StatusCode::NOT_FOUND);
    assert_eq!(seen(pair, SITE).await, StatusCode::FORBIDDEN);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sites_may_load_the_script_and_it_says_nothing_of_anybody() {
    let world = world().await;
    let (pages, bank, _) = pages(&world);
    let path = format!("/{bank}/widget.js");
    let script = get(&pages, &path).await;
    assert_eq!(script.status, StatusCode::OK);
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert!(script.body.contains("\"origin\":\"http://localhost\""));
    let signed = ask(&pages, Method::GET, &path, "session=AAAA; widget=BBBB", SITE).await;
    assert_eq!(signed.body, script.body);
    assert!(signed.header(SET_COOKIE).is_empty());
    world.end().await;
}
