//! Where a chat is shown: on a page of its own, or in a frame on a site of the bank.
//!
//! INVARIANT: a frame shows the bank's own channel alone, and to the listed sites alone.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use bankside_domain::bank::BankId;
use bankside_domain::id::ConversationId;
use bankside_service::token::Token;

use crate::app::{App, Here, Jar, PageError, Site};

/// The bank's own channel.
const OWN: &str = "web";
/// Cookie of a chat in a frame.
const FRAMED: &str = "widget";

/// Whether this browser holds that chat on a page of its own; a chat in a frame, in a messenger or
/// on another device it does not hold.
pub(in crate::customer) async fn holds(here: &Here, channel: &str, chat: ConversationId) -> bool {
    let place = Place::Page { channel: channel.to_owned() };
    let Some(token) = here.jar.token(&place.cookie()) else { return false };
    here.app.service().chats.by_token(&token).await.is_ok_and(|held| held.id == chat)
}

/// A place.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// A page of its own, for any channel.
    Page {
        /// The channel.
        channel: String,
    },
    /// A frame.
    Frame {
        /// On pages of this site.
        site: Site,
    },
}

impl Place {
    /// The channel that the chat belongs to.
    pub(super) fn channel(&self) -> &str {
        match self {
            Self::Page { channel } => channel,
            Self::Frame { .. } => OWN,
        }
    }

    /// Name of the cookie that holds the chat's token.
    pub(super) fn cookie(&self) -> String {
        match self {
            Self::Page { channel } => format!("chat-{channel}"),
            Self::Frame { .. } => FRAMED.to_owned(),
        }
    }

    /// Path below the bank.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Page { channel } => format!("/chat/{channel}"),
            Self::Frame { site } => format!("/widget/{}", site.host()),
        }
    }

    /// The site that frames it.
    pub(super) fn site(&self) -> Option<&Site> {
        match self {
            Self::Page { .. } => None,
            Self::Frame { site } => Some(site),
        }
    }

    /// Keeps a chat's token with the browser.
    pub(super) fn keep(&self, jar: Jar, token: &Token, bank: &BankId) -> Jar {
        match self {
            Self::Page { .. } => jar.keep_token(self.cookie(), token, bank),
            Self::Frame { .. } => jar.keep_in_frame(FRAMED, token, format!("/{bank}/widget")),
        }
    }
}

impl FromRequestParts<App> for Place {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(|_| PageError::NotFound)?;
        let param = |name| params.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
        if let Some(channel) = param("channel") {
            return Ok(Self::Page { channel: channel.to_owned() });
        }
        let bank = param("bank").and_then(|slug| app.service().bank(slug));
        let sites = &app.settings().sites;
        let site = bank.zip(param("site")).and_then(|(bank, host)| sites.at(&bank.id, host));
        Ok(Self::Frame { site: site.ok_or(PageError::NotFound)?.clone() })
    }
}
