//! What comes in: believed only when proven, and then whole, in order, and once.

use bankside_domain::channel::{Event, Inbound, Status};
use bankside_service::ports::{Distrust, Taken};

use super::{Case, Judged, Outcome, must};
use crate::conformance::delivery::{Delivery, Happening, NOW, Proof};

const NONE: Judged = Judged::Not("the operator tells of no such thing");
/// Her words; nothing else in a delivery holds them.
const WORDS: &str = "how much is left? ¿żółć? ٢٠٠";

fn events(taken: Result<Taken, Distrust>) -> Result<Vec<Inbound>, String> {
    let taken = taken.map_err(|error| format!("a genuine delivery is refused: {error}"))?;
    match taken.strange.first() {
        Some(why) => Err(format!("a genuine delivery is strange: {why}")),
        None => Ok(taken.events),
    }
}

fn meant(events: &[Inbound]) -> Vec<&Event> {
    events.iter().map(|inbound| &inbound.event).collect()
}

/// Her words arrive whole, from her.
pub(super) async fn words_are_taken(case: Case) -> Outcome {
    let Some((opened, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Err("the operator tells of no words".to_owned());
    };
    let events = events(delivery.given_to(&*opened.channel))?;
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
    let Some((opened, delivery)) = case.delivered(&[happening]).await? else { return Ok(NONE) };
    let events = events(delivery.given_to(&*opened.channel))?;
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

/// A receipt is noted for the message that it names, or for all until a time.
pub(super) async fn status(case: Case, want: Status) -> Outcome {
    let of = Some(case.specimen.id(7));
    let happening = Happening::new(1, Event::Status { of, until: None, status: want });
    let Some((opened, delivery)) = case.delivered(&[happening]).await? else { return Ok(NONE) };
    let events = events(delivery.given_to(&*opened.channel))?;
    let of = case.specimen.id(7);
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
    let Some((opened, first)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    let Some(other) = case.specimen.delivery(&[Happening::words(2, WORDS)]) else {
        return Ok(NONE);
    };
    let id = |delivery: &Delivery| -> Result<Vec<String>, String> {
        let events = events(delivery.given_to(&*opened.channel))?;
        Ok(events.into_iter().map(|inbound| inbound.id).collect())
    };
    if id(&first)? != id(&first)? {
        return Err("the same delivery twice has two ids".to_owned());
    }
    must(id(&first)? != id(&other)?, || "two messages have one id".to_owned())
}

pub(super) async fn batch_keeps_its_order(case: Case) -> Outcome {
    let batch: Vec<_> = (1..=9).map(|n| Happening::words(n, &format!("word {n}"))).collect();
    let Some((opened, delivery)) = case.delivered(&batch).await? else {
        return Ok(Judged::Not("the operator delivers one thing at a time"));
    };
    let events = events(delivery.given_to(&*opened.channel))?;
    let want: Vec<_> = batch.iter().map(|happening| &happening.event).collect();
    must(meant(&events) == want, || format!("{} of 9, or another order", events.len()))
}

/// Operators deliver for days what could not be delivered.
pub(super) async fn a_week_late_is_taken(case: Case) -> Outcome {
    let old = Happening { at: NOW.plus_days(-7), ..Happening::words(1, WORDS) };
    let Some((opened, delivery)) = case.delivered(&[old]).await? else { return Ok(NONE) };
    if case.specimen.must_be_fresh() {
        let refused = matches!(delivery.given_to(&*opened.channel), Err(Distrust::NotNow));
        return must(refused, || "an old request is believed".to_owned());
    }
    let events = events(delivery.given_to(&*opened.channel))?;
    must(events.len() == 1, || format!("{} events", events.len()))
}

/// Without the very proof, nothing is believed.
pub(super) async fn unproven_is_refused(case: Case) -> Outcome {
    let Some((opened, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    for (what, forged) in delivery.unproven() {
        if !matches!(forged.given_to(&*opened.channel), Err(Distrust::NotProven(_))) {
            return Err(format!("with {what} it is not refused as unproven"));
        }
    }
    Ok(Judged::Holds)
}

/// A signature is that of every byte.
pub(super) async fn altered_is_refused(case: Case) -> Outcome {
    let Some((opened, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    let Proof::Signature(_) = delivery.proof else {
        return Ok(Judged::Not("the operator shows a secret and signs nothing"));
    };
    for at in 0..delivery.body.len() {
        let mut altered = delivery.clone();
        altered.body.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1);
        if altered.given_to(&*opened.channel).is_ok() {
            return Err(format!("with another byte {at} it is believed"));
        }
    }
    Ok(Judged::Holds)
}

/// A part of a delivery is no delivery.
pub(super) async fn truncated_is_not_believed(case: Case) -> Outcome {
    let Some((opened, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    if delivery.body.is_empty() {
        return Ok(Judged::Not("what is delivered stands in the address, which HTTP keeps whole"));
    }
    for end in 0..delivery.body.len() {
        let mut cut = delivery.clone();
        cut.body.truncate(end);
        if cut.given_to(&*opened.channel).is_ok_and(|taken| !taken.events.is_empty()) {
            return Err(format!("its first {end} bytes are believed"));
        }
    }
    Ok(Judged::Holds)
}

/// Bytes without sense are no event, even under a right secret.
pub(super) async fn noise_is_not_believed(case: Case) -> Outcome {
    let Some((opened, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for length in 0..512_usize {
        let mut noisy = delivery.clone();
        noisy.body = std::iter::repeat_with(|| noise(&mut state)).take(length).collect();
        if delivery.body.is_empty() {
            let noise = noisy.body.iter().map(|byte| format!("%{byte:02x}"));
            noisy.query = noise.collect();
        }
        if noisy.given_to(&*opened.channel).is_ok_and(|taken| !taken.events.is_empty()) {
            return Err(format!("{length} bytes of noise are believed"));
        }
    }
    Ok(Judged::Holds)
}

/// The next byte of a fixed sequence (xorshift64; Marsaglia 2003).
fn noise(state: &mut u64) -> u8 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    state.to_le_bytes().first().copied().unwrap_or_default()
}
