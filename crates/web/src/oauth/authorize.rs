//! The customer's way: from the assistant to the consent page, and back.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Query, RawQuery};
use axum::http::HeaderName;
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::Purpose;
use bankside_fapi::{Asked, Fault, Redirect as Target};
use bankside_language::Msg;
use bankside_service::assistants::{AskError, Back};
use bankside_service::token::Token;
use maud::{Markup, html};
use serde::Deserialize;
use url::form_urlencoded;

use super::Place;
use crate::app::{Here, PageError, Signed};
use crate::customer::consent::{assistant, over};
use crate::ui::button::{Kind, LinkButton};
use crate::ui::icon::Icon;
use crate::ui::page::Title;

/// The authorization endpoint. Who asks is found out first; only then may anything go back there.
pub(super) async fn authorize(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    here: Here,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    here.app.limits().attempt(address.ip())?;
    let place = Place::new(&here.app, &here.bank);
    let asked = Asked::parse(query.as_deref().unwrap_or_default());
    let asked = asked.map_err(|_| PageError::RequestBroken)?;
    let assistants = &here.app.service().assistants;
    let found = assistants.find(&here.bank.id, &asked.client_id).await;
    let found = found.map_err(PageError::internal)?.ok_or(PageError::RequestBroken)?;
    let target = asked.redirect(&found.redirects).map_err(|_| PageError::RequestBroken)?;
    let request = match asked.request(&place.resource) {
        Ok(request) => request,
        Err(fault) => return Ok(sent_back(&place, target, asked.state(), &fault)),
    };
    match assistants.ask(&found, &request).await {
        Ok(token) => Ok(Redirect::to(&decision(&here, &found.id, &token)).into_response()),
        Err(AskError::Fault(fault)) => Ok(sent_back(&place, target, asked.state(), &fault)),
        Err(AskError::Store(error)) => Err(PageError::internal(error)),
    }
}

/// The page on which she decides.
fn decision(here: &Here, party: &str, token: &Token) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("party", party);
    query.append_pair("purpose", Purpose::AccountInformation.code());
    query.append_pair("request", token.expose());
    here.at(&format!("/consent?{}", query.finish()))
}

/// An error that the client may know (RFC 6749, section 4.1.2.1; RFC 9207, section 2).
fn sent_back(place: &Place, target: &Target, state: Option<&str>, fault: &Fault) -> Response {
    let mut pairs = vec![("error", fault.code.as_str()), ("error_description", fault.because)];
    pairs.extend(state.map(|state| ("state", state)));
    pairs.push(("iss", &place.issuer));
    Redirect::to(&target.with(&pairs)).into_response()
}

/// The request that was decided.
#[derive(Deserialize)]
pub(super) struct Decided {
    request: String,
}

/// The last page of ours: it names where she goes and takes her there, by a header, since a form of
/// ours may lead to no other origin.
pub(super) async fn back(
    signed: Signed,
    Query(decided): Query<Decided>,
) -> Result<Response, PageError> {
    let place = Place::new(&signed.here.app, &signed.here.bank);
    let token = Token::parse(&decided.request).ok_or(PageError::RequestOver)?;
    let (owner, proved) = (&signed.who.owner, signed.who.session.verified);
    let assistants = &signed.here.app.service().assistants;
    let back = assistants.send_back(&token, owner, proved, &place.issuer).await.map_err(over)?;
    let refresh = [(HeaderName::from_static("refresh"), format!("0; url={}", back.to))];
    Ok((refresh, page(&signed, &back)).into_response())
}

fn page(signed: &Signed, back: &Back) -> Markup {
    let title = signed.text(Msg::PageAssistantBackTitle { party: &back.name });
    let done =
        if back.allowed { Msg::PageAssistantBackAllowed } else { Msg::PageAssistantBackRefused };
    let done = signed.text(done);
    let host = assistant::goes_to(signed, &back.host, back.is_loopback);
    let label = signed.text(Msg::PageAssistantBackButton);
    let icon = Some(Icon::ArrowLeft);
    let main = html! {
        (Title { over: None, text: &title, lead: Some(&done) })
        p.soft { (host) }
        (LinkButton { href: &back.to, label: &label, kind: Kind::Primary, icon })
    };
    signed.frame("/connections").page(&title, main)
}
