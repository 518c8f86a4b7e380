//! Which intent a row of places is closest to.
//!
//! A phrase and a message are compared by the weights of what they share: rare words count for
//! more. The score is `shared / (shared + 0.6 missing from the message + 0.4 not in the phrase)`,
//! in thousandths, so that a full match is 1000 and politeness costs little.

use super::lexicon::Lexicon;
use super::place::Place;

/// At least this to be sure.
pub(super) const CLEAR: u32 = 620;
/// At least this to be worth a question.
pub(super) const LIKELY: u32 = 440;
/// Two this close together are both possible.
const CLOSE: u32 = 45;

/// How close the places are to each intent, the closest first; at most three.
#[derive(Debug)]
pub(super) struct Scores {
    /// Intent and score in thousandths.
    pub(super) best: Vec<(&'static str, u32)>,
}

impl Scores {
    /// The closest intent and its score.
    pub(super) fn top(&self) -> Option<(&'static str, u32)> {
        self.best.first().copied()
    }

    /// The two closest, where neither is sure or both are equally close.
    pub(super) fn torn(&self) -> Option<[&'static str; 2]> {
        let (&(first, most), &(second, next)) = (self.best.first()?, self.best.get(1)?);
        let unsure = most < CLEAR && next >= LIKELY;
        let close = most < 850 && most.abs_diff(next) < CLOSE && next >= LIKELY;
        (unsure || close).then_some([first, second])
    }
}

#[derive(Clone, Copy, Default)]
struct Shared {
    phrase: u32,
    message: u32,
    /// The place that counted last, from 1.
    place: u16,
}

/// Scores every intent.
pub(super) fn score(places: &[Place], lexicon: &'static Lexicon) -> Scores {
    let mut shared = vec![Shared::default(); lexicon.phrases.len()];
    let mut total = 0;
    for (number, place) in places.iter().enumerate() {
        let number = u16::try_from(number + 1).unwrap_or(u16::MAX);
        total += place.weight;
        for feature in &place.features {
            let weight = lexicon.weight(*feature);
            let phrases = lexicon.index.get(usize::from(*feature)).map_or(&[][..], Vec::as_slice);
            for phrase in phrases {
                let Some(slot) = shared.get_mut(usize::from(*phrase)) else { continue };
                slot.phrase += weight;
                if slot.place != number {
                    slot.place = number;
                    slot.message += place.weight;
                }
            }
        }
    }
    let mut best = vec![0_u32; lexicon.intents.len()];
    for (phrase, shared) in lexicon.phrases.iter().zip(&shared) {
        if shared.place == 0 {
            continue;
        }
        let score = compare(phrase.weight, shared.phrase.min(phrase.weight), total, shared.message);
        if let Some(slot) = best.get_mut(phrase.intent) {
            *slot = (*slot).max(score);
        }
    }
    let mut ranked: Vec<(&'static str, u32)> =
        lexicon.intents.iter().map(String::as_str).zip(best).filter(|(_, s)| *s > 0).collect();
    ranked.sort_by_key(|(name, score)| (std::cmp::Reverse(*score), *name));
    ranked.truncate(3);
    Scores { best: ranked }
}

fn compare(phrase: u32, in_phrase: u32, message: u32, in_message: u32) -> u32 {
    let shared = (in_phrase + in_message) / 2;
    let missing = (phrase - in_phrase) * 6 / 10;
    let extra = message.saturating_sub(in_message) * 4 / 10;
    shared.saturating_mul(1000) / (shared + missing + extra).max(1)
}
