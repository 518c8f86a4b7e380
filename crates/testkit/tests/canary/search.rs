//! Everything that an operator was handed, searched for everything that the bank holds about her.
//!
//! INVARIANT: what is searched has neither case nor separators: letters and digits alone, those of other
//! scripts as ASCII, so that a figure is found however a language writes it. Bytes are searched as they
//! are and as what they may encode: percent and quoted-printable, escapes of JSON, UTF-16 (UCS-2), and
//! base64 in both alphabets, one within the other.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use aho_corasick::AhoCorasick;
use bankside_domain::disclosure::Level;
use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Encodings within one another that are opened.
const DEPTH: usize = 2;
/// Letters that base64 of something to be found has at least.
const SHORTEST_BASE64: usize = 12;

/// Something that must not be seen below a level.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Needle {
    pub level: Level,
    pub kind: &'static str,
    pub text: String,
}

/// One search, over everything that leaves.
pub struct Search {
    automaton: AhoCorasick,
    needles: Vec<Needle>,
    /// What may be seen now; nothing where nothing may.
    allowed: Mutex<Option<Level>>,
    /// Where something was found that may not be.
    leaks: Mutex<BTreeSet<String>>,
    /// What was found that may be.
    shown: Mutex<BTreeSet<(Level, &'static str)>>,
    /// All that is looked at, where it is wanted.
    tape: Mutex<Option<Vec<u8>>>,
    pub messages: AtomicU64,
    pub bytes: AtomicU64,
}

impl Search {
    pub fn new(needles: Vec<Needle>) -> Self {
        let texts = needles.iter().map(|needle| plain(needle.text.as_bytes()));
        Self {
            automaton: AhoCorasick::new(texts).unwrap(),
            needles,
            allowed: Mutex::default(),
            leaks: Mutex::default(),
            shown: Mutex::default(),
            tape: Mutex::default(),
            messages: AtomicU64::default(),
            bytes: AtomicU64::default(),
        }
    }

    /// From now on that much may be seen.
    pub fn allows(&self, level: Option<Level>) {
        *self.allowed.lock().unwrap() = level;
    }

    /// Looks at what an operator was handed; `whose` names the operator.
    pub fn look(&self, whose: &str, bytes: &[u8]) {
        self.messages.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(u64::try_from(bytes.len()).unwrap(), Ordering::Relaxed);
        if let Some(tape) = self.tape.lock().unwrap().as_mut() {
            tape.extend_from_slice(bytes);
        }
        let allowed = *self.allowed.lock().unwrap();
        for needle in self.found(bytes) {
            if Some(needle.level) <= allowed {
                self.shown.lock().unwrap().insert((needle.level, needle.kind));
            } else {
                let leak = format!("{whose} saw {} where {allowed:?} is allowed", needle.kind);
                self.leaks.lock().unwrap().insert(leak);
            }
        }
    }

    /// From now on, what is looked at is kept.
    pub fn begins_tape(&self) {
        *self.tape.lock().unwrap() = Some(Vec::new());
    }

    /// What was kept.
    pub fn ends_tape(&self) -> Vec<u8> {
        self.tape.lock().unwrap().take().unwrap_or_default()
    }

    /// All that stands in these bytes, in whatever form.
    pub fn found(&self, bytes: &[u8]) -> Vec<&Needle> {
        let mut found = BTreeSet::new();
        self.within(bytes, DEPTH, &mut found);
        found.into_iter().map(|at| &self.needles[at]).collect()
    }

    fn within(&self, bytes: &[u8], depth: usize, found: &mut BTreeSet<usize>) {
        let plain = plain(bytes);
        found.extend(self.automaton.find_overlapping_iter(&plain).map(|m| m.pattern().as_usize()));
        if depth > 0 {
            for decoded in decoded(bytes) {
                self.within(&decoded, depth - 1, found);
            }
        }
    }

    pub fn leaks(&self) -> BTreeSet<String> {
        self.leaks.lock().unwrap().clone()
    }

    pub fn shown(&self) -> BTreeSet<(Level, &'static str)> {
        self.shown.lock().unwrap().clone()
    }
}

/// Letters in lower case and digits of every script in ASCII; all else is left out.
pub fn plain(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    for c in String::from_utf8_lossy(bytes).chars() {
        let (code, digit) = (u32::from(c), |zero: u32| u8::try_from(u32::from(c) - zero).unwrap());
        match code {
            0x30..=0x39 | 0x61..=0x7a => plain.push(u8::try_from(code).unwrap()),
            0x41..=0x5a => plain.push(c.to_ascii_lowercase() as u8),
            // Arabic-Indic, and its eastern form.
            0x660..=0x669 => plain.push(b'0' + digit(0x660)),
            0x6f0..=0x6f9 => plain.push(b'0' + digit(0x6f0)),
            _ => {}
        }
    }
    plain
}

/// What the bytes may stand for.
fn decoded(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    if bytes.contains(&b'%') || bytes.contains(&b'=') {
        all.push(escaped(bytes));
    }
    if bytes.windows(2).any(|two| two == b"\\u") {
        all.push(unescaped_json(bytes));
    }
    if bytes.iter().any(|byte| matches!(byte, 0 | 6)) {
        all.extend([0, 1].map(|skip| utf16(&bytes[skip.min(bytes.len())..])));
    }
    all.extend(base64s(bytes));
    all
}

/// Percent (RFC 3986, section 2.1) and quoted-printable (RFC 2045, section 6.7).
fn escaped(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let code = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        let soft = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n"));
        (out, rest) = match (first, code, soft) {
            (b'%' | b'=', Some(code), _) => {
                out.push(code);
                (out, &after[2..])
            }
            (b'=', None, Some(soft)) => (out, soft),
            _ => {
                out.push(first);
                (out, after)
            }
        };
    }
    out
}

/// RFC 8259, section 7: as far as letters and digits go.
fn unescaped_json(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\\u");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..4).and_then(|four| u32::from_str_radix(four, 16).ok());
        out.extend(code.and_then(char::from_u32));
        out.push_str(part.get(4..).unwrap_or_default());
    }
    out.into_bytes()
}

/// Big-endian, as short messages are.
fn utf16(bytes: &[u8]) -> Vec<u8> {
    let units = bytes.as_chunks::<2>().0.iter().map(|two| u16::from_be_bytes(*two));
    char::decode_utf16(units).filter_map(Result::ok).collect::<String>().into_bytes()
}

fn base64s(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
    let pieces = bytes.split(move |byte| !is_letter(byte));
    let pieces = pieces.filter(|piece| piece.len() >= SHORTEST_BASE64);
    pieces.filter_map(move |piece| {
        let alphabet =
            if piece.iter().any(|byte| b"-_".contains(byte)) { &URL_SAFE } else { &STANDARD };
        GeneralPurpose::new(alphabet, config).decode(piece).ok()
    })
}
