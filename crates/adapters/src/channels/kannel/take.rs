//! What the gateway asks of the webhook: `in` for a message that came, `dlr` for a delivery report.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Event, Inbound, Status};
use bankside_service::ports::{Delivered, Distrust, Taken};

use super::query::{MAX_BYTES, Query};
use crate::channels::secret::Secret;
use crate::channels::sms::{self, Number};

/// Most bytes of an id, the gateway's or ours.
const MAX_ID: usize = 256;
/// Digits of a time in seconds: enough until the year 5138.
const MAX_SECONDS_DIGITS: usize = 11;

/// Reads a request that shows the secret.
pub(super) fn take(secret: &Secret, request: &Delivered<'_>) -> Result<Taken, Distrust> {
    if request.query.len() > MAX_BYTES {
        return Err(shape("the query is too long"));
    }
    let query = Query::parse(request.query).ok_or_else(|| shape("a parameter stands twice"))?;
    let shown = query.bytes("secret").ok_or(Distrust::NotProven("no secret"))?;
    if !secret.is(shown) {
        return Err(Distrust::NotProven("wrong secret"));
    }
    if request.method != "GET" {
        return Err(shape("the gateway asks by GET"));
    }
    let event = match request.path {
        "in" => message(&query).map(Some),
        "dlr" => report(&query),
        _ => return Err(shape("no such path")),
    };
    let mut taken = Taken::default();
    match event {
        Ok(event) => taken.events.extend(event),
        Err(why) => taken.strange.push(why.to_owned()),
    }
    Ok(taken)
}

fn shape(why: &str) -> Distrust {
    Distrust::Shape(why.to_owned())
}

fn message(query: &Query<'_>) -> Result<Inbound, &'static str> {
    let text = text(query)?;
    let event = sms::said(text.as_deref());
    Ok(Inbound { id: format!("in/{}", id(query, "id")?), ..from(query, event)? })
}

/// The words; nothing where it is binary, as a notification of a picture is.
fn text(query: &Query<'_>) -> Result<Option<String>, &'static str> {
    let bytes = query.bytes("text").ok_or("a message without a text")?;
    let charset = query.text("charset").unwrap_or_default().to_ascii_uppercase();
    let text = match (query.text("coding").unwrap_or_default(), charset.as_str()) {
        ("1", _) | (_, "8-BIT") => return Ok(None),
        ("" | "0" | "2", "UTF-16BE" | "UCS-2" | "UCS-2BE") => sms::of_utf16(bytes),
        ("" | "0" | "2", "" | "UTF-8") => String::from_utf8(bytes.to_vec()).ok(),
        ("" | "0" | "2", _) => return Err("a message in a charset that is not UTF-8 or UTF-16BE"),
        _ => return Err("a message in a coding that is not known"),
    };
    text.map(Some).ok_or("a message that is not text in its charset")
}

/// The last state wins: the gateway reports each once. A report that says nothing final is no event.
fn report(query: &Query<'_>) -> Result<Option<Inbound>, &'static str> {
    let key = id(query, "key")?;
    let code = query.text("status").unwrap_or_default();
    let status = match code {
        "1" => Status::Delivered,
        "2" | "16" => Status::Failed,
        "8" => Status::Sent,
        // The telephone is off, or the centre tells of a step between.
        "4" | "32" => return Ok(None),
        _ => return Err("a delivery report with a status that is not known"),
    };
    let event = Event::Status { of: Some(key.to_owned()), until: None, status };
    Ok(Some(Inbound { id: format!("dlr/{code}/{key}"), ..from(query, event)? }))
}

fn from(query: &Query<'_>, event: Event) -> Result<Inbound, &'static str> {
    let number = query.text("from").and_then(Number::parse);
    let from = number.ok_or("a sender that is not a number of E.164")?.contact();
    let at = query.text("ts").and_then(instant);
    Ok(Inbound { id: String::new(), from, at, language: None, event })
}

fn id<'a>(query: &'a Query<'_>, name: &str) -> Result<&'a str, &'static str> {
    let id = query.text(name).filter(|id| !id.is_empty() && id.len() <= MAX_ID);
    id.ok_or("a request without an id")
}

fn instant(seconds: &str) -> Option<Timestamp> {
    let suits = seconds.len() <= MAX_SECONDS_DIGITS && seconds.bytes().all(|b| b.is_ascii_digit());
    let seconds: i64 = seconds.parse().ok().filter(|_| suits)?;
    Some(Timestamp::from_millis(seconds.saturating_mul(1000)))
}
