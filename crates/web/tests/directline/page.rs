//! A page that embeds Web Chat, without a window: what its script asks, and what it is told.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use bankside_testkit::World;
use bankside_web::{Limits, Line, Lines, Sites};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::common::{Browser, site_with};

/// Sites of the first bank.
pub const SITE: &str = "https://www.bank.example";
pub const OTHER: &str = "https://loans.bank.example";
/// What a server of the bank's has.
pub const SECRET: &str = "a secret of forty characters, or so it is";

/// The pages of a world whose first bank speaks Direct Line in that channel.
pub fn pages_in(world: &World, channel: &str) -> Router {
    pages_within(world, channel, Limits::generous())
}

pub fn pages_within(world: &World, channel: &str, limits: Limits) -> Router {
    let (bank, other) = (world.service.banks[0].id.clone(), world.service.banks[1].id.clone());
    let listed = BTreeMap::from([
        (bank.clone(), vec![SITE.to_owned(), OTHER.to_owned()]),
        (other, vec![SITE.to_owned()]),
    ]);
    let lines = Lines::from([(bank, Line::new(channel).with_secret(SECRET))]);
    site_with(world, Sites::parse(&listed).unwrap().with_lines(lines), limits)
}

/// The same, in a channel whose operator reads along.
pub fn pages(world: &World) -> Router {
    pages_in(world, "messenger")
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert!(self.status.is_success(), "{}: {text}", self.status);
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {text}"))
    }

    /// Status, and the code of the error.
    pub fn refusal(&self) -> (u16, String) {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        (self.status.as_u16(), body["error"]["code"].as_str().unwrap_or_default().to_owned())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// One request, with what tells who asks.
pub struct Ask<'a> {
    pub method: Method,
    pub path: &'a str,
    pub origin: Option<&'a str>,
    pub bearer: Option<&'a str>,
    pub body: Vec<u8>,
}

/// A page of a site.
#[derive(Clone)]
pub struct Page {
    pub router: Router,
    pub bank: String,
    pub origin: Option<&'static str>,
    pub token: String,
    pub conversation: String,
    pub watermark: String,
}

impl Page {
    /// That has no token yet.
    pub fn new(router: &Router, world: &World, origin: Option<&'static str>) -> Self {
        Self {
            router: router.clone(),
            bank: world.service.banks[0].id.to_string(),
            origin,
            token: String::new(),
            conversation: String::new(),
            watermark: String::new(),
        }
    }

    /// With a token and a conversation begun, as Web Chat begins it.
    pub async fn begun(router: &Router, world: &World) -> Self {
        let mut page = Self::new(router, world, Some(SITE));
        let given = page.post("/tokens/generate", "", json!({})).await.json();
        page.keep(&given);
        let begun = page.post("/conversations", &page.token.clone(), json!({})).await;
        assert_eq!(begun.status, StatusCode::CREATED);
        assert_eq!(begun.json()["conversationId"], json!(page.conversation));
        page
    }

    pub fn keep(&mut self, given: &Value) {
        self.token = given["token"].as_str().unwrap().to_owned();
        self.conversation = given["conversationId"].as_str().unwrap().to_owned();
    }

    pub async fn ask(&self, ask: Ask<'_>) -> Answer {
        let uri = format!("/{}/v3/directline{}", self.bank, ask.path);
        let mut request = Request::builder().method(ask.method).uri(uri);
        for (name, value) in [
            (ORIGIN, ask.origin.map(str::to_owned)),
            (AUTHORIZATION, ask.bearer.map(|token| format!("Bearer {token}"))),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let request = request.header(CONTENT_TYPE, "application/json");
        let mut request = request.body(Body::from(ask.body)).unwrap();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 50_000));
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 4 << 20).await.unwrap().to_vec();
        Answer { status, headers, body }
    }

    /// From the page's own origin, with a bearer unless that is empty.
    pub async fn send(&self, method: Method, path: &str, bearer: &str, body: Vec<u8>) -> Answer {
        let bearer = Some(bearer).filter(|bearer| !bearer.is_empty());
        self.ask(Ask { method, path, origin: self.origin, bearer, body }).await
    }

    pub async fn post(&self, path: &str, bearer: &str, body: Value) -> Answer {
        self.send(Method::POST, path, bearer, body.to_string().into_bytes()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &self.token, Vec::new()).await
    }

    fn activities(&self) -> String {
        format!("/conversations/{}/activities", self.conversation)
    }

    pub async fn posts(&self, activity: Value) -> Answer {
        self.post(&self.activities(), &self.token, activity).await
    }

    /// What came since the page last looked.
    pub async fn news(&mut self) -> Vec<Value> {
        let path = format!("{}?watermark={}", self.activities(), self.watermark);
        let set = self.get(&path).await.json();
        self.watermark = set["watermark"].as_str().unwrap().to_owned();
        set["activities"].as_array().unwrap().clone()
    }

    /// Says something; what came until the bank's answer to that very message.
    pub async fn says(&mut self, text: &str) -> Value {
        let said = self.posts(json!({ "type": "message", "text": text })).await.json();
        self.answer_to(said["id"].as_str().unwrap()).await
    }

    pub async fn answer_to(&mut self, id: &str) -> Value {
        for _ in 0..2_000 {
            let news = self.news().await;
            if let Some(answer) = news.into_iter().find(|activity| activity["replyToId"] == id) {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("no answer to {id}");
    }

    /// Links the conversation to the customer of that browser.
    pub async fn is_linked_by(&mut self, her: &mut Browser) {
        let answer = self.says("Link this chat").await;
        let link = link_of(&answer);
        assert_eq!(her.get(&link).await.status, StatusCode::OK);
        her.post(&link, &[("choice", "link")]).await.sent_to(&format!("/{}/linked/", her.bank));
    }
}

/// The path of the first link of a message, which stands on a card's button on the bank's own origin.
#[track_caller]
pub fn link_of(activity: &Value) -> String {
    let button = &activity["attachments"][0]["content"]["buttons"][0];
    assert_eq!(button["type"], "openUrl", "{activity}");
    let url = button["value"].as_str().unwrap();
    url.strip_prefix("http://localhost").unwrap().to_owned()
}
