//! Where conversations are reached: looked up by a keyed hash, kept sealed.
//!
//! INVARIANT: the databases hold no telephone number and no account of a messenger in clear, nor
//! a hash that can be tried out without the installation's own key.

use bankside_domain::channel::Contact;
use bankside_domain::id::ConversationId;
use bankside_domain::personal::Personal;

use crate::keys::{DataKey, KeyError, KeyRing, Subject, Unsealable};
use crate::ports::{Clock, Entropy};

/// The installation's own key for what channels call people and messages.
pub(crate) async fn key(keys: &KeyRing, clock: &dyn Clock) -> Result<DataKey, KeyError> {
    keys.ensure(Subject::Channels, clock.now()).await
}

/// What a contact is looked up by.
pub(crate) fn of_contact(key: &DataKey, channel: &str, contact: &Contact) -> [u8; 32] {
    key.pseudonym(&format!("contact/{channel}/{}", contact.address()))
}

/// What an operator's id of a message is looked up by. Such an id may hold a telephone number, as
/// WhatsApp's does.
pub(crate) fn of_message(key: &DataKey, channel: &str, id: &str) -> [u8; 32] {
    key.pseudonym(&format!("message/{channel}/{id}"))
}

/// An event's id as the inbox keeps it.
pub(crate) fn of_event(key: &DataKey, channel: &str, id: &str) -> String {
    let hash = key.pseudonym(&format!("event/{channel}/{id}"));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn place(id: ConversationId) -> String {
    format!("address/{id}")
}

/// Seals a contact for its conversation.
pub(crate) fn seal(
    key: &DataKey,
    id: ConversationId,
    contact: &Contact,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, Unsealable> {
    key.seal(&place(id), contact.address().as_bytes(), entropy)
}

/// Opens it.
pub(crate) fn open(
    key: &DataKey,
    id: ConversationId,
    sealed: &[u8],
) -> Result<Contact, Unsealable> {
    let opened = key.open(&place(id), sealed)?;
    Ok(Contact(Personal::new(String::from_utf8(opened).map_err(|_| Unsealable)?)))
}
