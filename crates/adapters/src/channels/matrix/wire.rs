//! What is asked of the homeserver. Client-Server API; each method names its endpoint.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bankside_service::ports::SendError;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Method, Request, Response};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::fault;
use super::settings::Settings;
use crate::http::{Bounds, HttpClient};

/// Longest wait for an answer, and the most of it that is read, in bytes.
const BOUNDS: Bounds = Bounds { deadline: Duration::from_secs(10), answer: 16 * 1024 };
/// The same for the members of a room: a few people take a few kilobytes.
const MEMBERS: Bounds = Bounds { answer: 64 * 1024, ..BOUNDS };
/// How long the sign stands that an answer is being written, in milliseconds, unless it comes.
const TYPING_MS: u32 = 20_000;

/// Who is in a room or invited.
#[derive(Default)]
pub(super) struct Members {
    /// Whether the bank is in it.
    pub(super) with_us: bool,
    /// The others; nothing where there are more than can be read.
    pub(super) others: Option<Vec<String>>,
}

/// The homeserver.
pub(super) struct Wire {
    settings: Arc<Settings>,
    client: HttpClient,
}

impl Wire {
    pub(super) fn new(settings: Arc<Settings>, client: HttpClient) -> Self {
        Self { settings, client }
    }

    /// `PUT /rooms/{roomId}/send/m.room.message/{txnId}`: the same key twice is one event, whose id
    /// it says.
    pub(super) async fn say(
        &self,
        room: &str,
        key: &str,
        content: &Value,
    ) -> Result<String, SendError> {
        let path = format!("rooms/{}/send/m.room.message/{}", segment(room), segment(key));
        let answer = self.ask(Method::PUT, &path, Some(content)).await?;
        let id = answer.get("event_id").and_then(Value::as_str).map(str::to_owned);
        id.ok_or(SendError::Refused { why: "the homeserver gave no id".to_owned() })
    }

    /// `PUT /rooms/{roomId}/redact/{eventId}/{txnId}`.
    pub(super) async fn redact(&self, room: &str, id: &str) -> Result<(), SendError> {
        let (room, id) = (segment(room), segment(id));
        // The transaction is named after the event: to take it back twice is to do it once.
        let path = format!("rooms/{room}/redact/{id}/redact-{id}");
        self.ask(Method::PUT, &path, Some(&json!({}))).await.map(drop)
    }

    /// `PUT /rooms/{roomId}/typing/{userId}`.
    pub(super) async fn types(&self, room: &str) -> Result<(), SendError> {
        let path = format!("rooms/{}/typing/{}", segment(room), segment(&self.settings.bot()));
        let sign = json!({ "typing": true, "timeout": TYPING_MS });
        self.ask(Method::PUT, &path, Some(&sign)).await.map(drop)
    }

    /// `POST /rooms/{roomId}/join`; to join twice is to do it once.
    pub(super) async fn join(&self, room: &str) -> Result<(), SendError> {
        let path = format!("rooms/{}/join", segment(room));
        self.ask(Method::POST, &path, Some(&json!({}))).await.map(drop)
    }

    /// `POST /rooms/{roomId}/leave`.
    pub(super) async fn leave(&self, room: &str) -> Result<(), SendError> {
        let path = format!("rooms/{}/leave", segment(room));
        self.ask(Method::POST, &path, Some(&json!({}))).await.map(drop)
    }

    /// `POST /register`, as an application service does: the bank's own account exists afterwards.
    pub(super) async fn register(&self) -> Result<(), SendError> {
        let account = json!({
            "type": "m.login.application_service",
            "username": self.settings.localpart(),
            "inhibit_login": true,
        });
        match self.ask(Method::POST, "register", Some(&account)).await {
            Err(SendError::Refused { why }) if why.ends_with("M_USER_IN_USE") => Ok(()),
            answer => answer.map(drop),
        }
    }

    /// `GET /rooms/{roomId}/members`.
    pub(super) async fn members(&self, room: &str) -> Result<Members, SendError> {
        let path = format!("rooms/{}/members?not_membership=leave", segment(room));
        let answer = self.send(Method::GET, &path, None, MEMBERS).await?;
        if answer.status().is_success() && answer.body().len() >= MEMBERS.answer {
            return Ok(Members { with_us: true, others: None });
        }
        Ok(members(&fault::read(&answer)?, &self.settings.bot()))
    }

    /// `GET /rooms/{roomId}/state/{eventType}`, twice: whether nobody comes in without an invitation,
    /// and nobody reads from outside. Defaults are those of "History visibility" and of `m.room.join_rules`.
    pub(super) async fn is_private(&self, room: &str) -> Result<bool, SendError> {
        let rule = self.state(room, "m.room.join_rules", "join_rule").await?;
        let sight = self.state(room, "m.room.history_visibility", "history_visibility").await?;
        let invited_only = matches!(rule.as_deref(), None | Some("invite" | "knock" | "private"));
        Ok(invited_only && sight.as_deref() != Some("world_readable"))
    }

    async fn state(
        &self,
        room: &str,
        kind: &str,
        field: &str,
    ) -> Result<Option<String>, SendError> {
        let path = format!("rooms/{}/state/{kind}", segment(room));
        match self.ask(Method::GET, &path, None).await {
            Err(SendError::Gone { why }) if why.ends_with("M_NOT_FOUND") => Ok(None),
            Err(error) => Err(error),
            Ok(state) => {
                Ok(Some(state.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()))
            }
        }
    }

    /// `GET /account/whoami`: whose token it is.
    pub(super) async fn whoami(&self) -> Result<String, SendError> {
        let answer = self.ask(Method::GET, "account/whoami", None).await?;
        Ok(answer.get("user_id").and_then(Value::as_str).unwrap_or_default().to_owned())
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, SendError> {
        fault::read(&self.send(method, path, body, BOUNDS).await?)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        bounds: Bounds,
    ) -> Result<Response<Bytes>, SendError> {
        let request = self.request(method, path, body);
        let request = request
            .map_err(|_| SendError::Refused { why: "no request can be made of it".to_owned() })?;
        let answer = self.client.send(request, bounds).await;
        answer.map_err(|error| SendError::Later { after_millis: None, why: error.to_string() })
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Request<Bytes>, http::Error> {
        let token = format!("Bearer {}", self.settings.as_token.reveal());
        let mut token = HeaderValue::try_from(token)?;
        token.set_sensitive(true);
        let uri = format!("{}/_matrix/client/v3/{path}", self.settings.homeserver);
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .header(AUTHORIZATION, token)
            .header(USER_AGENT, concat!("bankside/", env!("CARGO_PKG_VERSION")));
        match body {
            Some(body) => {
                request.header(CONTENT_TYPE, "application/json").body(body.to_string().into())
            }
            None => request.body(Bytes::new()),
        }
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.settings, f)
    }
}

/// Those of an answer who are in the room, or may come in at any time.
fn members(answer: &Value, own: &str) -> Members {
    let mut found = Members { with_us: false, others: Some(Vec::new()) };
    for event in answer.get("chunk").and_then(Value::as_array).into_iter().flatten() {
        let who = event.get("state_key").and_then(Value::as_str).unwrap_or_default();
        let membership = event.pointer("/content/membership").and_then(Value::as_str);
        match membership {
            Some("join") if who == own => found.with_us = true,
            Some("join" | "invite") if who != own => {
                found.others.get_or_insert_default().push(who.to_owned());
            }
            _ => {}
        }
    }
    found
}

/// One part of a path. RFC 3986, section 3.3.
fn segment(text: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    encoded.replace('+', "%20")
}
