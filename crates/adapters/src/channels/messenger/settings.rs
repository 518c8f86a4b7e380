//! What an operator of the bank configures for a page.

use std::collections::BTreeMap;

use bankside_domain::customer::Language;

use crate::channels::graph::{Api, NodeId, Template};
use crate::channels::secret::Secret;

/// The payload that the page's Get Started button must have: who taps it begins, instead of saying
/// that word. Messenger Profile API, "Get Started Button".
pub const GET_STARTED: &str = "GET_STARTED";

/// A page and its app.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Page access token, with `pages_messaging`; for templates `page_utility_messaging` too.
    pub token: Secret,
    /// Secret of the app that the token and the webhook belong to.
    pub app_secret: Secret,
    /// What the handshake of the webhook must know.
    pub verify_token: Secret,
    /// The page.
    pub page: NodeId,
    /// Where the Graph API is.
    pub api: Api,
    /// Approved utility templates. Without one for her language she is not knocked for.
    pub templates: BTreeMap<Language, Template>,
    /// A page of the bank that tells, by `code` in its query, how an erasure stands.
    pub status_url: String,
}
