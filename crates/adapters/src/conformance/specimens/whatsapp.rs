//! Meta's WhatsApp Cloud API.

use std::sync::Arc;
use std::time::Duration;

use bankside_domain::channel::{Contact, Event, Status};
use bankside_service::ports::Channel;
use serde_json::{Value, json};

use super::graph::{self, failed, posted, signed};
use crate::channels::graph::{Api, NodeId};
use crate::channels::secret::Secret;
use crate::channels::whatsapp::{self, ListButton};
use crate::conformance::delivery::{Delivery, Happening};
use crate::conformance::operator::{Reply, Seen};
use crate::conformance::specimen::{Fate, Specimen};
use crate::http::HttpClient;

const NUMBER: &str = "106540352242922";
const HER: &str = "16505551234";
/// "Message undeliverable."
const GONE: i64 = 131_026;

pub(super) struct WhatsApp;

impl Specimen for WhatsApp {
    fn name(&self) -> &'static str {
        "whatsapp"
    }

    fn open(&self, operator: &str, client: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let settings = whatsapp::Settings {
            token: Secret::new(graph::TOKEN),
            app_secret: Secret::new(graph::APP_SECRET),
            verify_token: Secret::new(graph::VERIFY_TOKEN),
            number: NodeId::parse(NUMBER).map_err(|error| error.to_string())?,
            api: Api::parse(&format!("{operator}/v23.0")).map_err(|error| error.to_string())?,
            templates: [].into(),
            list_button: ListButton::default(),
        };
        let channel = whatsapp::WhatsApp::new(settings, client);
        Ok(Arc::new(channel.within(Duration::from_secs(2))))
    }

    fn secrets(&self) -> &'static [&'static str] {
        graph::SECRETS
    }

    fn her(&self) -> Contact {
        Contact::new(HER)
    }

    fn id(&self, number: u32) -> String {
        format!("wamid.{number}")
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        let changes: Option<Vec<_>> = happenings
            .iter()
            .map(|happening| told(happening, &self.id(happening.number)))
            .collect();
        Some(posted(&wrapped(&changes?)))
    }

    fn proven(&self, body: Vec<u8>) -> Option<Delivery> {
        Some(signed(body))
    }

    fn reply(&self, seen: &Seen, fate: Fate) -> Reply {
        match fate {
            Fate::Sent if seen.method == "GET" => {
                Reply::json(200, &json!({ "id": NUMBER, "verified_name": "Harbour" }))
            }
            Fate::Sent => Reply::json(
                200,
                &json!({
                    "messaging_product": "whatsapp",
                    "contacts": [{ "input": HER, "wa_id": HER }],
                    "messages": [{ "id": "wamid.7" }],
                }),
            ),
            other => failed(other, GONE),
        }
    }

    fn tapped(&self, seen: &Seen) -> Option<Delivery> {
        let id = seen.json().pointer("/interactive/action/buttons/0/reply/id").cloned()?;
        let reply = json!({ "type": "button_reply", "button_reply": { "id": id, "title": "x" } });
        let message = json!({
            "from": HER, "id": "wamid.2", "timestamp": "1795284000", "type": "interactive",
            "interactive": reply,
        });
        Some(posted(&wrapped(&[change("messages", message)])))
    }

    fn is_message(&self, seen: &Seen) -> bool {
        seen.json().get("type").is_some()
    }
}

fn wrapped(changes: &[Value]) -> Value {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": changes }] })
}

fn change(key: &str, part: Value) -> Value {
    let metadata = json!({ "display_phone_number": "15550783881", "phone_number_id": NUMBER });
    json!({ "field": "messages", "value": {
        "messaging_product": "whatsapp", "metadata": metadata, key: [part],
    } })
}

fn told(happening: &Happening, id: &str) -> Option<Value> {
    let at = (happening.at.as_millis() / 1_000).to_string();
    let message = |kind: &str, part: Value| {
        let message = json!({ "from": HER, "id": id, "timestamp": at, "type": kind, kind: part });
        change("messages", message)
    };
    Some(match &happening.event {
        Event::Message { text } => message("text", json!({ "body": text.reveal() })),
        Event::Media => message("image", json!({ "id": "1", "mime_type": "image/jpeg" })),
        Event::Reaction => message("reaction", json!({ "message_id": "wamid.7", "emoji": "👍" })),
        Event::Moved { to: Some(to) } => {
            let system =
                json!({ "type": "user_changed_number", "wa_id": to.address(), "body": "" });
            message("system", system)
        }
        Event::Moved { to: None } => {
            message("system", json!({ "type": "customer_identity_changed", "body": "" }))
        }
        Event::Status { of: Some(of), status, .. } => {
            let status = match status {
                Status::Sent => "sent",
                Status::Delivered => "delivered",
                Status::Read => "read",
                Status::Failed => "failed",
            };
            let status =
                json!({ "id": of, "status": status, "timestamp": at, "recipient_id": HER });
            change("statuses", status)
        }
        _ => return None,
    })
}
