//! What repeats, found in the history: so that it holds for injected transactions too.
//!
//! Payments with one counterparty in one direction repeat, if the days between them fit one rhythm
//! and the amounts one size. The next day follows the rule that explains most of the past ones: the
//! n-th of the month, or the business day before or after it.
//!
//! INVARIANT: the next day is always after today.

use std::collections::BTreeMap;

use super::book::{Book, Entry};
use super::calendar::{Roll, day_number, day_of_month, later};
use bankside_domain::raw::Reach;
use bankside_domain::transaction::{Category, Recurring, Rhythm};
use bankside_domain::{Date, Money, Timestamp};

/// Occurrences that are looked at, newest first.
const LOOKED_AT: usize = 12;

/// A rhythm, the days between two, how many make one, and how many months it steps (0: by days).
const RHYTHMS: [(Rhythm, i64, i64, usize, i64); 5] = [
    (Rhythm::Weekly, 6, 8, 5, 0),
    (Rhythm::Fortnightly, 13, 15, 4, 0),
    (Rhythm::Monthly, 26, 36, 3, 1),
    (Rhythm::Quarterly, 86, 97, 3, 3),
    (Rhythm::Yearly, 355, 376, 2, 12),
];

/// Of the newest so many, one may stand out: a bonus, a bill that came twice.
const MAY_STAND_OUT: usize = 6;

/// One occurrence: its day, its signed minor units, its category.
type Past = (Date, i64, Category);

/// All that repeats within reach, soonest first.
pub(super) fn found(book: &Book, reach: &Reach, now: Timestamp) -> Vec<Recurring> {
    let today = now.date_in(&book.person.zone);
    let mut groups: BTreeMap<(u8, u16, bool), Vec<Past>> = BTreeMap::new();
    let within = |e: &&Entry| reach.since().is_none_or(|since| since.as_millis() <= e.at);
    for entry in book.entries.iter().rev().filter(within).filter(|e| stands(e)) {
        let group = groups.entry((entry.slot, entry.who, entry.minor < 0)).or_default();
        if group.len() < LOOKED_AT {
            let date = Timestamp::from_millis(entry.at).date_in(&book.person.zone);
            group.push((date, entry.minor, entry.category));
        }
    }
    let mut all: Vec<Recurring> = groups
        .into_iter()
        .filter_map(|((slot, who, _), past)| {
            let slot = book.slots.iter().find(|s| s.number == slot && reach.covers(s.id))?;
            let (rhythm, next, usual) = repeats(&past, today)?;
            let (_, _, category) = past.first()?;
            Some(Recurring {
                account: slot.id,
                counterparty: book.text(who)?.into(),
                category: *category,
                amount: Money::new(usual, slot.currency).ok()?,
                rhythm,
                next,
            })
        })
        .collect();
    all.sort_by_key(|r| r.next);
    all
}

/// Shopping that happens to fall on even days is no standing charge, and what comes from the
/// other of her accounts no income.
fn stands(entry: &Entry) -> bool {
    match entry.category {
        Category::Groceries
        | Category::EatingOut
        | Category::Shopping
        | Category::Cash
        | Category::Refund
        | Category::Travel => false,
        Category::Transfer => entry.minor < 0,
        _ => true,
    }
}

/// The rhythm, the next day and the usual amount, of the whole past or with one left aside.
fn repeats(past: &[Past], today: Date) -> Option<(Rhythm, Date, i64)> {
    let steady = |past: &[Past], more| {
        let (rhythm, next) = rhythm(past, today, more)?;
        Some((rhythm, next, usual(past)?))
    };
    let without = |n| {
        let others = past.iter().enumerate().filter(|(at, _)| *at != n);
        others.map(|(_, occurrence)| *occurrence).collect::<Vec<Past>>()
    };
    // Where one is left aside, two more must fit.
    steady(past, 0)
        .or_else(|| (0..past.len().min(MAY_STAND_OUT)).find_map(|n| steady(&without(n), 2)))
}

/// The rhythm of past days, newest first, and the next day; of at least `more` than usual.
fn rhythm(past: &[Past], today: Date, more: usize) -> Option<(Rhythm, Date)> {
    let days: Vec<Date> = past.iter().map(|(date, _, _)| *date).collect();
    let gaps: Vec<i64> = days
        .iter()
        .zip(days.iter().skip(1))
        .map(|(new, old)| day_number(*new) - day_number(*old))
        .collect();
    let last = *days.first()?;
    let (rhythm, _, most, _, months) = RHYTHMS.into_iter().find(|(_, least, most, count, _)| {
        days.len() >= *count + more && gaps.iter().take(6).all(|gap| (least..=most).contains(&gap))
    })?;
    // One that is long overdue has ended.
    let since_last = day_number(today) - day_number(last);
    if since_last > most + most / 4 || !alike(past) {
        return None;
    }
    if rhythm == Rhythm::Yearly && !is_contract(past) {
        return None;
    }
    let next = if months > 0 {
        let (day, roll) = rule(&days);
        let steps = (0..=3).map(|n| day_of_month(last, n * months, day, roll));
        steps.into_iter().find(|day| *day > today && day_number(*day) - day_number(last) > 10)
    } else {
        let step = if rhythm == Rhythm::Weekly { 7 } else { 14 };
        (1..=4).map(|n| later(last, n * step)).find(|day| *day > today)
    };
    Some((rhythm, next?))
}

