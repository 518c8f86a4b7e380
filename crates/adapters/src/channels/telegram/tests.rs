//! Updates of the Bot API, and the answers to its calls.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Event, Inbound};
use bankside_domain::conversation::Choice;
use bankside_service::channels::Link;
use http::StatusCode;
use proptest::prelude::*;

use super::*;

const SECRET: &str = "s3cret_-";

fn taken(secret: &str, body: &[u8]) -> Result<Taken, Distrust> {
    let header = |name: &str| (name == "x-telegram-bot-api-secret-token").then_some(secret);
    take::take(
        &Secret::new(SECRET),
        &Delivered {
            method: "POST",
            path: "",
            query: "",
            header: &header,
            body,
            at: Timestamp::default(),
        },
    )
}

fn event(body: &Value) -> Inbound {
    let taken = taken(SECRET, body.to_string().as_bytes()).unwrap();
    assert_eq!(taken.strange, Vec::<String>::new());
    taken.events.into_iter().next().unwrap()
}

fn message(inner: &Value) -> Value {
    let mut message = json!({
        "message_id": 5, "date": 1_700_000_000,
        "from": { "id": 77, "is_bot": false, "first_name": "A", "language_code": "pt-br" },
        "chat": { "id": 77, "type": "private" },
    });
    message.as_object_mut().unwrap().extend(inner.as_object().unwrap().clone());
    message
}

#[test]
fn what_she_does_is_one_event() {
    let said = |text: &str| json!({ "update_id": 9, "message": message(&json!({ "text": text })) });
    let hello = event(&said("saldo"));
    assert_eq!((hello.id.as_str(), hello.from.address()), ("9", "77"));
    assert_eq!(hello.language, Some(bankside_domain::Language::Pt));
    assert_eq!(hello.at, Some(Timestamp::from_millis(1_700_000_000_000)));
    assert_eq!(hello.event, Event::Message { text: "saldo".to_owned().into() });

    assert_eq!(event(&said("/start")).event, Event::Begin { reference: None });
    let begun = Event::Begin { reference: Some("abc".to_owned().into()) };
    assert_eq!(event(&said("/start abc")).event, begun);
    assert!(matches!(event(&said("/started")).event, Event::Message { .. }));

    let picture = json!({ "update_id": 9, "message": message(&json!({ "photo": [] })) });
    assert_eq!(event(&picture).event, Event::Media);
    let edited = json!({ "update_id": 9, "edited_message": message(&json!({ "text": "new" })) });
    let expected = Event::Edit { of: "5".to_owned(), text: "new".to_owned().into() };
    assert_eq!(event(&edited).event, expected);
    let blocked = json!({ "update_id": 9, "my_chat_member": message(&json!({
        "new_chat_member": { "status": "kicked" } })) });
    assert_eq!(event(&blocked).event, Event::Leave);
}

#[test]
fn a_tap_says_its_words_or_its_number_and_is_acknowledged() {
    let tap = |data: &str| {
        json!({ "update_id": 9, "callback_query": {
            "id": "c1", "from": { "id": 77 }, "message": message(&json!({})), "data": data } })
    };
    assert_eq!(event(&tap("Saldo")).event, Event::Choice { says: "Saldo".to_owned().into() });
    assert_eq!(event(&tap("#2")).event, Event::Message { text: "2".to_owned().into() });
    let answer = taken(SECRET, tap("Saldo").to_string().as_bytes()).unwrap().answer;
    let call: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(call, json!({ "method": "answerCallbackQuery", "callback_query_id": "c1" }));
}

#[test]
fn who_does_not_know_the_secret_is_not_heard() {
    let body = json!({ "update_id": 9, "message": message(&json!({ "text": "x" })) }).to_string();
    for wrong in ["", "s3cret", "s3cret_-x", "S3CRET_-"] {
        assert!(matches!(taken(wrong, body.as_bytes()), Err(Distrust::NotProven(_))), "{wrong}");
    }
    for broken in ["", "{", "[]", r#"{"update_id":"9"}"#, &body[..body.len() - 1]] {
        let taken = taken(SECRET, broken.as_bytes()).unwrap();
        assert_eq!((taken.events.len(), taken.strange.len()), (0, 1), "{broken}");
    }
}

#[test]
fn in_a_group_others_read_along() {
    let group = json!({ "update_id": 9, "message": message(&json!({
        "text": "balance", "chat": { "id": -5, "type": "group" } })) });
    let taken = taken(SECRET, group.to_string().as_bytes()).unwrap();
    assert_eq!((taken.events.len(), taken.strange.len()), (0, 1));
}

#[test]
fn a_message_is_protected_and_has_its_buttons() {
    let long = "x".repeat(65);
    let choice = |says: &str| Choice { label: "Label".into(), says: says.into() };
    let frame = Frame {
        text: "Words".to_owned(),
        answers: vec![choice("balance"), choice(&long)],
        links: vec![Link { label: "See".to_owned(), url: "https://bank.example/l/x".to_owned() }],
        ..Frame::default()
    };
    let body = wire::message(&Contact::new("77"), &frame);
    assert_eq!(body["protect_content"], true);
    assert_eq!(body["link_preview_options"]["is_disabled"], true);
    let keyboard = &body["reply_markup"]["inline_keyboard"];
    assert_eq!(keyboard[0][0]["url"], "https://bank.example/l/x");
    assert_eq!(keyboard[1][0]["callback_data"], "balance");
    assert_eq!(keyboard[2][0]["callback_data"], "#2");
    let plain = wire::message(&Contact::new("77"), &Frame::default());
    assert!(plain.get("reply_markup").is_none());
}

#[test]
fn each_answer_of_the_api_means_something() {
    let check = |status: u16, body: Value, expected: Result<(), SendError>| {
        let status = StatusCode::from_u16(status).unwrap();
        let found = wire::result(status, body.to_string().as_bytes()).map(drop);
        assert_eq!(found, expected, "{body}");
    };
    let why = |code: u16| format!("error {code}");
    let fails =
        |code: u16, words: &str| json!({ "ok": false, "error_code": code, "description": words });
    check(200, json!({ "ok": true, "result": { "message_id": 1 } }), Ok(()));
    let slow = json!({ "ok": false, "error_code": 429, "parameters": { "retry_after": 7 } });
    check(429, slow, Err(wire::later(Some(7_000), why(429))));
    check(502, fails(502, "Bad Gateway"), Err(wire::later(None, why(502))));
    let blocked = "Forbidden: bot was blocked by the user";
    check(403, fails(403, blocked), Err(SendError::Gone { why: why(403) }));
    let gone = "Bad Request: chat not found";
    check(400, fails(400, gone), Err(SendError::Gone { why: why(400) }));
    check(400, fails(400, "text: Anna's rent"), Err(SendError::Refused { why: why(400) }));
    check(401, fails(401, "Unauthorized"), Err(SendError::Refused { why: why(401) }));
    let page = wire::result(StatusCode::BAD_GATEWAY, b"<html>");
    assert!(matches!(page, Err(SendError::Later { .. })));
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_never_believed(secret in ".{0,20}", body: Vec<u8>) {
        if secret != SECRET {
            prop_assert!(taken(&secret, &body).is_err());
        }
        if let Ok(taken) = taken(SECRET, &body) {
            prop_assert!(taken.events.len() <= 1);
        }
    }
}
