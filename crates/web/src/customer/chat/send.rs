//! The composer: a form that also answers a script.

use std::time::Duration;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::conversation::{MAX_MESSAGE_CHARS, Message};
use bankside_language::Msg;
use bankside_service::commit::CommitError;
use bankside_service::conversation::{Accepted, Chat, ChatError, Listener, PAGE, What};
use maud::{Markup, html};
use serde::Deserialize;

use super::place::Place;
use super::room::{Room, arrive};
use super::shown::{Around, Log, is_own};
use super::{refused, show};
use crate::app::{Here, PageError};
use crate::ui::chat::system;
use crate::ui::icon::Icon;

/// How long a page without scripts waits for the answer before it is shown without.
const ANSWER_WAIT: Duration = Duration::from_millis(1_500);
/// Longest id that a browser gives a message.
const MAX_CLIENT_ID: usize = 64;

/// The composer's fields.
#[derive(Deserialize)]
pub(super) struct Words {
    #[serde(default)]
    text: String,
    quick: Option<String>,
    #[serde(default)]
    client_id: String,
}

/// Why a message was not taken.
enum Refusal {
    Gone,
    Empty,
    TooLong,
    TooMany,
    Stale,
}

pub(super) async fn send(
    here: Here,
    place: Place,
    headers: HeaderMap,
    form: Result<Form<Words>, FormRejection>,
) -> Result<Response, PageError> {
    let by_script = headers.contains_key("hx-request");
    let arrival = arrive(here, place).await?;
    let Some(chat) = arrival.chat else {
        return Ok(gone(&arrival.here, &arrival.place, by_script));
    };
    let room = Room::new(arrival.here, arrival.place, chat).await;
    let chats = &room.here.app.service().chats;
    let notices = (!by_script).then(|| chats.notifier().listen(room.chat.id));
    let form = form.map(|Form(words)| words).map_err(|_| Refusal::TooLong);
    let taken = match form {
        Ok(words) => take(&room, &words).await?.map(|accepted| (accepted, words.client_id)),
        Err(refusal) => Err(refusal),
    };
    match taken {
        Ok((accepted, client)) if by_script => Ok(sent(&room, &accepted, &client).await?),
        Ok((accepted, _)) => {
            if let Some(notices) = notices {
                wait_for_answer(&room.chat, &room.here, notices, accepted.seq).await;
            }
            Ok(Redirect::to(&room.at("")).into_response())
        }
        Err(refusal) => {
            let notice = said(&room, &refusal);
            let body = if by_script {
                notice.into_response()
            } else {
                show(&room, PAGE, Some(notice)).await.map_err(refused)?
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
    }
}

/// Takes the message in: durable once this returns.
async fn take(room: &Room, words: &Words) -> Result<Result<Accepted, Refusal>, PageError> {
    let id = words.client_id.as_bytes();
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if id.is_empty() || id.len() > MAX_CLIENT_ID || !id.iter().all(plain) {
        return Ok(Err(Refusal::Stale));
    }
    if room.here.app.limits().message(room.chat.id).is_err() {
        return Ok(Err(Refusal::TooMany));
    }
    let text = words.quick.as_deref().unwrap_or(&words.text);
    let received = room.here.app.service().chats.receive(&room.chat, &words.client_id, text).await;
    Ok(match received {
        Ok(accepted) => Ok(accepted),
        Err(CommitError::Refused(ChatError::Empty)) => Err(Refusal::Empty),
        Err(CommitError::Refused(ChatError::TooLong)) => Err(Refusal::TooLong),
        Err(CommitError::Refused(ChatError::ProviderId)) => Err(Refusal::Stale),
        Err(CommitError::Refused(ChatError::Unknown | ChatError::Unreadable(_))) => {
            Err(Refusal::Gone)
        }
        Err(CommitError::Busy) => Err(Refusal::TooMany),
        Err(other) => return Err(PageError::internal(other)),
    })
}

/// Her message as it was kept, in the place of the bubble that waits. A message that came before
/// is found by its words.
async fn sent(room: &Room, accepted: &Accepted, client: &str) -> Result<Response, PageError> {
    if let Some(message) = &accepted.message {
        let around = Around { client: Some(client), answered: false, last: true };
        return Ok(Log::new(room).message(message, around).into_response());
    }
    let chats = &room.here.app.service().chats;
    let shown = chats.latest(&room.chat, PAGE).await.map_err(PageError::internal)?;
    let is_it = |m: &&Message| is_own(m) && *m.body.text.reveal() == accepted.text;
    let Some(message) = shown.messages.iter().rev().find(is_it) else {
        return Ok(StatusCode::OK.into_response());
    };
    let answered = shown.messages.iter().any(|m| m.seq > message.seq && !is_own(m));
    let around = Around { client: Some(client), answered, last: true };
    Ok(Log::new(room).message(message, around).into_response())
}

/// Lets the answer come first, so that a page without scripts shows it at once.
async fn wait_for_answer(chat: &Chat, here: &Here, mut notices: Listener, seq: i64) {
    let answer = async {
        while let Some(what) = notices.next().await {
            if what != What::Messages {
                continue;
            }
            let after = here.app.service().chats.messages(chat, seq).await;
            if after.is_ok_and(|shown| shown.messages.iter().any(|m| !is_own(m))) {
                return;
            }
        }
    };
    // No answer in time is no failure: the page offers to look again.
    let _waited = tokio::time::timeout(ANSWER_WAIT, answer).await;
}

fn said(room: &Room, refusal: &Refusal) -> Markup {
    let words = match refusal {
        Refusal::Empty => room.text(Msg::PageChatEmpty),
        Refusal::TooLong => room.text(Msg::ChatTooLong { limit: MAX_MESSAGE_CHARS }),
        Refusal::TooMany => room.text(Msg::ChatRateLimited { minutes: 1 }),
        Refusal::Gone | Refusal::Stale => room.text(Msg::ErrorFormStale),
    };
    system(Icon::CircleAlert, &html! { (words) })
}

/// The chat is not there any more, for it was cleared: the page opens a new one.
fn gone(here: &Here, place: &Place, by_script: bool) -> Response {
    if by_script {
        let words = here.text(Msg::ErrorFormStale);
        let notice = system(Icon::CircleAlert, &html! { (words) });
        return (StatusCode::UNPROCESSABLE_ENTITY, notice).into_response();
    }
    Redirect::to(&here.at(&place.path())).into_response()
}
