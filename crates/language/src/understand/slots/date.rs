//! Days and stretches of days, relative to today: `last month`, `since Monday`, `1 to 15 May`.
//!
//! "Last week" is the calendar week before this one, from Monday; "the last seven days" end today.
//! A month or day without a year is the latest that is not in the future.

mod numeric;
mod span;

use bankside_domain::Date;

use super::{Look, number};
use crate::understand::lexicon::{Tag, Unit};
use crate::understand::task::Period;
use crate::understand::words::Kind;

/// What a date is read against.
#[derive(Clone, Copy)]
pub(in crate::understand) struct Now<'a> {
    pub(in crate::understand) today: Date,
    pub(in crate::understand) region: &'a str,
}

/// The stretch of days that begins here, and how many words it takes.
pub(in crate::understand) fn at(look: Look<'_>, now: Now<'_>) -> Option<(Period, usize)> {
    range(look, now).or_else(|| open(look, now)).or_else(|| point(look, now))
}

/// "since Monday", "until May".
fn open(look: Look<'_>, now: Now<'_>) -> Option<(Period, usize)> {
    let since = look.has(0, Tag::Since);
    if !since && !look.has(0, Tag::Until) {
        return None;
    }
    let lead = 1 + fillers(look.skip(1));
    let (period, used) = point(look.skip(lead), now)?;
    let period = if since {
        Period::new(period.from(), now.today.tomorrow().ok()?)
    } else {
        Period::new(span::years_before(now.today, 1)?, period.to())
    };
    Some((period?, lead + used))
}

/// "between 1 and 15 May", "from March to June", "1-15 May".
fn range(look: Look<'_>, now: Now<'_>) -> Option<(Period, usize)> {
    let lead = [Tag::Between, Tag::From, Tag::Since].iter().any(|t| look.has(0, *t));
    let lead = usize::from(lead);
    if let Some(found) = numeric::dashed(look.skip(lead), now.today) {
        return Some((found.0, lead + found.1));
    }
    let joins = |by: usize| {
        [Tag::And, Tag::To, Tag::Until].iter().any(|t| look.has(by, *t)).then_some(by + 1)
    };
    let start = lead + fillers(look.skip(lead));
    let first = point(look.skip(start), now);
    if let Some((first, used)) = first
        && let Some(next) = joins(start + used)
        && (lead == 1 || !look.has(start + used, Tag::And))
    {
        let next = next + fillers(look.skip(next));
        if let Some((second, more)) = point(look.skip(next), now) {
            return Some((Period::new(first.from(), second.to())?, next + more));
        }
    }
    // The first is only a day's number: "1 and 15 May".
    let (day, used) = number::digits(look.skip(start))?;
    let next = joins(start + used + suffix(look.skip(start + used)))?;
    let (second, more) = day_and_month(look.skip(next), now)?;
    let first = Date::new(second.from().year(), second.from().month(), i8::try_from(day).ok()?);
    Some((Period::new(first.ok()?, second.to())?, next + more))
}

/// One day, week, month or year.
fn point(look: Look<'_>, now: Now<'_>) -> Option<(Period, usize)> {
    let today = now.today;
    if look.has(0, Tag::Today) {
        return Some((Period::day(today)?, 1));
    }
    if look.has(0, Tag::BeforeYesterday) {
        return Some((Period::day(span::days_before(today, 2)?)?, 1));
    }
    if look.has(0, Tag::Yesterday) {
        return Some((Period::day(today.yesterday().ok()?)?, 1));
    }
    numeric::date(look, now)
        .or_else(|| ago(look, today))
        .or_else(|| relative(look, today))
        .or_else(|| day_and_month(look, now))
        .or_else(|| month(look, today))
        .or_else(|| weekday(look, today))
        .or_else(|| numeric::quarter(look, today))
        .or_else(|| numeric::year(look, today))
}

fn unit(look: Look<'_>, by: usize) -> Option<Unit> {
    look.find(by, |t| if let Tag::Unit(u) = t { Some(u) } else { None })
}

/// Words that say nothing between two that do: "the", "of".
fn fillers(look: Look<'_>) -> usize {
    usize::from(look.has(0, Tag::Filler) && !look.has(0, Tag::Shy))
}

/// The "st" of "1st".
fn suffix(look: Look<'_>) -> usize {
    usize::from(
        look.ahead(0)
            .is_some_and(|t| ["st", "nd", "rd", "th", "o", "a"].contains(&t.text.as_str())),
    )
}

/// "3 days ago", "hace 3 dias".
fn ago(look: Look<'_>, today: Date) -> Option<(Period, usize)> {
    let lead = usize::from(look.has(0, Tag::Ago));
    let (count, used) = number::at(look.skip(lead)).unwrap_or((1, 0));
    let at = lead + used + fillers(look.skip(lead + used));
    let unit = unit(look, at)?;
    let tail = usize::from(lead == 0);
    if tail == 1 && !look.has(at + 1, Tag::Ago) {
        return None;
    }
    Some((span::back(today, unit, count)?, at + 1 + tail))
}

