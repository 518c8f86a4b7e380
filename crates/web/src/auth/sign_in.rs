//! The sign-in page: with a passkey, or as one of the demo's stand-ins; signing out.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use bankside_domain::id::CustomerId;
use bankside_language::Msg;
use maud::{Markup, html};
use serde::Deserialize;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential};

use super::ceremony::{Ceremony, GoOn, Next, begun, ended, moved_on, refused};
use crate::app::{Here, PageError, SESSION, Signed, StandIn, safe_next};
use crate::ui::button::{Button, Kind};
use crate::ui::form::hidden;
use crate::ui::icon::Icon;
use crate::ui::page::Title;

pub(super) async fn page(here: Here, Query(next): Query<Next>) -> Markup {
    let bank = here.bank.name.as_str();
    let title = here.text(Msg::PageSignInTitle { bank });
    let intro = here.text(Msg::PageSignInIntro);
    let main = html! {
        (Title { over: None, text: &title, lead: Some(&intro) })
        (with_passkey(&here, "/sign-in", &here.text(Msg::PageSignInButton), &next.next))
        (stand_ins(&here, &next.next))
    };
    here.frame().scripts(&["passkey.js"]).page(&title, main)
}

/// The form that asks the browser for a passkey; its two halves lie below `path`.
pub(super) fn with_passkey(here: &Here, path: &str, label: &str, next: &str) -> Markup {
    let icon = Some(Icon::Fingerprint);
    let unsupported = here.text(Msg::PageSignInNoSupport);
    html! {
        form.form method="post" action=(here.at(path)) data-passkey="get"
            data-begin=(here.at(&format!("{path}/begin")))
            data-finish=(here.at(&format!("{path}/finish")))
            data-cancelled=(here.text(Msg::PagePasskeyCancelled))
            data-unsupported=(unsupported)
            data-failed=(here.text(Msg::PageSignInFailed))
        {
            (hidden("next", next))
            p.error role="alert" data-passkey-error hidden {}
            div data-needs-passkey hidden { (Button { label, icon, ..Button::default() }) }
            p.hint data-no-passkey hidden { (unsupported) }
            noscript { p.hint { (unsupported) } }
        }
    }
}

pub(super) async fn begin(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    here: Here,
    Json(next): Json<Next>,
) -> Result<Response, PageError> {
    here.app.limits().attempt(address.ip())?;
    let started = here.app.passkeys().webauthn().start_discoverable_authentication();
    let (options, state) = started.map_err(PageError::internal)?;
    let next = safe_next(&here.bank.id, &next.next);
    let bank = here.bank.id.clone();
    begun(&here, Ceremony::SignIn { bank, next, state: Box::new(state) }, options)
}

pub(super) async fn finish(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    here: Here,
    Json(credential): Json<PublicKeyCredential>,
) -> Result<Response, PageError> {
    here.app.limits().attempt(address.ip())?;
    let Some(Ceremony::SignIn { bank, next, state }) = ended(&here) else {
        return Ok(refused(&here, Msg::PageSignInFailed));
    };
    let known = if bank == here.bank.id { known(&here, &credential, *state).await? } else { None };
    let Some((customer, passkey)) = known else {
        return Ok(refused(&here, Msg::PageSignInFailed));
    };
    let sign_in = &here.app.service().sign_in;
    let opened = sign_in.open(customer, &here.bank.id, Some(passkey)).await;
    let (token, _) = opened.map_err(PageError::internal)?;
    let jar = here.jar.keep(SESSION, token.expose(), &here.bank.id);
    Ok((jar, Json(GoOn { next })).into_response())
}

/// Whose passkey it is, once it has proved itself; nobody otherwise, whatever the reason.
async fn known(
    here: &Here,
    credential: &PublicKeyCredential,
    state: DiscoverableAuthentication,
) -> Result<Option<(CustomerId, bankside_domain::id::PasskeyId)>, PageError> {
    let (webauthn, service) = (here.app.passkeys().webauthn(), here.app.service());
    let Ok((user, id)) = webauthn.identify_discoverable_authentication(credential) else {
        return Ok(None);
    };
    let row = service.sign_in.passkey(id).await.map_err(PageError::internal)?;
    let Some(row) = row.filter(|row| row.customer.as_bytes() == user.as_bytes()) else {
        return Ok(None);
    };
    let passkey = serde_json::from_str::<Passkey>(&row.credential);
    let passkey = passkey.map_err(PageError::internal)?;
    let proved = webauthn.finish_discoverable_authentication_v2(credential, state, &passkey);
    let Some(proved) = proved.ok().filter(|proved| proved.user_verified()) else {
        return Ok(None);
    };
    let customer = service.core.customer(row.customer).await.map_err(PageError::internal)?;
    if customer.bank != here.bank.id {
        return Ok(None);
    }
    if let Some(stored) = moved_on(&row.credential, &proved) {
        let noted = service.sign_in.passkey_used(row.id, &stored).await;
        noted.map_err(PageError::internal)?;
    }
    Ok(Some((row.customer, row.id)))
}

/// The customers whom the demo lets anyone be, clearly marked; nothing in production.
fn stand_ins(here: &Here, next: &str) -> Markup {
    let all = here.app.settings().stand_ins.iter();
    let here_ones: Vec<&StandIn> = all.filter(|s| s.bank == here.bank.id).collect();
    html! {
        @if !here_ones.is_empty() {
            section.section.stand-ins {
                p.hint { (here.text(Msg::PageSignInDemoNote)) }
                @for stand_in in here_ones {
                    form method="post" action=(here.at("/sign-in/stand-in")) {
                        (hidden("customer", &stand_in.customer.to_string()))
                        (hidden("next", next))
                        (Button {
                            label: &here.text(Msg::PageSignInDemo { name: &stand_in.name }),
                            kind: Kind::Secondary,
                            ..Button::default()
                        })
                        p.hint { (stand_in.about) }
                    }
                }
            }
        }
    }
}

/// Whether the demo lets anyone be her.
pub(super) fn is_stand_in(here: &Here, customer: CustomerId) -> bool {
    let mut all = here.app.settings().stand_ins.iter();
    all.any(|s| s.bank == here.bank.id && s.customer == customer)
}

/// A choice of a stand-in.
#[derive(Deserialize)]
pub(super) struct Chosen {
    customer: CustomerId,
    #[serde(default)]
    next: String,
}

pub(super) async fn stand_in(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    here: Here,
    Form(chosen): Form<Chosen>,
) -> Result<Response, PageError> {
    here.app.limits().attempt(address.ip())?;
    if !is_stand_in(&here, chosen.customer) {
        return Err(PageError::NotYours);
    }
    let sign_in = &here.app.service().sign_in;
    let opened = sign_in.open(chosen.customer, &here.bank.id, None).await;
    let (token, _) = opened.map_err(PageError::internal)?;
    let next = safe_next(&here.bank.id, &chosen.next);
    let jar = here.jar.keep(SESSION, token.expose(), &here.bank.id);
    Ok((jar, Redirect::to(&next)).into_response())
}

pub(super) async fn sign_out(signed: Signed) -> Result<Response, PageError> {
    let Signed { here, who, .. } = signed;
    here.app.service().sign_in.close(&who).await.map_err(PageError::internal)?;
    let to = here.at("/sign-in");
    Ok((here.jar.forget(SESSION, &here.bank.id), Redirect::to(&to)).into_response())
}
