//! Her passkeys: which there are, adding one, removing one.
//!
//! INVARIANT: who changes them proved herself in the last minutes; the last one stays, so that
//! she is never locked out.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::id::PasskeyId;
use bankside_language::Msg;
use bankside_service::sign_in::NewPasskey;
use maud::{Markup, html};
use serde::Deserialize;
use webauthn_rs::prelude::{CreationChallengeResponse, RegisterPublicKeyCredential, Uuid};

use super::ceremony::{Ceremony, GoOn, begun, ended, refused};
use super::sign_in::is_stand_in;
use crate::app::{Here, PageError, Signed};
use crate::ui::button::{Button, Kind};
use crate::ui::form::Field;
use crate::ui::icon::Icon;
use crate::ui::list::{Row, rows};
use crate::ui::notice::{Banner, Tone};
use crate::ui::page::{Title, section};

/// Passkeys of one customer.
pub(super) const MOST: usize = 10;
/// Longest name of one, in characters.
const MAX_LABEL: usize = 40;

/// A passkey as the page names it.
struct Known {
    id: PasskeyId,
    label: String,
    hint: String,
}

pub(super) async fn page(signed: Signed) -> Result<Response, PageError> {
    let known = known(&signed).await?;
    if !known.is_empty() && !is_fresh(&signed) {
        return Ok(Redirect::to(&confirm_first(&signed)).into_response());
    }
    Ok(show(&signed, &known, None).into_response())
}

fn is_fresh(signed: &Signed) -> bool {
    signed.who.is_fresh(signed.here.app.service().clock.now())
}

fn confirm_first(signed: &Signed) -> String {
    let at = |path: &str| signed.here.at(path);
    format!("{}?next={}", at("/confirm"), at("/passkeys"))
}

async fn known(signed: &Signed) -> Result<Vec<Known>, PageError> {
    let sign_in = &signed.here.app.service().sign_in;
    let rows = sign_in.passkeys(signed.who.session.customer).await.map_err(PageError::internal)?;
    let formats = signed.formats();
    let day = |at: bankside_domain::Timestamp| formats.date(at.date_in(&signed.zone));
    let known = rows.into_iter().map(|row| {
        let added = signed.text(Msg::PagePasskeyAdded { date: &day(row.created) });
        let used = row.used.map(|at| signed.text(Msg::PagePasskeyUsed { date: &day(at) }));
        let hint = [Some(added), used].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Known { id: row.id, label: row.label, hint }
    });
    Ok(known.collect())
}

fn show(signed: &Signed, known: &[Known], refusal: Option<&str>) -> Markup {
    let title = signed.text(Msg::PagePasskeysTitle);
    let intro = signed.text(Msg::PagePasskeysIntro);
    let add = create_form(&signed.here, &|msg| signed.text(msg), "/passkeys");
    let main = html! {
        (Title { over: None, text: &title, lead: Some(&intro) })
        @if let Some(title) = refusal { (Banner { tone: Tone::Warn, title, body: None }) }
        @if known.is_empty() { p.hint { (signed.text(Msg::PagePasskeysNone)) } } @else {
            (rows(&known.iter().map(|key| row(signed, key)).collect::<Vec<_>>()))
        }
        (section(&signed.text(Msg::PagePasskeyAddTitle), &add))
    };
    signed.frame("/passkeys").scripts(&["passkey.js"]).page(&title, main)
}

fn row<'a>(signed: &Signed, key: &'a Known) -> Row<'a> {
    let action = signed.here.at(&format!("/passkeys/{}/remove", key.id));
    let label = signed.text(Msg::PagePasskeyRemove);
    let aside = html! {
        form method="post" action=(action) {
            (Button { label: &label, kind: Kind::Quiet, icon: Some(Icon::Trash2), sends: None })
        }
    };
    let icon = Some(Icon::KeyRound);
    Row { href: None, icon, title: &key.label, text: &key.hint, aside: Some(aside) }
}

