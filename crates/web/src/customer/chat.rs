//! The chat on the bank's own origin: its page, its composer, its stream of events.
//!
//! A chat belongs to whoever holds its token, which lies in a cookie of one bank and one channel,
//! as a messenger belongs to a device; what may be shown in it is the door's business alone.
//! Everything works without scripts: the composer is a form, the page a log.
//!
//! In a frame on a site of the bank it is the same chat, with a cookie of its own; there alone what
//! is shown is not yet seen, for the frame may be closed.

mod card;
mod place;
mod room;
mod send;
mod shown;
mod sight;
mod stream;

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use bankside_domain::Language;
use bankside_service::conversation::{ChatError, PAGE};
use url::form_urlencoded;

use crate::app::{App, Here, PageError, Signed};
use crate::security::Exception;

pub(super) use card::parts;
use place::Place;
pub(super) use place::holds;
use room::{Room, arrive};
use shown::Log;

/// Routes below a bank.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/chat/{channel}", get(page).post(send::send))
        .route("/chat/{channel}/events", get(stream::events))
        .route("/widget/{site}", get(page).post(send::send))
        .route("/widget/{site}/events", get(stream::events))
        .route("/widget/{site}/seen", post(seen))
}

/// What the address of a page asks for: `?show=400`, and in a frame `?language=pt`.
fn asked<T>(query: Option<&str>, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs.find(|(key, _)| key == name).and_then(|(_, value)| read(&value))
}

/// The chat of this browser; a first visit opens one, as often as its address may.
async fn page(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    here: Here,
    signed: Option<Signed>,
    place: Place,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let query = query.as_deref();
    let count = asked(query, "show", |count| count.parse().ok()).unwrap_or(PAGE);
    let arrival = arrive(here, place).await?;
    let (here, place) = match arrival.chat {
        None => (arrival.here, arrival.place),
        Some(chat) => {
            let room = Room::new(arrival.here, arrival.place, chat).await;
            match show(&room, count, None).await {
                Ok(page) => return Ok(page),
                Err(ChatError::Unknown) => (room.here, room.place), // its history was cleared
                Err(other) => return Err(refused(other)),
            }
        }
    };
    here.app.limits().chat(address.ip())?;
    let language = match place {
        Place::Page { .. } => signed.map(|signed| signed.here.language),
        Place::Frame { .. } => asked(query, "language", Language::from_tag),
    };
    let language = language.unwrap_or(here.language);
    let opened = here.app.service().chats.open(&here.bank.id, place.channel(), language).await;
    let (token, chat) = opened.map_err(PageError::internal)?;
    let jar = place.keep(here.jar.clone(), &token, &here.bank.id);
    let room = Room::new(here, place, chat).await;
    Ok((jar, show(&room, PAGE, None).await.map_err(refused)?).into_response())
}

/// The whole page, with a notice at the end of the log; what it shows counts as seen.
async fn show(
    room: &Room,
    count: i64,
    notice: Option<maud::Markup>,
) -> Result<Response, ChatError> {
    let chats = &room.here.app.service().chats;
    let shown = chats.latest(&room.chat, count).await?;
    let phrase = chats.phrase(&room.chat).await?;
    let sights = sight::all(room, &shown.messages).await;
    let last = shown.messages.last().map_or(0, |message| message.seq);
    let page = Log::new(room).page(&shown.messages, phrase.as_deref(), &sights, notice);
    if let Some(site) = room.place.site() {
        return Ok((Extension(Exception::FramedBy(site.clone())), page).into_response());
    }
    chats.seen(&room.chat, last);
    Ok(page.into_response())
}

/// The frame is open before her: she sees all that there is.
async fn seen(here: Here, place: Place) -> Result<StatusCode, PageError> {
    let arrival = arrive(here, place).await?;
    let chat = arrival.chat.ok_or(PageError::NotFound)?;
    let chats = &arrival.here.app.service().chats;
    chats.seen(&chat, chat.last_seq);
    Ok(StatusCode::NO_CONTENT)
}

/// What a chat's failure means for its page.
fn refused(error: ChatError) -> PageError {
    match error {
        ChatError::NoChannel(_) => PageError::NotFound,
        other => PageError::internal(other),
    }
}
