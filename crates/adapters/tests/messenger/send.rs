//! What is sent, against a small server and against the official samples, and what errors mean.

use std::collections::BTreeSet;
use std::time::Duration;

use bankside_domain::channel::{Answers, Count, Links, Text};
use bankside_domain::customer::Language;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, SendError};
use serde_json::{Value, json};

use super::graph::server::{Reply, Seen, Server, error, ok};
use super::graph::{APP_SECRET, TOKEN, frame, hmac, official};
use super::{PAGE, PSID, offline, page};

const KEY: &str = "key/0";

fn her() -> bankside_domain::channel::Contact {
    bankside_domain::channel::Contact::new(PSID)
}

/// The messages that a frame becomes, and the id that is told of them.
async fn sent(frame: &Frame) -> (Vec<Value>, Option<String>) {
    let answer = |id: &str| ok(&json!({ "recipient_id": PSID, "message_id": id }));
    let server = Server::start(vec![answer("m_1"), answer("m_2"), answer("m_3")]).await;
    let id = page(server.api.clone()).send(&her(), frame, KEY).await.unwrap();
    let seen = server.seen();
    for Seen { body, .. } in &seen {
        assert_eq!(body["recipient"], json!({ "id": PSID }));
        assert_eq!(body["messaging_type"], "RESPONSE");
    }
    (seen.into_iter().map(|seen| seen.body["message"].clone()).collect(), id)
}

#[track_caller]
fn is(got: &(Vec<Value>, Option<String>), want: &[Value]) {
    assert_eq!(got.0, want);
    assert_eq!(got.1, Some(format!("m_{}", want.len())));
}

fn replies(choices: &[(&str, &str)]) -> Value {
    let reply = |(title, payload): &(&str, &str)| json!({ "content_type": "text", "title": title, "payload": payload });
    choices.iter().map(reply).collect()
}

fn template(text: &str, labels: &[&str]) -> Value {
    let button = |label: &&str| {
        let url = format!("https://bank.example/l/{}", label.len());
        json!({ "type": "web_url", "url": url, "title": label })
    };
    let buttons: Vec<_> = labels.iter().map(button).collect();
    let payload = json!({ "template_type": "button", "text": text, "buttons": buttons });
    json!({ "attachment": { "type": "template", "payload": payload } })
}

#[tokio::test]
async fn words_answers_and_links() {
    is(&sent(&frame("Hello", &[], &[])).await, &[json!({ "text": "Hello" })]);
    let choices = [("Balance", "my balance"), ("Help", "help")];
    let want = json!({ "text": "Hello", "quick_replies": replies(&choices) });
    is(&sent(&frame("Hello", &choices, &[])).await, &[want]);
    is(&sent(&frame("Hello", &[], &["Open"])).await, &[template("Hello", &["Open"])]);
    let mut both = template("Hello", &["Open", "Also"]);
    both["quick_replies"] = replies(&choices);
    is(&sent(&frame("Hello", &choices, &["Open", "Also"])).await, &[both]);
}

#[tokio::test]
async fn what_does_not_fit_a_template_is_spelled_out() {
    let many = ["A", "BB", "CCC", "DDDD"];
    let below = "A:\nhttps://bank.example/l/1\n\nBB:\nhttps://bank.example/l/2\n\n\
                 CCC:\nhttps://bank.example/l/3\n\nDDDD:\nhttps://bank.example/l/4";
    let want = json!({ "text": format!("Hello\n\n{below}") });
    is(&sent(&frame("Hello", &[], &many)).await, &[want]);
    let fitting = "a".repeat(640);
    is(&sent(&frame(&fitting, &[], &["A"])).await, &[template(&fitting, &["A"])]);
    let longer = "a".repeat(641);
    let want = json!({ "text": format!("{longer}\n\nA:\nhttps://bank.example/l/1") });
    is(&sent(&frame(&longer, &[], &["A"])).await, &[want]);
    // Quick replies stay below the last message: they vanish with the next.
    let longest = "a".repeat(1_999);
    let want = [
        json!({ "text": longest }),
        json!({ "text": "A:\nhttps://bank.example/l/1", "quick_replies": replies(&[("Yes", "yes")]) }),
    ];
    is(&sent(&frame(&longest, &[("Yes", "yes")], &["A"])).await, &want);
}

