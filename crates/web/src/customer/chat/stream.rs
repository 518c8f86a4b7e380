//! Live delivery as server-sent events (WHATWG HTML, section 9.2), as `assets/js/chat.js` reads
//! them.
//!
//! INVARIANT: it listens first and reads after, so that nothing falls between; each message
//! carries its number as the event's id, and everything that belongs to it comes before it, so
//! that a lost connection is taken up without loss. What comes twice replaces itself.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use bankside_domain::Date;
use bankside_domain::conversation::Message;
use bankside_service::conversation::{Listener, What};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use tokio::sync::OwnedSemaphorePermit;

use super::place::Place;
use super::room::{Room, arrive};
use super::shown::{Around, Log, is_own};
use super::sight;
use crate::app::{Here, PageError};

/// Silence after which a comment keeps the connection open.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// A browser connects anew after so long, in milliseconds.
const RETRY: Duration = Duration::from_millis(1_000);
/// Messages before the cursor that are looked at for her own without an answer.
const LOOK_BACK: i64 = 20;

#[derive(Deserialize)]
pub(super) struct After {
    after: Option<i64>,
}

pub(super) async fn events(
    here: Here,
    place: Place,
    Query(query): Query<After>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    let after = last.or(query.after).unwrap_or(0).max(0);
    let permit = here.app.stream()?;
    let arrival = arrive(here, place).await?;
    arrival.token.as_ref().ok_or(PageError::NotFound)?;
    let Some(chat) = arrival.chat else {
        return Ok(respond(stream::iter([Ok::<_, Infallible>(changed())])));
    };
    let notices = arrival.here.app.service().chats.notifier().listen(chat.id);
    // Again, now that nothing can fall between.
    let arrival = arrive(arrival.here, arrival.place).await?;
    let Some(chat) = arrival.chat.filter(|now| now.id == chat.id) else {
        return Ok(respond(stream::iter([Ok::<_, Infallible>(changed())])));
    };
    let room = Room::new(arrival.here, arrival.place, chat).await;
    let live = Live::start(room, notices, after, permit).await;
    Ok(respond(stream::unfold(live, Live::next)))
}

fn respond(events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    let headers = [(CACHE_CONTROL, "no-store, no-transform"), (unbuffered, "no")];
    let events = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    (headers, events).into_response()
}

/// The page must be read anew: the chat was linked, unlinked or cleared. A browser drops an event
/// without data.
fn changed() -> Event {
    Event::default().event("changed").data("reload")
}

/// One browser that listens.
struct Live {
    room: Room,
    notices: Listener,
    /// Number of the newest message sent.
    after: i64,
    day: Option<Date>,
    /// Her own messages that the bank has not answered.
    waiting: Vec<String>,
    queue: VecDeque<Event>,
    over: bool,
    _permit: OwnedSemaphorePermit,
}

impl Live {
    async fn start(
        room: Room,
        notices: Listener,
        after: i64,
        permit: OwnedSemaphorePermit,
    ) -> Self {
        let queue = VecDeque::from([Event::default().retry(RETRY).comment("")]);
        let (day, waiting) = (None, Vec::new());
        let mut live =
            Self { room, notices, after, day, waiting, queue, over: false, _permit: permit };
        live.look_back().await;
        live.read().await;
        live
    }

    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return Some((Ok(event), self));
            }
            if self.over {
                return None;
            }
            let what = self.notices.next().await?;
            self.notice(what).await;
        }
    }

    async fn notice(&mut self, what: What) {
        match what {
            What::Messages => self.read().await,
            What::Typing => self.queue.push_back(Event::default().event("typing").data("on")),
            What::Changed => self.end(),
        }
    }

    fn end(&mut self) {
        self.queue.push_back(changed());
        self.over = true;
    }

    /// What the page shows already: the day it ends with, and what still waits for an answer.
    async fn look_back(&mut self) {
        let from = self.after - LOOK_BACK;
        let Ok(shown) = self.chats().messages(&self.room.chat, from).await else { return };
        let known: Vec<&Message> = shown.messages.iter().filter(|m| m.seq <= self.after).collect();
        let own = known.iter().rev().take_while(|m| is_own(m));
        self.waiting = own.map(|m| m.id.to_string()).collect();
        let now = self.room.here.app.service().clock.now();
        let shown = known.last().map_or(now, |m| m.at); // the greeting of an empty chat has today's
        self.day = Some(shown.date_in(self.room.zone()));
    }

    fn chats(&self) -> &bankside_service::conversation::Chats {
        &self.room.here.app.service().chats
    }

    /// Everything after the last message sent.
    async fn read(&mut self) {
        loop {
            let Ok(shown) = self.chats().messages(&self.room.chat, self.after).await else {
                return self.end();
            };
            for (at, message) in shown.messages.iter().enumerate() {
                let next = shown.messages.get(at + 1);
                let sight = sight::item(&self.room, message).await;
                let sight = sight.map(|item| event("sight", &item.into_string()));
                self.queue.extend(sight);
                self.push(message, next);
            }
            // In a frame she sees it once she opens it.
            let framed = self.room.place.site().is_some();
            if !framed && shown.messages.iter().any(|m| !is_own(m)) {
                self.chats().seen(&self.room.chat, self.after);
            }
            if !shown.more {
                return;
            }
        }
    }

    /// A message, after what belongs to it.
    fn push(&mut self, message: &Message, next: Option<&Message>) {
        let log = Log::new(&self.room);
        let mut events = Vec::new();
        if is_own(message) {
            self.waiting.push(message.id.to_string());
        } else {
            let html = log.delivery(true).into_string();
            for id in self.waiting.drain(..) {
                let data = serde_json::json!({ "id": id, "html": html });
                events.push(event("status", &data.to_string()));
            }
            events.push(event("quick", &log.quick(Some(message)).into_string()));
        }
        let date = log.date(message);
        let mut html = String::new();
        if self.day.replace(date) != Some(date) {
            html.push_str(&log.day(date).into_string());
        }
        let last = next.is_none_or(|next| is_own(next) != is_own(message));
        let around = Around { last, ..Around::default() };
        html.push_str(&log.message(message, around).into_string());
        events.push(event("message", &html).id(message.seq.to_string()));
        self.after = message.seq;
        self.queue.extend(events);
    }
}

/// Line breaks within data are the event stream's own business: HTML has them as spaces.
fn event(name: &str, data: &str) -> Event {
    Event::default().event(name).data(data.replace(['\r', '\n'], " "))
}
