//! Telegram's Bot API.

use std::sync::Arc;

use bankside_domain::channel::{Contact, Event};
use bankside_service::ports::Channel;
use serde_json::{Value, json};

use crate::channels::secret::Secret;
use crate::channels::telegram;
use crate::conformance::delivery::{Delivery, Happening, Proof};
use crate::conformance::operator::{Reply, Seen};
use crate::conformance::specimen::{Fate, Specimen};
use crate::http::HttpClient;

const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
const SECRET: &str = "what-telegram-repeats_0123";
const HEADER: &str = "x-telegram-bot-api-secret-token";
const HER: i64 = 8_674_665_223;

pub(super) struct Telegram;

impl Specimen for Telegram {
    fn name(&self) -> &'static str {
        "telegram"
    }

    fn open(&self, operator: &str, client: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let settings = telegram::Settings {
            token: Secret::new(TOKEN),
            secret: Secret::new(SECRET),
            api: operator.to_owned(),
        };
        Ok(Arc::new(telegram::Telegram::new(settings, client)))
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[TOKEN, SECRET]
    }

    fn her(&self) -> Contact {
        Contact::new(HER.to_string())
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        let [happening] = happenings else { return None };
        Some(posted(&update(happening)?))
    }

    fn reply(&self, seen: &Seen, fate: Fate) -> Reply {
        let failed = |code: u16, why: &str, parameters: Value| {
            let body = json!({
                "ok": false, "error_code": code, "description": why, "parameters": parameters,
            });
            Reply::json(code, &body)
        };
        match fate {
            Fate::Sent if seen.path.ends_with("/getMe") => {
                let me = json!({ "id": 1, "is_bot": true, "username": "harbour_bot" });
                Reply::json(200, &json!({ "ok": true, "result": me }))
            }
            Fate::Sent if seen.path.ends_with("/sendMessage") => {
                Reply::json(200, &json!({ "ok": true, "result": { "message_id": 7 } }))
            }
            Fate::Sent => Reply::json(200, &json!({ "ok": true, "result": true })),
            Fate::Busy(seconds) => {
                failed(429, "Too Many Requests: retry after", json!({ "retry_after": seconds }))
            }
            Fate::Down => failed(502, "Bad Gateway", json!({})),
            Fate::Silent => Reply::Silence,
            Fate::Gone => failed(403, "Forbidden: bot was blocked by the user", json!({})),
            Fate::Refused | Fate::Stranger => failed(401, "Unauthorized", json!({})),
        }
    }

    fn tapped(&self, seen: &Seen) -> Option<Delivery> {
        let data =
            seen.json().pointer("/reply_markup/inline_keyboard/0/0/callback_data").cloned()?;
        Some(posted(&json!({ "update_id": 2, "callback_query": {
            "id": "c1", "from": user(), "message": { "chat": chat() }, "data": data,
        } })))
    }

    fn is_message(&self, seen: &Seen) -> bool {
        seen.path.ends_with("/sendMessage")
    }
}

fn posted(update: &Value) -> Delivery {
    Delivery {
        method: "POST",
        path: String::new(),
        query: String::new(),
        headers: vec![(HEADER, SECRET.to_owned())],
        body: update.to_string().into_bytes(),
        proof: Proof::Header(HEADER),
    }
}

fn user() -> Value {
    json!({ "id": HER, "is_bot": false, "first_name": "A", "language_code": "pl" })
}

fn chat() -> Value {
    json!({ "id": HER, "type": "private", "first_name": "A" })
}

fn update(happening: &Happening) -> Option<Value> {
    let message = |id: &str, part: Value| {
        let mut message = json!({
            "message_id": id.parse::<i64>().unwrap_or_default(),
            "date": happening.at.as_millis() / 1_000,
            "from": user(),
            "chat": chat(),
        });
        merge(&mut message, part);
        message
    };
    let id = happening.number.to_string();
    let (kind, what) = match &happening.event {
        Event::Message { text } => ("message", message(&id, json!({ "text": text.reveal() }))),
        Event::Begin { reference: None } => ("message", message(&id, json!({ "text": "/start" }))),
        Event::Media => ("message", message(&id, json!({ "voice": { "file_id": "f" } }))),
        Event::Edit { of, text } => {
            ("edited_message", message(of, json!({ "text": text.reveal() })))
        }
        Event::Leave => {
            let member = json!({ "user": { "id": 1 }, "status": "kicked" });
            ("my_chat_member", message(&id, json!({ "new_chat_member": member })))
        }
        Event::Reaction => {
            ("message_reaction", message(&id, json!({ "old_reaction": [], "new_reaction": [] })))
        }
        _ => return None,
    };
    Some(json!({ "update_id": happening.number, kind: what }))
}

fn merge(into: &mut Value, part: Value) {
    if let (Value::Object(into), Value::Object(part)) = (into, part) {
        into.extend(part);
    }
}
