//! A double of Alexa: it hears words, signs a request as Amazon does, and speaks the answer.
//!
//! It has an authority of its own, which the bank's adapter is told to believe in the demo alone.

mod signer;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use bankside_adapters::channels::alexa::{Alexa as Adapter, Settings};
use bankside_service::ports::Channel;
use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::ground::Ground;
use crate::operator::{Answer, Call, Operator, delivers, json, recorded};
use crate::stage::{Bubble, By, Stage};
use crate::{Kind, StartError};
use signer::{Authority, Signer};

const SKILL: &str = "amzn1.ask.skill.de30c0de-0000-4000-8000-000000000001";
const HER: &str = "amzn1.ask.account.DEMO";
/// Where Amazon keeps chains; the adapter fetches the same path here.
const CHAIN: &str = "https://s3.amazonaws.com/echo.api/echo-api-cert-demo.pem";

/// The servers and the loudspeaker.
pub(crate) struct Alexa {
    ground: Arc<Ground>,
    stage: Stage,
    authority: Authority,
    /// Made when it is first needed: its key takes a moment to find.
    signer: OnceLock<Option<Signer>>,
    /// Whether she is in the middle of speaking with the skill.
    is_open: AtomicBool,
}

impl Alexa {
    pub(crate) fn new(ground: Arc<Ground>) -> Result<Self, StartError> {
        let unsuited = |error: rcgen::Error| StartError::Unsuited("Alexa", error.to_string());
        let authority = Authority::new().map_err(unsuited)?;
        let (stage, signer) = (Stage::new(Kind::Alexa), OnceLock::new());
        Ok(Self { ground, stage, authority, signer, is_open: AtomicBool::new(false) })
    }

    fn signer(&self) -> Option<&Signer> {
        let seed = self.ground.source.chance;
        self.signer.get_or_init(|| self.authority.signer(seed()).ok()).as_ref()
    }

    async fn request(&self, request: Value) {
        let body = self.envelope(request).to_string();
        let Some(signature) = tokio::task::block_in_place(|| {
            self.signer().and_then(|signer| signer.sign(body.as_bytes()))
        }) else {
            return;
        };
        let request = Request::post(self.ground.hook(Kind::Alexa.channel()))
            .header("content-type", "application/json;charset=utf-8")
            .header("signaturecertchainurl", CHAIN)
            .header("signature-256", signature)
            .body(Bytes::from(body));
        let Ok(request) = request else { return };
        let answer = delivers(&self.ground, &self.stage, "POST /hook/alexa", request).await;
        if let Some(response) = answer.as_ref().and_then(|answer| answer.get("response")) {
            self.speaks(response);
        }
    }

    fn envelope(&self, mut request: Value) -> Value {
        let now = jiff::Timestamp::from_millisecond(self.ground.now()).unwrap_or_default();
        if let Some(fields) = request.as_object_mut() {
            let id = format!("amzn1.echo-api.request.{}", self.ground.number());
            fields.insert("requestId".to_owned(), id.into());
            fields.insert("timestamp".to_owned(), format!("{now:.0}").into());
            fields.insert("locale".to_owned(), "en-US".into());
        }
        let application = json!({ "applicationId": SKILL });
        let user = json!({ "userId": HER });
        let is_new = !self.is_open.swap(true, Ordering::SeqCst);
        json!({
            "version": "1.0",
            "session": { "new": is_new, "sessionId": "SessionId.demo", "application": application, "user": user },
            "context": { "System": {
                "application": application,
                "user": user,
                "apiEndpoint": self.ground.here,
                "apiAccessToken": "demo",
            } },
            "request": request,
        })
    }

    /// What is said aloud, and what a screen shows beside.
    fn speaks(&self, response: &Value) {
        let text = |pointer: &str| response.pointer(pointer).and_then(Value::as_str);
        let id = || self.ground.number().to_string();
        if let Some(words) = text("/outputSpeech/text") {
            self.stage.shows(Bubble::new(By::Bank, id(), words));
        }
        if let Some(title) = text("/card/title") {
            let words =
                format!("On a screen: {title}. {}", text("/card/content").unwrap_or_default());
            self.stage.shows(Bubble::new(By::Phone, id(), words));
        }
        let ends = response.get("shouldEndSession").and_then(Value::as_bool).unwrap_or(true);
        if ends {
            self.is_open.store(false, Ordering::SeqCst);
        }
    }
}

/// What Alexa makes of words, with a model whose one slot takes them all.
fn understood(words: &str) -> Value {
    let intent = |name: &str, slot: Option<&str>| {
        let slots = slot
            .map_or_else(|| json!({}), |slot| json!({ slot: { "name": slot, "value": words } }));
        json!({ "type": "IntentRequest", "intent": { "name": name, "confirmationStatus": "NONE", "slots": slots } })
    };
    let low = words.trim().to_lowercase();
    match low.as_str() {
        low if low.starts_with("open ") => json!({ "type": "LaunchRequest" }),
        "stop" => intent("AMAZON.StopIntent", None),
        "help" => intent("AMAZON.HelpIntent", None),
        low if low.bytes().all(|byte| byte.is_ascii_digit()) => {
            intent("NumberIntent", Some("number"))
        }
        _ => intent("WordsIntent", Some("query")),
    }
}

#[async_trait]
impl Operator for Alexa {
    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn channel(&self) -> Result<Arc<dyn Channel>, String> {
        let settings = Settings::parse(SKILL).map_err(|error| error.to_string())?;
        let roots = self.authority.roots().map_err(|error| error.to_string())?;
        let settings = settings.of_double(roots, &self.ground.here);
        Ok(Arc::new(Adapter::new(settings, self.ground.client.clone())))
    }

    fn hints(&self) -> &'static [&'static str] {
        &["Open my bank", "How much do I have?", "Stop"]
    }

    async fn says(&self, words: &str) {
        self.stage.shows(Bubble::new(By::Her, self.ground.number().to_string(), words));
        self.request(understood(words)).await;
    }

    async fn taps(&self, data: &str) {
        self.says(data).await;
    }

    async fn called(&self, call: Call) -> Answer {
        if call.method == "GET" {
            let chain = tokio::task::block_in_place(|| self.signer().map(|one| one.chain.clone()));
            let line = "GET s3.amazonaws.com/echo.api/echo-api-cert-demo.pem".to_owned();
            let answer = (StatusCode::OK, chain.unwrap_or_default());
            return recorded(&self.stage, line, &call, answer);
        }
        let body = call.json();
        let words = body.pointer("/directive/speech").and_then(Value::as_str).unwrap_or_default();
        self.stage.shows(Bubble::new(By::Bank, self.ground.number().to_string(), words));
        recorded(&self.stage, "POST /v1/directives".to_owned(), &call, json(204, &Value::Null))
    }
}
