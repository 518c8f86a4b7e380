//! The application: what handlers share, and the router that puts pages, assets and the public log
//! under one origin.
//!
//! Everything of one bank lies below its slug (`/harbour/…`), so that cookies of two banks never
//! meet. The public log lies at `/log/`, the operators' console at `/console/`.

mod cookies;
mod error;
mod frame;
mod here;
mod limits;
mod log;
mod origin;
mod sites;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::get;
use bankside_domain::bank::BankId;
use bankside_domain::id::CustomerId;
use bankside_service::Service;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

pub use cookies::Jar;
pub(crate) use cookies::{LANGUAGE, OPERATOR, SESSION, THEME};
pub use error::PageError;
pub use frame::Frame;
pub(crate) use frame::bank as brand;
pub use here::{Here, Signed};
pub(crate) use here::{accepted, safe_below, safe_next};
pub use limits::Limits;
pub use sites::{NoSite, Site, Sites};

use crate::auth::Passkeys;
use crate::console::Office;
use crate::directline::Line;
use crate::{assets, auth, console, customer, directline, mcp, oauth, security, webhook};

/// Largest body of a request, in bytes.
const MAX_BODY: usize = 64 * 1024;
/// Chats that listen at the same time.
const MAX_STREAMS: usize = 20_000;

/// Calls of assistants under way at the same time.
const MAX_CALLS: usize = 512;

/// What the binary decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address under which browsers reach this origin: `https://bank.example`.
    pub public_url: Url,
    /// Customers that the demo lets anyone sign in as; empty in production.
    pub stand_ins: Vec<StandIn>,
    /// The banks' own sites, which may show their chat in a frame.
    pub sites: Sites,
    /// Whether there is a page that stands for such a site, to try it on.
    pub sample_site: bool,
    /// What the operators' console needs.
    pub office: Office,
}

/// A customer whom the demo lets anyone be, without a passkey.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// Who.
    pub customer: CustomerId,
    /// Her bank.
    pub bank: BankId,
    /// Her given name.
    pub name: String,
    /// One public sentence about her.
    pub about: String,
}

/// What handlers share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    service: Service,
    settings: Settings,
    limits: Limits,
    streams: Arc<Semaphore>,
    calls: Arc<Semaphore>,
    passkeys: Passkeys,
}

/// Why the application cannot start.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The public address does not suit passkeys.
    #[error("`{0}` cannot be the public address: passkeys need https, or http://localhost")]
    PublicUrl(String),
}

impl App {
    /// Puts it together.
    ///
    /// # Errors
    /// [`AppError`], saying what to change.
    pub fn new(service: Service, settings: Settings) -> Result<Self, AppError> {
        Self::with_limits(service, settings, Limits::default())
    }

    /// As [`App::new`], with other rate limits.
    ///
    /// # Errors
    /// As [`App::new`].
    pub fn with_limits(
        service: Service,
        settings: Settings,
        limits: Limits,
    ) -> Result<Self, AppError> {
        let url = &settings.public_url;
        let local = url.scheme() == "http" && url.domain() == Some("localhost");
        if !local && (url.scheme() != "https" || url.domain().is_none()) {
            return Err(AppError::PublicUrl(url.to_string()));
        }
        let streams = Arc::new(Semaphore::new(MAX_STREAMS));
        let passkeys = Passkeys::new(url).ok_or_else(|| AppError::PublicUrl(url.to_string()))?;
        Ok(Self(Arc::new(Inner {
            service,
            settings,
            limits,
            streams,
            calls: Arc::new(Semaphore::new(MAX_CALLS)),
            passkeys,
        })))
    }

    /// The use cases.
    pub fn service(&self) -> &Service {
        &self.0.service
    }

    /// What the binary decided.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Rate limits.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The channels of a bank in which a chat can be linked by a code: those that the bank writes to,
    /// and its Direct Line.
    pub(crate) fn linkable<'a>(&'a self, bank: &'a BankId) -> impl Iterator<Item = &'a str> {
        let line = self.settings().sites.line(bank).map(Line::channel);
        self.service().reached.of_bank(bank).chain(line)
    }

    /// Passkey ceremonies.
    pub(crate) fn passkeys(&self) -> &Passkeys {
        &self.0.passkeys
    }

    /// A place among the chats that listen, free again once it is dropped.
    ///
    /// # Errors
    /// [`PageError::TooMany`] where there is none left.
    pub(crate) fn stream(&self) -> Result<OwnedSemaphorePermit, PageError> {
        self.0.streams.clone().try_acquire_owned().map_err(|_| PageError::TooMany { minutes: 1 })
    }

    /// A place among the calls of assistants under way, free again once it is dropped.
    pub(crate) fn call(&self) -> Option<OwnedSemaphorePermit> {
        self.0.calls.clone().try_acquire_owned().ok()
    }

    /// The origin of our pages, as browsers name it.
    pub fn origin(&self) -> String {
        self.settings().public_url.origin().ascii_serialization()
    }

    /// Whether cookies may travel over TLS only.
    pub fn is_secure(&self) -> bool {
        self.settings().public_url.scheme() == "https"
    }

    /// The whole router. Serve it with `into_make_service_with_connect_info::<SocketAddr>()`, so
    /// that rate limits know the address.
    pub fn router(self) -> Router {
        Router::new()
            .route("/", get(customer::front))
            .route("/{bank}/", customer::at_home())
            .nest("/{bank}", customer::routes().merge(auth::routes()).merge(oauth::pages()))
            .nest("/log", log::routes())
            .merge(console::routes())
            .merge(assets::router())
            .fallback(error::not_found)
            .layer(middleware::from_fn_with_state(self.clone(), origin::same_origin))
            .layer(middleware::from_fn_with_state(self.clone(), error::in_words))
            .layer(middleware::from_fn(security::headers))
            .layer(DefaultBodyLimit::max(MAX_BODY))
            // Apart from the pages: what comes here is no browser, and is proven in its own way.
            .merge(webhook::routes())
            .merge(oauth::routes())
            .merge(mcp::routes())
            .merge(directline::routes(&self))
            .with_state(self)
    }
}
