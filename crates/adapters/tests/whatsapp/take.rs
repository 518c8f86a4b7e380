//! Events of the webhook.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Status};
use serde_json::{Value, json};

use super::graph::hostile::Target;
use super::graph::{self, NOW};
use super::{NUMBER, offline};

const HER: &str = "16505551234";
const AT: i64 = NOW.as_millis() / 1000 - 1;

fn changed(field: &str, key: &str, parts: &[Value]) -> Value {
    let metadata = json!({ "display_phone_number": "15550783881", "phone_number_id": NUMBER });
    json!({ "field": field, "value": {
        "messaging_product": "whatsapp", "metadata": metadata, key: parts,
    } })
}

fn wrapped(changes: &[Value]) -> Value {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": changes }] })
}

/// A message of hers.
fn hers(kind: &str, mut message: Value) -> Value {
    message["from"] = HER.into();
    message["id"] = "wamid.1".into();
    message["timestamp"] = AT.to_string().into();
    message["type"] = kind.into();
    message
}

/// What one part becomes: its event, or why it is strange.
#[track_caller]
fn check(key: &str, part: Value, id: &str, want: Result<Event, &str>) {
    let body = wrapped(&[changed("messages", key, std::slice::from_ref(&part))]);
    let taken = graph::signed(&offline(), &body);
    match want {
        Ok(want) => {
            let [inbound] = taken.events.as_slice() else { panic!("{part}: {taken:?}") };
            assert_eq!(inbound.event, want, "{part}");
            assert_eq!((inbound.from.address(), &*inbound.id), (HER, id), "{part}");
            assert_eq!(inbound.at, Some(Timestamp::from_millis(AT * 1000)), "{part}");
            assert_eq!(taken.strange, Vec::<String>::new(), "{part}");
        }
        Err(why) => {
            assert_eq!((taken.events, taken.strange), (vec![], vec![why.to_owned()]), "{part}");
        }
    }
}

#[track_caller]
fn says(kind: &str, message: Value, want: Result<Event, &str>) {
    check("messages", hers(kind, message), "wamid.1", want);
}

#[test]
fn what_she_says_is_words_a_choice_or_media() {
    let choice = || Ok(Event::Choice { says: "my balance".into() });
    says("text", json!({ "text": { "body": "hi" } }), Ok(Event::Message { text: "hi".into() }));
    says("text", json!({ "text": { "body": "" } }), Err("a text without words"));
    says("button", json!({ "button": { "payload": "my balance", "text": "Balance" } }), choice());
    says("button", json!({ "button": { "text": "my balance" } }), choice());
    says("button", json!({}), Err("a button without a payload"));
    let reply = |kind: &str| json!({ "interactive": { "type": kind, kind: { "id": "my balance", "title": "B" } } });
    says("interactive", reply("button_reply"), choice());
    says("interactive", reply("list_reply"), choice());
    says("interactive", reply("nfm_reply"), Err("a reply of another kind"));
    for kind in ["image", "audio", "video", "document", "sticker", "location", "contacts"] {
        says(kind, json!({ kind: {} }), Ok(Event::Media));
    }
    says("reaction", json!({ "reaction": { "emoji": "x" } }), Ok(Event::Reaction));
    says("request_welcome", json!({}), Ok(Event::Begin { reference: None }));
}

#[test]
fn a_change_of_number_or_of_its_holder() {
    let system = |kind: &str| json!({ "system": { "type": kind, "wa_id": "12195555358" } });
    let moved = |to: Option<&str>| Ok(Event::Moved { to: to.map(Contact::new) });
    says("system", system("user_changed_number"), moved(Some("12195555358")));
    says("system", system("customer_changed_number"), moved(Some("12195555358")));
    says("system", json!({ "system": { "type": "user_changed_number" } }), moved(None));
    says("system", system("customer_identity_changed"), moved(None));
    says("system", system("something"), Err("a system message `something`"));
}

#[test]
fn what_is_strange_is_named_without_her_words() {
    let order = json!({ "order": { "text": "my words" } });
    says("order", order, Err("a message of type `order`"));
    let unsupported = json!({ "errors": [{ "code": 131_051, "title": "my words" }] });
    says("unsupported", unsupported, Err("a message of type `unsupported`, code 131051"));
    says("my words", json!({}), Err("a message of type `mywords`"));
    says("text", json!({ "group_id": "G", "text": { "body": "hi" } }), Err("a message of a group"));
    let anonymous = json!({ "id": "wamid.1", "type": "text", "text": { "body": "hi" } });
    check("messages", anonymous, "", Err("a message without a sender"));
    check("messages", json!({ "from": HER, "type": "text" }), "", Err("a message without an id"));
    check("errors", json!({ "code": 131_000 }), "", Err("an error with code 131000"));
}

#[test]
fn statuses_name_the_message() {
    let status = |status: &str| {
        json!({
            "id": "wamid.9", "status": status, "timestamp": AT.to_string(), "recipient_id": HER,
            "errors": [{ "code": 131_047 }],
        })
    };
    let went = |status| Ok(Event::Status { of: Some("wamid.9".to_owned()), until: None, status });
    check("statuses", status("sent"), "sent:wamid.9", went(Status::Sent));
    check("statuses", status("delivered"), "delivered:wamid.9", went(Status::Delivered));
    check("statuses", status("read"), "read:wamid.9", went(Status::Read));
    check("statuses", status("failed"), "failed:wamid.9", went(Status::Failed));
    check("statuses", status("warped"), "", Err("a status `warped`"));
    check("statuses", json!({ "id": "w" }), "", Err("a status without a recipient"));
    check("statuses", json!({ "recipient_id": HER }), "", Err("a status without an id"));
}

#[test]
fn a_batch_keeps_its_order_and_what_is_strange_spoils_nothing() {
    let text = |id: &str| {
        let mut text = hers("text", json!({ "text": { "body": id } }));
        text["id"] = id.into();
        text
    };
    let mut other = changed("messages", "messages", &[text("x")]);
    other["value"]["metadata"]["phone_number_id"] = "42".into();
    let body = wrapped(&[
        changed("messages", "messages", &[text("a"), json!({}), text("b")]),
        other,
        changed("message_template_status_update", "messages", &[text("y")]),
        changed("messages", "messages", &[text("c")]),
    ]);
    let taken = graph::signed(&offline(), &body);
    let ids: Vec<_> = taken.events.iter().map(|inbound| &*inbound.id).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let strange = [
        "a message without an id",
        "a change of another number",
        "a change of `message_template_status_update`",
    ];
    assert_eq!(taken.strange, strange);
}

#[test]
fn a_request_is_proven_before_it_is_read() {
    let channel = offline();
    let text = hers("text", json!({ "text": { "body": "hello" } }));
    let body = wrapped(&[changed("messages", "messages", &[text])]);
    let target = Target { channel: &channel, body };
    target.handshake();
    target.forged();
    target.misshapen();
    target.oversized();
    target.replayed();
    target.arbitrary();
    target.any_json(|part| {
        let parts = [hers("text", json!({ "text": part.clone() })), part];
        wrapped(&[changed("messages", "messages", &parts), changed("messages", "statuses", &parts)])
    });
}
