//! The page behind the set-up link: the first operator, or one more, registers a passkey under a
//! name. Looking does not use the link up; registering does.

use std::net::SocketAddr;

use axum::Json;
use axum::extract::{ConnectInfo, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bankside_service::staff::{Newcomer, StaffError, plain_name};
use bankside_service::token::Token;
use maud::{Markup, Render, html};
use serde::Deserialize;
use webauthn_rs::prelude::{RegisterPublicKeyCredential, Uuid};

use super::here::Console;
use super::passkey::{self, FAILED, begun, ended};
use super::sign_in::keep;
use crate::app::PageError;
use crate::auth::{Ceremony, GoOn, discoverable, refused_as};
use crate::ui::form::Field;
use crate::ui::list::definitions;
use crate::ui::page::{Title, panel};

/// Where the cookie of the ceremony holds.
const PATH: &str = "/setup";
const CLOSED: &str = "This link is not valid, or no longer";

pub(super) async fn page(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    console: Console,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    console.app.limits().attempt(address.ip())?;
    if !opens(&console, &token).await? {
        return Ok((StatusCode::NOT_FOUND, closed(&console)).into_response());
    }
    Ok(ask(&console, &token).into_response())
}

async fn opens(console: &Console, token: &str) -> Result<bool, PageError> {
    let Some(token) = Token::parse(token) else { return Ok(false) };
    console.app.service().staff.link_opens(&token).await.map_err(PageError::internal)
}

fn closed(console: &Console) -> Markup {
    let lead = "A link opens for a day, until somebody registered with it or a newer one was made.";
    let main = html! {
        (Title { over: None, text: CLOSED, lead: Some(lead) })
        (panel(&html! {
            p { "For a new one, run on the bank’s machine:" }
            p { code { "bankside admin recover" } }
        }))
        p { a href="/console/sign-in" { "Sign in" } " if you have a passkey already." }
    };
    console.page(CLOSED, &[], main)
}

fn ask(console: &Console, token: &str) -> Markup {
    let service = console.app.service();
    let title = "Become an operator";
    let lead = "You will run this installation: watch it, suspend channels and purposes, let others in. \
                Your passkey is your sign-in; there is no password.";
    let banks: Vec<&str> = service.banks.iter().map(|bank| bank.name.as_str()).collect();
    let channels: Vec<&str> = service.channels.iter().map(|c| c.name.as_str()).collect();
    let name = Field {
        name: "name",
        label: "Your name",
        hint: Some("It stands beside what you do, and in its signed evidence"),
        autocomplete: Some("name"),
        required: true,
        ..Field::default()
    };
    let path = format!("/setup/{token}");
    let form = passkey::Form {
        kind: "create",
        path: &path,
        label: "Register a passkey",
        fields: name.render(),
    };
    let main = html! {
        (Title { over: Some("Set-up"), text: title, lead: Some(lead) })
        (form)
        (panel(&definitions(&[
            ("Banks", html! { (banks.join(", ")) }),
            ("Channels", html! { (channels.join(", ")) }),
            ("Disclosure log", html! { (service.log.origin()) }),
        ])))
    };
    console.page(title, &["passkey.js"], main)
}

/// What the form holds.
#[derive(Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    name: String,
}

pub(super) async fn begin(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    console: Console,
    Path(token): Path<String>,
    Json(named): Json<Named>,
) -> Result<Response, PageError> {
    console.app.limits().attempt(address.ip())?;
    if !opens(&console, &token).await? {
        return Ok(refused_as(CLOSED));
    }
    let Some(name) = plain_name(&named.name) else {
        return Ok(refused_as("Enter your name: one line, at most 40 characters."));
    };
    let Some(link) = Token::parse(&token).map(|token| token.hash()) else {
        return Ok(refused_as(CLOSED));
    };
    let staff = console.app.service().staff.new_id();
    let webauthn = console.app.passkeys().webauthn();
    let user = Uuid::from_bytes(*staff.as_bytes());
    let started = webauthn.start_passkey_registration(user, &name, &name, None);
    let (mut options, state) = started.map_err(PageError::internal)?;
    discoverable(&mut options);
    let ceremony = Ceremony::ComeIn { link, staff, name, state: Box::new(state) };
    begun(&console, PATH, ceremony, options)
}

pub(super) async fn finish(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    console: Console,
    Path(token): Path<String>,
    Json(credential): Json<RegisterPublicKeyCredential>,
) -> Result<Response, PageError> {
    console.app.limits().attempt(address.ip())?;
    let Some(token) = Token::parse(&token) else { return Ok(refused_as(CLOSED)) };
    let Some(Ceremony::ComeIn { link, staff: id, name, state }) = ended(&console) else {
        return Ok(refused_as(FAILED));
    };
    let made = console.app.passkeys().webauthn().finish_passkey_registration(&credential, &state);
    let (Ok(passkey), true) = (made, link == token.hash()) else { return Ok(refused_as(FAILED)) };
    let credential = serde_json::to_string(&passkey).map_err(PageError::internal)?;
    let newcomer = Newcomer { id, name, credential_id: passkey.cred_id().to_vec(), credential };
    match console.app.service().staff.come_in(&token, newcomer).await {
        Ok((session, _)) => {
            let next = GoOn { next: "/console/".to_owned() };
            Ok((keep(console.jar, &session), Json(next)).into_response())
        }
        Err(StaffError::Link) => Ok(refused_as(CLOSED)),
        Err(StaffError::Name | StaffError::Known) => Ok(refused_as(FAILED)),
        Err(error) => Err(PageError::internal(error)),
    }
}
