//! What is not the operator's, or no whole delivery of its: nothing of it is believed.

use bankside_service::ports::{Distrust, Taken};

use super::{Case, Judged, Outcome, Scene, must};
use crate::conformance::delivery::{Delivery, Happening, Proof};
use crate::conformance::specimen::{Fate, Way};

const WORDS: &str = "how much is left?";
const NONE: Judged = Judged::Not("the operator tells of no words");
const CALLED: Judged =
    Judged::Not("the bank itself connects to the operator: nobody else can speak there");
const FOUND: Judged =
    Judged::Not("the bank's own server says whom it found the sender to be, and signs nothing");
/// Every so many lengths of noise are said by a connection, each by one of its own.
const STEP: usize = 16;

/// Without the very proof, nothing is believed.
pub(super) async fn unproven_is_refused(case: Case) -> Outcome {
    let Some((scene, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    if let Way::Line(wire) = case.specimen.way() {
        return forged_is_ignored(&scene, &wire.forged()).await;
    }
    for (what, forged) in delivery.unproven() {
        if !matches!(scene.given(&forged).await?, Err(Distrust::NotProven(_))) {
            return Err(format!("with {what} it is not refused as unproven"));
        }
    }
    Ok(Judged::Holds)
}

/// Whoever is named as its sender may never have sent it, and hears nothing.
async fn forged_is_ignored(scene: &Scene, forged: &[(&str, Vec<u8>)]) -> Outcome {
    if forged.is_empty() {
        return Ok(CALLED);
    }
    for (what, bytes) in forged {
        let taken = scene.given(&Delivery::by_line(bytes.clone(), 0)).await?;
        let taken = taken.map_err(|error| format!("{what}: {error}"))?;
        if !taken.events.is_empty() {
            return Err(format!("{what} is believed"));
        }
    }
    must(scene.messages().is_empty(), || "somebody is answered".to_owned())
}

/// A signature is that of every byte.
pub(super) async fn altered_is_refused(case: Case) -> Outcome {
    let Some((scene, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    let Proof::Signature(_) = delivery.proof else {
        match scene.line() {
            Some(line) if line.double.makes_calls() => return Ok(FOUND),
            Some(_) => return Ok(CALLED),
            None => {}
        }
        return Ok(Judged::Not("the operator shows a secret and signs nothing"));
    };
    for at in 0..delivery.body.len() {
        let mut altered = delivery.clone();
        altered.body.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1);
        if scene.given(&altered).await?.is_ok() {
            return Err(format!("with another byte {at} it is believed"));
        }
    }
    Ok(Judged::Holds)
}

/// A part of a delivery is no delivery.
pub(super) async fn truncated_is_not_believed(case: Case) -> Outcome {
    let Some((scene, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    if delivery.body.is_empty() {
        return Ok(Judged::Not("what is delivered stands in the address, which HTTP keeps whole"));
    }
    let cut = |end: &usize| delivery.body.iter().take(*end).copied().collect::<Vec<_>>();
    for end in 0..delivery.body.len() {
        if is_believed(&case, &scene, &delivery, cut(&end)).await? {
            return Err(format!("its first {end} bytes are believed"));
        }
    }
    Ok(Judged::Holds)
}

/// Bytes without sense are no event, even under a right proof.
pub(super) async fn noise_is_not_believed(case: Case) -> Outcome {
    let Some((scene, delivery)) = case.delivered(&[Happening::words(1, WORDS)]).await? else {
        return Ok(NONE);
    };
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let step = if scene.line().is_some() { STEP } else { 1 };
    for length in (0..512_usize).step_by(step) {
        let noise = std::iter::repeat_with(|| noise(&mut state)).take(length).collect();
        if is_believed(&case, &scene, &delivery, noise).await? {
            return Err(format!("{length} bytes of noise are believed"));
        }
    }
    Ok(Judged::Holds)
}

/// Whether anything is, of those bytes in place of what is delivered.
async fn is_believed(
    case: &Case,
    scene: &Scene,
    delivery: &Delivery,
    bytes: Vec<u8>,
) -> Result<bool, String> {
    if let Some(line) = scene.line() {
        return match line.double.makes_calls() {
            true => Ok(!line.given(&bytes, 0).await?.events.is_empty()),
            false => is_believed_by_line(case, bytes).await,
        };
    }
    let has = |taken: &Result<Taken, Distrust>| {
        taken.as_ref().is_ok_and(|taken| !taken.events.is_empty())
    };
    let proven = case.specimen.proven(bytes.clone());
    let mut given = Delivery { body: bytes, ..delivery.clone() };
    if delivery.body.is_empty() {
        given.query = given.body.drain(..).map(|byte| format!("%{byte:02x}")).collect();
    }
    if has(&scene.given(&given).await?) {
        return Ok(true);
    }
    match proven {
        Some(proven) => Ok(has(&scene.given(&proven).await?)),
        None => Ok(false),
    }
}

/// The same by a connection of its own, which the operator ends then.
async fn is_believed_by_line(case: &Case, bytes: Vec<u8>) -> Result<bool, String> {
    let scene = case.with(Fate::Sent).await?;
    let line = scene.line().ok_or("the channel has no line")?;
    line.double.says(bytes).await?;
    // The channel may have ended it before.
    line.double.hangs_up().await.ok();
    let kept = line.desk.until("the end of the connection", |kept| kept.ended > 0).await?;
    Ok(!kept.events.is_empty())
}

/// The next byte of a fixed sequence (xorshift64; Marsaglia 2003).
fn noise(state: &mut u64) -> u8 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    state.to_le_bytes().first().copied().unwrap_or_default()
}
