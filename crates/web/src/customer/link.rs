//! Links from a chat: link this chat, decide on a permission, see an answer in full.
//!
//! INVARIANT: a link opens for a customer who signed in on this origin, at the bank it was made
//! at, and, once the chat is linked, for the one it was made for alone. Looking at it uses
//! nothing up; linking, refusing and seeing do.

use std::net::SocketAddr;

use axum::Form;
use axum::Router;
use axum::extract::{ConnectInfo, Path};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use bankside_domain::Party;
use bankside_domain::Purpose;
use bankside_domain::party::Ceiling;
use bankside_language::{Catalogue, Msg, Task};
use bankside_service::commit::CommitError;
use bankside_service::conversation::{LinkChatError, SecureView};
use bankside_service::links::{Destination, LinkError, OpenLink};
use bankside_service::token::Token;
use maud::{Markup, html};
use serde::Deserialize;

use super::chat;
use crate::app::{App, Here, PageError, Signed};
use crate::ui::button::{self, Button, Kind, LinkButton};
use crate::ui::chat::words;
use crate::ui::icon::Icon;
use crate::ui::notice::{Banner, Tone};
use crate::ui::page::{Title, panel, phrase};

/// A secure view closes by itself after so many minutes.
const VIEW_MINUTES: usize = 5;

/// Says in an address that the chat is not in this browser.
const ELSEWHERE: &str = "?elsewhere";

/// Routes below a bank.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/l/{token}", get(open).post(decide))
        .route("/linked/{channel}", get(linked))
        .route("/not-linked/{channel}", get(not_linked))
        .route("/allowed/{channel}", get(allowed))
}

/// Why a link's page is not shown.
enum Closed {
    Link(LinkError),
    Page(PageError),
}

