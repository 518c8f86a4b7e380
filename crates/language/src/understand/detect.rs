//! Which language a message is in: by script, by letters that only one of ours has, and by words.
//!
//! A single word that two languages share ("saldo") tells nothing: the customer's own stands.

use bankside_domain::Language;

use super::lexicon;
use super::words::{Kind, Word};

/// Points by which another language must lead before the customer's own gives way.
const LEAD: u32 = 3;

/// The language of the words, or `own` where they do not tell.
pub(super) fn language(words: &[Word], own: Language) -> Language {
    let spoken: Vec<&Word> = words.iter().filter(|w| w.kind == Kind::Word).collect();
    let arabic = spoken.iter().filter(|w| w.text.chars().any(is_arabic)).count();
    if arabic > 0 && arabic * 2 >= spoken.len() {
        return Language::Ar;
    }
    let points = |language| {
        let lexicon = lexicon::of(language);
        let known = spoken.iter().filter(|w| lexicon.has_folded(&w.text));
        known.map(|w| if w.text.len() > 2 { 2 } else { 1 }).sum::<u32>()
    };
    let mine = points(own);
    let others = Language::ALL.into_iter().filter(|l| *l != own);
    let best = others.map(|l| (points(l), l)).max_by_key(|(p, _)| *p);
    match best {
        Some((most, language)) if most >= mine + LEAD => language,
        _ => own,
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
}
