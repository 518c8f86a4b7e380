//! What a webhook of a page says: batched entries, each with events. Source: Messenger Platform,
//! "Webhook Events Reference".

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound, Status};
use bankside_domain::personal::Personal;
use bankside_service::ports::Taken;
use serde_json::Value;

use super::settings::GET_STARTED;
use crate::channels::graph::{NodeId, Proven, is_old, items, plain, text, whole};

/// What concerns other apps of the page, or says what is known already: understood, and left alone.
const QUIET: [&str; 4] =
    ["pass_thread_control", "take_thread_control", "request_thread_control", "app_roles"];

/// Things that happened, each with the operator's id of it.
type Found = Vec<(String, Event)>;

/// The events of a proven body, in their order.
pub(super) fn events(proven: &Proven, page: &NodeId) -> Taken {
    let mut taken = Taken::default();
    if text(proven.body(), "/object") != Some("page") {
        taken.strange.push("an object that is not a page".to_owned());
        return taken;
    }
    for entry in items(proven.body(), "entry") {
        if text(entry, "/id") != Some(page.as_str()) {
            taken.strange.push("an entry of another page".to_owned());
            continue;
        }
        // `standby` beside it is what another app of the page answers.
        for event in items(entry, "messaging") {
            if let Err(why) = one(event, page, proven.at(), &mut taken.events) {
                taken.strange.push(why);
            }
        }
        for change in items(entry, "changes") {
            let field = plain(text(change, "/field").unwrap_or_default());
            taken.strange.push(format!("a change of `{field}`"));
        }
    }
    taken
}

fn one(
    event: &Value,
    page: &NodeId,
    now: Timestamp,
    events: &mut Vec<Inbound>,
) -> Result<(), String> {
    let is_echo = event.pointer("/message/is_echo").and_then(Value::as_bool) == Some(true);
    if is_echo || QUIET.iter().any(|key| event.get(key).is_some()) {
        return Ok(());
    }
    let from = text(event, "/sender/id").ok_or("an event without a sender")?;
    if from == page.as_str() {
        return Ok(());
    }
    let at = whole(event, "/timestamp").filter(|at| *at > 0).map(Timestamp::from_millis);
    if is_old(at, now) {
        return Err("an event older than the operator would send".to_owned());
    }
    let found = what(event)?;
    let from = Contact::new(from);
    events.extend(found.into_iter().map(|(id, event)| Inbound {
        id,
        from: from.clone(),
        at,
        language: None,
        event,
    }));
    Ok(())
}

fn what(event: &Value) -> Result<Found, String> {
    let part = |key: &str| event.get(key);
    if let Some(message) = part("message") {
        said(message)
    } else if let Some(postback) = part("postback") {
        tapped(postback, event)
    } else if let Some(read) = part("read") {
        let until = watermark(read)?;
        Ok(vec![(format!("read:{}", until.as_millis()), all_before(until, Status::Read))])
    } else if let Some(delivery) = part("delivery") {
        delivered(delivery)
    } else if part("reaction").is_some() {
        Ok(vec![(timed("reaction", event)?, Event::Reaction)])
    } else if let Some(edit) = part("message_edit") {
        edited(edit)
    } else if let Some(optin) = part("optin") {
        began("optin", optin, event)
    } else if let Some(referral) = part("referral") {
        began("referral", referral, event)
    } else if part("account_linking").is_some() {
        linked(event)
    } else {
        let known = ["sender", "recipient", "timestamp"];
        let keys = event.as_object().into_iter().flat_map(serde_json::Map::keys);
        let other = keys.filter(|key| !known.contains(&key.as_str())).map(|key| plain(key)).next();
        Err(format!("an event `{}`", other.unwrap_or_default()))
    }
}

/// A message of hers: a tap, words, or what the bank does not take. Its id is the platform's `mid`.
fn said(message: &Value) -> Result<Found, String> {
    let id = text(message, "/mid").ok_or("a message without an id")?.to_owned();
    let event = if let Some(says) = text(message, "/quick_reply/payload") {
        Event::Choice { says: says.into() }
    } else if let Some(words) = text(message, "/text") {
        Event::Message { text: words.into() }
    } else if !items(message, "attachments").is_empty() || message.get("sticker_id").is_some() {
        Event::Media
    } else {
        return Err("a message without words or attachments".to_owned());
    };
    Ok(vec![(id, event)])
}

/// A button: she begins by the page's own, or by a link; else it says its payload.
fn tapped(postback: &Value, event: &Value) -> Result<Found, String> {
    let id = match text(postback, "/mid") {
        Some(mid) => mid.to_owned(),
        None => timed("postback", event)?,
    };
    let payload = text(postback, "/payload").or_else(|| text(postback, "/title"));
    let event = match payload {
        _ if postback.get("referral").is_some() => {
            Event::Begin { reference: reference(postback, "/referral/ref") }
        }
        Some(GET_STARTED) => Event::Begin { reference: None },
        Some(says) => Event::Choice { says: says.into() },
        None => return Err("a postback without a payload".to_owned()),
    };
    Ok(vec![(id, event)])
}

fn delivered(delivery: &Value) -> Result<Found, String> {
    let mids = items(delivery, "mids").iter().filter_map(Value::as_str);
    let found: Found = mids
        .map(|mid| {
            let event =
                Event::Status { of: Some(mid.to_owned()), until: None, status: Status::Delivered };
            (format!("delivered:{mid}"), event)
        })
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let until = watermark(delivery)?;
    Ok(vec![(format!("delivered:{}", until.as_millis()), all_before(until, Status::Delivered))])
}

fn edited(edit: &Value) -> Result<Found, String> {
    let of = text(edit, "/mid").ok_or("an edit without an id")?.to_owned();
    let words: Personal<String> = text(edit, "/text").ok_or("an edit without words")?.into();
    let id = format!("edit:{of}:{}", whole(edit, "/num_edit").unwrap_or_default());
    Ok(vec![(id, Event::Edit { of, text: words })])
}

fn began(kind: &str, part: &Value, event: &Value) -> Result<Found, String> {
    Ok(vec![(timed(kind, event)?, Event::Begin { reference: reference(part, "/ref") })])
}

/// Unlinking her account with the page's own log-in is leaving; linking says nothing new.
fn linked(event: &Value) -> Result<Found, String> {
    match text(event, "/account_linking/status") {
        Some("unlinked") => Ok(vec![(timed("unlinked", event)?, Event::Leave)]),
        Some("linked") => Ok(Vec::new()),
        _ => Err("an account linking of another kind".to_owned()),
    }
}

fn reference(part: &Value, pointer: &str) -> Option<Personal<String>> {
    text(part, pointer).map(Personal::from)
}

/// An id of what has none of its own: within one chat its time tells it.
fn timed(kind: &str, event: &Value) -> Result<String, String> {
    let at = whole(event, "/timestamp").ok_or_else(|| format!("`{kind}` without a time"))?;
    Ok(format!("{kind}:{at}"))
}

fn watermark(part: &Value) -> Result<Timestamp, String> {
    let millis = whole(part, "/watermark").ok_or("a receipt without a watermark")?;
    Ok(Timestamp::from_millis(millis))
}

fn all_before(until: Timestamp, status: Status) -> Event {
    Event::Status { of: None, until: Some(until), status }
}
