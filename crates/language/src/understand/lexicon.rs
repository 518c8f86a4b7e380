//! What one language's data file says: fixed expressions with their tags, and the phrases by which
//! each intent is recognised. Read once, on first use.
//!
//! INVARIANT: everything is folded and stemmed the way a message is, so that both sides compare.

mod tag;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use bankside_domain::Language;
use serde::Deserialize;

pub(super) use tag::{Tag, Unit};

use super::words;

/// Longest fixed expression, in words.
pub(super) const MAX_EXPRESSION: usize = 5;
/// Weight of a word that no phrase has.
pub(super) const UNKNOWN_WEIGHT: u32 = 560;
/// Weight of a word that says nothing: "please".
const FILLER_WEIGHT: u32 = 40;

/// A word or slot that phrases are made of.
pub(super) type Feature = u16;

/// Slots as phrases write them, with their weights.
pub(super) const SLOTS: [(&str, u32); 8] = [
    ("<amount>", 300),
    ("<date>", 150),
    ("<account>", 250),
    ("<merchant>", 350),
    ("<category>", 350),
    ("<count>", 150),
    ("<language>", 500),
    ("<tail>", 150),
];

#[derive(Deserialize, Default)]
struct Data {
    #[serde(default)]
    words: BTreeMap<String, String>,
    #[serde(default)]
    say: BTreeMap<String, String>,
}

/// A phrase of an intent.
pub(super) struct Phrase {
    pub(super) intent: usize,
    /// Sum of its features' weights.
    pub(super) weight: u32,
}

/// One language's expressions and phrases.
pub(super) struct Lexicon {
    pub(super) language: Language,
    expressions: HashMap<String, Vec<Tag>>,
    /// Each single word that is known, by its stem.
    features: HashMap<String, Feature>,
    weights: Vec<u32>,
    /// By feature: the phrases that hold it.
    pub(super) index: Vec<Vec<u16>>,
    pub(super) phrases: Vec<Phrase>,
    pub(super) intents: Vec<String>,
    /// Known stems, by length in bytes, for the correction of typing errors.
    by_length: BTreeMap<usize, Vec<String>>,
    /// Known words, folded but not stemmed: by these a language is recognised.
    folded: BTreeSet<String>,
}

/// The lexicon of `language`.
pub(super) fn of(language: Language) -> &'static Lexicon {
    static ALL: [OnceLock<Lexicon>; 6] = [const { OnceLock::new() }; 6];
    let [en, es, pt, pl, lv, ar] = &ALL;
    let (cell, data) = match language {
        Language::En => (en, include_str!("../../data/intents/en.toml")),
        Language::Es => (es, include_str!("../../data/intents/es.toml")),
        Language::Pt => (pt, include_str!("../../data/intents/pt.toml")),
        Language::Pl => (pl, include_str!("../../data/intents/pl.toml")),
        Language::Lv => (lv, include_str!("../../data/intents/lv.toml")),
        Language::Ar => (ar, include_str!("../../data/intents/ar.toml")),
    };
    cell.get_or_init(|| Lexicon::build(language, toml::from_str(data).unwrap_or_default()))
}

impl Lexicon {
    fn build(language: Language, data: Data) -> Self {
        let mut built = Self {
            language,
            expressions: HashMap::new(),
            features: HashMap::new(),
            weights: Vec::new(),
            index: Vec::new(),
            phrases: Vec::new(),
            intents: Vec::new(),
            by_length: BTreeMap::new(),
            folded: BTreeSet::new(),
        };
        for (slot, _) in SLOTS {
            built.feature(slot);
        }
        for (key, list) in &data.words {
            for tag in Tag::parse(key) {
                list.split([',', '\n']).for_each(|expression| built.express(tag, expression));
            }
        }
        for (intent, list) in data.say {
            built.intents.push(intent);
            list.lines().for_each(|line| built.say(line));
        }
        built.weigh();
        built
    }

