//! What came and was not understood. To open one is an act of its own, with a reason.

use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::id::MessageId;
use bankside_service::channels::{Again, KeptApart, Opened, UpkeepError};
use bankside_service::commit::CommitError;
use bankside_service::suspension::{MAX_REASON, SuspendError};
use maud::{Markup, Render, html};
use url::form_urlencoded;

use super::{LIST, banner, name};
use crate::app::PageError;
use crate::console::here::{OnDuty, moment, plain_moment};
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::disclosure::raw_bytes;
use crate::ui::form::{ErrorSummary, Field};
use crate::ui::icon::Icon;
use crate::ui::list::definitions;
use crate::ui::notice::{Banner, Empty, Tone};
use crate::ui::page::{Title, Width, back, panel};
use crate::ui::text;

/// Where the list is.
const PLACE: &str = "/console/strange";
const PROBLEM: &str = "There is a problem";
const NO_REASON: &str =
    "Give a reason: one line of 1 to 200 characters, without card numbers or codes";

pub(in crate::console) async fn page(
    on_duty: OnDuty,
    RawQuery(query): RawQuery,
) -> Result<Markup, PageError> {
    let kept = on_duty.console.app.service().upkeep.apart().await.map_err(PageError::internal)?;
    let (title, did) = ("What was not understood", query.as_deref().unwrap_or_default());
    let lead = "Deliveries that are their operators’ and could not be read whole. They are sealed, and kept for a month.";
    let main = html! {
        (back(LIST, "Channels"))
        (told(did))
        (Title { over: None, text: title, lead: Some(lead) })
        @if kept.is_empty() { (nothing()) }
        @for one in &kept { (card(&on_duty, one)) }
    };
    Ok(on_duty.page(LIST, Width::Narrow, title, main))
}

fn told(query: &str) -> Markup {
    match query.strip_prefix("did=") {
        Some("understood") => banner(Tone::Ok, "It is understood now, and applied"),
        Some("still") => banner(Tone::Info, "Some of it is still not understood: it stays"),
        Some("distrusted") => banner(
            Tone::Warn,
            "Its channel no longer takes it for its operator’s: the secret was changed",
        ),
        Some("gone") => banner(Tone::Ok, "It was let go"),
        Some("faster") => banner(Tone::Info, "It is not there any more: somebody was faster"),
        _ => html! {},
    }
}

fn nothing() -> Markup {
    let empty = Empty {
        icon: Icon::CircleCheck,
        title: "Everything was understood",
        text: "What a channel cannot read is kept here instead of being dropped.",
        action: None,
    };
    panel(&empty.render())
}

fn card(on_duty: &OnDuty, one: &KeptApart) -> Markup {
    let open = format!("{PLACE}/{}", one.id);
    let button = |label, kind, act| Button { label, kind, icon: None, sends: Some(("act", act)) };
    panel(&html! {
        h2 { (text::name(&name(on_duty, &one.channel))) }
        (definitions(&[
            ("Came", moment(one.at)),
            ("Why it was not understood", text::name(&one.reason)),
            ("Size", text::amount(&format!("{} bytes", one.size))),
        ]))
        form.button-cluster method="post" action=(open) {
            (button("Apply again", Kind::Secondary, "apply"))
            (LinkButton { href: &open, label: "Open", kind: Kind::Secondary, icon: None })
            (button("Let go", Kind::Quiet, "gone"))
        }
    })
}

/// Why is it to be opened?
pub(in crate::console) async fn why(
    on_duty: OnDuty,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Markup, PageError> {
    let id: MessageId = id.parse().map_err(|_| PageError::NotFound)?;
    let title = "Why do you open it?";
    let wrong = (query.as_deref() == Some("wrong=1")).then_some(NO_REASON);
    let reason = Field {
        name: "reason",
        label: "Reason",
        hint: Some("One line, for colleagues and auditors. It stays in the log with your name"),
        error: wrong,
        required: true,
        lines: Some(2),
        ..Field::default()
    };
    let main = html! {
        (back(PLACE, "What was not understood"))
        @if let Some(words) = wrong {
            (ErrorSummary { heading: PROBLEM, errors: &[("reason", words)] })
        }
        (Title { over: None, text: title, lead: Some("It may hold a customer’s words, number or name.") })
        form.form method="post" action={ (PLACE) "/" (id) } {
            (reason)
            (Button { label: "Open it", kind: Kind::Primary, icon: Some(Icon::Eye), sends: Some(("act", "open")) })
        }
    };
    Ok(on_duty.page(LIST, Width::Narrow, title, main))
}

/// Open it, apply it again, or let it go.
pub(in crate::console) async fn act(
    on_duty: OnDuty,
    Path(id): Path<String>,
    body: String,
) -> Result<Response, PageError> {
    on_duty.limit()?;
    let id: MessageId = id.parse().map_err(|_| PageError::NotFound)?;
    let field = |wanted: &str| {
        let mut fields = form_urlencoded::parse(body.as_bytes()).take(4);
        fields.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    if let Some(first) = on_duty.must_confirm(PLACE) {
        return Ok(first);
    }
    let (upkeep, by) = (&on_duty.console.app.service().upkeep, on_duty.operator.by());
    let done = match field("act").as_deref() {
        Some("open") => {
            let reason = one_line(&field("reason").unwrap_or_default());
            match upkeep.open(id, &reason, &by).await {
                Ok(opened) => return Ok(open(&on_duty, &opened).into_response()),
                Err(CommitError::Refused(UpkeepError::Words(
                    SuspendError::Reason | SuspendError::Secret,
                ))) => return Ok(Redirect::to(&format!("{PLACE}/{id}?wrong=1")).into_response()),
                Err(error) => Err(error),
            }
        }
        Some("apply") => upkeep.apply(id, &by).await.map(|again| match again {
            Again::Understood => "understood",
            Again::StillStrange => "still",
        }),
        Some("gone") => upkeep.discard(id, &by).await.map(|()| "gone"),
        _ => return Err(PageError::Bad("act")),
    };
    let did = match done {
        Ok(did) => did,
        Err(CommitError::Refused(UpkeepError::Unknown)) => "faster",
        Err(CommitError::Refused(UpkeepError::Distrusted(_))) => "distrusted",
        Err(error) => return Err(PageError::internal(error)),
    };
    Ok(Redirect::to(&format!("{PLACE}?did={did}")).into_response())
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(2 * MAX_REASON).collect()
}

fn open(on_duty: &OnDuty, opened: &Opened) -> Markup {
    let title = name(on_duty, &opened.channel);
    let over = plain_moment(opened.at);
    let bytes = String::from_utf8_lossy(&opened.body);
    let size = format!("The body, as it came · {} bytes", opened.body.len());
    let recorded =
        Banner { tone: Tone::Info, title: "That you opened it is on the record", body: None };
    let main = html! {
        (back(PLACE, "What was not understood"))
        (recorded.render())
        (Title { over: Some(&over), text: &title, lead: Some(&opened.strange) })
        (panel(&raw_bytes(&size, &bytes)))
    };
    on_duty.page(LIST, Width::Narrow, &title, main)
}
