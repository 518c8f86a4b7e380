//! Messages, in the form of all channels.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound, Status};
use bankside_domain::customer::Language;
use bankside_domain::personal::Personal;

use super::element::{Element, LANG};
use super::fault;
use super::jid::{Sender, scoped};
use super::read::{Read, ns};
use super::write;

/// Reads one to the bank.
pub(super) fn read(stanza: &Element, from: &Sender, nth: &str) -> Read {
    match stanza.attribute("type").unwrap_or("normal") {
        "chat" | "normal" => {}
        // What a server tells everybody.
        "headline" => return Read::default(),
        "groupchat" => return Read::strange("a message of a room, where others read along"),
        _ => return Read::strange("a message of a type that RFC 6121 does not have"),
    }
    if stanza.child("x", ns::ROOM).is_some() {
        return Read::strange("a message of a room, where others read along");
    }
    let wraps = |child: &Element| {
        matches!(child.ns.as_str(), ns::CARBONS | ns::FORWARD | ns::ARCHIVE)
            && !child.is("private", ns::CARBONS)
    };
    if stanza.elements().any(wraps) {
        return Read::strange("a message that wraps another");
    }
    let Some(event) = event(stanza, from) else { return Read::default() };
    let asks = stanza.child("request", ns::RECEIPTS).and(stanza.id());
    let is_said = !matches!(event, Event::Status { .. });
    Read {
        event: Some(inbound(stanza, from, id(stanza).unwrap_or(nth), event)),
        answers: asks.map(|id| write::receipt(stanza, id)).into_iter().collect(),
        refusal: is_said.then(|| fault::answer(stanza, "wait", "resource-constraint")),
        strange: None,
    }
}

/// A message of the bank's came back.
pub(super) fn failed(stanza: &Element, from: &Sender) -> Read {
    let Some(id) = stanza.id() else { return Read::default() };
    let of = Some(scoped(&from.bare, id));
    let event = Event::Status { of, until: None, status: Status::Failed };
    let event = inbound(stanza, from, &format!("failed/{id}"), event);
    Read { event: Some(event), ..Read::default() }
}

fn inbound(stanza: &Element, from: &Sender, id: &str, event: Event) -> Inbound {
    Inbound {
        id: id.to_owned(),
        from: Contact::new(from.bare.as_str()),
        at: stanza.child("delay", ns::DELAY).and_then(|delay| instant(delay.attribute("stamp")?)),
        language: language(stanza, body(stanza).unwrap_or(stanza)),
        event,
    }
}

/// What she calls the message when she takes it back: XEP-0424, section 3, by XEP-0359.
fn id(stanza: &Element) -> Option<&str> {
    stanza.child("origin-id", ns::IDS).and_then(Element::id).or_else(|| stanza.id())
}

fn event(stanza: &Element, from: &Sender) -> Option<Event> {
    if let Some(of) = retracted(stanza) {
        return Some(Event::Deletion { of: of.to_owned() });
    }
    if let Some(chosen) = stanza.child("action-selected", ns::QUICK).and_then(Element::id) {
        return Some(Event::Choice { says: Personal::from(chosen) });
    }
    if is_unreadable(stanza) {
        return Some(Event::Media);
    }
    let words = body(stanza).map(|body| said(stanza, &body.text()));
    if let Some(text) = words.filter(|text| !text.trim().is_empty()) {
        let replaced = stanza.child("replace", ns::CORRECT).and_then(Element::id);
        return Some(match replaced {
            Some(of) => Event::Edit { of: of.to_owned(), text: Personal::from(text) },
            None if text.starts_with("aesgcm://") => Event::Media,
            None => Event::Message { text: Personal::from(text) },
        });
    }
    went(stanza, from).or_else(|| stanza.child("reactions", ns::REACTIONS).map(|_| Event::Reaction))
}

fn retracted(stanza: &Element) -> Option<&str> {
    let before = || {
        let fastened = stanza.child("apply-to", ns::FASTEN)?;
        fastened.child("retract", ns::RETRACT_BEFORE).and(fastened.id())
    };
    stanza.child("retract", ns::RETRACT).and_then(Element::id).or_else(before)
}

/// Something behind an address, which is not fetched, or encrypted for a device that the bank has not.
fn is_unreadable(stanza: &Element) -> bool {
    stanza.elements().any(|child| {
        child.is("x", ns::OUT_OF_BAND)
            || child.is("file-sharing", ns::FILES)
            || child.is("encryption", ns::ENCRYPTION)
            || child.name == "encrypted"
    })
}

/// The body in no particular language, or the first one.
fn body(stanza: &Element) -> Option<&Element> {
    let mut bodies = stanza.elements().filter(|child| child.is("body", ns::COMPONENT));
    let first = bodies.next()?;
    let plain = std::iter::once(first).chain(bodies).find(|body| body.attribute(LANG).is_none());
    Some(plain.unwrap_or(first))
}

/// Her own words, without the quotation that her client put there for those who do not know replies
/// (XEP-0461 by XEP-0428, whose offsets count code points).
fn said(stanza: &Element, text: &str) -> String {
    let quoted = |child: &&Element| {
        child.is("fallback", ns::FALLBACK) && child.attribute("for") == Some(ns::REPLY)
    };
    let range = || {
        let body = stanza.elements().find(quoted)?.child("body", ns::FALLBACK)?;
        let offset = |name| body.attribute(name)?.parse::<usize>().ok();
        Some(offset("start")?..offset("end")?)
    };
    let Some(range) = range() else { return text.to_owned() };
    let kept = text.chars().zip(0..).filter(|(_, at)| !range.contains(at));
    kept.map(|(c, _)| c).collect()
}

/// How far a message of the bank's went.
fn went(stanza: &Element, from: &Sender) -> Option<Event> {
    let known = stanza.elements().find_map(|child| {
        let status = match (child.name.as_str(), child.ns.as_str()) {
            ("received", ns::RECEIPTS | ns::MARKERS) => Status::Delivered,
            ("displayed" | "acknowledged", ns::MARKERS) => Status::Read,
            _ => return None,
        };
        Some((child.id()?, status))
    });
    let (id, status) = known?;
    Some(Event::Status { of: Some(scoped(&from.bare, id)), until: None, status })
}

/// The language of an element, or of the stanza that it is in.
pub(super) fn language(stanza: &Element, inner: &Element) -> Option<Language> {
    let tag = inner.attribute(LANG).or_else(|| stanza.attribute(LANG))?;
    Language::from_tag(tag)
}

/// XEP-0082.
fn instant(stamp: &str) -> Option<Timestamp> {
    let stamp: jiff::Timestamp = stamp.parse().ok()?;
    Some(Timestamp::from_millis(stamp.as_millisecond()))
}
