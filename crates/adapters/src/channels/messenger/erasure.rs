//! The data deletion callback: a form with `signed_request`, answered by a confirmation code and an
//! address where it can be followed. Source: Meta, "Data Deletion Request Callback".
//!
//! The id in it is scoped to the app; that of a chat is scoped to the page. They are one only where
//! the operator made them so: elsewhere the event names nobody that the bank knows.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound};
use bankside_service::ports::{Answer, Delivered, Distrust, Taken};
use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::channels::graph::{Hook, text, whole};

/// Bytes that such a form may have.
const MAX_FORM: usize = 16 * 1024;
/// Age of a request, in milliseconds, beyond which it is a replay: a day.
const MAX_AGE_MS: i64 = 86_400_000;
/// How far ahead the operator's clock may be, in milliseconds.
const MAX_AHEAD_MS: i64 = 300_000;
/// Bytes of a confirmation code, before they are written in hexadecimal.
const CODE_BYTES: usize = 16;
/// Padding may be there or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An erasure that the operator asks for in her name.
pub(super) fn asked(
    request: &Delivered<'_>,
    hook: &Hook,
    status_url: &str,
) -> Result<Taken, Distrust> {
    if request.body.len() > MAX_FORM {
        return Err(Distrust::Shape(format!("a form of more than {MAX_FORM} bytes")));
    }
    let mut fields = form_urlencoded::parse(request.body);
    let field = fields.find(|(key, _)| key == "signed_request").map(|(_, value)| value);
    let field = field.ok_or(Distrust::NotProven("no `signed_request`"))?;
    let (payload, said) = proven(&field, hook)?;
    let at = whole(&said, "/issued_at").map(|at| Timestamp::from_millis(at.saturating_mul(1000)));
    if at.is_some_and(|at| !is_now(at, request.at)) {
        return Err(Distrust::NotNow);
    }
    let user = text(&said, "/user_id");
    let from = user.ok_or_else(|| Distrust::Shape("a deletion of nobody".to_owned()))?;
    let code = code(payload, hook);
    let event = Event::Erasure { code: code.clone() };
    let id = format!("erasure:{code}");
    let inbound = Inbound { id, from: Contact::new(from), at, language: None, event };
    Ok(Taken { events: vec![inbound], strange: Vec::new(), answer: answer(&code, status_url) })
}

/// The payload of a signed request, as written and as read. The whole is `BASE64URL(HMAC)`, a dot
/// and `BASE64URL(JSON)`; what is signed is the latter as it is written.
fn proven<'s>(signed: &'s str, hook: &Hook) -> Result<(&'s str, Value), Distrust> {
    let unreadable = Distrust::NotProven("an unreadable `signed_request`");
    let (signature, payload) = signed.split_once('.').ok_or(unreadable.clone())?;
    let signature = BASE64.decode(signature).map_err(|_| unreadable.clone())?;
    if !hook.app_secret.signs(payload.as_bytes(), &signature) {
        return Err(Distrust::NotProven("a wrong signature"));
    }
    let shape = |_| Distrust::Shape("a signed request that is not JSON".to_owned());
    let json = BASE64.decode(payload).map_err(|_| unreadable)?;
    let said: Value = serde_json::from_slice(&json).map_err(shape)?;
    match text(&said, "/algorithm") {
        Some(algorithm) if algorithm.eq_ignore_ascii_case("HMAC-SHA256") => Ok((payload, said)),
        _ => Err(Distrust::Shape("a signed request by another algorithm".to_owned())),
    }
}

fn is_now(at: Timestamp, now: Timestamp) -> bool {
    (-MAX_AHEAD_MS..=MAX_AGE_MS).contains(&now.millis_since(at))
}

/// The same for the same request, and not to be guessed without the app's secret.
fn code(payload: &str, hook: &Hook) -> String {
    let tag = hook.app_secret.tag(format!("bankside/erasure/{payload}").as_bytes());
    hex::encode(tag.get(..CODE_BYTES).unwrap_or_default())
}

fn answer(code: &str, status_url: &str) -> Answer {
    let joint = if status_url.contains('?') { '&' } else { '?' };
    let body = json!({
        "url": format!("{status_url}{joint}code={code}"),
        "confirmation_code": code,
    });
    Answer { media: "application/json", body: body.to_string(), ..Answer::default() }
}
