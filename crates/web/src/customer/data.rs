//! My data: a copy to take home, and clearing what is kept here.

mod clear;
mod copy;

use bankside_language::Msg;
use bankside_service::clear::Stage;
use maud::{Markup, Render, html};

pub(super) use clear::{check as clear_check, clear, receipt};
pub(super) use copy::{csv, json};

use crate::app::{PageError, Signed};
use crate::ui::button::{Kind, LinkButton, row};
use crate::ui::icon::Icon;
use crate::ui::list::{Row, rows};
use crate::ui::notice::{Banner, Tone};
use crate::ui::page::{Title, panel, section};

pub(super) async fn page(signed: Signed) -> Result<Markup, PageError> {
    let clearing = &signed.here.app.service().clearing;
    let customer = signed.who.session.customer;
    let stage = clearing.stage(customer).await.map_err(PageError::internal)?;
    let last = clearing.receipt(customer).await.map_err(PageError::internal)?;
    let words = |msg: Msg<'_>| signed.text(msg);
    let (title, lead) = (words(Msg::PageDataTitle), words(Msg::PageDataIntro));
    let at = last.map(|cleared| signed.formats().moment(cleared.at));
    let clear = html! {
        p { (words(Msg::PageDataClearIntro)) }
        @if let Some(time) = &at {
            p.soft.small {
                (words(Msg::PageDataCleared { time })) " · "
                a href=(signed.here.at("/data/receipt")) { (words(Msg::PageDataReceipt)) }
            }
        }
        (row(&html! {
            (LinkButton { href: &signed.here.at("/data/clear"), label: &words(Msg::PageDataClearTitle), kind: Kind::Secondary, icon: Some(Icon::Trash2) })
        }))
    };
    let main = html! {
        @if stage != Stage::Done {
            (Banner { tone: Tone::Info, title: &words(Msg::PageDataUnderWay), body: None }.render())
        }
        (Title { over: None, text: &title, lead: Some(&lead) })
        (section(&words(Msg::PageDataExportTitle), &copies(&signed)))
        (section(&words(Msg::PageDataClearTitle), &panel(&clear)))
        (section(&words(Msg::NavStopAll), &panel(&html! {
            p { (words(Msg::PageStopAllIntro)) }
            (row(&html! {
                (LinkButton { href: &signed.here.at("/stop-all"), label: &words(Msg::NavStopAll), kind: Kind::Secondary, icon: Some(Icon::Hand) })
            }))
        })))
    };
    Ok(signed.frame("/data").page(&title, main))
}

fn copies(signed: &Signed) -> Markup {
    let words = |msg: Msg<'_>| signed.text(msg);
    let files = [
        ("/data/export.json", words(Msg::PageDataExportJson), "bankside-data.json", Icon::Database),
        (
            "/data/transactions.csv",
            words(Msg::PageDataExportCsv),
            "transactions.csv",
            Icon::FileText,
        ),
        ("/log/export.json", words(Msg::LogExport), "bankside-log.json", Icon::ScrollText),
    ];
    let files = files.map(|(path, title, text, icon)| (signed.here.at(path), title, text, icon));
    let list: Vec<_> = files
        .iter()
        .map(|(href, title, text, icon)| Row {
            href: Some(href),
            icon: Some(*icon),
            title,
            text,
            aside: None,
        })
        .collect();
    rows(&list)
}
