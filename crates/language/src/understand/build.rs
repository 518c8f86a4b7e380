//! A task from its intent and the slots around.

pub(super) mod pay;

use bankside_domain::Personal;
use bankside_domain::transaction::Category;

use super::AccountRef;
use super::lexicon::Tag;
use super::place::{Place, Slot};
use super::task::{
    Bill, By, CardAct, ConsentAsk, Direction, Filter, Order, Period, Said, Smalltalk, Task,
    Upcoming, Want,
};

/// Every intent that data files give phrases for.
#[cfg(test)]
pub(super) const INTENTS: &[&str] = &[
    "abuse",
    "account_number",
    "balances",
    "cancel",
    "card.freeze",
    "card.lost",
    "card.manage",
    "card.state",
    "card.unfreeze",
    "clear_history",
    "consents.expiry",
    "consents.give",
    "consents.list",
    "consents.narrow",
    "consents.pause",
    "consents.renew",
    "consents.resume",
    "consents.why",
    "dispute",
    "enough",
    "goodbye",
    "greeting",
    "help",
    "human",
    "is_this_my_bank",
    "language",
    "link_chat",
    "my_data",
    "no",
    "offers",
    "payment.own",
    "payment.request",
    "payment.send",
    "recurring",
    "smalltalk.complaint",
    "smalltalk.how_are_you",
    "smalltalk.praise",
    "smalltalk.who_are_you",
    "spending",
    "spending.month",
    "spending.total",
    "spending_limit",
    "stop_all",
    "stop_sharing",
    "thanks",
    "transactions",
    "unlink",
    "upcoming.any",
    "upcoming.rent",
    "upcoming.salary",
    "what_shared",
    "who_sees",
    "yes",
];

/// The task of an intent, its slots filled from the places.
pub(super) fn task(intent: &str, places: &[Place]) -> Option<Task> {
    let (name, kind) = intent.split_once('.').unwrap_or((intent, ""));
    Some(match name {
        "balances" => Task::Balances { account: account(places) },
        "transactions" => Task::Transactions { filter: filter(places), order: order(places) },
        "spending" => spending(kind, filter(places), places),
        "recurring" => Task::Recurring,
        "upcoming" => Task::Upcoming { what: upcoming(kind)? },
        "account_number" => Task::AccountNumber { account: account(places) },
        "enough" => Task::Enough { want: want(places), account: account(places) },
        "stop_sharing" => Task::StopSharing { party: merchant(places).map(Personal::new) },
        "language" => Task::Language { to: places.iter().find_map(language) },
        "consents" => Task::Consents { ask: consent(kind)? },
        "dispute" => Task::Dispute { filter: filter(places) },
        "card" => Task::Card { act: card(kind)?, tail: tail(places) },
        "payment" => pay::task(kind, places)?,
        "spending_limit" => {
            Task::SpendingLimit { amount: said(places), category: category(places) }
        }
        "smalltalk" => Task::Smalltalk { about: smalltalk(kind)? },
        _ => return plain(name),
    })
}

fn plain(name: &str) -> Option<Task> {
    Some(match name {
        "help" => Task::Help,
        "greeting" => Task::Greeting,
        "thanks" => Task::Thanks,
        "goodbye" => Task::Goodbye,
        "link_chat" => Task::LinkChat,
        "unlink" => Task::Unlink,
        "stop_all" => Task::StopAll,
        "what_shared" => Task::WhatShared,
        "who_sees" => Task::WhoSees,
        "human" => Task::Human,
        "is_this_my_bank" => Task::IsThisMyBank,
        "clear_history" => Task::ClearHistory,
        "my_data" => Task::MyData,
        "yes" => Task::Yes,
        "no" => Task::No,
        "cancel" => Task::Cancel,
        "offers" => Task::Offers,
        "abuse" => Task::Abuse,
        _ => return None,
    })
}

fn upcoming(kind: &str) -> Option<Upcoming> {
    Some(match kind {
        "salary" => Upcoming::Salary,
        "rent" => Upcoming::Rent,
        "any" => Upcoming::Any,
        _ => return None,
    })
}

fn consent(kind: &str) -> Option<ConsentAsk> {
    Some(match kind {
        "list" => ConsentAsk::List,
        "expiry" => ConsentAsk::Expiry,
        "why" => ConsentAsk::Why,
        "renew" => ConsentAsk::Renew,
        "pause" => ConsentAsk::Pause,
        "resume" => ConsentAsk::Resume,
        "narrow" => ConsentAsk::Narrow,
        "give" => ConsentAsk::Give,
        _ => return None,
    })
}

fn card(kind: &str) -> Option<CardAct> {
    Some(match kind {
        "freeze" => CardAct::Freeze,
        "unfreeze" => CardAct::Unfreeze,
        "lost" => CardAct::Lost,
        "state" => CardAct::State,
        "manage" => CardAct::Manage,
        _ => return None,
    })
}

fn smalltalk(kind: &str) -> Option<Smalltalk> {
    Some(match kind {
        "how_are_you" => Smalltalk::HowAreYou,
        "who_are_you" => Smalltalk::WhoAreYou,
        "praise" => Smalltalk::Praise,
        "complaint" => Smalltalk::Complaint,
        _ => return None,
    })
}

fn spending(kind: &str, filter: Filter, places: &[Place]) -> Task {
    let narrow = filter.merchant.is_some() || filter.category.is_some();
    let by = if kind == "month" || places.iter().any(|p| p.has(Tag::ByMonth)) {
        By::Month
    } else if places.iter().any(|p| p.has(Tag::ByCategory)) {
        By::Category
    } else if kind == "total" || narrow {
        By::Total
    } else {
        By::Category
    };
    Task::Spending { filter: Filter { direction: Direction::Out, ..filter }, by }
}

