//! What a stanza says, and what it is answered with. Pure: the same stanza means the same each time.

use bankside_domain::channel::{Contact, Event, Inbound};

use super::element::Element;
use super::jid::{self, Sender};
use super::settings::Settings;
use super::{fault, iq, message};

/// Namespaces, by the document that defines each.
pub(super) mod ns {
    /// XEP-0114.
    pub(in super::super) const COMPONENT: &str = "jabber:component:accept";
    /// XEP-0030.
    pub(in super::super) const INFO: &str = "http://jabber.org/protocol/disco#info";
    pub(in super::super) const ITEMS: &str = "http://jabber.org/protocol/disco#items";
    /// XEP-0045: what a room says.
    pub(in super::super) const ROOM: &str = "http://jabber.org/protocol/muc#user";
    /// XEP-0054.
    pub(in super::super) const VCARD: &str = "vcard-temp";
    /// XEP-0066.
    pub(in super::super) const OUT_OF_BAND: &str = "jabber:x:oob";
    /// XEP-0085.
    pub(in super::super) const STATES: &str = "http://jabber.org/protocol/chatstates";
    /// XEP-0184.
    pub(in super::super) const RECEIPTS: &str = "urn:xmpp:receipts";
    /// XEP-0199.
    pub(in super::super) const PING: &str = "urn:xmpp:ping";
    /// XEP-0203.
    pub(in super::super) const DELAY: &str = "urn:xmpp:delay";
    /// XEP-0280.
    pub(in super::super) const CARBONS: &str = "urn:xmpp:carbons:2";
    /// XEP-0297.
    pub(in super::super) const FORWARD: &str = "urn:xmpp:forward:0";
    /// XEP-0308.
    pub(in super::super) const CORRECT: &str = "urn:xmpp:message-correct:0";
    /// XEP-0313.
    pub(in super::super) const ARCHIVE: &str = "urn:xmpp:mam:2";
    /// XEP-0333.
    pub(in super::super) const MARKERS: &str = "urn:xmpp:chat-markers:0";
    /// XEP-0334.
    pub(in super::super) const HINTS: &str = "urn:xmpp:hints";
    /// XEP-0359.
    pub(in super::super) const IDS: &str = "urn:xmpp:sid:0";
    /// XEP-0380, and what OMEMO (XEP-0384) had before.
    pub(in super::super) const ENCRYPTION: &str = "urn:xmpp:eme:0";
    /// XEP-0422 and version 0.2 of XEP-0424.
    pub(in super::super) const FASTEN: &str = "urn:xmpp:fasten:0";
    pub(in super::super) const RETRACT_BEFORE: &str = "urn:xmpp:message-retract:0";
    /// XEP-0424.
    pub(in super::super) const RETRACT: &str = "urn:xmpp:message-retract:1";
    /// XEP-0428.
    pub(in super::super) const FALLBACK: &str = "urn:xmpp:fallback:0";
    /// XEP-0439.
    pub(in super::super) const QUICK: &str = "urn:xmpp:tmp:quick-response";
    /// XEP-0444.
    pub(in super::super) const REACTIONS: &str = "urn:xmpp:reactions:0";
    /// XEP-0447.
    pub(in super::super) const FILES: &str = "urn:xmpp:sfs:0";
    /// XEP-0461.
    pub(in super::super) const REPLY: &str = "urn:xmpp:reply:0";
}

/// What a stanza says.
#[derive(Default)]
pub(super) struct Read {
    /// What happened.
    pub(super) event: Option<Inbound>,
    /// Why it is not understood.
    pub(super) strange: Option<&'static str>,
    /// What answers it once it is committed.
    pub(super) answers: Vec<Element>,
    /// What answers it where it is not.
    pub(super) refusal: Option<Element>,
}

impl Read {
    /// Nothing to be kept.
    pub(super) fn answered(answer: Element) -> Self {
        Self { answers: vec![answer], ..Self::default() }
    }

    /// Something that is not understood.
    pub(super) fn strange(why: &'static str) -> Self {
        Self { strange: Some(why), ..Self::default() }
    }
}

/// Reads a stanza; `nth` stands for the id of one that has none, and is never the same.
pub(super) fn read(settings: &Settings, stanza: &Element, nth: &str) -> Read {
    if stanza.ns != ns::COMPONENT {
        return Read::strange("a stanza in a namespace that no component has");
    }
    let kind = stanza.attribute("type").unwrap_or_default();
    let to = stanza.attribute("to").unwrap_or_default();
    // It would be answered in another's name, for which servers end the stream (XEP-0114, section 3).
    if !jid::is_of(to, &settings.domain) {
        return Read::strange("a stanza for another domain");
    }
    let to_us = jid::is(to, settings.own());
    if stanza.name == "iq" {
        return iq::read(settings, stanza, to_us || jid::is(to, &settings.domain));
    }
    let from = stanza.attribute("from").unwrap_or_default();
    let Some(from) = Sender::parse(from, &settings.domain) else {
        return Read::strange("a sender who is no account of another domain");
    };
    match (stanza.name.as_str(), to_us) {
        ("message", _) if kind == "error" => message::failed(stanza, &from),
        ("message", true) => message::read(stanza, &from, nth),
        ("presence", true) => presence(stanza, &from, kind, nth),
        ("message", false) => Read::answered(fault::answer(stanza, "cancel", "item-not-found")),
        ("presence", false) => Read::default(),
        _ => Read::strange("a stanza that is none of RFC 6120"),
    }
}

/// RFC 6121, sections 3 and 4. The bank asks nobody for her presence.
fn presence(stanza: &Element, from: &Sender, kind: &str, nth: &str) -> Read {
    let event = |event| Inbound {
        id: format!("{kind}/{}", stanza.id().unwrap_or(nth)),
        from: Contact::new(from.bare.as_str()),
        at: None,
        language: message::language(stanza, stanza),
        event,
    };
    let here = || {
        let mut here = super::write::back(stanza, "");
        here.attributes.retain(|(name, _)| name != "type");
        here
    };
    match kind {
        "subscribe" => Read {
            event: Some(event(Event::Begin { reference: None })),
            answers: vec![super::write::back(stanza, "subscribed"), here()],
            ..Read::default()
        },
        "unsubscribe" => Read {
            event: Some(event(Event::Leave)),
            answers: vec![super::write::back(stanza, "unsubscribed")],
            ..Read::default()
        },
        "probe" => Read::answered(here()),
        // She comes and goes, or an answer to what the bank never asked.
        _ => Read::default(),
    }
}
