//! From a customer's words to a [`Task`] with its slots filled.
//!
//! The way: words are folded and stemmed (`words`); fixed expressions are tagged from the
//! language's data file (`lexicon`); slots are read by small parsers (`slots`); what remains is
//! compared with the phrases of each intent (`intent`); slots and intent make a task (`build`);
//! what only makes sense after another question changes that one (`follow`).
//!
//! Architecture invariant: total and bounded. Text past [`MAX_CHARS`] is not read, and words past
//! `words::MAX_WORDS` are not compared. Deterministic: the same words and context give the same
//! answer. Nothing is guessed where money would move: see [`Said`].

mod build;
mod detect;
mod follow;
mod intent;
mod lexicon;
mod place;
mod slots;
mod split;
pub mod task;
#[cfg(test)]
mod tests;
mod words;

use bankside_domain::account::{AccountId, AccountKind};
use bankside_domain::{Currency, Date, Language};

pub use task::{
    AccountRef, Bill, By, CardAct, ConsentAsk, Direction, Filter, Order, PayKind, Period, Said,
    Smalltalk, Task, Upcoming, Want,
};

use crate::secret::{self, SecretKind};

pub use follow::USUAL_COUNT;
pub(crate) use words::fold;

/// Longest text that is read, in Unicode scalar values; the rest is ignored.
pub const MAX_CHARS: usize = bankside_domain::conversation::MAX_MESSAGE_CHARS;

/// What is known when a message is read.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The language that she reads.
    pub language: Language,
    /// Today in her zone.
    pub today: Date,
    /// Region for numbers and dates, ISO 3166-1 alpha-2.
    pub region: &'a str,
    /// The currency that an amount without one is in.
    pub currency: Currency,
    /// Her accounts; empty while she is not known.
    pub accounts: &'a [AccountHint],
    /// Names of those whom she pays or who pay her; may be empty.
    pub merchants: &'a [String],
    /// What the conversation was last about.
    pub last: Option<&'a Task>,
}

/// By what a customer may name an account.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountHint {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub nickname: String,
    /// Its kind.
    pub kind: AccountKind,
    /// Its last digits.
    pub tail: String,
}

/// What a message was taken to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understanding {
    /// The language that it was written in; the context's where the words do not tell.
    pub language: Language,
    /// What it meant.
    pub meant: Meant,
}

/// How surely a message was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// These, in this order; several when she asked for several. Never empty.
    Clear(Vec<Task>),
    /// One of these two; ask which.
    Ambiguous(Vec<Task>),
    /// Not understood.
    Unknown,
    /// It held something that must not be kept.
    Secret(SecretKind),
}

/// Understands `utterance`. Any text has an answer.
pub fn understand(utterance: &str, context: &Context<'_>) -> Understanding {
    let text = match utterance.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => utterance.get(..end).unwrap_or_default(),
        None => utterance,
    };
    if let Some(kind) = secret::scrub(text).found.first() {
        return Understanding { language: context.language, meant: Meant::Secret(*kind) };
    }
    let raw = words::read(text);
    let language = detect::language(&raw, context.language);
    let lexicon = lexicon::of(language);
    let places = place::find(&raw, text, lexicon, context);
    Understanding { language, meant: split::understand(&places, lexicon, context) }
}

/// Whether two names mean the same merchant or payee: the words said are all in the known name,
/// whatever their case and diacritics. `lidl` is `LIDL Sverige AB`.
pub fn same_name(said: &str, known: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = words::read(text).into_iter().filter(|w| w.kind == words::Kind::Word);
        words.map(|word| word.text).collect()
    };
    let (said, known) = (words(said), words(known));
    !said.is_empty() && said.iter().all(|word| known.contains(word))
}