/// Which payments the places speak of.
pub(super) fn filter(places: &[Place]) -> Filter {
    let (min, max) = bounds(places);
    Filter {
        accounts: places.iter().filter_map(account_of).cloned().collect(),
        period: period(places),
        merchant: merchant(places).map(Personal::new),
        category: category(places),
        min,
        max,
        direction: direction(places),
        by_card: places.iter().any(|p| p.has(Tag::ByCard)),
        limit: count(places).or_else(|| single(places)),
    }
}

/// "the largest payment": one. "the largest payments": several.
fn single(places: &[Place]) -> Option<usize> {
    let superlative = |p: &Place| [Tag::Largest, Tag::Smallest].iter().any(|t| p.has(*t));
    let at = places.iter().position(superlative)?;
    let several = places.iter().skip(at).any(|p| p.has(Tag::Items) && p.text.ends_with('s'));
    (!several).then_some(1)
}

/// In which order the places want payments.
pub(super) fn order(places: &[Place]) -> Order {
    let any = |tag| places.iter().any(|p| p.has(tag));
    if any(Tag::Largest) {
        Order::Largest
    } else if any(Tag::Smallest) {
        Order::Smallest
    } else if any(Tag::Oldest) {
        Order::Oldest
    } else {
        Order::Newest
    }
}

/// Which way money went.
pub(super) fn direction(places: &[Place]) -> Direction {
    let any = |tag| places.iter().any(|p| p.has(tag));
    match (any(Tag::Incoming), any(Tag::Outgoing)) {
        (true, false) => Direction::In,
        (false, true) => Direction::Out,
        _ => Direction::Both,
    }
}

/// Least and most: "over 50", "between 20 and 50", "exactly 9.99".
pub(super) fn bounds(
    places: &[Place],
) -> (Option<bankside_domain::Money>, Option<bankside_domain::Money>) {
    let (mut min, mut max) = (None, None);
    for (at, place) in places.iter().enumerate() {
        let Some(Slot::Amount(amount)) = &place.slot else { continue };
        let likely = amount.likely();
        let near = |by: usize| at.checked_sub(by).and_then(|b| places.get(b));
        let before = |tag| {
            near(1).is_some_and(|p| p.has(tag))
                || near(1).is_some_and(Place::is_filler) && near(2).is_some_and(|p| p.has(tag))
        };
        let after = |tag| places.get(at + 1).is_some_and(|p| p.has(tag));
        let second = near(1).is_some_and(|p| p.has(Tag::And) || p.has(Tag::To)) && min.is_some();
        if before(Tag::Between) || before(Tag::Over) || after(Tag::Over) {
            min = likely;
        } else if before(Tag::Under) || after(Tag::Under) || second {
            max = likely;
        } else if min.is_none() && max.is_none() {
            (min, max) = (likely, likely);
        }
    }
    (min, max)
}

fn category(places: &[Place]) -> Option<Category> {
    places.iter().find_map(|p| if let Some(Slot::Category(c)) = p.slot { Some(c) } else { None })
}

/// The period that the places name.
pub(super) fn period(places: &[Place]) -> Option<Period> {
    places.iter().find_map(|p| if let Some(Slot::Period(d)) = p.slot { Some(d) } else { None })
}

fn count(places: &[Place]) -> Option<usize> {
    places.iter().find_map(|p| if let Some(Slot::Count(n)) = p.slot { Some(n) } else { None })
}

fn account_of(place: &Place) -> Option<&AccountRef> {
    if let Some(Slot::Account(account)) = &place.slot { Some(account) } else { None }
}

fn account(places: &[Place]) -> Option<AccountRef> {
    places.iter().find_map(account_of).cloned().or_else(|| tail(places).map(AccountRef::Tail))
}

fn tail(places: &[Place]) -> Option<String> {
    places
        .iter()
        .find_map(|p| if let Some(Slot::Tail(t)) = &p.slot { Some(t.clone()) } else { None })
}

fn language(place: &Place) -> Option<bankside_domain::Language> {
    if let Some(Slot::Language(l)) = place.slot { Some(l) } else { None }
}

/// One of her own counterparties, or a name after "at" that the language does not know.
pub(super) fn merchant(places: &[Place]) -> Option<String> {
    let own = places.iter().find_map(|p| {
        if let Some(Slot::Merchant(name)) = &p.slot { Some(name.clone()) } else { None }
    });
    own.or_else(|| {
        let at = places.windows(2).position(|pair| match pair {
            [before, name] => {
                name.unknown && [Tag::At, Tag::To, Tag::From].iter().any(|t| before.has(*t))
            }
            _ => false,
        })?;
        Some(joined(places.iter().skip(at + 1).take_while(|p| p.unknown)))
    })
}

/// The words of places as they were written.
pub(super) fn joined<'p>(places: impl Iterator<Item = &'p Place>) -> String {
    let words: Vec<&str> = places.take(4).map(|p| p.text.as_str()).collect();
    words.join(" ")
}

/// The first amount, with all its readings.
pub(super) fn said(places: &[Place]) -> Option<Said> {
    places.iter().find_map(|p| if let Some(Slot::Amount(a)) = &p.slot { a.said() } else { None })
}

fn want(places: &[Place]) -> Want {
    if let Some(amount) = said(places) {
        return Want::Amount { amount };
    }
    if let Some(category) = category(places) {
        return Want::Bill { bill: Bill::Category(category) };
    }
    match merchant(places) {
        Some(name) => Want::Bill { bill: Bill::Name(Personal::new(name)) },
        None => Want::Unsaid,
    }
}
