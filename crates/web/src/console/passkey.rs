//! The forms that ask the browser for a passkey, and the two halves of each ceremony.

use axum::Json;
use axum::response::{IntoResponse, Response};
use bankside_service::token::Token;
use maud::{Markup, html};
use serde::Serialize;

use super::here::Console;
use crate::app::PageError;
use crate::auth::{COOKIE, Ceremony};
use crate::ui::button::Button;
use crate::ui::icon::Icon;

/// What is said where a browser has no passkeys.
pub(super) const UNSUPPORTED: &str = "This browser cannot use passkeys, or scripts are switched off. Passkeys need both; everything \
     else here works without scripts.";
/// What is said where a passkey was refused. It never says whether it is known.
pub(super) const FAILED: &str = "That did not work. Try again, or with another passkey.";

/// A form whose passkey halves lie below `path`.
pub(super) struct Form<'a> {
    /// `create` or `get`.
    pub(super) kind: &'a str,
    pub(super) path: &'a str,
    pub(super) label: &'a str,
    pub(super) fields: Markup,
}

impl maud::Render for Form<'_> {
    fn render(&self) -> Markup {
        html! {
            form.form method="post" action=(self.path) data-passkey=(self.kind)
                data-begin={ (self.path) "/begin" } data-finish={ (self.path) "/finish" }
                data-cancelled="It was cancelled. Try again when you are ready."
                data-unsupported=(UNSUPPORTED) data-failed=(FAILED)
            {
                p.error role="alert" data-passkey-error hidden {}
                (self.fields)
                div data-needs-passkey hidden {
                    (Button { label: self.label, icon: Some(Icon::Fingerprint), ..Button::default() })
                }
                p.hint data-no-passkey hidden { (UNSUPPORTED) }
                noscript { p.hint { (UNSUPPORTED) } }
            }
        }
    }
}

/// Sends the options, and remembers the other half for this browser.
///
/// # Errors
/// [`PageError::TooMany`].
pub(super) fn begun(
    console: &Console,
    below: &'static str,
    ceremony: Ceremony,
    options: impl Serialize,
) -> Result<Response, PageError> {
    let token = Token::random(&*console.app.service().entropy);
    console.app.passkeys().put(token.hash(), ceremony, console.now())?;
    let jar = console.jar.clone().keep_strictly(COOKIE, token.expose(), below);
    Ok((jar, Json(options)).into_response())
}

/// The ceremony that this browser began; gone once it is asked for.
pub(super) fn ended(console: &Console) -> Option<Ceremony> {
    let token = console.jar.token(COOKIE)?;
    console.app.passkeys().take(&token.hash(), console.now())
}

/// Marks what only the demo offers.
pub(super) fn demo(action: &str, label: &str, fields: &Markup) -> Markup {
    html! {
        section.section.stand-ins {
            p.hint { "In this demo anyone may be the operator, without a passkey. A bank’s installation has no such button." }
            form method="post" action=(action) {
                (fields)
                (Button { label, kind: crate::ui::button::Kind::Secondary, ..Button::default() })
            }
        }
    }
}
