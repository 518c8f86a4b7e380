//! WhatsApp: a telephone number of the bank's, by the Cloud API and its webhooks.
//!
//! INVARIANT: a webhook is believed only after its signature holds; what it says of another number is
//! not believed at all.
//! INVARIANT: a tap says what its answer says: the words travel in its id, and nothing is kept here
//! between two messages.
//!
//! Deliberately absent: taking a message back, which the Cloud API cannot; a key against duplicates,
//! which it does not take; showing that an answer is being written, which needs the id of her last
//! message and would mark it as read; groups, where others read along.
//!
//! Source: WhatsApp Business Platform, Cloud API, "Messages" and "Webhooks", version 23.0.

mod body;
mod capabilities;
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
pub use settings::{LIST_BUTTON, ListButton, ListButtonError, Settings};

/// A telephone number in WhatsApp.
#[derive(Clone, Debug)]
pub struct WhatsApp {
    caller: Caller,
    hook: Hook,
    number: NodeId,
    templates: BTreeMap<Language, Template>,
    list_button: ListButton,
    can: Capabilities,
}

impl WhatsApp {
    /// A configured number.
    pub fn new(settings: Settings, http: HttpClient) -> Self {
        let can = capabilities::table(!settings.templates.is_empty());
        let Settings { token, app_secret, verify_token, number, api, templates, list_button } =
            settings;
        let caller = Caller::new(http, api, token, &app_secret);
        let hook = Hook { app_secret, verify_token };
        Self { caller, hook, number, templates, list_button, can }
    }

    /// With another longest wait for one answer.
    #[must_use]
    pub fn within(self, deadline: Duration) -> Self {
        Self { caller: self.caller.within(deadline), ..self }
    }

    async fn post(&self, body: &Value) -> Result<Option<String>, SendError> {
        let answer = self.caller.post(&self.number, "messages", body).await;
        let answer = answer.map_err(|failure| failure.judged(errors::verdict))?;
        Ok(text(&answer, "/messages/0/id").map(str::to_owned))
    }
}

#[async_trait]
impl Channel for WhatsApp {
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
        for body in body::messages(to.address(), frame, &self.list_button) {
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

    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        match (request.method, request.path) {
            ("GET", "") => self.hook.greeted(request.query),
            ("POST", "") => Ok(take::events(&self.hook.proven(request)?, &self.number)),
            _ => Err(Distrust::Shape("no such request to this webhook".to_owned())),
        }
    }

    async fn test(&self) -> Result<String, SendError> {
        let number = self.caller.get(&self.number, "verified_name,display_phone_number").await;
        let number = number.map_err(|failure| failure.judged(errors::verdict))?;
        Ok(named(&number, "/verified_name"))
    }
}
