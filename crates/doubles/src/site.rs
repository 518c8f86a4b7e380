//! The doubles' own origin: their servers, and the page with both sides.
//!
//! INVARIANT: only pages of this origin may let her write: the demo's pages run beside others in the
//! same browser.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Form, Path, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use futures_util::stream::{Stream, unfold};
use maud::Markup;
use serde::Deserialize;

use crate::Kind;
use crate::operator::{Call, Operator};
use crate::page;

/// Bytes of a call.
const MAX_BODY: usize = 1024 * 1024;
/// Characters that she may write at once.
const MAX_WORDS: usize = 2_000;
const STYLE: &str = include_str!("../assets/page.css");
const SCRIPT: &str = include_str!("../assets/page.js");
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

type Operators = Arc<[Arc<dyn Operator>]>;

/// The whole origin.
pub(crate) fn router(operators: Vec<Arc<dyn Operator>>) -> Router {
    let operators: Operators = operators.into();
    Router::new()
        .route("/", get(first))
        .route("/page.css", get(|| async { asset("text/css", STYLE) }))
        .route("/page.js", get(|| async { asset("text/javascript", SCRIPT) }))
        .route("/{kind}", get(whole))
        .route("/{kind}/sides", get(sides))
        .route("/{kind}/live", get(live))
        .route("/{kind}/say", post(say))
        .route("/{kind}/tap", post(tap))
        .route("/api/{kind}/{*path}", any(named))
        .route("/_matrix/{*path}", any(matrix))
        .route("/echo.api/{*path}", any(alexa))
        .route("/v1/{*path}", any(alexa))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(operators)
}

fn asset(kind: &str, text: &'static str) -> Response {
    let kind = format!("{kind}; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".to_owned())], text)
        .into_response()
}

fn html(markup: Markup) -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, markup).into_response()
}

fn find(operators: &Operators, kind: &str) -> Result<Arc<dyn Operator>, StatusCode> {
    let found = operators.iter().find(|operator| operator.stage().kind.id() == kind);
    found.cloned().ok_or(StatusCode::NOT_FOUND)
}

async fn first(State(operators): State<Operators>) -> Result<Redirect, StatusCode> {
    let operator = operators.first().ok_or(StatusCode::NOT_FOUND)?;
    Ok(Redirect::to(&format!("/{}", operator.stage().kind.id())))
}

async fn whole(
    State(operators): State<Operators>,
    Path(kind): Path<String>,
) -> Result<Response, StatusCode> {
    let operator = find(&operators, &kind)?;
    let kinds: Vec<Kind> = operators.iter().map(|operator| operator.stage().kind).collect();
    Ok(html(page::whole(&*operator, &kinds)))
}

async fn sides(
    State(operators): State<Operators>,
    Path(kind): Path<String>,
) -> Result<Response, StatusCode> {
    Ok(html(page::sides(&*find(&operators, &kind)?)))
}

/// An event for each change, the first at once.
async fn live(
    State(operators): State<Operators>,
    Path(kind): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    let changes = find(&operators, &kind)?.stage().changes();
    let events = unfold((changes, true), |(mut changes, is_first)| async move {
        if !is_first && changes.changed().await.is_err() {
            return None;
        }
        let number = *changes.borrow_and_update();
        Some((Ok(Event::default().data(number.to_string())), (changes, false)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

#[derive(Deserialize)]
struct Said {
    words: String,
}

async fn say(
    State(operators): State<Operators>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    Form(said): Form<Said>,
) -> Result<Redirect, StatusCode> {
    let operator = from_here(&operators, &kind, &headers)?;
    let words: String = said.words.trim().chars().take(MAX_WORDS).collect();
    if !words.is_empty() {
        operator.says(&words).await;
    }
    Ok(Redirect::to(&format!("/{kind}")))
}

async fn tap(
    State(operators): State<Operators>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    Form(said): Form<Said>,
) -> Result<Redirect, StatusCode> {
    from_here(&operators, &kind, &headers)?.taps(&said.words).await;
    Ok(Redirect::to(&format!("/{kind}")))
}

/// The operator, where this origin's own page asks. Fetch Metadata (W3C).
fn from_here(
    operators: &Operators,
    kind: &str,
    headers: &HeaderMap,
) -> Result<Arc<dyn Operator>, StatusCode> {
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    if !matches!(site, None | Some("same-origin" | "none")) {
        return Err(StatusCode::FORBIDDEN);
    }
    find(operators, kind)
}

async fn named(
    State(operators): State<Operators>,
    Path((kind, _)): Path<(String, String)>,
    uri: Uri,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let below = format!("/api/{kind}/");
    called(&operators, &kind, path(&uri, &below), &method, &headers, body).await
}

async fn matrix(
    State(operators): State<Operators>,
    uri: Uri,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    called(&operators, Kind::Matrix.id(), path(&uri, "/_matrix/"), &method, &headers, body).await
}

async fn alexa(
    State(operators): State<Operators>,
    uri: Uri,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    called(&operators, Kind::Alexa.id(), path(&uri, "/"), &method, &headers, body).await
}

/// The path as it came, without what leads to the operator.
fn path(uri: &Uri, below: &str) -> String {
    uri.path().strip_prefix(below).unwrap_or_default().to_owned()
}

async fn called(
    operators: &Operators,
    kind: &str,
    path: String,
    method: &Method,
    headers: &HeaderMap,
    body: Bytes,
) -> Response {
    let operator = match find(operators, kind) {
        Ok(operator) => operator,
        Err(status) => return status.into_response(),
    };
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let authorization = authorization.unwrap_or_default().to_owned();
    let call = Call { method: method.to_string(), path, authorization, body };
    let (status, body) = operator.called(call).await;
    let media = if body.starts_with('{') { "application/json" } else { "text/plain" };
    (status, [(header::CONTENT_TYPE, media)], body).into_response()
}
