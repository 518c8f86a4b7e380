//! What is sent, against a small server, and what errors mean.

use std::time::Duration;

use bankside_domain::channel::{Answers, Count, Links, Text};
use bankside_domain::customer::Language;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, SendError};
use serde_json::{Value, json};

use super::graph::server::{Reply, Server, error, ok};
use super::graph::{TOKEN, frame, to};
use super::{NUMBER, number, offline};

const KEY: &str = "key/0";

fn answer(id: &str) -> Reply {
    ok(&json!({ "messaging_product": "whatsapp", "messages": [{ "id": id }] }))
}

/// The bodies that a frame becomes, and the id that is told of them.
pub async fn sent(frame: &Frame) -> (Vec<Value>, Option<String>) {
    let server = Server::start(vec![answer("w1"), answer("w2"), answer("w3")]).await;
    let id = number(server.api.clone()).send(&to(), frame, KEY).await.unwrap();
    (server.seen().into_iter().map(|seen| seen.body).collect(), id)
}

/// The template that she is knocked with.
pub async fn knocked() -> Value {
    let server = Server::start(vec![answer("w1")]).await;
    let number = number(server.api.clone());
    assert_eq!(number.knock(&to(), Language::Pt).await, Ok(Some("w1".to_owned())));
    server.seen()[0].body.clone()
}

pub fn list(mut frame: Frame) -> Frame {
    frame.is_list = true;
    frame
}

#[track_caller]
fn is(got: &(Vec<Value>, Option<String>), want: &[(&str, Value)]) {
    let bodies = want.iter().map(|(kind, content)| {
        json!({
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": "16505551234",
            "type": kind, *kind: content,
        })
    });
    assert_eq!(got.0, bodies.collect::<Vec<_>>());
    assert_eq!(got.1, Some(format!("w{}", want.len())));
}

fn words(body: &str) -> (&'static str, Value) {
    ("text", json!({ "body": body, "preview_url": false }))
}

fn interactive(kind: &str, body: &str, action: Value) -> (&'static str, Value) {
    ("interactive", json!({ "type": kind, "body": { "text": body }, "action": action }))
}

fn buttons(choices: &[(&str, &str)]) -> Value {
    let button = |(title, id): &(&str, &str)| json!({ "type": "reply", "reply": { "id": id, "title": title } });
    json!({ "buttons": choices.iter().map(button).collect::<Vec<_>>() })
}

fn rows(choices: &[(&str, &str)]) -> Value {
    let row = |(title, id): &(&str, &str)| json!({ "id": id, "title": title });
    let rows: Vec<_> = choices.iter().map(row).collect();
    json!({ "button": "☰", "sections": [{ "rows": rows }] })
}

const LINK: &str = "A:\nhttps://bank.example/l/1";

#[tokio::test]
async fn words_answers_and_links() {
    is(&sent(&frame("Hello", &[], &[])).await, &[words("Hello")]);
    let choices = [("Balance", "my balance"), ("Help", "help")];
    let want = interactive("button", "Hello", buttons(&choices));
    is(&sent(&frame("Hello", &choices, &[])).await, &[want]);
    let want = interactive("list", "Hello", rows(&choices));
    is(&sent(&list(frame("Hello", &choices, &[]))).await, &[want]);
    let action = json!({
        "name": "cta_url",
        "parameters": { "display_text": "A", "url": "https://bank.example/l/1" },
    });
    is(&sent(&frame("Hello", &[], &["A"])).await, &[interactive("cta_url", "Hello", action)]);
}

#[tokio::test]
async fn links_beside_answers_or_other_links_are_spelled_out() {
    let choices = [("Yes", "yes")];
    let below = format!("Hello\n\n{LINK}");
    let want = interactive("button", &below, buttons(&choices));
    is(&sent(&frame("Hello", &choices, &["A"])).await, &[want]);
    let two = words("Hello\n\nA:\nhttps://bank.example/l/1\n\nBB:\nhttps://bank.example/l/2");
    is(&sent(&frame("Hello", &[], &["A", "BB"])).await, &[two]);
    let long = "a".repeat(1_025);
    is(&sent(&frame(&long, &[], &["A"])).await, &[words(&format!("{long}\n\n{LINK}"))]);
    // What does not fit above the buttons follows them.
    let full = "a".repeat(1_024);
    let want = [interactive("button", &full, buttons(&choices)), words(LINK)];
    is(&sent(&frame(&full, &choices, &["A"])).await, &want);
    let full = "a".repeat(4_096);
    is(
        &sent(&frame(&full, &[], &["A", "A"])).await,
        &[words(&full), words(&format!("{LINK}\n\n{LINK}"))],
    );
}

