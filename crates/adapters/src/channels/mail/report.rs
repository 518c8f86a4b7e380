//! What mail servers report of the bank's own messages: that they came back (RFC 3464, in the form of
//! RFC 6522), or that she called them unwanted (ARF, RFC 5965).
//!
//! INVARIANT: a report is believed by the tag of an address that only the bank can have made, for the
//! person and the message to which it was given. Anybody can write the rest.

use bankside_domain::channel::{Event, Inbound, Status};
use mail_parser::{Message, MessageParser, MimeHeaders as _};

use super::address::Address;
use super::fault;
use super::ids::{Ids, Tagged};

/// Addresses of one report that are looked at.
const MAX_ADDRESSES: usize = 16;

/// What a report says.
struct Report {
    /// Its fields, of all its groups: name in lower case, and value.
    fields: Vec<(String, String)>,
    /// To whom the message went, as the report names her.
    people: Vec<Address>,
    /// Addresses of ours that the message had.
    ours: Vec<Tagged>,
}

/// Whether a message is a report, and of what kind.
pub(super) fn kind(message: &Message<'_>) -> Option<String> {
    let content = message.content_type()?;
    let is_report = content.ctype().eq_ignore_ascii_case("multipart")
        && content.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("report"));
    let kind = content.attribute("report-type").filter(|_| is_report)?;
    Some(kind.to_ascii_lowercase())
}

/// What a bounce to that address of ours means; an error where it is none that was asked for.
pub(super) fn bounced(
    ids: &Ids,
    message: &Message<'_>,
    tagged: &Tagged,
) -> Result<Vec<Inbound>, &'static str> {
    let report = Report::parse(ids, message, "delivery-status");
    let her = report.her(ids, tagged).ok_or("a bounce that names nobody whom the bank wrote to")?;
    let status = match report.field("action").map(str::to_ascii_lowercase).as_deref() {
        Some("failed") => Status::Failed,
        Some("delivered") => Status::Delivered,
        // Under way, or with servers that report nothing.
        Some("delayed" | "relayed" | "expanded") => return Ok(Vec::new()),
        _ => return Err("a bounce that says nothing of the message"),
    };
    let code = report.field("status").and_then(fault::enhanced);
    let of = Some(ids.about(tagged));
    let word = if status == Status::Failed { "failed" } else { "delivered" };
    let event = |word: &str, event| Inbound {
        id: format!("{word}/{}", tagged.name),
        from: her.contact(),
        at: None,
        language: None,
        event,
    };
    let mut events = vec![event(word, Event::Status { of, until: None, status })];
    if status == Status::Failed && code.is_some_and(fault::is_gone) {
        // The mailbox may be another person's one day.
        events.push(event("gone", Event::Leave));
    }
    Ok(events)
}

/// What a complaint means: she is left alone.
pub(super) fn complained(ids: &Ids, message: &Message<'_>) -> Result<Vec<Inbound>, &'static str> {
    let report = Report::parse(ids, message, "feedback-report");
    let kind = report.field("feedback-type").unwrap_or_default().to_ascii_lowercase();
    if !matches!(kind.as_str(), "abuse" | "fraud" | "opt-out" | "other") {
        return Ok(Vec::new());
    }
    let found = report.ours.iter().find_map(|tagged| Some((tagged, report.her(ids, tagged)?)));
    let (tagged, her) = found.ok_or("a complaint of a message that is not the bank's")?;
    Ok(vec![Inbound {
        id: format!("complaint/{}", tagged.name),
        from: her.contact(),
        at: None,
        language: None,
        event: Event::Leave,
    }])
}

impl Report {
    fn parse(ids: &Ids, message: &Message<'_>, part: &str) -> Self {
        let mut report = Self { fields: Vec::new(), people: Vec::new(), ours: Vec::new() };
        for found in &message.parts {
            let subtype = found.content_type().and_then(|kind| kind.subtype()).unwrap_or_default();
            let subtype = subtype.to_ascii_lowercase();
            if subtype == part || subtype == format!("global-{part}") {
                report.fields.extend(fields(&String::from_utf8_lossy(found.contents())));
            } else if subtype.starts_with("rfc822") || subtype.starts_with("global") {
                let returned = found.message().map(|message| message.raw_message().to_vec());
                let returned = returned.unwrap_or_else(|| found.contents().to_vec());
                report.returned(ids, &returned);
            }
        }
        for name in ["original-recipient", "final-recipient", "original-rcpt-to"] {
            let named = report.fields.iter().filter(|(field, _)| field == name);
            let named: Vec<_> = named.filter_map(|(_, value)| address(value)).collect();
            report.people.extend(named);
        }
        let sender = report.field("original-mail-from").and_then(address);
        report.ours.extend(sender.and_then(|sender| ids.tagged(&sender)));
        report.people.truncate(MAX_ADDRESSES);
        report
    }

    /// The head of the message that the report is about.
    fn returned(&mut self, ids: &Ids, bytes: &[u8]) {
        let Some(message) = MessageParser::default().parse_headers(bytes) else { return };
        let to = message.to().into_iter().flat_map(|to| to.iter()).filter_map(|to| to.address());
        self.people.extend(to.filter_map(Address::parse));
        for (name, value) in message.headers_raw() {
            if matches!(name.to_ascii_lowercase().as_str(), "return-path" | "list-unsubscribe") {
                let found = value.split(['<', '>', ',']).map(str::trim);
                let found = found.map(|it| it.strip_prefix("mailto:").unwrap_or(it));
                let found = found.filter_map(|it| Address::parse(it.split('?').next()?));
                self.ours.extend(found.filter_map(|it| ids.tagged(&it)).take(MAX_ADDRESSES));
            }
        }
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The one to whom that address was given.
    fn her(&self, ids: &Ids, tagged: &Tagged) -> Option<&Address> {
        self.people.iter().find(|person| ids.is_for(tagged, person))
    }
}

/// Fields as RFC 5322 folds them; groups follow one another.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

/// `rfc822; her@mail.example`, or an address alone.
fn address(value: &str) -> Option<Address> {
    let value = value.rsplit(';').next()?.trim();
    Address::parse(value.trim_matches(['<', '>']))
}
