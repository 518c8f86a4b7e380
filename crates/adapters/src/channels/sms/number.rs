//! Telephone numbers. ITU-T E.164, section 6: a country code, which begins with no zero, and at most
//! fifteen digits in all.

use bankside_domain::channel::Contact;

/// Fewest digits of a subscriber's whole number; shorter ones are codes of a network.
const MIN_DIGITS: usize = 7;
/// Most digits.
const MAX_DIGITS: usize = 15;

/// A number: `+` and digits.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::channels) struct Number(Contact);

impl Number {
    /// From `+` or `00` and digits. Digits alone may be a number of some country or of the world, and
    /// a guess would reach somebody else.
    pub(in crate::channels) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+').or_else(|| text.strip_prefix("00"))?;
        let suits = (MIN_DIGITS..=MAX_DIGITS).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        suits.then(|| Self(Contact::new(format!("+{digits}"))))
    }

    pub(in crate::channels) fn as_str(&self) -> &str {
        self.0.address()
    }

    pub(in crate::channels) fn contact(self) -> Contact {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_of_the_world_or_none() {
        #[track_caller]
        fn check(text: &str, want: Option<&str>) {
            let got = Number::parse(text);
            assert_eq!(got.as_ref().map(Number::as_str), want, "{text}");
        }
        check("+34600111222", Some("+34600111222"));
        check("0034600111222", Some("+34600111222"));
        check("+3716123", Some("+3716123"));
        check("+123456789012345", Some("+123456789012345"));
        check("+1234567890123456", None);
        check("+371612", None);
        check("600111222", None);
        check("34600111222", None);
        check("+034600111222", None);
        check("000034600111222", None);
        check("+34 600 111 222", None);
        check("+34600111222 +34600111223", None);
        check("+٣٤٦٠٠١١١٢٢٢", None);
        check("12345", None);
        check("Bank", None);
        check("+", None);
        check("", None);
    }
}
