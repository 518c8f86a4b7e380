//! Against the official OpenAPI description of version 23.0: each body that is sent fits its schema,
//! and each of its webhook examples is read.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event};
use bankside_service::channels::Frame;
use serde_json::Value;

use super::graph::{self, frame};
use super::schema::Schemas;
use super::send::{knocked, list, sent};
use super::{offline, yaml};

const FILE: &str = "whatsapp-business-messaging-api_v23.0.yaml";

fn examples<'a>(api: &'a Value, path: &str) -> &'a serde_json::Map<String, Value> {
    let content = &api["paths"][path]["post"]["requestBody"]["content"];
    content["application/json"]["examples"].as_object().unwrap()
}

/// Every form that a frame can take.
fn frames() -> Vec<Frame> {
    let says = "s".repeat(256);
    let label = "l".repeat(20);
    let full = [(label.as_str(), says.as_str()), ("Yes", "yes"), ("No", "no")];
    let title = "t".repeat(24);
    let ids: Vec<_> = (0..9).map(|n| format!("answer {n}")).collect();
    let row = "r".repeat(200);
    let mut rows: Vec<_> = ids.iter().map(|id| (id.as_str(), id.as_str())).collect();
    rows.push((&title, &row));
    let long = "a".repeat(1_024);
    vec![
        frame("Hello", &[], &[]),
        frame(&"a".repeat(4_096), &[], &["A", "B"]),
        frame(&long, &full, &[]),
        frame(&long, &full, &["A", "B"]),
        frame(&long, &[("Yes", " yes"), ("No", "no")], &["A"]),
        list(frame(&long, &rows, &[])),
        list(frame("Which?", &rows, &["A", "B"])),
    ]
}

#[tokio::test]
async fn each_body_fits_the_official_schema() {
    let Some(text) = graph::official("each_body_fits_the_official_schema", FILE) else { return };
    let api = yaml::parse(&text);
    let schemas = Schemas(&api);
    let ours = examples(&api, "/{Version}/{Phone-Number-ID}/messages");
    for name in ["Send Text Message", "Send Reply Button", "Send List Message"] {
        assert_eq!(schemas.faults("Message", &ours[name]["value"]), Vec::<String>::new(), "{name}");
    }
    let mut bodies = vec![knocked().await];
    for frame in frames() {
        bodies.extend(sent(&frame).await.0);
    }
    assert_eq!(bodies.len(), 10);
    for body in &bodies {
        assert_eq!(schemas.faults("Message", body), Vec::<String>::new(), "{body}");
        spoilt(&schemas, body);
    }
    for kind in ["text", "button", "list", "template"] {
        let is = |body: &&Value| body["type"] == kind || body["interactive"]["type"] == kind;
        assert!(bodies.iter().any(|body| is(&body)), "{kind}");
    }
}

/// The check can fail: without a required field, or with one too many.
fn spoilt(schemas: &Schemas<'_>, body: &Value) {
    for key in ["messaging_product", "recipient_type", "to", "type"] {
        let mut body = body.clone();
        body.as_object_mut().unwrap().remove(key);
        assert!(!schemas.faults("Message", &body).is_empty(), "{key}");
    }
    let mut wrong = body.clone();
    let kind = body["type"].as_str().unwrap();
    wrong[kind] = Value::from(7);
    assert!(!schemas.faults("Message", &wrong).is_empty());
}

/// Where the operator's own pages allow more than the description: a button with a link is missing
/// there ("Interactive Call-to-Action URL Button Messages"), and a list may have 4,096 characters
/// above it ("Interactive List Messages"), not 1,024. Nothing else differs.
#[tokio::test]
async fn what_the_description_lacks_is_named() {
    let Some(text) = graph::official("what_the_description_lacks_is_named", FILE) else { return };
    let api = yaml::parse(&text);
    let schemas = Schemas(&api);
    let (link, _) = sent(&frame("Hello", &[], &["A"])).await;
    let faults = [
        "/interactive/type: not one of those allowed",
        "/interactive/action: not exactly one of those allowed",
    ];
    let mut found = schemas.faults("Message", &link[0]);
    found.sort_by_key(|fault| !fault.contains("type"));
    assert_eq!(found, faults);
    let (long, _) = sent(&list(frame(&"a".repeat(4_096), &[("Yes", "yes")], &[]))).await;
    assert_eq!(schemas.faults("Message", &long[0]), ["/interactive/body/text: too long"]);
}

/// When an example happened: it is read as if it had come then.
fn time_of(example: &Value) -> Timestamp {
    let value = &example["entry"][0]["changes"][0]["value"];
    let found = ["messages", "groups"].iter().find_map(|key| value[key][0]["timestamp"].as_str());
    Timestamp::from_millis(found.unwrap().parse::<i64>().unwrap() * 1000)
}

#[test]
fn each_webhook_example_is_read() {
    let Some(text) = graph::official("each_webhook_example_is_read", FILE) else { return };
    let api = yaml::parse(&text);
    let examples = examples(&api, "/whatsapp/webhooks");
    let message = |text: &str| Ok(Event::Message { text: text.into() });
    let choice = |says: &str| Ok(Event::Choice { says: says.into() });
    let new = Contact::new("12195555358");
    let table: [(&str, Result<Event, &str>); 16] = [
        ("Text Message", message("Does it come in another color?")),
        ("Text Message with Context (Product Inquiry)", message("Is this still available?")),
        ("Text Message from Click to WhatsApp Ad", message("Hello! Can I get more info on this?")),
        ("Reaction Message", Ok(Event::Reaction)),
        ("Image Message", Ok(Event::Media)),
        ("Location Message", Ok(Event::Media)),
        ("Contact Sharing Message", Ok(Event::Media)),
        ("Unsupported Message", Err("a message of type `unsupported`, code 131051")),
        ("Button Message", choice("Unsubscribe")),
        ("Interactive List Reply Message", choice("priority_express")),
        ("Interactive Button Reply Message", choice("cancel-button")),
        ("Order Message", Err("a message of type `order`")),
        ("System Message", Ok(Event::Moved { to: Some(new) })),
        ("Group Create Message", Err("a change of `group_lifecycle_update`")),
        ("Group Settings Update", Err("a change of `group_settings_update`")),
        ("Group Remove Participants", Err("a change of `group_participants_update`")),
    ];
    assert_eq!(examples.len(), table.len(), "{:?}", examples.keys());
    for (name, want) in table {
        let body = &examples[name]["value"];
        let taken = graph::signed_at(&offline(), body, time_of(body));
        let got = taken.events.into_iter().map(|inbound| {
            assert_eq!(inbound.from.address(), "16505551234", "{name}");
            inbound.event
        });
        let want_strange: Vec<_> =
            want.as_ref().err().iter().map(|why| (**why).to_owned()).collect();
        assert_eq!(got.collect::<Vec<_>>(), want.into_iter().collect::<Vec<_>>(), "{name}");
        assert_eq!(taken.strange, want_strange, "{name}");
    }
}
