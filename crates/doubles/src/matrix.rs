//! A double of a Matrix homeserver with an application service: Matrix specification 1.13, of which
//! the bank's adapter uses ten endpoints.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bankside_adapters::channels::matrix::{Matrix as Adapter, Settings};
use bankside_service::ports::Channel;
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::Kind;
use crate::ground::Ground;
use crate::operator::{Answer, Call, Operator, delivers, json, recorded};
use crate::stage::{Bubble, By, Stage};

const SERVER: &str = "matrix.example";
const ROOM: &str = "!demo:matrix.example";
const HER: &str = "@you:matrix.example";
const BANK: &str = "@bank:matrix.example";
/// How often it is looked whether the bank came in, and the pause before each.
const LOOKS: u32 = 60;
const LOOK: Duration = Duration::from_millis(50);
/// Transactions of the bank's that are remembered.
const REMEMBERED: usize = 1_000;

/// The servers and the phone.
pub(crate) struct Matrix {
    ground: Arc<Ground>,
    stage: Stage,
    as_token: String,
    hs_token: String,
    joined: AtomicBool,
    /// The events of transactions, so that the same is one event.
    sent: Mutex<BTreeMap<String, String>>,
}

impl Matrix {
    pub(crate) fn new(ground: Arc<Ground>) -> Self {
        let (as_token, hs_token) = (ground.secret(), ground.secret());
        let stage = Stage::new(Kind::Matrix);
        Self {
            ground,
            stage,
            as_token,
            hs_token,
            joined: AtomicBool::new(false),
            sent: Mutex::default(),
        }
    }

    async fn transaction(&self, what: Value) {
        let number = self.ground.number();
        let hook = self.ground.hook(Kind::Matrix.channel());
        let path = format!("/_matrix/app/v1/transactions/{number}");
        let request = Request::put(format!("{hook}{path}"))
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {}", self.hs_token))
            .body(Bytes::from(what.to_string()));
        let Ok(request) = request else { return };
        let _answer = delivers(&self.ground, &self.stage, &format!("PUT {path}"), request).await;
    }

    async fn event(&self, kind: &str, sender: &str, state_key: Option<&str>, content: Value) {
        let mut event = json!({
            "type": kind,
            "event_id": format!("${}", self.ground.number()),
            "room_id": ROOM,
            "sender": sender,
            "origin_server_ts": self.ground.now(),
            "content": content,
        });
        if let (Some(key), Some(fields)) = (state_key, event.as_object_mut()) {
            fields.insert("state_key".to_owned(), key.into());
        }
        self.transaction(json!({ "events": [event] })).await;
    }

    /// Invites the bank, and waits until it came.
    async fn invites(&self) {
        if self.joined.load(Ordering::SeqCst) {
            return;
        }
        let words = "You started a room with the bank.";
        self.stage.shows(Bubble::new(By::Phone, self.ground.number().to_string(), words));
        let content = json!({ "membership": "invite", "is_direct": true });
        self.event("m.room.member", HER, Some(BANK), content).await;
        for _ in 0..LOOKS {
            if self.joined.load(Ordering::SeqCst) {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    fn room(&self, method: &str, rest: &str, body: &Value) -> Option<Answer> {
        let parts: Vec<_> = rest.split('/').map(decoded).collect();
        let parts: Vec<_> = parts.iter().map(String::as_str).collect();
        let answer = match (method, parts.as_slice()) {
            ("POST", ["join"]) => {
                self.joined.store(true, Ordering::SeqCst);
                json!({ "room_id": ROOM })
            }
            ("POST", ["leave"]) => {
                self.joined.store(false, Ordering::SeqCst);
                json!({})
            }
            ("GET", ["members"]) => self.members(),
            ("GET", ["state", "m.room.join_rules"]) => json!({ "join_rule": "invite" }),
            ("GET", ["state", "m.room.history_visibility"]) => {
                json!({ "history_visibility": "shared" })
            }
            ("PUT", ["typing", _]) => {
                self.stage.types(body.get("typing").and_then(Value::as_bool).unwrap_or(false));
                json!({})
            }
            ("PUT", ["send", "m.room.message", key]) => {
                json!({ "event_id": self.message(key, body) })
            }
            ("PUT", ["redact", id, _]) => {
                self.stage.takes_back(id);
                json!({ "event_id": format!("${}", self.ground.number()) })
            }
            _ => return None,
        };
        Some(json(200, &answer))
    }

    fn members(&self) -> Value {
        let ours = if self.joined.load(Ordering::SeqCst) { "join" } else { "invite" };
        let member = |who: &str, membership: &str| json!({ "type": "m.room.member", "state_key": who, "content": { "membership": membership } });
        json!({ "chunk": [member(HER, "join"), member(BANK, ours)] })
    }

    fn message(&self, key: &str, body: &Value) -> String {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = sent.get(key) {
            return id.clone();
        }
        if sent.len() >= REMEMBERED {
            sent.clear();
        }
        let id = format!("${}", self.ground.number());
        sent.insert(key.to_owned(), id.clone());
        let text = body.get("body").and_then(Value::as_str).unwrap_or_default();
        self.stage.shows(Bubble::new(By::Bank, &id, text));
        id
    }
}

fn refused(status: u16, code: &str) -> Answer {
    json(status, &json!({ "errcode": code, "error": code }))
}

/// One part of a path. RFC 3986, section 2.1.
fn decoded(part: &str) -> String {
    percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned()
}

#[async_trait]
impl Operator for Matrix {
    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn channel(&self) -> Result<Arc<dyn Channel>, String> {
        let tokens = (self.as_token.as_str(), self.hs_token.as_str());
        let settings = Settings::parse(&self.ground.here, tokens, "bank", SERVER);
        let settings = settings.map_err(|error| error.to_string())?;
        Ok(Arc::new(Adapter::start(settings, self.ground.client.clone())))
    }

    fn hints(&self) -> &'static [&'static str] {
        &["Hello", "How much do I have?", "Stop sharing"]
    }

    async fn says(&self, words: &str) {
        self.invites().await;
        self.stage.shows(Bubble::new(By::Her, self.ground.number().to_string(), words));
        let content = json!({ "msgtype": "m.text", "body": words });
        self.event("m.room.message", HER, None, content).await;
    }

    async fn taps(&self, data: &str) {
        self.says(data).await;
    }

    async fn called(&self, call: Call) -> Answer {
        if call.authorization != format!("Bearer {}", self.as_token) {
            return refused(401, "M_UNKNOWN_TOKEN");
        }
        let path = call.path.trim_start_matches("client/v3/").to_owned();
        let answer = match path.as_str() {
            "account/whoami" => Some(json(200, &json!({ "user_id": BANK }))),
            "register" => Some(json(200, &json!({ "user_id": BANK }))),
            path => path
                .strip_prefix("rooms/")
                .and_then(|rest| rest.split_once('/'))
                .filter(|(room, _)| decoded(room) == ROOM)
                .and_then(|(_, rest)| self.room(&call.method, rest, &call.json())),
        };
        let answer = answer.unwrap_or_else(|| refused(404, "M_UNRECOGNIZED"));
        let line = format!("{} /_matrix/client/v3/{}", call.method, decoded(&path));
        recorded(&self.stage, line, &call, answer)
    }
}
