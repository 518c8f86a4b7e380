//! Who may ask: no page of another origin, a bearer whose consent holds, not too often.

use axum::Json;
use axum::http::header::{AUTHORIZATION, ORIGIN, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bankside_service::assistants::{Bearer, BearerError, Scope};
use bankside_service::token::Token;
use tokio::sync::OwnedSemaphorePermit;

use super::rpc::Fault;
use crate::oauth::{Place, RETRY_SECONDS};

/// A request that may be answered, with its place among those under way.
pub(super) struct Guarded {
    pub(super) bearer: Bearer,
    _place: OwnedSemaphorePermit,
}

/// Lets a request in, or says why not.
pub(super) async fn admitted(place: &Place, headers: &HeaderMap) -> Result<Guarded, Box<Response>> {
    // A browser names its origin; no page of another may speak here, whatever a name resolves to.
    let foreign = |origin: &HeaderValue| origin.as_bytes() != place.app.origin().as_bytes();
    if headers.get(ORIGIN).is_some_and(foreign) {
        let fault = Fault::request("this origin may not speak here");
        return Err(Box::new((StatusCode::FORBIDDEN, Json(fault.without_id())).into_response()));
    }
    let Some(token) = token(headers) else { return Err(sign_in(place, None)) };
    let Some(token) = Token::parse(token) else {
        return Err(sign_in(place, Some("invalid_token")));
    };
    let assistants = &place.app.service().assistants;
    let bearer = match assistants.bearer(&place.bank.id, &token, &place.resource).await {
        Ok(bearer) => bearer,
        Err(BearerError::Invalid) => return Err(sign_in(place, Some("invalid_token"))),
        Err(BearerError::Store(error)) => {
            tracing::error!(%error, "a token could not be looked up");
            return Err(Box::new(StatusCode::SERVICE_UNAVAILABLE.into_response()));
        }
    };
    let often = place.app.limits().call(bearer.customer(), &bearer.assistant.id);
    match (often, place.app.call()) {
        (Ok(()), Some(free)) => Ok(Guarded { bearer, _place: free }),
        _ => Err(later()),
    }
}

/// Only from the header (RFC 6750, section 2.1).
fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Where to ask for a token (RFC 9728, section 5.1), and for what.
fn sign_in(place: &Place, error: Option<&str>) -> Box<Response> {
    let scope = Scope::USUAL.map(Scope::code).join(" ");
    let metadata = place.resource_metadata();
    let mut challenge = format!("Bearer resource_metadata=\"{metadata}\", scope=\"{scope}\"");
    if let Some(error) = error {
        challenge.push_str(&format!(", error=\"{error}\""));
    }
    let mut response = StatusCode::UNAUTHORIZED.into_response();
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    Box::new(response)
}

fn later() -> Box<Response> {
    let fault = Fault::request("too many requests; try again in a minute");
    let retry = [(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS))];
    Box::new((StatusCode::TOO_MANY_REQUESTS, retry, Json(fault.without_id())).into_response())
}
