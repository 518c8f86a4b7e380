//! What comes in: whole, in order, and once.

use bankside_domain::channel::{Event, Inbound, Status};
use bankside_service::ports::{Distrust, Taken};

use super::{Case, Judged, Outcome, Scene, must};
use crate::conformance::delivery::{Delivery, Happening, NOW};

const NONE: Judged = Judged::Not("the operator tells of no such thing");
/// Her words; nothing else in a delivery holds them.
const WORDS: &str = "how much is left? ¿żółć? ٢٠٠";

async fn taken_of(scene: &Scene, delivery: &Delivery) -> Result<Taken, String> {
    let taken = scene.given(delivery).await?;
    let taken = taken.map_err(|error| format!("a genuine delivery is refused: {error}"))?;
    match taken.strange.first() {
        Some(why) => Err(format!("a genuine delivery is strange: {why}")),
        None => Ok(taken),
    }
}

async fn events(scene: &Scene, delivery: &Delivery) -> Result<Vec<Inbound>, String> {
    Ok(taken_of(scene, delivery).await?.events)
}

fn meant(events: &[Inbound]) -> Vec<&Event> {
    events.iter().map(|inbound| &inbound.event).collect()
}

/// Her words arrive whole, from her.
pub(super) async fn words_are_taken(case: Case) -> Outcome {
    let Some((scene, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Err("the operator tells of no words".to_owned());
    };
    let events = events(&scene, &delivery).await?;
    let [inbound] = events.as_slice() else {
        return Err(format!("one message makes {} events", events.len()));
    };
    if inbound.from != case.specimen.her() {
        return Err("it is somebody else's".to_owned());
    }
    must(inbound.event == Event::Message { text: WORDS.into() }, || "other words".to_owned())
}

/// Such an event is what the delivery says.
pub(super) async fn taken(case: Case, event: Event) -> Outcome {
    let happening = Happening::new(1, event.clone());
    let Some((scene, delivery)) = case.delivered(&[happening]).await? else { return Ok(NONE) };
    let events = events(&scene, &delivery).await?;
    must(meant(&events).contains(&&event), || format!("{} events, and not that", events.len()))
}

pub(super) async fn edit_is_noted(case: Case) -> Outcome {
    let of = case.specimen.id(7);
    taken(case, Event::Edit { of, text: "other words".into() }).await
}

pub(super) async fn deletion_is_noted(case: Case) -> Outcome {
    let of = case.specimen.id(7);
    taken(case, Event::Deletion { of }).await
}

/// The operator asks for an erasure in her name, and is told a code by which she can follow it.
pub(super) async fn erasure_is_noted(case: Case) -> Outcome {
    let asked = Happening::new(1, Event::Erasure { code: String::new() });
    let Some((scene, delivery)) = case.delivered(&[asked]).await? else { return Ok(NONE) };
    let taken = taken_of(&scene, &delivery).await?;
    let [Inbound { event: Event::Erasure { code }, from, .. }] = taken.events.as_slice() else {
        return Err("no erasure".to_owned());
    };
    if *from != case.specimen.her() {
        return Err("it is somebody else's".to_owned());
    }
    let told = code.len() >= 16 && taken.answer.body.contains(code);
    must(told, || "the operator is not told the code".to_owned())
}

/// A receipt is noted for the message that it names, or for all until a time.
pub(super) async fn status(case: Case, want: Status) -> Outcome {
    let of = Some(case.specimen.sent_id(7));
    let happening = Happening::new(1, Event::Status { of, until: None, status: want });
    let Some((scene, delivery)) = case.delivered(&[happening]).await? else { return Ok(NONE) };
    let events = events(&scene, &delivery).await?;
    let of = case.specimen.sent_id(7);
    let is_it = |inbound: &Inbound| {
        matches!(&inbound.event, Event::Status { of: Some(named), status, .. }
            if *named == of && *status == want)
            || matches!(&inbound.event, Event::Status { of: None, until: Some(_), status }
                if *status == want)
    };
    must(events.iter().any(is_it), || "no such receipt".to_owned())
}

/// Operators deliver again what they are not sure of.
pub(super) async fn same_delivery_has_same_ids(case: Case) -> Outcome {
    let Some((scene, first)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    let Some(other) = case.specimen.delivery(&[Happening::words(2, WORDS)]) else {
        return Ok(NONE);
    };
    let mut ids = Vec::new();
    for delivery in [&first, &first, &other] {
        let events = events(&scene, delivery).await?;
        ids.push(events.into_iter().map(|inbound| inbound.id).collect::<Vec<_>>());
    }
    let [one, again, another] = ids.as_slice() else { return Err("not three".to_owned()) };
    if one == another {
        return Err("two messages have one id".to_owned());
    }
    if !case.specimen.names_deliveries() {
        return Ok(Judged::Not("the operator gives no name to what it delivers"));
    }
    must(one == again, || "the same delivery twice has two ids".to_owned())
}

pub(super) async fn batch_keeps_its_order(case: Case) -> Outcome {
    let batch: Vec<_> = (1..=9).map(|n| Happening::words(n, &format!("word {n}"))).collect();
    let Some((scene, delivery)) = case.delivered(&batch).await? else {
        return Ok(Judged::Not("the operator delivers one thing at a time"));
    };
    let events = events(&scene, &delivery).await?;
    let want: Vec<_> = batch.iter().map(|happening| &happening.event).collect();
    must(meant(&events) == want, || format!("{} of 9, or another order", events.len()))
}

/// Operators deliver for days what could not be delivered.
pub(super) async fn a_week_late_is_taken(case: Case) -> Outcome {
    let old = Happening { at: NOW.plus_days(-7), ..Happening::words(1, WORDS) };
    let Some((scene, delivery)) = case.delivered(&[old]).await? else { return Ok(NONE) };
    if case.specimen.must_be_fresh() {
        let refused = matches!(scene.given(&delivery).await?, Err(Distrust::NotNow));
        return must(refused, || "an old request is believed".to_owned());
    }
    let events = events(&scene, &delivery).await?;
    must(events.len() == 1, || format!("{} events", events.len()))
}
