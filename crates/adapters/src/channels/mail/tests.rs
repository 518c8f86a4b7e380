//! Mail as programs and servers write it, forged mail, and connections that misbehave. The real thing is
//! in `tests/mail`.

#[allow(unreachable_pub, reason = "the same file serves the tests from outside")]
#[path = "../../../tests/mail/dns.rs"]
mod dns;
mod incoming;
mod lmtp;
mod outgoing;
mod proofs;
mod reports;
mod words;

use bankside_domain::channel::Inbound;

use super::lmtp::Envelope;
use super::read::{Letter, Read, read};
use super::*;

const OWN: &str = "bank@chat.bank.example";
const HER: &str = "her@mail.example";
const SECRET: &str = "a-secret-of-the-mail-0123";
/// The key of a message, made at 2025-01-01T00:00:00Z.
const KEY: &str = "01941f29-7c00-7000-8000-000000000000/0";

fn given() -> Given<'static> {
    Given {
        address: OWN,
        name: Some("Harbour Bank"),
        submission: "smtp://127.0.0.1:2525",
        lmtp: "127.0.0.1:2424",
        secret: SECRET,
        hook: "https://bank.example/hook/mail",
        ..Given::default()
    }
}

fn settings() -> Settings {
    Settings::parse(&given()).unwrap()
}

fn her() -> Address {
    Address::parse(HER).unwrap()
}

/// An envelope from her to the bank.
fn envelope() -> Envelope {
    Envelope { from: HER.to_owned(), to: vec![OWN.to_owned()] }
}

/// What a message is, with those headers above the usual ones and that body.
fn reads(headers: &str, body: &str) -> Read {
    let text = format!("{headers}\r\n\r\n{body}\r\n");
    read(&settings(), &envelope(), text.replace("\r\n", "\n").replace('\n', "\r\n").as_bytes())
}

fn letter(headers: &str, body: &str) -> Option<Letter> {
    match reads(headers, body) {
        Read::Letter(letter) => Some(letter),
        Read::Ignored => None,
        Read::Events(_) | Read::Strange(_) => panic!("not a letter"),
    }
}

/// What she says, in a letter that is proven.
fn said(headers: &str, body: &str) -> Vec<Inbound> {
    letter(headers, body).expect("a letter").events(None)
}

#[test]
fn settings_are_whole_or_refused_and_never_shown() {
    #[track_caller]
    fn check(given: &Given<'_>, want: Option<&str>) {
        let error = Settings::parse(given).err().map(|error| error.to_string());
        assert_eq!(error.is_some(), want.is_some(), "{error:?}");
        assert!(want.is_none_or(|want| error.as_ref().unwrap().contains(want)), "{error:?}");
        assert!(error.is_none_or(|error| !error.contains("pass word")));
    }
    check(&given(), None);
    for address in
        ["bank", "bank@localhost", "ba nk@bank.example", "bank+x@bank.example", "@b.example"]
    {
        check(&Given { address, ..given() }, Some("address"));
    }
    check(
        &Given { address: "a-name-that-is-too-long-for-tags@bank.example", ..given() },
        Some("22"),
    );
    for submission in ["smtps://mx.bank.example", "smtp://mx.bank.example:2587", "smtp://[::1]:25"]
    {
        check(&Given { submission, ..given() }, None);
    }
    for submission in
        ["http://mx.example", "mx.example:25", "smtp://u:p@mx.example", "smtp://mx.example/x"]
    {
        check(&Given { submission, ..given() }, Some("smtps://"));
    }
    let login = Some(("bank", "pass word"));
    check(&Given { login, ..given() }, Some("without TLS"));
    check(&Given { login, submission: "smtps://mx.bank.example", ..given() }, None);
    check(&Given { authorities: Some("none"), ..given() }, Some("PEM"));
    for lmtp in ["unix:/run/bankside/lmtp", "[::1]:24", "10.1.2.3:24"] {
        check(&Given { lmtp, ..given() }, None);
    }
    for lmtp in ["0.0.0.0:24", "9.9.9.9:24", "127.0.0.1:0", "unix:relative", "localhost:24"] {
        check(&Given { lmtp, ..given() }, Some("LMTP"));
    }
    check(&Given { secret: "short", ..given() }, Some("22 to 256"));
    check(&Given { dkim: Some(("s1", "no key")), ..given() }, Some("DKIM"));
    check(&Given { authserv: Some("mx bank"), ..given() }, Some("Authentication-Results"));
    check(&Given { resolver: Some("127.0.0.1"), ..given() }, Some("resolver"));
    check(&Given { name: Some("a\nb"), ..given() }, Some("control"));
    let shown = format!("{:?} {:?}", settings(), Mail::new(settings()).unwrap());
    assert!(!shown.contains(SECRET) && shown.contains(OWN), "{shown}");
}

#[test]
fn one_mailbox_is_one_contact_however_it_is_written() {
    #[track_caller]
    fn check(text: &str, want: Option<&str>) {
        assert_eq!(Address::parse(text).map(|it| it.to_string()).as_deref(), want, "{text}");
    }
    check("Her@Mail.Example", Some(HER));
    check("her@mail.example.", Some(HER));
    check("żaneta@bücher.example", Some("żaneta@xn--bcher-kva.example"));
    check("her+tag@mail.example", Some("her+tag@mail.example"));
    for nobody in [
        "",
        "@mail.example",
        "her@",
        "her",
        "her@localhost",
        "her@[127.0.0.1]",
        "her@127.0.0.1",
        "\"her\"@mail.example",
        "her @mail.example",
        ".her@mail.example",
        "h..er@mail.example",
        "her\u{200b}@mail.example",
        "her\u{202e}@mail.example",
        "her@mail.example\r\nbcc: x",
        "her@ma il.example",
    ] {
        check(nobody, None);
    }
    check(&format!("{}@mail.example", "x".repeat(65)), None);
    assert_eq!(format!("{:?}", her()), "Address(••)");
}

#[test]
fn an_address_of_ours_is_for_one_message_and_one_person() {
    let ids = settings().ids;
    let other = Address::parse("other@mail.example").unwrap();
    let bounce = Address::parse(&ids.address(Use::Bounce, KEY, &her())).unwrap();
    assert!(bounce.local.len() <= 64, "{}", bounce.local.len());
    let tagged = ids.tagged(&bounce).unwrap();
    assert_eq!((tagged.what, ids.about(&tagged)), (Use::Bounce, ids.message(KEY)));
    assert!(ids.is_for(&tagged, &her()) && !ids.is_for(&tagged, &other));
    let leave = Address::parse(&ids.address(Use::Leave, KEY, &her())).unwrap();
    assert_eq!(ids.tagged(&leave).unwrap().what, Use::Leave);
    assert_ne!(ids.message(KEY), ids.message("another/0"));
    assert_eq!(ids.thread(&her()), ids.thread(&her()));
    let upper = bounce.to_string().to_uppercase();
    assert!(ids.tagged(&Address::parse(&upper).unwrap()).is_some());
    for wrong in [
        OWN.to_owned(),
        format!("bank+b{}@chat.bank.example", "0".repeat(39)),
        bounce.to_string().replace("chat.", ""),
        bounce.to_string().replace("bank+", "bonk+"),
        bounce.to_string().replacen("+b", "+x", 1),
    ] {
        assert_eq!(ids.tagged(&Address::parse(&wrong).unwrap()), None, "{wrong}");
    }
    let forged = Address::parse(&format!("bank+b{}@chat.bank.example", "0".repeat(40))).unwrap();
    assert!(!ids.is_for(&ids.tagged(&forged).unwrap(), &her()));
}
