//! Names that only this customer has: her accounts' and those of whom she pays.

use bankside_domain::Language;
use bankside_domain::account::AccountKind;

use crate::understand::lexicon::{Lexicon, distance};
use crate::understand::words::{self, Kind, Word};
use crate::understand::{AccountHint, AccountRef};

/// Counterparties that are compared with one message.
const MAX_MERCHANTS: usize = 500;

/// A name, folded, with the value that it stands for.
pub(in crate::understand) struct Name<T> {
    words: Vec<String>,
    pub(in crate::understand) value: T,
}

/// Those merchants of hers that may stand in the message.
pub(in crate::understand) fn merchants(all: &[String], message: &[Word]) -> Vec<Name<String>> {
    let heads: Vec<char> = message.iter().filter_map(|w| w.text.chars().next()).collect();
    let mut near = Vec::new();
    for merchant in all.iter().take(MAX_MERCHANTS) {
        let plain = merchant.chars().next().is_some_and(|c| c.is_ascii());
        let head = merchant.chars().next().map(|c| c.to_ascii_lowercase());
        if plain && head.is_some_and(|h| !heads.contains(&h)) {
            continue;
        }
        near.push(Name { words: parts(merchant), value: merchant.clone() });
    }
    near
}

/// Her accounts' names, without those that only say the kind.
pub(in crate::understand) fn accounts(all: &[AccountHint]) -> Vec<Name<AccountRef>> {
    let name = |a: &AccountHint| Name { words: parts(&a.nickname), value: AccountRef::One(a.id) };
    all.iter().map(name).collect()
}

fn parts(name: &str) -> Vec<String> {
    words::fold(name).split_whitespace().map(str::to_owned).collect()
}

/// The longest whole name that begins at `at`, and its words.
pub(in crate::understand) fn whole<'n, T>(
    names: &'n [Name<T>],
    message: &[Word],
    at: usize,
) -> Option<(&'n T, usize)> {
    let fits = |name: &&Name<T>| {
        !name.words.is_empty()
            && name
                .words
                .iter()
                .enumerate()
                .all(|(i, part)| message.get(at + i).is_some_and(|w| is_same(&w.text, part)))
    };
    let best = names.iter().filter(fits).max_by_key(|n| n.words.len())?;
    Some((&best.value, best.words.len()))
}

/// A merchant by its first word ("Lidl" for "LIDL SAGT DEKOJAME"), misspelt by a letter perhaps,
/// where that word is nothing else in the language.
pub(in crate::understand) fn begun<'n>(
    names: &'n [Name<String>],
    message: &[Word],
    at: usize,
    lexicon: &Lexicon,
) -> Option<(&'n String, usize)> {
    let word = message.get(at).filter(|w| w.kind == Kind::Word && w.text.len() >= 3)?;
    if lexicon.has_folded(&word.text) {
        return None;
    }
    let inflects = matches!(lexicon.language, Language::Pl | Language::Lv);
    let near = |name: &&Name<String>| {
        name.words.first().is_some_and(|first| {
            let long = first.len() >= 5 && word.text.len() >= 5;
            is_same(&word.text, first)
                || long && distance(&word.text, first, 1) <= 1
                || inflects && is_inflected(&word.text, first)
        })
    };
    let exact = |name: &&Name<String>| name.words.first().is_some_and(|f| is_same(&word.text, f));
    let found = names.iter().find(exact).or_else(|| names.iter().find(near))?;
    let same = found.words.iter().enumerate();
    let used =
        same.take_while(|(i, part)| message.get(at + i).is_some_and(|w| &w.text == *part)).count();
    Some((&found.value, used.max(1)))
}

/// "Żabce" for "Żabka": all but the last two letters are the same.
fn is_inflected(said: &str, name: &str) -> bool {
    let alike = said.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    let (said, name) = (said.chars().count(), name.chars().count());
    alike >= 3 && alike + 2 >= name && said <= name + 2 && alike + 3 >= said
}

/// Equal, but for a plural or possessive ending.
fn is_same(said: &str, name: &str) -> bool {
    said == name || said.strip_suffix('s').is_some_and(|s| s == name && s.len() >= 3)
}

/// The account with these last digits, or the digits themselves.
pub(in crate::understand) fn by_tail(all: &[AccountHint], digits: &str) -> AccountRef {
    let ends = |a: &&AccountHint| a.tail.ends_with(digits) || digits.ends_with(a.tail.as_str());
    let mut found = all.iter().filter(|a| !a.tail.is_empty()).filter(ends);
    match (found.next(), found.next()) {
        (Some(only), None) => AccountRef::One(only.id),
        _ => AccountRef::Tail(digits.to_owned()),
    }
}

/// Her only account of that kind, or the kind.
pub(in crate::understand) fn by_kind(all: &[AccountHint], kind: AccountKind) -> AccountRef {
    let mut found = all.iter().filter(|a| a.kind == kind);
    match (found.next(), found.next()) {
        (Some(only), None) => AccountRef::One(only.id),
        _ => AccountRef::Kind(kind),
    }
}
