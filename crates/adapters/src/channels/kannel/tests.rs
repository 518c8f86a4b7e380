//! The gateway from outside: what it asks, what it is asked, and what it answers.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound, Segments, Status};
use bankside_domain::personal::Personal;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, Delivered, Distrust, SendError, Taken};
use http::StatusCode;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

const SECRET: &str = "a-secret-of-the-gateway-0123";
const HER: &str = "+34600111222";

fn settings(gateway: &str) -> Settings {
    let user = ("bank", "pass word");
    Settings::parse(gateway, user, "12345", SECRET, "https://bank.example/hooks/sms/").unwrap()
}

fn kannel(gateway: &str) -> Kannel {
    Kannel::new(settings(gateway), HttpClient::new().unwrap())
}

fn taken_by(method: &str, path: &str, query: &str) -> Result<Taken, Distrust> {
    let header = |_: &str| None;
    let at = Timestamp::from_millis(1_795_313_747_000);
    let request = Delivered { method, path, query, header: &header, body: b"", at };
    take::take(&settings("http://127.0.0.1:1").secret, &request)
}

fn taken(path: &str, query: &str) -> Taken {
    taken_by("GET", path, &format!("secret={SECRET}&{query}")).unwrap()
}

fn message(text: &str) -> Event {
    Event::Message { text: Personal::from(text) }
}

#[test]
fn a_message_becomes_what_she_meant() {
    #[track_caller]
    fn check(query: &str, want: Event) {
        let from = "from=%2B34600111222&to=12345&id=f3424c96&ts=1795313747";
        let got = taken("in", &format!("{from}&{query}"));
        let inbound = Inbound {
            id: "in/f3424c96".to_owned(),
            from: Contact::new(HER),
            at: Some(Timestamp::from_millis(1_795_313_747_000)),
            language: None,
            event: want,
        };
        assert_eq!(got, Taken { events: vec![inbound], ..Taken::default() }, "{query}");
    }
    check(
        "text=Hola++que+tal%26x%3D1%252B&coding=0&charset=UTF-8",
        message("Hola  que tal&x=1%2B"),
    );
    check("text=%C5%BC+%F0%9F%91%8D&coding=2&charset=UTF-8", message("ż 👍"));
    check("text=%01%7C&coding=2&charset=UTF-16BE", message("ż"));
    check("text=balance", message("balance"));
    check("text=STOP+ALL&coding=0", message("STOP ALL"));
    check("text=Stop&coding=0", Event::Leave);
    check("text=%06%2A%06%48%06%42%06%41&coding=2&charset=utf-16be", Event::Leave);
    check("text=start&coding=0", Event::Begin { reference: None });
    check("text=%00%FF&coding=1&charset=8-BIT", Event::Media);
    check("text=&coding=0&charset=UTF-8", Event::Media);
    check("text=+%0A&coding=0", Event::Media);
}

#[test]
fn what_is_not_understood_is_set_apart() {
    #[track_caller]
    fn check(path: &str, query: &str, why: &str) {
        let got = taken(path, query);
        assert!(got.events.is_empty(), "{query}");
        assert_eq!(got.strange.len(), 1, "{query}");
        assert!(got.strange[0].contains(why), "{query}: {}", got.strange[0]);
        assert!(!got.strange[0].contains("600") && !got.strange[0].contains("hello"));
    }
    check("in", "from=600111222&text=hello&id=1", "E.164");
    check("in", "from=Shop&text=hello&id=1", "E.164");
    check("in", "from=+34600111222&text=hello&id=1", "E.164");
    check("in", "text=hello&id=1", "E.164");
    check("in", "from=%2B34600111222&text=hello", "id");
    check("in", "from=%2B34600111222&text=hello&id=", "id");
    check("in", "from=%2B34600111222&id=1", "text");
    check("in", "from=%2B34600111222&id=1&text=%FF", "charset");
    check("in", "from=%2B34600111222&id=1&text=%01&coding=2&charset=UTF-16BE", "charset");
    check("in", "from=%2B34600111222&id=1&text=%D8%00&coding=2&charset=UTF-16BE", "charset");
    check("in", "from=%2B34600111222&id=1&text=hello&charset=KOI8-R", "charset");
    check("in", "from=%2B34600111222&id=1&text=hello&coding=7", "coding");
    check("dlr", "from=%2B34600111222&key=k&status=3", "status");
    check("dlr", "from=%2B34600111222&key=k", "status");
    check("dlr", "from=%2B34600111222&status=1", "id");
    check("dlr", "from=600111222&status=1&key=k", "E.164");
    let long = format!("from=%2B34600111222&text=hello&id={}", "x".repeat(257));
    check("in", &long, "id");
}

