//! Proving herself again, before an act that needs it: `/confirm?next=…`.

use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use bankside_language::Msg;
use maud::{Markup, html};
use webauthn_rs::prelude::{Passkey, PasskeyAuthentication, PublicKeyCredential};

use super::ceremony::{Ceremony, GoOn, Next, begun, ended, moved_on, refused};
use super::sign_in::{is_stand_in, with_passkey};
use crate::app::{PageError, Signed, safe_next};
use crate::ui::button::{Button, Kind};
use crate::ui::form::hidden;
use crate::ui::page::Title;

pub(super) async fn page(signed: Signed, Query(next): Query<Next>) -> Result<Markup, PageError> {
    let here = &signed.here;
    let keys = passkeys(&signed).await?;
    let title = here.text(Msg::PageConfirmTitle);
    let intro = here.text(Msg::PagePasskeyConfirm);
    let label = here.text(Msg::PageConfirmButton);
    let main = html! {
        (Title { over: Some(&here.bank.name), text: &title, lead: Some(&intro) })
        @if !keys.is_empty() { (with_passkey(here, "/confirm", &label, &next.next)) }
        @if is_stand_in(here, signed.who.session.customer) { (demo(&signed, &next.next)) }
    };
    Ok(here.frame().scripts(&["passkey.js"]).page(&title, main))
}

fn demo(signed: &Signed, next: &str) -> Markup {
    let here = &signed.here;
    let name = signed.customer.given_name.reveal().as_str();
    let label = here.text(Msg::PageConfirmDemo { name });
    html! {
        section.section.stand-ins {
            p.hint { (here.text(Msg::PageSignInDemoNote)) }
            form method="post" action=(here.at("/confirm/stand-in")) {
                (hidden("next", next))
                (Button { label: &label, kind: Kind::Secondary, ..Button::default() })
            }
        }
    }
}

async fn passkeys(signed: &Signed) -> Result<Vec<Passkey>, PageError> {
    let sign_in = &signed.here.app.service().sign_in;
    let rows = sign_in.passkeys(signed.who.session.customer).await.map_err(PageError::internal)?;
    Ok(rows.iter().filter_map(|row| serde_json::from_str(&row.credential).ok()).collect())
}

pub(super) async fn begin(signed: Signed, Json(next): Json<Next>) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    let keys = passkeys(&signed).await?;
    let here = &signed.here;
    if keys.is_empty() {
        return Ok(refused(here, Msg::PagePasskeyFailed));
    }
    let started = here.app.passkeys().webauthn().start_passkey_authentication(&keys);
    let (options, state) = started.map_err(PageError::internal)?;
    let next = safe_next(&here.bank.id, &next.next);
    let session = signed.who.session.id;
    begun(here, Ceremony::Confirm { session, next, state: Box::new(state) }, options)
}

pub(super) async fn finish(
    signed: Signed,
    Json(credential): Json<PublicKeyCredential>,
) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    let refusal = || refused(&signed.here, Msg::PagePasskeyFailed);
    match ended(&signed.here) {
        Some(Ceremony::Confirm { session, next, state }) if session == signed.who.session.id => {
            if !proves(&signed, &credential, &state).await? {
                return Ok(refusal());
            }
            let sign_in = &signed.here.app.service().sign_in;
            sign_in.verified(&signed.who).await.map_err(PageError::internal)?;
            Ok(Json(GoOn { next }).into_response())
        }
        _ => Ok(refusal()),
    }
}

/// Whether the assertion is by one of her passkeys, with her verified.
async fn proves(
    signed: &Signed,
    credential: &PublicKeyCredential,
    state: &PasskeyAuthentication,
) -> Result<bool, PageError> {
    let webauthn = signed.here.app.passkeys().webauthn();
    let proved = webauthn.finish_passkey_authentication(credential, state);
    let Some(proved) = proved.ok().filter(|proved| proved.user_verified()) else {
        return Ok(false);
    };
    let sign_in = &signed.here.app.service().sign_in;
    let row = sign_in.passkey(proved.cred_id().as_ref()).await.map_err(PageError::internal)?;
    let Some(row) = row.filter(|row| row.customer == signed.who.session.customer) else {
        return Ok(false);
    };
    if let Some(stored) = moved_on(&row.credential, &proved) {
        sign_in.passkey_used(row.id, &stored).await.map_err(PageError::internal)?;
    }
    Ok(true)
}

/// The demo's stand-in proves herself by saying so.
pub(super) async fn stand_in(
    signed: Signed,
    Form(next): Form<Next>,
) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    if !is_stand_in(&signed.here, signed.who.session.customer) {
        return Err(PageError::NotYours);
    }
    let sign_in = &signed.here.app.service().sign_in;
    sign_in.verified(&signed.who).await.map_err(PageError::internal)?;
    Ok(Redirect::to(&safe_next(&signed.here.bank.id, &next.next)).into_response())
}
