//! The alphabets of short messages and how many parts a text takes. 3GPP TS 23.038, sections 6.2.1
//! and 6.2.1.1; TS 23.040, section 9.2.3.24.1 for parts with a header of six octets.

/// GSM 7 bit default alphabet, by code.
const BASIC: [char; 128] = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å', 'Δ', '_',
    'Φ', 'Γ', 'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ', 'Ξ', '\u{1b}', 'Æ', 'æ', 'ß', 'É', ' ', '!', '"', '#',
    '¤', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/', '0', '1', '2', '3', '4', '5', '6',
    '7', '8', '9', ':', ';', '<', '=', '>', '?', '¡', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I',
    'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Ä', 'Ö',
    'Ñ', 'Ü', '§', '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ', 'ü', 'à',
];
/// Those behind an escape, and their codes.
const EXTENDED: [(char, u8); 10] = [
    ('\u{c}', 0x0a),
    ('^', 0x14),
    ('{', 0x28),
    ('}', 0x29),
    ('\\', 0x2f),
    ('[', 0x3c),
    ('~', 0x3d),
    (']', 0x3e),
    ('|', 0x40),
    ('€', 0x65),
];
const ESCAPE: u8 = 0x1b;

/// In which alphabet a text travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// Septets.
    Gsm7,
    /// Code units of two octets.
    Ucs2,
}

impl Alphabet {
    /// The smaller one that holds all of it.
    pub fn of(text: &str) -> Self {
        if text.chars().all(|c| codes(c).is_some()) { Self::Gsm7 } else { Self::Ucs2 }
    }

    /// Units in one message alone, and in each of several.
    const fn room(self) -> (usize, usize) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }

    /// Units that a character takes; one outside of GSM 7 bit takes none there.
    fn units(self, c: char) -> usize {
        match self {
            Self::Gsm7 => codes(c).map_or(0, |(escaped, _)| 1 + usize::from(escaped)),
            Self::Ucs2 => c.len_utf16(),
        }
    }
}

/// Whether it stands behind an escape, and its code.
fn codes(c: char) -> Option<(bool, u8)> {
    let basic = BASIC.iter().position(|basic| *basic == c && c != '\u{1b}');
    match basic.and_then(|code| u8::try_from(code).ok()) {
        Some(code) => Some((false, code)),
        None => EXTENDED.iter().find(|(other, _)| *other == c).map(|(_, code)| (true, *code)),
    }
}

/// A text cut into the parts of one long message. No character is cut in two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segments {
    /// In which alphabet all of them travel.
    pub alphabet: Alphabet,
    /// The parts.
    pub parts: Vec<String>,
}

impl Segments {
    /// Cuts it.
    pub fn of(text: &str) -> Self {
        let alphabet = Alphabet::of(text);
        let (alone, each) = alphabet.room();
        let whole: usize = text.chars().map(|c| alphabet.units(c)).sum();
        if whole <= alone {
            return Self { alphabet, parts: vec![text.to_owned()] };
        }
        let (mut parts, mut part, mut used) = (Vec::new(), String::new(), 0);
        for c in text.chars() {
            let units = alphabet.units(c);
            if used + units > each {
                parts.push(std::mem::take(&mut part));
                used = 0;
            }
            part.push(c);
            used += units;
        }
        parts.push(part);
        Self { alphabet, parts }
    }

    /// The octets of a part: a septet in each octet (unpacked), or UCS-2 in network order.
    pub fn octets(alphabet: Alphabet, part: &str) -> Vec<u8> {
        match alphabet {
            Alphabet::Ucs2 => part.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Alphabet::Gsm7 => part
                .chars()
                .filter_map(codes)
                .flat_map(|(escaped, code)| escaped.then_some(ESCAPE).into_iter().chain([code]))
                .collect(),
        }
    }

    /// The text of unpacked septets; what has no character becomes a space, as the standard says.
    pub fn of_septets(septets: &[u8]) -> String {
        let (mut text, mut escaped) = (String::with_capacity(septets.len()), false);
        for &code in septets {
            if std::mem::take(&mut escaped) {
                let found = EXTENDED.iter().find(|(_, extended)| *extended == code);
                text.push(found.map_or_else(|| basic(code), |(c, _)| *c));
            } else if code == ESCAPE {
                escaped = true;
            } else {
                text.push(basic(code));
            }
        }
        text
    }
}

fn basic(code: u8) -> char {
    BASIC.get(usize::from(code)).copied().filter(|c| *c != '\u{1b}').unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, alphabet: Alphabet, parts: usize) {
        let cut = Segments::of(text);
        assert_eq!((cut.alphabet, cut.parts.len()), (alphabet, parts), "{text:?}");
        assert_eq!(cut.parts.concat(), text);
    }

    #[test]
    fn a_text_takes_as_many_parts_as_the_standard_says() {
        check("", Alphabet::Gsm7, 1);
        check(&"a".repeat(160), Alphabet::Gsm7, 1);
        check(&"a".repeat(161), Alphabet::Gsm7, 2);
        check(&"a".repeat(306), Alphabet::Gsm7, 2);
        check(&"a".repeat(307), Alphabet::Gsm7, 3);
        check(&"€".repeat(80), Alphabet::Gsm7, 1);
        check(&"€".repeat(81), Alphabet::Gsm7, 2);
        check(&"ż".repeat(70), Alphabet::Ucs2, 1);
        check(&"ż".repeat(71), Alphabet::Ucs2, 2);
        check(&"😀".repeat(35), Alphabet::Ucs2, 1);
        check(&"😀".repeat(36), Alphabet::Ucs2, 2);
    }

    #[test]
    fn no_character_is_cut_in_two() {
        let (_, each) = Alphabet::Gsm7.room();
        let text = format!("{}€{}", "a".repeat(each - 1), "b".repeat(100));
        let cut = Segments::of(&text);
        assert_eq!(cut.parts[0].chars().last(), Some('a'));
        assert!(cut.parts[1].starts_with('€'));
    }

    #[test]
    fn septets_come_back_as_they_went() {
        let text: String = BASIC
            .iter()
            .filter(|c| **c != '\u{1b}')
            .chain(EXTENDED.iter().map(|(c, _)| c))
            .collect();
        assert_eq!(Segments::of_septets(&Segments::octets(Alphabet::Gsm7, &text)), text);
        assert_eq!(Segments::octets(Alphabet::Gsm7, "€@"), [0x1b, 0x65, 0x00]);
        assert_eq!(Segments::octets(Alphabet::Ucs2, "ż"), [0x01, 0x7c]);
    }
}
