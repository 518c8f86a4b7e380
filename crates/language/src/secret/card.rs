//! Card numbers: length, issuer range and Luhn check.

use super::{Digit, Found, Run, SecretKind};

/// Shortest and longest card number (ISO/IEC 7812-1).
const LENGTHS: std::ops::RangeInclusive<usize> = 13..=19;

/// Card numbers in the runs, the longest reading first.
pub(super) fn find(runs: &[Run]) -> Vec<Found> {
    let mut found = Vec::new();
    for run in runs {
        if run.after_letter && !is_alone(run) {
            continue;
        }
        let mut at = 0;
        while at < run.digits.len() {
            match longest(run, at) {
                Some(count) => {
                    found.extend(span(run, at, count));
                    at += count;
                }
                None => at += 1,
            }
        }
    }
    found
}

/// An IBAN's digits follow its letters and are read as no card, unless they are a card's whole.
fn is_alone(run: &Run) -> bool {
    LENGTHS.contains(&run.digits.len())
        && is_issued(&run.digits)
        && passes_luhn(&run.digits)
        && matches!(run.digits.len(), 15 | 16)
}

/// The longest card number that begins at `at`. It begins a run or a group, and ends one.
fn longest(run: &Run, at: usize) -> Option<usize> {
    let begins = at == 0 || run.digits.get(at).is_some_and(|d| d.parted);
    if !begins || run.after_plus && at == 0 {
        return None;
    }
    let rest = run.digits.len() - at;
    LENGTHS.rev().filter(|count| *count <= rest).find(|count| {
        let end = at + count;
        let ends = end == run.digits.len() || run.digits.get(end).is_some_and(|d| d.parted);
        let digits = run.digits.get(at..end).unwrap_or_default();
        ends && is_issued(digits) && passes_luhn(digits)
    })
}

fn span(run: &Run, at: usize, count: usize) -> Option<Found> {
    let start = run.digits.get(at)?.start;
    let end = run.digits.get(at + count - 1)?.end;
    Some(Found { kind: SecretKind::CardNumber, span: start..end })
}

/// Whether the digits begin as those that issuers of payment cards use, at a length that they use.
fn is_issued(digits: &[Digit]) -> bool {
    let head =
        |count: usize| digits.iter().take(count).fold(0_u32, |n, d| n * 10 + u32::from(d.value));
    let (one, two, three, four) = (head(1), head(2), head(3), head(4));
    match digits.len() {
        // American Express
        15 if two == 34 || two == 37 => true,
        // Diners Club
        14..=19 if matches!(two, 36 | 38 | 39) || (300..=305).contains(&three) => true,
        // Visa
        13 | 16 | 19 if one == 4 => true,
        // Mastercard
        16 if (51..=55).contains(&two) || (2221..=2720).contains(&four) => true,
        // Mir, Troy, RuPay
        16..=19 if (2200..=2204).contains(&four) || four == 9792 => true,
        16 if matches!(two, 60 | 65 | 81 | 82) || three == 508 => true,
        // JCB
        16..=19 if (3528..=3589).contains(&four) => true,
        15 if four == 2131 || four == 1800 => true,
        // Discover, UnionPay
        16..=19 if four == 6011 || (644..=649).contains(&three) || matches!(two, 62 | 65 | 81) => {
            true
        }
        // Maestro
        13..=19 => two == 50 || (56..=58).contains(&two) || matches!(two, 63 | 67) || four == 6304,
        _ => false,
    }
}

/// ISO/IEC 7812-1, annex B.
fn passes_luhn(digits: &[Digit]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit.value) << (place % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|d| d.value != 0)
}
