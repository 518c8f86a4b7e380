//! Stanzas that the bank sends.

use bankside_domain::conversation::Choice;
use bankside_service::channels::Frame;

use super::element::Element;
use super::read::ns;
use crate::channels::graph::numbered;

const BETWEEN: &str = "\n\n";

/// A message, under an id that a retry repeats (XEP-0359). It asks to be told when it is there
/// (XEP-0184) and when it was read (XEP-0333).
pub(super) fn message(own: &str, to: &str, frame: &Frame, key: &str) -> String {
    let mut stanza = chat(own, to).with("id", key);
    let mut body = frame.text.clone();
    if !frame.answers.is_empty() {
        let start = body.chars().count();
        body.push_str(BETWEEN);
        body.push_str(&numbered(&frame.answers));
        stanza = stanza.holding(fallback(ns::QUICK, start, body.chars().count()));
    }
    stanza = stanza.holding(Element::new("body", ns::COMPONENT).saying(&body));
    for (choice, number) in frame.answers.iter().zip(1_usize..) {
        stanza = stanza.holding(answer(choice, number));
    }
    stanza
        .holding(Element::new("active", ns::STATES))
        .holding(Element::new("request", ns::RECEIPTS))
        .holding(Element::new("markable", ns::MARKERS))
        .holding(Element::new("origin-id", ns::IDS).with("id", key))
        .xml()
}

/// Quick response (XEP-0439): what it says comes back as the body of a message of hers.
fn answer(choice: &Choice, number: usize) -> Element {
    let says = choice.says.reveal();
    let number = number.to_string();
    let value = if says.is_empty() || says.trim() != says { &number } else { says };
    Element::new("response", ns::QUICK).with("value", value).with("label", choice.label.reveal())
}

/// Which part of the body is for those who do not know that form (XEP-0428).
fn fallback(form: &str, start: usize, end: usize) -> Element {
    let body = Element::new("body", ns::FALLBACK);
    let body = body.with("start", &start.to_string()).with("end", &end.to_string());
    Element::new("fallback", ns::FALLBACK).with("for", form).holding(body)
}

/// That an answer is being written (XEP-0085); nobody keeps it (XEP-0334).
pub(super) fn composing(own: &str, to: &str) -> String {
    let stanza = chat(own, to).holding(Element::new("composing", ns::STATES));
    stanza.holding(Element::new("no-store", ns::HINTS)).xml()
}

/// That a message is taken back (XEP-0424), kept for her other devices.
pub(super) fn retraction(own: &str, to: &str, of: &str, id: &str) -> String {
    chat(own, to)
        .with("id", id)
        .holding(Element::new("retract", ns::RETRACT).with("id", of))
        .holding(Element::new("fallback", ns::FALLBACK).with("for", ns::RETRACT))
        .holding(Element::new("store", ns::HINTS))
        .xml()
}

/// That a message of hers was taken (XEP-0184).
pub(super) fn receipt(stanza: &Element, id: &str) -> Element {
    let kind = stanza.attribute("type").unwrap_or("normal");
    back(stanza, kind)
        .holding(Element::new("received", ns::RECEIPTS).with("id", id))
        .holding(Element::new("store", ns::HINTS))
}

/// A question to ourselves, which the server sends back (XEP-0199).
pub(super) fn round(own: &str, id: &str) -> String {
    let iq = Element::new("iq", ns::COMPONENT).with("type", "get").with("id", id);
    let iq = iq.with("from", own).with("to", own);
    iq.holding(Element::new("ping", ns::PING)).xml()
}

/// A stanza of the same name to whom one came from. A message that acknowledges has no id: nothing is
/// asked about it.
pub(super) fn back(stanza: &Element, kind: &str) -> Element {
    let mut back = Element::new(&stanza.name, ns::COMPONENT).with("type", kind);
    for (ours, theirs) in [("from", "to"), ("to", "from")] {
        if let Some(address) = stanza.attribute(theirs) {
            back = back.with(ours, address);
        }
    }
    match stanza.attribute("id") {
        Some(id) if kind == "error" || kind == "result" => back.with("id", id),
        _ => back,
    }
}

fn chat(own: &str, to: &str) -> Element {
    let message = Element::new("message", ns::COMPONENT).with("type", "chat");
    message.with("from", own).with("to", to)
}
