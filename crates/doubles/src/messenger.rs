//! A double of Messenger: the Send API and the webhooks of a page, version 23.0.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use bankside_adapters::channels::graph::{Api, NodeId};
use bankside_adapters::channels::messenger::{self as adapter, Messenger as Adapter};
use bankside_adapters::channels::secret::Secret;
use bankside_service::ports::Channel;
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::Kind;
use crate::ground::Ground;
use crate::operator::{Answer, Call, Operator, delivers, json, recorded};
use crate::stage::{Bubble, By, Stage};

/// Her id, as the page knows it.
const HER: &str = "5551234567890123";
/// The page's.
const PAGE: &str = "1000200030004000";

/// The servers and the phone.
pub(crate) struct Messenger {
    ground: Arc<Ground>,
    stage: Stage,
    token: String,
    app_secret: Secret,
    verify_token: String,
}

impl Messenger {
    pub(crate) fn new(ground: Arc<Ground>) -> Self {
        let secret = || ground.secret();
        let (token, app_secret, verify_token) = (secret(), Secret::new(secret()), secret());
        Self { ground, stage: Stage::new(Kind::Messenger), token, app_secret, verify_token }
    }

    async fn event(&self, what: Value) {
        let at = self.ground.now();
        let mut event =
            json!({ "sender": { "id": HER }, "recipient": { "id": PAGE }, "timestamp": at });
        if let (Some(event), Value::Object(what)) = (event.as_object_mut(), what) {
            event.extend(what);
        }
        let entry = json!({ "id": PAGE, "time": at, "messaging": [event] });
        let body = Bytes::from(json!({ "object": "page", "entry": [entry] }).to_string());
        let signature = format!("sha256={}", hex::encode(self.app_secret.tag(&body)));
        let request = Request::post(self.ground.hook(Kind::Messenger.channel()))
            .header("content-type", "application/json")
            .header("x-hub-signature-256", signature)
            .body(body);
        let Ok(request) = request else { return };
        let line = "POST /hook/messenger-page";
        let _answer = delivers(&self.ground, &self.stage, line, request).await;
    }

    fn mid(&self) -> String {
        format!("m_{}", self.ground.number())
    }

    fn sends(&self, body: &Value) -> Answer {
        if body.get("sender_action").and_then(Value::as_str) == Some("typing_on") {
            self.stage.types(true);
            return json(200, &json!({ "recipient_id": HER }));
        }
        let Some(message) = body.get("message") else {
            let why = "(#100) param message must be non-empty.";
            return refused(400, 100, why);
        };
        let mid = self.mid();
        self.stage.shows(bubble(&mid, message));
        json(200, &json!({ "recipient_id": HER, "message_id": mid }))
    }
}

fn bubble(mid: &str, message: &Value) -> Bubble {
    let text = |value: &Value, pointer: &str| {
        value.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
    };
    let list = |pointer: &str| {
        message.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let words = text(message, "/text").or_else(|| text(message, "/attachment/payload/text"));
    let mut bubble = Bubble::new(By::Bank, mid, words.unwrap_or_default());
    let pair = |value: &Value, one: &str, other: &str| {
        Some((text(value, one).unwrap_or_default(), text(value, other)?))
    };
    let buttons = list("/attachment/payload/buttons");
    bubble.links = buttons.iter().filter_map(|button| pair(button, "/title", "/url")).collect();
    let replies = list("/quick_replies");
    bubble.answers = replies.iter().filter_map(|one| pair(one, "/title", "/payload")).collect();
    bubble
}

fn refused(status: u16, code: u16, why: &str) -> Answer {
    let error =
        json!({ "message": why, "type": "OAuthException", "code": code, "fbtrace_id": "A" });
    json(status, &json!({ "error": error }))
}

#[async_trait]
impl Operator for Messenger {
    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn channel(&self) -> Result<Arc<dyn Channel>, String> {
        let api = format!("{}/api/messenger/v23.0", self.ground.here);
        let settings = adapter::Settings {
            token: Secret::new(&self.token),
            app_secret: self.app_secret.clone(),
            verify_token: Secret::new(&self.verify_token),
            page: NodeId::parse(PAGE).map_err(|error| error.to_string())?,
            api: Api::parse(&api).map_err(|error| error.to_string())?,
            templates: BTreeMap::new(),
            status_url: format!("{}/messenger", self.ground.here),
        };
        Ok(Arc::new(Adapter::new(settings, self.ground.client.clone())))
    }

    fn hints(&self) -> &'static [&'static str] {
        &["Hello", "How much do I have?", "Stop sharing"]
    }

    async fn says(&self, words: &str) {
        let mid = self.mid();
        self.stage.shows(Bubble::new(By::Her, &mid, words));
        self.event(json!({ "message": { "mid": mid, "text": words } })).await;
    }

    async fn taps(&self, data: &str) {
        let mid = self.mid();
        let label = self.stage.label(data);
        self.stage.shows(Bubble::new(By::Her, &mid, &label));
        let message = json!({ "mid": mid, "text": label, "quick_reply": { "payload": data } });
        self.event(json!({ "message": message })).await;
    }

    async fn called(&self, call: Call) -> Answer {
        let is_ours = call.authorization == format!("Bearer {}", self.token);
        let path = call.path.trim_start_matches("v23.0/").to_owned();
        let answer = match (is_ours, call.method.as_str(), path.as_str()) {
            (false, ..) => refused(401, 190, "Invalid OAuth access token."),
            (_, "POST", path) if path == format!("{PAGE}/messages") => self.sends(&call.json()),
            (_, "GET", PAGE) => json(200, &json!({ "id": PAGE, "name": "The bank’s page" })),
            _ => refused(404, 803, "(#803) Some of the aliases you requested do not exist"),
        };
        recorded(&self.stage, format!("{} /v23.0/{path}", call.method), &call, answer)
    }
}
