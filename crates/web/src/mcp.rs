//! AI assistants by the Model Context Protocol, streamable HTTP transport: `/{bank}/mcp`.
//!
//! Versions 2025-03-26, 2025-06-18 and 2025-11-25. INVARIANT: a request is answered only to a
//! bearer whose consent holds, read anew each time; what is answered was sealed before.
//!
//! Deliberately absent: sessions (any node answers any request, and there is none to hijack), a
//! stream from the server (there is nothing to announce, so GET is 405, as the transport allows),
//! resources, prompts, sampling, and every tool that would change something.

mod arguments;
mod guard;
mod rpc;
mod tools;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;

use crate::app::App;
use crate::oauth::{Place, headers};
use guard::Guarded;
use rpc::{Fault, Message, Version};

/// Largest body of a request, in bytes.
const MAX_BODY: usize = 64 * 1024;
/// Messages of a batch at most; only version 2025-03-26 has batches.
const MAX_BATCH: usize = 10;

/// The router.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{bank}/mcp", post(receive))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(headers))
}

async fn receive(place: Place, headers: HeaderMap, body: Bytes) -> Response {
    match guard::admitted(&place, &headers).await {
        Ok(guarded) => answer(&place, &guarded, &headers, &body).await,
        Err(refused) => *refused,
    }
}

async fn answer(place: &Place, guarded: &Guarded, headers: &HeaderMap, body: &[u8]) -> Response {
    let form = match Form::of(headers) {
        Ok(form) => form,
        Err(status) => return status.into_response(),
    };
    let bad = |fault: Fault| (StatusCode::BAD_REQUEST, form.of_one(&fault.without_id()));
    let version = match Version::of(headers) {
        Ok(version) => version,
        Err(fault) => return bad(fault).into_response(),
    };
    let messages = match read(body, version) {
        Ok(messages) => messages,
        Err(fault) => return bad(fault).into_response(),
    };
    let (batch, mut answers) = (messages.is_batch, Vec::new());
    for message in messages.all {
        answers.extend(handle(place, guarded, message).await);
    }
    match (answers.as_slice(), batch) {
        ([], _) => StatusCode::ACCEPTED.into_response(),
        ([one], false) => form.of_one(one),
        (all, _) => form.of_one(&Value::from(all)),
    }
}

/// What came, as one message or several.
struct Messages {
    all: Vec<Result<Message, Fault>>,
    is_batch: bool,
}

fn read(body: &[u8], version: Version) -> Result<Messages, Fault> {
    match serde_json::from_slice::<Value>(body).map_err(|_| Fault::parse())? {
        Value::Array(all) if !version.has_batches() || all.is_empty() || all.len() > MAX_BATCH => {
            Err(Fault::request("a batch of one to ten messages, in version 2025-03-26 alone"))
        }
        Value::Array(all) => {
            let all = all.into_iter().map(Message::read).collect();
            Ok(Messages { all, is_batch: true })
        }
        one => match Message::read(one) {
            Ok(message) => Ok(Messages { all: vec![Ok(message)], is_batch: false }),
            Err(fault) => Err(fault),
        },
    }
}

/// The answer to a message; none to what wants none.
async fn handle(
    place: &Place,
    guarded: &Guarded,
    message: Result<Message, Fault>,
) -> Option<Value> {
    match message {
        Ok(Message::Request { id, method, params }) => {
            let done = match method.as_str() {
                "initialize" => rpc::initialize(place, &params),
                "ping" => Ok(serde_json::json!({})),
                "tools/list" => tools::list(&params),
                "tools/call" => tools::call(place, guarded, &params).await,
                _ => Err(Fault::method()),
            };
            Some(match done {
                Ok(result) => rpc::result(&id, &result),
                Err(fault) => fault.with_id(&id),
            })
        }
        Ok(Message::Nothing) => None,
        Err(fault) => Some(fault.without_id()),
    }
}

/// In which form answers go: JSON, or the same as one event where a client takes nothing else.
#[derive(Clone, Copy)]
enum Form {
    Json,
    Events,
}

impl Form {
    fn of(headers: &HeaderMap) -> Result<Self, StatusCode> {
        let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !text(CONTENT_TYPE).starts_with("application/json") {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        let accept = text(ACCEPT);
        let takes = |kind: &str| accept.split(',').any(|one| one.trim().starts_with(kind));
        if takes("application/json") || takes("*/*") || takes("application/*") {
            Ok(Self::Json)
        } else if takes("text/event-stream") || takes("text/*") {
            Ok(Self::Events)
        } else {
            Err(StatusCode::NOT_ACCEPTABLE)
        }
    }

    fn of_one(self, value: &Value) -> Response {
        let (kind, text) = match self {
            Self::Json => ("application/json", value.to_string()),
            // JSON has no line breaks of its own, so one data line holds it.
            Self::Events => ("text/event-stream", format!("event: message\ndata: {value}\n\n")),
        };
        ([(CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response()
    }
}
