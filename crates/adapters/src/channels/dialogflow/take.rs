//! What Dialogflow's webhook says.

use bankside_domain::channel::{Contact, Event, Inbound, Wish};
use bankside_domain::customer::Language;
use bankside_service::ports::{Delivered, Distrust, Taken};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Settings, json_of};

/// Longest name of a session and longest account in a payload, in bytes.
const MAX_WHO: usize = 512;
/// The events with which a conversation begins.
const WELCOME: [&str; 2] = ["WELCOME", "sys.session-start"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Webhook {
    detect_intent_response_id: String,
    language_code: Option<String>,
    session_info: SessionInfo,
    #[serde(default)]
    payload: Value,
    text: Option<String>,
    transcript: Option<String>,
    dtmf_digits: Option<String>,
    trigger_event: Option<String>,
}

#[derive(Deserialize)]
struct SessionInfo {
    session: String,
}

/// Proves a request and reads it.
pub(super) fn take(settings: &Settings, request: &Delivered<'_>) -> Result<Taken, Distrust> {
    let given = (request.header)("authorization").unwrap_or_default();
    if !settings.authorization.is(given.as_bytes()) {
        return Err(Distrust::NotProven("the user name or password is missing or another"));
    }
    if request.method != "POST" {
        return Err(Distrust::Shape("a request is posted".to_owned()));
    }
    let Ok(webhook) = serde_json::from_slice::<Webhook>(request.body) else {
        return Ok(strange("no request of Dialogflow CX"));
    };
    match webhook.who(settings.user.as_deref()) {
        Some(who) => Ok(webhook.taken(who)),
        None => Ok(strange("a request of nobody")),
    }
}

fn strange(why: &str) -> Taken {
    Taken { strange: vec![why.to_owned()], answer: json_of(&json!({})), ..Taken::default() }
}

impl Webhook {
    /// The account that the bank's integration names, or the session.
    fn who(&self, user: Option<&str>) -> Option<Contact> {
        let who = match user {
            Some(pointer) => format!("user/{}", self.payload.pointer(pointer)?.as_str()?),
            None => format!("session/{}", self.session_info.session),
        };
        let named = who.split_once('/').is_some_and(|(_, name)| !name.is_empty());
        (named && who.len() <= MAX_WHO).then(|| Contact::new(who))
    }

    fn taken(self, from: Contact) -> Taken {
        let language = self.language_code.as_deref().and_then(Language::from_tag);
        let id = self.detect_intent_response_id.clone();
        let inbound = Inbound { id, from, at: None, language, event: self.event() };
        Taken { events: vec![inbound], strange: Vec::new(), answer: json_of(&json!({})) }
    }

    /// Her words, written, said or keyed in; else what made the flow ask.
    fn event(self) -> Event {
        let words = [self.text, self.transcript, self.dtmf_digits].into_iter().flatten();
        let said = words.map(|words| words.trim().to_owned()).find(|words| !words.is_empty());
        let begins = self.trigger_event.is_some_and(|event| WELCOME.contains(&event.as_str()));
        match said {
            Some(text) => Event::Message { text: text.into() },
            None if begins => Event::Wish { wish: Wish::Hello },
            None => Event::Wish { wish: Wish::Help },
        }
    }
}
