//! Events of the webhook.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Event, Status};
use serde_json::{Value, json};

use super::graph::hostile::Target;
use super::graph::{self, NOW};
use super::{PAGE, PSID, offline};

const AT: i64 = NOW.as_millis() - 1_000;

fn wrapped(events: Vec<Value>) -> Value {
    json!({ "object": "page", "entry": [{ "id": PAGE, "time": AT, "messaging": events }] })
}

/// An event from her.
fn hers(mut part: Value) -> Value {
    part["sender"] = json!({ "id": PSID });
    part["recipient"] = json!({ "id": PAGE });
    part["timestamp"] = AT.into();
    part
}

fn message(message: Value) -> Value {
    hers(json!({ "message": message }))
}

/// What one event of hers becomes: the ids with the events, or why it is strange.
#[track_caller]
fn check(event: Value, want: Result<&[(&str, Event)], &str>) {
    let taken = graph::signed(&offline(), &wrapped(vec![event.clone()]));
    assert!(taken.events.iter().all(|inbound| inbound.from.address() == PSID));
    let got: Vec<_> =
        taken.events.iter().map(|inbound| (&*inbound.id, inbound.event.clone())).collect();
    match want {
        Ok(want) => {
            assert_eq!(got, want, "{event}");
            assert_eq!(taken.strange, Vec::<String>::new(), "{event}");
        }
        Err(why) => {
            assert_eq!(got, [], "{event}");
            assert_eq!(taken.strange, [why], "{event}");
        }
    }
}

fn begin(reference: Option<&str>) -> Event {
    Event::Begin { reference: reference.map(Into::into) }
}

fn status(of: Option<&str>, until: Option<i64>, status: Status) -> Event {
    let until = until.map(Timestamp::from_millis);
    Event::Status { of: of.map(str::to_owned), until, status }
}

#[test]
fn what_she_says_is_words_a_choice_or_media() {
    let words = Event::Message { text: "hello, world!".into() };
    let choice = Event::Choice { says: "balance".into() };
    check(message(json!({ "mid": "m_1", "text": "hello, world!" })), Ok(&[("m_1", words.clone())]));
    let tapped =
        json!({ "mid": "m_2", "text": "Balance", "quick_reply": { "payload": "balance" } });
    check(message(tapped), Ok(&[("m_2", choice)]));
    let image = json!([{ "type": "image", "payload": { "url": "https://cdn.example/x" } }]);
    check(message(json!({ "mid": "m_3", "attachments": image })), Ok(&[("m_3", Event::Media)]));
    check(message(json!({ "mid": "m_4", "sticker_id": 369239 })), Ok(&[("m_4", Event::Media)]));
    let shared =
        json!({ "mid": "m_5", "text": "hello, world!", "attachments": [{ "type": "fallback" }] });
    check(message(shared), Ok(&[("m_5", words)]));
    check(message(json!({ "mid": "m_6" })), Err("a message without words or attachments"));
    check(message(json!({ "text": "hi" })), Err("a message without an id"));
    check(json!({ "message": { "mid": "m", "text": "hi" } }), Err("an event without a sender"));
}

#[test]
fn what_the_page_itself_says_is_left_alone() {
    check(message(json!({ "mid": "m_1", "text": "hi", "is_echo": true })), Ok(&[]));
    let mut echo = message(json!({ "mid": "m_1", "text": "hi" }));
    echo["sender"]["id"] = PAGE.into();
    check(echo, Ok(&[]));
    for quiet in
        ["pass_thread_control", "take_thread_control", "request_thread_control", "app_roles"]
    {
        check(hers(json!({ quiet: {} })), Ok(&[]));
    }
    let standby = message(json!({ "mid": "m_1", "text": "hi" }));
    let body = json!({ "object": "page", "entry": [{ "id": PAGE, "standby": [standby] }] });
    let taken = graph::signed(&offline(), &body);
    assert_eq!((taken.events.len(), taken.strange.len()), (0, 0));
}

#[test]
fn a_button_says_its_payload_or_begins() {
    let says = |says: &str| Event::Choice { says: says.into() };
    let postback = |postback: Value| hers(json!({ "postback": postback }));
    let started = json!({ "mid": "m_1", "title": "Get Started", "payload": "GET_STARTED" });
    check(postback(started), Ok(&[("m_1", begin(None))]));
    let with_link = json!({
        "mid": "m_2", "title": "Get Started", "payload": "GET_STARTED",
        "referral": { "ref": "K7Q2", "source": "SHORTLINK", "type": "OPEN_THREAD" },
    });
    check(postback(with_link), Ok(&[("m_2", begin(Some("K7Q2")))]));
    let payload = json!({ "mid": "m_3", "title": "Balance", "payload": "my balance" });
    check(postback(payload), Ok(&[("m_3", says("my balance"))]));
    let id = format!("postback:{AT}");
    check(postback(json!({ "title": "Balance" })), Ok(&[(&*id, says("Balance"))]));
    check(postback(json!({ "mid": "m_4" })), Err("a postback without a payload"));
}