/// The form that creates a passkey; its two halves lie below `path`.
pub(super) fn create_form(here: &Here, text: &dyn Fn(Msg<'_>) -> String, path: &str) -> Markup {
    let at = |half: &str| here.at(&format!("{path}{half}"));
    let unsupported = text(Msg::PageSignInNoSupport);
    html! {
        p.hint { (text(Msg::PagePasskeyAddIntro)) }
        form.form method="post" action=(at("")) data-passkey="create"
            data-begin=(at("/begin")) data-finish=(at("/finish"))
            data-cancelled=(text(Msg::PagePasskeyCancelled)) data-unsupported=(unsupported)
            data-failed=(text(Msg::PagePasskeyFailed))
        {
            p.error role="alert" data-passkey-error hidden {}
            (Field {
                name: "label",
                label: &text(Msg::PagePasskeyName),
                hint: Some(&text(Msg::PagePasskeyNameHint)),
                ..Field::default()
            })
            div data-needs-passkey hidden {
                (Button {
                    label: &text(Msg::PagePasskeyAddButton),
                    icon: Some(Icon::Fingerprint),
                    ..Button::default()
                })
            }
            p.hint data-no-passkey hidden { (unsupported) }
            noscript { p.hint { (unsupported) } }
        }
    }
}

/// What the form to add one holds.
#[derive(Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    pub(super) label: String,
}

pub(super) async fn begin(signed: Signed, Json(named): Json<Named>) -> Result<Response, PageError> {
    let (here, customer) = (&signed.here, signed.who.session.customer);
    here.app.limits().act(customer)?;
    if !is_fresh(&signed) {
        return Ok(refused(here, Msg::PagePasskeyConfirm));
    }
    let sign_in = &here.app.service().sign_in;
    let rows = sign_in.passkeys(customer).await.map_err(PageError::internal)?;
    if rows.len() >= MOST {
        return Ok(refused(here, Msg::PagePasskeyFailed));
    }
    let exclude = rows.into_iter().map(|row| row.credential_id).collect();
    let name = signed.customer.full_name.reveal();
    let started = here.app.passkeys().webauthn().start_passkey_registration(
        Uuid::from_bytes(*customer.as_bytes()),
        name,
        name,
        Some(exclude),
    );
    let (mut options, state) = started.map_err(PageError::internal)?;
    discoverable(&mut options);
    let label = label(&named.label, || signed.text(Msg::PagePasskeyUnnamed));
    begun(here, Ceremony::Register { customer, label, state: Box::new(state) }, options)
}

/// The authenticator itself must remember her, so that signing in asks for no name.
pub(crate) fn discoverable(options: &mut CreationChallengeResponse) {
    if let Some(selection) = &mut options.public_key.authenticator_selection {
        selection.require_resident_key = true;
        selection.resident_key = None;
    }
}

/// Her name for a passkey, or one that goes with any.
pub(super) fn label(given: &str, unnamed: impl FnOnce() -> String) -> String {
    let plain = given.chars().filter(|c| !c.is_control()).take(MAX_LABEL);
    let given: String = plain.collect();
    match given.trim() {
        "" => unnamed(),
        given => given.to_owned(),
    }
}

pub(super) async fn finish(
    signed: Signed,
    Json(credential): Json<RegisterPublicKeyCredential>,
) -> Result<Response, PageError> {
    let here = &signed.here;
    here.app.limits().act(signed.who.session.customer)?;
    let refusal = || Ok(refused(here, Msg::PagePasskeyFailed));
    let Some(Ceremony::Register { customer, label, state }) = ended(here) else {
        return refusal();
    };
    let made = here.app.passkeys().webauthn().finish_passkey_registration(&credential, &state);
    let (Ok(passkey), true) = (made, customer == signed.who.session.customer) else {
        return refusal();
    };
    let stored = serde_json::to_string(&passkey).map_err(PageError::internal)?;
    let credential_id = passkey.cred_id().to_vec();
    let new = NewPasskey { credential_id, credential: stored, label };
    let added = here.app.service().sign_in.add_passkey(&signed.who.owner, new).await;
    match added {
        Ok(_) => Ok(Json(GoOn { next: here.at("/passkeys") }).into_response()),
        Err(error) => {
            tracing::warn!(%error, "a passkey was not added");
            refusal()
        }
    }
}

pub(super) async fn remove(
    signed: Signed,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (here, customer) = (&signed.here, signed.who.session.customer);
    here.app.limits().act(customer)?;
    if !is_fresh(&signed) {
        return Ok(Redirect::to(&confirm_first(&signed)).into_response());
    }
    let id: PasskeyId = id.parse().map_err(|_| PageError::NotFound)?;
    let known = known(&signed).await?;
    if !known.iter().any(|key| key.id == id) {
        return Err(PageError::NotYours);
    }
    if known.len() < 2 && !is_stand_in(here, customer) {
        let page = show(&signed, &known, Some(&signed.text(Msg::PagePasskeyLast)));
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    let removed = here.app.service().sign_in.remove_passkey(&signed.who.owner, id).await;
    removed.map_err(PageError::internal)?;
    Ok(Redirect::to(&here.at("/passkeys")).into_response())
}