    fn express(&mut self, tag: Tag, expression: &str) {
        let stems = self.stems(expression);
        if stems.is_empty() {
            return;
        }
        let tags = self.expressions.entry(stems.join(" ")).or_default();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
        for stem in stems {
            self.know(stem);
        }
    }

    fn say(&mut self, line: &str) {
        let mut features: BTreeSet<Feature> = BTreeSet::new();
        for part in line.split_whitespace() {
            if part.starts_with('<') {
                features.insert(self.feature(part));
                continue;
            }
            for stem in self.stems(part) {
                self.know(stem.clone());
                features.insert(self.feature(&stem));
            }
        }
        let Ok(phrase) = u16::try_from(self.phrases.len()) else { return };
        if features.is_empty() {
            return;
        }
        self.phrases.push(Phrase { intent: self.intents.len().saturating_sub(1), weight: 0 });
        for feature in features {
            if let Some(list) = self.index.get_mut(usize::from(feature)) {
                list.push(phrase);
            }
        }
    }

    fn stems(&mut self, text: &str) -> Vec<String> {
        let folded = words::fold(text);
        let language = self.language;
        folded
            .split_whitespace()
            .map(|w| {
                self.folded.insert(w.to_owned());
                words::stem(w, language).to_owned()
            })
            .collect()
    }

    fn know(&mut self, stem: String) {
        let list = self.by_length.entry(stem.len()).or_default();
        if !list.contains(&stem) {
            list.push(stem);
        }
    }

    fn feature(&mut self, name: &str) -> Feature {
        if let Some(known) = self.features.get(name) {
            return *known;
        }
        let next = Feature::try_from(self.index.len()).unwrap_or(Feature::MAX);
        self.features.insert(name.to_owned(), next);
        self.index.push(Vec::new());
        next
    }

    /// A word weighs the more the fewer intents use it.
    fn weigh(&mut self) {
        let intents = self.intents.len();
        self.weights = vec![0; self.index.len()];
        for (name, feature) in &self.features {
            let list = self.index.get(usize::from(*feature)).map_or(&[][..], Vec::as_slice);
            let of = |p: &u16| self.phrases.get(usize::from(*p)).map(|p| p.intent);
            let used: BTreeSet<_> = list.iter().filter_map(of).collect();
            let weight = match SLOTS.iter().find(|(slot, _)| slot == name) {
                Some((_, weight)) => *weight,
                None if self.is_filler(name) => FILLER_WEIGHT,
                None => rarity(intents, used.len()),
            };
            if let Some(slot) = self.weights.get_mut(usize::from(*feature)) {
                *slot = weight;
            }
        }
        for (list, weight) in self.index.iter().zip(&self.weights) {
            for phrase in list {
                if let Some(phrase) = self.phrases.get_mut(usize::from(*phrase)) {
                    phrase.weight += weight;
                }
            }
        }
    }

    fn is_filler(&self, stem: &str) -> bool {
        self.expressions.get(stem).is_some_and(|tags| tags.contains(&Tag::Filler))
    }

    /// The tags of a fixed expression: stems joined with spaces.
    pub(super) fn tags(&self, stems: &str) -> &[Tag] {
        self.expressions.get(stems).map_or(&[], Vec::as_slice)
    }

    /// The feature of a stem or slot, if a phrase holds it.
    pub(super) fn known(&self, name: &str) -> Option<Feature> {
        self.features.get(name).copied()
    }

    /// The weight of a feature.
    pub(super) fn weight(&self, feature: Feature) -> u32 {
        self.weights.get(usize::from(feature)).copied().unwrap_or(0)
    }

    /// Whether a folded word is one of the language's.
    pub(super) fn has_folded(&self, word: &str) -> bool {
        self.folded.contains(word)
    }

    /// Whether a stem is known.
    pub(super) fn has_stem(&self, stem: &str) -> bool {
        self.by_length.get(&stem.len()).is_some_and(|list| list.iter().any(|s| s == stem))
    }

