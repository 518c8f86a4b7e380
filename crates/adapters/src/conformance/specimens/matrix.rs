//! A Matrix homeserver and its application service.

use std::sync::Arc;

use bankside_domain::channel::{Contact, Event, Status};
use bankside_service::ports::Channel;
use serde_json::{Value, json};

use crate::channels::matrix;
use crate::conformance::delivery::{Delivery, Happening, Proof};
use crate::conformance::operator::{Reply, Seen};
use crate::conformance::specimen::{Fate, Specimen};
use crate::http::HttpClient;

const AS_TOKEN: &str = "as-token-0123456789-abcdefgh";
const HS_TOKEN: &str = "hs-token-0123456789-abcdefgh";
const ROOM: &str = "!room:bank.example";
const HER: &str = "@her:home.example";
const BANK: &str = "@bank:bank.example";
const HEADER: &str = "authorization";

pub(super) struct Matrix;

impl Specimen for Matrix {
    fn name(&self) -> &'static str {
        "matrix"
    }

    fn open(&self, operator: &str, client: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let tokens = (AS_TOKEN, HS_TOKEN);
        let settings = matrix::Settings::parse(operator, tokens, "bank", "bank.example");
        let settings = settings.map_err(|error| error.to_string())?;
        Ok(Arc::new(matrix::Matrix::start(settings, client)))
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[AS_TOKEN, HS_TOKEN]
    }

    fn her(&self) -> Contact {
        Contact::new(format!("{ROOM} {HER}"))
    }

    fn id(&self, number: u32) -> String {
        format!("$event-{number}")
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        let (mut events, mut receipts) = (Vec::new(), Vec::new());
        for happening in happenings {
            match &happening.event {
                Event::Status { of: Some(of), status: Status::Read, .. } => {
                    receipts.push(receipt(of));
                }
                _ => events.push(event(happening, &self.id(happening.number))?),
            }
        }
        let body = json!({ "events": events, "ephemeral": receipts });
        Some(Delivery {
            method: "PUT",
            path: "_matrix/app/v1/transactions/1".to_owned(),
            query: String::new(),
            headers: vec![(HEADER, format!("Bearer {HS_TOKEN}"))],
            body: body.to_string().into_bytes(),
            proof: Proof::Header(HEADER),
        })
    }

    /// What goes before a message is answered as ever.
    fn reply(&self, seen: &Seen, fate: Fate) -> Reply {
        let before = seen.path.contains("/members") || seen.path.contains("/state/");
        if before && fate != Fate::Down {
            return Reply::json(200, &around(seen));
        }
        let refused = |status: u16, code: &str| {
            Reply::json(status, &json!({ "errcode": code, "error": "@her:home.example said" }))
        };
        match fate {
            Fate::Sent if seen.path.ends_with("/whoami") => {
                Reply::json(200, &json!({ "user_id": BANK }))
            }
            Fate::Sent => Reply::json(200, &json!({ "event_id": "$event-7" })),
            Fate::Busy(seconds) => Reply::Answer(
                429,
                Some(seconds),
                json!({ "errcode": "M_LIMIT_EXCEEDED" }).to_string(),
            ),
            Fate::Down => Reply::Answer(502, None, "<html>".to_owned()),
            Fate::Silent => Reply::Silence,
            Fate::Gone => refused(403, "M_FORBIDDEN"),
            Fate::Refused | Fate::Stranger => refused(401, "M_UNKNOWN_TOKEN"),
        }
    }

    fn is_message(&self, seen: &Seen) -> bool {
        seen.path.contains("/send/m.room.message/")
    }

    fn knows_keys(&self) -> bool {
        true
    }
}

/// Who is in the room, and how it is closed.
fn around(seen: &Seen) -> Value {
    let member = |who: &str| json!({ "type": "m.room.member", "state_key": who, "content": { "membership": "join" } });
    if seen.path.contains("join_rules") {
        json!({ "join_rule": "invite" })
    } else if seen.path.contains("history_visibility") {
        json!({ "history_visibility": "shared" })
    } else {
        json!({ "chunk": [member(BANK), member(HER)] })
    }
}

fn receipt(of: &str) -> Value {
    let reader = json!({ HER: { "ts": 1_795_284_000_000_i64 } });
    json!({ "type": "m.receipt", "room_id": ROOM, "content": { of: { "m.read": reader } } })
}

fn event(happening: &Happening, id: &str) -> Option<Value> {
    let said = |text: &str| json!({ "msgtype": "m.text", "body": text });
    let (kind, content) = match &happening.event {
        Event::Message { text } => ("m.room.message", said(text.reveal())),
        Event::Media => ("m.room.message", json!({ "msgtype": "m.image", "body": "x.png" })),
        Event::Edit { of, text } => {
            let content = json!({
                "msgtype": "m.text", "body": "* x", "m.new_content": said(text.reveal()),
                "m.relates_to": { "rel_type": "m.replace", "event_id": of },
            });
            ("m.room.message", content)
        }
        Event::Deletion { of } => ("m.room.redaction", json!({ "redacts": of })),
        Event::Reaction => ("m.reaction", json!({ "m.relates_to": { "key": "👍" } })),
        Event::Leave => ("m.room.member", json!({ "membership": "leave" })),
        Event::Begin { reference: None } => ("m.room.member", json!({ "membership": "invite" })),
        _ => return None,
    };
    let mut event = json!({
        "type": kind, "event_id": id, "room_id": ROOM, "sender": HER,
        "origin_server_ts": happening.at.as_millis(), "content": content,
    });
    let about = match &happening.event {
        Event::Leave => Some(HER),
        Event::Begin { .. } => Some(BANK),
        _ => None,
    };
    if let (Some(about), Some(event)) = (about, event.as_object_mut()) {
        event.insert("state_key".to_owned(), about.into());
    }
    Some(event)
}
