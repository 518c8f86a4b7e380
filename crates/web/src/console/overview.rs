//! The overview: is all well, what is served, how the log stands.

use axum::response::Redirect;
use bankside_domain::party::Ceiling;
use maud::{Markup, Render, html};

use super::Vital;
use super::here::{OnDuty, moment};
use crate::app::PageError;
use crate::ui::button::{Button, Kind};
use crate::ui::icon::Icon;
use crate::ui::list::{Row, definitions, rows};
use crate::ui::notice::{Banner, Tag, Tone};
use crate::ui::page::{Title, Width, panel, section};
use crate::ui::text;

pub(super) async fn to_home() -> Redirect {
    Redirect::to("/console/")
}

pub(super) async fn page(on_duty: OnDuty) -> Result<Markup, PageError> {
    let settings = on_duty.console.app.settings();
    let vitals = match &settings.office.vitals {
        Some(vitals) => vitals.ask().await,
        None => Vec::new(),
    };
    let service = on_duty.console.app.service();
    let suspended = service.suspensions.list().await.map_err(PageError::internal)?;
    let main = html! {
        (Title { over: Some(&format!("Hello, {}", on_duty.operator.name)), text: headline(&vitals), lead: None })
        @if !suspended.is_empty() { (stopped(suspended.len())) }
        @if !vitals.is_empty() { (section("Health", &health(&vitals))) }
        (section("Disclosure log", &log(&on_duty).await?))
        div.grid {
            (section("Banks", &banks(&on_duty)))
            (section("Channels", &channels(&on_duty)))
        }
        (section("This program", &panel(&definitions(&[
            ("Version", html! { (settings.office.version) }),
            ("Address", html! { (text::ident(settings.public_url.as_str().trim_end_matches('/'))) }),
            ("Database", html! { (if service.store.is_embedded() { "embedded" } else { "PostgreSQL" }) }),
        ]))))
        form method="post" action="/console/sign-out" {
            (Button { label: "Sign out", kind: Kind::Secondary, icon: Some(Icon::LogOut), sends: None })
        }
    };
    Ok(on_duty.page("/console/", Width::Wide, "Overview", main))
}

/// The one sentence first.
fn headline(vitals: &[Vital]) -> &'static str {
    match vitals.iter().filter(|vital| !vital.ok).count() {
        0 => "All is well",
        1 => "One part needs a look",
        _ => "Several parts need a look",
    }
}

fn stopped(count: usize) -> Markup {
    let title = match count {
        1 => "One thing is suspended".to_owned(),
        n => format!("{n} things are suspended"),
    };
    let body = html! { a href="/console/suspensions" { "See what, and why" } };
    Banner { tone: Tone::Warn, title: &title, body: Some(body) }.render()
}

fn health(vitals: &[Vital]) -> Markup {
    let list: Vec<Row<'_>> = vitals
        .iter()
        .map(|vital| {
            let (label, tone) =
                if vital.ok { ("well", Tone::Ok) } else { ("needs a look", Tone::Danger) };
            Row {
                icon: Some(icon(&vital.name)),
                title: title(&vital.name),
                text: vital.reason.as_deref().unwrap_or_default(),
                aside: Some(html! { (Tag { label, tone, icon: None }) }),
                href: None,
            }
        })
        .collect();
    rows(&list)
}

fn title(name: &str) -> &str {
    match name {
        "database" => "Database",
        "keys" => "Keys",
        "core" => "Core bank",
        "log_publisher" => "Log publisher",
        "inbox" => "Inbox",
        other => other,
    }
}

fn icon(name: &str) -> Icon {
    match name {
        "database" => Icon::Database,
        "keys" => Icon::KeyRound,
        "core" => Icon::Landmark,
        "log_publisher" => Icon::ScrollText,
        "inbox" => Icon::Inbox,
        _ => Icon::Settings,
    }
}

async fn log(on_duty: &OnDuty) -> Result<Markup, PageError> {
    let log = &on_duty.console.app.service().log;
    let size = log.size().await.map_err(PageError::internal)?;
    let newest = log.newest().await.map_err(PageError::internal)?;
    let key = log.verifier().to_string();
    let mut lines = vec![
        ("Name", html! { (text::ident(log.origin())) }),
        ("Entries", html! { (text::amount(&size.to_string())) }),
    ];
    match &newest {
        None => lines.push(("Newest checkpoint", html! { "none yet" })),
        Some(newest) => {
            let over = format!("{} entries", newest.size);
            lines.push((
                "Newest checkpoint",
                html! { (moment(newest.at)) ", over " (text::amount(&over)) },
            ));
            lines.push(("Its root", html! { (long(&newest.root)) }));
        }
    }
    lines.push(("Public key", html! { (long(&key)) }));
    Ok(html! {
        (panel(&definitions(&lines)))
        p.soft.small { "Anyone may check it: " a href="/log/checkpoint" { "the checkpoint" } ", and " code { "bankside verify-log" } "." }
    })
}

/// A key or a hash: always from left to right, and it may break anywhere.
fn long(text: &str) -> Markup {
    html! { code.long dir="ltr" { (text) } }
}

fn banks(on_duty: &OnDuty) -> Markup {
    let banks = &on_duty.console.app.service().banks;
    let addresses: Vec<String> = banks.iter().map(|bank| format!("/{}/", bank.id)).collect();
    let list: Vec<Row<'_>> = banks
        .iter()
        .zip(&addresses)
        .map(|(bank, href)| Row {
            href: Some(href),
            icon: Some(Icon::Landmark),
            title: &bank.name,
            text: &bank.support_phone,
            aside: None,
        })
        .collect();
    rows(&list)
}

fn channels(on_duty: &OnDuty) -> Markup {
    let channels = &on_duty.console.app.service().channels;
    let list: Vec<Row<'_>> = channels
        .iter()
        .map(|channel| Row {
            icon: Some(Icon::MessageCircle),
            title: &channel.name,
            text: ceiling(channel.ceiling),
            href: Some("/console/channels"),
            ..Row::default()
        })
        .collect();
    rows(&list)
}

pub(super) fn ceiling(ceiling: Ceiling) -> &'static str {
    match ceiling {
        Ceiling::BankOwned => "the bank’s own: details may be shown",
        Ceiling::EndToEndEncrypted => "encrypted end to end: masked at most",
        Ceiling::Spoken => "spoken aloud: summaries at most",
        Ceiling::PlatformReadable => "the platform reads along: yes or no at most",
        Ceiling::Assistant => "an AI assistant of hers: what she allows, masked once she has gone",
    }
}
