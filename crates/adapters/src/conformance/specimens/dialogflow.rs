//! Google's Dialogflow CX.

use std::sync::Arc;
use std::time::Duration;

use bankside_domain::channel::{Contact, Event, Wish};
use bankside_service::ports::Channel;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::channels::dialogflow;
use crate::conformance::delivery::{Delivery, Happening, Proof};
use crate::conformance::specimen::{Fate, Specimen, Way};
use crate::http::HttpClient;

const NAME: &str = "dialogflow";
const PASSWORD: &str = "the-webhooks-password-0123";
const ACCOUNT: &str = "account-8674665223";
const HEADER: &str = "authorization";
/// How long Dialogflow waits, unless the webhook says otherwise.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) struct Dialogflow;

impl Specimen for Dialogflow {
    fn name(&self) -> &'static str {
        "dialogflow"
    }

    fn open(&self, _: &str, _: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let settings = dialogflow::Settings::parse(NAME, PASSWORD, Some("/userId"));
        let settings = settings.map_err(|error| error.to_string())?;
        Ok(Arc::new(dialogflow::Dialogflow::new(settings)))
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[PASSWORD, ACCOUNT]
    }

    fn her(&self) -> Contact {
        Contact::new(format!("user/{ACCOUNT}"))
    }

    fn way(&'static self) -> Way {
        Way::Answer(PATIENCE)
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        let [happening] = happenings else { return None };
        let (key, what) = match &happening.event {
            Event::Message { text } => ("text", text.reveal().as_str()),
            Event::Wish { wish: Wish::Hello } => ("triggerEvent", "WELCOME"),
            Event::Wish { wish: Wish::Help } => ("triggerEvent", "sys.no-match-default"),
            _ => return None,
        };
        Some(posted(&webhook(happening.number, key, what)))
    }

    /// It asks, and is never asked.
    fn has(&self, _: Fate) -> bool {
        false
    }
}

fn webhook(number: u32, key: &str, what: &str) -> Value {
    json!({
        "detectIntentResponseId": format!("response-{number}"),
        "languageCode": "pl",
        "fulfillmentInfo": { "tag": "bank" },
        "sessionInfo": { "session": "projects/p/locations/eu/agents/a/sessions/s1" },
        "payload": { "userId": ACCOUNT, "telephony": { "caller_id": "+48500600700" } },
        key: what,
    })
}

fn posted(webhook: &Value) -> Delivery {
    let credentials = STANDARD.encode(format!("{NAME}:{PASSWORD}"));
    Delivery {
        method: "POST",
        path: String::new(),
        query: String::new(),
        headers: vec![(HEADER, format!("Basic {credentials}"))],
        body: webhook.to_string().into_bytes(),
        proof: Proof::Header(HEADER),
    }
}
