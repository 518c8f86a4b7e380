//! Amounts: `$1,234.50`, `1.234,50 €`, `two hundred bucks`, `5k`.
//!
//! `1,234` has two readings, and which is likelier depends on the region. Both are kept: a payment
//! must ask, a search may take the likelier.

use bankside_domain::{Currency, Language, Money};

use super::{Look, number};
use crate::understand::Context;
use crate::understand::lexicon::Tag;
use crate::understand::task::Said;
use crate::understand::words::Kind;

/// An amount as it stands in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::understand) struct Amount {
    /// Its readings, the likelier first. Never empty.
    readings: Vec<Money>,
    /// Whether a currency was named.
    pub(in crate::understand) named: bool,
}

impl Amount {
    /// The likelier reading.
    pub(in crate::understand) fn likely(&self) -> Option<Money> {
        self.readings.first().copied()
    }

    /// All readings, for where a guess would be wrong.
    pub(in crate::understand) fn said(&self) -> Option<Said> {
        match self.readings.as_slice() {
            [] => None,
            [only] => Some(Said::Exactly(*only)),
            several => Some(Said::Unclear(several.to_vec())),
        }
    }
}

/// The amount that begins here, and how many words it takes.
pub(in crate::understand) fn at(
    look: Look<'_>,
    language: Language,
    context: &Context<'_>,
) -> Option<(Amount, usize)> {
    let (before, lead) = named(look, context);
    let rest = look.skip(lead);
    let (mut thousandths, used) = match rest.ahead(0) {
        Some(tok) if tok.kind == Kind::Number => {
            (readings(&tok.text, commas_group(language, context.region)), 1)
        }
        _ => {
            let (whole, used) = number::spelled(rest)?;
            (vec![whole.checked_mul(1000)?], used)
        }
    };
    let mut used = lead + used;
    if let Some(times) = multiplier(look.skip(used)) {
        thousandths.truncate(1);
        thousandths.iter_mut().for_each(|t| *t = t.saturating_mul(times));
        used += 1;
    }
    let (after, tail) = if before.is_some() { (None, 0) } else { named(look.skip(used), context) };
    let currency = before.or(after).unwrap_or(context.currency);
    let money = |t: &i64| {
        let minor = t.checked_mul(currency.minor_per_major())? / 1000;
        Money::new(minor, currency).ok()
    };
    let readings: Vec<Money> = thousandths.iter().filter_map(money).collect();
    if readings.is_empty() {
        return None;
    }
    Some((Amount { readings, named: before.or(after).is_some() }, used + tail))
}

fn named(look: Look<'_>, context: &Context<'_>) -> (Option<Currency>, usize) {
    sign(look, context).map_or((None, 0), |(currency, used)| (Some(currency), used))
}

/// A currency named here: a sign, a word, or an ISO 4217 code.
fn sign(look: Look<'_>, context: &Context<'_>) -> Option<(Currency, usize)> {
    let tok = look.ahead(0)?;
    if tok.kind == Kind::Sign {
        return Some((by_sign(&tok.text, context)?, 1));
    }
    let dollar = look.ahead(1).is_some_and(|t| t.text == "$" && t.span.start == tok.span.end);
    if tok.text == "r" && dollar {
        return Some((Currency::BRL, 2));
    }
    if let Some(currency) = look.find(0, |t| if let Tag::Currency(c) = t { Some(c) } else { None })
    {
        return Some((currency, 1));
    }
    const CODES: [&str; 14] = [
        "usd", "eur", "gbp", "pln", "brl", "sar", "aed", "mxn", "jpy", "kwd", "egp", "chf", "cad",
        "sek",
    ];
    let code = CODES.iter().find(|c| **c == tok.text)?;
    Some((code.to_uppercase().parse().ok()?, 1))
}

/// A dollar sign is the context's dollar or peso, and the US dollar elsewhere.
fn by_sign(sign: &str, context: &Context<'_>) -> Option<Currency> {
    let own = context.currency.code();
    match sign {
        "$" if ["MXN", "CAD", "AUD", "CLP", "COP", "ARS"].contains(&own) => Some(context.currency),
        "$" => Some(Currency::USD),
        "€" => Some(Currency::EUR),
        "£" => Some(Currency::GBP),
        "¥" => Some(Currency::JPY),
        "﷼" => Some(Currency::SAR),
        "₹" => "INR".parse().ok(),
        _ => None,
    }
}

/// "k", "thousand", "mil" after digits.
fn multiplier(look: Look<'_>) -> Option<i64> {
    let tok = look.ahead(0)?;
    let joined = look.back().is_some_and(|b| b.span.end == tok.span.start);
    match tok.text.as_str() {
        "k" | "tys" | "tuks" | "tukst" => Some(1000),
        "m" | "mln" if joined => Some(1_000_000),
        _ => look.find(0, |t| match t {
            Tag::Number(n) if n >= 1000 => Some(n),
            _ => None,
        }),
    }
}

/// Whether `1,234` is rather one thousand.
fn commas_group(language: Language, region: &str) -> bool {
    const AMERICAN: [&str; 9] = ["MX", "US", "GT", "HN", "NI", "SV", "PA", "DO", "PR"];
    match language {
        Language::En | Language::Ar => true,
        Language::Es => AMERICAN.contains(&region),
        Language::Pt | Language::Pl | Language::Lv => false,
    }
}

/// The readings of digits with separators, in thousandths, the likelier first.
fn readings(text: &str, commas_group: bool) -> Vec<i64> {
    let plain: String = text.chars().filter(|c| *c != '\'').collect();
    let marks: Vec<char> = plain.chars().filter(|c| !c.is_ascii_digit()).collect();
    let decimal_at = |mark| decimal(&plain, mark);
    let found = match marks.as_slice() {
        [] => vec![decimal_at(None)],
        [one] => {
            let after = plain.split(*one).nth(1).map_or(0, str::len);
            let before = plain.split(*one).next().unwrap_or_default();
            match after {
                1 | 2 => vec![decimal_at(Some(*one))],
                3 if !text.contains('\'') && before.len() <= 3 && before != "0" => {
                    let (group, point) = (decimal_at(None), decimal_at(Some(*one)));
                    let grouped = (*one == ',') == commas_group;
                    if grouped { vec![group, point] } else { vec![point, group] }
                }
                3 => vec![decimal_at(Some(*one))],
                _ => Vec::new(),
            }
        }
        [first, .., last] if first != last => {
            let once = marks.iter().filter(|m| *m == last).count() == 1;
            if once { vec![decimal_at(Some(*last))] } else { Vec::new() }
        }
        _ => vec![decimal_at(None)],
    };
    found.into_iter().flatten().collect()
}

/// Reads `text` with `point` as the decimal mark; every other mark must part groups of three.
fn decimal(text: &str, point: Option<char>) -> Option<i64> {
    let (whole, fraction) = match point {
        Some(point) => text.rsplit_once(point)?,
        None => (text, ""),
    };
    if !whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let (first, others) = groups.split_first()?;
    if !others.is_empty() && (first.len() > 3 || others.iter().any(|g| g.len() != 3)) {
        return None;
    }
    let digits: String = groups.concat();
    if digits.is_empty() || digits.len() > 14 || fraction.len() > 3 {
        return None;
    }
    let whole: i64 = digits.parse().ok()?;
    let part: i64 = format!("{fraction:0<3}").parse().ok()?;
    whole.checked_mul(1000)?.checked_add(part)
}
