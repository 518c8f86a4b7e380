//! Requests of Dialogflow CX as the v3 reference shapes them, and what is answered.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Event, Inbound, Wish};
use bankside_domain::customer::Language;
use proptest::prelude::*;

use super::*;

const PASSWORD: &str = "abcdefghijklmnopqrstuvwx";
/// `dialogflow:` and the password, in base64.
const RIGHT: &str = "Basic ZGlhbG9nZmxvdzphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3g=";
const SESSION: &str = "projects/p/locations/eu/agents/a/sessions/s1";

fn webhook(user: Option<&str>) -> Dialogflow {
    Dialogflow::new(Settings::parse("dialogflow", PASSWORD, user).unwrap())
}

fn takes(webhook: &Dialogflow, authorization: &str, body: &[u8]) -> Result<Taken, Distrust> {
    let header = |name: &str| (name == "authorization").then_some(authorization);
    let at = Timestamp::default();
    webhook.take(&Delivered { method: "POST", path: "", query: "", header: &header, body, at })
}

fn body_of(more: &Value) -> Value {
    let mut body = json!({
        "detectIntentResponseId": "r1",
        "languageCode": "pt-br",
        "fulfillmentInfo": { "tag": "bank" },
        "intentInfo": { "lastMatchedIntent": "projects/p/intents/i", "confidence": 0.9 },
        "pageInfo": { "currentPage": "projects/p/pages/x", "displayName": "Bank" },
        "sessionInfo": { "session": SESSION, "parameters": { "kept": 1 } },
        "payload": { "userId": "account-7", "telephony": { "caller_id": "+351900000000" } },
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn event(webhook: &Dialogflow, more: &Value) -> Inbound {
    let taken = takes(webhook, RIGHT, body_of(more).to_string().as_bytes()).unwrap();
    assert_eq!(taken.strange, Vec::<String>::new());
    taken.events.into_iter().next().unwrap()
}

#[test]
fn what_she_writes_says_or_keys_in_is_one_event() {
    let check = |more: Value, expected: Event| {
        let found = event(&webhook(None), &more);
        assert_eq!(found.event, expected, "{more}");
        assert_eq!((found.id.as_str(), found.language), ("r1", Some(Language::Pt)));
        assert_eq!(found.from.address(), format!("session/{SESSION}"));
    };
    let says = |text: &str| Event::Message { text: text.to_owned().into() };
    check(json!({ "text": "saldo" }), says("saldo"));
    check(json!({ "transcript": "qual é o saldo" }), says("qual é o saldo"));
    check(json!({ "dtmfDigits": "123456789" }), says("123456789"));
    check(json!({ "triggerEvent": "WELCOME" }), Event::Wish { wish: Wish::Hello });
    check(json!({ "triggerEvent": "sys.no-input-default" }), Event::Wish { wish: Wish::Help });
    check(json!({ "triggerIntent": "projects/p/intents/i" }), Event::Wish { wish: Wish::Help });
    check(json!({ "text": "" }), Event::Wish { wish: Wish::Help });
}

#[test]
fn she_is_her_account_where_the_bank_says_so_and_never_a_telephone_number() {
    let named = event(&webhook(Some("/userId")), &json!({ "text": "x" }));
    assert_eq!(named.from.address(), "user/account-7");
    let other = webhook(Some("/account"));
    let taken = takes(&other, RIGHT, body_of(&json!({ "text": "x" })).to_string().as_bytes());
    assert_eq!(taken.unwrap().events, [], "nobody is named");
    let session = event(&webhook(None), &json!({ "text": "x" }));
    assert!(!session.from.address().contains("351900000000"));
}

#[test]
fn who_does_not_know_the_password_is_not_heard() {
    let body = body_of(&json!({ "text": "x" })).to_string();
    let cut = RIGHT.trim_end_matches('=');
    for wrong in
        ["", "Basic ", PASSWORD, cut, &RIGHT.to_lowercase(), &RIGHT.replace("Basic", "Bearer")]
    {
        let taken = takes(&webhook(None), wrong, body.as_bytes());
        assert!(matches!(taken, Err(Distrust::NotProven(_))), "{wrong}");
    }
    for broken in ["", "{", "[]", r#"{"detectIntentResponseId":"r"}"#, &body[..body.len() - 1]] {
        let taken = takes(&webhook(None), RIGHT, broken.as_bytes()).unwrap();
        assert_eq!((taken.events.len(), taken.strange.len()), (0, 1), "{broken}");
    }
    assert_eq!(Settings::parse("a:b", PASSWORD, None).unwrap_err(), SettingsError::UserName);
    assert_eq!(Settings::parse("a", "short", None).unwrap_err(), SettingsError::Password);
    assert!(Settings::parse("a", PASSWORD, Some("userId")).is_err());
}

#[test]
fn an_answer_is_shown_and_said_and_keeps_what_the_flow_knows() {
    let frame = Frame { text: "about <5> euros".to_owned(), ..Frame::default() };
    let reply =
        Reply { frames: vec![frame], again: Some("What else?".to_owned()), ..Reply::default() };
    let header = |_: &str| None;
    let at = Timestamp::default();
    let request = Delivered { method: "POST", path: "", query: "", header: &header, body: b"", at };
    let answer = webhook(None).respond(&request, &reply);
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(
        answer,
        json!({
            "fulfillmentResponse": {
                "messages": [
                    { "text": { "text": ["about <5> euros"] } },
                    { "outputAudioText": { "text": "about <5> euros" } },
                ],
                "mergeBehavior": "REPLACE",
            },
            "sessionInfo": { "parameters": { "bankside_asks": true } },
        })
    );
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_never_believed(authorization in ".{0,60}", body: Vec<u8>) {
        if authorization != RIGHT {
            prop_assert!(takes(&webhook(None), &authorization, &body).is_err());
        }
        if let Ok(taken) = takes(&webhook(None), RIGHT, &body) {
            prop_assert!(taken.events.len() <= 1);
        }
    }
}
