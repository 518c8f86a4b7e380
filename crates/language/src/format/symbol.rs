//! How currencies are written and where: symbols by language and region, and their place.
//!
//! Source: CLDR 48, currency symbols and the standard currency patterns of our locales.

use bankside_domain::{Language, Money};

/// A space that does not break (U+00A0).
const SPACE: char = '\u{a0}';
/// Right-to-left mark, which keeps a sign beside its figure.
const MARK: &str = "\u{200f}";

/// The figure of `money`, formatted without sign, with its currency and sign in place.
pub(super) fn place(figure: &str, money: Money, language: Language, region: &str) -> String {
    let symbol = symbol(money, language, region);
    let sign = if money.is_negative() { "-" } else { "" };
    // A code is parted from the figure even where a symbol is not.
    let spaced = symbol.chars().next_back().is_some_and(char::is_alphabetic);
    let gap = if spaced { SPACE.to_string() } else { String::new() };
    match language {
        Language::En => format!("{sign}{symbol}{gap}{figure}"),
        Language::Es if is_american(region) => format!("{sign}{symbol}{gap}{figure}"),
        Language::Pt if region != "PT" => format!("{sign}{symbol}{SPACE}{figure}"),
        Language::Es | Language::Pt | Language::Pl | Language::Lv => {
            format!("{sign}{figure}{SPACE}{symbol}")
        }
        Language::Ar => format!("{MARK}{sign}{figure}{SPACE}{symbol}"),
    }
}

/// What stands before a sign, so that it stays on its side.
pub(super) fn lead(language: Language) -> &'static str {
    if language.is_rtl() { MARK } else { "" }
}

fn is_american(region: &str) -> bool {
    !matches!(region, "ES" | "GQ" | "")
}

fn symbol(money: Money, language: Language, region: &str) -> &'static str {
    let code = money.currency().code();
    match (code, language) {
        ("EUR", _) => "€",
        ("GBP", _) => "£",
        ("JPY", _) => "¥",
        ("USD", Language::Es) if region == "MX" => "USD",
        ("USD", Language::Es) if is_american(region) => "$",
        ("USD", Language::En | Language::Lv | Language::Ar) => dollar(language, region),
        ("USD", Language::Pt) => "US$",
        ("USD", _) => "USD",
        ("MXN", Language::Es) if region == "MX" => "$",
        ("MXN", Language::En) => "MX$",
        ("BRL", _) => "R$",
        ("PLN", Language::Pl) => "zł",
        ("SAR", Language::Ar) => "ر.س.\u{200f}",
        ("AED", Language::Ar) => "د.إ.\u{200f}",
        ("KWD", Language::Ar) => "د.ك.\u{200f}",
        ("EGP", Language::Ar) => "ج.م.\u{200f}",
        _ => code,
    }
}

/// A bare dollar is the reader's own; elsewhere it says whose.
fn dollar(language: Language, region: &str) -> &'static str {
    match language {
        Language::En if matches!(region, "CA" | "AU" | "NZ" | "SG" | "HK") => "US$",
        // The mark keeps the sign behind its letters: without it a line that runs the other way
        // shows `$US` (UAX #9, rule N2).
        Language::Ar => "US$\u{200e}",
        _ => "$",
    }
}
