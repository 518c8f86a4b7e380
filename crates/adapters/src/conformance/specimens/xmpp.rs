//! A server of XMPP that the bank is a component of (XEP-0114).

mod server;

use std::sync::Arc;

use bankside_domain::channel::{Contact, Event, Status};
use bankside_service::ports::Channel;

use crate::channels::xmpp;
use crate::conformance::delivery::{Delivery, Happening, NOW};
use crate::conformance::operator::Seen;
use crate::conformance::specimen::{Fate, Specimen, Way};
use crate::http::HttpClient;

const DOMAIN: &str = "bank.example";
const SECRET: &str = "what-the-component-proves-itself-with";
const HER: &str = "her@chat.example";
const FROM_HER: &str = "from='her@chat.example/phone' to='bank@bank.example'";

pub(super) struct Xmpp;

impl Specimen for Xmpp {
    fn name(&self) -> &'static str {
        "xmpp"
    }

    fn open(&self, operator: &str, _: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let settings = xmpp::Settings::parse(operator, DOMAIN, SECRET, "bank", None);
        Ok(Arc::new(xmpp::Xmpp::new(settings.map_err(|error| error.to_string())?)))
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[SECRET]
    }

    fn her(&self) -> Contact {
        Contact::new(HER)
    }

    fn way(&'static self) -> Way {
        Way::Line(self)
    }

    fn sent_id(&self, number: u32) -> String {
        format!("{HER} {number}")
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        let stanzas =
            happenings.iter().map(|happening| stanza(happening, &self.id(happening.number)));
        let stanzas: Option<String> = stanzas.collect();
        Some(Delivery::by_line(stanzas?, happenings.len()))
    }

    /// A server asks nobody to wait for a time.
    fn has(&self, fate: Fate) -> bool {
        !matches!(fate, Fate::Busy(_))
    }

    /// The value of the first quick response (XEP-0439), said as a message of hers.
    fn tapped(&self, seen: &Seen) -> Option<Delivery> {
        let sent = String::from_utf8_lossy(&seen.body);
        let (_, response) = sent.split_once("<response ")?;
        let value = server::attribute(response.split('>').next()?, "value")?;
        let said = format!("<message {FROM_HER} type='chat' id='2'><body>{value}</body></message>");
        Some(Delivery::by_line(said, 1))
    }

    fn is_message(&self, seen: &Seen) -> bool {
        String::from_utf8_lossy(&seen.body).contains("<body>")
    }

    fn takes_back(&self, seen: &Seen, id: &str) -> bool {
        let of = id.split_once(' ').map_or("", |(_, of)| of);
        let sent = String::from_utf8_lossy(&seen.body);
        sent.contains(&format!("<retract xmlns='urn:xmpp:message-retract:1' id='{of}'"))
    }

    fn knows_keys(&self) -> bool {
        true
    }
}

fn stanza(happening: &Happening, id: &str) -> Option<String> {
    let message = |inner: &str| {
        let delay = delayed(happening)?;
        Some(format!("<message {FROM_HER} type='chat' id='{id}'>{inner}{delay}</message>"))
    };
    match &happening.event {
        Event::Message { text } => message(&format!(
            "<body>{}</body><request xmlns='urn:xmpp:receipts'/>",
            escaped(text.reveal())
        )),
        Event::Media => message("<x xmlns='jabber:x:oob'><url>https://cdn.example/x</url></x>"),
        Event::Begin { reference: None } => {
            Some(format!("<presence {FROM_HER} type='subscribe' id='{id}'/>"))
        }
        Event::Leave => Some(format!("<presence {FROM_HER} type='unsubscribe' id='{id}'/>")),
        Event::Reaction => message(
            "<reactions xmlns='urn:xmpp:reactions:0' id='7'><reaction>+</reaction></reactions>",
        ),
        Event::Edit { of, text } => message(&format!(
            "<body>{}</body><replace xmlns='urn:xmpp:message-correct:0' id='{of}'/>",
            escaped(text.reveal())
        )),
        Event::Deletion { of } => {
            message(&format!("<retract xmlns='urn:xmpp:message-retract:1' id='{of}'/>"))
        }
        Event::Status { of: Some(of), status, .. } => went(of.strip_prefix(HER)?.trim(), *status),
        _ => None,
    }
}

fn went(of: &str, status: Status) -> Option<String> {
    let told = |name: &str, ns: &str| {
        Some(format!("<message {FROM_HER} id='r'><{name} xmlns='{ns}' id='{of}'/></message>"))
    };
    match status {
        Status::Sent => None,
        Status::Delivered => told("received", "urn:xmpp:receipts"),
        Status::Read => told("displayed", "urn:xmpp:chat-markers:0"),
        Status::Failed => Some(server::came_back(of, "cancel", "gone")),
    }
}

/// A server says when something came that it kept (XEP-0203).
fn delayed(happening: &Happening) -> Option<String> {
    if happening.at == NOW {
        return Some(String::new());
    }
    let at = jiff::Timestamp::from_millisecond(happening.at.as_millis()).ok()?;
    Some(format!("<delay xmlns='urn:xmpp:delay' stamp='{at}'/>"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
