//! Traces: what a collector really receives of one turn, and that nothing of the words is in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use common::Running;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;

/// Stands in her message and may stand nowhere else.
const CANARY: &str = "pelican-quartz-7731";

/// What was posted, as it came.
#[derive(Clone, Default)]
struct Received(Arc<Mutex<Vec<Bytes>>>);

impl Received {
    fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        for body in self.0.lock().unwrap().iter() {
            let request = ExportTraceServiceRequest::decode(body.clone()).unwrap();
            for scope in request.resource_spans.into_iter().flat_map(|r| r.scope_spans) {
                spans.extend(scope.spans);
            }
        }
        spans
    }
}

/// A collector on this machine.
async fn collector(status: StatusCode) -> (String, Received) {
    let received = Received::default();
    let take = move |State(received): State<Received>, body: Bytes| async move {
        received.0.lock().unwrap().push(body);
        status
    };
    let router = Router::new().route("/v1/traces", post(take)).with_state(received.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, received)
}

/// A browser that keeps its cookies.
#[derive(Default)]
struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn ask(&mut self, demo: &Running, method: &str, path: &str, form: &str) -> (u16, String) {
        let port = demo.port;
        let cookies: Vec<_> = self.cookies.iter().map(|(name, v)| format!("{name}={v}")).collect();
        let header = format!(
            "Cookie: {}\r\nOrigin: http://localhost:{port}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n",
            cookies.join("; ")
        );
        let (status, header, body) = demo.ask(method, path, &header, form);
        for line in header.lines() {
            let Some(cookie) = line.strip_prefix("set-cookie: ") else { continue };
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        (status, body)
    }

    /// Says something in the web chat; the page with the answer.
    fn say(&mut self, demo: &Running, text: &str) -> String {
        let chat = "/harbour/chat/web";
        let page = self.ask(demo, "GET", chat, "").1;
        let before = page.matches("class=\"msg msg-in").count();
        let id = between(&page, "name=\"client_id\" value=\"", "\"");
        let form = format!("text={}&client_id={id}", text.replace(' ', "+"));
        assert_eq!(self.ask(demo, "POST", chat, &form).0, 303);
        for _ in 0..400 {
            let page = self.ask(demo, "GET", chat, "").1;
            if page.matches("class=\"msg msg-in").count() > before {
                return page;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("no answer to `{text}`");
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.rsplit_once(before).unwrap().1.split_once(after).unwrap().0
}

/// Signs in, links the chat, and asks.
fn converse(demo: &Running) -> Browser {
    let mut her = Browser::default();
    let page = her.ask(demo, "GET", "/harbour/sign-in", "").1;
    let customer = between(&page, "name=\"customer\" value=\"", "\"").to_owned();
    let form = format!("customer={customer}&next=");
    assert_eq!(her.ask(demo, "POST", "/harbour/sign-in/stand-in", &form).0, 303);
    let page = her.say(demo, "Link this chat");
    let link = format!("/harbour/l/{}", between(&page, "href=\"/harbour/l/", "\""));
    assert_eq!(her.ask(demo, "POST", &link, "choice=link").0, 303);
    her.say(demo, &format!("what is my balance {CANARY}"));
    her
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_receives_the_steps_of_a_turn_and_nothing_of_its_words() {
    let (url, received) = collector(StatusCode::OK).await;
    let folder = tempfile::tempdir().unwrap();
    let demo = Running::demo(&folder.path().join("data"), &["--otlp", &url]);
    let her = converse(&demo);
    demo.signal("-TERM");
    assert_eq!(demo.ends().0, Some(0), "what waits is sent before it ends");

    let spans = received.spans();
    let names: BTreeSet<&str> = spans.iter().map(|span| span.name.as_str()).collect();
    for name in ["request", "turn", "understand", "permit", "seal", "commit"] {
        assert!(names.contains(name), "`{name}` is missing: {names:?}");
    }
    // The steps are below their turn.
    let seal = spans.iter().find(|span| span.name == "seal").unwrap();
    let turn = spans.iter().find(|span| span.span_id == seal.parent_span_id).unwrap();
    assert_eq!((turn.name.as_str(), &turn.trace_id), ("turn", &seal.trace_id));

    // Every attribute is one of these, and no span carries an event.
    let known = ["message", "method", "route", "status"];
    for span in &spans {
        assert!(span.events.is_empty(), "{span:?}");
        for attribute in &span.attributes {
            assert!(known.contains(&attribute.key.as_str()), "{}: {attribute:?}", span.name);
        }
    }
    let routes: BTreeSet<&str> = spans
        .iter()
        .flat_map(|span| &span.attributes)
        .filter(|attribute| attribute.key == "route")
        .filter_map(|attribute| match attribute.value.as_ref()?.value.as_ref()? {
            Value::StringValue(route) => Some(route.as_str()),
            _ => None,
        })
        .collect();
    assert!(routes.contains("/{bank}/l/{token}"), "routes, not paths: {routes:?}");
    let bytes = received.0.lock().unwrap().concat();
    let secrets = her.cookies.values().map(String::as_str).chain([CANARY, "balance"]);
    for secret in secrets {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "`{secret}` left with the traces");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_is_ill_or_gone_disturbs_nothing() {
    let (ill, received) = collector(StatusCode::INTERNAL_SERVER_ERROR).await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for url in [ill, format!("http://{gone}")] {
        let folder = tempfile::tempdir().unwrap();
        let demo = Running::demo(&folder.path().join("data"), &["--otlp", &url]);
        converse(&demo);
        assert_eq!(demo.get("/readyz").0, 200);
        demo.signal("-TERM");
        assert_eq!(demo.ends().0, Some(0), "{url}");
    }
    assert!(!received.0.lock().unwrap().is_empty(), "the ill one was asked");
}
