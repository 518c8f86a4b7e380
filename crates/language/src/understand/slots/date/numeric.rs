//! Dates in digits: `2025-05-01`, `1.5.2025`, `5/1`, `Q1`, `2025`, `1-15 May`.

use bankside_domain::Date;
use jiff::Span;

use super::Now;
use crate::understand::lexicon::Tag;
use crate::understand::slots::{Look, number};
use crate::understand::task::Period;
use crate::understand::words::Kind;

/// Regions that write the month before the day.
const MONTH_FIRST: [&str; 3] = ["US", "PR", "PH"];

/// A whole date in digits. Without a year it needs a stroke, or a point at its end.
pub(super) fn date(look: Look<'_>, now: Now<'_>) -> Option<(Period, usize)> {
    let tok = look.ahead(0).filter(|t| t.kind == Kind::Number)?;
    let mark = tok.text.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = tok.text.split(mark).collect();
    let number = |text: &str| text.parse::<i16>().ok();
    let short = |n: i16| i8::try_from(n).ok();
    let date = match (mark, parts.as_slice()) {
        ('-', [year, month, day]) if year.len() == 4 => {
            Date::new(number(year)?, short(number(month)?)?, short(number(day)?)?).ok()?
        }
        ('.' | '/' | '-', [first, second, year]) if year.len() == 4 || year.len() == 2 => {
            let year = number(year)?;
            let year = if year < 100 { year + 2000 } else { year };
            ordered(year, number(first)?, number(second)?, now.region)?
        }
        ('/', [first, second]) => {
            let year = now.today.year();
            let of = |y| ordered(y, number(first)?, number(second)?, now.region);
            of(year).filter(|d| *d <= now.today).or_else(|| of(year - 1))?
        }
        _ => return None,
    };
    Some((Period::day(date)?, 1))
}

/// Day and month in the order of the region; in the other where only that is a date.
fn ordered(year: i16, first: i16, second: i16, region: &str) -> Option<Date> {
    let make = |month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    if MONTH_FIRST.contains(&region) {
        make(first, second).or_else(|| make(second, first))
    } else {
        make(second, first).or_else(|| make(first, second))
    }
}

/// "1-15 May".
pub(super) fn dashed(look: Look<'_>, today: Date) -> Option<(Period, usize)> {
    let tok = look.ahead(0).filter(|t| t.kind == Kind::Number)?;
    let (first, last) = tok.text.split_once('-')?;
    let month = super::month_name(look, 1)?;
    let year = year_number(look.skip(2), today);
    let day = |text: &str, year| Date::new(year, month, text.parse().ok()?).ok();
    let within = |year| Period::new(day(first, year)?, day(last, year)?.tomorrow().ok()?);
    match year {
        Some((year, used)) => Some((within(year)?, 2 + used)),
        None => {
            let past = within(today.year()).filter(|p| p.from() <= today);
            Some((past.or_else(|| within(today.year() - 1))?, 2))
        }
    }
}

/// "Q1".
pub(super) fn quarter(look: Look<'_>, today: Date) -> Option<(Period, usize)> {
    if look.ahead(0)?.text != "q" {
        return None;
    }
    let (quarter, used) = number::digits(look.skip(1)).filter(|(q, _)| (1..=4).contains(q))?;
    let (year, more) = year_number(look.skip(1 + used), today).unwrap_or((today.year(), 0));
    let from = Date::new(year, i8::try_from(quarter * 3 - 2).ok()?, 1).ok()?;
    Some((Period::new(from, from.checked_add(Span::new().months(3)).ok()?)?, 1 + used + more))
}

/// "2025", unless it is an amount.
pub(super) fn year(look: Look<'_>, today: Date) -> Option<(Period, usize)> {
    const AMOUNTS: [Tag; 5] = [Tag::Over, Tag::Under, Tag::Exactly, Tag::Ending, Tag::To];
    let (year, used) = year_number(look, today)?;
    let money = |t: &crate::understand::slots::Tok| {
        t.kind == Kind::Sign || t.tags.iter().any(|t| matches!(t, Tag::Currency(_)))
    };
    let paid = look.back().is_some_and(money) || look.ahead(used).is_some_and(money);
    if paid || look.after_any(&AMOUNTS) || !is_dated(look, used) {
        return None;
    }
    Some((Period::year(year)?, used))
}

/// A year follows a word of time, or ends the question.
fn is_dated(look: Look<'_>, used: usize) -> bool {
    const LEADS: [Tag; 6] = [Tag::Within, Tag::Since, Tag::From, Tag::Lead, Tag::And, Tag::Until];
    look.after_any(&LEADS) || look.at == 0 || look.ahead(used).is_none_or(|t| t.kind == Kind::Stop)
}

/// Four digits that are a year of living memory.
pub(super) fn year_number(look: Look<'_>, today: Date) -> Option<(i16, usize)> {
    let (number, used) = number::digits(look)?;
    let year = i16::try_from(number).ok()?;
    let plain = look.ahead(0)?.text.len() == 4;
    (plain && (1990..=today.year() + 1).contains(&year)).then_some((year, used))
}
