//! Connections that the bank holds: what comes by them is acknowledged once it is committed, and one
//! that ended is told to have ended.

use std::sync::Arc;

use bankside_service::ports::{Ended, SendError};

use super::{Case, Judged, Outcome, Scene, must};
use crate::conformance::delivery::{Delivery, Happening};
use crate::conformance::desk::{Desk, Mood};
use crate::conformance::scene::Line;
use crate::conformance::specimen::{Fate, Way};
use crate::conformance::wire::Heard;

const NO_LINE: Judged = Judged::Not("the channel holds no connection: its operator delivers");
const SERVED: Judged =
    Judged::Not("the bank holds no connection: it serves those that its operator makes");
const WORDS: &str = "how much is left?";

/// A connection and two things that can be said by it, or nothing where the channel has none.
async fn standing(case: &Case) -> Result<Option<(Scene, [Delivery; 2])>, String> {
    let Way::Line(_) = case.specimen.way() else { return Ok(None) };
    let says = |number| {
        let delivery = case.specimen.delivery(&[Happening::words(number, WORDS)]);
        delivery.ok_or("the operator tells of no words")
    };
    Ok(Some((case.with(Fate::Sent).await?, [says(1)?, says(2)?])))
}

fn line_of(scene: &Scene) -> Result<&Line, String> {
    scene.line().ok_or_else(|| "the channel has no line".to_owned())
}

fn is_taken(line: &Line, id: &str) -> bool {
    line.double.heard().iter().any(|heard| matches!(heard, Heard::Taken(of) if of == id))
}

/// The operator knows who connected; a channel without a line says so at once.
pub(super) async fn stands_or_there_is_none(case: Case) -> Outcome {
    let scene = case.with(Fate::Sent).await?;
    if let Some(line) = scene.line() {
        let proven = |heard: &Heard| matches!(heard, Heard::Proven);
        // By itself it says nothing where it waits to be asked.
        line.double.says(Vec::new()).await?;
        line.double.until("a proof of the bank's", proven).await?;
        return must(line.desk.kept().ended == 0, || "it ended".to_owned());
    }
    let desk = Arc::<Desk>::default();
    desk.ended(scene.channel.listen(desk.clone()).await);
    let kept = desk.kept();
    let none = kept.stood == 0 && kept.end == Some(Ended::NoLine);
    must(none, || "it listens, and has nothing to listen to".to_owned())
}

/// As long as the desk has it in hand the operator hears nothing of it, whatever else it hears.
pub(super) async fn taken_is_acknowledged_once_committed(case: Case) -> Outcome {
    let Some((scene, [first, _])) = standing(&case).await? else { return Ok(NO_LINE) };
    let (line, id) = (line_of(&scene)?, case.specimen.id(1));
    line.desk.is(Mood::Holds);
    line.double.says(first.body).await?;
    line.desk.until("what was said", |kept| kept.handed > 0).await?;
    // What the bank says meanwhile goes the same way, behind any receipt.
    scene.says("meanwhile").await.map_err(|error| format!("nothing else is sent: {error}"))?;
    if is_taken(line, &id) {
        return Err("it was acknowledged, and not committed".to_owned());
    }
    line.desk.is(Mood::Takes);
    line.double
        .until("the receipt", |heard| matches!(heard, Heard::Taken(of) if *of == id))
        .await?;
    must(line.desk.kept().events.len() == 1, || "it was not taken once".to_owned())
}

/// The operator hears that it was not taken, and what comes after it is taken.
pub(super) async fn not_committed_is_not_acknowledged(case: Case) -> Outcome {
    let Some((scene, [first, second])) = standing(&case).await? else { return Ok(NO_LINE) };
    let (line, ids) = (line_of(&scene)?, [case.specimen.id(1), case.specimen.id(2)]);
    let [one, two] = &ids;
    line.desk.is(Mood::Refuses);
    line.double.says(first.body).await?;
    let refused = |heard: &Heard| matches!(heard, Heard::NotTaken(of) if of == one);
    line.double.until("the refusal", refused).await?;
    line.desk.is(Mood::Takes);
    line.double.says(second.body).await?;
    line.double
        .until("the receipt", |heard| matches!(heard, Heard::Taken(of) if of == two))
        .await?;
    must(!is_taken(line, one), || "it was acknowledged, and not committed".to_owned())
}

/// It makes no event, is kept apart, and harms nothing that comes after it.
pub(super) async fn hostile_is_kept_apart(case: Case) -> Outcome {
    let Way::Line(wire) = case.specimen.way() else { return Ok(NO_LINE) };
    let Some((scene, [first, _])) = standing(&case).await? else { return Ok(NO_LINE) };
    for (what, bytes) in wire.hostile() {
        let taken = scene.given(&Delivery::by_line(bytes, 1)).await;
        let taken = taken.map_err(|error| format!("{what}: {error}"))?;
        let taken = taken.map_err(|error| format!("{what}: {error}"))?;
        if !taken.events.is_empty() || taken.strange.len() != 1 {
            return Err(format!("{what} is believed"));
        }
    }
    let taken = scene.given(&first).await?.map_err(|error| error.to_string())?;
    must(taken.events.len() == 1, || "what came after it was not taken".to_owned())
}

/// Whoever sends meanwhile is told to try later, and the next connection is as good as the first.
pub(super) async fn broken_is_told_and_made_anew(case: Case) -> Outcome {
    let Some((scene, [first, second])) = standing(&case).await? else { return Ok(NO_LINE) };
    let line = line_of(&scene)?;
    if line.double.makes_calls() {
        return Ok(SERVED);
    }
    for (delivery, times) in [(first, 1), (second, 2)] {
        let taken = scene.given(&delivery).await?.map_err(|error| error.to_string())?;
        if taken.events.len() != 1 {
            return Err("what was said was not taken".to_owned());
        }
        line.double.hangs_up().await?;
        let kept = line.desk.until("the end of the connection", |kept| kept.ended == times).await?;
        if !matches!(kept.end, Some(Ended::Broken { .. })) {
            return Err("it ended, and is not told to have broken".to_owned());
        }
        if !matches!(scene.says("meanwhile").await, Err(SendError::Later { .. })) {
            return Err("what is sent meanwhile is not sent later".to_owned());
        }
        line.again().await?;
    }
    let sent = scene.says("again").await.map_err(|error| format!("not sent again: {error}"));
    sent.map(|_| Judged::Holds)
}

/// Where the operator does not know the bank, the connection never stands.
pub(super) async fn stranger_has_none(case: Case) -> Outcome {
    let Way::Line(_) = case.specimen.way() else { return Ok(NO_LINE) };
    let scene = case.with(Fate::Stranger).await?;
    let line = line_of(&scene)?;
    if line.double.makes_calls() {
        return Ok(SERVED);
    }
    let kept = line.desk.kept();
    let told = kept.stood == 0 && matches!(kept.end, Some(Ended::Broken { .. }));
    must(told, || "it is as if it stood".to_owned())
}
