//! Who may see something of hers: each consent with what it allows and how it was used, and the
//! chats that know her. Ending one is one tap; nothing here allows more than before, except
//! renewing, for which she proves herself again.

mod card;
mod change;

use axum::extract::{Path, RawQuery};
use bankside_domain::account::Account;
use bankside_domain::consent::{Consent, ConsentId, State};
use bankside_domain::id::ConversationId;
use bankside_language::Msg;
use bankside_service::consents::Connection;
use bankside_service::suspension::Suspended;
use maud::{Markup, Render, html};
use url::form_urlencoded;

pub(super) use change::{act, narrow, narrow_page, renew, renew_page, unlink};

use crate::app::{PageError, Signed};
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::icon::Icon;
use crate::ui::list::{Row, details, rows};
use crate::ui::notice::{Banner, Empty, Tone};
use crate::ui::page::{Title, panel, section};
use crate::ui::text;

/// A chat that knows her.
struct Linked {
    id: ConversationId,
    party: String,
    phrase: Option<String>,
}

/// What just happened, carried by the address.
#[derive(Default)]
struct Did {
    what: String,
    consent: Option<ConsentId>,
}

impl Did {
    fn parse(query: &str) -> Self {
        let mut did = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).take(4) {
            match &*name {
                "did" => did.what = value.into_owned(),
                "of" => did.consent = value.parse().ok(),
                _ => {}
            }
        }
        did
    }
}

pub(super) async fn page(signed: Signed, RawQuery(query): RawQuery) -> Result<Markup, PageError> {
    let service = signed.here.app.service();
    let connections = service.consents.connections(&signed.who.owner).await;
    let connections = connections.map_err(PageError::internal)?;
    let accounts = accounts(&signed).await?;
    let chats = chats(&signed).await?;
    let suspended = service.suspensions.list().await.map_err(PageError::internal)?;
    let did = Did::parse(query.as_deref().unwrap_or_default());
    let page = Shown {
        connections: &connections,
        accounts: &accounts,
        chats: &chats,
        suspended: &suspended,
    };
    Ok(show(&signed, &page, &did))
}

/// Her accounts, for her own eyes.
async fn accounts(signed: &Signed) -> Result<Vec<Account>, PageError> {
    let service = signed.here.app.service();
    let view = signed.who.own_view(service.clock.now()).map_err(PageError::internal)?;
    let raw = service.core.accounts(&view).await.map_err(PageError::internal)?;
    raw.for_owner(&view).map_err(PageError::internal)
}

async fn chats(signed: &Signed) -> Result<Vec<Linked>, PageError> {
    let service = signed.here.app.service();
    let customer = signed.who.session.customer;
    let found = service.chats.of_customer(customer).await.map_err(PageError::internal)?;
    let mut linked = Vec::with_capacity(found.len());
    for chat in found {
        let phrase = service.chats.phrase(&chat).await.map_err(PageError::internal)?;
        linked.push(Linked { id: chat.id, party: chat.party.name, phrase });
    }
    Ok(linked)
}

/// One of hers; somebody else's is not there.
async fn one(signed: &Signed, Path((_, id)): Path<(String, String)>) -> Result<Consent, PageError> {
    let id: ConsentId = id.parse().map_err(|_| PageError::NotFound)?;
    let consents = &signed.here.app.service().consents;
    consents.get(&signed.who.owner, id).await.map_err(|error| match error {
        bankside_service::consents::ChangeError::Unknown => PageError::NotFound,
        other => PageError::internal(other),
    })
}

/// What the page shows.
struct Shown<'a> {
    connections: &'a [Connection],
    accounts: &'a [Account],
    chats: &'a [Linked],
    suspended: &'a [Suspended],
}

fn show(signed: &Signed, page: &Shown<'_>, did: &Did) -> Markup {
    let Shown { connections, accounts, chats, suspended } = *page;
    let now = signed.here.app.service().clock.now();
    let is_open = |c: &&Connection| match c.consent.state() {
        State::Authorised { until, .. } => now < *until,
        State::AwaitingAuthorisation { answer_by } => now < *answer_by,
        _ => false,
    };
    let (open, ended): (Vec<_>, Vec<_>) = connections.iter().partition(is_open);
    let title = signed.text(Msg::PageConnectionsTitle);
    let lead = signed.text(Msg::PageConnectionsIntro);
    let main = html! {
        (banner(signed, connections, did))
        (Title { over: None, text: &title, lead: Some(&lead) })
        @if open.is_empty() { (nobody(signed)) }
        @for connection in &open { (card::show(signed, connection, accounts, suspended)) }
        @if !open.is_empty() { (stop_all(signed)) }
        p { a href=(signed.here.at("/platforms")) { (signed.text(Msg::PageLearntTitle)) } }
        (linked(signed, chats))
        @if !ended.is_empty() {
            (details(&signed.text(Msg::PageConnectionsEnded), &past(signed, &ended)))
        }
    };
    signed.frame("/connections").page(&title, main)
}

