//! Pages, assets and endpoints: what people see in a browser.
//!
//! `app` is what handlers share and the router; `auth` signs customers in; `customer` holds her
//! pages and chats, `console` the operators'. `ui` holds the components, `assets` the embedded style sheet, scripts, fonts and icons,
//! `security` the headers of every response. Components take plain strings, already in the
//! customer's language.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod app;
pub mod assets;
mod auth;
mod console;
mod customer;
mod directline;
mod mcp;
mod oauth;
pub mod security;
pub mod ui;
mod webhook;

pub use app::{App, AppError, Limits, NoSite, Settings, Site, Sites, StandIn};
pub use console::{Office, Vital, Vitals};
pub use directline::{Line, Lines};
