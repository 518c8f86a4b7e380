//! Changing a consent: pause, go on, end, allow less, renew; and unlinking a chat.

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use bankside_domain::account::Account;
use bankside_domain::consent::{Consent, ConsentId, Duration, EndedBy, State};
use bankside_domain::id::{AccountId, ConversationId};
use bankside_language::Msg;
use bankside_service::commit::CommitError;
use bankside_service::conversation::LinkChatError;
use maud::{Markup, html};
use url::form_urlencoded;

use super::{accounts, one};
use crate::app::{PageError, Signed};
use crate::customer::consent::{self, Choices, Offer, Wrong, confirm_first, redirect, refused};
use crate::ui::button::{Button, Kind, LinkButton, row};
use crate::ui::page::{Title, back, panel};
use crate::ui::text;

/// Why it was ended, as its record says.
const REASON: &str = "ended on the permissions page";

type Place = Path<(String, String)>;

/// Pause, go on, end: one tap.
pub(in crate::customer) async fn act(
    signed: Signed,
    place: Place,
    body: String,
) -> Result<Response, PageError> {
    limit(&signed)?;
    let id = one(&signed, place).await?.id();
    let act = form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "act");
    let (consents, owner) = (&signed.here.app.service().consents, &signed.who.owner);
    let (done, did) = match act.as_ref().map(|(_, value)| &**value) {
        Some("pause") => (consents.pause(owner, id).await, "paused"),
        Some("resume") => (consents.resume(owner, id).await, "resumed"),
        Some("end") => (consents.revoke(owner, id, EndedBy::Customer, REASON).await, "ended"),
        _ => return Err(PageError::Bad("act")),
    };
    done.map_err(refused)?;
    Ok(back_with(&signed, did, id))
}

fn limit(signed: &Signed) -> Result<(), PageError> {
    signed.here.app.limits().act(signed.who.session.customer)
}

fn back_with(signed: &Signed, did: &str, id: ConsentId) -> Response {
    redirect(&signed.here.at(&format!("/connections?did={did}&of={id}")))
}

/// What holds now, to take away from.
pub(in crate::customer) async fn narrow_page(
    signed: Signed,
    place: Place,
    RawQuery(query): RawQuery,
) -> Result<Markup, PageError> {
    let consent = one(&signed, place).await?;
    let accounts = held(&signed, &consent).await?;
    let query = query.unwrap_or_default();
    let mut choices = Choices::parse(&query);
    let offer = Offer::within(consent.terms());
    let wrong = if choices.wrong { missing(&offer, &choices, &accounts) } else { Vec::new() };
    if !choices.wrong {
        choices.accounts = consent.terms().accounts().clone();
        choices.lasts = consent.terms().duration();
        choices.history = consent.terms().history_days();
        choices.present = consent.terms().customer_present_only();
    }
    let title = signed.text(Msg::PageConnectionsNarrowTitle { party: &offer.party.name });
    let at = signed.here.at(&format!("/connections/{}/narrow", consent.id()));
    let main = html! {
        (back(&signed.here.at("/connections"), &signed.text(Msg::NavConnections)))
        (consent::errors(&signed, &wrong))
        (Title { over: None, text: &title, lead: None })
        form.form method="post" action=(at) {
            (consent::accounts(&signed, accounts.iter(), &choices.accounts, &wrong))
            (consent::kinds(&signed, &offer, &choices, &wrong))
            (consent::history(&signed, &offer, choices.history))
            (consent::length(&signed, offer.lasts, choices.lasts))
            @if !consent.terms().customer_present_only() {
                (consent::presence(&signed, choices.present))
            }
            (row(&html! {
                (Button { label: &signed.text(Msg::ButtonSave), ..Button::default() })
                (LinkButton { href: &signed.here.at("/connections"), label: &signed.text(Msg::ButtonCancel), kind: Kind::Secondary, icon: None })
            }))
        }
    };
    Ok(signed.frame("/connections").page(&consent::window(&signed, &wrong, &title), main))
}

/// Her accounts that the consent covers now.
async fn held(signed: &Signed, consent: &Consent) -> Result<Vec<Account>, PageError> {
    if !matches!(consent.state(), State::Authorised { .. }) {
        return Err(PageError::AlreadyDone);
    }
    let mut accounts = accounts(signed).await?;
    accounts.retain(|account| consent.terms().accounts().contains(&account.id));
    Ok(accounts)
}