#[test]
fn reports_tell_how_a_message_fared() {
    #[track_caller]
    fn check(code: u8, want: Option<Status>) {
        let got = taken("dlr", &format!("from=%2B34600111222&ts=1&status={code}&key=0190%2F0"));
        let status = got.events.first().map(|event| match &event.event {
            Event::Status { of: Some(of), until: None, status } if of == "0190/0" => *status,
            other => panic!("{other:?}"),
        });
        assert_eq!((status, got.strange.len()), (want, 0), "{code}");
    }
    check(1, Some(Status::Delivered));
    check(2, Some(Status::Failed));
    check(4, None);
    check(8, Some(Status::Sent));
    check(16, Some(Status::Failed));
    check(32, None);
}

#[test]
fn nothing_is_believed_without_the_secret() {
    let rest = "from=%2B34600111222&text=hello&id=1";
    let refused =
        |method: &str, path: &str, query: &str| taken_by(method, path, query).unwrap_err();
    let not_proven = |query: &str| matches!(refused("GET", "in", query), Distrust::NotProven(_));
    assert!(not_proven(rest));
    assert!(not_proven(&format!("secret=&{rest}")));
    assert!(not_proven(&format!("secret={SECRET}0&{rest}")));
    assert!(not_proven(&format!("secret={}&{rest}", &SECRET[1..])));
    assert!(not_proven(&format!("Secret={SECRET}&{rest}")));
    let right = format!("secret={SECRET}&{rest}");
    let shape = |method: &str, path: &str, query: &str| {
        matches!(refused(method, path, query), Distrust::Shape(_))
    };
    assert!(shape("POST", "in", &right));
    assert!(shape("GET", "", &right));
    assert!(shape("GET", "in/", &right));
    assert!(shape("GET", "in", &format!("{right}&secret=x")));
    assert!(shape("GET", "in", &format!("{right}&text=other")));
    assert!(shape("GET", "in", &format!("{right}&x={}", "x".repeat(40_000))));
}

#[test]
fn a_repeated_request_is_the_same_event_and_age_is_no_matter() {
    let query = "from=0034600111222&text=hello&id=1&ts=1000000000";
    let first = taken("in", query);
    assert_eq!(first, taken("in", query));
    assert_eq!(first.events[0].at, Some(Timestamp::from_millis(1_000_000_000_000)));
    assert_eq!(first.events[0].from, Contact::new(HER));
    for odd in ["", "-5", "999999999999999999999", "2026-11-22"] {
        let got = taken("in", &format!("from={}&text=x&id=1&ts={odd}", "%2B34600111222"));
        assert_eq!(got.events[0].at, None, "{odd}");
    }
}

