//! Words: folded to plain letters, with their place in the text.
//!
//! Folding takes case, diacritics, apostrophes and the variants of Arabic letters away (Unicode
//! NFKD, then no marks), so that `Łódź`, `lodz` and `ŁÓDŹ` are one word, and turns digits of every
//! script into 0 to 9.

use std::ops::Range;

use bankside_domain::Language;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::digit;

/// Words that are read of one message; the rest is ignored.
pub(super) const MAX_WORDS: usize = 96;
/// Longest word that is compared, in letters.
const MAX_WORD: usize = 48;

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits, with points and commas among them.
    Number,
    /// A currency sign.
    Sign,
    /// The end of a clause: `,` `;` `.` `?` `!` and new lines.
    Stop,
}

/// One word.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) kind: Kind,
    /// Folded.
    pub(super) text: String,
    /// Where in the original, in bytes.
    pub(super) span: Range<usize>,
}

/// The folded words of `text`, at most [`MAX_WORDS`].
pub(super) fn read(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        if words.len() >= MAX_WORDS {
            break;
        }
        let next = letters.peek().map(|(_, c)| *c);
        let end = at + c.len_utf8();
        if "$€£¥₹₺₽﷼".contains(c) {
            words.push(Word { kind: Kind::Sign, text: c.into(), span: at..end });
        } else if let Some(kind) = kind_of(c) {
            push(&mut words, kind, c, at..end);
        } else if is_inside(c, next, words.last(), at) {
            push_inside(&mut words, c, end);
        } else if ",;.?!:\n،؛؟".contains(c) {
            words.push(Word { kind: Kind::Stop, text: c.into(), span: at..end });
        }
    }
    words.retain(|w| !w.text.is_empty());
    join_groups(words)
}

fn kind_of(c: char) -> Option<Kind> {
    if digit::value(c).is_some() {
        Some(Kind::Number)
    } else if c.is_alphanumeric() || is_combining_mark(c) || c == 'ـ' {
        Some(Kind::Word)
    } else {
        None
    }
}

/// Appends to the word that ends where this letter begins, if it is of the same kind.
fn push(words: &mut Vec<Word>, kind: Kind, c: char, span: Range<usize>) {
    if let Some(last) = words.last_mut()
        && last.span.end == span.start
        && last.kind == kind
    {
        last.span.end = span.end;
        if last.text.len() < MAX_WORD {
            fold_into(&mut last.text, c);
        }
        return;
    }
    let mut text = String::new();
    fold_into(&mut text, c);
    words.push(Word { kind, text, span });
}

/// A point, comma or stroke between digits; an apostrophe between letters.
fn is_inside(c: char, next: Option<char>, last: Option<&Word>, at: usize) -> bool {
    let Some(last) = last.filter(|w| w.span.end == at) else { return false };
    let before_digit = next.is_some_and(|n| digit::value(n).is_some());
    let before_letter = next.is_some_and(char::is_alphabetic);
    match last.kind {
        Kind::Number => before_digit && ".,'’/-٫٬".contains(c),
        Kind::Word => before_letter && "'’ʼ`´".contains(c),
        Kind::Sign | Kind::Stop => false,
    }
}

fn push_inside(words: &mut [Word], c: char, end: usize) {
    if let Some(last) = words.last_mut() {
        last.span.end = end;
        if last.kind == Kind::Number && last.text.len() < MAX_WORD {
            last.text.push(match c {
                '٫' => ',',
                '٬' | '’' => '\'',
                other => other,
            });
        }
    }
}

/// `1 234,50` is one number: groups of three digits after one to three.
fn join_groups(words: Vec<Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let group = word.kind == Kind::Number
            && word.text.split([',', '.']).next().is_some_and(|g| g.len() == 3 && plain(g));
        match joined.last_mut() {
            Some(last)
                if group
                    && last.kind == Kind::Number
                    && last.text.split('\'').all(plain)
                    && last.text.split('\'').next().is_some_and(|g| g.len() <= 3)
                    && last.text.len() < MAX_WORD
                    && word.span.start.saturating_sub(last.span.end) <= 3 =>
            {
                last.text.push('\'');
                last.text.push_str(&word.text);
                last.span.end = word.span.end;
            }
            _ => joined.push(word),
        }
    }
    joined
}

fn fold_into(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    if let Some(value) = digit::value(c) {
        out.push(char::from(b'0' + value));
        return;
    }
    for c in c.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ø' => out.push('o'),
            'ß' => out.push_str("ss"),
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            'ؤ' => out.push('و'),
            'ئ' => out.push('ي'),
            'ـ' => {}
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
}

/// The folded form of one word or phrase of a data file: words with single spaces.
pub(crate) fn fold(text: &str) -> String {
    let words = read(text);
    let mut folded = String::new();
    for word in words.iter().filter(|w| w.kind != Kind::Stop) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word.text);
    }
    folded
}

/// The part of a folded word that stays when it is inflected. Rough on purpose: both sides of each
/// comparison go through it.
pub(super) fn stem(word: &str, language: Language) -> &str {
    let endings: &[&str] = match language {
        Language::En => &["'s", "s"],
        Language::Es => &["es", "s", "os", "as"],
        Language::Pt => &["oes", "ao", "es", "s", "os", "as"],
        Language::Pl => &[
            "ami", "ach", "ego", "emu", "owi", "ow", "om", "ie", "ych", "ymi", "em", "a", "e", "i",
            "y", "o", "u",
        ],
        Language::Lv => &[
            "iem", "ajam", "ajiem", "ais", "am", "as", "ai", "is", "us", "os", "es", "ei", "im",
            "a", "e", "i", "u", "o", "s",
        ],
        Language::Ar => return stem_arabic(word),
    };
    let keep = if language == Language::En { 3 } else { 4 };
    let cut = endings
        .iter()
        .filter(|e| word.len() >= keep + e.len() && word.ends_with(**e))
        .map(|e| e.len())
        .max()
        .unwrap_or(0);
    if language == Language::En && word.ends_with("ss") {
        return word;
    }
    word.get(..word.len() - cut).unwrap_or(word)
}

/// Without the article and the particles written together with it.
fn stem_arabic(word: &str) -> &str {
    const HEADS: [&str; 6] = ["وال", "بال", "كال", "فال", "لل", "ال"];
    let long = |rest: &&str| rest.chars().count() >= 3;
    HEADS.iter().find_map(|h| word.strip_prefix(h).filter(long)).unwrap_or(word)
}
