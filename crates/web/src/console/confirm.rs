//! Proving herself again before what is binding: `/console/confirm?next=…`.

use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use maud::{Markup, html};
use webauthn_rs::prelude::{Passkey, PasskeyAuthentication, PublicKeyCredential};

use super::here::{OnDuty, PATH};
use super::passkey::{self, FAILED, begun, demo, ended};
use super::sign_in::safe;
use crate::app::PageError;
use crate::auth::{Ceremony, GoOn, Next, moved_on, refused_as};
use crate::ui::form::hidden;
use crate::ui::page::{Title, Width};

pub(super) async fn page(on_duty: OnDuty, Query(next): Query<Next>) -> Result<Markup, PageError> {
    let keys = passkeys(&on_duty).await?;
    let title = "Is it still you?";
    let lead =
        "What follows is binding. Confirm with your passkey, then check once more and do it.";
    let next = hidden("next", &safe(&next.next));
    let form = passkey::Form {
        kind: "get",
        path: "/console/confirm",
        label: "Confirm with your passkey",
        fields: next.clone(),
    };
    let name = &on_duty.operator.name;
    let main = html! {
        (Title { over: Some(name), text: title, lead: Some(lead) })
        @if !keys.is_empty() { (form) }
        @if is_stand_in(&on_duty) {
            (demo("/console/confirm/stand-in", &format!("Yes, I am {name}"), &next))
        }
    };
    Ok(on_duty.page_with("/console/confirm", Width::Narrow, title, &["passkey.js"], main))
}

fn is_stand_in(on_duty: &OnDuty) -> bool {
    on_duty.operator.passkey.is_none() && on_duty.console.app.settings().office.stand_in.is_some()
}

async fn passkeys(on_duty: &OnDuty) -> Result<Vec<Passkey>, PageError> {
    let staff = &on_duty.console.app.service().staff;
    let rows = staff.passkeys(on_duty.operator.id).await.map_err(PageError::internal)?;
    Ok(rows.iter().filter_map(|row| serde_json::from_str(&row.credential).ok()).collect())
}

pub(super) async fn begin(on_duty: OnDuty, Json(next): Json<Next>) -> Result<Response, PageError> {
    on_duty.limit()?;
    let keys = passkeys(&on_duty).await?;
    if keys.is_empty() {
        return Ok(refused_as(FAILED));
    }
    let webauthn = on_duty.console.app.passkeys().webauthn();
    let started = webauthn.start_passkey_authentication(&keys);
    let (options, state) = started.map_err(PageError::internal)?;
    let (session, next) = (on_duty.operator.session(), safe(&next.next));
    let ceremony = Ceremony::OperatorAgain { session, next, state: Box::new(state) };
    begun(&on_duty.console, PATH, ceremony, options)
}

pub(super) async fn finish(
    on_duty: OnDuty,
    Json(credential): Json<PublicKeyCredential>,
) -> Result<Response, PageError> {
    on_duty.limit()?;
    match ended(&on_duty.console) {
        Some(Ceremony::OperatorAgain { session, next, state })
            if session == on_duty.operator.session() =>
        {
            if !proves(&on_duty, &credential, &state).await? {
                return Ok(refused_as(FAILED));
            }
            verified(&on_duty).await?;
            Ok(Json(GoOn { next }).into_response())
        }
        _ => Ok(refused_as(FAILED)),
    }
}

async fn verified(on_duty: &OnDuty) -> Result<(), PageError> {
    let staff = &on_duty.console.app.service().staff;
    staff.verified(&on_duty.operator).await.map_err(PageError::internal)
}

/// Whether the assertion is by one of her passkeys, with her verified.
async fn proves(
    on_duty: &OnDuty,
    credential: &PublicKeyCredential,
    state: &PasskeyAuthentication,
) -> Result<bool, PageError> {
    let webauthn = on_duty.console.app.passkeys().webauthn();
    let proved = webauthn.finish_passkey_authentication(credential, state);
    let Some(proved) = proved.ok().filter(|proved| proved.user_verified()) else {
        return Ok(false);
    };
    let staff = &on_duty.console.app.service().staff;
    let row = staff.passkey(proved.cred_id().as_ref()).await.map_err(PageError::internal)?;
    let Some(row) = row.filter(|row| row.staff == on_duty.operator.id) else {
        return Ok(false);
    };
    if let Some(stored) = moved_on(&row.credential, &proved) {
        staff.passkey_used(row.id, &stored).await.map_err(PageError::internal)?;
    }
    Ok(true)
}

/// The demo's stand-in proves herself by saying so.
pub(super) async fn stand_in(
    on_duty: OnDuty,
    Form(next): Form<Next>,
) -> Result<Response, PageError> {
    on_duty.limit()?;
    if !is_stand_in(&on_duty) {
        return Err(PageError::NotYours);
    }
    verified(&on_duty).await?;
    Ok(Redirect::to(&safe(&next.next)).into_response())
}
