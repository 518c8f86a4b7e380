//! Webhooks of the Graph API: the handshake, and the proof that a request is Meta's.
//!
//! Deliberately absent: a bound on the age of a whole request. Its signature holds no time, and an
//! operator that could not deliver for days sends old events rightly; each has its own time and id.

use bankside_domain::Timestamp;
use bankside_service::ports::{Answer, Delivered, Distrust, Taken};
use serde_json::Value;
use url::form_urlencoded;

use crate::channels::secret::Secret;

/// Bytes that a body may have: three mebibytes, as WhatsApp's webhooks say.
const MAX_BODY: usize = 3 * 1024 * 1024;
/// Bytes that a challenge may have.
const MAX_CHALLENGE: usize = 256;

/// What proves a request.
#[derive(Clone, Debug)]
pub(in crate::channels) struct Hook {
    pub(in crate::channels) app_secret: Secret,
    pub(in crate::channels) verify_token: Secret,
}

/// A body that Meta signed. Only [`Hook::proven`] makes one.
#[must_use]
#[derive(Debug)]
pub(in crate::channels) struct Proven {
    body: Value,
    at: Timestamp,
}

impl Proven {
    /// What it says.
    pub(in crate::channels) fn body(&self) -> &Value {
        &self.body
    }

    /// When it came.
    pub(in crate::channels) fn at(&self) -> Timestamp {
        self.at
    }
}

impl Hook {
    /// Answers the handshake that subscribes this address: `hub.challenge`, to whoever knows the
    /// verify token.
    pub(in crate::channels) fn greeted(&self, query: &str) -> Result<Taken, Distrust> {
        let field = |name: &str| {
            let mut fields = form_urlencoded::parse(query.as_bytes());
            fields.find(|(key, _)| key == name).map(|(_, value)| value)
        };
        let token = field("hub.verify_token").unwrap_or_default();
        if !self.verify_token.is(token.as_bytes()) {
            return Err(Distrust::NotProven("the verify token is missing or wrong"));
        }
        if field("hub.mode").as_deref() != Some("subscribe") {
            return Err(Distrust::Shape("a handshake that does not subscribe".to_owned()));
        }
        let challenge = field("hub.challenge").unwrap_or_default();
        let is_plain = challenge.bytes().all(|byte| byte.is_ascii_graphic());
        if challenge.is_empty() || challenge.len() > MAX_CHALLENGE || !is_plain {
            return Err(Distrust::Shape("a handshake without a plain challenge".to_owned()));
        }
        Ok(Taken { answer: Answer::text(challenge), ..Taken::default() })
    }

    /// Proves a request by `X-Hub-Signature-256` over its very bytes.
    pub(in crate::channels) fn proven(&self, request: &Delivered<'_>) -> Result<Proven, Distrust> {
        if request.body.len() > MAX_BODY {
            return Err(Distrust::Shape(format!("a body of more than {MAX_BODY} bytes")));
        }
        let header = (request.header)("x-hub-signature-256");
        let header = header.ok_or(Distrust::NotProven("no `X-Hub-Signature-256`"))?;
        let signature = header.strip_prefix("sha256=").and_then(|hex| hex::decode(hex).ok());
        let signature = signature.ok_or(Distrust::NotProven("an unreadable signature"))?;
        if !self.app_secret.signs(request.body, &signature) {
            return Err(Distrust::NotProven("a wrong signature"));
        }
        // The parser's own words may quote the body.
        let body = serde_json::from_slice(request.body)
            .map_err(|_| Distrust::Shape("a body that is not JSON".to_owned()))?;
        Ok(Proven { body, at: request.at })
    }
}