#[test]
fn answers_of_the_gateway_are_told_apart() {
    #[track_caller]
    fn check(status: u16, body: &str, want: Result<(), &str>) {
        let got = wire::Answer::of(StatusCode::from_u16(status).unwrap(), body.as_bytes()).sent();
        let got = got.map_err(|error| match error {
            SendError::Later { after_millis: None, why } => format!("later {why}"),
            SendError::Gone { why } => format!("gone {why}"),
            SendError::Refused { why } => format!("refused {why}"),
            other => panic!("{other}"),
        });
        assert_eq!(got.as_ref().map_err(String::as_str).copied(), want, "{status} {body}");
    }
    check(202, "0: Accepted for delivery", Ok(()));
    check(202, "3: Queued for later delivery", Ok(()));
    check(200, "0: Accepted for delivery", Ok(()));
    check(202, "", Err("refused 202 rejected"));
    check(200, "<html>", Err("refused 200 rejected"));
    check(403, "Authorization failed for sendsms", Err("refused 403 authorization failed"));
    check(401, "", Err("refused 401 authorization failed"));
    check(503, "Temporal failure, try again later.", Err("later 503 temporal failure"));
    check(500, "", Err("later 500 temporal failure"));
    check(429, "", Err("later 429 temporal failure"));
    check(400, "Empty receiver number not allowed, rejected", Err("refused 400 no receiver"));
    check(400, "Missing receiver(s) number(s), rejected", Err("refused 400 no receiver"));
    check(400, "Charset or body misformed, rejected", Err("refused 400 rejected"));
    let denied = "Number(s) has/have been denied by white- and/or black-lists.";
    check(400, denied, Err("gone 400 number denied by a list"));
    check(404, "Unknown request.", Err("refused 404 rejected"));
}

#[test]
fn settings_are_whole_or_refused_and_never_shown() {
    #[track_caller]
    fn check(gateway: &str, user: (&str, &str), sender: &str, webhook: &str, want: Option<&str>) {
        let got = Settings::parse(gateway, user, sender, SECRET, webhook);
        let error = got.err().map(|error| error.to_string());
        assert_eq!(error.is_some(), want.is_some(), "{error:?}");
        let says = |want: &str| error.as_ref().is_some_and(|error| error.contains(want));
        assert!(want.is_none_or(says), "{error:?}");
    }
    let (gateway, user, hook) = ("http://kannel:13013", ("bank", "pw"), "https://bank.example/h");
    check(gateway, user, "+34600000000", hook, None);
    check("https://gateway.example/", user, "My Bank", hook, Some("sender"));
    check("https://gateway.example/", user, "MyBank", hook, None);
    check("ftp://kannel", user, "1", hook, Some("gateway"));
    check("http://me:pw@kannel", user, "1", hook, Some("gateway"));
    check("kannel", user, "1", hook, Some("gateway"));
    check(gateway, ("", "pw"), "1", hook, Some("user name"));
    check(gateway, ("bank", "p\r\nx: y"), "1", hook, Some("password"));
    check(gateway, user, "", hook, Some("sender"));
    check(gateway, user, "ALongNameOfBank", hook, Some("sender"));
    check(gateway, user, "1", "https://bank.example/h?x=1", Some("webhook"));
    check(gateway, user, "1", "bank.example", Some("webhook"));
    let short = Settings::parse(gateway, user, "1", "short", hook);
    assert_eq!(short, Err(SettingsError::Secret));
    let shown = format!("{:?}", kannel("http://kannel:13013"));
    assert!(!shown.contains(SECRET) && !shown.contains("pass word"), "{shown}");
}

#[test]
fn what_the_gateway_fills_in_is_ours_alone() {
    let settings = settings("http://kannel:13013");
    let url = settings.dlr_url("0190/0 %d é");
    assert!(url.ends_with("&status=%d&key=0190%%2F0+%%25d+%%C3%%A9"), "{url}");
    assert!(url.starts_with("https://bank.example/hooks/sms/dlr?secret="), "{url}");
    assert!(settings.get_url().contains("/in?secret=a-secret-of-the-gateway-0123&from=%p"));
}

/// Answers one request so, and gives what was asked.
async fn gateway(answer: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut asked, mut buffer) = (Vec::new(), [0; 4096]);
        loop {
            let read = stream.read(&mut buffer).await.unwrap();
            asked.extend_from_slice(&buffer[..read]);
            let text = String::from_utf8_lossy(&asked).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if read == 0 || body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                break;
            }
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(asked).unwrap()
    });
    (address, asked)
}

const ACCEPTED: &str =
    "HTTP/1.1 202 Accepted\r\ncontent-length: 24\r\n\r\n0: Accepted for delivery";
