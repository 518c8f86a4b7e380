//! Bytes of a stream: cut anywhere, beyond every bound, and no XML at all.

use proptest::prelude::*;

use super::*;

fn kinds(parts: &[Part]) -> String {
    let kind = |part: &Part| match part {
        Part::Opened(_) => "opened".to_owned(),
        Part::Stanza(stanza) => stanza.name.clone(),
        Part::Beyond(_, why) => why.rsplit(' ').next().unwrap().to_owned(),
        Part::Closed => "closed".to_owned(),
    };
    parts.iter().map(kind).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(xml: &str, want: &str) {
    let got = parts(xml.as_bytes()).map_or_else(|_| "malformed".to_owned(), |parts| kinds(&parts));
    assert_eq!(got, want, "{}", xml.chars().take(100).collect::<String>());
}

#[test]
fn a_stream_is_cut_into_stanzas() {
    check("", "opened");
    check("<message/><iq/> <presence></presence>", "opened message iq presence");
    check(&format!("{}<message/>", " ".repeat(300_000)), "opened message");
    check("<message><body>half", "opened");
    check("<message/></stream:stream>", "opened message closed");
    check("<stream:error><x/></stream:error>", "opened error");
}

#[test]
fn xml_that_xmpp_does_not_have_ends_it() {
    check("<!DOCTYPE x [<!ENTITY a 'b'>]><message/>", "malformed");
    check("<message><!-- --></message>", "malformed");
    check("<?php?><message/>", "malformed");
    check("<message>&bomb;</message>", "malformed");
    check("<message></iq>", "malformed");
    check("<message a='1' a='2'/>", "malformed");
    check("<x:message/>", "malformed");
    check("<message>\u{1}</message>", "malformed");
    let mut bytes = b"<message><body>".to_vec();
    bytes.extend([0xff, 0xfe]);
    bytes.extend(b"</body></message>");
    assert!(parts(&bytes).is_err());
    let mut stream = Stream::new();
    assert!(stream.read(&mut b"<html>".as_slice()).is_err());
    let mut web = b"HTTP/1.1 400 Bad Request\r\n\r\n<html>".as_slice();
    assert!(matches!(Stream::new().read(&mut web), Err(Malformed)));
}

#[test]
fn a_stanza_beyond_a_bound_is_dropped_and_the_next_is_read() {
    let next = "<message><body>next</body></message>";
    let long = format!("<message id='a'><body>{}</body></message>{next}", "x".repeat(300_000));
    check(&long, "opened long message");
    let deep = format!("<message>{}{}</message>{next}", "<a>".repeat(40), "</a>".repeat(40));
    check(&deep, "opened deep message");
    let wide = format!("<message>{}</message>{next}", "<a/>".repeat(5_000));
    check(&wide, "opened parts message");
    let fits = format!("<message><body>{}</body></message>{next}", "x".repeat(200_000));
    check(&fits, "opened message message");
    let Part::Beyond(head, _) = parts(long.as_bytes()).unwrap().remove(1) else { panic!() };
    assert_eq!((head.attribute("id"), head.children.len()), (Some("a"), 0));
    let endless = format!("<message a='{}", "x".repeat(2 * 1024 * 1024));
    check(&endless, "malformed");
}

#[test]
fn what_is_written_is_read_again() {
    let text = "5 < 6 & 'x' \"y\" ]]> żółw 😀\ttab\nline";
    let written = Element::new("message", "jabber:component:accept")
        .with("id", text)
        .holding(Element::new("body", "urn:other").saying(text));
    let back = stanza(&written.xml());
    let body = back.child("body", "urn:other").unwrap();
    assert_eq!(body.text(), text);
    assert_eq!(
        back.attribute("id").unwrap().replace(['\t', '\n'], " "),
        text.replace(['\t', '\n'], " ")
    );
    let control =
        Element::new("message", "jabber:component:accept").saying("a\u{0}\u{1b}\u{fffe}b");
    assert_eq!(stanza(&control.xml()).text(), "ab");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        if let Ok(parts) = parts(&bytes) {
            for part in parts {
                if let Part::Stanza(stanza) = part {
                    let read = read(&settings(), &stanza, "n");
                    prop_assert!(read.event.is_none());
                }
            }
        }
    }

    /// What no account of another domain sent is believed in no form.
    #[test]
    fn no_words_of_nobody_are_believed(
        name in "message|presence|iq|banana",
        kind in "chat|normal|error|subscribe|unsubscribe|get|\\PC{0,6}",
        from in "|bank[.]example|[a-z]{0,5}@bank[.]example(/[a-z]{0,3})?|chat[.]example|@|[ -%(-;=-?A-~]{0,3}",
        inner in "(<body>[a-z0-9 ]{0,8}</body>|<x xmlns='jabber:x:oob'/>|<replace xmlns='urn:xmpp:message-correct:0' id='a'/>){0,4}",
    ) {
        let kind: String = kind.chars().filter(|c| !"<&'".contains(*c)).collect();
        let xml = format!("<{name} from='{from}' to='bank@bank.example' type='{kind}'>{inner}</{name}>");
        if let Ok(parts) = parts(xml.as_bytes()) {
            for part in parts {
                let Part::Stanza(stanza) = part else { continue };
                prop_assert!(read(&settings(), &stanza, "n").event.is_none(), "{}", xml);
            }
        }
    }

    #[test]
    fn a_stream_may_be_cut_anywhere(cuts in proptest::collection::vec(1..40_usize, 1..20)) {
        let xml = format!("{HEADER}<message id='1'><body>żółw &amp; 😀</body></message><iq/><presence/>");
        let (mut rest, mut stream, mut found) = (xml.as_bytes(), Stream::new(), Vec::new());
        for cut in cuts.into_iter().chain([usize::MAX]) {
            let (mut piece, after) = rest.split_at(cut.min(rest.len()));
            while let Some(part) = stream.read(&mut piece).unwrap() {
                found.push(part);
            }
            rest = after;
        }
        prop_assert_eq!(kinds(&found), "opened message iq presence");
    }
}
