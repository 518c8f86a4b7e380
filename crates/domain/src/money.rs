//! Money: whole minor units of an ISO 4217 currency, with checked arithmetic.
//!
//! Architecture invariant: no floats, no implicit conversion, no silent rounding. Two currencies
//! never meet in one sum.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Largest magnitude accepted, in minor units: a thousand times the world's money in cents, and
/// far from where `i64` sums of a realistic ledger overflow.
pub const MAX_MINOR: i64 = 100_000_000_000_000_000;

/// An ISO 4217 currency that has minor units (so: no metals, no test codes).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// US dollar.
    pub const USD: Self = Self(iso_currency::Currency::USD);
    /// Euro.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);
    /// Polish złoty.
    pub const PLN: Self = Self(iso_currency::Currency::PLN);
    /// Pound sterling.
    pub const GBP: Self = Self(iso_currency::Currency::GBP);
    /// Brazilian real.
    pub const BRL: Self = Self(iso_currency::Currency::BRL);
    /// Saudi riyal.
    pub const SAR: Self = Self(iso_currency::Currency::SAR);
    /// UAE dirham.
    pub const AED: Self = Self(iso_currency::Currency::AED);
    /// Mexican peso.
    pub const MXN: Self = Self(iso_currency::Currency::MXN);
    /// Japanese yen: no minor unit.
    pub const JPY: Self = Self(iso_currency::Currency::JPY);
    /// Kuwaiti dinar: three minor digits.
    pub const KWD: Self = Self(iso_currency::Currency::KWD);

    /// Three letters, ISO 4217 alphabetic.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn minor_digits(self) -> u8 {
        self.0.exponent().and_then(|e| u8::try_from(e).ok()).unwrap_or(0)
    }

    /// Minor units in one major unit: 100 for EUR.
    pub fn minor_per_major(self) -> i64 {
        10_i64.pow(u32::from(self.minor_digits()))
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(code)
            .filter(|c| c.exponent().is_some())
            .map(Self)
            .ok_or_else(|| MoneyError::UnknownCurrency(code.chars().take(8).collect()))
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, MoneyError> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount: signed minor units of one currency.
///
/// INVARIANT: the magnitude is at most [`MAX_MINOR`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

#[derive(Deserialize)]
struct Wire {
    minor: i64,
    currency: Currency,
}

impl TryFrom<Wire> for Money {
    type Error = MoneyError;

    fn try_from(wire: Wire) -> Result<Self, MoneyError> {
        Self::new(wire.minor, wire.currency)
    }
}

impl Money {
    /// `minor` units of `currency`.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] past [`MAX_MINOR`].
    pub fn new(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor.unsigned_abs() > MAX_MINOR.unsigned_abs() {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self { minor, currency })
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Signed minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// Whether it is exactly zero.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The same amount with the other sign. Cannot fail: the bound is symmetric.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { minor: -self.minor, currency: self.currency }
    }

    /// The magnitude.
    #[must_use]
    pub const fn magnitude(self) -> Self {
        if self.minor < 0 { self.negated() } else { self }
    }

    /// The sum.
    ///
    /// # Errors
    /// Different currencies, or past [`MAX_MINOR`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::new(self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?, self.currency)
    }

    /// The difference.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(other.negated())
    }

    /// The sum of many amounts of one currency; zero of `currency` if there are none.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// Whether this covers `other`.
    ///
    /// # Errors
    /// Different currencies.
    pub fn covers(self, other: Self) -> Result<bool, MoneyError> {
        self.same_currency(other)?;
        Ok(self.minor >= other.minor)
    }

    /// Rounded to whole multiples of `major` units, half away from zero: what a
    /// [`Summary`](crate::disclosure::Level::Summary) shows instead of the figure.
    #[must_use]
    pub fn rounded_to(self, major: u32) -> Self {
        let step = i64::from(major.max(1)) * self.currency.minor_per_major();
        let half = step / 2;
        let shifted = if self.minor < 0 { self.minor - half } else { self.minor + half };
        Self { minor: (shifted / step) * step, currency: self.currency }
    }

    /// Reads a plain decimal such as `-1234.5` with at most the currency's minor digits. No
    /// grouping, no locale: those belong to the language crate.
    ///
    /// # Errors
    /// [`MoneyError::NotDecimal`] or [`MoneyError::TooLarge`].
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let places = usize::from(currency.minor_digits());
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let dangling = digits.contains('.') && fraction.is_empty();
        if whole.is_empty() || dangling || !plain(whole) || !plain(fraction) {
            return Err(MoneyError::NotDecimal);
        }
        if fraction.len() > places {
            return Err(MoneyError::TooPrecise { places: currency.minor_digits() });
        }
        let joined = format!("{whole}{fraction:0<places$}");
        let minor: i64 = joined.parse().map_err(|_| MoneyError::TooLarge)?;
        Self::new(if negative { -minor } else { minor }, currency)
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency })
        }
    }
}

