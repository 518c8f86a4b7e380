//! Messages from people, and those that are none.

use bankside_domain::Timestamp;
use bankside_domain::channel::Event;
use bankside_domain::customer::Language;
use bankside_domain::personal::Personal;

use super::super::proof::Signed;
use super::super::read::{Read, read};
use super::{Envelope, HER, OWN, envelope, letter, reads, said, settings};

const HEAD: &str = "From: Her Name <Her@Mail.example>\nTo: Harbour Bank <bank@chat.bank.example>\n\
    Date: Tue, 5 Mar 2024 10:01:00 +0100\nMessage-ID: <m1@mail.example>";

fn message(text: &str) -> Event {
    Event::Message { text: Personal::from(text) }
}

#[track_caller]
fn check(headers: &str, body: &str, want: &[Event]) {
    let events = said(format!("{HEAD}\n{headers}").trim_end(), body);
    let got: Vec<_> = events.iter().map(|event| event.event.clone()).collect();
    assert_eq!(got, want, "{headers}: {body}");
    assert!(events.iter().all(|event| event.from.address() == HER));
}

#[test]
fn a_message_becomes_what_she_says() {
    check("Subject: x", "balance", &[message("balance")]);
    check("Subject: balance", "", &[message("balance")]);
    check("Subject: =?utf-8?B?xbxhbmV0YQ==?=", "\n", &[message("żaneta")]);
    check("Subject: Re: Harbour Bank", "", &[Event::Media]);
    check("", "", &[Event::Media]);
    check("Subject: STOP", "-- \nHer", &[Event::Leave]);
    check("Subject: x", "Stop.\n\nSent from my iPhone", &[Event::Leave]);
    check("", "start", &[Event::Begin { reference: None }]);
    check("", "STOP ALL", &[message("STOP ALL")]);
    let quoted = "1\n\nOn 5 Mar 2024, Harbour Bank <bank@chat.bank.example> wrote:\n> 1. Everyday";
    check("Subject: Re: Harbour Bank", quoted, &[message("1")]);
    let base64 = "Content-Type: text/plain; charset=iso-8859-13\nContent-Transfer-Encoding: base64";
    check(base64, "9g==", &[message("ö")]);
    let html = "Content-Type: text/html; charset=utf-8";
    check(html, "<p>balance</p><blockquote>old</blockquote>", &[message("balance")]);
    check("Content-Type: image/png\nContent-Transfer-Encoding: base64", "AAAA", &[Event::Media]);
}

#[test]
fn when_and_in_which_language_is_told() {
    let all = said(&format!("{HEAD}\nContent-Language: pt-BR, en"), "saldo");
    assert_eq!(all[0].language, Some(Language::Pt));
    assert_eq!(all[0].at, Some(Timestamp::from_millis(1_709_629_260_000)));
    assert_eq!(letter(HEAD, "x").unwrap().id.as_deref(), Some("<m1@mail.example>"));
    // An id that would write headers of its own is not repeated.
    let odd = HEAD.replace("<m1@mail.example>", "<m1@mail.example\"; x>");
    assert_eq!(letter(&odd, "x").unwrap().id, None);
}

const PARTS: &str = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b";

#[test]
fn files_are_refused_and_her_words_taken() {
    let text = "--b\nContent-Type: text/plain\n\nhere it is\n";
    let file = "--b\nContent-Type: application/pdf\nContent-Disposition: attachment\n\nx\n";
    let logo =
        "--b\nContent-Type: image/png\nContent-ID: <logo@x>\nContent-Disposition: inline\n\nx\n";
    let signature = "--b\nContent-Type: application/pgp-signature; name=s.asc\n\nx\n";
    check(PARTS, &format!("{text}{file}--b--"), &[message("here it is"), Event::Media]);
    check(PARTS, &format!("{file}--b--"), &[Event::Media]);
    check(PARTS, &format!("{text}{logo}--b--"), &[message("here it is")]);
    check(PARTS, &format!("{text}{signature}--b--"), &[message("here it is")]);
    let forms = PARTS.replace("mixed", "alternative");
    let html = "--b\nContent-Type: text/html\n\n<p>other words</p>\n";
    check(&forms, &format!("{text}{html}--b--"), &[message("here it is")]);
    let ids: Vec<_> = said(&format!("{HEAD}\n{PARTS}"), &format!("{text}{file}--b--"))
        .into_iter()
        .map(|event| event.id)
        .collect();
    assert!(ids[0].starts_with("mail/") && ids[1].starts_with("files/"), "{ids:?}");
}

#[test]
fn the_same_message_has_the_same_id() {
    let id = |head: &str| said(head, "balance")[0].id.clone();
    assert_eq!(
        id(HEAD),
        id(&format!("Received: from a by b; Tue, 5 Mar 2024 10:01:02 +0100\n{HEAD}"))
    );
    assert_ne!(id(HEAD), id(&HEAD.replace("m1@", "m2@")));
}

#[test]
fn a_machine_is_never_answered() {
    for header in [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (rejected)",
        "Precedence: bulk",
        "Precedence: list",
        "List-Id: <chat.lists.example>",
        "List-Unsubscribe: <mailto:leave@lists.example>",
        "Return-Path: <>",
        "X-Auto-Response-Suppress: All",
        "X-Autoreply: yes",
    ] {
        let read = reads(&format!("{header}\n{HEAD}"), "balance");
        assert!(matches!(read, Read::Ignored), "{header}");
    }
    assert!(letter(&format!("Auto-Submitted: no\n{HEAD}"), "balance").is_some());
    let null = Envelope { from: String::new(), ..envelope() };
    let read = read(&settings(), &null, format!("{HEAD}\n\nx\n").replace('\n', "\r\n").as_bytes());
    assert!(matches!(read, Read::Ignored));
}