fn nobody(signed: &Signed) -> Markup {
    let chat = signed.here.at("/chat/web");
    let bank = signed.here.bank.name.as_str();
    let label = signed.text(Msg::PageChatTitle { bank });
    let action = LinkButton { href: &chat, label: &label, kind: Kind::Secondary, icon: None };
    let empty = Empty {
        icon: Icon::ShieldCheck,
        title: &signed.text(Msg::PageConnectionsNone),
        text: &signed.text(Msg::PageConsentBackOut),
        action: Some(action.render()),
    };
    panel(&empty.render())
}

/// What just happened, in one sentence.
fn banner(signed: &Signed, connections: &[Connection], did: &Did) -> Markup {
    let consent = connections.iter().map(|c| &c.consent).find(|c| Some(c.id()) == did.consent);
    let party = consent.map_or("", |c| c.terms().party().name.as_str());
    let until = consent.map(|c| card::until(signed, c)).unwrap_or_default();
    let words = match (did.what.as_str(), consent) {
        ("refused", _) => Msg::ChatConsentRefused,
        ("unlinked", _) => Msg::ChatUnlinked,
        ("ended", Some(_)) => Msg::PageConnectionsRevoked { party },
        ("paused", Some(_)) => Msg::PageConnectionsPaused { party },
        ("resumed", Some(_)) => Msg::PageConnectionsResumed { party },
        ("narrowed", Some(_)) => Msg::PageConnectionsNarrowed { party },
        ("renewed", Some(_)) => Msg::PageConnectionsRenewed { date: &until },
        _ => return html! {},
    };
    Banner { tone: Tone::Ok, title: &signed.text(words), body: None }.render()
}

fn stop_all(signed: &Signed) -> Markup {
    let (href, label) = (signed.here.at("/stop-all"), signed.text(Msg::NavStopAll));
    html! {
        div.button-row {
            (LinkButton { href: &href, label: &label, kind: Kind::Secondary, icon: Some(Icon::Hand) })
        }
    }
}

fn linked(signed: &Signed, chats: &[Linked]) -> Markup {
    let is_reached = signed.here.app.linkable(&signed.here.bank.id).next().is_some();
    if chats.is_empty() && !is_reached {
        return html! {};
    }
    let label = signed.text(Msg::ButtonUnlink);
    let (code, by_code) = (signed.here.at("/link-code"), signed.text(Msg::PageCodeTitle));
    let content = html! {
        p.soft { (signed.text(Msg::PageConnectionsChatsNote)) }
        @for chat in chats {
            form.panel method="post" action=(signed.here.at(&format!("/connections/chats/{}/unlink", chat.id))) {
                div.split {
                    div {
                        p.strong { (text::name(&chat.party)) }
                        @if let Some(phrase) = &chat.phrase { p.soft.small { (text::name(phrase)) } }
                    }
                    (Button { label: &label, kind: Kind::Secondary, icon: Some(Icon::Unlink), sends: None })
                }
            }
        }
        @if is_reached {
            div.button-row {
                (LinkButton { href: &code, label: &by_code, kind: Kind::Secondary, icon: Some(Icon::Link2) })
            }
        }
    };
    section(&signed.text(Msg::PageConnectionsChats), &content)
}

/// What ran out or was ended, newest first.
fn past(signed: &Signed, ended: &[&Connection]) -> Markup {
    let words: Vec<_> = ended
        .iter()
        .map(|connection| {
            let terms = connection.consent.terms();
            let purpose = signed.text(bankside_language::catalogue::purpose(terms.purpose()));
            let (_, state) = card::state(signed, &connection.consent);
            let line = format!("{purpose} · {}", card::until(signed, &connection.consent));
            (terms.party().name.as_str(), line, state)
        })
        .collect();
    let list: Vec<_> = words
        .iter()
        .map(|(party, line, state)| Row {
            icon: Some(Icon::History),
            title: party,
            text: line,
            aside: Some(html! { span.soft.small { (state) } }),
            ..Row::default()
        })
        .collect();
    rows(&list)
}
