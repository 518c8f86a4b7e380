//! The message as a row of places: each a slot, a fixed expression or a word, with the features by
//! which phrases are compared.

use bankside_domain::Language;
use bankside_domain::transaction::Category;

use super::lexicon::{Feature, Lexicon, MAX_EXPRESSION, Tag, UNKNOWN_WEIGHT};
use super::slots::amount::{self, Amount};
use super::slots::date::{self, Now};
use super::slots::{Look, Tok, name, number};
use super::task::Period;
use super::words::{self, Kind, Word};
use super::{AccountRef, Context};

/// Words of one message whose typing errors are corrected.
const MAX_CORRECTIONS: usize = 16;

/// What a place holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    Amount(Amount),
    Period(Period),
    Account(AccountRef),
    /// One of her own, or a name that the language does not know.
    Merchant(String),
    Category(Category),
    Count(usize),
    Language(Language),
    /// Last digits of an account or card.
    Tail(String),
}

/// One place.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) slot: Option<Slot>,
    pub(super) tags: &'static [Tag],
    pub(super) text: String,
    /// Features that phrases may hold.
    pub(super) features: Vec<Feature>,
    /// What it weighs when no phrase accounts for it.
    pub(super) weight: u32,
    /// End of a clause.
    pub(super) stop: bool,
    /// A word that the language does not know.
    pub(super) unknown: bool,
}

impl Place {
    /// Whether it has the tag.
    pub(super) fn has(&self, tag: Tag) -> bool {
        self.tags.contains(&tag)
    }

    /// Whether it carries no meaning of its own.
    pub(super) fn is_filler(&self) -> bool {
        self.slot.is_none() && (self.has(Tag::Filler) || self.stop)
    }
}

/// The places of a message.
pub(super) fn find(
    message: &[Word],
    text: &str,
    lexicon: &'static Lexicon,
    context: &Context<'_>,
) -> Vec<Place> {
    let merchants = name::merchants(context.merchants, message);
    let accounts = name::accounts(context.accounts);
    let toks = toks(message, text, lexicon);
    let mut places = Vec::with_capacity(toks.len());
    let mut at = 0;
    while let Some(tok) = toks.get(at) {
        let look = Look { toks: &toks, at };
        let word = tok.words.start;
        let own = named(&merchants, &accounts, message, word, lexicon);
        let (slot, used) = match own {
            Some((slot, words)) => {
                let end = word + words;
                let used = toks.iter().skip(at).take_while(|t| t.words.start < end).count();
                (Some(slot), used.max(1))
            }
            None => match general(look, lexicon, context) {
                Some((slot, used)) => (Some(slot), used.max(1)),
                None => (None, 1),
            },
        };
        places.push(place(look, slot, used, text, lexicon));
        at += used;
    }
    places
}

/// A name of hers.
fn named(
    merchants: &[name::Name<String>],
    accounts: &[name::Name<AccountRef>],
    message: &[Word],
    word: usize,
    lexicon: &Lexicon,
) -> Option<(Slot, usize)> {
    let account = name::whole(accounts, message, word);
    let merchant = name::whole(merchants, message, word)
        .or_else(|| name::begun(merchants, message, word, lexicon));
    match (account, merchant) {
        (Some((account, used)), other) if other.is_none_or(|(_, more)| more <= used) => {
            Some((Slot::Account(account.clone()), used))
        }
        (_, Some((merchant, used))) => Some((Slot::Merchant(merchant.clone()), used)),
        _ => None,
    }
}

/// A slot that anybody's message may hold.
fn general(look: Look<'_>, lexicon: &Lexicon, context: &Context<'_>) -> Option<(Slot, usize)> {
    let now = Now { today: context.today, region: context.region };
    if let Some((period, used)) = date::at(look, now) {
        return Some((Slot::Period(period), used));
    }
    if let Some(found) = tail(look, context).or_else(|| count(look)) {
        return Some(found);
    }
    if let Some((amount, used)) = amount::at(look, lexicon.language, context) {
        return Some((Slot::Amount(amount), used));
    }
    look.find(0, |tag| match tag {
        Tag::Category(category) => Some(Slot::Category(category)),
        Tag::Account(kind) => Some(Slot::Account(name::by_kind(context.accounts, kind))),
        Tag::Language(language) => Some(Slot::Language(language)),
        _ => None,
    })
    .map(|slot| (slot, 1))
}

/// "ending in 34", "savings 34".
fn tail(look: Look<'_>, context: &Context<'_>) -> Option<(Slot, usize)> {
    let account = look.find(0, |t| matches!(t, Tag::Account(_)).then_some(()));
    let lead = usize::from(account.is_some());
    let ending = usize::from(look.has(lead, Tag::Ending));
    let digits = look.ahead(lead + ending).filter(|t| t.kind == Kind::Number)?;
    let short =
        (2..=4).contains(&digits.text.len()) && digits.text.bytes().all(|b| b.is_ascii_digit());
    if !short || lead + ending == 0 {
        return None;
    }
    let used = lead + ending + 1;
    if account.is_some() || context.accounts.iter().any(|a| a.tail.ends_with(&digits.text)) {
        return Some((Slot::Account(name::by_tail(context.accounts, &digits.text)), used));
    }
    Some((Slot::Tail(digits.text.clone()), used))
}

