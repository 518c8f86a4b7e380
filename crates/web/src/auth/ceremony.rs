//! WebAuthn Level 3 ceremonies: what the server remembers between their two halves.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::id::{CustomerId, SessionId, StaffId};
use bankside_language::Msg;
use bankside_service::invitations::Invited;
use bankside_service::token::Token;
use serde::{Deserialize, Serialize};
use url::Url;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyAuthentication,
    PasskeyRegistration, Webauthn, WebauthnBuilder,
};

use crate::app::{Here, PageError};

/// A ceremony may take so long, in milliseconds.
const CEREMONY_MS: i64 = 5 * 60 * 1000;
/// Ceremonies under way at the same time.
const MOST: usize = 10_000;
/// The cookie that binds a ceremony to a browser.
pub(crate) const COOKIE: &str = "ceremony";

/// A ceremony half done.
pub(crate) enum Ceremony {
    /// A customer adds a passkey.
    Register { customer: CustomerId, label: String, state: Box<PasskeyRegistration> },
    /// Somebody who holds an invitation registers a passkey.
    Invited { invited: Invited, label: String, state: Box<PasskeyRegistration> },
    /// Somebody signs in.
    SignIn { bank: BankId, next: String, state: Box<DiscoverableAuthentication> },
    /// Somebody signed in proves herself again.
    Confirm { session: SessionId, next: String, state: Box<PasskeyAuthentication> },
    /// Somebody comes in by the set-up link, whose hash it is.
    ComeIn { link: [u8; 32], staff: StaffId, name: String, state: Box<PasskeyRegistration> },
    /// An operator signs in.
    Operator { next: String, state: Box<DiscoverableAuthentication> },
    /// An operator who is signed in proves herself again.
    OperatorAgain { session: SessionId, next: String, state: Box<PasskeyAuthentication> },
}

/// The relying party, and its ceremonies under way.
pub(crate) struct Passkeys {
    webauthn: Webauthn,
    pending: Mutex<HashMap<[u8; 32], (Timestamp, Ceremony)>>,
}

impl fmt::Debug for Passkeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passkeys")
    }
}

impl Passkeys {
    /// For this origin; none where passkeys cannot work there.
    pub(crate) fn new(origin: &Url) -> Option<Self> {
        let builder = WebauthnBuilder::new(origin.host_str()?, origin).ok()?;
        let webauthn = builder.rp_name("Bankside").build().ok()?;
        Some(Self { webauthn, pending: Mutex::default() })
    }

    pub(crate) fn webauthn(&self) -> &Webauthn {
        &self.webauthn
    }

    fn pending(&self) -> MutexGuard<'_, HashMap<[u8; 32], (Timestamp, Ceremony)>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers the other half for whoever holds the token of that hash.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub(crate) fn put(
        &self,
        key: [u8; 32],
        ceremony: Ceremony,
        now: Timestamp,
    ) -> Result<(), PageError> {
        let mut pending = self.pending();
        if pending.len() >= MOST {
            pending.retain(|_, (until, _)| *until > now);
        }
        if pending.len() >= MOST {
            return Err(PageError::TooMany { minutes: 5 });
        }
        pending.insert(key, (now.plus_millis(CEREMONY_MS), ceremony));
        Ok(())
    }

    /// The ceremony of that token's hash; gone once it is asked for.
    pub(crate) fn take(&self, key: &[u8; 32], now: Timestamp) -> Option<Ceremony> {
        let (until, ceremony) = self.pending().remove(key)?;
        (until > now).then_some(ceremony)
    }
}

/// Sends the options, and remembers the other half for this browser.
pub(super) fn begun(
    here: &Here,
    ceremony: Ceremony,
    options: impl Serialize,
) -> Result<Response, PageError> {
    let service = here.app.service();
    let token = Token::random(&*service.entropy);
    here.app.passkeys().put(token.hash(), ceremony, service.clock.now())?;
    let jar = here.jar.clone().keep(COOKIE, token.expose(), &here.bank.id);
    Ok((jar, Json(options)).into_response())
}

/// The ceremony that this browser began; gone once it is asked for.
pub(super) fn ended(here: &Here) -> Option<Ceremony> {
    let token = here.jar.token(COOKIE)?;
    here.app.passkeys().take(&token.hash(), here.app.service().clock.now())
}

/// Where the browser goes on.
#[derive(Serialize)]
pub(crate) struct GoOn {
    pub(crate) next: String,
}

/// Where to go on, as the page asks.
#[derive(Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    pub(crate) next: String,
}

/// A refusal that says nothing but what to do.
pub(super) fn refused(here: &Here, msg: Msg<'_>) -> Response {
    refused_as(&here.text(msg))
}

/// The same in words that are not of the catalogue.
pub(crate) fn refused_as(words: &str) -> Response {
    metrics::counter!("bankside_passkey_refused_total").increment(1);
    let error = serde_json::json!({ "error": words });
    (StatusCode::FORBIDDEN, Json(error)).into_response()
}

/// Reads a stored credential, and moves its counter on by what the assertion proved.
pub(crate) fn moved_on(stored: &str, result: &AuthenticationResult) -> Option<String> {
    let mut passkey: Passkey = serde_json::from_str(stored).ok()?;
    passkey.update_credential(result)?;
    serde_json::to_string(&passkey).ok()
}
