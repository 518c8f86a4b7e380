//! Amazon's Alexa.
//!
//! The double signs with a key whose chain leads to an authority of its own. Both stand beside this
//! file and prove nothing to anybody else: a skill takes another authority than those that browsers
//! know only where it is told to ([`alexa::Settings::of_double`]).

use std::sync::Arc;
use std::time::Duration;

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Wish};
use bankside_service::ports::Channel;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::SignatureScheme;
use rustls::crypto::ring::sign::any_supported_type;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};

use crate::channels::alexa;
use crate::conformance::delivery::{Delivery, Happening, Proof};
use crate::conformance::operator::{Reply, Seen};
use crate::conformance::specimen::{Fate, Specimen, Way};
use crate::http::HttpClient;

const SKILL: &str = "amzn1.ask.skill.0f1e2d3c-0000-4000-8000-000000000001";
const HER: &str = "amzn1.ask.account.AGGE4UHMMVH7W5QZQO7MVL2J3A";
const CHAIN_URL: &str = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem";
const SIGNATURE: &str = "signature-256";
const AUTHORITY: &[u8] = include_bytes!("alexa/authority.pem");
const CHAIN: &str = include_str!("alexa/chain.pem");
const SIGNER: &[u8] = include_bytes!("alexa/signer.pem");
/// How long Alexa waits.
const PATIENCE: Duration = Duration::from_secs(8);

pub(super) struct Alexa;

impl Specimen for Alexa {
    fn name(&self) -> &'static str {
        "alexa"
    }

    fn open(&self, operator: &str, client: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let authority = CertificateDer::from_pem_slice(AUTHORITY);
        let authority = authority.map_err(|error| error.to_string())?;
        let roots = alexa::Roots::only(&authority).map_err(|error| error.to_string())?;
        let settings = alexa::Settings::parse(SKILL).map_err(|error| error.to_string())?;
        Ok(Arc::new(alexa::Alexa::new(settings.of_double(roots, operator), client)))
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[HER]
    }

    fn her(&self) -> Contact {
        Contact::new(HER)
    }

    fn way(&'static self) -> Way {
        Way::Answer(PATIENCE)
    }

    fn must_be_fresh(&self) -> bool {
        true
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        let [happening] = happenings else { return None };
        signed(envelope(happening)?.to_string().into_bytes())
    }

    fn proven(&self, body: Vec<u8>) -> Option<Delivery> {
        signed(body)
    }

    /// The chain, to whoever asks for it.
    fn reply(&self, seen: &Seen, _: Fate) -> Reply {
        if CHAIN_URL.ends_with(&seen.path) {
            Reply::Answer(200, None, CHAIN.to_owned())
        } else {
            Reply::Answer(403, None, "AccessDenied".to_owned())
        }
    }

    /// It asks, and is never asked.
    fn has(&self, _: Fate) -> bool {
        false
    }
}

fn signed(body: Vec<u8>) -> Option<Delivery> {
    let key = PrivateKeyDer::from_pem_slice(SIGNER).ok()?;
    let signer = any_supported_type(&key).ok()?;
    let signer = signer.choose_scheme(&[SignatureScheme::RSA_PKCS1_SHA256])?;
    let signature = STANDARD.encode(signer.sign(&body).ok()?);
    Some(Delivery {
        method: "POST",
        path: String::new(),
        query: String::new(),
        headers: vec![("signaturecertchainurl", CHAIN_URL.to_owned()), (SIGNATURE, signature)],
        body,
        proof: Proof::Signature(SIGNATURE),
    })
}

fn envelope(happening: &Happening) -> Option<Value> {
    let intent = |name: &str, slots: Value| {
        ("IntentRequest", json!({ "intent": { "name": name, "slots": slots } }))
    };
    let none = json!({});
    let (kind, what) = match &happening.event {
        Event::Message { text } => {
            intent("WordsIntent", json!({ "query": { "name": "query", "value": text.reveal() } }))
        }
        Event::Wish { wish: Wish::Hello } => ("LaunchRequest", none),
        Event::Wish { wish: Wish::Help } => intent("AMAZON.HelpIntent", none),
        Event::Wish { wish: Wish::Yes } => intent("AMAZON.YesIntent", none),
        Event::Wish { wish: Wish::No } => intent("AMAZON.NoIntent", none),
        Event::End => ("SessionEndedRequest", json!({ "reason": "USER_INITIATED" })),
        Event::Leave => ("AlexaSkillEvent.SkillDisabled", none),
        _ => return None,
    };
    let mut request = json!({
        "type": kind, "requestId": format!("amzn1.echo-api.request.{}", happening.number),
        "timestamp": instant(happening.at)?, "locale": "en-GB",
    });
    if let (Value::Object(request), Value::Object(what)) = (&mut request, what) {
        request.extend(what);
    }
    let (application, user) = (json!({ "applicationId": SKILL }), json!({ "userId": HER }));
    Some(json!({
        "version": "1.0",
        "session": { "new": true, "sessionId": "S", "application": application, "user": user },
        "context": { "System": { "application": application, "user": user } },
        "request": request,
    }))
}

fn instant(at: Timestamp) -> Option<String> {
    let at = jiff::Timestamp::from_millisecond(at.as_millis()).ok()?;
    Some(at.to_string())
}
