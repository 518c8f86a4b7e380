//! Tokens for codes and refresh tokens, and their end.

use std::net::SocketAddr;

use axum::Json;
use axum::extract::ConnectInfo;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use bankside_fapi::{Code, Fault, Revocation, TokenRequest};
use bankside_service::assistants::{ACCESS_MS, TokenError};
use serde::Serialize;

use super::{Place, Refused};

/// Tokens on the wire (RFC 6749, section 5.1).
#[derive(Serialize)]
pub(super) struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    refresh_token: String,
    scope: String,
}

pub(super) async fn token(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    place: Place,
    headers: HeaderMap,
    body: String,
) -> Result<Json<Tokens>, Refused> {
    place.app.limits().token(address.ip()).map_err(|_| Refused::too_many())?;
    is_form(&headers)?;
    let asked = TokenRequest::parse(&body, &place.resource).map_err(Refused)?;
    let given = place.app.service().assistants.tokens(&place.bank.id, &asked).await;
    let given = given.map_err(|error| match error {
        TokenError::Fault(fault) => Refused(fault),
        TokenError::Store(error) => Refused::internal(error),
    })?;
    Ok(Json(Tokens {
        access_token: given.access.expose().to_owned(),
        token_type: "Bearer",
        expires_in: ACCESS_MS / 1000,
        refresh_token: given.refresh.expose().to_owned(),
        scope: given.scope,
    }))
}

pub(super) async fn revoke(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    place: Place,
    headers: HeaderMap,
    body: String,
) -> Result<StatusCode, Refused> {
    place.app.limits().token(address.ip()).map_err(|_| Refused::too_many())?;
    is_form(&headers)?;
    let asked = Revocation::parse(&body).map_err(Refused)?;
    let done = place.app.service().assistants.revoke(&place.bank.id, &asked).await;
    done.map(|()| StatusCode::OK).map_err(Refused::internal)
}

fn is_form(headers: &HeaderMap) -> Result<(), Refused> {
    let kind = headers.get(CONTENT_TYPE).map(|kind| kind.as_bytes()).unwrap_or_default();
    if kind.starts_with(b"application/x-www-form-urlencoded") {
        return Ok(());
    }
    let because = "send application/x-www-form-urlencoded";
    Err(Refused(Fault::new(Code::InvalidRequest, because)))
}
