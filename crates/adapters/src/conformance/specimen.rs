//! What the kit must know of one kind of channel: how its operator speaks.

use std::sync::Arc;

use bankside_domain::channel::Contact;
use bankside_service::ports::Channel;

use super::delivery::{Delivery, Happening};
use super::operator::{Reply, Seen};
use crate::http::HttpClient;

/// What the operator makes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Takes it.
    Sent,
    /// Wants fewer: asks to wait so many seconds.
    Busy(u32),
    /// Is down.
    Down,
    /// Does not answer.
    Silent,
    /// Knows that she is gone.
    Gone,
    /// Does not know the bank.
    Refused,
}

/// One kind of channel.
pub(super) trait Specimen: Send + Sync {
    /// As the configuration names it.
    fn name(&self) -> &'static str;

    /// Opens it, against an operator at that address, with made-up credentials.
    ///
    /// # Errors
    /// Why they do not suit: a defect of the kit.
    fn open(&self, operator: &str, client: HttpClient) -> Result<Arc<dyn Channel>, String>;

    /// The made-up credentials, which nothing may show.
    fn secrets(&self) -> &'static [&'static str];

    /// A customer there.
    fn her(&self) -> Contact;

    /// The operator's id of the message of that number.
    fn id(&self, number: u32) -> String {
        number.to_string()
    }

    /// Whether an old delivery must be refused.
    fn must_be_fresh(&self) -> bool {
        false
    }

    /// A delivery with just these things in it; nothing where the operator has no such thing, or
    /// tells of one at a time.
    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery>;

    /// How the operator answers a request.
    fn reply(&self, seen: &Seen, fate: Fate) -> Reply;

    /// Whether the operator has that answer at all.
    fn has(&self, fate: Fate) -> bool {
        let _ = fate;
        true
    }

    /// The delivery of a tap on the first answer of a message that the operator saw.
    fn tapped(&self, seen: &Seen) -> Option<Delivery> {
        let _ = seen;
        None
    }

    /// Whether a request is the sending of a message, and none of what goes before it.
    fn is_message(&self, seen: &Seen) -> bool {
        !seen.body.is_empty()
    }

    /// Whether the operator is told the key of a message, by which it knows it again.
    fn knows_keys(&self) -> bool {
        false
    }
}