#[test]
fn who_it_is_from_is_read_in_one_way_or_not_at_all() {
    #[track_caller]
    fn from(header: &str, want: Option<&str>) {
        let head = HEAD.replace("From: Her Name <Her@Mail.example>", header);
        let got = letter(&head, "x").map(|letter| letter.from.to_string());
        assert_eq!(got.as_deref(), want, "{header}");
    }
    from("From: her@mail.example", Some(HER));
    from("From: \"other@bank.example\" <her@mail.example>", Some(HER));
    from("From: other@bank.example <her@mail.example>", Some(HER));
    from("From: =?utf-8?Q?other=40bank.example?= <her@mail.example>", Some(HER));
    from("From: Her\n <her@mail.example>", Some(HER));
    from("From: her@mail.example (other@bank.example)", Some(HER));
    from("From: żaneta@bücher.example", Some("żaneta@xn--bcher-kva.example"));
    from("From: her@mail.example, other@mail.example", None);
    from("From: her@mail.example\nFrom: other@mail.example", None);
    from("From: her@mail.example\nfrom : other@mail.example", None);
    from("From: friends: her@mail.example;", None);
    from("From: undisclosed:;", None);
    from("From: <>", None);
    from("From:", None);
    from("X: y", None);
    from("From: \"her\"@mail.example", None);
    from(&format!("From: {OWN}"), None);
}

#[test]
fn what_stands_twice_is_not_believed() {
    for header in [
        "To: other@x.example",
        "Subject: a\nSubject: b",
        "Date: Tue, 5 Mar 2024 10:01:00 +0100",
        "Message-ID: <m2@mail.example>",
        "Content-Type: text/plain\nContent-Type: text/html",
    ] {
        assert!(letter(&format!("{HEAD}\n{header}"), "x").is_none(), "{header}");
    }
}

#[test]
fn a_message_to_somebody_else_is_not_said_to_the_bank() {
    assert!(letter(&HEAD.replace(OWN, "shop@shop.example"), "x").is_none());
    let copied = HEAD.replace(
        "To: Harbour Bank <bank@chat.bank.example>",
        "To: shop@shop.example\nCc: bank@chat.bank.example",
    );
    let letter = letter(&copied, "x").unwrap();
    let signed = |headers: &[&str]| Signed {
        headers: headers.iter().map(|name| (*name).to_owned()).collect(),
        bytes: vec![1],
    };
    assert_eq!(letter.events(Some(&signed(&["from", "to"]))), []);
    assert_eq!(letter.events(Some(&signed(&["from", "cc"]))).len(), 1);
}

#[test]
fn what_is_not_signed_says_nothing() {
    let signed = |headers: &[&str], bytes: u8| Signed {
        headers: headers.iter().map(|name| (*name).to_owned()).collect(),
        bytes: vec![bytes],
    };
    let subject = letter(&format!("{HEAD}\nSubject: balance"), "").unwrap();
    let only = |headers: &[&str]| subject.events(Some(&signed(headers, 1)))[0].event.clone();
    assert_eq!(only(&["from", "to", "subject"]), message("balance"));
    assert_eq!(only(&["from", "to"]), Event::Media);
    // An id that is not signed does not make the same message another.
    let ids = |head: &str, headers: &[&str], bytes: u8| {
        letter(head, "x").unwrap().events(Some(&signed(headers, bytes)))[0].id.clone()
    };
    let other = HEAD.replace("m1@", "m2@");
    assert_eq!(ids(HEAD, &["from", "to"], 1), ids(&other, &["from", "to"], 1));
    assert_ne!(ids(HEAD, &["from", "to"], 1), ids(HEAD, &["from", "to"], 2));
    assert_eq!(
        ids(HEAD, &["from", "to", "message-id"], 1),
        ids(HEAD, &["from", "to", "message-id"], 2)
    );
}

#[test]
fn what_is_beyond_measure_is_ignored() {
    let deep: String = (0..150)
        .map(|n| format!("--b{n}\nContent-Type: multipart/mixed; boundary=b{}\n\n", n + 1))
        .collect();
    let head = format!("{HEAD}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0");
    reads(&head, &deep);
    let wide = format!("{}--b0--", "--b0\nContent-Type: text/plain\n\nx\n".repeat(300));
    assert!(letter(&head, &wide).is_none());
    let headers: String = (0..500).map(|n| format!("X-{n}: y\n")).collect();
    assert!(letter(&format!("{headers}{HEAD}"), "x").is_none());
    let empty = |bytes: &[u8]| matches!(read(&settings(), &envelope(), bytes), Read::Ignored);
    assert!(empty(b"") && empty(b"\r\n\r\n") && empty(&[0; 64]) && empty(&[0xff; 64]));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::arbitrary::any::<u8>(), 0..600)) {
        let mut framed = HEAD.replace('\n', "\r\n").into_bytes();
        framed.extend_from_slice(b"\r\n");
        framed.extend_from_slice(&bytes);
        for bytes in [&bytes, &framed] {
            if let Read::Letter(letter) = read(&settings(), &envelope(), bytes) {
                letter.events(None);
            }
        }
    }
}
