//! A double of Telegram: core.telegram.org/bots/api, version 10.1, of which the bank's adapter calls
//! four methods.

use std::sync::Arc;

use async_trait::async_trait;
use bankside_adapters::channels::secret::Secret;
use bankside_adapters::channels::telegram::{self as adapter, Telegram as Adapter};
use bankside_service::ports::Channel;
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::Kind;
use crate::ground::Ground;
use crate::operator::{Answer, Call, Operator, delivers, json, recorded};
use crate::stage::{Bubble, By, Stage};

/// Her id there, which is that of her chat with the bot.
const HER: i64 = 7_001_234;
/// The bot's.
const BOT: i64 = 9_000_001;

/// The servers and the phone.
pub(crate) struct Telegram {
    ground: Arc<Ground>,
    stage: Stage,
    token: String,
    secret: String,
}

impl Telegram {
    pub(crate) fn new(ground: Arc<Ground>) -> Self {
        let (token, secret) = (format!("{BOT}:{}", ground.secret()), ground.secret());
        Self { ground, stage: Stage::new(Kind::Telegram), token, secret }
    }

    async fn updates(&self, kind: &str, update: Value) {
        let body = json!({ "update_id": self.ground.number(), kind: update });
        let request = Request::post(self.ground.hook(Kind::Telegram.channel()))
            .header("content-type", "application/json")
            .header("x-telegram-bot-api-secret-token", &self.secret)
            .body(Bytes::from(body.to_string()));
        let Ok(request) = request else { return };
        let line = "POST /hook/telegram";
        let _answer = delivers(&self.ground, &self.stage, line, request).await;
    }

    fn method(&self, method: &str, body: &Value) -> Answer {
        let result = match method {
            "getMe" => {
                json!({ "id": BOT, "is_bot": true, "first_name": "Bank", "username": "demo_bank_bot" })
            }
            "sendMessage" => self.message(body),
            "sendChatAction" => {
                self.stage.types(true);
                json!(true)
            }
            "deleteMessage" => {
                let id = body.get("message_id").and_then(Value::as_i64).unwrap_or_default();
                if !self.stage.takes_back(&id.to_string()) {
                    let why = "Bad Request: message to delete not found";
                    return refused(400, why);
                }
                json!(true)
            }
            "setWebhook" => json!(true),
            _ => return refused(404, "Not Found"),
        };
        json(200, &json!({ "ok": true, "result": result }))
    }

    fn message(&self, body: &Value) -> Value {
        let id = self.ground.number();
        let text = body.get("text").and_then(Value::as_str).unwrap_or_default();
        let mut bubble = Bubble::new(By::Bank, id.to_string(), text);
        let rows = body.pointer("/reply_markup/inline_keyboard").and_then(Value::as_array);
        for button in rows.into_iter().flatten().filter_map(Value::as_array).flatten() {
            let field = |name: &str| button.get(name).and_then(Value::as_str).map(str::to_owned);
            let label = field("text").unwrap_or_default();
            if let Some(url) = field("url") {
                bubble.links.push((label, url));
            } else if let Some(data) = field("callback_data") {
                bubble.answers.push((label, data));
            }
        }
        self.stage.shows(bubble);
        json!({ "message_id": id, "date": self.ground.now() / 1000, "chat": chat(), "text": text })
    }
}

fn chat() -> Value {
    json!({ "id": HER, "type": "private", "first_name": "You" })
}

fn her() -> Value {
    json!({ "id": HER, "is_bot": false, "first_name": "You", "language_code": "en" })
}

fn refused(code: u16, why: &str) -> Answer {
    json(code, &json!({ "ok": false, "error_code": code, "description": why }))
}

#[async_trait]
impl Operator for Telegram {
    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn channel(&self) -> Result<Arc<dyn Channel>, String> {
        let settings = adapter::Settings {
            token: Secret::new(&self.token),
            secret: Secret::new(&self.secret),
            api: format!("{}/api/telegram", self.ground.here),
        };
        Ok(Arc::new(Adapter::new(settings, self.ground.client.clone())))
    }

    fn hints(&self) -> &'static [&'static str] {
        &["/start", "How much do I have?", "Stop sharing"]
    }

    async fn says(&self, words: &str) {
        let (id, date) = (self.ground.number(), self.ground.now() / 1000);
        self.stage.shows(Bubble::new(By::Her, id.to_string(), words));
        let message =
            json!({ "message_id": id, "from": her(), "chat": chat(), "date": date, "text": words });
        self.updates("message", message).await;
    }

    async fn taps(&self, data: &str) {
        let within = json!({ "message_id": self.ground.number(), "chat": chat(), "date": 0 });
        let id = self.ground.number().to_string();
        let query = json!({ "id": id, "from": her(), "message": within, "data": data, "chat_instance": "1" });
        self.updates("callback_query", query).await;
    }

    async fn called(&self, call: Call) -> Answer {
        let method = call.path.strip_prefix(&format!("bot{}/", self.token));
        let Some(method) = method else { return refused(401, "Unauthorized") };
        let answer = self.method(method, &call.json());
        recorded(&self.stage, format!("{} /bot•••/{method}", call.method), &call, answer)
    }
}
