//! Cookies: HttpOnly, SameSite=Lax, Secure where the origin is https, and bound to one bank's path.
//! The operator's are SameSite=Strict, and bound to the console's. That of a chat in a frame is
//! Partitioned, and bound to the frame's.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use bankside_domain::bank::BankId;
use bankside_service::token::Token;

use super::App;

/// The session of a customer who signed in.
pub(crate) const SESSION: &str = "session";
/// The language that somebody chose.
pub(crate) const LANGUAGE: &str = "language";
/// The session of an operator; never under a customer's name.
pub(crate) const OPERATOR: &str = "operator";
/// Light or dark; written by the page's own script.
pub(crate) const THEME: &str = "theme";

/// The browser's cookies, to be read and changed.
#[derive(Clone, Debug)]
pub struct Jar {
    jar: CookieJar,
    secure: bool,
}

impl Jar {
    pub(crate) fn new(jar: CookieJar, app: &App) -> Self {
        Self { jar, secure: app.is_secure() }
    }

    /// A cookie's text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.jar.get(name).map(Cookie::value)
    }

    /// A cookie that holds a token.
    pub fn token(&self, name: &str) -> Option<Token> {
        Token::parse(self.text(name)?)
    }

    /// Keeps a value for one bank, until the browser closes.
    #[must_use]
    pub fn keep(self, name: &'static str, value: &str, bank: &BankId) -> Self {
        let cookie = Cookie::build((name, value.to_owned()))
            .path(format!("/{bank}"))
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Lax)
            .build();
        Self { jar: self.jar.add(cookie), secure: self.secure }
    }

    /// Keeps a value for the pages below `path` and for requests that begin there, until the browser
    /// closes.
    #[must_use]
    pub fn keep_strictly(self, name: &'static str, value: &str, path: &'static str) -> Self {
        let cookie = Cookie::build((name, value.to_owned()))
            .path(path)
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Strict)
            .build();
        Self { jar: self.jar.add(cookie), secure: self.secure }
    }

    /// Forgets a value that was kept for the pages below `path`.
    #[must_use]
    pub fn forget_below(self, name: &'static str, path: &'static str) -> Self {
        let cookie = Cookie::build(name).path(path).build();
        Self { jar: self.jar.remove(cookie), secure: self.secure }
    }

    /// Keeps a token under a name that is made at run time: a chat of one channel.
    #[must_use]
    pub fn keep_token(self, name: String, token: &Token, bank: &BankId) -> Self {
        let cookie = Cookie::build((name, token.expose().to_owned()))
            .path(format!("/{bank}"))
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Lax)
            .permanent()
            .build();
        Self { jar: self.jar.add(cookie), secure: self.secure }
    }

    /// Keeps the token of a chat in a frame: apart for each site that frames it (CHIPS), and for
    /// nothing but the frame. Always Secure, which browsers take on `http://localhost` as well.
    #[must_use]
    pub fn keep_in_frame(self, name: &'static str, token: &Token, path: String) -> Self {
        let cookie = Cookie::build((name, token.expose().to_owned()))
            .path(path)
            .http_only(true)
            .secure(true)
            .same_site(SameSite::None)
            .partitioned(true)
            .permanent()
            .build();
        Self { jar: self.jar.add(cookie), secure: self.secure }
    }

    /// Forgets a value.
    #[must_use]
    pub fn forget(self, name: &'static str, bank: &BankId) -> Self {
        let cookie = Cookie::build(name).path(format!("/{bank}")).build();
        Self { jar: self.jar.remove(cookie), secure: self.secure }
    }
}

impl axum::response::IntoResponseParts for Jar {
    type Error = <CookieJar as axum::response::IntoResponseParts>::Error;

    fn into_response_parts(
        self,
        parts: axum::response::ResponseParts,
    ) -> Result<axum::response::ResponseParts, Self::Error> {
        self.jar.into_response_parts(parts)
    }
}