#[tokio::test]
async fn words_too_long_for_a_payload_are_numbered() {
    let says = "a".repeat(1_000);
    let choices = [("Yes", says.as_str()), ("No", "no")];
    let want = json!({ "text": "Sure?", "quick_replies": replies(&choices) });
    is(&sent(&frame("Sure?", &choices, &[])).await, &[want]);
    let says = "a".repeat(1_001);
    let choices = [("Yes", says.as_str()), ("No", "no")];
    is(&sent(&frame("Sure?", &choices, &[])).await, &[json!({ "text": "Sure?\n\n1. Yes\n2. No" })]);
    let want = template("Sure?\n\n1. Yes\n2. No", &["Open"]);
    is(&sent(&frame("Sure?", &choices, &["Open"])).await, &[want]);
    let many = [("A", "a"); 14];
    let (bodies, _) = sent(&frame("Which?", &many, &[])).await;
    assert!(bodies[0]["text"].as_str().unwrap().ends_with("\n14. A"));
}

#[tokio::test]
async fn a_request_is_as_the_operator_wants_it() {
    let server = Server::start(vec![ok(&json!({ "message_id": "m_1" })), ok(&json!({}))]).await;
    let page = page(server.api.clone());
    page.send(&her(), &frame("Hello", &[], &[]), KEY).await.unwrap();
    page.typing(&her()).await;
    let seen = server.seen();
    let proof = hex::encode(hmac(APP_SECRET, TOKEN.as_bytes()));
    let line = format!("POST /v23.0/{PAGE}/messages?appsecret_proof={proof} HTTP/1.1");
    assert_eq!(seen[0].line, line);
    assert!(seen[0].head.contains(&format!("authorization: bearer {}", TOKEN.to_lowercase())));
    assert!(seen[0].head.contains("content-type: application/json"));
    assert_eq!(seen[1].body, json!({ "recipient": { "id": PSID }, "sender_action": "typing_on" }));
}

#[tokio::test]
async fn a_knock_is_a_template_of_her_language() {
    let server = Server::start(vec![ok(&json!({ "message_id": "m_1" }))]).await;
    let page = page(server.api.clone());
    assert_eq!(page.knock(&her(), Language::Es).await, Ok(Some("m_1".to_owned())));
    let template = json!({ "name": "new_message", "language": { "code": "es" } });
    let want = json!({
        "recipient": { "id": PSID }, "messaging_type": "UTILITY",
        "message": { "template": template },
    });
    assert_eq!(server.seen()[0].body, want);
    let refused = page.knock(&her(), Language::Pl).await;
    assert_eq!(refused, Err(SendError::Refused { why: "no template in `pl`".to_owned() }));
}

#[tokio::test]
async fn a_test_tells_the_pages_name() {
    let server = Server::start(vec![ok(&json!({ "name": "Bank", "id": PAGE }))]).await;
    assert_eq!(page(server.api.clone()).test().await, Ok("Bank".to_owned()));
    assert!(server.seen()[0].line.starts_with(&format!("GET /v23.0/{PAGE}?fields=name&")));
    let server = Server::start(vec![error(401, 190, None)]).await;
    let refused = page(server.api.clone()).test().await;
    assert_eq!(refused, Err(SendError::Refused { why: "code 190".to_owned() }));
}

async fn failed(reply: Reply) -> SendError {
    let server = Server::start(vec![reply]).await;
    let page = page(server.api.clone()).within(Duration::from_millis(300));
    page.send(&her(), &frame("Hello", &[], &[]), KEY).await.unwrap_err()
}

fn later(after_millis: Option<i64>, why: &str) -> SendError {
    SendError::Later { after_millis, why: why.to_owned() }
}

fn gone(why: &str) -> SendError {
    SendError::Gone { why: why.to_owned() }
}

fn refused(why: &str) -> SendError {
    SendError::Refused { why: why.to_owned() }
}

