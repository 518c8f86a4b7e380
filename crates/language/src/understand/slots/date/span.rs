//! Calendar arithmetic: units before, around and up to today.

use bankside_domain::Date;
use jiff::Span;

use crate::understand::lexicon::Unit;
use crate::understand::task::Period;

/// Largest count of units that is gone back.
const MAX_BACK: i64 = 5_000;

/// So many days earlier.
pub(super) fn days_before(day: Date, count: i64) -> Option<Date> {
    day.checked_sub(Span::new().try_days(count).ok()?).ok()
}

/// So many years earlier.
pub(super) fn years_before(day: Date, count: i64) -> Option<Date> {
    day.checked_sub(Span::new().try_years(count).ok()?).ok()
}

fn step(day: Date, unit: Unit, count: i64) -> Option<Date> {
    if !(0..=MAX_BACK).contains(&count) {
        return None;
    }
    let span = match unit {
        Unit::Day => Span::new().try_days(count),
        Unit::Week | Unit::Weekend => Span::new().try_weeks(count),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(count * 3),
        Unit::Year => Span::new().try_years(count),
    };
    day.checked_sub(span.ok()?).ok()
}

/// The unit that holds `day`.
pub(super) fn current(day: Date, unit: Unit) -> Option<Period> {
    match unit {
        Unit::Day => Period::day(day),
        Unit::Week => {
            let monday = monday(day)?;
            Period::new(monday, monday.checked_add(Span::new().days(7)).ok()?)
        }
        Unit::Weekend => {
            let saturday = monday(day)?.checked_add(Span::new().days(5)).ok()?;
            Period::new(saturday, saturday.checked_add(Span::new().days(2)).ok()?)
        }
        Unit::Month => Period::month(day),
        Unit::Quarter => {
            let first = (day.month() - 1) / 3 * 3 + 1;
            let from = Date::new(day.year(), first, 1).ok()?;
            Period::new(from, from.checked_add(Span::new().months(3)).ok()?)
        }
        Unit::Year => Period::year(day.year()),
    }
}

/// The unit before the one that holds `day`.
pub(super) fn previous(day: Date, unit: Unit) -> Option<Period> {
    current(step(day, unit, 1)?, unit)
}

/// The unit so many before the one that holds `day`.
pub(super) fn back(day: Date, unit: Unit, count: i64) -> Option<Period> {
    current(step(day, unit, count)?, unit)
}

/// So many units up to and including `day`.
pub(super) fn rolling(day: Date, unit: Unit, count: i64) -> Option<Period> {
    let end = day.tomorrow().ok()?;
    Period::new(step(end, unit, count)?, end)
}

fn monday(day: Date) -> Option<Date> {
    days_before(day, i64::from(day.weekday().to_monday_zero_offset()))
}