impl From<LinkError> for Closed {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

impl From<LinkChatError> for Closed {
    fn from(error: LinkChatError) -> Self {
        match error {
            LinkChatError::Link(error) => Self::Link(error),
            LinkChatError::NotFree => Self::Link(LinkError::Used),
            other => Self::Page(PageError::internal(other)),
        }
    }
}

/// Opens a link, for the customer who is signed in.
async fn open(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    signed: Signed,
    Path((_, token)): Path<(String, String)>,
) -> Result<Response, PageError> {
    signed.here.app.limits().attempt(address.ip())?;
    let opened = async {
        let (link, destination) = look(&signed, &token).await?;
        match destination {
            Destination::LinkChat => compare(&signed, &link, &token).await,
            Destination::Consent { party, purpose } => {
                Ok(consent(&signed, &link, &party, purpose, &token).await)
            }
            Destination::View { task, asked_by } => {
                view(&signed, &link, &task, asked_by.as_deref()).await
            }
        }
    };
    answer(&signed, opened.await)
}

fn answer(signed: &Signed, opened: Result<Response, Closed>) -> Result<Response, PageError> {
    match opened {
        Ok(response) => Ok(response),
        Err(Closed::Page(error)) => Err(error),
        Err(Closed::Link(LinkError::Store(error))) => Err(PageError::internal(error)),
        Err(Closed::Link(error)) => Ok((StatusCode::GONE, closed(signed, &error)).into_response()),
    }
}

async fn look(signed: &Signed, token: &str) -> Result<(OpenLink, Destination), Closed> {
    let links = &signed.here.app.service().links;
    let token = Token::parse(token).ok_or(LinkError::Unknown)?;
    let link = links.look(&token).await?;
    let destination = links.destination(&link, &signed.who.owner)?;
    Ok((link, destination))
}

/// Ran out, used, or somebody else's: what to do.
fn closed(signed: &Signed, error: &LinkError) -> Markup {
    let (title, lead) = match error {
        LinkError::NotYours => (Msg::ErrorNotYours, Msg::PageLinkForeign),
        _ => (Msg::ErrorTitle, Msg::ErrorLinkExpired),
    };
    let (title, lead) = (signed.text(title), signed.text(lead));
    let main = html! {
        (Title { over: None, text: &title, lead: Some(&lead) })
        (back(&signed.here, "web", Kind::Secondary))
    };
    signed.here.frame().page(&title, main)
}

/// How to go on: in the chat, or where she came from if this browser does not show it.
fn go_on(here: &Here, channel: &str, kind: Kind, held: bool) -> Markup {
    if held {
        return back(here, channel, kind);
    }
    html! { p.hint { (here.text(Msg::PageLinkReturn)) } }
}

fn back(here: &Here, channel: &str, kind: Kind) -> Markup {
    let href = here.at(&format!("/chat/{channel}"));
    let label = here.text(Msg::PageLinkBack);
    html! { (LinkButton { href: &href, label: &label, kind, icon: Some(Icon::MessageCircle) }) }
}

/// The words to compare before a chat is linked.
async fn compare(signed: &Signed, link: &OpenLink, token: &str) -> Result<Response, Closed> {
    let (party, shown) = signed.here.app.service().linker.preview(link).await?;
    let bank = signed.here.bank.name.as_str();
    let title = signed.text(Msg::PageLinkTitle);
    let intro = signed.text(Msg::PageLinkIntro { party: &party.name });
    let (yes, no) = (signed.text(Msg::PageLinkButton), signed.text(Msg::PageLinkRefuse));
    let warning = signed.text(Msg::PageLinkPhraseWarning { bank });
    let choice = |label, value, icon, kind| Button {
        label,
        kind,
        icon: Some(icon),
        sends: Some(("choice", value)),
    };
    let main = html! {
        (Title { over: Some(&party.name), text: &title, lead: Some(&intro) })
        (panel(&html! {
            p.hint { (signed.text(Msg::PageLinkPhrase)) }
            (phrase(&shown))
        }))
        (Banner { tone: Tone::Warn, title: &warning, body: None })
        form.form method="post" action=(signed.here.at(&format!("/l/{token}"))) {
            (button::row(&html! {
                (choice(&yes, "link", Icon::Link2, Kind::Primary))
                (choice(&no, "refuse", Icon::X, Kind::Secondary))
            }))
        }
    };
    Ok(signed.here.frame().page(&title, main).into_response())
}

/// The page that decides; it redeems the link.
async fn consent(
    signed: &Signed,
    link: &OpenLink,
    party: &str,
    purpose: Purpose,
    token: &str,
) -> Response {
    let channel = channel(signed, link).await;
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("party", party).append_pair("purpose", purpose.code());
    query.append_pair("token", token).append_pair("chat", &channel);
    Redirect::to(&signed.here.at(&format!("/consent?{}", query.finish()))).into_response()
}

/// The channel of the chat that a link was offered in; the bank's own where it is not hers.
async fn channel(signed: &Signed, link: &OpenLink) -> String {
    party(signed, link).await.map_or_else(|| "web".to_owned(), |party| party.id)
}

async fn party(signed: &Signed, link: &OpenLink) -> Option<Party> {
    let chats = &signed.here.app.service().chats;
    let hers = chats.of_customer(signed.who.session.customer).await.unwrap_or_default();
    hers.into_iter().find(|chat| Some(chat.id) == link.conversation).map(|chat| chat.party)
}

/// The answer in full: once, on this origin, for her own eyes.
async fn view(
    signed: &Signed,
    link: &OpenLink,
    task: &Task,
    asked_by: Option<&str>,
) -> Result<Response, Closed> {
    let service = signed.here.app.service();
    let seen = service.viewer.view(&signed.who, &signed.here.bank, task, signed.here.language);
    let seen = seen.await.map_err(|e| Closed::Page(PageError::internal(e)))?;
    service.links.redeem(link).await?;
    let party = party(signed, link).await;
    let channel = party.as_ref().map_or("web", |party| party.id.as_str());
    let held = held(signed, link, channel).await;
    let name = party.as_ref().map_or(asked_by.unwrap_or_default(), |party| party.name.as_str());
    let close = format!("{}; url={}", VIEW_MINUTES * 60, signed.here.at("/"));
    let page = secure(signed, &seen, name, (channel, held));
    Ok(([(HeaderName::from_static("refresh"), close)], page).into_response())
}

/// Whether this browser shows the chat that a link was offered in.
async fn held(signed: &Signed, link: &OpenLink, channel: &str) -> bool {
    match link.conversation {
        Some(chat) => chat::holds(&signed.here, channel, chat).await,
        None => true,
    }
}

fn secure(
    signed: &Signed,
    seen: &SecureView,
    party: &str,
    (channel, held): (&str, bool),
) -> Markup {
    let bank = signed.here.bank.name.as_str();
    let title = signed.text(Msg::PageSecureTitle);
    let note = signed.text(Msg::PageSecureNote { bank, party });
    let catalogue = Catalogue::for_reader(seen.language, &signed.customer.region);
    let main = html! {
        (Title { over: None, text: &title, lead: Some(&note) })
        (panel(&html! {
            div.secure {
                (words(seen.shown.text.reveal()))
                @if let Some(parts) = chat::parts(&signed.here, catalogue, &seen.shown) { (parts) }
            }
        }))
        p.hint { (signed.text(Msg::PageSecureExpires { minutes: VIEW_MINUTES })) }
        (go_on(&signed.here, channel, Kind::Secondary, held))
    };
    signed.here.frame().page(&title, main)
}

/// What she decided about a chat to be linked.
#[derive(Deserialize)]
struct Decision {
    choice: String,
}

async fn decide(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    signed: Signed,
    Path((_, token)): Path<(String, String)>,
    Form(decision): Form<Decision>,
) -> Result<Response, PageError> {
    let limits = signed.here.app.limits();
    limits.attempt(address.ip())?;
    limits.act(signed.who.session.customer)?;
    let decided = async {
        let (link, destination) = look(&signed, &token).await?;
        if destination != Destination::LinkChat {
            return Err(Closed::Page(PageError::NotFound));
        }
        let service = signed.here.app.service();
        let (party, _) = service.linker.preview(&link).await?;
        let held = held(&signed, &link, &party.id).await;
        let done = match decision.choice.as_str() {
            "link" => {
                let linked = service.linker.link(link, &signed.who.owner).await;
                linked.map_err(|error| match error {
                    CommitError::Refused(error) => error.into(),
                    other => Closed::Page(PageError::internal(other)),
                })?;
                "linked"
            }
            "refuse" => {
                service.links.redeem(&link).await?;
                "not-linked"
            }
            _ => return Err(Closed::Page(PageError::Bad("choice"))),
        };
        let elsewhere = if held { "" } else { ELSEWHERE };
        let to = signed.here.at(&format!("/{done}/{}{elsewhere}", party.id));
        Ok(Redirect::to(&to).into_response())
    };
    answer(&signed, decided.await)
}

async fn linked(
    signed: Signed,
    Path((_, channel)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    let party = named(&signed, &channel)?;
    let title = signed.text(Msg::PageLinkTitle);
    let done = signed.text(Msg::PageLinkDone);
    let ask = format!("/consent?party={}&purpose={}", party.id, Purpose::AccountInformation.code());
    // Where words are spoken, the link to it could not be given.
    let spoken = party.ceiling == Ceiling::Spoken;
    let held = !signed.here.path.ends_with(ELSEWHERE);
    Ok(signed.here.frame().page(
        &title,
        html! {
            (Title { over: Some(&party.name), text: &title, lead: None })
            (Banner { tone: Tone::Ok, title: &done, body: None })
            @if spoken {
                (LinkButton {
                    href: &signed.here.at(&ask),
                    label: &signed.text(Msg::PageCodeConsent),
                    kind: Kind::Primary,
                    icon: Some(Icon::ShieldCheck),
                })
            } @else {
                (go_on(&signed.here, &party.id, Kind::Primary, held))
            }
        },
    ))
}

/// A permission holds that was asked for in a chat which this browser does not show.
async fn allowed(
    signed: Signed,
    Path((_, channel)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    let party = named(&signed, &channel)?;
    let (title, done) = (signed.text(Msg::NavConnections), signed.text(Msg::PageLinkAllowed));
    Ok(signed.here.frame().page(
        &title,
        html! {
            (Title { over: Some(&party.name), text: &title, lead: None })
            (Banner { tone: Tone::Ok, title: &done, body: None })
            (go_on(&signed.here, &party.id, Kind::Primary, false))
        },
    ))
}

async fn not_linked(
    signed: Signed,
    Path((_, channel)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    let party = named(&signed, &channel)?;
    let title = signed.text(Msg::PageLinkTitle);
    let done = signed.text(Msg::PageLinkRefused);
    let home = signed.here.at("/");
    Ok(signed.here.frame().page(
        &title,
        html! {
            (Title { over: Some(&party.name), text: &title, lead: None })
            (Banner { tone: Tone::Info, title: &done, body: None })
            (LinkButton {
                href: &home,
                label: &signed.text(Msg::NavHome),
                kind: Kind::Secondary,
                icon: Some(Icon::House),
            })
        },
    ))
}

fn named(signed: &Signed, channel: &str) -> Result<Party, PageError> {
    let found = signed.here.app.service().chats.channel(channel);
    found.cloned().map_err(|_| PageError::NotFound)
}
