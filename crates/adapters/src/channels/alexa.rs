//! Alexa: a custom skill as a web service (developer.amazon.com/docs/alexa, "Host a Custom Skill as
//! a Web Service", "Request and Response JSON Reference", "Send the User a Progressive Response").
//!
//! INVARIANT: nothing of a request is believed before its signature, made by a certificate that leads
//! to an authority that browsers know and is Amazon's, is proven over the very bytes of the body, the
//! skill is ours, and its time is now. The same request again is one request: its id is the event's.
//! INVARIANT: what is said is plain text, so that nothing in it can be taken for markup; a card says at
//! most that there is more on the bank's own page; session attributes are empty.
//!
//! Deliberately absent: Amazon's account linking, which needs the bank's OAuth server (a chat is linked
//! by a code instead), and anything that Alexa sends by itself: the bank's words wait for her.

mod certificate;
mod chain;
mod model;
mod request;
mod settings;
mod take;

use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::Timestamp;
use bankside_domain::channel::{Capabilities, Contact, Count, Links, Retraction, Text};
use bankside_service::channels::Frame;
use bankside_service::ports::{Answer, Channel, Delivered, Distrust, Reply, SendError, Taken};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::http::{Bounds, HttpClient};
use certificate::ChainUrl;
use chain::Chains;
use request::Envelope;

pub use model::interaction_model;
pub use settings::{Roots, Settings, SettingsError};

/// Alexa waits for eight seconds; this leaves it some.
const WITHIN: Duration = Duration::from_secs(4);
/// Longest wait for what a progressive answer is answered with.
const DEADLINE: Duration = Duration::from_secs(2);
/// Bytes of it that are read.
const MOST_OF_AN_ANSWER: usize = 4 * 1024;
/// `application/json`, as Alexa wants it.
const JSON: &str = "application/json;charset=UTF-8";

/// Up to 8,000 characters may be said in one answer; nobody listens to so many.
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

/// Whether a chain of certificates may be fetched from there.
pub fn is_chain_of_amazons(url: &str) -> bool {
    ChainUrl::parse(url).is_ok()
}

/// A skill.
#[derive(Debug)]
pub struct Alexa {
    settings: Settings,
    client: HttpClient,
    chains: Chains,
}

impl Alexa {
    /// A skill; nothing is fetched before the first request.
    pub fn new(settings: Settings, client: HttpClient) -> Self {
        Self { settings, client, chains: Chains::default() }
    }

    /// What a request says that is known to be Alexa's: [`Channel::take`] without the proof. For recordings
    /// and fuzzers.
    ///
    /// # Errors
    /// [`Distrust`] where it is for another skill, or not of now.
    pub fn reads(&self, body: &[u8], at: Timestamp) -> Result<Taken, Distrust> {
        take::proven(&self.settings, body, at)
    }
}

#[async_trait]
impl Channel for Alexa {
    fn can(&self) -> &Capabilities {
        &CAN
    }

    async fn send(&self, _: &Contact, _: &Frame, _: &str) -> Result<Option<String>, SendError> {
        Err(SendError::Refused { why: "this channel answers and is never sent to".to_owned() })
    }

    async fn prepare(&self, request: &Delivered<'_>) {
        let named = (request.header)(take::CHAIN_URL).map(ChainUrl::parse);
        if let Some(Ok(url)) = named {
            self.chains.fetch(&self.client, &self.settings, &url, request.at).await;
        }
    }

    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        take::take(&self.settings, &self.chains, request)
    }

    fn answers_within(&self) -> Option<Duration> {
        Some(WITHIN)
    }

    fn respond(&self, request: &Delivered<'_>, reply: &Reply) -> Answer {
        let speaks = Envelope::parse(request.body).is_ok_and(|envelope| envelope.is_answered());
        json_of(&if speaks { spoken(reply) } else { silent() })
    }

    async fn hold_on(&self, request: &Delivered<'_>, words: &str) {
        let Ok(envelope) = Envelope::parse(request.body) else { return };
        let Some((endpoint, token)) = envelope.progressive(&self.settings.endpoints) else {
            return;
        };
        let body = json!({
            "header": { "requestId": envelope.request_id() },
            "directive": { "type": "VoicePlayer.Speak", "speech": words },
        });
        let request = http::Request::post(format!("{endpoint}/v1/directives"))
            .header(http::header::CONTENT_TYPE, "application/json")
            .header(http::header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Bytes::from(body.to_string()));
        let Ok(request) = request else { return };
        let bounds = Bounds { deadline: DEADLINE, answer: MOST_OF_AN_ANSWER };
        let _nobodys_concern = self.client.send(request, bounds).await;
    }

    async fn test(&self) -> Result<String, SendError> {
        // Amazon gives the bank no credentials for the skill: there is nothing that could be asked.
        Ok(self.settings.skill.clone())
    }
}

fn json_of(value: &Value) -> Answer {
    Answer { status: 200, media: JSON, body: value.to_string() }
}

/// What answers a request to which nothing may be said.
fn silent() -> Value {
    json!({ "version": "1.0", "response": {} })
}

/// What is said, asked again, and shown. Without words the session ends.
fn spoken(reply: &Reply) -> Value {
    let plain = |text: &str| json!({ "type": "PlainText", "text": text });
    let mut response = json!({ "shouldEndSession": reply.again.is_none() });
    let mut put = |key: &str, value: Value| {
        if let Some(response) = response.as_object_mut() {
            response.insert(key.to_owned(), value);
        }
    };
    let text = reply.text();
    if !text.is_empty() {
        put("outputSpeech", plain(&text));
    }
    if let Some(again) = &reply.again {
        put("reprompt", json!({ "outputSpeech": plain(again) }));
    }
    if let Some(aside) = &reply.aside {
        let card = json!({ "type": "Simple", "title": aside.title, "content": aside.text });
        put("card", card);
    }
    json!({ "version": "1.0", "sessionAttributes": {}, "response": response })
}