/// "this month", "last three weeks", "mes pasado", "ostatnie 30 dni".
fn relative(look: Look<'_>, today: Date) -> Option<(Period, usize)> {
    let (this, last) = (look.has(0, Tag::This), look.has(0, Tag::Last));
    if this || last {
        let (count, used) = number::at(look.skip(1)).unwrap_or((0, 0));
        let at = 1 + used + fillers(look.skip(1 + used));
        if let Some(unit) = unit(look, at) {
            let doubled = usize::from(look.has(at + 1, Tag::Last) || look.has(at + 1, Tag::This));
            let period = match (this, used) {
                (true, 0) => span::current(today, unit),
                (_, 0) => span::previous(today, unit),
                _ => span::rolling(today, unit, count),
            };
            return Some((period?, at + 1 + doubled));
        }
        let named = month(look.skip(1), today).or_else(|| weekday(look.skip(1), today));
        return named.and_then(|(period, used)| {
            let same = last && period == Period::day(today).unwrap_or(period);
            let period = if same { Period::day(span::days_before(today, 7)?)? } else { period };
            Some((period, used + 1))
        });
    }
    // The unit or the count first, "last" after it.
    let (count, used) = number::at(look).unwrap_or((0, 0));
    let before = usize::from(look.has(used, Tag::Last) && used > 0);
    let unit = unit(look, used + before)?;
    let after = used + before + 1;
    match (used, before == 1 || look.has(after, Tag::Last), look.has(after, Tag::This)) {
        (0, true, _) => Some((span::previous(today, unit)?, after + 1)),
        (0, _, true) => Some((span::current(today, unit)?, after + 1)),
        (1.., true, _) => {
            let tail = usize::from(before == 0);
            Some((span::rolling(today, unit, count)?, after + tail))
        }
        _ => None,
    }
}

fn month_name(look: Look<'_>, by: usize) -> Option<i8> {
    look.find(by, |t| if let Tag::Month(m) = t { Some(m) } else { None })
}

/// "1 May 2025", "May 1st", "1 de mayo", "1. maijā".
fn day_and_month(look: Look<'_>, now: Now<'_>) -> Option<(Period, usize)> {
    let day_first = || {
        let (day, used) = number::digits(look)?;
        let gap = used + suffix(look.skip(used));
        let stop = usize::from(look.ahead(gap).is_some_and(|t| t.text == "."));
        let gap = gap + stop + fillers(look.skip(gap + stop));
        Some((day, month_name(look, gap)?, gap + 1))
    };
    let month_first = || {
        let month = month_name(look, 0)?;
        let gap = 1 + fillers(look.skip(1));
        let (day, used) = number::digits(look.skip(gap))?;
        Some((day, month, gap + used + suffix(look.skip(gap + used))))
    };
    let (day, month, used) = day_first().or_else(month_first)?;
    let day = i8::try_from(day).ok()?;
    let gap = fillers(look.skip(used));
    if let Some((year, more)) = numeric::year_number(look.skip(used + gap), now.today) {
        return Some((Period::day(Date::new(year, month, day).ok()?)?, used + gap + more));
    }
    let year = now.today.year();
    let date = [year, year - 1]
        .into_iter()
        .filter_map(|y| Date::new(y, month, day).ok())
        .find(|d| *d <= now.today)?;
    Some((Period::day(date)?, used))
}

/// "March", "March 2025", "last May".
fn month(look: Look<'_>, today: Date) -> Option<(Period, usize)> {
    let month = month_name(look, 0)?;
    let gap = 1 + fillers(look.skip(1));
    let year = numeric::year_number(look.skip(gap), today);
    if look.has(0, Tag::Shy) && year.is_none() && !is_clear(look) {
        return None;
    }
    if let Some((year, used)) = year {
        return Some((Period::month(Date::new(year, month, 1).ok()?)?, gap + used));
    }
    let year = if month <= today.month() { today.year() } else { today.year() - 1 };
    let last_year = (look.has(gap, Tag::Last) && unit(look, gap + 1) == Some(Unit::Year))
        .then_some(today.year() - 1);
    let used = if last_year.is_some() { gap + 2 } else { 1 };
    Some((Period::month(Date::new(last_year.unwrap_or(year), month, 1).ok()?)?, used))
}

/// "may" after "in", and "sat" after "on", is a time.
fn is_clear(look: Look<'_>) -> bool {
    const LEADS: [Tag; 10] = [
        Tag::Within,
        Tag::Since,
        Tag::From,
        Tag::To,
        Tag::Last,
        Tag::This,
        Tag::Until,
        Tag::Between,
        Tag::Lead,
        Tag::And,
    ];
    let alone = look.ahead(1).is_none_or(|t| t.kind == Kind::Stop);
    look.after_any(&LEADS) || alone
}

/// "Monday": the latest, today included.
fn weekday(look: Look<'_>, today: Date) -> Option<(Period, usize)> {
    let wanted = look.find(0, |t| if let Tag::Weekday(d) = t { Some(d) } else { None })?;
    if look.has(0, Tag::Shy) && !is_clear(look) {
        return None;
    }
    let back = (today.weekday().to_monday_one_offset() - wanted).rem_euclid(7);
    Some((Period::day(span::days_before(today, i64::from(back))?)?, 1))
}
