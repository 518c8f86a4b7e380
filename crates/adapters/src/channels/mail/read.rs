//! A message that came in: who it is from, and what she says.
//!
//! INVARIANT: what a machine wrote is never answered (RFC 3834, section 2): two machines that answer one
//! another never end.
//! INVARIANT: one reading. Where a header stands twice that may stand once, where a `From` names several
//! or is read differently by the program that proves it, nothing is believed.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Event, Inbound};
use bankside_domain::customer::Language;
use bankside_domain::personal::Personal;
use mail_auth::AuthenticatedMessage;
use mail_parser::{Address as Named, Message, MessageParser, MimeHeaders as _, PartType};
use sha2::{Digest as _, Sha256};

use super::address::Address;
use super::ids::{Tagged, Use};
use super::lmtp::Envelope;
use super::proof::Signed;
use super::settings::Settings;
use super::{report, results, said};
use crate::channels::sms::words;

/// Parts of a message, all of those within one another counted.
const MAX_PARTS: usize = 200;
/// Headers of a message.
const MAX_HEADERS: usize = 400;
/// Characters of an id that is kept to be answered.
const MAX_ID: usize = 250;
/// Headers that may stand once: RFC 5322, section 3.6; RFC 2045.
const ONCE: [&str; 12] = [
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
];

/// What a message is.
pub(super) enum Read {
    /// Nothing that the bank would take.
    Ignored,
    /// About a message of the bank's, with its own proof.
    Events(Vec<Inbound>),
    /// It has the bank's own proof and is not understood.
    Strange(&'static str),
    /// From a person, if it is proven.
    Letter(Letter),
}

/// A message from a person, not yet proven.
pub(super) struct Letter {
    pub(super) from: Address,
    /// Whether the bank's own mail server found it to be from there.
    pub(super) found: bool,
    /// Its own id, with brackets, to be answered.
    pub(super) id: Option<String>,
    at: Option<Timestamp>,
    language: Option<Language>,
    subject: String,
    words: String,
    has_files: bool,
    /// Which header names the bank.
    named_in: &'static str,
    /// Its id for us where no signature tells one.
    digest: String,
}

/// Reads one.
pub(super) fn read(settings: &Settings, envelope: &Envelope, bytes: &[u8]) -> Read {
    let Some(message) = parsed(bytes) else { return Read::Ignored };
    if let Some(tagged) = tagged(settings, envelope) {
        return about_ours(settings, &message, &tagged);
    }
    match report::kind(&message).as_deref() {
        Some("feedback-report") => {
            return report::complained(&settings.ids, &message).map_or(Read::Ignored, Read::Events);
        }
        Some(_) => return Read::Ignored,
        None => {}
    }
    if envelope.from.is_empty() || is_automatic(&message) {
        return Read::Ignored;
    }
    let from = sender(&message, bytes).filter(|from| *from != settings.ids.own);
    match from.and_then(|from| letter(settings, &message, from)) {
        Some(letter) => Read::Letter(letter),
        None => Read::Ignored,
    }
}

/// The parser is not ours and reads bytes of strangers. Where it panicked, the mail server would hand the
/// same message over for days: it is no message.
fn parsed(bytes: &[u8]) -> Option<Message<'_>> {
    std::panic::catch_unwind(|| MessageParser::default().parse(bytes)).ok().flatten()
}

fn tagged(settings: &Settings, envelope: &Envelope) -> Option<Tagged> {
    envelope.to.iter().find_map(|to| settings.ids.tagged(&Address::parse(to)?))
}

/// Mail to an address that the bank gave out for one message and one person.
fn about_ours(settings: &Settings, message: &Message<'_>, tagged: &Tagged) -> Read {
    let ids = &settings.ids;
    if tagged.what == Use::Bounce {
        return match report::kind(message).as_deref() {
            Some("delivery-status") => {
                report::bounced(ids, message, tagged).map_or_else(Read::Strange, Read::Events)
            }
            // Notes of absence, and whatever else answers the envelope.
            _ => Read::Ignored,
        };
    }
    let from = message.from().and_then(only);
    let Some(from) = from.filter(|from| ids.is_for(tagged, from)) else { return Read::Ignored };
    Read::Events(vec![Inbound {
        id: format!("leave/{}", tagged.name),
        from: from.contact(),
        at: None,
        language: None,
        event: Event::Leave,
    }])
}

/// Whether a machine wrote it: RFC 3834, section 5; RFC 2919; the customs of lists and of Exchange.
fn is_automatic(message: &Message<'_>) -> bool {
    message.headers_raw().any(|(name, value)| {
        let value = value.trim().to_ascii_lowercase();
        match name.to_ascii_lowercase().as_str() {
            "auto-submitted" => !value.starts_with("no"),
            "precedence" => matches!(value.as_str(), "bulk" | "list" | "junk" | "auto_reply"),
            "return-path" => value == "<>",
            "x-auto-response-suppress" => value.contains("all") || value.contains("autoreply"),
            "list-id" | "list-unsubscribe" | "list-post" | "x-autoreply" | "x-autorespond"
            | "feedback-id" => true,
            _ => false,
        }
    })
}

/// Who it is from: one mailbox, read alike by the program that proves it.
fn sender(message: &Message<'_>, bytes: &[u8]) -> Option<Address> {
    if message.headers().len() > MAX_HEADERS || message.parts.len() > MAX_PARTS {
        return None;
    }
    let twice = |name: &str| {
        let same = |header: &&mail_parser::Header<'_>| header.name().eq_ignore_ascii_case(name);
        message.headers().iter().filter(same).count() > 1
    };
    if ONCE.iter().any(|name| twice(name)) {
        return None;
    }
    let from = message.from().and_then(only)?;
    let proven = AuthenticatedMessage::parse(bytes)?;
    match proven.from.as_slice() {
        [one] if Address::parse(one).is_some_and(|one| one == from) => Some(from),
        _ => None,
    }
}