#[test]
fn receipts_name_messages_or_a_time() {
    let read = |watermark: Value| hers(json!({ "read": { "watermark": watermark } }));
    let until = status(None, Some(1_458_668_856_253), Status::Read);
    check(read(1_458_668_856_253_i64.into()), Ok(&[("read:1458668856253", until)]));
    check(read(Value::Null), Err("a receipt without a watermark"));
    let mids = hers(json!({ "delivery": { "mids": ["m_1", "m_2"], "watermark": 7 } }));
    let one = |mid| status(Some(mid), None, Status::Delivered);
    check(mids, Ok(&[("delivered:m_1", one("m_1")), ("delivered:m_2", one("m_2"))]));
    let until = status(None, Some(7), Status::Delivered);
    check(hers(json!({ "delivery": { "watermark": 7 } })), Ok(&[("delivered:7", until)]));
}

#[test]
fn what_else_happens() {
    let timed = |kind: &str| format!("{kind}:{AT}");
    let reaction = json!({ "reaction": { "mid": "m_1", "action": "react", "emoji": "x" } });
    check(hers(reaction), Ok(&[(&*timed("reaction"), Event::Reaction)]));
    let edit = |number: Value| {
        hers(json!({ "message_edit": { "mid": "m_1", "text": "new", "num_edit": number } }))
    };
    let edited = || Event::Edit { of: "m_1".to_owned(), text: "new".into() };
    check(edit(2.into()), Ok(&[("edit:m_1:2", edited())]));
    check(edit("3".into()), Ok(&[("edit:m_1:3", edited())]));
    let linking = |status: &str| hers(json!({ "account_linking": { "status": status } }));
    check(linking("unlinked"), Ok(&[(&*timed("unlinked"), Event::Leave)]));
    check(linking("linked"), Ok(&[]));
    check(linking("other"), Err("an account linking of another kind"));
    let optin = hers(json!({ "optin": { "ref": "K7Q2" } }));
    check(optin, Ok(&[(&*timed("optin"), begin(Some("K7Q2")))]));
    let referral = hers(json!({ "referral": { "ref": "K7Q2", "source": "SHORTLINK" } }));
    check(referral, Ok(&[(&*timed("referral"), begin(Some("K7Q2")))]));
    let policy = hers(json!({ "policy_enforcement": { "action": "block" } }));
    check(policy, Err("an event `policy_enforcement`"));
    check(hers(json!({ "<b>name 16505551234</b>": {} })), Err("an event `bname16505551234b`"));
}

#[test]
fn a_batch_keeps_its_order_and_what_is_strange_spoils_nothing() {
    let text = |mid: &str| message(json!({ "mid": mid, "text": mid }));
    let body = json!({ "object": "page", "entry": [
        { "id": PAGE, "messaging": [text("m_1"), { "odd": 1 }, text("m_2")] },
        { "id": "42", "messaging": [text("m_x")] },
        { "id": PAGE, "messaging": [text("m_3")], "changes": [{ "field": "feed" }] },
    ] });
    let taken = graph::signed(&offline(), &body);
    let ids: Vec<_> = taken.events.iter().map(|inbound| &*inbound.id).collect();
    assert_eq!(ids, ["m_1", "m_2", "m_3"]);
    let strange = ["an event without a sender", "an entry of another page", "a change of `feed`"];
    assert_eq!(taken.strange, strange);
    assert_eq!(taken.events[0].at, Some(Timestamp::from_millis(AT)));
    assert_eq!((taken.answer.status, &*taken.answer.body), (200, ""));
}

#[test]
fn a_request_is_proven_before_it_is_read() {
    let channel = offline();
    let body = wrapped(vec![message(json!({ "mid": "m_1", "text": "hello" }))]);
    let target = Target { channel: &channel, body };
    target.handshake();
    target.forged();
    target.misshapen();
    target.oversized();
    target.replayed();
    target.arbitrary();
    target.any_json(|part| wrapped(vec![hers(json!({ "message": part.clone() })), part]));
}
