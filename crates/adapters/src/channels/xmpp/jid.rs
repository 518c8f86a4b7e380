//! Addresses of XMPP: RFC 7622. A contact is a bare JID; which device she writes from is no part of
//! who she is.

use bankside_domain::channel::Contact;
use bankside_service::ports::SendError;
use jid::Jid;

use super::fault;

/// Who sent something: her account, normalised.
pub(super) struct Sender {
    pub(super) bare: String,
}

impl Sender {
    /// Of an account on a server other than our own domain; a server, a room's occupant list or
    /// whatever else has no name before the `@` is nobody.
    pub(super) fn parse(from: &str, domain: &str) -> Option<Self> {
        let full = Jid::new(from).ok()?;
        let is_person = full.node().is_some() && full.domain().as_str() != domain;
        is_person.then(|| Self { bare: full.to_bare().to_string() })
    }
}

/// An account's bare JID, normalised; nothing where it is none, or names a device.
pub(super) fn person(text: &str) -> Option<String> {
    let jid = Jid::new(text).ok()?;
    (jid.node().is_some() && jid.resource().is_none()).then(|| jid.to_string())
}

/// Whether it is that bare JID, with or without a device.
pub(super) fn is(text: &str, bare: &str) -> bool {
    Jid::new(text).is_ok_and(|jid| jid.to_bare().as_str() == bare)
}

/// Whether it is an address of that domain.
pub(super) fn is_of(text: &str, domain: &str) -> bool {
    Jid::new(text).is_ok_and(|jid| jid.domain().as_str() == domain)
}

/// The bare JID that was kept.
pub(super) fn of(contact: &Contact) -> Result<String, SendError> {
    person(contact.address()).ok_or_else(|| fault::refused("not an address of XMPP"))
}

/// The id of a message to her, as the service knows it: with whom it went to, so that nobody else can
/// tell that it arrived.
pub(super) fn scoped(bare: &str, id: &str) -> String {
    format!("{bare} {id}")
}

/// The id as it was on the wire.
pub(super) fn unscoped<'a>(bare: &str, id: &'a str) -> Option<&'a str> {
    id.strip_prefix(bare)?.strip_prefix(' ')
}
