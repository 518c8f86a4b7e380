//! What must never be kept: card numbers, PINs, security codes and one-time codes.
//!
//! Used on every inbound path before storage. A card number is 13 to 19 digits of any script, parted
//! by anything that people part them with, that begin like an issuer's (ISO/IEC 7812-1) and pass the
//! Luhn check (its annex B). Codes are short digits beside a word that names them, in any of our
//! languages. IBANs, amounts, telephone numbers and dates are none of these.
//!
//! INVARIANT: what [`scrub`] returns holds no card number; scrubbing it again changes nothing.

mod card;
mod code;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Stands where a secret stood.
pub const MASK: &str = "•••";

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretKind {
    /// A payment card's number.
    CardNumber,
    /// A PIN, or the security code on a card.
    Pin,
    /// A code that was sent for one use.
    OneTimeCode,
}

/// Where a secret stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: SecretKind,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
}

/// A text without its secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Scrubbed {
    /// The text, with [`MASK`] where secrets stood.
    pub text: String,
    /// What was found, in the order of the text.
    pub found: Vec<SecretKind>,
}

/// Where the secrets of a text stand: in order, without overlap. Linear in its length.
pub fn find(text: &str) -> Vec<Found> {
    let runs = runs(text);
    let mut found = card::find(&runs);
    let rest = without(runs, &found);
    found.extend(code::find(text, &rest));
    found.sort_by_key(|f| f.span.start);
    found
}

/// The runs cut where cards stand, without their digits.
fn without(runs: Vec<Run>, cards: &[Found]) -> Vec<Run> {
    let is_card = |d: &Digit| {
        let at = cards.partition_point(|c| c.span.end <= d.start);
        cards.get(at).is_some_and(|c| c.span.start <= d.start)
    };
    let mut left = Vec::with_capacity(runs.len());
    for run in runs {
        let (mut after_letter, mut after_plus) = (run.after_letter, run.after_plus);
        for digits in run.digits.split(is_card) {
            if !digits.is_empty() {
                left.push(Run { digits: digits.to_vec(), after_letter, after_plus });
            }
            (after_letter, after_plus) = (false, false);
        }
    }
    left
}

/// Takes the secrets out of a text.
pub fn scrub(text: &str) -> Scrubbed {
    let mut kept = String::with_capacity(text.len());
    let (mut at, mut kinds) = (0, Vec::new());
    for Found { kind, span } in find(text) {
        kept.push_str(text.get(at..span.start).unwrap_or_default());
        kept.push_str(MASK);
        kinds.push(kind);
        at = span.end;
    }
    kept.push_str(text.get(at..).unwrap_or_default());
    Scrubbed { text: kept, found: kinds }
}

/// One digit of any script and where it stands.
#[derive(Clone, Copy, Debug)]
struct Digit {
    value: u8,
    start: usize,
    end: usize,
    /// Whether something stands between it and the digit before.
    parted: bool,
}

/// Digits with nothing but separators between them.
#[derive(Debug, Default)]
struct Run {
    digits: Vec<Digit>,
    /// Whether a letter touches its beginning, as in an IBAN.
    after_letter: bool,
    /// Whether `+` stands before it, as before a telephone number.
    after_plus: bool,
}

/// Most separators in a row inside one number.
const MAX_GAP: usize = 3;

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    let (mut gap, mut before) = (0, None);
    for (start, c) in text.char_indices() {
        if let Some(value) = crate::digit::value(c) {
            if !open {
                let after_letter = before.is_some_and(char::is_alphabetic);
                runs.push(Run {
                    digits: Vec::new(),
                    after_letter,
                    after_plus: before == Some('+'),
                });
            }
            if let Some(run) = runs.last_mut() {
                let digit = Digit { value, start, end: start + c.len_utf8(), parted: gap > 0 };
                run.digits.push(digit);
            }
            (open, gap) = (true, 0);
        } else if open && gap < MAX_GAP && parts(c) {
            gap += 1;
        } else if !is_invisible(c) {
            (open, gap) = (false, 0);
        }
        if !is_invisible(c) {
            before = Some(c);
        }
    }
    runs
}

/// What stands between the groups of a number.
fn parts(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '_' | '/' | '·' | '*' | ',' | ':' | '|' | '‐'..='―' | '−')
}

/// What is not seen: it neither parts nor ends a number.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{20e3}')
}
