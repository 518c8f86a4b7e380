//! What the kit must know of one kind of channel: how its operator speaks.

use std::sync::Arc;
use std::time::Duration;

use bankside_domain::channel::Contact;
use bankside_service::ports::Channel;

use super::delivery::{Delivery, Happening};
use super::operator::{Reply, Seen};
use super::wire::Wire;
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
    /// Will not take it.
    Refused,
    /// Does not know the bank.
    Stranger,
}

/// How the bank and the operator speak with one another.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// The operator delivers to a webhook, and is sent messages by HTTP.
    Web,
    /// By connections, which the bank makes, or serves too.
    Line(&'static dyn Wire),
    /// The operator asks, and the bank's words are in the answer, within that time.
    Answer(Duration),
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

    /// How they speak.
    fn way(&'static self) -> Way {
        Way::Web
    }

    /// The operator's id of the message of that number.
    fn id(&self, number: u32) -> String {
        number.to_string()
    }

    /// The id of a message of the bank's, as the adapter tells it.
    fn sent_id(&self, number: u32) -> String {
        self.id(number)
    }

    /// Whether an old delivery must be refused.
    fn must_be_fresh(&self) -> bool {
        false
    }

    /// A delivery with just these things in it; nothing where the operator has no such thing, or
    /// tells of one at a time.
    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery>;

    /// A delivery of those very bytes under a right proof; nothing where the proof is none of the bytes.
    fn proven(&self, body: Vec<u8>) -> Option<Delivery> {
        let _ = body;
        None
    }

    /// How the operator answers a request by HTTP.
    fn reply(&self, seen: &Seen, fate: Fate) -> Reply {
        let _ = (seen, fate);
        Reply::Silence
    }

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

    /// Whether a request asks to take back the message that the adapter knows by that id.
    fn takes_back(&self, seen: &Seen, id: &str) -> bool {
        let encoded: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
        let in_body = String::from_utf8_lossy(&seen.body).contains(id);
        seen.path.contains(&encoded) || seen.says(id) || in_body
    }

    /// Whether the operator names what it delivers, so that the same delivery twice is known to be one.
    fn names_deliveries(&self) -> bool {
        true
    }

    /// Whether the operator is told the key of a message, by which it knows it again.
    fn knows_keys(&self) -> bool {
        false
    }
}
