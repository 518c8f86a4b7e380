//! Who operates this installation, and letting one more in.

use axum::response::{IntoResponse, Response};
use bankside_service::staff::Member;
use maud::{Markup, Render, html};

use super::here::{OnDuty, plain_moment};
use crate::app::PageError;
use crate::ui::button::{Button, CopyButton, LinkButton};
use crate::ui::icon::Icon;
use crate::ui::list::{Row, rows};
use crate::ui::notice::{Banner, Tone};
use crate::ui::page::{Title, Width, panel, section};

pub(super) async fn page(on_duty: OnDuty) -> Result<Markup, PageError> {
    let members = on_duty.console.app.service().staff.members().await;
    let members = members.map_err(PageError::internal)?;
    let title = "Who operates this installation";
    let invite = html! {
        p { "A set-up link lets one person register a passkey under her name. It opens for a day, once; making one ends the one before." }
        form method="post" action="/console/operators/invite" {
            (Button { label: "Make a set-up link", icon: Some(Icon::Plus), ..Button::default() })
        }
    };
    let main = html! {
        (Title { over: None, text: title, lead: None })
        (people(&on_duty, &members))
        (section("Let one more in", &panel(&invite)))
    };
    Ok(on_duty.page("/console/operators", Width::Narrow, title, main))
}

fn people(on_duty: &OnDuty, members: &[Member]) -> Markup {
    let words: Vec<String> = members.iter().map(about).collect();
    let list: Vec<Row<'_>> = members
        .iter()
        .zip(&words)
        .map(|(member, words)| Row {
            icon: Some(Icon::User),
            title: &member.name,
            text: words,
            aside: (member.id == on_duty.operator.id).then(|| html! { "you" }),
            href: None,
        })
        .collect();
    rows(&list)
}

fn about(member: &Member) -> String {
    let keys = match member.passkeys {
        0 => "no passkey: the demo’s stand-in".to_owned(),
        1 => "one passkey".to_owned(),
        n => format!("{n} passkeys"),
    };
    let used = member.last_used.map(|at| format!(" · last used {}", plain_moment(at)));
    format!("{keys}{}", used.unwrap_or_default())
}

/// Shows the link, once: only its hash is kept.
pub(super) async fn invite(on_duty: OnDuty) -> Result<Response, PageError> {
    on_duty.limit()?;
    if let Some(first) = on_duty.must_confirm("/console/operators") {
        return Ok(first);
    }
    let link = on_duty.console.app.service().staff.invite().await;
    let link = link.map_err(PageError::internal)?;
    let origin = on_duty.console.app.settings().public_url.as_str().trim_end_matches('/');
    let address = format!("{origin}/setup/{}", link.expose());
    let title = "Hand this link to one person";
    let once = Banner {
        tone: Tone::Info,
        title: "It is shown this once",
        body: Some(html! { "It opens for a day, until somebody registered with it." }),
    };
    let main = html! {
        (Title { over: None, text: title, lead: None })
        (once.render())
        (panel(&html! {
            p { code.long dir="ltr" { a href=(address) { (address) } } }
            div { (CopyButton { text: &address, label: "Copy", done: "Copied" }) }
        }))
        (LinkButton { href: "/console/operators", label: "Done", ..LinkButton::default() })
    };
    Ok(on_duty.page("/console/operators", Width::Narrow, title, main).into_response())
}
