//! Channels in the console: how each connected one is, what was given up, and what came and was not
//! understood.

mod letters;
mod strange;

use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Response};
use bankside_domain::{Party, Timestamp};
use bankside_service::channels::{Deed, Deeded, State};
use bankside_service::suspension::{Subject, Suspended};
use maud::{Markup, Render, html};

pub(super) use letters::act as letter;
pub(super) use strange::{act, page as strange, why};

use super::here::{OnDuty, moment, plain_moment};
use super::overview::ceiling;
use crate::app::PageError;
use crate::ui::button::{Button, Kind, LinkButton, row};
use crate::ui::icon::Icon;
use crate::ui::list::{Row, definitions, rows};
use crate::ui::notice::{Banner, Empty, Tag, Tone};
use crate::ui::page::{Title, Width, back, panel, section};
use crate::ui::text;

/// Where the list is.
const LIST: &str = "/console/channels";
/// Deeds of the past that are shown.
const DEEDS: i64 = 20;

/// All that are connected.
pub(super) async fn page(on_duty: OnDuty) -> Result<Markup, PageError> {
    let upkeep = &on_duty.console.app.service().upkeep;
    let states = upkeep.states().await.map_err(PageError::internal)?;
    let deeds = upkeep.deeds(DEEDS).await.map_err(PageError::internal)?;
    let suspended = suspended(&on_duty).await?;
    let title = "Channels";
    let lead = "What the bank writes to, how it is, and what needs a look.";
    let main = html! {
        (Title { over: None, text: title, lead: Some(lead) })
        @if states.is_empty() { (none()) } @else { (list(&on_duty, &states, &suspended)) }
        (LinkButton { href: "/console/strange", label: "What was not understood", kind: Kind::Secondary, icon: Some(Icon::Inbox) })
        @if !deeds.is_empty() { (section("What was done", &done(&on_duty, &deeds))) }
    };
    Ok(on_duty.page(LIST, Width::Narrow, title, main))
}

fn none() -> Markup {
    let empty = Empty {
        icon: Icon::MessageCircle,
        title: "No channel is connected",
        text: "The bank’s own chat needs none. Others are connected by [[connect]] in the configuration.",
        action: None,
    };
    panel(&empty.render())
}

async fn suspended(on_duty: &OnDuty) -> Result<Vec<Suspended>, PageError> {
    let switch = &on_duty.console.app.service().suspensions;
    switch.list().await.map_err(PageError::internal)
}

fn list(on_duty: &OnDuty, states: &[State], suspended: &[Suspended]) -> Markup {
    let words: Vec<_> = states
        .iter()
        .map(|state| {
            let href = format!("{LIST}/{}", state.channel);
            (name(on_duty, &state.channel), href, in_short(state), mark(state, suspended))
        })
        .collect();
    let list: Vec<_> = words
        .iter()
        .map(|(name, href, words, (label, tone))| Row {
            href: Some(href),
            icon: Some(Icon::MessageCircle),
            title: name,
            text: words,
            aside: Some(html! { (Tag { label, tone: *tone, icon: None }) }),
        })
        .collect();
    rows(&list)
}

/// The one line about a channel.
fn in_short(state: &State) -> String {
    let sent = state.pulse.sent.map(|at| format!("last sent {}", plain_moment(at)));
    let waiting = format!("{} waiting", state.waiting.messages);
    format!("{waiting} · {}", sent.unwrap_or_else(|| "nothing sent yet".to_owned()))
}

fn mark(state: &State, suspended: &[Suspended]) -> (&'static str, Tone) {
    if is_suspended(state, suspended) {
        ("suspended", Tone::Warn)
    } else if state.waiting.dead + state.apart > 0 {
        ("needs a look", Tone::Danger)
    } else if state.waiting.again > 0 {
        ("tries again", Tone::Warn)
    } else {
        ("well", Tone::Ok)
    }
}

fn is_suspended(state: &State, suspended: &[Suspended]) -> bool {
    suspended.iter().any(|one| match &one.subject {
        Subject::Everything => true,
        Subject::Channel(id) => *id == state.channel,
        _ => false,
    })
}