    /// The known stem that `stem` most probably is, if it is one typing error away from exactly
    /// one (two in long words).
    pub(super) fn corrected(&self, stem: &str) -> Option<&str> {
        let length = stem.chars().count();
        let most = match length {
            0..=3 => return None,
            4..=7 => 1,
            _ => 2,
        };
        let near = stem.len().saturating_sub(most)..=stem.len() + most;
        let mut best: Option<(Likeness, &str)> = None;
        for known in self.by_length.range(near).flat_map(|(_, list)| list) {
            if known.len() < 4 || !shares_head(stem, known) {
                continue;
            }
            let away = distance(stem, known, most);
            let alike = stem.bytes().zip(known.bytes()).take_while(|(a, b)| a == b).count();
            let rank = (away, Reverse(alike), Reverse(known.len()));
            if away <= most && best.as_ref().is_none_or(|(least, _)| rank < *least) {
                best = Some((rank, known));
            }
        }
        best.map(|(_, known)| known)
    }
}

/// Edits, then letters shared at the beginning, then length.
type Likeness = (usize, Reverse<usize>, Reverse<usize>);

/// Typing errors seldom touch the first letter.
fn shares_head(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next()
}

/// 180 for a word that every intent uses, a thousand or so for one that a single intent does.
fn rarity(intents: usize, used: usize) -> u32 {
    let ratio = intents.max(1) * 64 / used.max(1) + 64;
    let whole = ratio.ilog2();
    let part = ((ratio * 16) >> whole).saturating_sub(16);
    let sixteenths = whole * 16 + u32::try_from(part).unwrap_or(0);
    sixteenths.saturating_sub(96) * 180 / 16
}

/// Edits between `a` and `b`, a swap of neighbours counting as one; `most + 1` if there are more.
pub(super) fn distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(48).collect(), b.chars().take(48).collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let at = |r: &Vec<usize>, j: usize| r.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost =
                (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let crossed = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if crossed {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return most + 1;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_says_only_what_is_known() {
        for (language, data) in [
            (Language::En, include_str!("../../data/intents/en.toml")),
            (Language::Es, include_str!("../../data/intents/es.toml")),
            (Language::Pt, include_str!("../../data/intents/pt.toml")),
            (Language::Pl, include_str!("../../data/intents/pl.toml")),
            (Language::Lv, include_str!("../../data/intents/lv.toml")),
            (Language::Ar, include_str!("../../data/intents/ar.toml")),
        ] {
            let data: Data = toml::from_str(data).unwrap();
            for key in data.words.keys() {
                assert!(!Tag::parse(key).is_empty(), "{language:?}: `{key}` is no tag");
            }
            for slot in
                data.say.values().flat_map(|l| l.split_whitespace()).filter(|w| w.starts_with('<'))
            {
                assert!(SLOTS.iter().any(|(s, _)| *s == slot), "{language:?}: `{slot}` is no slot");
            }
            for intent in super::super::build::INTENTS {
                let lines = data
                    .say
                    .get(*intent)
                    .map_or(0, |l| l.lines().filter(|l| !l.trim().is_empty()).count());
                assert!(lines >= 6, "{language:?}: `{intent}` has {lines} phrases");
            }
            assert_eq!(data.say.len(), super::super::build::INTENTS.len(), "{language:?}");
        }
    }

    #[test]
    fn edits_are_counted_with_swaps() {
        for (a, b, expect) in [
            ("balance", "balence", 1),
            ("balance", "blaance", 1),
            ("rent", "sent", 1),
            ("abc", "abc", 0),
            ("balance", "rent", 3),
        ] {
            assert_eq!(distance(a, b, 2), expect, "{a} {b}");
        }
    }

    #[test]
    fn rare_words_weigh_more() {
        assert!(rarity(45, 1) > rarity(45, 2));
        assert_eq!(rarity(45, 45), 180);
    }
}
