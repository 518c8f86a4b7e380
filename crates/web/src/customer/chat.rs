//! The chat on the bank's own origin: its page, its composer, its stream of events.
//!
//! A chat belongs to whoever holds its token, which lies in a cookie of one bank and one channel,
//! as a messenger belongs to a device; what may be shown in it is the door's business alone.
//! Everything works without scripts: the composer is a form, the page a log.

mod card;
mod room;
mod send;
mod shown;
mod sight;
mod stream;

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, Path, RawQuery};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bankside_service::conversation::{ChatError, PAGE};
use url::form_urlencoded;

use crate::app::{App, Here, PageError, Signed};

pub(super) use card::parts;
use room::{Room, arrive, cookie};
use shown::Log;

/// Routes below a bank.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/chat/{channel}", get(page).post(send::send))
        .route("/chat/{channel}/events", get(stream::events))
}

/// How many of the newest messages a page shows: `?show=400`.
fn count(query: Option<&str>) -> i64 {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let asked = pairs.find(|(name, _)| name == "show");
    asked.and_then(|(_, count)| count.parse().ok()).unwrap_or(PAGE)
}

/// The chat of this browser; a first visit opens one, as often as its address may.
async fn page(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    here: Here,
    signed: Option<Signed>,
    Path((_, channel)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let arrival = arrive(here, &channel).await?;
    let here = match arrival.chat {
        None => arrival.here,
        Some(chat) => {
            let room = Room::new(arrival.here, chat).await;
            match show(&room, count(query.as_deref()), None).await {
                Ok(page) => return Ok(page.into_response()),
                Err(ChatError::Unknown) => room.here, // its history was cleared
                Err(other) => return Err(refused(other)),
            }
        }
    };
    here.app.limits().chat(address.ip())?;
    let language = signed.map_or(here.language, |signed| signed.here.language);
    let opened = here.app.service().chats.open(&here.bank.id, &channel, language).await;
    let (token, chat) = opened.map_err(PageError::internal)?;
    let jar = here.jar.clone().keep_token(cookie(&channel), &token, &here.bank.id);
    let room = Room::new(here, chat).await;
    Ok((jar, show(&room, PAGE, None).await.map_err(refused)?).into_response())
}

/// The whole page, with a notice at the end of the log; what it shows counts as seen.
async fn show(
    room: &Room,
    count: i64,
    notice: Option<maud::Markup>,
) -> Result<maud::Markup, ChatError> {
    let chats = &room.here.app.service().chats;
    let shown = chats.latest(&room.chat, count).await?;
    let phrase = chats.phrase(&room.chat).await?;
    let sights = sight::all(room, &shown.messages).await;
    let last = shown.messages.last().map_or(0, |message| message.seq);
    let page = Log::new(room).page(&shown.messages, phrase.as_deref(), &sights, notice);
    if let Err(error) = chats.seen(&room.chat, last).await {
        tracing::warn!(%error, "what was seen could not be noted");
    }
    Ok(page)
}

/// What a chat's failure means for its page.
fn refused(error: ChatError) -> PageError {
    match error {
        ChatError::NoChannel(_) => PageError::NotFound,
        other => PageError::internal(other),
    }
}
