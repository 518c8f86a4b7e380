//! What is sent to the Cloud API: `POST /PHONE_NUMBER_ID/messages`.

use std::collections::BTreeSet;

use bankside_domain::channel::Text;
use bankside_domain::conversation::Choice;
use bankside_service::channels::{Frame, Link};
use serde_json::{Value, json};

use super::capabilities::{BODY, BUTTON_ID, BUTTONS, LIST_BODY, ROW_ID, ROWS, TEXT, TITLE};
use super::settings::ListButton;
use crate::channels::graph::{Template, carried, numbered, pack, spelled};

/// A frame as messages, in their order; mostly one.
///
/// Answers whose words do not fit an id, or whose ids or labels are not unique, are numbered in the
/// text. One link alone stands on a button; links beside answers, or several, are spelled out below.
pub(super) fn messages(to: &str, frame: &Frame, list_button: &ListButton) -> Vec<Value> {
    let spelled = || frame.links.iter().map(spelled).collect::<Vec<_>>();
    if let Some(action) = action(frame, list_button) {
        let (kind, bound) = if frame.is_list { ("list", LIST_BODY) } else { ("button", BODY) };
        let mut pieces = pack(&frame.text, spelled(), bound).into_iter();
        let first = pieces.next().map(|first| interactive(to, kind, &first, &action));
        return first.into_iter().chain(pieces.map(|piece| text(to, &piece))).collect();
    }
    let mut below = Vec::new();
    if !frame.answers.is_empty() {
        below.push(numbered(&frame.answers));
    }
    if let Some((body, link)) = alone(frame, &below) {
        return vec![interactive(to, "cta_url", &body, &to_link(link))];
    }
    below.extend(spelled());
    pack(&frame.text, below, TEXT).iter().map(|piece| text(to, piece)).collect()
}

/// The answers as buttons or as a list, if these hold all of them with what they say.
fn action(frame: &Frame, list_button: &ListButton) -> Option<Value> {
    let (most, id, above) =
        if frame.is_list { (ROWS, ROW_ID, LIST_BODY) } else { (BUTTONS, BUTTON_ID, BODY) };
    let choices = &frame.answers;
    let unique = |of: fn(&Choice) -> &String| {
        choices.iter().map(of).collect::<BTreeSet<_>>().len() == choices.len()
    };
    let fits = (1..=most).contains(&choices.len())
        && carried(choices, id)
        && unique(|choice| choice.says.reveal())
        && unique(|choice| choice.label.reveal())
        && is_body(&frame.text, above);
    fits.then(|| if frame.is_list { list(choices, list_button) } else { buttons(choices) })
}

/// The only link, and the text above it.
fn alone<'f>(frame: &'f Frame, below: &[String]) -> Option<(String, &'f Link)> {
    let [link] = frame.links.as_slice() else { return None };
    let [body] = <[String; 1]>::try_from(pack(&frame.text, below.to_vec(), BODY)).ok()?;
    let fits = is_body(&body, BODY) && TITLE.holds(&link.label) && !link.label.trim().is_empty();
    fits.then_some((body, link))
}

fn is_body(text: &str, bound: Text) -> bool {
    !text.is_empty() && bound.holds(text)
}

fn buttons(choices: &[Choice]) -> Value {
    let button = |choice: &Choice| {
        let reply = json!({ "id": choice.says.reveal(), "title": choice.label.reveal() });
        json!({ "type": "reply", "reply": reply })
    };
    json!({ "buttons": choices.iter().map(button).collect::<Vec<_>>() })
}

fn list(choices: &[Choice], list_button: &ListButton) -> Value {
    let row =
        |choice: &Choice| json!({ "id": choice.says.reveal(), "title": choice.label.reveal() });
    let rows: Vec<_> = choices.iter().map(row).collect();
    json!({ "button": list_button.as_str(), "sections": [{ "rows": rows }] })
}

fn to_link(link: &Link) -> Value {
    json!({ "name": "cta_url", "parameters": { "display_text": link.label, "url": link.url } })
}

fn interactive(to: &str, kind: &str, body: &str, action: &Value) -> Value {
    let interactive = json!({ "type": kind, "body": { "text": body }, "action": action });
    message(to, "interactive", interactive)
}

/// Without a preview: it would have the operator read the bank's page.
fn text(to: &str, body: &str) -> Value {
    message(to, "text", json!({ "body": body, "preview_url": false }))
}

/// An approved template without parameters.
pub(super) fn template(to: &str, template: &Template) -> Value {
    let language = json!({ "policy": "deterministic", "code": template.language });
    message(to, "template", json!({ "name": template.name, "language": language }))
}

fn message(to: &str, kind: &str, content: Value) -> Value {
    let mut message = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to,
        "type": kind,
    });
    if let Some(message) = message.as_object_mut() {
        message.insert(kind.to_owned(), content);
    }
    message
}
