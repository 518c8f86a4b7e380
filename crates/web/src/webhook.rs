//! Webhooks: where operators of channels deliver what happened, below `/hook/`.
//!
//! INVARIANT: 200 means committed. What is proven to be the operator's and not understood is kept
//! apart, sealed, for an operator of the bank to look at; what is not proven leaves no trace but a
//! count. A channel that wants the bank's answer in its own request waits for it after that, with a
//! bound.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use bankside_service::channels::{Came as Kept, ReceiveError};
use bankside_service::ports::{Answer, Delivered, Distrust, Taken};

use crate::app::App;

/// Largest delivery, in bytes: operators batch, the largest of them up to some hundred events.
const MAX_BODY: usize = 1024 * 1024;

/// The router.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/hook/{channel}", any(whole))
        .route("/hook/{channel}/{*path}", any(below))
        .layer(DefaultBodyLimit::max(MAX_BODY))
}

/// A request as a handler gets it.
struct Came {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

async fn whole(
    State(app): State<App>,
    Path(channel): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    deliver(&app, &channel, "", &Came { method, uri, headers, body }).await
}

async fn below(
    State(app): State<App>,
    Path((channel, path)): Path<(String, String)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    deliver(&app, &channel, &path, &Came { method, uri, headers, body }).await
}

async fn deliver(app: &App, channel: &str, path: &str, came: &Came) -> Response {
    let service = app.service();
    let Some((adapter, bank)) = service.reached.get(channel) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // What the channel asks for is what it needs to prove the request, now or once more later.
    let asked = Mutex::new(BTreeMap::new());
    let header = |name: &str| {
        let value = came.headers.get(name)?.to_str().ok()?;
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert(name.to_owned(), value.to_owned());
        Some(value)
    };
    let request = Delivered {
        method: came.method.as_str(),
        path,
        query: came.uri.query().unwrap_or_default(),
        header: &header,
        body: &came.body,
        at: service.clock.now(),
    };
    adapter.prepare(&request).await;
    let Taken { events, strange, mut answer } = match adapter.take(&request) {
        Ok(taken) => taken,
        Err(error) => return refused(channel, &error),
    };
    for event in &events {
        let taken_in = async {
            service.reached.receive(bank, channel, event).await?;
            if adapter.answers_within().is_some() {
                answer = service.reached.answer(channel, event, &request).await?;
            }
            Ok::<_, ReceiveError>(())
        };
        if let Err(error) = taken_in.await {
            tracing::warn!(%error, channel, "an event was not taken in");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    }
    if strange.is_empty() {
        return answered(answer);
    }
    let kept = Kept {
        method: came.method.as_str().to_owned(),
        path: path.to_owned(),
        query: came.uri.query().unwrap_or_default().to_owned(),
        headers: asked.into_inner().unwrap_or_else(PoisonError::into_inner),
        body: came.body.to_vec(),
        applied: events.into_iter().map(|event| event.id).collect(),
        at: service.clock.now().as_millis(),
    };
    if let Err(error) = service.reached.keep_apart(channel, &strange, &kept).await {
        tracing::warn!(%error, channel, "what was not understood could not be kept");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    answered(answer)
}

fn refused(channel: &str, error: &Distrust) -> Response {
    tracing::warn!(%error, channel, "a delivery was refused");
    metrics::counter!("bankside_deliveries_refused_total", "channel" => channel.to_owned())
        .increment(1);
    match error {
        Distrust::NotProven(_) | Distrust::NotNow => StatusCode::FORBIDDEN,
        Distrust::Shape(_) => StatusCode::BAD_REQUEST,
    }
    .into_response()
}

fn answered(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    (status, [(CONTENT_TYPE, answer.media)], answer.body).into_response()
}
