//! Time as records carry it: whole milliseconds, UTC, written as RFC 3339.
//!
//! Invariant: one moment has one spelling, `2026-11-21T18:49:54.123Z`. Absent on purpose: a
//! clock, time zones, leap seconds.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const DAY: u64 = 86_400_000;
/// 9999-12-31T23:59:59.999Z.
const LAST: u64 = 253_402_300_799_999;

/// A moment between 1970 and the end of 9999, in milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(u64);

impl Millis {
    /// Milliseconds since 1970-01-01T00:00:00Z; nothing beyond the year 9999.
    #[must_use]
    pub fn from_unix(millis: u64) -> Option<Self> {
        (millis <= LAST).then_some(Self(millis))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn as_unix(self) -> u64 {
        self.0
    }

    /// Reads the one spelling that `Display` writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let field = |from: usize, to: usize| -> Option<u64> {
            let digits = text.get(from..to)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
        };
        let days = days_since_epoch(field(0, 4)?, field(5, 7)?, field(8, 10)?)?;
        let clock = (field(11, 13)? * 60 + field(14, 16)?) * 60 + field(17, 19)?;
        let time = Self::from_unix(days * DAY + clock * 1000 + field(20, 23)?)?;
        // Everything else that could be wrong (separators, day 31, hour 24) reads back
        // differently.
        (time.to_string() == text).then_some(time)
    }
}

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0 / DAY);
        let rest = self.0 % DAY;
        let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
        let (second, milli) = (rest / 1000 % 60, rest % 1000);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
    }
}

impl Serialize for Millis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Millis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("want a time as 2026-11-21T18:49:54.123Z"))
    }
}

/// Proleptic Gregorian date of a day number, after Hinnant's `civil_from_days`: eras of
/// 146,097 days, years that begin in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + shifted / 146_097 * 400 + u64::from(month <= 2);
    (year, month, day)
}

/// The inverse of [`civil`] for dates from 1970 on.
fn days_since_epoch(year: u64, month: u64, day: u64) -> Option<u64> {
    if year < 1970 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let shifted_year = year - u64::from(month <= 2);
    let year_of_era = shifted_year % 400;
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (shifted_year / 400 * 146_097 + day_of_era).checked_sub(719_468)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_moments() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_795_286_994_123, "2026-11-21T18:49:54.123Z"),
            (LAST, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Millis(millis).to_string(), text);
            assert_eq!(Millis::parse(text), Some(Millis(millis)));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in [
            "",
            "2026-11-21T18:49:54Z",
            "2026-11-21T18:49:54.123+00:00",
            "2026-11-21t18:49:54.123Z",
            "2026-11-21 18:49:54.123Z",
            "2026-02-29T00:00:00.000Z",
            "2026-11-21T24:00:00.000Z",
            "2026-11-21T18:60:00.000Z",
            "1969-12-31T23:59:59.999Z",
            "2026-11-21T18:49:54.123ZZ",
            "+026-11-21T18:49:54.123Z",
            "2026-11-21T18:49:54.1234",
            "२०26-11-21T18:49:54.12Z",
        ] {
            assert_eq!(Millis::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn written_times_are_read_back(millis in 0..=LAST) {
            prop_assert_eq!(Millis::parse(&Millis(millis).to_string()), Some(Millis(millis)));
        }
    }
}
