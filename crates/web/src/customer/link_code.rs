//! Linking a chat by a code: for voice assistants, and wherever a link cannot be opened.
//!
//! INVARIANT: the page never shows which phrase is the right one. Whoever made a code does not learn the
//! words of the chat where it was said, so that he cannot link somebody else's chat to his account.

use axum::extract::RawQuery;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use bankside_domain::Party;
use bankside_domain::id::LinkId;
use bankside_language::Msg;
use bankside_service::commit::CommitError;
use bankside_service::conversation::{CodeError, Compared, OpenCode};
use maud::{Markup, Render as _, html};
use serde::Deserialize;

use super::consent::{confirm_first, redirect};
use crate::app::{App, PageError, Signed};
use crate::ui::button::{Button, Kind, LinkButton, row};
use crate::ui::form::{Choice, ChoiceGroup, Many};
use crate::ui::icon::Icon;
use crate::ui::notice::{Banner, Empty, Tone};
use crate::ui::page::{Title, back, panel, phrase};

/// Where it is, below a bank.
const AT: &str = "/link-code";

/// Routes below a bank.
pub(super) fn routes() -> Router<App> {
    Router::new().route(AT, get(page).post(make)).route("/link-code/compare", post(compare))
}

/// What she has open, or the question for which channel she wants a code.
async fn page(signed: Signed, RawQuery(query): RawQuery) -> Result<Markup, PageError> {
    let codes = &signed.here.app.service().codes;
    let open = codes.current(&signed.who.owner).await.map_err(PageError::internal)?;
    let did = query.as_deref().unwrap_or_default();
    let notice = match (did, &open) {
        ("did=mismatch", _) => Some((Tone::Danger, Msg::PageCodeMismatch)),
        ("did=many", _) => Some((Tone::Warn, Msg::PageCodeMany)),
        ("did=look", Some(OpenCode { phrases: None, .. })) => {
            Some((Tone::Info, Msg::PageCodeWaiting))
        }
        _ => None,
    };
    let notice = notice
        .map(|(tone, words)| Banner { tone, title: &signed.text(words), body: None }.render());
    let title = signed.text(Msg::PageCodeTitle);
    let main = html! {
        (back(&signed.here.at("/connections"), &signed.text(Msg::NavConnections)))
        @if let Some(notice) = notice { (notice) }
        @match open {
            Some(open) => { (shown(&signed, &open)) }
            None => { (which(&signed)) }
        }
    };
    Ok(signed.frame("/connections").page(&title, main))
}

/// The channels of this bank where a code can be said.
fn parties(signed: &Signed) -> Vec<&Party> {
    let app = &signed.here.app;
    let found = app.linkable(&signed.here.bank.id);
    found.filter_map(|id| app.service().chats.channel(id).ok()).collect()
}

fn which(signed: &Signed) -> Markup {
    let (title, lead) = (signed.text(Msg::PageCodeTitle), signed.text(Msg::PageCodeIntro));
    let bank = signed.here.bank.name.as_str();
    let parties = parties(signed);
    let choices: Vec<_> = parties
        .iter()
        .map(|party| Choice { value: &party.id, label: &party.name, ..Choice::default() })
        .collect();
    let nowhere = signed.text(Msg::PageCodeNowhere { bank });
    html! {
        (Title { over: None, text: &title, lead: Some(&lead) })
        @if choices.is_empty() {
            (panel(&Empty { icon: Icon::MessageCircle, title: &nowhere, text: "", action: None }.render()))
        } @else {
            form.form method="post" action=(signed.here.at(AT)) {
                (ChoiceGroup {
                    name: "channel",
                    legend: &signed.text(Msg::PageCodeChannel),
                    hint: None,
                    error: None,
                    many: Many::One,
                    choices: &choices,
                })
                (row(&html! { (Button { label: &signed.text(Msg::PageCodeMake), icon: Some(Icon::KeyRound), ..Button::default() }) }))
            }
        }
    }
}

fn shown(signed: &Signed, open: &OpenCode) -> Markup {
    let found = signed.here.app.service().chats.channel(&open.channel);
    let party = found.map_or(open.channel.as_str(), |party| party.name.as_str());
    match &open.phrases {
        None => digits(signed, open, party),
        Some(phrases) => pick(signed, open, party, phrases),
    }
}

