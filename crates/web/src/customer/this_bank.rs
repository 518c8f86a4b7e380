//! "Is this my bank?": the words of each linked chat, and a check of any message by its receipt
//! number.

use axum::extract::RawQuery;
use bankside_language::Msg;
use bankside_service::log::{Disclosure, LogError};
use maud::{Markup, Render, html};
use url::form_urlencoded;

use super::log::sentence;
use crate::app::{PageError, Signed};
use crate::ui::button::Button;
use crate::ui::form::Field;
use crate::ui::icon::Icon;
use crate::ui::notice::{Banner, Empty, Tone};
use crate::ui::page::{Title, panel, phrase, section};
use crate::ui::text;

/// Longest receipt number that is looked up, in characters.
const MAX_RECEIPT: usize = 40;

pub(super) async fn page(signed: Signed, RawQuery(query): RawQuery) -> Result<Markup, PageError> {
    let service = signed.here.app.service();
    let customer = signed.who.session.customer;
    let chats = service.chats.of_customer(customer).await.map_err(PageError::internal)?;
    let mut phrases = Vec::with_capacity(chats.len());
    for chat in chats {
        let words = service.chats.phrase(&chat).await.map_err(PageError::internal)?;
        phrases.push((chat.party.name, words.unwrap_or_default()));
    }
    let asked = asked(query.as_deref().unwrap_or_default());
    let found = match &asked {
        Some(number) => Some(look(&signed, number).await?),
        None => None,
    };
    let bank = signed.here.bank.name.as_str();
    let (title, lead) = (signed.text(Msg::PageBankTitle), signed.text(Msg::PageBankIntro { bank }));
    let main = html! {
        @if let Some(found) = &found { (verdict(&signed, found.as_ref())) }
        (Title { over: None, text: &title, lead: Some(&lead) })
        (words(&signed, &phrases))
        (section(&signed.text(Msg::PageBankReceipt), &check(&signed, asked.as_deref())))
    };
    Ok(signed.frame("/").page(&title, main))
}

fn asked(query: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes()).take(4);
    let (_, value) = pairs.find(|(name, _)| name == "receipt")?;
    let number: String = value.trim().chars().take(MAX_RECEIPT).collect();
    (!number.is_empty()).then(|| number.to_uppercase())
}

/// Her entry with that number, in either case of letters.
async fn look(signed: &Signed, number: &str) -> Result<Option<Disclosure>, PageError> {
    let log = &signed.here.app.service().log;
    for spelling in [number.to_owned(), number.to_lowercase()] {
        match log.entry(&signed.who.owner, &spelling).await {
            Ok(entry) => return Ok(Some(entry)),
            Err(LogError::Unknown) => {}
            Err(error) => return Err(PageError::internal(error)),
        }
    }
    Ok(None)
}

fn verdict(signed: &Signed, found: Option<&Disclosure>) -> Markup {
    let bank = signed.here.bank.name.as_str();
    let phone = signed.here.bank.support_phone.as_str();
    match found {
        Some(entry) => {
            let time = signed.formats().moment(entry.at);
            let href = signed.here.at(&format!("/log/{}", entry.receipt));
            let body = html! { a href=(href) { (sentence(signed, entry)) } };
            let title = signed.text(Msg::PageBankGenuine { bank, time: &time });
            Banner { tone: Tone::Ok, title: &title, body: Some(body) }.render()
        }
        None => {
            let title = signed.text(Msg::PageBankUnknown { bank, phone });
            Banner { tone: Tone::Danger, title: &title, body: None }.render()
        }
    }
}

fn words(signed: &Signed, phrases: &[(String, String)]) -> Markup {
    if phrases.is_empty() {
        let title = signed.text(Msg::PageBankNoChat);
        let empty = Empty { icon: Icon::MessageCircle, title: &title, text: "", action: None };
        return panel(&empty.render());
    }
    html! {
        @for (party, words) in phrases {
            (panel(&html! { p.soft.centre { (text::name(party)) } (phrase(words)) }))
        }
    }
}

fn check(signed: &Signed, asked: Option<&str>) -> Markup {
    let field = Field {
        name: "receipt",
        label: &signed.text(Msg::LogDetailReceipt),
        hint: Some(&signed.text(Msg::PageBankReceiptHint)),
        value: asked.unwrap_or_default(),
        required: true,
        autocomplete: Some("off"),
        ..Field::default()
    };
    panel(&html! {
        form.form method="get" action=(signed.here.at("/is-this-my-bank")) {
            (field)
            div.button-row { (Button { label: &signed.text(Msg::ButtonCheck), icon: Some(Icon::ShieldCheck), ..Button::default() }) }
        }
    })
}
