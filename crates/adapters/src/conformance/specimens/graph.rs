//! What Messenger and WhatsApp have in common: Meta's Graph API.

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::conformance::delivery::{Delivery, Proof};
use crate::conformance::operator::Reply;
use crate::conformance::specimen::Fate;

pub(super) const TOKEN: &str = "EAAB-conformance-token";
pub(super) const APP_SECRET: &str = "0123456789abcdef0123456789abcdef";
pub(super) const VERIFY_TOKEN: &str = "meatyhamhock";
pub(super) const SECRETS: &[&str] = &[TOKEN, APP_SECRET, VERIFY_TOKEN];
const HEADER: &str = "x-hub-signature-256";

/// A signed delivery.
pub(super) fn posted(body: &Value) -> Delivery {
    signed(body.to_string().into_bytes())
}

/// A signed delivery of those bytes.
pub(super) fn signed(body: Vec<u8>) -> Delivery {
    Delivery {
        method: "POST",
        path: String::new(),
        query: String::new(),
        headers: vec![(HEADER, format!("sha256={}", hex::encode(tag(&body))))],
        body,
        proof: Proof::Signature(HEADER),
    }
}

/// HMAC-SHA256 under the app's secret.
pub(super) fn tag(bytes: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).map(|mut mac| {
        mac.update(bytes);
        mac.finalize().into_bytes().to_vec()
    });
    mac.unwrap_or_default()
}

/// An answer that is no success: `gone` is the operator's code for that she is.
pub(super) fn failed(fate: Fate, gone: i64) -> Reply {
    let error = |code: i64| {
        json!({ "error": {
            "message": "(#1) the number 16505551234", "type": "OAuthException", "code": code,
        } })
    };
    match fate {
        Fate::Busy(seconds) => Reply::Answer(429, Some(seconds), error(4).to_string()),
        Fate::Down => Reply::Answer(503, None, "<html>".to_owned()),
        Fate::Silent => Reply::Silence,
        Fate::Gone => Reply::json(400, &error(gone)),
        Fate::Refused | Fate::Stranger | Fate::Sent => Reply::json(401, &error(190)),
    }
}
