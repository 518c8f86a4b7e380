//! What a webhook of a number says: batched entries of changes, each with messages and statuses.
//! Source: Cloud API, "Webhooks", field `messages`.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound, Status};
use bankside_service::ports::Taken;
use serde_json::Value;

use crate::channels::graph::{NodeId, Proven, is_old, items, plain, text, whole};

/// The events of a proven body, in their order.
pub(super) fn events(proven: &Proven, number: &NodeId) -> Taken {
    let mut taken = Taken::default();
    if text(proven.body(), "/object") != Some("whatsapp_business_account") {
        taken.strange.push("an object that is not a business account".to_owned());
        return taken;
    }
    for entry in items(proven.body(), "entry") {
        for change in items(entry, "changes") {
            changed(change, number, proven.at(), &mut taken);
        }
    }
    taken
}

fn changed(change: &Value, number: &NodeId, now: Timestamp, taken: &mut Taken) {
    let field = text(change, "/field").unwrap_or_default();
    if field != "messages" {
        taken.strange.push(format!("a change of `{}`", plain(field)));
        return;
    }
    if text(change, "/value/metadata/phone_number_id") != Some(number.as_str()) {
        taken.strange.push("a change of another number".to_owned());
        return;
    }
    let Some(value) = change.get("value") else { return };
    let messages = items(value, "messages").iter().map(|message| said(message, now));
    let statuses = items(value, "statuses").iter().map(|status| went(status, now));
    for part in messages.chain(statuses) {
        match part {
            Ok(event) => taken.events.push(event),
            Err(why) => taken.strange.push(why),
        }
    }
    for error in items(value, "errors") {
        let code = whole(error, "/code").unwrap_or_default();
        taken.strange.push(format!("an error with code {code}"));
    }
}

/// A message of hers. Its id is the operator's.
fn said(message: &Value, now: Timestamp) -> Result<Inbound, String> {
    let id = text(message, "/id").ok_or("a message without an id")?;
    let from = text(message, "/from").ok_or("a message without a sender")?;
    if message.get("group_id").is_some() {
        return Err("a message of a group".to_owned());
    }
    let event = what(message)?;
    inbound(id.to_owned(), from, message, now, event)
}

fn what(message: &Value) -> Result<Event, String> {
    let kind = text(message, "/type").unwrap_or_default();
    match kind {
        "text" => {
            let words = text(message, "/text/body").ok_or("a text without words")?;
            Ok(Event::Message { text: words.into() })
        }
        "button" => {
            let says = text(message, "/button/payload").or_else(|| text(message, "/button/text"));
            Ok(Event::Choice { says: says.ok_or("a button without a payload")?.into() })
        }
        "interactive" => {
            let says = text(message, "/interactive/button_reply/id")
                .or_else(|| text(message, "/interactive/list_reply/id"));
            Ok(Event::Choice { says: says.ok_or("a reply of another kind")?.into() })
        }
        "image" | "audio" | "video" | "document" | "sticker" | "location" | "contacts" => {
            Ok(Event::Media)
        }
        "reaction" => Ok(Event::Reaction),
        // She opened the chat for the first time.
        "request_welcome" => Ok(Event::Begin { reference: None }),
        "system" => moved(message),
        other => Err(match whole(message, "/errors/0/code") {
            Some(code) => format!("a message of type `{}`, code {code}", plain(other)),
            None => format!("a message of type `{}`", plain(other)),
        }),
    }
}

/// Her number is another now; or her key is, so that another person may hold the number.
fn moved(message: &Value) -> Result<Event, String> {
    match text(message, "/system/type") {
        Some("user_changed_number" | "customer_changed_number") => {
            Ok(Event::Moved { to: text(message, "/system/wa_id").map(Contact::new) })
        }
        Some("customer_identity_changed") => Ok(Event::Moved { to: None }),
        other => Err(format!("a system message `{}`", plain(other.unwrap_or_default()))),
    }
}

/// What happened to a message of the bank's.
fn went(status: &Value, now: Timestamp) -> Result<Inbound, String> {
    let of = text(status, "/id").ok_or("a status without an id")?;
    let to = text(status, "/recipient_id").ok_or("a status without a recipient")?;
    let (name, what) = match text(status, "/status").unwrap_or_default() {
        "sent" => ("sent", Status::Sent),
        "delivered" => ("delivered", Status::Delivered),
        "read" => ("read", Status::Read),
        "failed" => ("failed", Status::Failed),
        other => return Err(format!("a status `{}`", plain(other))),
    };
    let event = Event::Status { of: Some(of.to_owned()), until: None, status: what };
    inbound(format!("{name}:{of}"), to, status, now, event)
}

fn inbound(
    id: String,
    from: &str,
    part: &Value,
    now: Timestamp,
    event: Event,
) -> Result<Inbound, String> {
    // In seconds, as text.
    let at = whole(part, "/timestamp").filter(|at| *at > 0);
    let at = at.map(|at| Timestamp::from_millis(at.saturating_mul(1000)));
    if is_old(at, now) {
        return Err("an event older than the operator would send".to_owned());
    }
    Ok(Inbound { id, from: Contact::new(from), at, language: None, event })
}
