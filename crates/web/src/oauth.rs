//! OAuth for assistants: what programs ask at a bank, and the two pages on which its customer is
//! sent through.
//!
//! ```text
//! GET  /.well-known/oauth-protected-resource/{bank}/mcp   RFC 9728
//! GET  /.well-known/oauth-authorization-server/{bank}     RFC 8414
//! POST /{bank}/oauth/register                             RFC 7591
//! GET  /{bank}/oauth/authorize -> /{bank}/consent -> /{bank}/oauth/back
//! POST /{bank}/oauth/token, /{bank}/oauth/revoke          OAuth 2.1, RFC 7009
//! ```
//!
//! INVARIANT: a redirect is 303, never 307, so that no form of ours is sent on (BCP 9700, section
//! 4.12); only the metadata may be read from another origin.

mod authorize;
mod metadata;
mod register;
mod token;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, RawPathParams};
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, extract::Request};
use bankside_domain::bank::Bank;
use bankside_fapi::{Code, Fault};

use crate::app::App;

/// Largest body of a request, in bytes.
const MAX_BODY: usize = 16 * 1024;
/// Seconds after which somebody who asked too often may ask again.
pub(crate) const RETRY_SECONDS: u32 = 60;

/// Pages below a bank, for its customer.
pub(crate) fn pages() -> Router<App> {
    Router::new()
        .route("/oauth/authorize", get(authorize::authorize))
        .route("/oauth/back", get(authorize::back))
}

/// What programs ask.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/.well-known/oauth-protected-resource/{bank}/mcp", get(metadata::resource))
        .route("/.well-known/oauth-authorization-server/{bank}", get(metadata::server))
        .route("/{bank}/oauth/register", post(register::register))
        .route("/{bank}/oauth/token", post(token::token))
        .route("/{bank}/oauth/revoke", post(token::revoke))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(headers))
}

/// Secrets are stored nowhere on the way (RFC 6749, section 5.1).
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A bank as programs see it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) app: App,
    pub(crate) bank: Bank,
    /// Its authorization server (RFC 8414): `https://bank.example/harbour`.
    pub(crate) issuer: String,
    /// What tokens are for (RFC 8707): `https://bank.example/harbour/mcp`.
    pub(crate) resource: String,
}

impl Place {
    pub(crate) fn new(app: &App, bank: &Bank) -> Self {
        let issuer = format!("{}/{}", app.origin(), bank.id);
        let resource = format!("{issuer}/mcp");
        Self { app: app.clone(), bank: bank.clone(), issuer, resource }
    }

    /// Where the metadata of the resource lie (RFC 9728, section 3.1).
    pub(crate) fn resource_metadata(&self) -> String {
        let (origin, bank) = (self.app.origin(), &self.bank.id);
        format!("{origin}/.well-known/oauth-protected-resource/{bank}/mcp")
    }
}

impl FromRequestParts<App> for Place {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, StatusCode> {
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(|_| StatusCode::NOT_FOUND)?;
        let slug = params.iter().find(|(name, _)| *name == "bank").map(|(_, value)| value);
        let bank = slug.and_then(|slug| app.service().bank(slug));
        Ok(Self::new(app, bank.ok_or(StatusCode::NOT_FOUND)?))
    }
}

/// A refusal as the standards answer it (RFC 6749, section 5.2).
struct Refused(Fault);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self.0.code {
            Code::InvalidClient => StatusCode::UNAUTHORIZED,
            Code::TemporarilyUnavailable => StatusCode::TOO_MANY_REQUESTS,
            Code::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        let mut response = (status, Json(self.0)).into_response();
        if status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
        }
        response
    }
}

impl Refused {
    fn too_many() -> Self {
        Self(Fault::new(Code::TemporarilyUnavailable, "too many requests; try again in a minute"))
    }

    /// Ours: the cause is for the log.
    fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request of an assistant failed");
        Self(Fault::new(Code::ServerError, "this failed; try again later"))
    }
}
