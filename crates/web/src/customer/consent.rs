//! Deciding on a consent: who asks, why, for which accounts, what exactly would be sent, for how
//! long. Allow, Allow less and Refuse weigh the same, and nothing is chosen for her.
//!
//! ```text
//! GET  /consent         the question          POST /consent  allow -> check, less -> less, refuse
//! GET  /consent/less    the finer choices     POST /consent  -> check
//! GET  /consent/check   what it comes to      POST /consent  allow -> it holds
//! ```
//!
//! INVARIANT: a form that is sent twice allows once: the page on which she decides carries the
//! consent's id.

pub(crate) mod assistant;
mod choices;
mod offer;
mod pages;
mod parts;
mod sample;

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::Language;
use bankside_domain::consent::{Consent, ConsentId, Duration, Notice, State, Terms};
use bankside_domain::conversation::Outgoing;
use bankside_domain::id::{AccountId, ConversationId};
use bankside_language::Msg;
use bankside_language::catalogue;
use bankside_service::commit::CommitError;
use bankside_service::consents::ChangeError;
use bankside_service::links::{Destination, LinkError, OpenLink};
use bankside_service::token::Token;
use maud::Markup;

pub(super) use choices::Choices;
pub(crate) use offer::over;
pub(super) use offer::{Offer, Wrong};
pub(super) use pages::lines;
pub(super) use parts::{accounts, errors, history, kinds, length, presence, window};
pub(super) use sample::Facts;

use crate::app::{PageError, Signed};
use pages::Shown;

/// Version of the wording that she is shown.
const NOTICE: &str = "2026-11";

pub(super) async fn ask(signed: Signed, RawQuery(query): RawQuery) -> Result<Markup, PageError> {
    let read = Read::of(&signed, query.as_deref()).await?;
    let hers: Vec<_> = read.facts.accounts().map(|a| a.id).collect();
    let wrong = read.wrong(&hers);
    read.shown(&signed).ask(&wrong)
}

pub(super) async fn less(signed: Signed, RawQuery(query): RawQuery) -> Result<Markup, PageError> {
    let read = Read::of(&signed, query.as_deref()).await?;
    let hers: Vec<_> = read.facts.accounts().map(|a| a.id).collect();
    let wrong: Vec<_> = read.wrong(&hers).into_iter().filter(|w| *w == Wrong::Data).collect();
    Ok(read.shown(&signed).less(&wrong))
}

pub(super) async fn check(
    signed: Signed,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let read = Read::of(&signed, query.as_deref()).await?;
    let hers: Vec<_> = read.facts.accounts().map(|a| a.id).collect();
    let terms = match read.offer.terms(&read.choices, &hers) {
        Ok(terms) => terms,
        Err(wrong) => return Ok(sent_back(&signed, &read.choices, &wrong)),
    };
    let service = signed.here.app.service();
    let mut random = [0; bankside_domain::id::RANDOM_BYTES];
    service.entropy.fill(&mut random);
    let id = ConsentId::new(service.clock.now(), random);
    Ok(read.shown(&signed).check(&terms, &id.to_string())?.into_response())
}

/// What a page reads before it shows anything.
struct Read {
    choices: Choices,
    offer: Offer,
    facts: Facts,
}

impl Read {
    async fn of(signed: &Signed, query: Option<&str>) -> Result<Self, PageError> {
        let choices = Choices::parse(query.unwrap_or_default());
        let offer = Offer::new(signed, &choices).await?;
        link(signed, &choices).await?;
        let facts = Facts::of(signed, choices.history.min(offer.history)).await?;
        Ok(Self { choices, offer, facts })
    }

    fn wrong(&self, hers: &[AccountId]) -> Vec<Wrong> {
        let found = self.offer.terms(&self.choices, hers).err().unwrap_or_default();
        if self.choices.wrong { found } else { Vec::new() }
    }

    fn shown<'a>(&'a self, signed: &'a Signed) -> Shown<'a> {
        Shown { signed, offer: &self.offer, choices: &self.choices, facts: &self.facts }
    }
}