/// Plain decimal and code, `-1234.50 EUR`: for logs of the bank's own books and for machines. What
/// people read is formatted by the language crate.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_major = self.currency.minor_per_major().unsigned_abs();
        let (whole, rest) =
            (self.minor.unsigned_abs() / per_major, self.minor.unsigned_abs() % per_major);
        let sign = if self.minor < 0 { "-" } else { "" };
        match usize::from(self.currency.minor_digits()) {
            0 => write!(f, "{sign}{whole} {}", self.currency),
            places => write!(f, "{sign}{whole}.{rest:0places$} {}", self.currency),
        }
    }
}

/// Amounts are a customer's data: `Debug` shows the currency alone.
impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money(•• {})", self.currency)
    }
}

/// What can go wrong with money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not an ISO 4217 code with minor units.
    #[error("`{0}` is not an ISO 4217 currency with minor units")]
    UnknownCurrency(String),
    /// Past [`MAX_MINOR`].
    #[error("the amount is larger than any account here can hold")]
    TooLarge,
    /// Not digits with an optional point.
    #[error("an amount is digits with an optional point, such as 12.50")]
    NotDecimal,
    /// More fraction digits than the currency has.
    #[error("this currency has {places} digits after the point")]
    TooPrecise {
        /// Digits that the currency allows.
        places: u8,
    },
    /// Two currencies in one sum.
    #[error("{left} and {right} cannot be added without an exchange rate")]
    CurrencyMismatch {
        /// Currency on the left.
        left: Currency,
        /// Currency on the right.
        right: Currency,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_are_read_exactly_or_refused() {
        fn check(text: &str, currency: Currency, expect: Result<i64, MoneyError>) {
            assert_eq!(Money::parse_decimal(text, currency).map(Money::minor), expect, "{text}");
        }
        check("12.5", Currency::EUR, Ok(1250));
        check("-0.01", Currency::USD, Ok(-1));
        check("7", Currency::JPY, Ok(7));
        check("1.234", Currency::KWD, Ok(1234));
        check("1.234", Currency::EUR, Err(MoneyError::TooPrecise { places: 2 }));
        check("7.0", Currency::JPY, Err(MoneyError::TooPrecise { places: 0 }));
        check("1,000", Currency::EUR, Err(MoneyError::NotDecimal));
        check(".5", Currency::EUR, Err(MoneyError::NotDecimal));
        check("5.", Currency::EUR, Err(MoneyError::NotDecimal));
        check("--5", Currency::EUR, Err(MoneyError::NotDecimal));
        check("99999999999999999999", Currency::EUR, Err(MoneyError::TooLarge));
        check("1000000000000000.01", Currency::EUR, Err(MoneyError::TooLarge));
    }

    #[test]
    fn currencies_never_mix() {
        let euro = Money::zero(Currency::EUR);
        let dollar = Money::zero(Currency::USD);
        assert!(matches!(euro.plus(dollar), Err(MoneyError::CurrencyMismatch { .. })));
        assert!("XAU".parse::<Currency>().is_err(), "gold has no minor unit");
        assert!("eur".parse::<Currency>().is_err(), "codes are upper case");
    }

    #[test]
    fn debug_says_nothing_of_the_amount() {
        let shown = format!("{:?}", Money::new(987_654, Currency::EUR).unwrap());
        assert!(!shown.contains("9876"), "{shown}");
    }

    #[test]
    fn rounding_is_to_the_nearest_step() {
        let rounded = |minor| Money::new(minor, Currency::EUR).unwrap().rounded_to(100).minor();
        assert_eq!([rounded(14_999), rounded(15_000), rounded(-15_000)], [10_000, 20_000, -20_000]);
    }

    proptest! {
        #[test]
        fn text_and_amount_agree(minor in -MAX_MINOR..=MAX_MINOR) {
            for currency in [Currency::EUR, Currency::JPY, Currency::KWD] {
                let money = Money::new(minor, currency).unwrap();
                let text = money.to_string();
                let number = text.split(' ').next().unwrap();
                prop_assert_eq!(Money::parse_decimal(number, currency), Ok(money));
            }
        }

        #[test]
        fn adding_and_taking_away_is_nothing(a in -MAX_MINOR/2..=MAX_MINOR/2, b in -MAX_MINOR/2..=MAX_MINOR/2) {
            let (a, b) = (Money::new(a, Currency::EUR).unwrap(), Money::new(b, Currency::EUR).unwrap());
            prop_assert_eq!(a.plus(b).and_then(|c| c.minus(b)), Ok(a));
        }

        #[test]
        fn rounding_moves_at_most_half_a_step(minor in -MAX_MINOR/2..=MAX_MINOR/2, step in 1u32..1000) {
            let money = Money::new(minor, Currency::EUR).unwrap();
            let moved = (money.rounded_to(step).minor() - minor).abs();
            prop_assert!(moved <= i64::from(step) * 50);
        }
    }
}
