//! A conversation: begun, taken up again, written to and read by whoever asks.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bankside_domain::customer::Language;
use bankside_service::direct_line::Held;
use bankside_service::token::Token;
use serde::Deserialize;
use serde_json::{Value, json};

use super::activity::{self, Means};
use super::caller::Caller;
use super::fault::Fault;
use super::tokens::told;
use super::wire::{self, Watermark};

#[derive(Deserialize)]
pub(super) struct Since {
    #[serde(default)]
    watermark: String,
}

/// The conversation of a token, with the language that the page has chosen.
pub(super) async fn start(caller: Caller, body: Bytes) -> Result<(StatusCode, Json<Value>), Fault> {
    let limits = caller.app.limits();
    caller.within(|address| limits.token(address))?;
    let (token, held) = caller.held().await?;
    if let Some(language) = language(&body) {
        caller.talks().speak(&held.chat, language).await?;
    }
    let status = if held.chat.last_seq == 0 { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(begun(&caller, &token, &held, Watermark::default()).await?)))
}

/// `{"locale": "pt-BR"}`; a body that says nothing of it chooses nothing.
fn language(body: &[u8]) -> Option<Language> {
    let body: Value = serde_json::from_slice(body).ok()?;
    Language::from_tag(body.get("locale")?.as_str()?)
}

/// The same conversation after a break: its stream goes on after the watermark.
pub(super) async fn resume(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    Query(since): Query<Since>,
) -> Result<Json<Value>, Fault> {
    let limits = caller.app.limits();
    caller.within(|address| limits.token(address))?;
    let (token, held) = caller.holds(&id).await?;
    let watermark = Watermark::parse(&since.watermark)?;
    Ok(Json(begun(&caller, &token, &held, watermark).await?))
}

async fn begun(
    caller: &Caller,
    token: &Token,
    held: &Held,
    watermark: Watermark,
) -> Result<Value, Fault> {
    let ticket = caller.talks().ticket(held).await?;
    let mut begun = told(caller, token, held);
    let url = wire::stream_url(&caller.app, &held.chat, watermark, &ticket);
    if let Some(fields) = begun.as_object_mut() {
        fields.insert("streamUrl".to_owned(), url.into());
    }
    Ok(begun)
}

/// What she says; durable once this is answered.
pub(super) async fn write(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Fault> {
    let (_, held) = caller.holds(&id).await?;
    let (chat, talks) = (&held.chat, caller.talks());
    caller.app.limits().message(chat.id).map_err(|_| Fault::TooMany)?;
    let posted = activity::parse(&body)?;
    let given = posted.given.as_deref();
    let seq = match &posted.means {
        Means::Says(words) => talks.said(chat, given, words).await?,
        Means::Media => {
            talks.sent_media(chat, given).await?;
            return Err(Fault::Media);
        }
        // It leaves no message, so it gets the number of the last.
        Means::Nothing => chat.last_seq,
        Means::End => {
            talks.end(chat).await?;
            chat.last_seq
        }
    };
    Ok(Json(json!({ "id": wire::activity_id(chat.id, seq) })).into_response())
}

/// What was said after the watermark, a page of it.
pub(super) async fn read(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    Query(since): Query<Since>,
) -> Result<Json<Value>, Fault> {
    let (_, held) = caller.holds(&id).await?;
    caller.app.limits().read(held.chat.id).map_err(|_| Fault::TooMany)?;
    let after = Watermark::parse(&since.watermark)?;
    let transcript = caller.talks().heard(&held.chat, after.0).await?;
    let place = wire::Place { app: &caller.app, bank: &caller.bank, chat: &held.chat };
    if !transcript.heard.is_empty() {
        caller.app.service().chats.seen(&held.chat, transcript.last);
    }
    Ok(Json(place.set(&transcript)))
}

/// A file; it is not read. She is told in the chat.
pub(super) async fn upload(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (_, held) = caller.holds(&id).await?;
    caller.app.limits().message(held.chat.id).map_err(|_| Fault::TooMany)?;
    caller.talks().sent_media(&held.chat, None).await?;
    Err(Fault::Media)
}
