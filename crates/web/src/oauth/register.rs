//! Registration of a client, by itself (RFC 7591).

use std::net::SocketAddr;

use axum::Json;
use axum::body::Bytes;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bankside_fapi::{Registered, Registration};
use bankside_service::assistants::RegisterError;

use super::{Place, Refused};

pub(super) async fn register(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    place: Place,
    body: Bytes,
) -> Result<Response, Refused> {
    place.app.limits().registration(address.ip()).map_err(|_| Refused::too_many())?;
    let new = Registration::parse(&body).map_err(Refused)?;
    let service = place.app.service();
    let registered = service.assistants.register(&place.bank.id, &new).await;
    let assistant = registered.map_err(|error| match error {
        RegisterError::Full => Refused::too_many(),
        RegisterError::Store(error) => Refused::internal(error),
    })?;
    let issued_at = service.clock.now().as_millis() / 1000;
    let answer = Registered::new(&assistant.id, &new, issued_at);
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}
