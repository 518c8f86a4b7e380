//! Who calls: from which site, and with which token. The same answer to a page of another origin as to
//! one that does not exist, and no cookie is ever looked at (Fetch, section 3.2: CORS protocol).

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, RawPathParams, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    AUTHORIZATION, CACHE_CONTROL, ORIGIN, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bankside_domain::bank::Bank;
use bankside_domain::customer::Language;
use bankside_service::direct_line::{self, DirectLine, Held};
use bankside_service::token::Token;

use super::fault::Fault;
use super::line::Line;
use crate::app::{App, Site, accepted};

/// What a page may send besides what every page may: its token, its kind of body, and what Direct
/// Line's own client tells of itself.
const TAKEN: HeaderValue =
    HeaderValue::from_static("authorization, content-type, x-ms-bot-agent, x-requested-with");
/// How long a browser remembers that it may, in seconds.
const REMEMBERED: HeaderValue = HeaderValue::from_static("600");

/// Whoever was let in.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) app: App,
    pub(super) bank: Bank,
    pub(super) line: Line,
    /// The site whose page it is; nothing where it is no page.
    pub(super) site: Option<Site>,
    pub(super) language: Language,
    address: Option<IpAddr>,
    bearer: Option<String>,
}

/// Middleware: lets pages of the bank's sites in, and what is no page; answers their browsers' question
/// whether they may ask at all.
pub(super) async fn admitted(
    State(app): State<App>,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let slug = params.iter().find(|(name, _)| *name == "bank").map(|(_, value)| value);
    let caller = match Caller::of(&app, slug.unwrap_or_default(), &request) {
        Ok(caller) => caller,
        Err(fault) => return closed(fault.into_response(), None),
    };
    let site = caller.site.clone();
    let answer = if is_preflight(&request) {
        may_ask()
    } else {
        request.extensions_mut().insert(caller);
        next.run(request).await
    };
    closed(answer, site.as_ref())
}

/// The listed site of that origin.
fn site(sites: &[Site], origin: &HeaderValue) -> Result<Site, Fault> {
    let found = sites.iter().find(|site| site.origin().as_bytes() == origin.as_bytes());
    found.cloned().ok_or_else(|| {
        metrics::counter!("bankside_cross_origin_refused_total").increment(1);
        Fault::Origin
    })
}

fn is_preflight(request: &Request) -> bool {
    *request.method() == Method::OPTIONS
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

fn may_ask() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, TAKEN);
    headers.insert(ACCESS_CONTROL_MAX_AGE, REMEMBERED);
    response
}

/// The headers of every answer: read by that one site, kept by nobody.
fn closed(mut response: Response, site: Option<&Site>) -> Response {
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = site.and_then(|site| HeaderValue::from_str(site.origin()).ok()) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    }
    response
}

/// Only from the header (RFC 6750, section 2.1).
fn bearer(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

impl Caller {
    fn of(app: &App, slug: &str, request: &Request) -> Result<Self, Fault> {
        let bank = app.service().bank(slug).ok_or(Fault::NotFound)?;
        let sites = &app.settings().sites;
        let line = sites.line(&bank.id).ok_or(Fault::NotFound)?;
        let site = match request.headers().get(ORIGIN) {
            None => None,
            Some(origin) => Some(site(sites.of(&bank.id), origin)?),
        };
        let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
        Ok(Self {
            app: app.clone(),
            bank: bank.clone(),
            line: line.clone(),
            site,
            language: accepted(request.headers()),
            address: from.map(|ConnectInfo(address)| address.ip()),
            bearer: bearer(request.headers()),
        })
    }

    /// The origin of its page.
    pub(super) fn origin(&self) -> Option<&str> {
        self.site.as_ref().map(Site::origin)
    }

    /// Which Direct Line it calls.
    pub(super) fn line(&self) -> direct_line::Line<'_> {
        direct_line::Line { bank: &self.bank.id, channel: self.line.channel() }
    }

    /// The use cases.
    pub(super) fn talks(&self) -> &DirectLine {
        &self.app.service().direct_line
    }

    /// What it proves itself by, as it came.
    pub(super) fn bearer(&self) -> Option<&str> {
        self.bearer.as_deref()
    }

    /// Within a limit by address, if the address is known.
    pub(super) fn within(
        &self,
        limit: impl FnOnce(IpAddr) -> Result<(), crate::app::PageError>,
    ) -> Result<(), Fault> {
        self.address.map_or(Ok(()), limit).map_err(|_| Fault::TooMany)
    }

    /// The chat that its token opens.
    pub(super) async fn held(&self) -> Result<(Token, Held), Fault> {
        let token = self.bearer().ok_or(Fault::NoToken)?;
        let token = Token::parse(token).ok_or(Fault::Token)?;
        let held = self.talks().held(self.line(), &token, self.origin()).await?;
        Ok((token, held))
    }

    /// The same, where it is the chat of that id.
    pub(super) async fn holds(&self, id: &str) -> Result<(Token, Held), Fault> {
        let (token, held) = self.held().await?;
        if held.chat.id.to_string() == id { Ok((token, held)) } else { Err(Fault::Token) }
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fault> {
        parts.extensions.get::<Self>().cloned().ok_or(Fault::NotFound)
    }
}
