//! Meta's Messenger Platform.

use std::sync::Arc;
use std::time::Duration;

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Status};
use bankside_service::ports::Channel;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::graph::{self, failed, posted, signed};
use crate::channels::graph::{Api, NodeId};
use crate::channels::messenger;
use crate::channels::secret::Secret;
use crate::conformance::delivery::{Delivery, Happening, Proof};
use crate::conformance::operator::{Reply, Seen};
use crate::conformance::specimen::{Fate, Specimen};
use crate::http::HttpClient;

const PAGE: &str = "1909458034523498";
const HER: &str = "25381719828140932";
/// "This person isn't available right now."
const GONE: i64 = 551;

pub(super) struct Messenger;

impl Specimen for Messenger {
    fn name(&self) -> &'static str {
        "messenger"
    }

    fn open(&self, operator: &str, client: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let settings = messenger::Settings {
            token: Secret::new(graph::TOKEN),
            app_secret: Secret::new(graph::APP_SECRET),
            verify_token: Secret::new(graph::VERIFY_TOKEN),
            page: NodeId::parse(PAGE).map_err(|error| error.to_string())?,
            api: Api::parse(&format!("{operator}/v23.0")).map_err(|error| error.to_string())?,
            templates: [].into(),
            status_url: "https://bank.example/erasure".to_owned(),
        };
        let channel = messenger::Messenger::new(settings, client);
        Ok(Arc::new(channel.within(Duration::from_secs(2))))
    }

    fn secrets(&self) -> &'static [&'static str] {
        graph::SECRETS
    }

    fn her(&self) -> Contact {
        Contact::new(HER)
    }

    fn id(&self, number: u32) -> String {
        format!("m_{number}")
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        if let [Happening { event: Event::Erasure { .. }, at, .. }] = happenings {
            return Some(erasure(*at));
        }
        let events: Option<Vec<_>> = happenings
            .iter()
            .map(|happening| told(happening, &self.id(happening.number)))
            .collect();
        Some(posted(&wrapped(events?)))
    }

    fn proven(&self, body: Vec<u8>) -> Option<Delivery> {
        Some(signed(body))
    }

    fn reply(&self, seen: &Seen, fate: Fate) -> Reply {
        match fate {
            Fate::Sent if seen.method == "GET" => {
                Reply::json(200, &json!({ "id": PAGE, "name": "Harbour" }))
            }
            Fate::Sent => Reply::json(200, &json!({ "recipient_id": HER, "message_id": "m_7" })),
            other => failed(other, GONE),
        }
    }

    fn tapped(&self, seen: &Seen) -> Option<Delivery> {
        let payload = seen.json().pointer("/message/quick_replies/0/payload").cloned()?;
        let message = json!({ "mid": "m_2", "text": "x", "quick_reply": { "payload": payload } });
        Some(posted(&wrapped(vec![hers(json!({ "message": message }), 0)])))
    }

    fn is_message(&self, seen: &Seen) -> bool {
        seen.json().get("message").is_some()
    }
}

/// A data deletion request: a form whose one field signs what it holds.
fn erasure(at: Timestamp) -> Delivery {
    let issued = at.as_millis() / 1_000;
    let said = json!({ "algorithm": "HMAC-SHA256", "issued_at": issued, "user_id": HER });
    let said = URL_SAFE_NO_PAD.encode(said.to_string());
    let signature = URL_SAFE_NO_PAD.encode(graph::tag(said.as_bytes()));
    Delivery {
        method: "POST",
        path: "deletion".to_owned(),
        query: String::new(),
        headers: Vec::new(),
        body: format!("signed_request={signature}.{said}").into_bytes(),
        proof: Proof::Body,
    }
}

fn wrapped(events: Vec<Value>) -> Value {
    json!({ "object": "page", "entry": [{ "id": PAGE, "messaging": events }] })
}

fn hers(mut part: Value, at: i64) -> Value {
    if let Value::Object(part) = &mut part {
        part.insert("sender".to_owned(), json!({ "id": HER }));
        part.insert("recipient".to_owned(), json!({ "id": PAGE }));
        part.insert("timestamp".to_owned(), at.into());
    }
    part
}

fn told(happening: &Happening, id: &str) -> Option<Value> {
    let at = happening.at.as_millis();
    let what = match &happening.event {
        Event::Message { text } => json!({ "message": { "mid": id, "text": text.reveal() } }),
        Event::Media => {
            let image = json!({ "type": "image", "payload": { "url": "https://cdn.example/x" } });
            json!({ "message": { "mid": id, "attachments": [image] } })
        }
        Event::Begin { reference: None } => {
            json!({ "postback": { "mid": id, "title": "Begin", "payload": "GET_STARTED" } })
        }
        Event::Status { of: Some(of), status: Status::Delivered, .. } => {
            json!({ "delivery": { "mids": [of], "watermark": at } })
        }
        Event::Status { status: Status::Read, .. } => json!({ "read": { "watermark": at } }),
        Event::Reaction => json!({ "reaction": { "mid": id, "action": "react" } }),
        Event::Edit { of, text } => {
            json!({ "message_edit": { "mid": of, "text": text.reveal(), "num_edit": 1 } })
        }
        _ => return None,
    };
    Some(hers(what, at))
}
