//! The session phrase: three plain words that a linked chat and the bank's page both know, so that
//! a customer can tell her bank from an impostor.
//!
//! Words are short, unlike each other, and the same in every language: 256 of them, so a phrase
//! has 24 bits. It is no secret against guessing at leisure; an impostor has one try.

use crate::ports::Entropy;

const WORDS: &str = include_str!("phrase/words.txt");
const COUNT: usize = 3;

/// A new phrase.
pub(super) fn random(entropy: &dyn Entropy) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut bytes = [0; COUNT];
    entropy.fill(&mut bytes);
    let chosen = bytes.iter().filter_map(|b| words.get(usize::from(*b)).copied());
    chosen.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_256_words_each_once() {
        let mut words: Vec<&str> = WORDS.split_whitespace().collect();
        assert_eq!(words.len(), 256);
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), 256);
        assert!(words.iter().all(|w| w.len() <= 8 && w.bytes().all(|b| b.is_ascii_lowercase())));
    }
}
