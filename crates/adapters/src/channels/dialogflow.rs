//! Google Dialogflow CX: a webhook (cloud.google.com/dialogflow/cx/docs/concept/webhook; the shapes are
//! `WebhookRequest` and `WebhookResponse` of the v3 reference). Conversational Actions, by which one
//! spoke with Google's own assistant, were shut down on 2023-06-13; what is left is telephony and the
//! bank's own assistants.
//!
//! INVARIANT: a request is Google's if it brings the user name and password that stand at the webhook
//! (HTTP basic, RFC 7617). The parameters of her session stay as the flow set them: none is read, and
//! one is added that says whether the bank has asked her something.
//! INVARIANT: a caller's number is never who she is: it can be forged. She is the session, or the
//! account that the bank's own integration puts into the payload.

mod take;

use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::channel::{Capabilities, Contact, Count, Links, Retraction, Text};
use bankside_service::channels::Frame;
use bankside_service::ports::{Answer, Channel, Delivered, Distrust, Reply, SendError, Taken};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::secret::Secret;

/// Dialogflow waits for five seconds, unless the webhook says otherwise; this leaves it some.
const WITHIN: Duration = Duration::from_millis(3_500);
/// The parameter of the session that says whether the bank has asked her something.
const ASKS: &str = "bankside_asks";

/// What is spoken on a telephone.
const CAN: Capabilities = Capabilities {
    text: Text { most: 1_200, count: Count::Chars },
    messages: 1,
    buttons: None,
    list: None,
    links: Links::Elsewhere,
    rich: false,
    spoken: true,
    window: None,
    retraction: Retraction::Never,
    edits: false,
    delivered: false,
    read: false,
    typing: false,
};

/// Why settings are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// RFC 7617, section 2.
    #[error("a user name has no colon, and is not empty")]
    UserName,
    /// It can be guessed, or stands in the header in another form.
    #[error("the password must have 22 to 256 letters, digits and `-._~`")]
    Password,
    /// RFC 6901.
    #[error("`{0}` is no JSON pointer into the payload, as `/userId` is")]
    User(String),
}

/// A webhook as it is set up at Google.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The whole header that proves a request.
    authorization: Secret,
    /// Where in the payload the bank's own integration says who she is.
    user: Option<String>,
}

impl Settings {
    /// Of a user name and password, and a pointer into the payload (RFC 6901), if one says who she is.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn parse(name: &str, password: &str, user: Option<&str>) -> Result<Self, SettingsError> {
        if name.is_empty() || name.contains(':') {
            return Err(SettingsError::UserName);
        }
        Secret::strong(password).ok_or(SettingsError::Password)?;
        if let Some(user) = user.filter(|user| !user.starts_with('/')) {
            return Err(SettingsError::User(user.to_owned()));
        }
        let credentials = STANDARD.encode(format!("{name}:{password}"));
        let authorization = Secret::new(format!("Basic {credentials}"));
        Ok(Self { authorization, user: user.map(str::to_owned) })
    }
}

/// A webhook.
#[derive(Clone, Debug)]
pub struct Dialogflow(Settings);

impl Dialogflow {
    /// Of its settings; nothing is asked.
    pub fn new(settings: Settings) -> Self {
        Self(settings)
    }
}

#[async_trait]
impl Channel for Dialogflow {
    fn can(&self) -> &Capabilities {
        &CAN
    }

    async fn send(&self, _: &Contact, _: &Frame, _: &str) -> Result<Option<String>, SendError> {
        Err(SendError::Refused { why: "this channel answers and is never sent to".to_owned() })
    }

    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        take::take(&self.0, request)
    }

    fn answers_within(&self) -> Option<Duration> {
        Some(WITHIN)
    }

    fn respond(&self, _: &Delivered<'_>, reply: &Reply) -> Answer {
        json_of(&said(reply))
    }

    async fn test(&self) -> Result<String, SendError> {
        // Google gives the bank no credentials for this: there is nothing that could be asked.
        Ok("webhook".to_owned())
    }
}

fn json_of(value: &Value) -> Answer {
    Answer { status: 200, media: "application/json", body: value.to_string() }
}

/// The bank's words alone, shown and said.
fn said(reply: &Reply) -> Value {
    let text = reply.text();
    let messages = match text.as_str() {
        "" => json!([]),
        text => json!([{ "text": { "text": [text] } }, { "outputAudioText": { "text": text } }]),
    };
    json!({
        "fulfillmentResponse": { "messages": messages, "mergeBehavior": "REPLACE" },
        "sessionInfo": { "parameters": { ASKS: reply.again.is_some() } },
    })
}

#[cfg(test)]
mod tests;
