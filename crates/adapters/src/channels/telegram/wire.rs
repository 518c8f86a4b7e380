//! What goes to Telegram, and what its answers mean.

use bankside_domain::channel::Contact;
use bankside_domain::conversation::Choice;
use bankside_service::channels::Frame;
use bankside_service::ports::SendError;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

/// Bytes that a button sends back.
const MOST_DATA: usize = 64;
/// Before the number of an answer whose words are longer than a button sends.
pub(super) const NUMBER: char = '#';

/// The body of `sendMessage`.
pub(super) fn message(to: &Contact, frame: &Frame) -> Value {
    let mut body = json!({
        "chat_id": to.address(),
        "text": frame.text,
        "protect_content": true,
        "link_preview_options": { "is_disabled": true },
    });
    let links = frame.links.iter().map(|link| json!([{ "text": link.label, "url": link.url }]));
    let answers = frame.answers.iter().zip(1_usize..).map(|(choice, number)| {
        json!([{ "text": choice.label.reveal(), "callback_data": data(choice, number) }])
    });
    let rows: Vec<_> = links.chain(answers).collect();
    if let (false, Some(body)) = (rows.is_empty(), body.as_object_mut()) {
        body.insert("reply_markup".to_owned(), json!({ "inline_keyboard": rows }));
    }
    body
}

fn data(choice: &Choice, number: usize) -> String {
    let says = choice.says.reveal();
    let fits = says.len() <= MOST_DATA && !says.is_empty() && !says.starts_with(NUMBER);
    if fits { says.clone() } else { format!("{NUMBER}{number}") }
}

/// Why nothing was deleted, where there is nothing any more: a second asking after a crash.
pub(super) const ALREADY_DELETED: &str = "already deleted";

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    ok: bool,
    #[serde(default)]
    result: Value,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<i64>,
}

pub(super) fn later(after_millis: Option<i64>, why: impl Into<String>) -> SendError {
    SendError::Later { after_millis, why: why.into() }
}

/// The result of a call, or why there is none. Of the description only what says that she is gone,
/// or the message, is read, and nothing is repeated: it may quote the message.
pub(super) fn result(status: StatusCode, body: &[u8]) -> Result<Value, SendError> {
    let Ok(answer) = serde_json::from_slice::<Answer>(body) else {
        return Err(later(None, format!("answer {} is no answer of the Bot API", status.as_u16())));
    };
    if answer.ok {
        return Ok(answer.result);
    }
    let code = answer.error_code.unwrap_or(status.as_u16());
    let why = format!("error {code}");
    Err(match code {
        429 => {
            later(answer.parameters.retry_after.map(|seconds| seconds.saturating_mul(1_000)), why)
        }
        500..=599 => later(None, why),
        403 => SendError::Gone { why },
        400 if answer.description.contains("chat not found") => SendError::Gone { why },
        400 if answer.description.contains("message to delete not found") => {
            SendError::Refused { why: ALREADY_DELETED.to_owned() }
        }
        _ => SendError::Refused { why },
    })
}