/// One of them.
pub(super) async fn one(
    on_duty: OnDuty,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Markup, PageError> {
    let did = query.as_deref().and_then(|query| query.strip_prefix("did="));
    let banner = match did {
        Some("again") => banner(Tone::Ok, "It is on its way again"),
        Some("gone") => banner(Tone::Ok, "It was let go"),
        Some("faster") => banner(Tone::Info, "It is not there any more: somebody was faster"),
        _ => html! {},
    };
    show(&on_duty, &id, banner).await
}

fn banner(tone: Tone, title: &str) -> Markup {
    Banner { tone, title, body: None }.render()
}

/// Asks the channel's operator whether the bank's credentials work.
pub(super) async fn test(on_duty: OnDuty, Path(id): Path<String>) -> Result<Response, PageError> {
    on_duty.limit()?;
    let tested = on_duty.console.app.service().upkeep.test(&id).await;
    let banner = match tested.ok_or(PageError::NotFound)? {
        Ok(says) => Banner {
            tone: Tone::Ok,
            title: "It answers",
            body: Some(html! { (text::name(&says)) }),
        }
        .render(),
        Err(error) => {
            let why = error.to_string();
            Banner { tone: Tone::Danger, title: "It does not work", body: Some(html! { (why) }) }
                .render()
        }
    };
    Ok(show(&on_duty, &id, banner).await?.into_response())
}

async fn show(on_duty: &OnDuty, id: &str, banner: Markup) -> Result<Markup, PageError> {
    let upkeep = &on_duty.console.app.service().upkeep;
    let states = upkeep.states().await.map_err(PageError::internal)?;
    let state = states.iter().find(|state| state.channel == id).ok_or(PageError::NotFound)?;
    let dead = upkeep.dead(id).await.map_err(PageError::internal)?;
    let suspended = suspended(on_duty).await?;
    let title = name(on_duty, id);
    let main = html! {
        (back(LIST, "Channels"))
        (banner)
        (Title { over: Some(&state.bank), text: &title, lead: None })
        (panel(&facts(on_duty, state, &suspended)))
        form method="post" action={ (LIST) "/" (id) "/test" } {
            (row(&html! {
                (Button { label: "Test the connection", kind: Kind::Primary, icon: Some(Icon::Zap), sends: None })
                (LinkButton { href: "/console/suspensions", label: "Suspensions", kind: Kind::Secondary, icon: Some(Icon::Pause) })
            }))
        }
        (section("Given up", &letters::list(&dead)))
    };
    Ok(on_duty.page(LIST, Width::Narrow, &title, main))
}

fn facts(on_duty: &OnDuty, state: &State, suspended: &[Suspended]) -> Markup {
    let waiting = &state.waiting;
    let count = |n: i64| text::amount(&n.to_string());
    let when = |at: Option<Timestamp>| match at {
        Some(at) => moment(at),
        None => html! { "never" },
    };
    let (label, tone) = mark(state, suspended);
    let read = party(on_duty, &state.channel).map_or("", |party| ceiling(party.ceiling));
    let failed = match &state.pulse.failed {
        Some((at, why)) => html! { (moment(*at)) ": " (text::name(why)) },
        None => html! { "never" },
    };
    definitions(&[
        ("State", html! { (Tag { label, tone, icon: None }) }),
        ("Who can read it", html! { (read) }),
        ("Last sent", when(state.pulse.sent)),
        ("Last received", when(state.pulse.heard)),
        ("Last failure", failed),
        ("Waiting to be sent", count(waiting.messages)),
        ("The oldest of them since", when(waiting.oldest)),
        ("Tried again", count(waiting.again)),
        ("Waiting until the customer writes", count(waiting.for_her)),
        ("Being taken back", count(waiting.retractions)),
        ("Given up", count(waiting.dead)),
        ("Not understood", html! { (count(state.apart)) }),
    ])
}

/// Who did what.
fn done(on_duty: &OnDuty, deeds: &[Deeded]) -> Markup {
    let words: Vec<_> = deeds
        .iter()
        .map(|deeded| {
            let title = match deeded.deed {
                Deed::TryAgain => "A message was tried again",
                Deed::LetGo => "A message was let go",
                Deed::Open => "A delivery was opened",
                Deed::Apply => "A delivery was applied again",
                Deed::Discard => "A delivery was let go",
            };
            let why = if deeded.reason.is_empty() {
                String::new()
            } else {
                format!(" · {}", deeded.reason)
            };
            let channel = name(on_duty, &deeded.channel);
            (title, format!("{channel} · {}{why}", deeded.by), plain_moment(deeded.at()))
        })
        .collect();
    let list: Vec<_> = words
        .iter()
        .map(|(title, text, at)| Row {
            icon: Some(Icon::History),
            title,
            text,
            aside: Some(html! { span.soft.small { (at) } }),
            ..Row::default()
        })
        .collect();
    rows(&list)
}

fn party<'a>(on_duty: &'a OnDuty, id: &str) -> Option<&'a Party> {
    on_duty.console.app.service().channels.iter().find(|party| party.id == id)
}

/// What people call it.
fn name(on_duty: &OnDuty, id: &str) -> String {
    party(on_duty, id).map_or_else(|| id.to_owned(), |party| party.name.clone())
}