/// Two visits a year apart may be chance, unless such things are paid by contract.
fn is_contract(past: &[Past]) -> bool {
    past.iter().all(|(_, _, category)| {
        matches!(
            category,
            Category::Insurance
                | Category::Subscriptions
                | Category::Utilities
                | Category::Housing
                | Category::Fees
        )
    })
}

/// The day of the month and the rule that explain most of the days; the plainest of equals.
fn rule(days: &[Date]) -> (i8, Roll) {
    let mut best = (0, 1, Roll::Exact);
    for roll in [Roll::Exact, Roll::Preceding, Roll::Following] {
        for day in 1..=31 {
            let explains = |date: &&Date| super::calendar::is_monthly(**date, day, roll);
            let explained = days.iter().filter(explains).count();
            if explained > best.0 {
                best = (explained, day, roll);
            }
        }
    }
    (best.1, best.2)
}

/// Whether the amounts are of one size: within a third of the median.
fn alike(past: &[Past]) -> bool {
    let mut sizes: Vec<i64> = past.iter().take(6).map(|(_, minor, _)| minor.abs()).collect();
    sizes.sort_unstable();
    let Some(median) = sizes.get(sizes.len() / 2).copied() else { return false };
    let near = |size: &&i64| (**size - median).abs() <= median / 3;
    // One in three may be odd: a bonus, a bill with arrears.
    sizes.iter().filter(near).count() * 3 >= sizes.len() * 2
}

/// The last amount where it was the same twice, else the middle of the last three.
fn usual(past: &[Past]) -> Option<i64> {
    let mut last: Vec<i64> = past.iter().take(3).map(|(_, minor, _)| *minor).collect();
    match last.as_slice() {
        [a, b, ..] if a == b => Some(*a),
        _ => {
            last.sort_unstable();
            last.get(last.len() / 2).copied()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn check(past: &[Date], today: Date, expect: Option<(Rhythm, Date)>) {
        let past: Vec<_> = past.iter().map(|d| (*d, -1_000, Category::Utilities)).collect();
        assert_eq!(repeats(&past, today).map(|(rhythm, next, _)| (rhythm, next)), expect);
    }

    #[test]
    fn the_next_day_follows_the_rule_of_the_past_ones() {
        // The 28th, or the business day before.
        check(
            &[date(2026, 10, 28), date(2026, 9, 28), date(2026, 8, 28), date(2026, 6, 26)],
            date(2026, 11, 21),
            None,
        );
        check(
            &[
                date(2026, 10, 28),
                date(2026, 9, 28),
                date(2026, 8, 28),
                date(2026, 7, 28),
                date(2026, 6, 26),
            ],
            date(2026, 11, 21),
            Some((Rhythm::Monthly, date(2026, 11, 27))),
        );
        // The 1st, or the next business day.
        check(
            &[date(2026, 10, 1), date(2026, 9, 1), date(2026, 8, 3), date(2026, 7, 1)],
            date(2026, 10, 20),
            Some((Rhythm::Monthly, date(2026, 11, 2))),
        );
        check(
            &[date(2026, 11, 20), date(2026, 11, 6), date(2026, 10, 23), date(2026, 10, 9)],
            date(2026, 11, 21),
            Some((Rhythm::Fortnightly, date(2026, 12, 4))),
        );
        // A bonus in between stands out, whether it is the newest or not.
        let bonus = |at: usize, day| {
            let mut days: Vec<Date> = (4..=10).rev().map(|month| date(2026, month, 12)).collect();
            days.insert(at, day);
            days
        };
        let next = Some((Rhythm::Monthly, date(2026, 11, 12)));
        check(&bonus(0, date(2026, 10, 30)), date(2026, 11, 2), next);
        check(&bonus(2, date(2026, 8, 30)), date(2026, 10, 22), next);
        check(
            &[date(2026, 3, 5), date(2025, 3, 5)],
            date(2026, 11, 21),
            Some((Rhythm::Yearly, date(2027, 3, 5))),
        );
    }

    #[test]
    fn what_ended_or_never_was_regular_is_not_found() {
        check(&[date(2026, 5, 1), date(2026, 4, 1), date(2026, 3, 2)], date(2026, 11, 21), None);
        check(&[date(2026, 11, 1), date(2026, 10, 20), date(2026, 9, 1)], date(2026, 11, 21), None);
        check(&[date(2026, 11, 1)], date(2026, 11, 21), None);
    }
}