/// A button of any of the three pages.
pub(super) async fn decide(signed: Signed, body: String) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    let choices = Choices::parse(&body);
    let offer = Offer::new(&signed, &choices).await?;
    let link = link(&signed, &choices).await?;
    let hers = hers(&signed).await?;
    if choices.answer == "refuse" {
        return refuse(&signed, &choices, &offer, link, &hers).await;
    }
    if choices.answer == "less" {
        return Ok(redirect(&choices.at(&signed.here.at("/consent/less"))));
    }
    let terms = match offer.terms(&choices, &hers) {
        Ok(terms) => terms,
        Err(wrong) => return Ok(sent_back(&signed, &choices, &wrong)),
    };
    let check = choices.at(&signed.here.at("/consent/check"));
    match choices.id.filter(|_| choices.checked && choices.answer == "allow") {
        Some(id) => allow(&signed, id, terms, (link, &choices), &check).await,
        None => Ok(redirect(&check)),
    }
}

/// It holds from here on, if she proved herself just now.
async fn allow(
    signed: &Signed,
    id: ConsentId,
    terms: Terms,
    (link, choices): (Option<OpenLink>, &Choices),
    check: &str,
) -> Result<Response, PageError> {
    let service = signed.here.app.service();
    if !signed.who.is_fresh(service.clock.now()) {
        return Ok(confirm_first(signed, check));
    }
    let owner = &signed.who.owner;
    request(signed, id, terms.clone()).await?;
    let party = terms.party().id.clone();
    let by = signed.who.auth_event();
    service.consents.authorise(owner, id, terms, by).await.map_err(refused)?;
    if let Some(asked) = &choices.request {
        return assistant::allowed(signed, asked, id).await;
    }
    let chat = link.as_ref().and_then(|link| link.conversation);
    redeem(signed, link).await;
    announce(signed, &id, chat).await;
    let held = match chat {
        Some(chat) => super::chat::holds(&signed.here, &party, chat).await,
        None => true,
    };
    let place = if held { "chat" } else { "allowed" };
    Ok(redirect(&signed.here.at(&format!("/{place}/{party}"))))
}

/// Says in the chat what now holds: in the one that asked, or in her newest with that party. Where
/// that fails, the consent holds all the same.
async fn announce(signed: &Signed, id: &ConsentId, chat: Option<ConversationId>) {
    let service = signed.here.app.service();
    let owner = &signed.who.owner;
    let Ok(given) = service.consents.get(owner, *id).await else { return };
    let Some(words) = granted(signed, &given) else { return };
    let chats = service.chats.of_customer(owner.customer).await.unwrap_or_default();
    let party = given.terms().party();
    let newest = chats.iter().filter(|c| c.party.is(party)).map(|c| c.id).max();
    let Some(chat) = chat.or(newest) else { return };
    let said = service.announcer.say(owner, chat, Outgoing::text(words)).await;
    if let Err(error) = said {
        tracing::warn!(%error, "a consent was not announced in its chat");
    }
}

/// What she allowed and until when, in a sentence.
fn granted(signed: &Signed, given: &Consent) -> Option<String> {
    let State::Authorised { until, .. } = given.state() else { return None };
    let terms = given.terms();
    let kinds: Vec<_> =
        terms.clusters().keys().map(|kind| signed.text(catalogue::cluster(*kind))).collect();
    let what = kinds.join(list_mark(signed.here.language));
    let until = signed.formats().date(until.date_in(&signed.zone));
    let (party, what) = (terms.party().name.as_str(), what.as_str());
    Some(signed.text(match terms.duration() {
        Duration::Once => Msg::ChatConsentGrantedOnce { party, what },
        Duration::Days(_) => Msg::ChatConsentGranted { party, what, until: &until },
    }))
}

/// What stands between the items of a list in a sentence.
pub(super) fn list_mark(language: Language) -> &'static str {
    if language == Language::Ar { "، " } else { ", " }
}

/// Refusing is recorded too, so that her log shows who asked.
async fn refuse(
    signed: &Signed,
    choices: &Choices,
    offer: &Offer,
    link: Option<OpenLink>,
    hers: &[AccountId],
) -> Result<Response, PageError> {
    let service = signed.here.app.service();
    let asked = Choices {
        accounts: hers.iter().copied().collect(),
        see: Default::default(),
        ..choices.clone()
    };
    if let Ok(terms) = offer.terms(&asked, hers) {
        let mut random = [0; bankside_domain::id::RANDOM_BYTES];
        service.entropy.fill(&mut random);
        let id = choices.id.unwrap_or_else(|| ConsentId::new(service.clock.now(), random));
        request(signed, id, terms).await?;
        service.consents.reject(&signed.who.owner, id).await.map_err(refused)?;
    }
    redeem(signed, link).await;
    if let Some(asked) = &choices.request {
        return assistant::refused(signed, asked).await;
    }
    Ok(redirect(&signed.here.at("/connections?did=refused")))
}

