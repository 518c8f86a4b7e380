//! The adapter from outside: its settings, what the homeserver tells, and what it is asked.

mod incoming;
mod outgoing;

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Status};
use bankside_domain::personal::Personal;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, Delivered, Distrust, SendError, Taken};
use serde_json::{Value, json};

use super::*;

const AS: &str = "as-token-0123456789-abcdefgh";
const HS: &str = "hs-token-0123456789-abcdefgh";
const ROOM: &str = "!room:bank.example";
const HER: &str = "@her:home.example";
const OTHER: &str = "@other:home.example";
const BOT: &str = "@bank:bank.example";

fn settings(homeserver: &str) -> Settings {
    Settings::parse(homeserver, (AS, HS), "bank", "bank.example").unwrap()
}

fn matrix(homeserver: &str) -> Matrix {
    Matrix::start(settings(homeserver), HttpClient::new().unwrap())
}

fn her() -> Contact {
    address::contact(ROOM, HER)
}

#[test]
fn settings_are_whole_or_refused_and_never_shown() {
    #[track_caller]
    fn check(
        homeserver: &str,
        tokens: (&str, &str),
        local: &str,
        server: &str,
        want: Option<&str>,
    ) {
        let error = Settings::parse(homeserver, tokens, local, server).err();
        let error = error.map(|error| error.to_string());
        assert_eq!(error.is_some(), want.is_some(), "{error:?}");
        assert!(want.is_none_or(|want| error.as_ref().unwrap().contains(want)), "{error:?}");
    }
    let (home, tokens) = ("https://matrix.bank.example/", (AS, HS));
    check(home, tokens, "bank", "bank.example:8448", None);
    check("http://synapse:8008", tokens, "_bank.1", "bank.example", None);
    check("matrix.bank.example", tokens, "bank", "bank.example", Some("homeserver"));
    check("https://a:b@matrix.example", tokens, "bank", "bank.example", Some("homeserver"));
    check("https://matrix.example?x", tokens, "bank", "bank.example", Some("homeserver"));
    check(home, (AS, AS), "bank", "bank.example", Some("differ"));
    check(home, (AS, "short"), "bank", "bank.example", Some("22"));
    check(home, ("", HS), "bank", "bank.example", Some("22"));
    check(home, tokens, "Bank", "bank.example", Some("lower-case"));
    check(home, tokens, "", "bank.example", Some("lower-case"));
    check(home, tokens, "bank", "bank example", Some("server's name"));
    let shown = format!("{:?}", settings(home));
    assert!(!shown.contains(AS) && !shown.contains(HS), "{shown}");
}

#[test]
fn the_registration_is_what_a_homeserver_reads() {
    let registration =
        settings("https://matrix.example").registration("https://bank.example/hooks/m/");
    let want = [
        r#"id: "bankside-bank""#,
        r#"url: "https://bank.example/hooks/m""#,
        r#"as_token: "as-token-0123456789-abcdefgh""#,
        r#"hs_token: "hs-token-0123456789-abcdefgh""#,
        r#"sender_localpart: "bank""#,
        "rate_limited: false",
        "receive_ephemeral: true",
        r#"      regex: "@bank:bank\\.example""#,
        "  rooms: []",
    ];
    for line in want {
        assert!(registration.lines().any(|known| known == line), "{line}\n{registration}");
    }
}
