//! Operators sign in and out. A refusal never says whether a passkey is known.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use bankside_domain::id::{PasskeyId, StaffId};
use bankside_service::token::Token;
use maud::{Markup, html};
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential};

use super::here::{Console, OnDuty, PATH};
use super::passkey::{self, FAILED, begun, demo, ended};
use crate::app::{Jar, OPERATOR, PageError, safe_below};
use crate::auth::{Ceremony, GoOn, Next, moved_on, refused_as};
use crate::ui::form::hidden;
use crate::ui::page::Title;

/// A path of the console that somebody may be sent to.
pub(super) fn safe(next: &str) -> String {
    safe_below("console", next)
}

/// Keeps the session's token.
pub(super) fn keep(jar: Jar, token: &Token) -> Jar {
    jar.keep_strictly(OPERATOR, token.expose(), PATH)
}

pub(super) async fn page(console: Console, Query(next): Query<Next>) -> Markup {
    let title = "Sign in to operate this installation";
    let lead = "For operators. Customers sign in at their bank’s own page.";
    let next = hidden("next", &safe(&next.next));
    let form = passkey::Form {
        kind: "get",
        path: "/console/sign-in",
        label: "Sign in with a passkey",
        fields: next.clone(),
    };
    let main = html! {
        (Title { over: None, text: title, lead: Some(lead) })
        (form)
        @if let Some(name) = &console.app.settings().office.stand_in {
            (demo("/console/sign-in/stand-in", &format!("Continue as {name}, the demo’s operator"), &next))
        }
        p.hint { "Nobody can sign in any more? On the bank’s machine, " code { "bankside admin recover" } " makes a link for one more operator." }
    };
    console.page(title, &["passkey.js"], main)
}

pub(super) async fn begin(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    console: Console,
    Json(next): Json<Next>,
) -> Result<Response, PageError> {
    console.app.limits().attempt(address.ip())?;
    let started = console.app.passkeys().webauthn().start_discoverable_authentication();
    let (options, state) = started.map_err(PageError::internal)?;
    let ceremony = Ceremony::Operator { next: safe(&next.next), state: Box::new(state) };
    begun(&console, PATH, ceremony, options)
}

pub(super) async fn finish(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    console: Console,
    Json(credential): Json<PublicKeyCredential>,
) -> Result<Response, PageError> {
    console.app.limits().attempt(address.ip())?;
    let Some(Ceremony::Operator { next, state }) = ended(&console) else {
        return Ok(refused_as(FAILED));
    };
    let Some((id, passkey)) = known(&console, &credential, *state).await? else {
        return Ok(refused_as(FAILED));
    };
    let opened = console.app.service().staff.open(id, passkey).await;
    let (token, _) = opened.map_err(PageError::internal)?;
    Ok((keep(console.jar, &token), Json(GoOn { next })).into_response())
}

/// Whose passkey it is, once it has proved itself; nobody otherwise, whatever the reason. A
/// customer's passkey is nobody's here.
async fn known(
    console: &Console,
    credential: &PublicKeyCredential,
    state: DiscoverableAuthentication,
) -> Result<Option<(StaffId, PasskeyId)>, PageError> {
    let (webauthn, staff) = (console.app.passkeys().webauthn(), &console.app.service().staff);
    let Ok((user, id)) = webauthn.identify_discoverable_authentication(credential) else {
        return Ok(None);
    };
    let row = staff.passkey(id).await.map_err(PageError::internal)?;
    let Some(row) = row.filter(|row| row.staff.as_bytes() == user.as_bytes()) else {
        return Ok(None);
    };
    let passkey = serde_json::from_str::<Passkey>(&row.credential);
    let passkey = passkey.map_err(PageError::internal)?;
    let proved = webauthn.finish_discoverable_authentication_v2(credential, state, &passkey);
    let Some(proved) = proved.ok().filter(|proved| proved.user_verified()) else {
        return Ok(None);
    };
    if let Some(stored) = moved_on(&row.credential, &proved) {
        staff.passkey_used(row.id, &stored).await.map_err(PageError::internal)?;
    }
    Ok(Some((row.staff, row.id)))
}

pub(super) async fn stand_in(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    console: Console,
    Form(next): Form<Next>,
) -> Result<Response, PageError> {
    console.app.limits().attempt(address.ip())?;
    let name = console.app.settings().office.stand_in.as_deref().ok_or(PageError::NotYours)?;
    let opened = console.app.service().staff.open_stand_in(name).await;
    let (token, _) = opened.map_err(PageError::internal)?;
    Ok((keep(console.jar, &token), Redirect::to(&safe(&next.next))).into_response())
}

pub(super) async fn sign_out(on_duty: OnDuty) -> Result<Response, PageError> {
    let OnDuty { console, operator } = on_duty;
    console.app.service().staff.close(&operator).await.map_err(PageError::internal)?;
    let jar = console.jar.forget_below(OPERATOR, PATH);
    Ok((jar, Redirect::to("/console/sign-in")).into_response())
}
