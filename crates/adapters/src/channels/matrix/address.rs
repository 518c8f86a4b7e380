//! Ids of Matrix. Appendices, "Identifier Grammar": an id has a sigil and at most 255 bytes. Those of
//! rooms are opaque, and have no server's name since version 12.

use bankside_domain::channel::Contact;
use bankside_service::ports::SendError;

/// Most bytes of an id.
const MAX_ID: usize = 255;

/// A room and who is there.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) room: String,
    pub(super) customer: String,
}

impl Address {
    /// Of what was kept.
    pub(super) fn of(contact: &Contact) -> Result<Self, SendError> {
        let pair = contact.address().split_once(' ');
        let pair = pair.filter(|(room, who)| is_room(room) && is_person(who));
        let (room, customer) =
            pair.ok_or_else(|| SendError::Refused { why: "not an address of Matrix".to_owned() })?;
        Ok(Self { room: room.to_owned(), customer: customer.to_owned() })
    }
}

/// The contact of somebody in a room.
pub(super) fn contact(room: &str, who: &str) -> Contact {
    Contact::new(format!("{room} {who}"))
}

/// Whether it can be a room's id.
pub(super) fn is_room(id: &str) -> bool {
    is_id(id, '!')
}

/// Whether it can be somebody's id.
pub(super) fn is_person(id: &str) -> bool {
    is_id(id, '@') && id.contains(':')
}

/// Whether it can be an event's id.
pub(super) fn is_event(id: &str) -> bool {
    is_id(id, '$')
}

fn is_id(id: &str, sigil: char) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    id.len() <= MAX_ID
        && id.strip_prefix(sigil).is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain))
}
