//! What is sent to the Send API: `POST /PAGE/messages`.

use bankside_domain::conversation::Choice;
use bankside_service::channels::{Frame, Link};
use serde_json::{Value, json};

use super::capabilities::{BUTTONS, PAYLOAD, QUICK_REPLIES, TEMPLATE_TEXT, TEXT, TITLE};
use crate::channels::graph::{Template, carried, numbered, pack, spelled};

/// A frame as messages, in their order; mostly one. Quick replies stand below the last, because they
/// vanish when another message comes.
///
/// Answers whose words do not fit a payload are numbered in the text. Links stand on the buttons of a
/// template; where that does not hold them or the text, they are spelled out below it.
pub(super) fn messages(to: &str, frame: &Frame) -> Vec<Value> {
    let taps = frame.answers.len() <= QUICK_REPLIES && carried(&frame.answers, PAYLOAD);
    let mut below = Vec::new();
    if !taps {
        below.push(numbered(&frame.answers));
    }
    let replies = if taps { frame.answers.as_slice() } else { &[] };
    if let Some(text) = template_text(frame, &below) {
        return vec![response(to, with(button_template(&text, &frame.links), replies))];
    }
    below.extend(frame.links.iter().map(spelled));
    let mut bodies: Vec<_> =
        pack(&frame.text, below, TEXT).into_iter().map(|text| json!({ "text": text })).collect();
    if let Some(last) = bodies.pop() {
        bodies.push(with(last, replies));
    }
    bodies.into_iter().map(|body| response(to, body)).collect()
}

/// The text of a template with all links on buttons, if it holds them.
fn template_text(frame: &Frame, below: &[String]) -> Option<String> {
    let titled = |link: &Link| TITLE.holds(&link.label) && !link.label.is_empty();
    if !(1..=BUTTONS).contains(&frame.links.len()) || !frame.links.iter().all(titled) {
        return None;
    }
    match pack(&frame.text, below.to_vec(), TEMPLATE_TEXT).as_slice() {
        [text] if TEMPLATE_TEXT.holds(text) => Some(text.clone()),
        _ => None,
    }
}

fn button_template(text: &str, links: &[Link]) -> Value {
    let button = |link: &Link| json!({ "type": "web_url", "url": link.url, "title": link.label });
    let buttons: Vec<_> = links.iter().map(button).collect();
    let payload = json!({ "template_type": "button", "text": text, "buttons": buttons });
    json!({ "attachment": { "type": "template", "payload": payload } })
}

fn with(mut message: Value, replies: &[Choice]) -> Value {
    let reply = |choice: &Choice| {
        json!({
            "content_type": "text",
            "title": choice.label.reveal(),
            "payload": choice.says.reveal(),
        })
    };
    if let (Some(message), false) = (message.as_object_mut(), replies.is_empty()) {
        message.insert("quick_replies".to_owned(), replies.iter().map(reply).collect());
    }
    message
}

fn response(to: &str, message: Value) -> Value {
    json!({ "recipient": { "id": to }, "messaging_type": "RESPONSE", "message": message })
}

/// An approved utility template without parameters.
pub(super) fn template(to: &str, template: &Template) -> Value {
    json!({
        "recipient": { "id": to },
        "messaging_type": "UTILITY",
        "message": {
            "template": { "name": template.name, "language": { "code": template.language } },
        },
    })
}

/// Shows that an answer is being written.
pub(super) fn typing(to: &str) -> Value {
    json!({ "recipient": { "id": to }, "sender_action": "typing_on" })
}
