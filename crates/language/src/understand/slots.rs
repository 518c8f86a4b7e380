//! Slots: small parsers over tagged words, one for each kind. Each looks at one place and says what
//! begins there and how many words it takes, or nothing.

pub(super) mod amount;
pub(super) mod date;
pub(super) mod name;
pub(super) mod number;

use std::ops::Range;

use super::lexicon::Tag;
use super::words::Kind;

/// A word, or a fixed expression of several, with its tags.
#[derive(Clone, Debug)]
pub(super) struct Tok {
    pub(super) kind: Kind,
    /// Stems, joined with spaces; digits as folded.
    pub(super) text: String,
    pub(super) tags: &'static [Tag],
    /// Which words of the message.
    pub(super) words: Range<usize>,
    /// Where in the message, in bytes.
    pub(super) span: Range<usize>,
    /// Whether the language knows it.
    pub(super) known: bool,
}

/// A look at the words from one place on.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) toks: &'a [Tok],
    pub(super) at: usize,
}

impl<'a> Look<'a> {
    /// The word so many places on.
    pub(super) fn ahead(self, by: usize) -> Option<&'a Tok> {
        self.toks.get(self.at + by)
    }

    /// The word before.
    pub(super) fn back(self) -> Option<&'a Tok> {
        self.toks.get(self.at.checked_sub(1)?)
    }

    /// Looks so many places further on.
    pub(super) fn skip(self, by: usize) -> Self {
        Self { at: self.at + by, ..self }
    }

    /// Whether the word so many places on has the tag.
    pub(super) fn has(self, by: usize, tag: Tag) -> bool {
        self.ahead(by).is_some_and(|t| t.tags.contains(&tag))
    }

    /// What `pick` finds among the tags of the word so many places on.
    pub(super) fn find<T>(self, by: usize, pick: impl Fn(Tag) -> Option<T>) -> Option<T> {
        self.ahead(by)?.tags.iter().find_map(|t| pick(*t))
    }

    /// Whether the word before has one of the tags.
    pub(super) fn after_any(self, tags: &[Tag]) -> bool {
        self.back().is_some_and(|t| tags.iter().any(|tag| t.tags.contains(tag)))
    }
}
