//! STOP ALL: one page, one button. Every consent ends in one transaction.

use axum::extract::RawQuery;
use axum::response::Response;
use bankside_language::Msg;
use maud::{Markup, Render, html};

use super::consent::redirect;
use crate::app::{PageError, Signed};
use crate::ui::button::{Button, Kind, LinkButton, row};
use crate::ui::icon::Icon;
use crate::ui::notice::{Banner, Tone};
use crate::ui::page::Title;

/// Why they were ended, as their records say.
const REASON: &str = "stopped everything";

pub(super) async fn page(signed: Signed, RawQuery(query): RawQuery) -> Markup {
    let stopped = query.as_deref().and_then(|q| q.strip_prefix("stopped="));
    match stopped.and_then(|count| count.parse().ok()) {
        Some(count) => done(&signed, count),
        None => ask(&signed),
    }
}

fn ask(signed: &Signed) -> Markup {
    let title = signed.text(Msg::PageStopAllTitle);
    let lead = signed.text(Msg::PageStopAllIntro);
    let home = signed.here.at("/connections");
    let main = html! {
        (Title { over: None, text: &title, lead: Some(&lead) })
        form method="post" action=(signed.here.at("/stop-all")) {
            (row(&html! {
                (Button { label: &signed.text(Msg::PageStopAllButton), kind: Kind::Danger, icon: Some(Icon::Hand), sends: None })
                (LinkButton { href: &home, label: &signed.text(Msg::ButtonCancel), kind: Kind::Secondary, icon: None })
            }))
        }
    };
    signed.frame("/connections").page(&title, main)
}

fn done(signed: &Signed, count: usize) -> Markup {
    let title = signed.text(Msg::PageStopAllDone);
    let words = signed.text(match count {
        0 => Msg::ChatStopAllNothing,
        count => Msg::ChatStopAllDone { count },
    });
    let (log, home) = (signed.here.at("/log"), signed.here.at("/"));
    let platforms = signed.here.at("/platforms");
    let main = html! {
        (Banner { tone: Tone::Ok, title: &words, body: None }.render())
        (Title { over: None, text: &title, lead: None })
        (row(&html! {
            (LinkButton { href: &log, label: &signed.text(Msg::NavLog), kind: Kind::Secondary, icon: Some(Icon::Eye) })
            (LinkButton { href: &platforms, label: &signed.text(Msg::PageLearntTitle), kind: Kind::Secondary, icon: Some(Icon::History) })
            (LinkButton { href: &home, label: &signed.text(Msg::NavHome), kind: Kind::Quiet, icon: None })
        }))
    };
    signed.frame("/connections").page(&title, main)
}

pub(super) async fn stop(signed: Signed) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    let consents = &signed.here.app.service().consents;
    let stopped = consents.stop(&signed.who.owner, None, REASON).await;
    let stopped = stopped.map_err(PageError::internal)?;
    Ok(redirect(&signed.here.at(&format!("/stop-all?stopped={stopped}"))))
}
