//! What a page gets: activities and their sets, in the forms that Web Chat draws.
//!
//! INVARIANT: `channelData` holds nothing but the page's own id of its own message. The words are the
//! planner's: by [`CAN`], and as plain text, so that no name or purpose in them becomes markup.

use bankside_domain::bank::Bank;
use bankside_domain::channel::{Answers, Capabilities, Count, Links, Retraction, Text};
use bankside_domain::conversation::{Author, Choice, ConversationId, LinkTarget};
use bankside_service::channels::{Frame, Link, Plan, Setting};
use bankside_service::conversation::Chat;
use bankside_service::direct_line::{Heard, Transcript};
use bankside_service::token::Token;
use serde_json::{Value, json};

use super::fault::Fault;
use crate::app::App;

/// Web Chat's own bounds are those of an activity, 256 KiB; these are what a reader bears. A message is
/// always one activity, so that its number is its watermark.
const fn chars(most: usize) -> Text {
    Text { most, count: Count::Chars }
}

/// What Web Chat can do.
const CAN: Capabilities = Capabilities {
    text: chars(16_000),
    messages: 1,
    buttons: Some(Answers { most: 50, label: chars(500), above: None }),
    list: None,
    links: Links::Button { label: chars(500) },
    rich: false,
    spoken: false,
    window: None,
    retraction: Retraction::Never,
    edits: false,
    delivered: false,
    read: false,
    typing: true,
};

/// How far a page has read: the number of a message in its chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Watermark(pub(super) i64);

impl Watermark {
    /// Reads one; nothing and `-` are the beginning.
    ///
    /// # Errors
    /// [`Fault::Bad`].
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        if matches!(text, "" | "-") {
            return Ok(Self::default());
        }
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        number.map(Self).ok_or(Fault::Bad("this is no watermark of this conversation"))
    }
}

/// `0198c0de-7abc-7000-8000-000000000000|0000001`.
pub(super) fn activity_id(chat: ConversationId, seq: i64) -> String {
    format!("{chat}|{seq:07}")
}

/// Where its stream opens, once.
pub(super) fn stream_url(app: &App, chat: &Chat, after: Watermark, ticket: &Token) -> String {
    // `https` becomes `wss`, and `http` on this machine `ws`.
    let origin = app.origin().replacen("http", "ws", 1);
    let (bank, id, ticket) = (&chat.bank, chat.id, ticket.expose());
    let Watermark(after) = after;
    format!("{origin}/{bank}/v3/directline/conversations/{id}/stream?watermark={after}&t={ticket}")
}

/// A chat, and how it is told.
pub(super) struct Place<'a> {
    pub(super) app: &'a App,
    pub(super) bank: &'a Bank,
    pub(super) chat: &'a Chat,
}

impl Place<'_> {
    /// A set of activities, with the watermark after them.
    pub(super) fn set(&self, transcript: &Transcript) -> Value {
        let activities: Vec<_> = transcript.heard.iter().map(|heard| self.message(heard)).collect();
        json!({ "activities": activities, "watermark": transcript.last.to_string() })
    }

    /// That the bank is about to answer.
    pub(super) fn typing(&self) -> Value {
        json!({ "activities": [self.by_bank("typing")] })
    }

    /// That nobody may talk here any more.
    pub(super) fn over(&self) -> Value {
        json!({ "activities": [self.by_bank("endOfConversation")] })
    }

    fn by_bank(&self, kind: &str) -> Value {
        json!({
            "type": kind,
            "channelId": "directline",
            "from": { "id": self.bank.id.as_str(), "name": self.bank.name, "role": "bot" },
            "conversation": { "id": self.chat.id.to_string() },
        })
    }

    fn message(&self, heard: &Heard) -> Value {
        let message = &heard.message;
        let mut activity = match message.author {
            Author::Customer => self.hers(heard),
            Author::Bank | Author::Staff => self.banks(heard),
        };
        if let Some(fields) = activity.as_object_mut() {
            fields.insert("id".to_owned(), activity_id(self.chat.id, message.seq).into());
            fields.insert("timestamp".to_owned(), message.at.to_jiff().to_string().into());
            fields.insert("textFormat".to_owned(), "plain".into());
            fields.insert("locale".to_owned(), self.chat.language.tag().into());
        }
        activity
    }

    fn hers(&self, heard: &Heard) -> Value {
        let mut activity = json!({
            "type": "message",
            "channelId": "directline",
            "from": { "id": "customer", "role": "user" },
            "conversation": { "id": self.chat.id.to_string() },
            "text": heard.message.body.text.reveal(),
        });
        if let (Some(given), Some(fields)) = (&heard.given, activity.as_object_mut()) {
            fields.insert("channelData".to_owned(), json!({ "clientActivityID": given }));
        }
        activity
    }

    fn banks(&self, heard: &Heard) -> Value {
        let frame = self.frame(heard);
        let mut activity = self.by_bank("message");
        let Some(fields) = activity.as_object_mut() else { return activity };
        // Web Chat makes a paragraph of each line, and an empty one of an empty line.
        fields.insert("text".to_owned(), frame.text.replace("\n\n", "\n").into());
        fields.insert("inputHint".to_owned(), "acceptingInput".into());
        if let Some(seq) = heard.answers {
            fields.insert("replyToId".to_owned(), activity_id(self.chat.id, seq).into());
        }
        if !frame.answers.is_empty() {
            let actions: Vec<_> = frame.answers.iter().map(tap).collect();
            fields.insert("suggestedActions".to_owned(), json!({ "to": [], "actions": actions }));
        }
        if !frame.links.is_empty() {
            fields.insert("attachments".to_owned(), json!([card(&frame.links)]));
        }
        activity
    }

    fn frame(&self, heard: &Heard) -> Frame {
        let address = |link: &LinkTarget| self.address(link);
        let setting = Setting {
            can: &CAN,
            language: self.chat.language,
            address: &address,
            receipt: heard.message.receipt.as_deref(),
        };
        Plan::of(&heard.message.body, &setting).frames.into_iter().next().unwrap_or_default()
    }

    /// On the bank's own origin.
    fn address(&self, link: &LinkTarget) -> String {
        let (origin, bank) = (self.app.origin(), &self.bank.id);
        match link {
            LinkTarget::Offered { token, .. } => format!("{origin}/{bank}/l/{}", token.reveal()),
            LinkTarget::Page { path } => format!("{origin}/{bank}{path}"),
        }
    }
}

/// An answer to tap. What it sends is seen in the chat as if she had typed it.
fn tap(choice: &Choice) -> Value {
    let (title, value) = (choice.label.reveal(), choice.says.reveal());
    json!({ "type": "imBack", "title": title, "value": value })
}

/// Links as the buttons of a card; each opens a tab of its own.
fn card(links: &[Link]) -> Value {
    let button = |link: &Link| json!({ "type": "openUrl", "title": link.label, "value": link.url });
    let buttons: Vec<_> = links.iter().map(button).collect();
    json!({
        "contentType": "application/vnd.microsoft.card.hero",
        "content": { "buttons": buttons },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watermark_is_a_number_or_the_beginning() {
        #[track_caller]
        fn check(text: &str, expected: Option<i64>) {
            let read = Watermark::parse(text).ok().map(|Watermark(number)| number);
            assert_eq!(read, expected, "{text}");
        }
        check("", Some(0));
        check("-", Some(0));
        check("0", Some(0));
        check("0000012", Some(12));
        check("9223372036854775807", Some(i64::MAX));
        for wrong in ["9223372036854775808", "-1", "+1", " 1", "1 ", "1a-94", "1.0", "١"] {
            check(wrong, None);
        }
    }
}