#[tokio::test]
async fn each_error_means_something() {
    let busy = |header| Reply::Answer(503, header, "<html>".to_owned());
    let transient = json!({ "error": { "code": 200, "is_transient": true } }).to_string();
    let table = [
        (error(400, 4, None), later(None, "code 4")),
        (error(400, 17, None), later(None, "code 17")),
        (error(403, 32, None), later(None, "code 32")),
        (error(400, 613, Some(1_893_016)), later(None, "code 613, subcode 1893016")),
        (error(400, 1, None), later(None, "code 1")),
        (error(400, 2, None), later(None, "code 2")),
        (error(400, 10, Some(2_018_278)), SendError::WindowOver),
        (error(400, 10, Some(2_534_022)), SendError::WindowOver),
        (error(403, 10, None), refused("code 10")),
        (error(400, 551, Some(1_545_041)), gone("code 551, subcode 1545041")),
        (error(400, 551, None), gone("code 551")),
        (error(403, 200, Some(1_545_041)), gone("code 200, subcode 1545041")),
        (error(403, 200, None), refused("code 200")),
        (error(400, 190, Some(463)), refused("code 190, subcode 463")),
        (error(400, 100, Some(2_018_001)), refused("code 100, subcode 2018001")),
        (error(500, 100, None), later(None, "code 100")),
        (error(429, 100, None), later(None, "code 100")),
        (Reply::Answer(400, "", transient), later(None, "code 200")),
        (Reply::Answer(404, "", String::new()), refused("status 404")),
        (busy(""), later(None, "status 503")),
        (busy("retry-after: 30"), later(Some(30_000), "status 503")),
        (busy("retry-after: 99999999"), later(Some(86_400_000), "status 503")),
        (busy("retry-after: Fri, 31 Dec 1999 23:59:59 GMT"), later(None, "status 503")),
        (Reply::Silence, later(None, "no answer in time")),
        (Reply::Close, later(None, "the connection broke")),
    ];
    for (reply, want) in table {
        let got = failed(reply).await;
        assert!(!got.to_string().contains("16505551234"));
        assert_eq!(got, want);
    }
}

#[tokio::test]
async fn an_answer_of_success_that_cannot_be_read_is_a_success() {
    let server = Server::start(vec![Reply::Answer(200, "", "<html>".to_owned())]).await;
    let sent = page(server.api.clone()).send(&her(), &frame("Hello", &[], &[]), KEY).await;
    assert_eq!(sent, Ok(None));
}

#[test]
fn the_table_is_the_operators() {
    let can = *offline().can();
    let chars = |most| Text { most, count: Count::Chars };
    assert_eq!(can.text, chars(2_000));
    assert_eq!(can.buttons, Some(Answers { most: 13, label: chars(20), above: None }));
    assert_eq!((can.list, can.links), (None, Links::Button { label: chars(20) }));
    assert!(can.window.is_some_and(|window| window.template && window.millis == 86_400_000));
}

/// Each key of a body, with the way to it; the elements of a list count as one.
fn keys(body: &Value, way: &str, into: &mut BTreeSet<String>) {
    match body {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            let way = format!("{way}/{key}");
            keys(value, &way, into);
            into.insert(way);
        }),
        Value::Array(items) => items.iter().for_each(|item| keys(item, way, into)),
        _ => {}
    }
}

fn all_keys(bodies: &[Value]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    bodies.iter().for_each(|body| keys(body, "", &mut found));
    found
}

/// The sample of that name in the official collection of requests.
fn sample(collection: &Value, name: &str) -> Value {
    let folders = collection["item"].as_array().unwrap().iter();
    let requests = folders.flat_map(|folder| folder["item"].as_array().unwrap());
    let found = requests.filter(|request| request["name"] == name);
    let raw = found.map(|request| request["request"]["body"]["raw"].as_str().unwrap()).next();
    serde_json::from_str(raw.unwrap()).unwrap()
}

#[tokio::test]
async fn bodies_have_the_keys_of_the_official_samples() {
    let name = "messenger-platform-api.postman_collection.json";
    let Some(text) = official("bodies_have_the_keys_of_the_official_samples", name) else { return };
    let collection: Value = serde_json::from_str(&text).unwrap();
    let answers = [("Balance", "my balance")];
    let table: [(Frame, &[&str]); 4] = [
        (frame("Hello", &[], &[]), &["Text Message"]),
        (frame("Hello", &answers, &[]), &["Quick Replies"]),
        (frame("Hello", &[], &["Open"]), &["Button Template"]),
        (frame("Hello", &answers, &["Open"]), &["Button Template", "Quick Replies"]),
    ];
    for (frame, names) in table {
        let server = Server::start(vec![ok(&json!({}))]).await;
        page(server.api.clone()).send(&her(), &frame, KEY).await.unwrap();
        let mut ours = all_keys(&[server.seen()[0].body.clone()]);
        // Required by the Send API's reference, and missing in the collection.
        assert!(ours.remove("/messaging_type"));
        let samples: Vec<_> = names.iter().map(|name| sample(&collection, name)).collect();
        let mut theirs = all_keys(&samples);
        // A picture beside a title is never sent; words stand in the template, where there is one.
        theirs.remove("/message/quick_replies/image_url");
        if names.len() == 2 {
            theirs.remove("/message/text");
        }
        assert_eq!(ours, theirs, "{names:?}");
    }
}