/// The code, until somebody says it.
fn digits(signed: &Signed, open: &OpenCode, party: &str) -> Markup {
    let bank = signed.here.bank.name.as_str();
    let title = signed.text(Msg::PageCodeYours { party });
    let how = signed.text(Msg::PageCodeHow { party });
    let warning = signed.text(Msg::PageCodeWarning { bank });
    let look = signed.here.at("/link-code?did=look");
    html! {
        (Title { over: None, text: &title, lead: Some(&how) })
        (panel(&phrase(&open.code.shown())))
        (Banner { tone: Tone::Warn, title: &warning, body: None })
        (row(&html! {
            (LinkButton { href: &look, label: &signed.text(Msg::PageCodeCheck), kind: Kind::Primary, icon: None })
        }))
        (anew(signed, &open.channel))
    }
}

fn anew(signed: &Signed, channel: &str) -> Markup {
    let label = signed.text(Msg::PageCodeAgain);
    html! {
        form method="post" action=(signed.here.at(AT)) {
            input type="hidden" name="channel" value=(channel);
            (row(&html! { (Button { label: &label, kind: Kind::Quiet, icon: None, sends: None }) }))
        }
    }
}

/// Which words her chat told her. She has one try.
fn pick(signed: &Signed, open: &OpenCode, party: &str, phrases: &[String]) -> Markup {
    let title = signed.text(Msg::PageCodeChoose { party });
    let hint = signed.text(Msg::PageCodeChooseHint);
    let none = signed.text(Msg::PageCodeNone);
    let mut choices: Vec<_> = phrases
        .iter()
        .map(|words| Choice { value: words, label: words, ..Choice::default() })
        .collect();
    choices.push(Choice { value: "", label: &none, ..Choice::default() });
    html! {
        (Title { over: Some(party), text: &title, lead: None })
        (Banner { tone: Tone::Warn, title: &hint, body: None })
        form.form method="post" action=(signed.here.at("/link-code/compare")) {
            input type="hidden" name="id" value=(open.id);
            (ChoiceGroup {
                name: "phrase",
                legend: &title,
                hint: None,
                error: None,
                many: Many::One,
                choices: &choices,
            })
            (row(&html! { (Button { label: &signed.text(Msg::PageCodeConfirm), icon: Some(Icon::Link2), ..Button::default() }) }))
        }
    }
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    channel: String,
}

/// A new code. She proves herself first: whoever finds her page open gets none.
async fn make(signed: Signed, Form(wanted): Form<Wanted>) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    if !parties(&signed).iter().any(|party| party.id == wanted.channel) {
        return Err(PageError::Bad("channel"));
    }
    let service = signed.here.app.service();
    if !signed.who.is_fresh(service.clock.now()) {
        return Ok(confirm_first(&signed, &signed.here.at(AT)));
    }
    match service.codes.make(&signed.who.owner, &wanted.channel).await {
        Ok(()) => Ok(redirect(&signed.here.at(AT))),
        Err(CodeError::Many) => Ok(redirect(&signed.here.at("/link-code?did=many"))),
        Err(error) => Err(PageError::internal(error)),
    }
}

#[derive(Deserialize)]
struct Picked {
    id: String,
    /// Nothing chosen, or none of them, is no pick.
    #[serde(default)]
    phrase: String,
}

async fn compare(signed: Signed, Form(picked): Form<Picked>) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    let id: LinkId = picked.id.parse().map_err(|_| PageError::Bad("id"))?;
    let codes = &signed.here.app.service().codes;
    let owner = &signed.who.owner;
    let open = codes.current(owner).await.map_err(PageError::internal)?;
    let channel = open.map(|open| open.channel).ok_or(PageError::Link)?;
    match codes.compare(owner, id, &picked.phrase).await {
        Ok(Compared::Linked(_)) => {
            Ok(redirect(&signed.here.at(&format!("/linked/{channel}"))).into_response())
        }
        Ok(Compared::Mismatch) => Ok(redirect(&signed.here.at("/link-code?did=mismatch"))),
        Err(CommitError::Refused(CodeError::Gone | CodeError::Link(_))) => Err(PageError::Link),
        Err(error) => Err(PageError::internal(error)),
    }
}
