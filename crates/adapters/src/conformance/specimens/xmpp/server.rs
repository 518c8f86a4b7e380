//! The server's side of a stream. It reads by hand, not by the adapter's own parser.

use sha1::{Digest as _, Sha1};

use super::{DOMAIN, FROM_HER, SECRET, Xmpp};
use crate::conformance::operator::Seen;
use crate::conformance::specimen::Fate;
use crate::conformance::wire::{Conversation, Heard, Says, Wire};

const STREAM_ID: &str = "s1";
const HEADER: &str = "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' \
    xmlns:stream='http://etherx.jabber.org/streams' from='bank.example' id='s1'>";
const STRANGER: &str = "<stream:error><not-authorized \
    xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>";
/// What a stream is made of, each by the end of it.
const ENDS: [(&str, &str); 4] = [
    ("<handshake", "</handshake>"),
    ("<message", "</message>"),
    ("<presence", "</presence>"),
    ("<iq", "</iq>"),
];

impl Wire for Xmpp {
    fn begins(&self, fate: Fate) -> Box<dyn Conversation> {
        Box::new(Stream { fate, unread: String::new(), is_open: false })
    }

    fn hostile(&self) -> Vec<(&'static str, Vec<u8>)> {
        let words = "<body>balance</body>";
        let forwarded = format!(
            "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' \
             from='{}'>{words}</message></forwarded>",
            super::HER
        );
        let from_her = |kind: &str, inner: &str| {
            format!("<message {FROM_HER} type='{kind}' id='h'>{inner}</message>").into_bytes()
        };
        let from = |who: &str| {
            format!("<message from='{who}' to='bank@{DOMAIN}' id='h'>{words}</message>")
                .into_bytes()
        };
        let carbon = format!("<sent xmlns='urn:xmpp:carbons:2'>{forwarded}</sent>");
        let archive = format!("<result xmlns='urn:xmpp:mam:2'>{forwarded}</result>");
        let room = format!("{words}<x xmlns='http://jabber.org/protocol/muc#user'/>");
        let long = format!("<body>{}</body>", "x".repeat(300_000));
        let deep = format!("{}{}", "<a>".repeat(64), "</a>".repeat(64));
        vec![
            ("a message of a room", from_her("groupchat", words)),
            ("a private message of a room", from_her("chat", &room)),
            ("a forwarded message", from_her("chat", &forwarded)),
            ("a copy of a message", from_her("chat", &carbon)),
            ("a message of an archive", from_her("chat", &archive)),
            ("a message of no type", from_her("banana", words)),
            ("a message of nobody", from("")),
            ("a message of a server", from("chat.example")),
            ("a message in the bank's own name", from(&format!("bank@{DOMAIN}"))),
            ("a stanza of another protocol", format!("<banana {FROM_HER}/>").into_bytes()),
            ("a stanza that is too long", from_her("chat", &long)),
            ("a stanza that is too deep", from_her("chat", &deep)),
        ]
    }
}

/// A stream, as the server sees it.
struct Stream {
    fate: Fate,
    unread: String,
    is_open: bool,
}

impl Conversation for Stream {
    fn hears(&mut self, bytes: &[u8], heard: &mut Vec<Heard>) -> Says {
        self.unread.push_str(&String::from_utf8_lossy(bytes));
        let mut says = Says::default();
        while let Some(part) = self.next() {
            self.answers(&part, heard, &mut says);
        }
        says
    }
}

impl Stream {
    /// The next whole part of it.
    fn next(&mut self) -> Option<String> {
        let end = if self.is_open {
            let (_, end) = ENDS.iter().find(|(start, _)| self.unread.starts_with(start))?;
            self.unread.find(end)? + end.len()
        } else {
            let start = self.unread.find("<stream:stream")?;
            let rest = self.unread.get(start..)?;
            start + rest.find('>')? + 1
        };
        let part = self.unread.get(..end)?.to_owned();
        self.unread.drain(..end);
        Some(part)
    }

    fn answers(&mut self, part: &str, heard: &mut Vec<Heard>, says: &mut Says) {
        if !self.is_open {
            self.is_open = true;
            says.bytes.extend_from_slice(HEADER.as_bytes());
        } else if part.starts_with("<handshake") {
            let digest = hex::encode(Sha1::digest(format!("{STREAM_ID}{SECRET}")));
            let is_known = part.contains(&format!(">{digest}<")) && self.fate != Fate::Stranger;
            says.hangs_up = !is_known;
            heard.extend(is_known.then_some(Heard::Proven));
            let answer = if is_known { "<handshake/>" } else { STRANGER };
            says.bytes.extend_from_slice(answer.as_bytes());
        } else if part.starts_with("<message") {
            self.message(part, heard, says);
        } else if part.starts_with("<iq") && self.fate != Fate::Silent && !says.hangs_up {
            // What the bank asks itself comes back to it.
            says.bytes.extend_from_slice(part.as_bytes());
        }
    }

    fn message(&self, part: &str, heard: &mut Vec<Heard>, says: &mut Says) {
        let head = part.split('>').next().unwrap_or_default();
        let id = attribute(head, "id").unwrap_or_default();
        if attribute(head, "type") == Some("error") {
            heard.push(Heard::NotTaken(id.to_owned()));
            return;
        }
        if let Some((_, receipt)) = part.split_once("<received ") {
            let of = attribute(receipt, "id").unwrap_or_default();
            heard.push(Heard::Taken(of.to_owned()));
            return;
        }
        heard.push(Heard::Asked(Seen::said("stanza", part)));
        let (kind, condition) = match self.fate {
            Fate::Sent | Fate::Silent | Fate::Stranger => return,
            Fate::Down => {
                says.hangs_up = true;
                return;
            }
            Fate::Busy(_) => ("wait", "resource-constraint"),
            Fate::Gone => ("cancel", "gone"),
            Fate::Refused => ("auth", "forbidden"),
        };
        says.bytes.extend_from_slice(came_back(id, kind, condition).as_bytes());
    }
}

/// A message of the bank's that comes back as an error.
pub(super) fn came_back(id: &str, kind: &str, condition: &str) -> String {
    format!(
        "<message {FROM_HER} type='error' id='{id}'><error type='{kind}'>\
         <{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"
    )
}

/// An attribute of a tag, as the bank writes it.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) =
        tag.split_once(&format!(" {name}='")).or_else(|| tag.split_once(&format!("{name}='")))?;
    rest.split('\'').next()
}