fn missing(offer: &Offer, choices: &Choices, accounts: &[Account]) -> Vec<Wrong> {
    let ids: Vec<AccountId> = accounts.iter().map(|a| a.id).collect();
    offer.terms(choices, &ids).err().unwrap_or_default()
}

pub(in crate::customer) async fn narrow(
    signed: Signed,
    place: Place,
    body: String,
) -> Result<Response, PageError> {
    limit(&signed)?;
    let consent = one(&signed, place).await?;
    let mut choices = Choices::parse(&body);
    choices.present |= consent.terms().customer_present_only();
    let accounts = held(&signed, &consent).await?;
    let ids: Vec<AccountId> = accounts.iter().map(|a| a.id).collect();
    let Ok(terms) = Offer::within(consent.terms()).terms(&choices, &ids) else {
        let at = signed.here.at(&format!("/connections/{}/narrow", consent.id()));
        return Ok(redirect(&format!("{}&wrong=1", choices.at(&at))));
    };
    let (consents, owner) = (&signed.here.app.service().consents, &signed.who.owner);
    consents.narrow(owner, consent.id(), terms).await.map_err(refused)?;
    Ok(back_with(&signed, "narrowed", consent.id()))
}

/// What renewing comes to, before she does it.
pub(in crate::customer) async fn renew_page(
    signed: Signed,
    place: Place,
) -> Result<Markup, PageError> {
    let consent = one(&signed, place).await?;
    let accounts = held(&signed, &consent).await?;
    let terms = consent.terms();
    let Duration::Days(days) = terms.duration() else { return Err(PageError::AlreadyDone) };
    let until = signed.here.app.service().clock.now().plus_days(i64::from(days));
    let date = signed.formats().date(until.date_in(&signed.zone));
    let title = signed.text(Msg::PageConnectionsRenewTitle { party: &terms.party().name });
    let note = signed.text(Msg::PageConnectionsRenewNote { date: &date });
    let at = signed.here.at(&format!("/connections/{}/renew", consent.id()));
    let main = html! {
        (back(&signed.here.at("/connections"), &signed.text(Msg::NavConnections)))
        (Title { over: None, text: &title, lead: Some(&note) })
        (panel(&html! {
            (consent::lines(&signed, terms.clusters()))
            @for account in &accounts {
                p.soft { (text::name(account.nickname.reveal())) " " (text::ident(&format!("••{}", account.number.tail(2)))) }
            }
        }))
        form method="post" action=(at) {
            (row(&html! {
                (Button { label: &signed.text(Msg::ButtonRenew), ..Button::default() })
                (LinkButton { href: &signed.here.at("/connections"), label: &signed.text(Msg::ButtonCancel), kind: Kind::Secondary, icon: None })
            }))
        }
    };
    Ok(signed.frame("/connections").page(&title, main))
}

pub(in crate::customer) async fn renew(
    signed: Signed,
    place: Place,
) -> Result<Response, PageError> {
    limit(&signed)?;
    let id = one(&signed, place).await?.id();
    let service = signed.here.app.service();
    if !signed.who.is_fresh(service.clock.now()) {
        let page = signed.here.at(&format!("/connections/{id}/renew"));
        return Ok(confirm_first(&signed, &page));
    }
    let by = signed.who.auth_event();
    service.consents.renew(&signed.who.owner, id, by).await.map_err(refused)?;
    Ok(back_with(&signed, "renewed", id))
}

/// Unlinks a chat of hers. Somebody else's is not there.
pub(in crate::customer) async fn unlink(
    signed: Signed,
    Path((_, id)): Place,
) -> Result<Response, PageError> {
    limit(&signed)?;
    let id: ConversationId = id.parse().map_err(|_| PageError::NotFound)?;
    let service = signed.here.app.service();
    let customer = signed.who.session.customer;
    let hers = service.chats.of_customer(customer).await.map_err(PageError::internal)?;
    if !hers.iter().any(|chat| chat.id == id) {
        return Err(PageError::NotFound);
    }
    let done = service.linker.unlink(&signed.who.owner, id).await;
    done.map_err(|error| match error {
        CommitError::Refused(LinkChatError::NotFree) => PageError::AlreadyDone,
        other => PageError::internal(other),
    })?;
    Ok(redirect(&signed.here.at("/connections?did=unlinked")))
}
