//! The words of the product, in every language: one Fluent file each, checked by the build.
//!
//! INVARIANT: a message that exists in one catalogue exists in all, with the same arguments; the
//! build fails otherwise, so [`Catalogue::text`] always has a text.
//!
//! An argument is isolated (U+2068 … U+2069) where its direction may differ from the sentence's:
//! always in Arabic, elsewhere when it holds letters that run from right to left.

mod name;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use bankside_domain::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::digit;

pub use name::{
    account_kind, card_state, category, ceiling, cluster, consent_state, field, level, level_hint,
    purpose, purpose_why, refusal, rhythm,
};

include!(concat!(env!("OUT_DIR"), "/msg.rs"));

/// Shows the id alone: arguments are a customer's data.
impl fmt::Debug for Msg<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Msg({})", self.id())
    }
}

type Bundle = FluentBundle<FluentResource>;

/// One language's messages, and the digits in which it writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Catalogue {
    language: Language,
    eastern_digits: bool,
}

impl Catalogue {
    /// The catalogue of `language`, with the digits 0 to 9.
    pub const fn of(language: Language) -> Self {
        Self { language, eastern_digits: false }
    }

    /// The catalogue of `language` for a reader in `region` (ISO 3166-1 alpha-2), whose custom
    /// decides between 0 to 9 and ٠ to ٩.
    pub fn for_reader(language: Language, region: &str) -> Self {
        Self { language, eastern_digits: digit::are_eastern(language, region) }
    }

    /// Which language it is.
    pub const fn language(self) -> Language {
        self.language
    }

    /// The message, with its arguments in place.
    pub fn text(self, msg: Msg<'_>) -> String {
        let mut arguments = Arguments { inner: FluentArgs::new(), always: self.language.is_rtl() };
        msg.arguments(&mut arguments);
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(msg.id()).and_then(|m| m.value()) else {
            return msg.id().to_owned();
        };
        bundle.format_pattern(pattern, Some(&arguments.inner), &mut Vec::new()).into_owned()
    }

    fn bundle(self) -> &'static Bundle {
        static BUNDLES: [OnceLock<Bundle>; 7] = [const { OnceLock::new() }; 7];
        let [en, es, pt, pl, lv, ar, eastern] = &BUNDLES;
        let cell = match (self.language, self.eastern_digits) {
            (Language::En, _) => en,
            (Language::Es, _) => es,
            (Language::Pt, _) => pt,
            (Language::Pl, _) => pl,
            (Language::Lv, _) => lv,
            (Language::Ar, false) => ar,
            (Language::Ar, true) => eastern,
        };
        cell.get_or_init(|| load(self.language, self.eastern_digits))
    }
}

const fn source(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../catalogue/en.ftl"),
        Language::Es => include_str!("../catalogue/es.ftl"),
        Language::Pt => include_str!("../catalogue/pt.ftl"),
        Language::Pl => include_str!("../catalogue/pl.ftl"),
        Language::Lv => include_str!("../catalogue/lv.ftl"),
        Language::Ar => include_str!("../catalogue/ar.ftl"),
    }
}

/// The build has parsed the same text, so that neither error can be met here.
fn load(language: Language, eastern_digits: bool) -> Bundle {
    let identifier: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![identifier]);
    bundle.set_use_isolating(false);
    if eastern_digits {
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(digit::eastern(&number.as_string())),
            _ => None,
        }));
    }
    let resource = FluentResource::try_new(source(language).to_owned())
        .unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

struct Arguments<'a> {
    inner: FluentArgs<'a>,
    always: bool,
}

impl<'a> Arguments<'a> {
    fn text(&mut self, name: &'static str, value: &'a str) {
        self.inner.set(name, FluentValue::String(isolated(value, self.always)));
    }

    fn number(&mut self, name: &'static str, value: usize) {
        self.inner.set(name, value);
    }
}

/// `value` between U+2068 and U+2069 if its direction may differ from the sentence around it.
/// Stray isolates and overrides inside are dropped, so that a name cannot turn what follows it.
fn isolated(value: &str, always: bool) -> Cow<'_, str> {
    let control = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = if value.contains(control) {
        Cow::Owned(value.replace(control, ""))
    } else {
        Cow::Borrowed(value)
    };
    let turns = always || plain.chars().any(is_rtl);
    if turns && !plain.is_empty() { Cow::Owned(format!("\u{2068}{plain}\u{2069}")) } else { plain }
}

/// Letters of the scripts that run from right to left (blocks of Unicode 17, chapter 9), and marks.
const fn is_rtl(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
