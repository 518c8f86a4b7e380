//! The public log over HTTP, in the layout of C2SP tlog-tiles: anyone may read it; it says nothing
//! about anyone.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bankside_service::log::ServeError;

use super::{App, PageError};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/key", get(key)).route("/{*path}", get(file))
}

/// The first key of the log, from which its rotations lead to the one that signs now.
async fn key(State(app): State<App>) -> Result<Response, PageError> {
    let key = app.service().log.first_key().await.map_err(PageError::internal)?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{key}\n")).into_response())
}

async fn file(State(app): State<App>, Path(path): Path<String>) -> Result<Response, PageError> {
    let bytes = app.service().log.file(&path).await.map_err(|error| match error {
        ServeError::NotFound => PageError::NotFound,
        other => PageError::internal(other),
    })?;
    let (kind, cache) = match path.as_str() {
        "checkpoint" => ("text/plain; charset=utf-8", "no-cache"),
        path if path.starts_with("rotation/") => ("text/plain; charset=utf-8", "no-cache"),
        path if path.contains(".p/") => ("application/octet-stream", "max-age=60"),
        _ => ("application/octet-stream", "public, max-age=31536000, immutable"),
    };
    let headers =
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, cache), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    Ok((headers, bytes).into_response())
}
