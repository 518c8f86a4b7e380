//! Whole numbers, in digits or in words: `12`, `two hundred`, `doscientos`, `divi simti`.

use super::Look;
use crate::understand::lexicon::Tag;
use crate::understand::words::Kind;

/// The number that begins here, and how many words it takes.
pub(in crate::understand) fn at(look: Look<'_>) -> Option<(i64, usize)> {
    digits(look).or_else(|| spelled(look))
}

/// A number in plain digits.
pub(in crate::understand) fn digits(look: Look<'_>) -> Option<(i64, usize)> {
    let tok = look.ahead(0).filter(|t| t.kind == Kind::Number && t.text.len() <= 12)?;
    Some((tok.text.parse().ok()?, 1))
}

/// A number in words. Hundreds multiply what stands before them, thousands all of it.
pub(in crate::understand) fn spelled(look: Look<'_>) -> Option<(i64, usize)> {
    let value = |by| look.find(by, |t| if let Tag::Number(n) = t { Some(n) } else { None });
    let mut used = 0;
    let (mut total, mut part) = (0_i64, 0_i64);
    loop {
        let joined = used > 0 && look.has(used, Tag::And) && value(used + 1).is_some();
        let step = usize::from(joined);
        let Some(n) = value(used + step) else { break };
        // "three five" are two numbers: a smaller place must follow a larger one.
        if n < 100 && part % 100 != 0 && !(part % 10 == 0 && n < 10) {
            break;
        }
        part = match n {
            1000.. => {
                total = total.saturating_add(part.max(1).saturating_mul(n));
                0
            }
            100 => part.max(1).saturating_mul(100),
            _ => part.saturating_add(n),
        };
        used += step + 1;
    }
    (used > 0).then(|| (total.saturating_add(part), used))
}
