//! Clearing her history: what goes, what must stay and why, then once and for all.

use axum::response::{IntoResponse, Response};
use bankside_language::Msg;
use bankside_service::clear::{ClearError, Cleared, Erased, Hold};
use bankside_service::commit::CommitError;
use maud::{Markup, Render, html};

use crate::app::{PageError, SESSION, Signed};
use crate::customer::consent::confirm_first;
use crate::customer::log::file;
use crate::ui::button::{Button, CopyButton, Kind, LinkButton, row};
use crate::ui::disclosure::raw_bytes;
use crate::ui::icon::Icon;
use crate::ui::list::{definitions, ticks};
use crate::ui::notice::{Banner, Tone};
use crate::ui::page::{Title, back, panel, section};
use crate::ui::text;

pub(in crate::customer) async fn check(signed: Signed) -> Result<Markup, PageError> {
    let clearing = &signed.here.app.service().clearing;
    let customer = signed.who.session.customer;
    let held = clearing.held(customer).await.map_err(PageError::internal)?;
    let goes = clearing.preview(customer).await.map_err(PageError::internal)?;
    Ok(ask(&signed, &goes, held.as_ref()))
}

fn ask(signed: &Signed, goes: &Erased, held: Option<&Hold>) -> Markup {
    let words = |msg: Msg<'_>| signed.text(msg);
    let (title, lead) = (words(Msg::PageDataClearTitle), words(Msg::PageDataClearIntro));
    let main = html! {
        (back(&signed.here.at("/data"), &words(Msg::NavData)))
        @if let Some(hold) = held {
            (Banner { tone: Tone::Warn, title: &words(Msg::PageDataHeld { reason: &hold.reason }), body: None }.render())
        }
        (Title { over: None, text: &title, lead: Some(&lead) })
        (section(&words(Msg::PageDataClearGoes), &panel(&counted(signed, goes))))
        (section(&words(Msg::PageDataClearStays), &panel(&stays(signed))))
        @if held.is_none() {
            form method="post" action=(signed.here.at("/data/clear")) {
                (row(&html! {
                    (Button { label: &words(Msg::PageDataClearButton), kind: Kind::Danger, icon: Some(Icon::Trash2), sends: None })
                    (LinkButton { href: &signed.here.at("/data"), label: &words(Msg::ButtonCancel), kind: Kind::Secondary, icon: None })
                }))
            }
        }
    };
    signed.frame("/data").page(&title, main)
}

fn counted(signed: &Signed, goes: &Erased) -> Markup {
    let formats = signed.formats();
    let number = |n: u64| text::amount(&formats.number(i64::try_from(n).unwrap_or(i64::MAX)));
    html! {
        p { (signed.text(Msg::PageDataClearGoesList)) }
        (definitions(&[
            (&signed.text(Msg::PageDataMessages), number(goes.messages)),
            (&signed.text(Msg::PageDataEntries), number(goes.records)),
            (&signed.text(Msg::PageConnectionsChats), number(goes.chats)),
            (&signed.text(Msg::NavConnections), number(goes.consents)),
        ]))
    }
}

fn stays(signed: &Signed) -> Markup {
    let bank = signed.here.bank.name.as_str();
    let ledger = signed.text(Msg::PageDataClearStaysBank { bank });
    let log = signed.text(Msg::PageDataClearStaysLog);
    let parties: Vec<_> =
        signed.here.app.service().channels.iter().map(|p| p.name.as_str()).collect();
    let parties = parties.join(", ");
    let channel = signed.text(Msg::PageDataClearStaysChannel { party: &parties });
    ticks(true, &[&ledger, &log, &channel])
}

/// Once and for all. She is signed out with it: the answer is the last page of this session.
pub(in crate::customer) async fn clear(signed: Signed) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    let clearing = &signed.here.app.service().clearing;
    let cleared = match clearing.ask(&signed.who).await {
        Ok(cleared) => cleared,
        Err(CommitError::Refused(ClearError::NotFresh)) => {
            return Ok(confirm_first(&signed, &signed.here.at("/data/clear")));
        }
        Err(CommitError::Refused(ClearError::Held(hold))) => {
            return Ok(ask(&signed, &Erased::default(), Some(&hold)).into_response());
        }
        Err(error) => return Err(PageError::internal(error)),
    };
    let page = done(&signed, cleared.as_ref());
    let jar = signed.here.jar.clone().forget(SESSION, &signed.here.bank.id);
    Ok((jar, page).into_response())
}

fn done(signed: &Signed, cleared: Option<&Cleared>) -> Markup {
    let words = |msg: Msg<'_>| signed.text(msg);
    let title = words(match cleared {
        Some(_) => Msg::PageDataClearDone,
        None => Msg::PageDataUnderWay,
    });
    let main = html! {
        (Title { over: None, text: &title, lead: None })
        @if let Some(cleared) = cleared {
            (panel(&html! {
                (raw_bytes(&words(Msg::LogDetailReceipt), &cleared.receipt))
                (CopyButton { text: &cleared.receipt, label: &words(Msg::ButtonCopy), done: &words(Msg::ButtonCopied) })
            }))
        }
        p.soft { (words(Msg::PageSignedOut)) }
        (row(&html! {
            (LinkButton { href: &signed.here.at("/data/receipt"), label: &words(Msg::PageDataReceipt), kind: Kind::Secondary, icon: Some(Icon::Download) })
        }))
    };
    signed.here.frame().page(&title, main)
}

/// The signed receipt of her last clearing, as a file.
pub(in crate::customer) async fn receipt(signed: Signed) -> Result<Response, PageError> {
    let clearing = &signed.here.app.service().clearing;
    let found = clearing.receipt(signed.who.session.customer).await;
    let cleared = found.map_err(PageError::internal)?.ok_or(PageError::NotFound)?;
    Ok(file("text/plain; charset=utf-8", "cleared.txt", cleared.receipt.into_bytes()))
}
