//! The page behind an invitation: a customer who has no passkey yet registers one and is signed in.
//!
//! INVARIANT: looking uses nothing up, however often; what registers is a ceremony that this
//! browser began here, and of several that were begun at once the first to end wins.
//! INVARIANT: whoever holds the link and nothing else learns nothing about her from the page.

use std::net::SocketAddr;

use axum::Json;
use axum::extract::{ConnectInfo, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bankside_domain::id::CustomerId;
use bankside_language::Msg;
use bankside_service::commit::CommitError;
use bankside_service::invitations::{InvitationError, Invited};
use bankside_service::sign_in::NewPasskey;
use bankside_service::token::Token;
use maud::{Markup, html};
use webauthn_rs::prelude::{RegisterPublicKeyCredential, Uuid};

use super::ceremony::{Ceremony, GoOn, begun, ended, refused};
use super::passkeys::{MOST, Named, create_form, discoverable, label};
use crate::app::{Here, PageError, SESSION};
use crate::ui::button::{Kind, LinkButton};
use crate::ui::icon::Icon;
use crate::ui::notice::{Banner, Tone};
use crate::ui::page::Title;

/// Shows it; any number of times.
pub(super) async fn page(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    here: Here,
    Path((_, token)): Path<(String, String)>,
) -> Result<Response, PageError> {
    here.app.limits().attempt(address.ip())?;
    match look(&here, &token).await {
        Ok(_) => Ok(open(&here, &token).into_response()),
        Err(error) => Ok((StatusCode::GONE, closed(&here, error)?).into_response()),
    }
}

async fn look(here: &Here, token: &str) -> Result<Invited, InvitationError> {
    let token = Token::parse(token).ok_or(InvitationError::Unknown)?;
    here.app.service().invitations.look(&here.bank.id, &token).await
}

fn open(here: &Here, token: &str) -> Markup {
    let title = here.text(Msg::PageInviteTitle { bank: &here.bank.name });
    let intro = here.text(Msg::PageInviteIntro);
    let once = here.text(Msg::PageInviteOnce);
    let main = html! {
        (Title { over: None, text: &title, lead: Some(&intro) })
        (Banner { tone: Tone::Info, title: &once, body: None })
        (create_form(here, &|msg| here.text(msg), &format!("/invitation/{token}")))
    };
    here.frame().scripts(&["passkey.js"]).page(&title, main)
}

/// Used, too old or unknown: what to do.
fn closed(here: &Here, error: InvitationError) -> Result<Markup, PageError> {
    let words = why(here, &error).ok_or_else(|| PageError::internal(error))?;
    let title = here.text(Msg::PageInviteClosedTitle);
    let (href, label) = (here.at("/sign-in"), here.text(Msg::PageSignInButton));
    let main = html! {
        (Title { over: Some(&here.bank.name), text: &title, lead: Some(&words) })
        div {
            (LinkButton {
                href: &href, label: &label, kind: Kind::Secondary, icon: Some(Icon::Fingerprint),
            })
        }
    };
    Ok(here.frame().page(&title, main))
}

/// The words for what a customer can do something about.
fn why(here: &Here, error: &InvitationError) -> Option<String> {
    let (bank, phone) = (here.bank.name.as_str(), here.bank.support_phone.as_str());
    Some(here.text(match error {
        InvitationError::Unknown => Msg::PageInviteUnknown { bank, phone },
        InvitationError::Used => Msg::PageInviteUsed { bank, phone },
        InvitationError::RanOut => Msg::PageInviteRanOut { bank, phone },
        InvitationError::Clearing | InvitationError::Known => Msg::PagePasskeyFailed,
        InvitationError::Entry(_) | InvitationError::Key(_) | InvitationError::Store(_) => {
            return None;
        }
    }))
}

pub(super) async fn begin(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    here: Here,
    Path((_, token)): Path<(String, String)>,
    Json(named): Json<Named>,
) -> Result<Response, PageError> {
    here.app.limits().attempt(address.ip())?;
    let invited = match look(&here, &token).await {
        Ok(invited) => invited,
        Err(error) => return no(&here, error),
    };
    here.app.limits().act(invited.customer)?;
    let service = here.app.service();
    let customer = service.core.customer(invited.customer).await.map_err(PageError::internal)?;
    if customer.bank != here.bank.id {
        return no(&here, InvitationError::Unknown);
    }
    let rows = service.sign_in.passkeys(invited.customer).await.map_err(PageError::internal)?;
    if rows.len() >= MOST {
        return no(&here, InvitationError::Known);
    }
    let exclude = rows.into_iter().map(|row| row.credential_id).collect();
    let name = customer.given_name.reveal();
    let started = here.app.passkeys().webauthn().start_passkey_registration(
        user(invited.customer),
        name,
        name,
        Some(exclude),
    );
    let (mut options, state) = started.map_err(PageError::internal)?;
    discoverable(&mut options);
    let label = label(&named.label, || here.text(Msg::PagePasskeyUnnamed));
    begun(&here, Ceremony::Invited { invited, label, state: Box::new(state) }, options)
}

/// The handle by which an authenticator knows her.
fn user(customer: CustomerId) -> Uuid {
    Uuid::from_bytes(*customer.as_bytes())
}

pub(super) async fn finish(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    here: Here,
    Path((_, token)): Path<(String, String)>,
    Json(credential): Json<RegisterPublicKeyCredential>,
) -> Result<Response, PageError> {
    here.app.limits().attempt(address.ip())?;
    let opens = look(&here, &token).await;
    let (invited, label, state) = match (ended(&here), opens) {
        (_, Err(error)) => return no(&here, error),
        (Some(Ceremony::Invited { invited, label, state }), Ok(opens)) if invited == opens => {
            (invited, label, state)
        }
        _ => return Ok(refused(&here, Msg::PagePasskeyFailed)),
    };
    let made = here.app.passkeys().webauthn().finish_passkey_registration(&credential, &state);
    let Ok(passkey) = made else { return Ok(refused(&here, Msg::PagePasskeyFailed)) };
    let new = NewPasskey {
        credential_id: passkey.cred_id().to_vec(),
        credential: serde_json::to_string(&passkey).map_err(PageError::internal)?,
        label,
    };
    let service = here.app.service();
    let id = match service.invitations.accept(&invited, new).await {
        Ok(id) => id,
        Err(CommitError::Refused(error)) => return no(&here, error),
        Err(error) => return Err(PageError::internal(error)),
    };
    let opened = service.sign_in.open(invited.customer, &here.bank.id, Some(id)).await;
    let (session, _) = opened.map_err(PageError::internal)?;
    let next = here.at("/");
    let jar = here.jar.keep(SESSION, session.expose(), &here.bank.id);
    Ok((jar, Json(GoOn { next })).into_response())
}

/// The same words as the page's, for the script that asked.
fn no(here: &Here, error: InvitationError) -> Result<Response, PageError> {
    let words = why(here, &error).ok_or_else(|| PageError::internal(error))?;
    metrics::counter!("bankside_passkey_refused_total").increment(1);
    Ok((StatusCode::GONE, Json(serde_json::json!({ "error": words }))).into_response())
}
