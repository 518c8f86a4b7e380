//! The kill switch in the console: what is suspended, who did what, and one question per page on
//! the way to suspending or lifting something.

mod ask;

use axum::extract::RawQuery;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::Purpose;
use bankside_service::commit::CommitError;
use bankside_service::log::LogError;
use bankside_service::suspension::{Act, Deed, Outcome, Subject, SuspendError, Suspended};
use maud::{Markup, Render, html};

pub(super) use ask::{check, what, why};

use super::here::{OnDuty, moment};
use crate::app::PageError;
use crate::ui::button::{Kind, LinkButton};
use crate::ui::icon::Icon;
use crate::ui::list::definitions;
use crate::ui::notice::{Banner, Empty, Tag, Tone};
use crate::ui::page::{Title, Width, panel, section};
use crate::ui::text;
use ask::Answers;

/// Acts of the past that are shown.
const ACTS: i64 = 20;
/// Where the list is.
const LIST: &str = "/console/suspensions";

pub(super) async fn page(on_duty: OnDuty, RawQuery(query): RawQuery) -> Result<Markup, PageError> {
    let switch = &on_duty.console.app.service().suspensions;
    let suspended = switch.list().await.map_err(PageError::internal)?;
    let acts = switch.history(i64::MAX, ACTS).await.map_err(PageError::internal)?;
    let title = "Suspensions";
    let lead = "What you suspend stops at once, on every node, and leaves signed evidence.";
    let main = html! {
        (banner(&on_duty, query.as_deref().unwrap_or_default()))
        (Title { over: None, text: title, lead: Some(lead) })
        @if suspended.is_empty() { (nothing()) }
        @for one in &suspended { (card(&on_duty, one)) }
        (LinkButton { href: "/console/suspensions/what", label: "Suspend something", kind: Kind::Danger, icon: Some(Icon::Hand) })
        @if !acts.is_empty() { (section("What was done", &done(&on_duty, &acts))) }
    };
    Ok(on_duty.page(LIST, Width::Narrow, title, main))
}

/// What just happened, carried by the address.
fn banner(on_duty: &OnDuty, query: &str) -> Markup {
    let answers = Answers::parse(query);
    let Some(subject) = &answers.subject else { return html! {} };
    let name = name(on_duty, subject);
    let (tone, title) = match answers.did.as_str() {
        "suspend" => (Tone::Warn, format!("{name}: suspended from now on")),
        "lift" => (Tone::Ok, format!("{name}: goes on from now on")),
        "already" => (Tone::Info, format!("{name}: it was so already, nothing changed")),
        _ => return html! {},
    };
    Banner { tone, title: &title, body: None }.render()
}

fn nothing() -> Markup {
    let empty = Empty {
        icon: Icon::CircleCheck,
        title: "Nothing is suspended",
        text: "Every channel, recipient and purpose works as customers allowed it.",
        action: None,
    };
    panel(&empty.render())
}

fn card(on_duty: &OnDuty, one: &Suspended) -> Markup {
    let subject = one.subject.to_string();
    let lift = Answers::about(Deed::Lift, &one.subject).at("/console/suspensions/why");
    panel(&html! {
        div.split {
            div {
                h2 { (text::name(&name(on_duty, &one.subject))) }
                p.soft.small { (text::ident(&subject)) }
            }
            (Tag { label: "suspended", tone: Tone::Warn, icon: Some(Icon::Pause) })
        }
        p { (text::name(&one.reason)) }
        p.soft.small { "By " (text::name(&one.by)) ", " (moment(one.since)) }
        div { (LinkButton { href: &lift, label: "Let it go on", kind: Kind::Secondary, icon: Some(Icon::Play) }) }
    })
}

