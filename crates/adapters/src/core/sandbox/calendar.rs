//! Civil days: business days, and what falls on the n-th of a month.
//!
//! Deliberately absent: public holidays. A business day here is Monday to Friday.

use bankside_domain::Date;
use jiff::ToSpan;
use jiff::civil::Weekday;

/// What happens where the day is no business day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Roll {
    /// It happens all the same.
    Exact,
    /// On the business day before: wages.
    Preceding,
    /// On the next business day: direct debits.
    Following,
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i64 {
    date.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24
}

/// Months since the year 0.
pub(super) fn month_number(date: Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

/// Monday is 0.
pub(super) fn weekday(date: Date) -> u8 {
    u8::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default()
}

pub(super) fn is_business(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// So many days later; stays at the end of the calendar.
pub(super) fn later(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// The day by the rule.
pub(super) fn rolled(date: Date, roll: Roll) -> Date {
    let step = match roll {
        Roll::Exact => return date,
        Roll::Preceding => -1,
        Roll::Following => 1,
    };
    let mut day = date;
    while !is_business(day) {
        day = later(day, step);
    }
    day
}

/// The `day`-th of the month that `date` is in, moved by `months`; the last where it is shorter.
pub(super) fn day_of_month(date: Date, months: i64, day: i8, roll: Roll) -> Date {
    let first = date.first_of_month().saturating_add(months.months());
    let day = day.clamp(1, first.days_in_month());
    rolled(later(first, i64::from(day) - 1), roll)
}

/// Whether the `day`-th of some month, by the rule, is this date.
pub(super) fn is_monthly(date: Date, day: i8, roll: Roll) -> bool {
    let nominal = |date: Date| date.day() == day.clamp(1, date.days_in_month());
    // Only a Friday takes over from the weekend after it, only a Monday from the one before.
    let weekend = match (roll, date.weekday()) {
        (Roll::Exact, _) => return nominal(date),
        (_, Weekday::Saturday | Weekday::Sunday) => return false,
        (Roll::Preceding, Weekday::Friday) => [1, 2],
        (Roll::Following, Weekday::Monday) => [-1, -2],
        _ => return nominal(date),
    };
    nominal(date) || weekend.into_iter().any(|days| nominal(later(date, days)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_move_by_the_rule() {
        #[track_caller]
        fn check(day: i8, roll: Roll, falls: Date) {
            assert!(is_monthly(falls, day, roll), "{day} {roll:?} {falls}");
            assert!(!is_monthly(later(falls, 1), day, roll), "{day} {roll:?} {falls}");
        }
        check(28, Roll::Exact, date(2026, 11, 28));
        check(28, Roll::Preceding, date(2026, 11, 27));
        check(28, Roll::Following, date(2026, 11, 30));
        check(31, Roll::Exact, date(2026, 2, 28));
        check(31, Roll::Following, date(2026, 11, 30));
        check(1, Roll::Preceding, date(2026, 10, 30));
        check(1, Roll::Following, date(2026, 11, 2));
        assert_eq!(day_number(date(1970, 1, 2)), 1);
    }

    #[test]
    fn asking_a_date_and_asking_a_month_agree() {
        for day in 1..=31 {
            for roll in [Roll::Exact, Roll::Preceding, Roll::Following] {
                let fall: std::collections::BTreeSet<Date> =
                    (-2..40).map(|n| day_of_month(date(2023, 1, 1), n, day, roll)).collect();
                for n in 0..1_096 {
                    let date = later(date(2023, 1, 1), n);
                    assert_eq!(is_monthly(date, day, roll), fall.contains(&date), "{day} {date}");
                }
            }
        }
    }
}