/// The one mailbox of a header.
fn only(named: &Named<'_>) -> Option<Address> {
    match named.as_list()? {
        [one] => Address::parse(one.address()?),
        _ => None,
    }
}

fn letter(settings: &Settings, message: &Message<'_>, from: Address) -> Option<Letter> {
    let own = &settings.ids.own;
    let names = |named: Option<&Named<'_>>| {
        let mut named = named.into_iter().flat_map(Named::iter).filter_map(|one| one.address());
        named.any(|one| Address::parse(one).is_some_and(|one| one == *own))
    };
    // A message to somebody else, sent on to us by whoever has it, is not said to the bank.
    let named_in = match (names(message.to()), names(message.cc())) {
        (true, _) => "to",
        (_, true) => "cc",
        _ => return None,
    };
    let values = message
        .headers_raw()
        .filter(|(name, _)| name.eq_ignore_ascii_case("authentication-results"));
    let mut values = values.map(|(_, value)| value);
    let authserv = settings.authserv.as_deref();
    let found = authserv.is_some_and(|name| results::pass(&mut values, name, &from.domain));
    Some(Letter {
        found,
        id: message.message_id().and_then(id),
        at: message.date().map(|date| Timestamp::from_millis(date.to_timestamp() * 1000)),
        language: header(message, "content-language").and_then(language),
        subject: message.subject().unwrap_or_default().trim().to_owned(),
        words: words_of(message),
        has_files: has_files(message),
        digest: digest(message),
        named_in,
        from,
    })
}

/// An id that can stand in a header of ours.
fn id(text: &str) -> Option<String> {
    let suits = |b: u8| b.is_ascii_graphic() && !b"<>,;\"\\".contains(&b);
    let fits = !text.is_empty() && text.len() <= MAX_ID && text.bytes().all(suits);
    fits.then(|| format!("<{text}>"))
}

/// The first of them. RFC 3282, section 2.
fn language(tags: &str) -> Option<Language> {
    Language::from_tag(tags.split(',').next()?.trim())
}

fn header<'a>(message: &'a Message<'_>, name: &str) -> Option<&'a str> {
    let mut all = message.headers_raw().filter(|(found, _)| found.eq_ignore_ascii_case(name));
    all.next().map(|(_, value)| value)
}

/// Her new words, of the plain form where there is one.
pub(super) fn words_of(message: &Message<'_>) -> String {
    let mut plain = message.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) => Some(said::of_text(text)),
        _ => None,
    });
    if let Some(words) = plain.find(|words| !words.is_empty()) {
        return words;
    }
    let mut html = message.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(html) => Some(said::of_html(html)),
        _ => None,
    });
    html.find(|words| !words.is_empty()).unwrap_or_default()
}

/// Whether she sent a file; a picture within the text, as below many a signature, is none.
fn has_files(message: &Message<'_>) -> bool {
    message.attachments().any(|part| {
        let is_within =
            part.content_id().is_some() || matches!(part.body, PartType::InlineBinary(_));
        let is_attached = part.content_disposition().is_some_and(|how| how.is_attachment());
        let kind = part.content_type();
        let is_signature = kind.and_then(|kind| kind.subtype()).is_some_and(|subtype| {
            ["pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "pgp-keys"].contains(&subtype)
        });
        !is_signature && (is_attached || !is_within)
    })
}

/// Names a message by what a mail server that tries again sends again.
fn digest(message: &Message<'_>) -> String {
    let mut hasher = Sha256::new();
    for (name, value) in message.headers_raw() {
        let name = name.to_ascii_lowercase();
        if matches!(name.as_str(), "from" | "date" | "message-id" | "subject") {
            hasher.update(format!("{name}\0{value}\0"));
        }
    }
    hex::encode(hasher.finalize())
}

impl Letter {
    /// What she says, given what the proof stands for; nothing where it does not stand for this.
    pub(super) fn events(&self, signed: Option<&Signed>) -> Vec<Inbound> {
        if signed.is_some_and(|signed| !signed.covers(self.named_in)) {
            return Vec::new();
        }
        let has_subject = signed.is_none_or(|signed| signed.covers("subject"));
        let subject = if has_subject { self.subject.as_str() } else { "" };
        let id = match signed {
            Some(signed) if !signed.covers("message-id") => {
                hex::encode(Sha256::digest(&signed.bytes))
            }
            _ => self.digest.clone(),
        };
        let event = |id: String, event| Inbound {
            id,
            from: self.from.contact(),
            at: self.at,
            language: self.language,
            event,
        };
        let mut events: Vec<_> =
            self.event(subject).map(|what| event(format!("mail/{id}"), what)).into_iter().collect();
        if self.has_files {
            events.push(event(format!("files/{id}"), Event::Media));
        }
        events
    }

    fn event(&self, subject: &str) -> Option<Event> {
        // Programs write the word in the subject, and her signature follows.
        if let wish @ Event::Leave = words::read(subject) {
            return Some(wish);
        }
        let words = if self.words.is_empty() { without_re(subject) } else { &self.words };
        match words.trim() {
            "" if self.has_files => None,
            "" => Some(Event::Media),
            words => Some(match words::read(words) {
                Event::Message { .. } => Event::Message { text: Personal::from(words) },
                wish => wish,
            }),
        }
    }
}

/// The subject of an answer is the bank's own words.
fn without_re(subject: &str) -> &str {
    let is_answer = ["re:", "aw:", "odp:", "rv:", "res:", "رد:"]
        .iter()
        .any(|mark| subject.to_lowercase().starts_with(mark));
    if is_answer { "" } else { subject }
}
