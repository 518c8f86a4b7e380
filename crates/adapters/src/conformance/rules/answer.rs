//! Operators that want the bank's words in the answer to their request.

use bankside_service::channels::Frame;
use bankside_service::ports::{Reply, SendError};

use super::{Case, Judged, KEY, Outcome, must};
use crate::conformance::delivery::Happening;
use crate::conformance::specimen::{Fate, Way};

const SENT: Judged = Judged::Not("the operator is sent the bank's words, and waits for none");

/// Before the operator gives up; and nobody waits for words where they are sent.
pub(super) async fn in_time(case: Case) -> Outcome {
    let within = case.with(Fate::Sent).await?.channel.answers_within();
    match (case.specimen.way(), within) {
        (Way::Answer(patience), Some(within)) => must(within < patience, || {
            format!("it answers within {within:?}, and the operator waits for {patience:?}")
        }),
        (Way::Answer(_), None) => Err("it does not say that it answers".to_owned()),
        (Way::Web | Way::Line(_), Some(_)) => Err("it keeps its operator waiting".to_owned()),
        (Way::Web | Way::Line(_), None) => Ok(SENT),
    }
}

/// What would be sent has nowhere to go, and must not look as if it went.
pub(super) async fn never_sent_to(case: Case) -> Outcome {
    let Way::Answer(_) = case.specimen.way() else { return Ok(SENT) };
    let frame = Frame { text: "words".to_owned(), ..Frame::default() };
    let sent = case.with(Fate::Sent).await?.channel.send(&case.specimen.her(), &frame, KEY).await;
    must(matches!(sent, Err(SendError::Refused { .. })), || "it was sent".to_owned())
}

/// Where there is nothing to say, nothing of an earlier answer is said.
pub(super) async fn silence_keeps_no_words(case: Case) -> Outcome {
    let Way::Answer(_) = case.specimen.way() else { return Ok(SENT) };
    let scene = case.with(Fate::Sent).await?;
    let asked = case.specimen.delivery(&[Happening::words(1, "and?")]);
    let asked = asked.ok_or("the operator tells of no words")?;
    let first = asked.answered_by(&*scene.channel, &Reply::default()).body;
    scene.says("canary-4711").await.map_err(|error| format!("not said: {error}"))?;
    let then = asked.answered_by(&*scene.channel, &Reply::default()).body;
    must(first == then && !then.contains("canary"), || "silence says something".to_owned())
}
