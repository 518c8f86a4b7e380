//! Digits of every script (Unicode 17, property `Numeric_Type` = Decimal or Digit).

use bankside_domain::Language;

/// The value of a digit in any script, superscripts and circled ones included.
pub fn value(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).and_then(|d| u8::try_from(d).ok());
    }
    let code = u32::from(c);
    let at = RUNS.partition_point(|(first, _, _)| *first <= code).checked_sub(1)?;
    let (first, digit, length) = *RUNS.get(at)?;
    let offset = u8::try_from(code - first).ok().filter(|o| *o < length)?;
    Some(digit + offset)
}

/// Whether readers of `language` in `region` (ISO 3166-1) write ٠ to ٩. CLDR: the Gulf's south and
/// the Maghreb write 0 to 9.
pub(crate) fn are_eastern(language: Language, region: &str) -> bool {
    const EASTERN: [&str; 11] = ["EG", "SA", "IQ", "SY", "JO", "LB", "KW", "BH", "OM", "QA", "YE"];
    language == Language::Ar && EASTERN.iter().any(|r| r.eq_ignore_ascii_case(region))
}

/// The text with 0 to 9 written as ٠ to ٩.
pub(crate) fn eastern(text: &str) -> String {
    const DIGITS: [char; 10] = ['٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩'];
    let turn = |c: char| {
        let at = c.to_digit(10).and_then(|d| usize::try_from(d).ok());
        at.and_then(|at| DIGITS.get(at)).copied().unwrap_or(c)
    };
    text.chars().map(turn).collect()
}

/// Runs of digits: first code point, its value, length. Sorted.
#[rustfmt::skip]
const RUNS: [(u32, u8, u8); 87] = [
    (0x30, 0, 10), (0xb2, 2, 2), (0xb9, 1, 1), (0x660, 0, 10),
    (0x6f0, 0, 10), (0x7c0, 0, 10), (0x966, 0, 10), (0x9e6, 0, 10),
    (0xa66, 0, 10), (0xae6, 0, 10), (0xb66, 0, 10), (0xbe6, 0, 10),
    (0xc66, 0, 10), (0xce6, 0, 10), (0xd66, 0, 10), (0xde6, 0, 10),
    (0xe50, 0, 10), (0xed0, 0, 10), (0xf20, 0, 10), (0x1040, 0, 10),
    (0x1090, 0, 10), (0x1369, 1, 9), (0x17e0, 0, 10), (0x1810, 0, 10),
    (0x1946, 0, 10), (0x19d0, 0, 10), (0x19da, 1, 1), (0x1a80, 0, 10),
    (0x1a90, 0, 10), (0x1b50, 0, 10), (0x1bb0, 0, 10), (0x1c40, 0, 10),
    (0x1c50, 0, 10), (0x2070, 0, 1), (0x2074, 4, 6), (0x2080, 0, 10),
    (0x2460, 1, 9), (0x2474, 1, 9), (0x2488, 1, 9), (0x24ea, 0, 1),
    (0x24f5, 1, 9), (0x24ff, 0, 1), (0x2776, 1, 9), (0x2780, 1, 9),
    (0x278a, 1, 9), (0xa620, 0, 10), (0xa8d0, 0, 10), (0xa900, 0, 10),
    (0xa9d0, 0, 10), (0xa9f0, 0, 10), (0xaa50, 0, 10), (0xabf0, 0, 10),
    (0xff10, 0, 10), (0x104a0, 0, 10), (0x10a40, 1, 4), (0x10d30, 0, 10),
    (0x10e60, 1, 9), (0x11052, 1, 9), (0x11066, 0, 10), (0x110f0, 0, 10),
    (0x11136, 0, 10), (0x111d0, 0, 10), (0x112f0, 0, 10), (0x11450, 0, 10),
    (0x114d0, 0, 10), (0x11650, 0, 10), (0x116c0, 0, 10), (0x11730, 0, 10),
    (0x118e0, 0, 10), (0x11950, 0, 10), (0x11c50, 0, 10), (0x11d50, 0, 10),
    (0x11da0, 0, 10), (0x16a60, 0, 10), (0x16ac0, 0, 10), (0x16b50, 0, 10),
    (0x1d7ce, 0, 10), (0x1d7d8, 0, 10), (0x1d7e2, 0, 10), (0x1d7ec, 0, 10),
    (0x1d7f6, 0, 10), (0x1e140, 0, 10), (0x1e2f0, 0, 10), (0x1e950, 0, 10),
    (0x1f100, 0, 1), (0x1f101, 0, 10), (0x1fbf0, 0, 10),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_have_their_value() {
        for text in [
            "0123456789",
            "٠١٢٣٤٥٦٧٨٩",
            "۰۱۲۳۴۵۶۷۸۹",
            "０１２３４５６７８９",
            "⓪①②③④⑤⑥⑦⑧⑨",
            "⁰¹²³⁴⁵⁶⁷⁸⁹",
        ] {
            let values: Vec<_> = text.chars().filter_map(value).collect();
            assert_eq!(values, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "{text}");
        }
        assert_eq!("aé½Ⅳ٪𝒜".chars().find_map(value), None);
    }
}
