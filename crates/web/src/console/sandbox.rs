//! The sandbox's page, in the demo alone: bring about a purchase, a salary or a refund for one of
//! the invented customers. The form carries a key, so that a second submit brings nothing about.

use axum::Form;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::transaction::Category;
use bankside_service::ports::{Invented, SandboxEvents};
use bankside_service::sandbox::{Wish, WishError, WishKind};
use bankside_service::token::Token;
use maud::{Markup, Render, html};
use serde::Deserialize;
use url::form_urlencoded;

use super::here::OnDuty;
use crate::app::PageError;
use crate::ui::button::Button;
use crate::ui::form::{Choice, ChoiceGroup, ErrorSummary, Field, Input, Many, Select, hidden};
use crate::ui::icon::Icon;
use crate::ui::notice::{Banner, Tone};
use crate::ui::page::{Title, Width};

const PATH: &str = "/console/sandbox";
const KINDS: [(&str, &str, &str); 3] = [
    ("purchase", "A purchase", "One of her cards pays: a hold now, the booking a day later"),
    ("salary", "A salary", "Wages arrive on her account"),
    ("refund", "A refund", "A merchant returns money to one of her cards"),
];

/// What the form holds.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    key: String,
    #[serde(default)]
    kind: String,
    /// Customer and account in one choice, as `customer/account`.
    #[serde(default)]
    account: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    category: String,
}

/// The sandbox, where the core is one.
fn sandbox(on_duty: &OnDuty) -> Result<&dyn SandboxEvents, PageError> {
    let sandbox = on_duty.console.app.settings().office.sandbox.as_deref();
    sandbox.ok_or(PageError::NotFound)
}

pub(super) async fn page(on_duty: OnDuty, RawQuery(query): RawQuery) -> Result<Markup, PageError> {
    let people = sandbox(&on_duty)?.people().await.map_err(PageError::internal)?;
    let query = query.unwrap_or_default();
    let did = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "did");
    let did = did.map(|(_, words)| words.chars().take(120).collect::<String>());
    Ok(show(&on_duty, &people, &Asked::default(), None, did.as_deref()))
}

fn show(
    on_duty: &OnDuty,
    people: &[Invented],
    asked: &Asked,
    wrong: Option<(&'static str, &str)>,
    did: Option<&str>,
) -> Markup {
    let key = Token::random(&*on_duty.console.app.service().entropy);
    let key = if asked.key.is_empty() { key.expose() } else { asked.key.as_str() };
    let title = "Make something happen";
    let lead = "These customers are invented, and so is their money. What you bring about is booked at once, and stays.";
    let error = |field: &str| wrong.filter(|(name, _)| *name == field).map(|(_, words)| words);
    let summary = wrong.map(|(name, words)| [(name, words)]);
    let main = html! {
        @if let Some(did) = did { (Banner { tone: Tone::Ok, title: did, body: None }) }
        @if let Some(errors) = &summary {
            (ErrorSummary { heading: "There is a problem", errors })
        }
        (Title { over: Some("Sandbox"), text: title, lead: Some(lead) })
        form.form method="post" action=(PATH) {
            (hidden("key", key))
            (kinds(asked, error("kind")))
            (accounts(people, asked))
            (Field {
                name: "amount",
                label: "Amount",
                hint: Some("In the account’s currency, with a point: 12.50"),
                error: error("amount"),
                value: &asked.amount,
                input: Input::Amount,
                required: true,
                ..Field::default()
            })
            (Field {
                name: "who",
                label: "Merchant or employer",
                error: error("who"),
                value: &asked.who,
                required: true,
                ..Field::default()
            })
            (categories(asked))
            (Button { label: "Bring it about", icon: Some(Icon::Zap), ..Button::default() })
        }
    };
    on_duty.page(PATH, Width::Narrow, title, main)
}

fn kinds(asked: &Asked, error: Option<&str>) -> Markup {
    let choices = KINDS.map(|(value, label, hint)| Choice {
        value,
        label,
        hint: Some(hint),
        aside: None,
        chosen: asked.kind == value || (asked.kind.is_empty() && value == "purchase"),
    });
    ChoiceGroup {
        name: "kind",
        legend: "What happens?",
        hint: None,
        error,
        many: Many::One,
        choices: &choices,
    }
    .render()
}

fn accounts(people: &[Invented], asked: &Asked) -> Markup {
    let options: Vec<(String, String)> = people
        .iter()
        .flat_map(|person| {
            person.accounts.iter().map(|account| {
                let card = if account.card.is_some() { ", with a card" } else { "" };
                let value = format!("{}/{}", person.customer, account.id);
                let label =
                    format!("{}: {} ({}{card})", person.name, account.name, account.currency);
                (value, label)
            })
        })
        .collect();
    let options: Vec<(&str, &str)> =
        options.iter().map(|(value, label)| (value.as_str(), label.as_str())).collect();
    let select = Select {
        name: "account",
        label: "Whose account",
        options: &options,
        chosen: &asked.account,
    };
    select.render()
}

fn categories(asked: &Asked) -> Markup {
    let options: Vec<(&str, String)> =
        Category::ALL.iter().map(|c| (c.code(), c.code().replace('_', " "))).collect();
    let options: Vec<(&str, &str)> =
        options.iter().map(|(code, words)| (*code, words.as_str())).collect();
    let chosen = if asked.category.is_empty() { "shopping" } else { &asked.category };
    Select { name: "category", label: "Category of a purchase", options: &options, chosen }.render()
}

pub(super) async fn act(on_duty: OnDuty, Form(asked): Form<Asked>) -> Result<Response, PageError> {
    on_duty.limit()?;
    let sandbox = sandbox(&on_duty)?;
    let people = sandbox.people().await.map_err(PageError::internal)?;
    let refuse = |field, words: &str| {
        Ok(show(&on_duty, &people, &asked, Some((field, words)), None).into_response())
    };
    let Some(wish) = asked.wish() else { return refuse("kind", "Choose what happens") };
    let error = match wish.come_true(sandbox, &asked.key).await {
        Ok(_) => {
            let did = format!("Done: {} {}, {}", wish.amount.trim(), asked.kind, wish.who.trim());
            let did: String = form_urlencoded::byte_serialize(did.as_bytes()).collect();
            return Ok(Redirect::to(&format!("{PATH}?did={did}")).into_response());
        }
        Err(error) => error,
    };
    let words = error.to_string();
    match error {
        WishError::Amount { .. } | WishError::Nothing => refuse("amount", &words),
        WishError::Who => refuse("who", &words),
        WishError::Account { .. } | WishError::Customer { .. } => refuse("account", &words),
        WishError::Category { .. } => refuse("category", &words),
        WishError::Sandbox(bankside_service::ports::SandboxError::Refused(_)) => {
            refuse("amount", &words)
        }
        other => Err(PageError::internal(other)),
    }
}

impl Asked {
    fn wish(&self) -> Option<Wish> {
        let kind = match self.kind.as_str() {
            "purchase" => WishKind::Purchase,
            "salary" => WishKind::Salary,
            "refund" => WishKind::Refund,
            _ => return None,
        };
        let (customer, account) = self.account.split_once('/')?;
        Some(Wish {
            kind,
            customer: customer.to_owned(),
            account: Some(account.to_owned()),
            amount: self.amount.clone(),
            who: self.who.clone(),
            category: Some(self.category.clone()),
        })
    }
}
