//! Telegram: the Bot API (core.telegram.org/bots/api, version 10.1).
//!
//! INVARIANT: the bank speaks with one person in a private chat, never in a group. Every message is
//! protected: it cannot be forwarded or saved. What a button sends back is at most 64 bytes.
//!
//! Deliberately absent: Telegram's web apps, whose script would have to be let into the bank's
//! own pages. The secure view opens in her browser.

mod take;
mod wire;

use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::channel::{Answers, Capabilities, Contact, Count, Links, Retraction, Text};
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel, Delivered, Distrust, SendError, Taken};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::channels::secret::Secret;
use crate::http::{Bounds, HttpClient};

/// Bytes of an answer that are read.
const MOST_OF_AN_ANSWER: usize = 64 * 1024;
/// Longest wait for one.
const DEADLINE: Duration = Duration::from_secs(15);
/// Telegram lets a bot delete what is at most so old: 48 hours, in milliseconds.
const DELETABLE_MS: i64 = 48 * 3_600_000;

/// `sendMessage`: 4096 UTF-16 units; buttons of one short line.
const CAN: Capabilities = Capabilities {
    text: Text { most: 4_096, count: Count::Utf16 },
    messages: 4,
    buttons: Some(Answers { most: 12, label: Text { most: 40, count: Count::Chars }, above: None }),
    list: None,
    links: Links::Button { label: Text { most: 60, count: Count::Chars } },
    rich: false,
    spoken: false,
    window: None,
    retraction: Retraction::Within { millis: DELETABLE_MS },
    edits: true,
    delivered: false,
    read: false,
    typing: true,
};

/// How the bot is reached.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token, as BotFather gave it.
    pub token: Secret,
    /// What Telegram repeats in `X-Telegram-Bot-Api-Secret-Token`: 1 to 256 of `A-Z a-z 0-9 _ -`.
    pub secret: Secret,
    /// The Bot API server, without a slash at its end.
    pub api: String,
}

/// Telegram's own server.
pub const API: &str = "https://api.telegram.org";

/// A bot.
#[derive(Clone, Debug)]
pub struct Telegram {
    settings: Settings,
    client: HttpClient,
}

impl Telegram {
    /// A bot; nothing is asked yet.
    pub fn new(settings: Settings, client: HttpClient) -> Self {
        Self { settings, client }
    }

    /// Tells Telegram where its webhook is, and what to repeat there.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn set_webhook(&self, url: &str) -> Result<(), SendError> {
        let body = json!({
            "url": url,
            "secret_token": self.settings.secret.reveal(),
            "allowed_updates": take::UPDATES,
            "max_connections": 40,
        });
        self.call("setWebhook", &body).await.map(drop)
    }

    /// Calls a method; its result.
    async fn call(&self, method: &str, body: &Value) -> Result<Value, SendError> {
        let refused = |why: &str| SendError::Refused { why: why.to_owned() };
        let request = http::Request::post(format!(
            "{}/bot{}/{method}",
            self.settings.api,
            self.settings.token.reveal()
        ))
        .header(http::header::CONTENT_TYPE, "application/json")
        .body(Bytes::from(body.to_string()))
        .map_err(|_| refused("the API's address or the token is malformed"))?;
        let bounds = Bounds { deadline: DEADLINE, answer: MOST_OF_AN_ANSWER };
        let answer = self.client.send(request, bounds).await;
        // The error of a connection may hold the address, and so the token.
        let answer = answer.map_err(|_| wire::later(None, "no answer"))?;
        wire::result(answer.status(), answer.body())
    }
}

#[async_trait]
impl Channel for Telegram {
    fn can(&self) -> &Capabilities {
        &CAN
    }

    async fn send(
        &self,
        to: &Contact,
        frame: &Frame,
        _: &str,
    ) -> Result<Option<String>, SendError> {
        let sent = self.call("sendMessage", &wire::message(to, frame)).await?;
        Ok(sent.get("message_id").and_then(Value::as_i64).map(|id| id.to_string()))
    }

    async fn typing(&self, to: &Contact) {
        let body = json!({ "chat_id": to.address(), "action": "typing" });
        let _nobodys_concern = self.call("sendChatAction", &body).await;
    }

    async fn retract(&self, to: &Contact, id: &str) -> Result<(), SendError> {
        let id: i64 =
            id.parse().map_err(|_| SendError::Refused { why: "no such id".to_owned() })?;
        let body = json!({ "chat_id": to.address(), "message_id": id });
        match self.call("deleteMessage", &body).await {
            Err(SendError::Refused { why }) if why == wire::ALREADY_DELETED => Ok(()),
            answer => answer.map(drop),
        }
    }

    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        take::take(&self.settings.secret, request)
    }

    async fn test(&self) -> Result<String, SendError> {
        let me = self.call("getMe", &json!({})).await?;
        let name = me.get("username").and_then(Value::as_str).unwrap_or_default();
        Ok(format!("@{name}"))
    }
}

#[cfg(test)]
mod tests;
