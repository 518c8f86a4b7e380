//! Dead letters: when, why, how often; never their words.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::id::MessageId;
use bankside_service::channels::{Dead, UpkeepError};
use bankside_service::commit::CommitError;
use maud::{Markup, Render, html};
use url::form_urlencoded;

use super::LIST;
use crate::app::PageError;
use crate::console::here::{OnDuty, moment};
use crate::ui::button::{Button, Kind};
use crate::ui::form::hidden;
use crate::ui::icon::Icon;
use crate::ui::list::definitions;
use crate::ui::notice::Empty;
use crate::ui::page::panel;
use crate::ui::text;

pub(super) fn list(dead: &[Dead]) -> Markup {
    if dead.is_empty() {
        let empty = Empty {
            icon: Icon::CircleCheck,
            title: "Nothing was given up",
            text: "What an operator refuses, or does not take for a day, is kept here.",
            action: None,
        };
        return panel(&empty.render());
    }
    html! { @for letter in dead { (one(letter)) } }
}

fn one(letter: &Dead) -> Markup {
    let button = |label, kind, act| Button { label, kind, icon: None, sends: Some(("act", act)) };
    panel(&html! {
        (definitions(&[
            ("Written", moment(letter.id.made())),
            ("Given up", letter.failed.map_or_else(|| html! { "—" }, moment)),
            ("Why", html! { (text::name(letter.reason.as_deref().unwrap_or("not said"))) }),
            ("Tries", text::amount(&letter.attempts.to_string())),
        ]))
        form.button-cluster method="post" action={ "/console/letters/" (letter.id) } {
            (hidden("channel", &letter.channel))
            (button("Try again", Kind::Secondary, "again"))
            (button("Let go", Kind::Quiet, "gone"))
        }
    })
}

/// Try again, or let go.
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
    let channel = field("channel").unwrap_or_default();
    let channels = &on_duty.console.app.service().channels;
    if !channels.iter().any(|party| party.id == channel) {
        return Err(PageError::Bad("channel"));
    }
    let place = format!("{LIST}/{channel}");
    if let Some(first) = on_duty.must_confirm(&place) {
        return Ok(first);
    }
    let (upkeep, by) = (&on_duty.console.app.service().upkeep, on_duty.operator.by());
    let (done, did) = match field("act").as_deref() {
        Some("again") => (upkeep.try_again(id, &by).await, "again"),
        Some("gone") => (upkeep.let_go(id, &by).await, "gone"),
        _ => return Err(PageError::Bad("act")),
    };
    let did = match done {
        Ok(()) => did,
        Err(CommitError::Refused(UpkeepError::Unknown)) => "faster",
        Err(error) => return Err(PageError::internal(error)),
    };
    Ok(Redirect::to(&format!("{place}?did={did}")).into_response())
}