/// Records that it was asked for. The same id again goes on where it stopped.
async fn request(signed: &Signed, id: ConsentId, terms: Terms) -> Result<(), PageError> {
    let consents = &signed.here.app.service().consents;
    let owner = &signed.who.owner;
    match consents.get(owner, id).await {
        Ok(found) => {
            let waits = matches!(found.state(), State::AwaitingAuthorisation { .. });
            return if waits { Ok(()) } else { Err(PageError::AlreadyDone) };
        }
        Err(ChangeError::Unknown) => {}
        Err(other) => return Err(PageError::internal(other)),
    }
    let notice = Notice { version: NOTICE.to_owned(), language: signed.here.language };
    match consents.request(owner, id, terms, notice).await {
        Ok(_) => Ok(()),
        Err(error) => match consents.get(owner, id).await {
            Ok(_) => Err(PageError::AlreadyDone),
            Err(_) => Err(PageError::internal(error)),
        },
    }
}

/// A change that her consent does not allow was made already, or by somebody quicker.
pub(super) fn refused(error: CommitError<ChangeError>) -> PageError {
    match error {
        CommitError::Refused(ChangeError::Unknown) => PageError::NotFound,
        CommitError::Refused(ChangeError::Refused(_)) => PageError::AlreadyDone,
        other => PageError::internal(other),
    }
}

/// Sends her to prove herself again, and back.
pub(super) fn confirm_first(signed: &Signed, next: &str) -> Response {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    redirect(&signed.here.at(&format!("/confirm?next={next}")))
}

/// The link that led here, if one did: it must be open, hers, and for this decision.
async fn link(signed: &Signed, choices: &Choices) -> Result<Option<OpenLink>, PageError> {
    let Some(token) = &choices.token else { return Ok(None) };
    let links = &signed.here.app.service().links;
    let token = Token::parse(token).ok_or(PageError::Link)?;
    let link = links.look(&token).await.map_err(broken)?;
    match links.destination(&link, &signed.who.owner).map_err(broken)? {
        Destination::Consent { party, purpose }
            if party == choices.party && purpose.code() == choices.purpose =>
        {
            Ok(Some(link))
        }
        _ => Err(PageError::Link),
    }
}

fn broken(error: LinkError) -> PageError {
    match error {
        LinkError::Used => PageError::AlreadyDone,
        LinkError::NotYours => PageError::NotYours,
        LinkError::Store(error) => PageError::internal(error),
        LinkError::Unknown | LinkError::RanOut | LinkError::Unreadable => PageError::Link,
    }
}

/// Uses the link up. The decision stands even where somebody was quicker with it.
async fn redeem(signed: &Signed, link: Option<OpenLink>) {
    if let Some(link) = link
        && let Err(error) = signed.here.app.service().links.redeem(&link).await
    {
        tracing::warn!(%error, "a link was not used up");
    }
}

/// Back to the first page that lacks something; it says what, and keeps the rest.
fn sent_back(signed: &Signed, choices: &Choices, wrong: &[Wrong]) -> Response {
    let path = if wrong.contains(&Wrong::Account) { "/consent" } else { "/consent/less" };
    redirect(&format!("{}&wrong=1", choices.at(&signed.here.at(path))))
}

async fn hers(signed: &Signed) -> Result<Vec<AccountId>, PageError> {
    let service = signed.here.app.service();
    let view = signed.who.own_view(service.clock.now()).map_err(PageError::internal)?;
    let raw = service.core.accounts(&view).await.map_err(PageError::internal)?;
    let accounts = raw.for_owner(&view).map_err(PageError::internal)?;
    Ok(accounts.into_iter().map(|a| a.id).collect())
}

pub(super) fn redirect(to: &str) -> Response {
    Redirect::to(to).into_response()
}
