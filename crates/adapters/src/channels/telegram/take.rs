//! What Telegram's webhook says.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound};
use bankside_domain::customer::Language;
use bankside_service::ports::{Answer, Delivered, Distrust, Taken};
use serde::Deserialize;
use serde_json::json;

use super::wire::NUMBER;
use crate::channels::secret::Secret;

/// What the bank asks Telegram for.
pub(super) const UPDATES: [&str; 5] =
    ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"];
/// Telegram's header with the secret.
const HEADER: &str = "x-telegram-bot-api-secret-token";

#[derive(Deserialize)]
struct Update {
    update_id: i64,
    message: Option<Message>,
    edited_message: Option<Message>,
    callback_query: Option<Callback>,
    my_chat_member: Option<Member>,
    message_reaction: Option<Reaction>,
}

#[derive(Deserialize)]
struct Message {
    message_id: i64,
    from: Option<User>,
    chat: Chat,
    date: i64,
    text: Option<String>,
}

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    is_bot: bool,
    language_code: Option<String>,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Callback {
    id: String,
    from: User,
    message: Option<Within>,
    data: Option<String>,
}

/// A message that may be too old to be shown: of it the chat is left.
#[derive(Deserialize)]
struct Within {
    chat: Chat,
}

#[derive(Deserialize)]
struct Member {
    from: User,
    chat: Chat,
    date: i64,
    new_chat_member: Status,
}

#[derive(Deserialize)]
struct Status {
    status: String,
}

#[derive(Deserialize)]
struct Reaction {
    chat: Chat,
    date: i64,
}

/// Reads a request.
pub(super) fn take(secret: &Secret, request: &Delivered<'_>) -> Result<Taken, Distrust> {
    let given = (request.header)(HEADER).unwrap_or_default();
    if !secret.is(given.as_bytes()) {
        return Err(Distrust::NotProven("the secret token is missing or another"));
    }
    if request.method != "POST" {
        return Err(Distrust::Shape("an update is posted".to_owned()));
    }
    match serde_json::from_slice::<Update>(request.body) {
        Ok(update) => Ok(update.taken()),
        // It is Telegram's, who would send it again and again.
        Err(_) => Ok(Taken { strange: vec!["no update".to_owned()], ..Taken::default() }),
    }
}

impl Update {
    fn taken(self) -> Taken {
        let id = self.update_id.to_string();
        let answer = self.callback_query.as_ref().map(|callback| acknowledged(&callback.id));
        let found = if let Some(message) = self.message {
            message.said(id)
        } else if let Some(message) = self.edited_message {
            message.edited(id)
        } else if let Some(callback) = self.callback_query {
            callback.tapped(id)
        } else if let Some(member) = self.my_chat_member {
            member.changed(id)
        } else if let Some(reaction) = self.message_reaction {
            reaction.chat.private(id, reaction.date, None, Event::Reaction)
        } else {
            Err("an update of a kind that was not asked for".to_owned())
        };
        let (events, strange) = match found {
            Ok(event) => (event.into_iter().collect(), Vec::new()),
            Err(why) => (Vec::new(), vec![why]),
        };
        Taken { events, strange, answer: answer.unwrap_or_default() }
    }
}

/// An event, nothing that matters, or why it is strange.
type Found = Result<Option<Inbound>, String>;

impl Chat {
    fn private(&self, id: String, date: i64, from: Option<&User>, event: Event) -> Found {
        if self.kind != "private" {
            return Err(format!("a chat of the kind `{}`, where others read along", self.kind));
        }
        let language = from.and_then(|user| user.language_code.as_deref());
        let language = language.and_then(Language::from_tag);
        Ok(Some(Inbound {
            id,
            from: Contact::new(self.id.to_string()),
            at: date.checked_mul(1_000).map(Timestamp::from_millis),
            language,
            event,
        }))
    }
}

impl Message {
    fn said(self, id: String) -> Found {
        let event = match self.text {
            Some(text) => said(text),
            None => Event::Media,
        };
        self.chat.private(id, self.date, self.from.as_ref().filter(|user| !user.is_bot), event)
    }

    fn edited(self, id: String) -> Found {
        let of = self.message_id.to_string();
        let Some(text) = self.text else { return Ok(None) };
        let event = Event::Edit { of, text: text.into() };
        self.chat.private(id, self.date, self.from.as_ref(), event)
    }
}

/// `/start` with what the link carried begins; another command is words.
fn said(text: String) -> Event {
    match text.strip_prefix("/start") {
        Some("") => Event::Begin { reference: None },
        Some(rest) if rest.starts_with(' ') => {
            Event::Begin { reference: Some(rest.trim().to_owned().into()) }
        }
        _ => Event::Message { text: text.into() },
    }
}

impl Callback {
    fn tapped(self, id: String) -> Found {
        let (Some(within), Some(data)) = (self.message, self.data) else { return Ok(None) };
        let event = match data.strip_prefix(NUMBER) {
            Some(number) => Event::Message { text: number.to_owned().into() },
            None => Event::Choice { says: data.into() },
        };
        let found = within.chat.private(id, 0, Some(&self.from), event)?;
        Ok(found.map(|event| Inbound { at: None, ..event }))
    }
}

impl Member {
    fn changed(self, id: String) -> Found {
        let event = match self.new_chat_member.status.as_str() {
            "kicked" | "left" => Event::Leave,
            // What follows is `/start`, which begins.
            _ => return Ok(None),
        };
        self.chat.private(id, self.date, Some(&self.from), event)
    }
}

/// The one call that the answer to a webhook may hold: it ends the button's waiting.
fn acknowledged(callback: &str) -> Answer {
    let call = json!({ "method": "answerCallbackQuery", "callback_query_id": callback });
    Answer { status: 200, media: "application/json", body: call.to_string() }
}