/// "last five", "5 latest", "ten payments".
fn count(look: Look<'_>) -> Option<(Slot, usize)> {
    let newest = |by| {
        look.has(by, Tag::Last)
            || look.has(by, Tag::Newest)
            || look.has(by, Tag::Largest)
            || look.has(by, Tag::Smallest)
    };
    let (number, used) = number::at(look)?;
    let before = look.after_any(&[Tag::Last, Tag::Newest, Tag::Largest, Tag::Smallest]);
    let counted = newest(used)
        || look.has(used, Tag::Items)
        || look.has(used + 1, Tag::Items) && !look.has(used, Tag::And);
    let money = look.find(used, |t| matches!(t, Tag::Currency(_)).then_some(())).is_some();
    let count = usize::try_from(number).ok().filter(|n| (1..=200).contains(n))?;
    ((before || counted) && !money).then_some((Slot::Count(count), used))
}

fn place(look: Look<'_>, slot: Option<Slot>, used: usize, text: &str, lexicon: &Lexicon) -> Place {
    let toks: Vec<&Tok> = (0..used).filter_map(|by| look.ahead(by)).collect();
    let first = toks.first();
    let start = first.map_or(0, |t| t.span.start);
    let span = start..toks.last().map_or(start, |t| t.span.end);
    let tags = if used == 1 { first.map_or(&[][..], |t| t.tags) } else { &[] };
    let stop = first.is_some_and(|t| t.kind == Kind::Stop);
    let unknown = slot.is_none() && !stop && first.is_some_and(|t| !t.known);
    let is_name = unknown && look.after_any(&[Tag::At, Tag::To, Tag::From]);
    let mut features: Vec<Feature> = Vec::new();
    let mut weight = None;
    let label = slot.as_ref().map(label).or(is_name.then_some("<merchant>"));
    if let Some(feature) = label.and_then(|l| lexicon.known(l)) {
        weight = Some(lexicon.weight(feature));
        features.push(feature);
    }
    let parts = toks.iter().flat_map(|t| t.text.split(' '));
    for feature in parts.filter_map(|part| lexicon.known(part)) {
        features.push(feature);
    }
    if slot.is_none() && !is_name {
        let heaviest = features.iter().map(|f| lexicon.weight(*f)).max();
        let strange =
            if first.is_some_and(|t| t.text.chars().count() <= 3) { 150 } else { UNKNOWN_WEIGHT };
        weight = heaviest.or(unknown.then_some(strange));
    }
    let weight = if stop || is_tagged_filler(tags) { 0 } else { weight.unwrap_or(100) };
    Place {
        slot,
        tags,
        text: text.get(span).unwrap_or_default().to_owned(),
        features,
        weight,
        stop,
        unknown,
    }
}

fn is_tagged_filler(tags: &[Tag]) -> bool {
    tags.contains(&Tag::Filler) && tags.len() == 1
        || tags.contains(&Tag::And)
        || tags.contains(&Tag::Lead)
}

/// The slot as phrases write it.
fn label(slot: &Slot) -> &'static str {
    match slot {
        Slot::Amount(_) => "<amount>",
        Slot::Period(_) => "<date>",
        Slot::Account(_) => "<account>",
        Slot::Merchant(_) => "<merchant>",
        Slot::Category(_) => "<category>",
        Slot::Count(_) => "<count>",
        Slot::Language(_) => "<language>",
        Slot::Tail(_) => "<tail>",
    }
}

/// Words to fixed expressions, the longest first; typing errors corrected on the way.
fn toks(message: &[Word], text: &str, lexicon: &'static Lexicon) -> Vec<Tok> {
    let mut left = MAX_CORRECTIONS;
    let mut stems: Vec<(String, bool)> = Vec::with_capacity(message.len());
    for (at, word) in message.iter().enumerate() {
        let stem = words::stem(&word.text, lexicon.language);
        let known = word.kind != Kind::Word || lexicon.has_stem(stem);
        let before = at.checked_sub(1).and_then(|b| stems.get(b));
        let is_name = before.is_some_and(|(b, _)| lexicon.tags(b).contains(&Tag::At))
            && text.get(word.span.clone()).is_some_and(|t| t.starts_with(char::is_uppercase));
        let corrected = if known || left == 0 || is_name {
            None
        } else {
            left -= 1;
            lexicon.corrected(stem)
        };
        stems.push(match corrected {
            Some(right) => (right.to_owned(), true),
            None => (stem.to_owned(), known),
        });
    }
    let mut toks = Vec::with_capacity(message.len());
    let mut at = 0;
    while let Some(word) = message.get(at) {
        let (text, used) = expression(message, &stems, at, lexicon);
        let end = message.get(at + used - 1).map_or(word.span.end, |w| w.span.end);
        let known = stems.get(at).is_some_and(|(_, known)| *known);
        toks.push(Tok {
            kind: word.kind,
            tags: lexicon.tags(&text),
            text,
            words: at..at + used,
            span: word.span.start..end,
            known,
        });
        at += used;
    }
    toks
}

fn expression(
    message: &[Word],
    stems: &[(String, bool)],
    at: usize,
    lexicon: &Lexicon,
) -> (String, usize) {
    let single = stems.get(at).map(|(s, _)| s.clone()).unwrap_or_default();
    let (mut joined, mut best) = (single.clone(), (single, 1));
    for used in 2..=MAX_EXPRESSION {
        let next = at + used - 1;
        if message.get(next).is_none_or(|w| w.kind == Kind::Stop) {
            break;
        }
        joined.push(' ');
        joined.push_str(stems.get(next).map_or("", |(s, _)| s));
        if !lexicon.tags(&joined).is_empty() {
            best = (joined.clone(), used);
        }
    }
    best
}
