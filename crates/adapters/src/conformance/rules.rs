//! The rules. Each stands for itself: its name says what must hold.

mod inbound;
mod outbound;
mod table;

use std::sync::Arc;

use bankside_domain::channel::{Event, Status};
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel, SendError};
use futures_util::future::BoxFuture;

use super::delivery::{Delivery, Happening};
use super::operator::{Operator, Seen};
use super::specimen::{Fate, Specimen};
use crate::http::HttpClient;

/// Where a rule stands, unless it is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judged {
    /// The channel keeps it.
    Holds,
    /// It does not apply, and why.
    Not(&'static str),
}

/// What a rule finds; an error is why it is broken.
pub(super) type Outcome = Result<Judged, String>;
type Rule = fn(Case) -> BoxFuture<'static, Outcome>;

/// A rule made of a function.
macro_rules! rule {
    ($name:literal, $ask:expr) => {
        ($name, (|case| Box::pin($ask(case))) as Rule)
    };
}

/// All of them, in the order in which they are told.
pub(super) const ALL: &[(&str, Rule)] = &[
    rule!("table-is-coherent", table::is_coherent),
    rule!("words-are-taken", inbound::words_are_taken),
    rule!("media-is-noted", |case| inbound::taken(case, Event::Media)),
    rule!("beginning-is-noted", |case| inbound::taken(case, Event::Begin { reference: None })),
    rule!("leaving-is-noted", |case| inbound::taken(case, Event::Leave)),
    rule!("edit-is-noted", inbound::edit_is_noted),
    rule!("deletion-is-noted", inbound::deletion_is_noted),
    rule!("reaction-is-noted", |case| inbound::taken(case, Event::Reaction)),
    rule!("arrival-is-noted", |case| inbound::status(case, Status::Delivered)),
    rule!("reading-is-noted", |case| inbound::status(case, Status::Read)),
    rule!("failure-is-noted", |case| inbound::status(case, Status::Failed)),
    rule!("same-delivery-has-same-ids", inbound::same_delivery_has_same_ids),
    rule!("batch-keeps-its-order", inbound::batch_keeps_its_order),
    rule!("a-week-late-is-taken", inbound::a_week_late_is_taken),
    rule!("unproven-is-refused", inbound::unproven_is_refused),
    rule!("altered-is-refused", inbound::altered_is_refused),
    rule!("truncated-is-not-believed", inbound::truncated_is_not_believed),
    rule!("noise-is-not-believed", inbound::noise_is_not_believed),
    rule!("words-are-sent-whole", outbound::words_are_sent_whole),
    rule!("right-to-left-is-sent-whole", outbound::right_to_left_is_sent_whole),
    rule!("longest-text-is-sent", outbound::longest_text_is_sent),
    rule!("all-that-is-planned-is-sent", outbound::all_that_is_planned_is_sent),
    rule!("a-tap-comes-back", outbound::a_tap_comes_back),
    rule!("key-goes-with-the-message", outbound::key_goes_with_the_message),
    rule!("busy-is-waited-for", outbound::busy_is_waited_for),
    rule!("down-is-tried-again", |case| outbound::fails(case, Fate::Down)),
    rule!("silence-is-tried-again", |case| outbound::fails(case, Fate::Silent)),
    rule!("gone-is-gone", |case| outbound::fails(case, Fate::Gone)),
    rule!("refused-is-refused", |case| outbound::fails(case, Fate::Refused)),
    rule!("sent-is-taken-back", outbound::sent_is_taken_back),
    rule!("credentials-are-tested", outbound::credentials_are_tested),
    rule!("nothing-personal-is-shown", outbound::nothing_personal_is_shown),
];

/// One rule asked of one channel.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) specimen: &'static dyn Specimen,
    pub(super) client: HttpClient,
}

/// A channel and its operator.
struct Opened {
    channel: Arc<dyn Channel>,
    operator: Operator,
}

/// The key of a message.
const KEY: &str = "0198c0de-0000-7000-8000-00000000c0de";

impl Case {
    /// Against an operator with that answer to every message.
    async fn with(&self, fate: Fate) -> Result<Opened, String> {
        let specimen = self.specimen;
        let operator = Operator::start(move |seen| specimen.reply(seen, fate)).await?;
        let channel = specimen.open(&operator.address, self.client.clone())?;
        Ok(Opened { channel, operator })
    }

    /// A delivery, and the channel that it is for; nothing where the operator has no such thing.
    async fn delivered(
        &self,
        happenings: &[Happening],
    ) -> Result<Option<(Opened, Delivery)>, String> {
        match self.specimen.delivery(happenings) {
            Some(delivery) => Ok(Some((self.with(Fate::Sent).await?, delivery))),
            None => Ok(None),
        }
    }
}

impl Opened {
    /// Sends a message with nothing but words.
    async fn says(&self, case: &Case, text: &str) -> Result<Option<String>, SendError> {
        let frame = Frame { text: text.to_owned(), ..Frame::default() };
        self.channel.send(&case.specimen.her(), &frame, KEY).await
    }

    /// The messages that the operator saw, oldest first.
    fn messages(&self, case: &Case) -> Vec<Seen> {
        let mut seen = self.operator.seen();
        seen.retain(|seen| case.specimen.is_message(seen));
        seen
    }
}

/// The rule holds where this is so.
fn must(holds: bool, otherwise: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(Judged::Holds) } else { Err(otherwise()) }
}
