//! Stanzas as servers and clients write them, forged ones, and a server that misbehaves. The real
//! thing is in `tests/xmpp.rs`.

mod incoming;
mod outgoing;
mod server;
mod streams;

use super::read::{Read, read};
use super::stream::Malformed;
use super::*;

pub(super) const HEADER: &str = "<?xml version='1.0'?><stream:stream \
    xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' id='s1'>";
pub(super) const HER: &str = "her@chat.example";

pub(super) fn settings() -> Settings {
    settings_at("127.0.0.1:5347")
}

pub(super) fn settings_at(server: &str) -> Settings {
    Settings::parse(server, "bank.example", "a secret", "bank", Some("Harbour Bank")).unwrap()
}

/// The parts that a stream holds, after its header.
pub(super) fn parts(bytes: &[u8]) -> Result<Vec<Part>, Malformed> {
    let (mut stream, mut parts) = (Stream::new(), Vec::new());
    for mut piece in [HEADER.as_bytes(), bytes] {
        while let Some(part) = stream.read(&mut piece)? {
            let is_closed = matches!(part, Part::Closed);
            parts.push(part);
            if is_closed {
                break;
            }
        }
    }
    Ok(parts)
}

pub(super) fn stanza(xml: &str) -> Element {
    match parts(xml.as_bytes()).unwrap().pop() {
        Some(Part::Stanza(stanza)) => stanza,
        _ => panic!("no stanza: {xml}"),
    }
}

/// What a stanza says, from her telephone to the bank.
pub(super) fn reads(xml: &str) -> Read {
    let from = "from='Her@Chat.example/phone' to='bank@bank.example'";
    read(&settings(), &stanza(&xml.replacen(" @", &format!(" {from}"), 1)), "s1/7")
}

#[test]
fn settings_are_whole_or_refused_and_never_shown() {
    #[track_caller]
    fn check(server: &str, domain: &str, secret: &str, local: &str, want: Option<&str>) {
        let error = Settings::parse(server, domain, secret, local, None).err();
        let error = error.map(|error| error.to_string());
        assert_eq!(error.is_some(), want.is_some(), "{error:?}");
        assert!(want.is_none_or(|want| error.as_ref().unwrap().contains(want)), "{error:?}");
    }
    check("127.0.0.1:5347", "bank.example", "s", "bank", None);
    check("[::1]:5347", "bank.example", "s", "bank", None);
    check("127.0.0.1", "bank.example", "s", "bank", Some("HOST:PORT"));
    check("127.0.0.1:0", "bank.example", "s", "bank", Some("HOST:PORT"));
    check("xmpp://127.0.0.1:5347", "bank.example", "s", "bank", Some("HOST:PORT"));
    check("127.0.0.1:5347", "bank.example/x", "s", "bank", Some("address"));
    check("127.0.0.1:5347", "", "s", "bank", Some("address"));
    check("127.0.0.1:5347", "bank.example", "s", "", Some("address"));
    check("127.0.0.1:5347", "bank.example", "", "bank", Some("secret"));
    let settings = settings();
    assert_eq!((settings.own(), settings.domain.as_str()), ("bank@bank.example", "bank.example"));
    assert!(!format!("{settings:?}").contains("a secret"));
    let upper = Settings::parse("h:1", "Bank.EXAMPLE", "s", "Bank", None).unwrap();
    assert_eq!((upper.own(), upper.domain.as_str()), ("bank@bank.example", "bank.example"));
}

#[test]
fn an_account_is_a_person_and_its_device_is_not() {
    #[track_caller]
    fn check(from: &str, want: Option<&str>) {
        let found = jid::Sender::parse(from, "bank.example");
        assert_eq!(found.as_ref().map(|found| found.bare.as_str()), want, "{from}");
    }
    check("her@chat.example", Some(HER));
    check("HER@Chat.Example/Phone", Some(HER));
    check("her@chat.example/other device", Some(HER));
    check("chat.example", None);
    check("her@bank.example", None);
    check("a@b@c", None);
    check("", None);
    check("@chat.example", None);
    assert_eq!(jid::unscoped(HER, &jid::scoped(HER, "01a/0")), Some("01a/0"));
    assert_eq!(jid::unscoped("other@chat.example", &jid::scoped(HER, "01a/0")), None);
}
