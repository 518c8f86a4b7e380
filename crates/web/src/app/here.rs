//! Where a request is: which bank, in which language, and who is signed in.

use axum::extract::{FromRequestParts, OptionalFromRequestParts, RawPathParams};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum_extra::extract::cookie::CookieJar;
use bankside_domain::Party;
use bankside_domain::bank::{Bank, BankId};
use bankside_domain::customer::{Customer, Language};
use bankside_domain::time::TimeZone;
use bankside_language::{Catalogue, Formats, Msg};
use bankside_service::sign_in::{SignInError, SignedIn};

use super::cookies::{Jar, LANGUAGE, SESSION, THEME};
use super::error::PageError;
use super::{App, Frame};
use crate::ui::page::Theme;

/// A page of one bank, in one language.
#[derive(Clone, Debug)]
pub struct Here {
    /// The application.
    pub app: App,
    /// The bank.
    pub bank: Bank,
    /// The language that the browser asks for, or that was chosen.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// Cookies.
    pub jar: Jar,
    /// Path and query of the request, to come back to after signing in.
    pub path: String,
}

impl Here {
    /// A text of the catalogue.
    pub fn text(&self, msg: Msg<'_>) -> String {
        Catalogue::of(self.language).text(msg)
    }

    /// An address of this bank: `/harbour` and `path`.
    pub fn at(&self, path: &str) -> String {
        format!("/{}{path}", self.bank.id)
    }

    /// The frame of a page for somebody who is not signed in.
    pub fn frame(&self) -> Frame<'_> {
        Frame::new(self, None)
    }
}

impl FromRequestParts<App> for Here {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(|_| PageError::NotFound)?;
        let slug = params.iter().find(|(name, _)| *name == "bank").map(|(_, value)| value);
        let bank = slug.and_then(|slug| app.service().bank(slug)).ok_or(PageError::NotFound)?;
        let jar = Jar::new(CookieJar::from_headers(&parts.headers), app);
        let chosen = jar.text(LANGUAGE).and_then(Language::from_tag);
        let language = chosen.unwrap_or_else(|| accepted(&parts.headers));
        let path =
            parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |o| &o.0);
        let path = path.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Self {
            app: app.clone(),
            bank: bank.clone(),
            language,
            theme: Theme::from_cookie(jar.text(THEME).unwrap_or_default()),
            jar,
            path,
        })
    }
}

/// The first language of `Accept-Language` (RFC 9110, section 12.5.4) that there is; quality
/// values are taken to be in order, as browsers send them.
pub(crate) fn accepted(headers: &HeaderMap) -> Language {
    let header = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let tags = header.split(',').filter_map(|part| part.split(';').next());
    tags.map(str::trim).find_map(Language::from_tag).unwrap_or_default()
}

/// A customer who is signed in at this bank.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Where.
    pub here: Here,
    /// Her session.
    pub who: SignedIn,
    /// Her master data.
    pub customer: Customer,
    /// Her zone.
    pub zone: TimeZone,
    /// AI assistants that she ever decided about, to be called by their names.
    pub assistants: Vec<Party>,
}

impl Signed {
    /// A text in her language.
    pub fn text(&self, msg: Msg<'_>) -> String {
        self.catalogue().text(msg)
    }

    /// Her catalogue, with the digits of her region.
    pub fn catalogue(&self) -> Catalogue {
        Catalogue::for_reader(self.here.language, &self.customer.region)
    }

    /// Her formats; made where they are used, for they cannot cross threads.
    pub fn formats(&self) -> Formats {
        Formats::new(self.here.language, &self.customer.region, self.zone.clone())
    }

    /// The frame of her pages, with `current` marked in the navigation.
    pub fn frame<'a>(&'a self, current: &'a str) -> Frame<'a> {
        Frame::new(&self.here, Some(current))
    }
}

impl FromRequestParts<App> for Signed {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let mut here = <Here as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        let next =
            if parts.method == axum::http::Method::GET { here.path.clone() } else { here.at("/") };
        let Some(token) = here.jar.token(SESSION) else {
            return Err(PageError::SignInFirst { bank: here.bank.id, next });
        };
        let who = match app.service().sign_in.who(&token).await {
            Ok(who) => who,
            Err(SignInError::Ended(_)) => {
                return Err(PageError::SignInFirst { bank: here.bank.id, next });
            }
            Err(error) => return Err(PageError::internal(error)),
        };
        if who.session.bank != here.bank.id {
            return Err(PageError::SignInFirst { bank: here.bank.id, next });
        }
        let customer = app.service().core.customer(who.session.customer).await;
        let customer = customer.map_err(PageError::internal)?;
        if here.jar.text(LANGUAGE).is_none() {
            here.language = customer.language;
        }
        let zone = TimeZone::get(&customer.time_zone).unwrap_or(TimeZone::UTC);
        let assistants = app.service().assistants.of_customer(who.session.customer).await;
        let assistants = assistants.map_err(PageError::internal)?;
        Ok(Self { here, who, customer, zone, assistants })
    }
}

impl OptionalFromRequestParts<App> for Signed {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, PageError> {
        match <Self as FromRequestParts<App>>::from_request_parts(parts, app).await {
            Ok(signed) => Ok(Some(signed)),
            Err(PageError::SignInFirst { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A path below a bank that somebody may be sent to after signing in: never another origin.
pub(crate) fn safe_next(bank: &BankId, next: &str) -> String {
    safe_below(bank.as_str(), next)
}

/// As [`safe_next`], below `/place`.
pub(crate) fn safe_below(place: &str, next: &str) -> String {
    let below = next.strip_prefix('/').and_then(|n| n.strip_prefix(place));
    let inside = below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') && !next.contains("//");
    if inside && plain { next.to_owned() } else { format!("/{place}/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere_after_signing_in() {
        let bank: BankId = "harbour".parse().unwrap();
        let check = |next: &str, expect: &str| assert_eq!(safe_next(&bank, next), expect, "{next}");
        check("/harbour/log?x=1", "/harbour/log?x=1");
        check("/harbour", "/harbour");
        check("/harbourx/log", "/harbour/");
        check("https://evil.example/harbour", "/harbour/");
        check("//evil.example/harbour", "/harbour/");
        check("/harbour//evil.example", "/harbour/");
        check("/harbour/\\evil", "/harbour/");
        check("/harbour/a\r\nb", "/harbour/");
    }

    #[test]
    fn the_first_known_language_is_taken() {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, "de-DE, pl;q=0.9, en;q=0.5".parse().unwrap());
        assert_eq!(accepted(&headers), Language::Pl);
        assert_eq!(accepted(&HeaderMap::new()), Language::En);
    }
}
