//! Direction and isolation: a figure or a foreign name must not disturb the words around it.

use maud::{Markup, html};

/// Writing direction of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The direction of a language by its BCP 47 tag; right to left for Arabic, Hebrew, Persian
    /// and Urdu.
    #[must_use]
    pub fn of(lang: &str) -> Self {
        match lang.split('-').next() {
            Some("ar" | "he" | "fa" | "ur") => Self::Rtl,
            _ => Self::Ltr,
        }
    }

    /// The value of the `dir` attribute.
    #[must_use]
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// A name in whatever script it is written: a merchant, a payee, an account.
#[must_use]
pub fn name(text: &str) -> Markup {
    html! { bdi { (text) } }
}

/// An identifier that is always read left to right: `••34`, an IBAN, a receipt number.
#[must_use]
pub fn ident(text: &str) -> Markup {
    html! { bdi.ident dir="ltr" { (text) } }
}

/// [`ident`] for places that hold plain text only, such as an option or a label: the text between
/// U+2066 (left-to-right isolate) and U+2069 (Unicode Standard Annex 9).
#[must_use]
pub fn isolated(text: &str) -> String {
    format!("\u{2066}{text}\u{2069}")
}

/// A formatted amount or count, in tabular figures; its own marks give it its direction.
#[must_use]
pub fn amount(text: &str) -> Markup {
    html! { bdi.num { (text) } }
}

/// A moment: `machine` is RFC 3339, `shown` is what the customer reads.
#[must_use]
pub fn moment(machine: &str, shown: &str) -> Markup {
    html! { time.num datetime=(machine) { (shown) } }
}

/// With a capital first letter, as a line of its own begins. Scripts without capitals stay.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_follows_the_language() {
        for (lang, dir) in [("ar", "rtl"), ("ar-MA", "rtl"), ("en", "ltr"), ("lv-LV", "ltr")] {
            assert_eq!(Direction::of(lang).attribute(), dir, "{lang}");
        }
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(name("<b>&").into_string(), "<bdi>&lt;b&gt;&amp;</bdi>");
    }
}
