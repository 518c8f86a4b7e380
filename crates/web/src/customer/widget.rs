//! The chat on the bank's own sites: the script that they load, and a page that stands for one.
//!
//! INVARIANT: the script is the same for everybody: it holds the bank's name, shades and words, and
//! nothing of whoever loads it.

use axum::Extension;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bankside_domain::Language;
use bankside_language::{Catalogue, Msg};
use maud::html;
use serde_json::{Map, Value, json};

use crate::app::{Here, PageError};
use crate::assets;
use crate::security::Exception;
use crate::ui::accent::Accent;
use crate::ui::page::{Title, Width, panel, section};

/// A site's visitors look for a new script after so many seconds.
const FRESH: &str = "public, max-age=300";

/// The script, for banks that have sites.
pub(super) async fn script(here: Here) -> Result<Response, PageError> {
    if here.app.settings().sites.of(&here.bank.id).is_empty() {
        return Err(PageError::NotFound);
    }
    let accent = here.bank.accent.parse().unwrap_or(Accent::Teal);
    let (code, style) = assets::widget(accent);
    let words = Language::ALL.iter().map(|language| {
        let text = |msg| Catalogue::of(*language).text(msg);
        let words = json!({
            "title": text(Msg::PageChatTitle { bank: &here.bank.name }),
            "unread": text(Msg::PageChatNewer),
            "unavailable": text(Msg::PageWidgetUnavailable),
            "elsewhere": text(Msg::PageWidgetOpen),
            "close": text(Msg::ButtonClose),
        });
        (language.tag().to_owned(), words)
    });
    let settings = json!({
        "origin": here.app.settings().public_url.origin().ascii_serialization(),
        "path": here.at(""),
        "style": style,
        "words": Value::Object(words.collect::<Map<_, _>>()),
    });
    let body = format!("(() => {{\n{code}\nwidget({settings});\n}})();\n");
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, FRESH)];
    Ok((Extension(Exception::LoadedElsewhere), headers, body).into_response())
}

/// A page that stands for a site of the bank, where there is one to try.
pub(super) async fn sample(here: Here) -> Result<Response, PageError> {
    let settings = here.app.settings();
    if !settings.sample_site {
        return Err(PageError::NotFound);
    }
    let origin = settings.public_url.origin().ascii_serialization();
    let address = format!("{origin}{}", here.at("/widget.js"));
    let title = here.text(Msg::PageSampleTitle { bank: &here.bank.name });
    let lead = here.text(Msg::PageSampleLead);
    let tag = format!("<script src=\"{address}\" async></script>");
    let main = html! {
        (Title { over: Some(&here.bank.name), text: &title, lead: Some(&lead) })
        div.grid {
            (section(&here.text(Msg::PageSampleTag), &html! { div.bytes { pre dir="ltr" tabindex="0" { (tag) } } }))
            (section(&here.text(Msg::PageSampleLearns), &panel(&html! {
                p { (here.text(Msg::PageSampleNothing)) }
            })))
        }
        script src=(address) async {}
        noscript { p { a href=(format!("{origin}{}", here.at("/chat/web"))) { (here.text(Msg::PageLinkBack)) } } }
    };
    let page = here.frame().width(Width::Wide).page(&title, main);
    Ok((Extension(Exception::SiteOf(origin)), page).into_response())
}
