//! The rules. Each stands for itself: its name says what must hold.

mod answer;
mod inbound;
mod line;
mod outbound;
mod proof;
mod table;

use bankside_domain::channel::{Contact, Event, Status, Wish};
use futures_util::future::BoxFuture;

use super::delivery::{Delivery, Happening};
use super::operator::Seen;
use super::scene::{KEY, Scene};
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
    rule!("wish-is-noted", |case| inbound::taken(case, Event::Wish { wish: Wish::Hello })),
    rule!("end-is-noted", |case| inbound::taken(case, Event::End)),
    rule!("move-is-noted", |case| inbound::taken(case, moved(Some(ELSEWHERE)))),
    rule!("loss-of-an-account-is-noted", |case| inbound::taken(case, moved(None))),
    rule!("erasure-is-noted", inbound::erasure_is_noted),
    rule!("same-delivery-has-same-ids", inbound::same_delivery_has_same_ids),
    rule!("batch-keeps-its-order", inbound::batch_keeps_its_order),
    rule!("a-week-late-is-taken", inbound::a_week_late_is_taken),
    rule!("unproven-is-refused", proof::unproven_is_refused),
    rule!("altered-is-refused", proof::altered_is_refused),
    rule!("truncated-is-not-believed", proof::truncated_is_not_believed),
    rule!("noise-is-not-believed", proof::noise_is_not_believed),
    rule!("a-line-stands-or-there-is-none", line::stands_or_there_is_none),
    rule!("taken-is-acknowledged-once-committed", line::taken_is_acknowledged_once_committed),
    rule!("not-committed-is-not-acknowledged", line::not_committed_is_not_acknowledged),
    rule!("hostile-is-kept-apart", line::hostile_is_kept_apart),
    rule!("a-broken-line-is-told-and-made-anew", line::broken_is_told_and_made_anew),
    rule!("a-stranger-has-no-line", line::stranger_has_none),
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
    rule!("the-asking-are-answered-in-time", answer::in_time),
    rule!("the-asking-are-never-sent-to", answer::never_sent_to),
    rule!("silence-keeps-no-words", answer::silence_keeps_no_words),
    rule!("credentials-are-tested", outbound::credentials_are_tested),
    rule!("nothing-personal-is-shown", outbound::nothing_personal_is_shown),
];

/// One rule asked of one channel.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) specimen: &'static dyn Specimen,
    pub(super) client: HttpClient,
}

impl Case {
    /// Against an operator with that answer to every message.
    async fn with(&self, fate: Fate) -> Result<Scene, String> {
        Scene::open(self.specimen, self.client.clone(), fate).await
    }

    /// A delivery, and the channel that it is for; nothing where the operator has no such thing.
    async fn delivered(
        &self,
        happenings: &[Happening],
    ) -> Result<Option<(Scene, Delivery)>, String> {
        match self.specimen.delivery(happenings) {
            Some(delivery) => Ok(Some((self.with(Fate::Sent).await?, delivery))),
            None => Ok(None),
        }
    }
}

/// Where she is from now on.
const ELSEWHERE: &str = "16505550000";

fn moved(to: Option<&str>) -> Event {
    Event::Moved { to: to.map(Contact::new) }
}

/// The rule holds where this is so.
fn must(holds: bool, otherwise: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(Judged::Holds) } else { Err(otherwise()) }
}
