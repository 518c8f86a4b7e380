//! What an error of a stanza or of a stream means. RFC 6120, sections 8.3 and 4.9.

use bankside_service::ports::SendError;

use super::element::Element;

const STANZAS: &str = "urn:ietf:params:xml:ns:xmpp-stanzas";
const STREAMS: &str = "urn:ietf:params:xml:ns:xmpp-streams";

pub(super) fn later(why: &str) -> SendError {
    SendError::Later { after_millis: None, why: why.to_owned() }
}

pub(super) fn refused(why: &str) -> SendError {
    SendError::Refused { why: why.to_owned() }
}

/// What became of a message that came back as an error. A server that has no such account and one
/// that cannot keep a message for somebody who is away both say `service-unavailable` (RFC 6121,
/// section 8.5): it is tried again until the courier gives up, and she does not count as gone.
pub(super) fn of_stanza(stanza: &Element) -> SendError {
    let error = stanza.child("error", &stanza.ns);
    let condition = error.and_then(|error| error.elements().find(is_condition));
    let condition = condition.map_or("", |condition| condition.name.as_str());
    let waits = error.and_then(|error| error.attribute("type")) == Some("wait");
    match named(condition) {
        Some(name @ ("gone" | "item-not-found" | "redirect")) if !waits => {
            SendError::Gone { why: name.to_owned() }
        }
        Some(
            name @ ("service-unavailable"
            | "recipient-unavailable"
            | "resource-constraint"
            | "internal-server-error"
            | "remote-server-timeout"
            | "remote-server-not-found"),
        ) => later(name),
        Some(name) if waits => later(name),
        Some(name) => refused(name),
        None if waits => later("an unknown condition"),
        None => refused("an unknown condition"),
    }
}

fn is_condition(child: &&Element) -> bool {
    child.ns == STANZAS && child.name != "text"
}

/// Why the server ended the stream.
pub(super) fn of_stream(error: &Element) -> SendError {
    let condition = error.elements().find(|child| child.ns == STREAMS);
    match condition.map_or("", |condition| condition.name.as_str()) {
        "not-authorized" => refused("not-authorized: the server has another secret"),
        "host-unknown" => refused("host-unknown: the server has no such component"),
        "conflict" => later("conflict: the component is connected already"),
        "system-shutdown" => later("system-shutdown"),
        _ => later("the server ended the stream"),
    }
}

/// The condition's name as the RFC writes it; what a server invents is not repeated.
fn named(condition: &str) -> Option<&'static str> {
    const CONDITIONS: [&str; 22] = [
        "bad-request",
        "conflict",
        "feature-not-implemented",
        "forbidden",
        "gone",
        "internal-server-error",
        "item-not-found",
        "jid-malformed",
        "not-acceptable",
        "not-allowed",
        "not-authorized",
        "policy-violation",
        "recipient-unavailable",
        "redirect",
        "registration-required",
        "remote-server-not-found",
        "remote-server-timeout",
        "resource-constraint",
        "service-unavailable",
        "subscription-required",
        "undefined-condition",
        "unexpected-request",
    ];
    CONDITIONS.into_iter().find(|known| *known == condition)
}

/// The error that answers a stanza: its name, and whether it is worth trying again.
pub(super) fn answer(stanza: &Element, kind: &str, condition: &str) -> Element {
    let error = Element::new("error", &stanza.ns).with("type", kind);
    super::write::back(stanza, "error").holding(error.holding(Element::new(condition, STANZAS)))
}