#[tokio::test]
async fn answers_that_an_id_does_not_carry_are_numbered() {
    let numbered = || words("Sure?\n\n1. Yes\n2. No");
    let ask = |says: &str| frame("Sure?", &[("Yes", says), ("No", "no")], &[]);
    let says = "ż".repeat(128);
    let want = interactive("button", "Sure?", buttons(&[("Yes", &says), ("No", "no")]));
    is(&sent(&ask(&says)).await, &[want]);
    is(&sent(&ask(&format!("{says}x"))).await, &[numbered()]);
    let says = "x".repeat(200);
    let want = interactive("list", "Sure?", rows(&[("Yes", &says), ("No", "no")]));
    is(&sent(&list(ask(&says))).await, &[want]);
    is(&sent(&list(ask(&format!("{says}x")))).await, &[numbered()]);
    for says in ["no", "", " yes", "yes "] {
        is(&sent(&ask(says)).await, &[numbered()]);
    }
    let same = frame("Sure?", &[("Yes", "a"), ("Yes", "b")], &[]);
    is(&sent(&same).await, &[words("Sure?\n\n1. Yes\n2. Yes")]);
    let four = [("A", "a"), ("B", "b"), ("C", "c"), ("D", "d")];
    is(&sent(&frame("Which?", &four, &[])).await, &[words("Which?\n\n1. A\n2. B\n3. C\n4. D")]);
}

#[tokio::test]
async fn a_request_is_as_the_operator_wants_it() {
    let server = Server::start(vec![answer("w1")]).await;
    number(server.api.clone()).send(&to(), &frame("Hello", &[], &[]), KEY).await.unwrap();
    let seen = server.seen();
    let line = format!("POST /v23.0/{NUMBER}/messages?appsecret_proof=");
    assert!(seen[0].line.starts_with(&line));
    assert!(seen[0].head.contains(&format!("authorization: bearer {}", TOKEN.to_lowercase())));
    assert!(!seen[0].line.contains(TOKEN));
}

#[tokio::test]
async fn a_knock_is_a_template_of_her_language() {
    let language = json!({ "policy": "deterministic", "code": "pt_BR" });
    assert_eq!(knocked().await["template"], json!({ "name": "new_message", "language": language }));
    let refused = offline().knock(&to(), Language::Ar).await;
    assert_eq!(refused, Err(SendError::Refused { why: "no template in `ar`".to_owned() }));
}

#[tokio::test]
async fn a_test_tells_the_numbers_name() {
    let server = Server::start(vec![ok(&json!({ "verified_name": "Bank" }))]).await;
    assert_eq!(number(server.api.clone()).test().await, Ok("Bank".to_owned()));
    let line = format!("GET /v23.0/{NUMBER}?fields=verified_name,display_phone_number&");
    assert!(server.seen()[0].line.starts_with(&line));
}

async fn failed(reply: Reply) -> SendError {
    let server = Server::start(vec![reply]).await;
    let number = number(server.api.clone()).within(Duration::from_millis(300));
    number.send(&to(), &frame("Hello", &[], &[]), KEY).await.unwrap_err()
}

fn later(after_millis: Option<i64>, why: &str) -> SendError {
    SendError::Later { after_millis, why: why.to_owned() }
}

fn refused(why: &str) -> SendError {
    SendError::Refused { why: why.to_owned() }
}

#[tokio::test]
async fn each_error_means_something() {
    let limited = json!({ "error": { "code": 130_429 } }).to_string();
    let table = [
        (error(400, 131_047, None), SendError::WindowOver),
        (error(400, 130_429, None), later(None, "code 130429")),
        (error(400, 131_048, None), later(None, "code 131048")),
        (error(400, 131_056, None), later(None, "code 131056")),
        (error(400, 80_007, None), later(None, "code 80007")),
        (error(400, 4, None), later(None, "code 4")),
        (error(503, 131_016, None), later(None, "code 131016")),
        (error(500, 131_000, None), later(None, "code 131000")),
        (error(400, 131_026, None), SendError::Gone { why: "code 131026".to_owned() }),
        (error(401, 190, Some(463)), refused("code 190, subcode 463")),
        (error(400, 100, None), refused("code 100")),
        (error(400, 131_051, None), refused("code 131051")),
        (error(404, 132_001, None), refused("code 132001")),
        (Reply::Answer(429, "retry-after: 60", limited), later(Some(60_000), "code 130429")),
        (Reply::Answer(502, "", "<html>".to_owned()), later(None, "status 502")),
        (Reply::Answer(400, "", "{}".to_owned()), refused("status 400")),
        (Reply::Silence, later(None, "no answer in time")),
        (Reply::Close, later(None, "the connection broke")),
    ];
    for (reply, want) in table {
        let got = failed(reply).await;
        assert!(!got.to_string().contains("16505551234"));
        assert_eq!(got, want);
    }
}

#[test]
fn the_table_is_the_operators() {
    let can = *offline().can();
    let chars = |most| Text { most, count: Count::Chars };
    let answers =
        |most, label, above| Some(Answers { most, label: chars(label), above: Some(chars(above)) });
    assert_eq!(can.text, chars(4_096));
    assert_eq!(can.buttons, answers(3, 20, 1_024));
    assert_eq!(can.list, answers(10, 24, 4_096));
    assert_eq!(can.links, Links::Button { label: chars(20) });
    assert!(can.window.is_some_and(|window| window.template && window.millis == 86_400_000));
}