const DENIED: &str =
    "HTTP/1.1 403 Forbidden\r\ncontent-length: 32\r\n\r\nAuthorization failed for sendsms";
const NOBODY: &str =
    "HTTP/1.1 400 Bad\r\ncontent-length: 39\r\n\r\nMissing receiver(s) number(s), rejected";

fn frame(text: &str) -> Frame {
    Frame { text: text.to_owned(), ..Frame::default() }
}

#[tokio::test]
async fn a_message_is_asked_for_as_the_guide_says() {
    for (text, coding) in [("Saldo: 5 €", "0"), ("żółw", "2")] {
        let (address, asked) = gateway(ACCEPTED).await;
        let sent = kannel(&address).send(&Contact::new(HER), &frame(text), "0190/1").await;
        assert_eq!(sent, Ok(Some("0190/1".to_owned())));
        let asked = asked.await.unwrap();
        let (head, body) = asked.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /cgi-bin/sendsms HTTP/1.1"), "{head}");
        assert_eq!(body, text);
        for line in [
            "content-type: text/plain; charset=UTF-8",
            "x-kannel-username: bank",
            "x-kannel-password: pass word",
            "x-kannel-from: 12345",
            "x-kannel-to: +34600111222",
            &format!("x-kannel-coding: {coding}"),
            "x-kannel-dlr-mask: 31",
            "x-kannel-dlr-url: https://bank.example/hooks/sms/dlr?secret=a-secret-of-the-gateway-0123\
             &from=%p&ts=%T&status=%d&key=0190%%2F1",
        ] {
            assert!(head.lines().any(|known| known == line), "{line} is not in {head}");
        }
    }
}

#[tokio::test]
async fn a_failure_is_named_and_nobody_is_asked_for_a_wrong_number() {
    let her = Contact::new(HER);
    let (address, _asked) = gateway(DENIED).await;
    let refused = kannel(&address).send(&her, &frame("x"), "k").await;
    assert!(matches!(refused, Err(SendError::Refused { .. })), "{refused:?}");
    let nobody = kannel("http://127.0.0.1:1");
    let later = nobody.send(&her, &frame("x"), "k").await;
    assert!(matches!(later, Err(SendError::Later { .. })), "{later:?}");
    let wrong = nobody.send(&Contact::new("600111222"), &frame("x"), "k").await;
    assert!(matches!(wrong, Err(SendError::Refused { .. })), "{wrong:?}");
    let (address, _asked) = gateway(NOBODY).await;
    assert!(kannel(&address).test().await.is_ok());
    let (address, _asked) = gateway(DENIED).await;
    assert!(kannel(&address).test().await.is_err());
}

#[test]
fn six_parts_are_the_most() {
    let can = kannel("http://127.0.0.1:1").can().text;
    assert!(can.holds(&"a".repeat(6 * 153)) && !can.holds(&"a".repeat(6 * 153 + 1)));
    assert_eq!(Segments::of(&"ż".repeat(6 * 67)).parts.len(), 6);
}

proptest! {
    #[test]
    fn no_request_makes_it_fall(path in "in|dlr|\\PC{0,8}", query in "\\PC{0,200}") {
        let forged = taken_by("GET", &path, &query);
        prop_assert!(forged.is_err());
        let proven = taken_by("GET", &path, &format!("secret={SECRET}&{query}"));
        if let Ok(taken) = proven {
            prop_assert!(taken.events.len() <= 1);
        }
    }

    #[test]
    fn any_octets_are_a_text_or_none(octets in proptest::collection::vec(any::<u8>(), 0..64), coding in 0..4_u8) {
        let text: String = octets.iter().map(|octet| format!("%{octet:02X}")).collect();
        let charset = if coding == 2 { "UTF-16BE" } else { "UTF-8" };
        let query = format!("from=%2B34600111222&id=1&coding={coding}&charset={charset}&text={text}");
        let taken = taken("in", &query);
        prop_assert_eq!(taken.events.len() + taken.strange.len(), 1);
    }
}
