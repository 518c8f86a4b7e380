//! The digits of a code, as they are made, heard and shown.

use bankside_domain::bank::BankId;
use bankside_domain::personal::Personal;

use crate::keys::DataKey;
use crate::ports::Entropy;

/// Digits of a code.
const DIGITS: usize = 9;
/// As many codes as there are.
const CODES: u64 = 1_000_000_000;
/// Most characters around the digits of a code: "my code is ...".
const MAX_AROUND: usize = 40;
/// Most characters between two of its digits.
const MAX_BETWEEN: usize = 2;

/// Nine digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(Personal<String>);

impl Code {
    /// A new one.
    pub(super) fn random(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 8];
        entropy.fill(&mut bytes);
        Self(Personal::new(format!("{:09}", u64::from_le_bytes(bytes) % CODES)))
    }

    /// The code that a message is, if it is one: its digits in any script, parted or not, with few
    /// words around them.
    pub fn heard(text: &str) -> Option<Self> {
        let mut digits = String::with_capacity(DIGITS);
        let (mut around, mut between) = (0, 0);
        for c in text.trim().chars() {
            match bankside_language::digit(c) {
                // Digits that stand apart are of two numbers.
                Some(_) if between > MAX_BETWEEN => return None,
                Some(value) => {
                    digits.push(char::from(b'0' + value));
                    between = 0;
                }
                None if digits.is_empty() || digits.len() == DIGITS => around += 1,
                None if c.is_whitespace() || matches!(c, '-' | '.' | ',' | '·') => between += 1,
                None => return None,
            }
        }
        let fits = digits.len() == DIGITS && around <= MAX_AROUND;
        fits.then(|| Self(Personal::new(digits)))
    }

    /// As it is shown: `123 456 789`.
    pub fn shown(&self) -> String {
        let digits = self.0.reveal();
        let groups: Vec<_> =
            [0..3, 3..6, 6..9].into_iter().filter_map(|range| digits.get(range)).collect();
        groups.join(" ")
    }

    /// The digits alone, as they are kept.
    pub(super) fn digits(&self) -> &str {
        self.0.reveal()
    }

    /// One that was kept so.
    pub(super) fn of(digits: String) -> Self {
        Self(Personal::new(digits))
    }

    /// What is stored instead of it. Of two banks or channels the same digits are two codes.
    pub(super) fn hash(&self, own: &DataKey, bank: &BankId, channel: &str) -> [u8; 32] {
        own.pseudonym(&format!("code/{bank}/{channel}/{}", self.0.reveal()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Code::heard(text).map(|code| code.shown()).as_deref(), expected, "{text}");
    }

    #[test]
    fn nine_digits_are_a_code_however_they_are_said() {
        for text in [
            "123456789",
            "123 456 789",
            "1 2 3 4 5 6 7 8 9",
            "123-456-789.",
            "my code is 123, 456, 789",
            "رمزي ١٢٣ ٤٥٦ ٧٨٩",
        ] {
            check(text, Some("123 456 789"));
        }
        for text in [
            "",
            "12345678",
            "1234567890",
            "123456789 1",
            "send 1234 to 56789",
            "call 123 456 789 about the forty things that I bought in the shop yesterday",
        ] {
            check(text, None);
        }
    }
}
