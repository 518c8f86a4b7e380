//! Messenger: a page of the bank's, by the Messenger Platform's Send API and webhooks.
//!
//! INVARIANT: a webhook is believed only after its signature holds; what it says of another page is
//! not believed at all.
//! INVARIANT: a tap says what its answer says: the words travel in its payload, and nothing is kept
//! here between two messages.
//!
//! Deliberately absent: taking a message back, which the platform cannot; a key against duplicates,
//! which the Send API does not take; the message tags that were withdrawn.
//!
//! Source: Messenger Platform, "Send API", "Webhooks" and "Utility Messages", version 23.0.

mod body;
mod capabilities;
mod erasure;
mod errors;
mod settings;
mod take;

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::channel::{Capabilities, Contact};
use bankside_domain::customer::Language;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel, Delivered, Distrust, SendError, Taken};
use serde_json::Value;

use super::graph::{Caller, Hook, NodeId, Template, named, text};
use crate::http::HttpClient;
pub use settings::{GET_STARTED, Settings};

/// A page in Messenger.
#[derive(Clone, Debug)]
pub struct Messenger {
    caller: Caller,
    hook: Hook,
    page: NodeId,
    templates: BTreeMap<Language, Template>,
    status_url: String,
    can: Capabilities,
}

impl Messenger {
    /// A configured page.
    pub fn new(settings: Settings, http: HttpClient) -> Self {
        let can = capabilities::table(!settings.templates.is_empty());
        let Settings { token, app_secret, verify_token, page, api, templates, status_url } =
            settings;
        let caller = Caller::new(http, api, token, &app_secret);
        let hook = Hook { app_secret, verify_token };
        Self { caller, hook, page, templates, status_url, can }
    }

    /// With another longest wait for one answer.
    #[must_use]
    pub fn within(self, deadline: Duration) -> Self {
        Self { caller: self.caller.within(deadline), ..self }
    }

    async fn post(&self, body: &Value) -> Result<Option<String>, SendError> {
        let answer = self.caller.post(&self.page, "messages", body).await;
        let answer = answer.map_err(|failure| failure.judged(errors::verdict))?;
        Ok(text(&answer, "/message_id").map(str::to_owned))
    }
}

#[async_trait]
impl Channel for Messenger {
    fn can(&self) -> &Capabilities {
        &self.can
    }

    /// Mostly one message; where its links do not fit beside it they follow, and the id is that of
    /// the last. A failure between the two repeats the first.
    async fn send(
        &self,
        to: &Contact,
        frame: &Frame,
        _key: &str,
    ) -> Result<Option<String>, SendError> {
        let mut id = None;
        for body in body::messages(to.address(), frame) {
            id = self.post(&body).await?;
        }
        Ok(id)
    }

    async fn knock(&self, to: &Contact, language: Language) -> Result<Option<String>, SendError> {
        let Some(template) = self.templates.get(&language) else {
            let why = format!("no template in `{}`", language.tag());
            return Err(SendError::Refused { why });
        };
        self.post(&body::template(to.address(), template)).await
    }

    async fn typing(&self, to: &Contact) {
        // A failure is nobody's concern.
        let _ = self.post(&body::typing(to.address())).await;
    }

    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        match (request.method, request.path) {
            ("GET", "") => self.hook.greeted(request.query),
            ("POST", "") => Ok(take::events(&self.hook.proven(request)?, &self.page)),
            ("POST", "deletion") => erasure::asked(request, &self.hook, &self.status_url),
            _ => Err(Distrust::Shape("no such request to this webhook".to_owned())),
        }
    }

    async fn test(&self) -> Result<String, SendError> {
        let page = self.caller.get(&self.page, "name").await;
        let page = page.map_err(|failure| failure.judged(errors::verdict))?;
        Ok(named(&page, "/name"))
    }
}