fn done(on_duty: &OnDuty, acts: &[Act]) -> Markup {
    html! {
        @for Act { receipt, at, statement, .. } in acts {
            (panel(&html! {
                div.split {
                    p.strong { (text::name(&name(on_duty, &statement.subject))) }
                    @match statement.deed {
                        Deed::Suspend => { (Tag { label: "suspended", tone: Tone::Warn, icon: None }) }
                        Deed::Lift => { (Tag { label: "lifted", tone: Tone::Ok, icon: None }) }
                    }
                }
                (definitions(&[
                    ("Why", html! { (text::name(&statement.reason)) }),
                    ("Who", html! { (text::name(&statement.by.name)) @if statement.by.staff.is_none() { ", by a command on the machine" } }),
                    ("When", html! { (moment(*at)) }),
                    ("Receipt", html! { (text::ident(receipt)) }),
                ]))
            }))
        }
        p { a href="/console/suspensions/evidence.json" { "Download the signed evidence of all acts" } }
        p.soft.small { "It verifies with the log’s public key alone: " code { "bankside verify-log evidence.json" } "." }
    }
}

/// What people call it.
fn name(on_duty: &OnDuty, subject: &Subject) -> String {
    match subject {
        Subject::Everything => "Everything".to_owned(),
        Subject::Channel(id) => {
            let channels = &on_duty.console.app.service().channels;
            let known = channels.iter().find(|channel| channel.id == *id);
            format!("Channel {}", known.map_or(id.as_str(), |channel| channel.name.as_str()))
        }
        Subject::Recipient(id) => format!("Recipient {id}"),
        Subject::Purpose(purpose) => format!("Purpose “{}”", purpose_name(*purpose)),
    }
}

fn purpose_name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::AccountInformation => "account information",
        Purpose::FraudAlerts => "fraud alerts",
        Purpose::Support => "support",
        Purpose::AccountManagement => "account management",
        Purpose::Payments => "payments",
        Purpose::Orders => "orders",
        Purpose::Offers => "offers",
    }
}

/// Suspends or lifts. What is so already changes nothing, so that a second submit does not either.
pub(super) async fn act(on_duty: OnDuty, body: String) -> Result<Response, PageError> {
    on_duty.limit()?;
    let answers = Answers::parse(&body);
    let (Some(deed), Some(subject)) = (answers.deed, &answers.subject) else {
        return Err(PageError::Bad("subject"));
    };
    if let Some(first) = on_duty.must_confirm(&answers.at("/console/suspensions/check")) {
        return Ok(first);
    }
    let switch = &on_duty.console.app.service().suspensions;
    let by = on_duty.operator.by();
    let acted = match deed {
        Deed::Suspend => switch.suspend(subject, &answers.reason, &by).await,
        Deed::Lift => switch.lift(subject, &answers.reason, &by).await,
    };
    let did = match (acted, deed) {
        (Ok(Outcome::Already), _) => "already",
        (Ok(Outcome::Done(_)), Deed::Suspend) => "suspend",
        (Ok(Outcome::Done(_)), Deed::Lift) => "lift",
        (Err(CommitError::Refused(SuspendError::Reason | SuspendError::Secret)), _) => {
            return Ok(answers.back_to_reason());
        }
        (Err(CommitError::Refused(SuspendError::Unknown { .. })), _) => {
            return Err(PageError::Bad("subject"));
        }
        (Err(error), _) => return Err(PageError::internal(error)),
    };
    let to = Answers::about(deed, subject).did(did).at(LIST);
    Ok(Redirect::to(&to).into_response())
}

/// The evidence as a file.
pub(super) async fn evidence(on_duty: OnDuty) -> Result<Response, PageError> {
    let switch = &on_duty.console.app.service().suspensions;
    let export = match switch.evidence().await {
        Ok(export) => export,
        Err(LogError::Empty) => return Err(PageError::NotFound),
        Err(error) => return Err(PageError::internal(error)),
    };
    let bytes = export.to_bytes().map_err(PageError::internal)?;
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CONTENT_DISPOSITION, "attachment; filename=\"evidence.json\""),
    ];
    Ok((headers, bytes).into_response())
}
