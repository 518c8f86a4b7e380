//! Mail as her mail server and the bank's write it, and as somebody does who is not her.

use std::fmt::Write as _;

use bankside_domain::Timestamp;

use super::{HER, NO_DNS, OWN, SERVER, settings};
use crate::conformance::delivery::NOW;

pub(super) const PLAIN: &str = "Content-Type: text/plain; charset=utf-8\r\n\
    Content-Transfer-Encoding: 8bit";
pub(super) const PICTURE: &str = "Content-Type: image/png\r\n\
    Content-Disposition: attachment; filename=picture.png\r\nContent-Transfer-Encoding: base64";
/// What the bank's server found of her. RFC 8601, section 2.2.
const FOUND: &str = "mx.bank.example; dmarc=pass header.from=mail.example";
const WORDS: &str = "how much is left?";

/// A message with its envelope.
#[derive(Clone)]
pub(super) struct Letter {
    from: &'static str,
    to: String,
    text: String,
}

/// What is said by LMTP to hand those over: all of it at once, since a mail server that knows what it
/// will say need not wait (RFC 2920) and a rule cuts it anywhere.
pub(super) fn session(letters: &[Letter]) -> Vec<u8> {
    let mut said = format!("LHLO {SERVER}\r\n");
    for Letter { from, to, text } in letters {
        write!(said, "MAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n{text}\r\n.\r\n").ok();
    }
    said.into_bytes()
}

/// From her, with what the bank's server found.
pub(super) fn from_her(number: u32, at: Timestamp, kind: &str, body: &str) -> Letter {
    letter(&format!("Authentication-Results: {FOUND}\r\nFrom: Her <{HER}>"), number, at, kind, body)
}

fn letter(head: &str, number: u32, at: Timestamp, kind: &str, body: &str) -> Letter {
    let date = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default();
    let date = date.strftime("%a, %d %b %Y %H:%M:%S +0000");
    let text = format!(
        "{head}\r\nTo: {OWN}\r\nDate: {date}\r\nMessage-ID: <{number}@mail.example>\r\n\
         MIME-Version: 1.0\r\n{kind}\r\n\r\n{body}"
    );
    Letter { from: HER, to: OWN.to_owned(), text }
}

/// What became of the bank's message with that id. RFC 3464, in the form of RFC 6522.
pub(super) fn bounce(number: u32, of: &str, to: &str, action: &str) -> Option<Letter> {
    let text = format!(
        "From: MAILER-DAEMON@{SERVER}\r\nTo: {OWN}\r\nMessage-ID: <{number}@{SERVER}>\r\n\
         MIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nAs follows.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; {SERVER}\r\n\r\n\
         Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: 5.4.7\r\n\r\n--b--"
    );
    let settings = settings(NO_DNS).ok()?;
    Some(Letter { from: "", to: settings.bounces_to(of, HER)?, text })
}

/// Bounces to an address that looks like one that the bank gave out, and yet of no message to her.
pub(super) fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let id = settings(NO_DNS).map_or_else(|_| String::new(), |it| it.id_of("7"));
    let mut untagged = bounce(1, &id, HER, "failed");
    if let Some(letter) = &mut untagged {
        letter.to = format!("bank+b{}@chat.bank.example", "0".repeat(40));
    }
    let all = [
        ("a bounce to an address of nobody's", untagged),
        ("a bounce of somebody else's mail", bounce(1, &id, "him@mail.example", "failed")),
        ("a bounce of nobody's mail", bounce(1, &id, "", "failed")),
        ("a bounce that says nothing", bounce(1, &id, HER, "banana")),
    ];
    all.map(|(what, letter)| (what, session(&Vec::from_iter(letter)))).into()
}

/// What is not proven to be hers.
pub(super) fn forged() -> Vec<(&'static str, Vec<u8>)> {
    let with = |head: &str| letter(head, 1, NOW, PLAIN, WORDS);
    let found =
        |results: &str| with(&format!("Authentication-Results: {results}\r\nFrom: Her <{HER}>"));
    let mut other_address = from_her(1, NOW, PLAIN, WORDS);
    other_address.text = other_address.text.replace(&format!("To: {OWN}"), "To: him@mail.example");
    let all = [
        ("no proof", with(&format!("From: Her <{HER}>"))),
        (
            "what another server found",
            found("mx.evil.example; dmarc=pass header.from=mail.example"),
        ),
        ("a failure", found("mx.bank.example; dmarc=fail header.from=mail.example")),
        ("another's domain", found("mx.bank.example; dmarc=pass header.from=evil.example")),
        ("a comment", found("mx.bank.example; none (dmarc=pass header.from=mail.example)")),
        ("a quotation", found("mx.bank.example; x=\"; dmarc=pass header.from=mail.example\"")),
        ("two findings", found(&format!("{FOUND}\r\nAuthentication-Results: {FOUND}"))),
        ("two senders", found(&format!("{FOUND}\r\nFrom: <him@evil.example>"))),
        ("what she wrote to somebody else", other_address),
    ];
    all.map(|(what, letter)| (what, session(&[letter]))).into()
}
