//! From places to what was meant: one task, several, a question, or nothing.

use super::intent::{self, CLEAR, Scores};
use super::lexicon::{Lexicon, Tag};
use super::place::{Place, Slot};
use super::task::{Filter, Task};
use super::{Context, Meant, build, follow};

/// Tasks that one message may ask for.
const MAX_TASKS: usize = 3;
/// Above this, a message is one question even if it could be cut.
const WHOLE: u32 = 930;

/// At this score, and this close to the best, the report of a payment that was not hers goes before
/// any other reading: it starts legal clocks.
const ALARM: u32 = 640;
const NEAR: u32 = 60;

/// What the places mean.
pub(super) fn understand(
    places: &[Place],
    lexicon: &'static Lexicon,
    context: &Context<'_>,
) -> Meant {
    if places.iter().all(|p| p.stop) {
        return Meant::Unknown;
    }
    if let Some(number) = choice(places) {
        return Meant::Clear(vec![Task::Choose { number }]);
    }
    if let Some(task) = context.last.and_then(|last| follow::change(last, places)) {
        return Meant::Clear(vec![task]);
    }
    let whole = intent::score(places, lexicon);
    if whole.top().is_none_or(|(_, score)| score < WHOLE)
        && let Some(tasks) = pieces(places, lexicon)
    {
        return Meant::Clear(tasks);
    }
    one(places, &whole)
}

fn one(places: &[Place], scores: &Scores) -> Meant {
    let make = |intent: &str| build::task(intent, places);
    let top = scores.top().map_or(0, |(_, score)| score);
    let alarm = |(intent, score): &(&str, u32)| {
        *intent == "dispute" && *score >= ALARM && top.abs_diff(*score) <= NEAR
    };
    if scores.best.iter().any(alarm)
        && let Some(task) = make("dispute")
    {
        return Meant::Clear(vec![task]);
    }
    if let Some(pair) = scores.torn() {
        let mut tasks: Vec<Task> = pair.iter().filter_map(|i| make(i)).collect();
        tasks.dedup();
        if tasks.len() == 2 {
            return Meant::Ambiguous(tasks);
        }
        if let Some(task) = tasks.pop() {
            return Meant::Clear(vec![task]);
        }
    }
    match scores.top() {
        Some((intent, score)) if score >= CLEAR => match make(intent) {
            Some(task) => Meant::Clear(vec![task]),
            None => Meant::Unknown,
        },
        _ => bare(places),
    }
}

/// No intent is close, but a merchant or category of payments is named, and little else.
fn bare(places: &[Place]) -> Meant {
    let strange: usize = places.iter().filter(|p| p.unknown).count();
    let filter: Filter = build::filter(places);
    let intent = if strange > 0 {
        None
    } else if filter.merchant.is_some() {
        Some("transactions")
    } else if filter.category.is_some() {
        Some("spending")
    } else {
        None
    };
    match intent.and_then(|i| build::task(i, places)) {
        Some(task) => Meant::Clear(vec![task]),
        None => Meant::Unknown,
    }
}

/// "the second one", "2".
fn choice(places: &[Place]) -> Option<usize> {
    let mut meant = places.iter().filter(|p| !p.is_filler() && !p.stop);
    let (only, none) = (meant.next()?, meant.next());
    if none.is_some() {
        return None;
    }
    let ordinal =
        only.tags.iter().find_map(|t| if let Tag::Ordinal(n) = t { Some(*n) } else { None });
    let digit = only.text.parse::<usize>().ok().filter(|n| (1..=9).contains(n));
    ordinal.or(digit)
}

/// Cuts at the ends of clauses and at "and", where every piece is a question of its own.
fn pieces(places: &[Place], lexicon: &'static Lexicon) -> Option<Vec<Task>> {
    let cut = |p: &Place| p.slot.is_none() && (p.stop || p.has(Tag::And));
    let parts: Vec<&[Place]> =
        places.split(cut).filter(|part| part.iter().any(|p| !p.is_filler())).collect();
    if parts.len() < 2 || parts.len() > MAX_TASKS + 2 {
        return None;
    }
    let mut tasks: Vec<Task> = Vec::new();
    for part in parts {
        let (intent, score) = intent::score(part, lexicon).top()?;
        let bare = part.iter().all(|p| p.is_filler() || p.slot.is_some());
        if score < CLEAR || bare && !part.iter().any(|p| matches!(p.slot, Some(Slot::Language(_))))
        {
            return None;
        }
        let task = build::task(intent, part)?;
        if !tasks.iter().any(|t| t.code() == task.code()) {
            tasks.push(task);
        }
    }
    if tasks.len() > 1 {
        tasks.retain(|t| !matches!(t, Task::Greeting | Task::Thanks | Task::Smalltalk { .. }));
    }
    tasks.truncate(MAX_TASKS);
    (!tasks.is_empty()).then_some(tasks)
}
