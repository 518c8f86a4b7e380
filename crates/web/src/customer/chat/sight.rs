//! What the operator of a channel would have seen: each message as it passes through its hands,
//! and what was kept from it.

use std::sync::Arc;

use bankside_domain::conversation::{LinkTarget, Message, Part};
use bankside_domain::disclosure::FieldClass;
use bankside_domain::party::Ceiling;
use bankside_language::{Msg, catalogue as names};
use bankside_service::door::Owner;
use bankside_service::keys::Subject;
use maud::Markup;

use super::Room;
use super::shown::is_own;
use crate::ui::chat;

/// Newest messages that the panel opens with.
const MOST: usize = 60;

/// One message as it passed.
pub(super) struct Seen {
    id: String,
    at: (String, String),
    direction: String,
    text: String,
    withheld: Vec<String>,
}

impl Seen {
    /// As the component takes it.
    pub(super) fn shown(&self) -> chat::Sight<'_> {
        chat::Sight {
            id: &self.id,
            at: (&self.at.0, &self.at.1),
            direction: &self.direction,
            text: &self.text,
            withheld: &self.withheld,
        }
    }
}

/// What passed, oldest first; nothing where nobody reads along.
pub(super) async fn all(room: &Room, messages: &[Message]) -> Vec<Seen> {
    if room.chat.party.ceiling != Ceiling::PlatformReadable {
        return Vec::new();
    }
    let newest = messages.get(messages.len().saturating_sub(MOST)..).unwrap_or_default();
    let mut seen = Vec::with_capacity(newest.len());
    for message in newest {
        seen.push(one(room, message).await);
    }
    seen
}

/// One message, as the panel's list item.
pub(super) async fn item(room: &Room, message: &Message) -> Option<Markup> {
    if room.chat.party.ceiling != Ceiling::PlatformReadable {
        return None;
    }
    let withheld = room.text(Msg::LogDetailWithheld);
    let seen = one(room, message).await;
    Some(chat::Seen { withheld: &withheld, ..chat::Seen::default() }.sight(&seen.shown()))
}

async fn one(room: &Room, message: &Message) -> Seen {
    let withheld = withheld(room, message).await;
    let direction = if is_own(message) { Msg::PageChatFromYou } else { Msg::PageChatToYou };
    Seen {
        id: format!("s-{}", message.id),
        at: (message.at.to_jiff().to_string(), room.formats().time(message.at)),
        direction: room.text(direction),
        text: wire(room, message),
        withheld: withheld.into_iter().map(|class| room.text(names::field(class))).collect(),
    }
}

/// The words, figures, addresses and buttons of a message, as plain text: what a messenger gets.
fn wire(room: &Room, message: &Message) -> String {
    let mut lines = vec![message.body.text.reveal().clone()];
    for part in &message.body.parts {
        match part {
            Part::Rows { title, rows } => {
                lines.push(title.reveal().clone());
                lines.extend(rows.iter().map(|row| {
                    let hint = row.hint.as_ref().map(|h| format!(" ({})", h.reveal()));
                    let (label, value) = (row.label.reveal(), row.value.reveal());
                    format!("{label}: {value}{}", hint.unwrap_or_default())
                }));
            }
            Part::Chart { title, bars } => {
                lines.push(title.reveal().clone());
                let bar = |label: &str, value: &str| format!("{label}: {value}");
                lines.extend(bars.iter().map(|b| bar(b.label.reveal(), b.value.reveal())));
            }
            Part::Link { label, link } => {
                lines.push(format!("{}: {}", label.reveal(), address(room, link)));
            }
            Part::Removed { .. } => {}
        }
    }
    let buttons = message.body.choices.iter().map(|c| format!("[ {} ]", c.label.reveal()));
    let buttons: Vec<String> = buttons.collect();
    if !buttons.is_empty() {
        lines.push(buttons.join(" "));
    }
    lines.join("\n")
}

fn address(room: &Room, link: &LinkTarget) -> String {
    let path = match link {
        LinkTarget::Offered { token, .. } => room.here.at(&format!("/l/{}", token.reveal())),
        LinkTarget::Page { path } => room.here.at(path),
    };
    let origin = room.here.app.settings().public_url.origin().ascii_serialization();
    format!("{origin}{path}")
}

/// What her own log says was left out of a message; nothing where it cannot be read.
async fn withheld(room: &Room, message: &Message) -> Vec<FieldClass> {
    let (Some(customer), Some(receipt)) = (room.chat.customer, &message.receipt) else {
        return Vec::new();
    };
    let service = room.here.app.service();
    let Ok(key) = service.keys.get(Subject::Customer(customer)).await else { return Vec::new() };
    let owner = Owner { customer, bank: room.chat.bank.clone(), key: Arc::new(key) };
    let Ok(entry) = service.log.entry(&owner, receipt).await else { return Vec::new() };
    let reason = entry.record.reason.unwrap_or_default();
    let codes = reason.strip_prefix("withheld: ").unwrap_or_default();
    codes.split(' ').filter_map(class).collect()
}

fn class(code: &str) -> Option<FieldClass> {
    serde_json::from_value(serde_json::Value::String(code.to_owned())).ok()
}
