//! Time as an argument: milliseconds since the Unix epoch, and civil dates in a customer's zone.
//!
//! Deliberately absent: a clock. Callers pass `now`.

use std::fmt;

pub use jiff::civil::Date;
pub use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Milliseconds in a day of 24 hours.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_millis(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Later by so many milliseconds; stops at the end of time instead of overflowing.
    #[must_use]
    pub const fn plus_millis(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Later by so many days of 24 hours.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_millis(days.saturating_mul(DAY_MS))
    }

    /// Milliseconds from `earlier` to this; negative if it is later.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The civil date at this instant in `zone`.
    pub fn date_in(self, zone: &TimeZone) -> Date {
        self.to_jiff().to_zoned(zone.clone()).date()
    }

    /// The first instant of `date` in `zone`.
    pub fn start_of(date: Date, zone: &TimeZone) -> Self {
        date.to_zoned(zone.clone())
            .map(|z| Self(z.timestamp().as_millisecond()))
            .unwrap_or_default()
    }

    /// As the `jiff` instant, for calendars and formats. Out of range is clamped.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

/// RFC 3339 in UTC with milliseconds: `2026-11-21T18:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.to_jiff())
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(at: jiff::Timestamp) -> Self {
        Self(at.as_millisecond())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_rfc_3339_with_milliseconds() {
        assert_eq!(Timestamp::from_millis(0).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::from_millis(i64::MAX).to_string().len(), 24);
    }

    #[test]
    fn a_day_begins_in_the_customers_zone() {
        let riga = TimeZone::get("Europe/Riga").unwrap();
        let date = jiff::civil::date(2026, 3, 29);
        let start = Timestamp::start_of(date, &riga);
        assert_eq!(start.to_string(), "2026-03-28T22:00:00.000Z");
        assert_eq!(start.date_in(&riga), date);
    }
}
