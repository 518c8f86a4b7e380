//! Metadata, which anybody may read from anywhere.

use axum::Json;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use axum::response::{IntoResponse, Response};
use bankside_domain::Language;
use bankside_fapi::{ProtectedResource, Server};
use bankside_service::assistants::Scope;
use serde::Serialize;

use super::Place;

pub(super) async fn resource(place: Place) -> Response {
    let scopes = Scope::USUAL.map(Scope::code).to_vec();
    public(ProtectedResource::new(&place.resource, &place.bank.name, &place.issuer, scopes))
}

pub(super) async fn server(place: Place) -> Response {
    let languages = Language::ALL.map(Language::tag).to_vec();
    public(Server::new(&place.issuer, Scope::ALL.map(Scope::code).to_vec(), languages))
}

fn public(metadata: impl Serialize) -> Response {
    let headers = [(ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, "public, max-age=300")];
    (headers, Json(metadata)).into_response()
}
