//! Questions that lean on the one before: "and last month?", "only groceries", "the largest?".

use bankside_domain::Personal;

use super::build::{self, pay};
use super::lexicon::Tag;
use super::place::{Place, Slot};
use super::task::{Bill, By, Direction, Filter, Order, Task, Upcoming, Want};

/// How many payments are shown where no number was said; "show me more" adds as many.
pub const USUAL_COUNT: usize = 10;

/// The task before, as the places change it; `None` if they stand on their own.
pub(super) fn change(last: &Task, places: &[Place]) -> Option<Task> {
    if !leans(places) {
        return None;
    }
    match last {
        Task::Transactions { filter, order } => {
            let filter = refine(filter, places)?;
            let order = if has_order(places) { build::order(places) } else { *order };
            Some(Task::Transactions { filter, order })
        }
        Task::Spending { filter, by } => spending(filter, *by, places),
        Task::Balances { .. } => account(places).map(|a| Task::Balances { account: Some(a) }),
        Task::AccountNumber { .. } => {
            account(places).map(|a| Task::AccountNumber { account: Some(a) })
        }
        Task::Enough { want, account: on } => enough(want, on.clone(), places),
        Task::Upcoming { .. } => upcoming(places),
        Task::Payment { kind, amount, payee, from, to } => {
            let (new_from, new_to) = pay::accounts(places);
            let said = build::said(places);
            if new_from.is_none() && new_to.is_none() && said.is_none() {
                return None;
            }
            Some(Task::Payment {
                kind: *kind,
                amount: said.or_else(|| amount.clone()),
                payee: payee.clone(),
                from: new_from.or_else(|| from.clone()),
                to: new_to.or_else(|| to.clone()),
            })
        }
        _ => None,
    }
}

/// Whether the places hold nothing but slots and words that change a question.
fn leans(places: &[Place]) -> bool {
    const TURNS: [Tag; 13] = [
        Tag::Lead,
        Tag::Only,
        Tag::More,
        Tag::Largest,
        Tag::Smallest,
        Tag::Newest,
        Tag::Oldest,
        Tag::Over,
        Tag::Under,
        Tag::Incoming,
        Tag::Outgoing,
        Tag::Exactly,
        Tag::ByCard,
    ];
    const JOINTS: [Tag; 9] = [
        Tag::And,
        Tag::At,
        Tag::Within,
        Tag::From,
        Tag::To,
        Tag::Between,
        Tag::Last,
        Tag::This,
        Tag::Since,
    ];
    let turn = |p: &Place| {
        TURNS.iter().any(|t| p.has(*t)) || p.has(Tag::ByMonth) || p.has(Tag::ByCategory)
    };
    let turned = places.iter().any(turn);
    let led = places.iter().any(|p| {
        p.has(Tag::Lead)
            || p.has(Tag::Only)
            || p.has(Tag::More)
            || p.has(Tag::Largest)
            || p.has(Tag::Smallest)
    });
    let mut previous: Option<&Place> = None;
    for place in places {
        let name = place.unknown
            && previous.is_some_and(|b| b.has(Tag::At) || b.has(Tag::Lead) || b.unknown);
        let fits = place.slot.is_some()
            || place.stop
            || place.has(Tag::Filler)
            || turn(place)
            || JOINTS.iter().any(|t| place.has(*t))
            || led && place.has(Tag::Items)
            || name;
        if !fits {
            return false;
        }
        previous = Some(place);
    }
    let slotted = places.iter().any(|p| p.slot.is_some());
    let named = places.iter().any(|p| p.unknown);
    slotted || turned && (named || places.iter().any(|p| turn(p) && !only_lead(p)))
}

fn only_lead(place: &Place) -> bool {
    place.tags.iter().all(|t| matches!(t, Tag::Lead | Tag::And | Tag::Only | Tag::Filler))
}

fn has_order(places: &[Place]) -> bool {
    let tags = [Tag::Largest, Tag::Smallest, Tag::Newest, Tag::Oldest];
    places.iter().any(|p| tags.iter().any(|t| p.has(*t)))
}

fn account(places: &[Place]) -> Option<super::AccountRef> {
    let (from, to) = pay::accounts(places);
    from.or(to)
}

/// The filter with what the places say in place of what stood there; `None` if nothing changes.
fn refine(filter: &Filter, places: &[Place]) -> Option<Filter> {
    let mut next = filter.clone();
    if let Some(period) = build::period(places) {
        next.period = Some(period);
    }
    let said = place_filter(places);
    if let Some(name) = said.merchant.or_else(|| unknown_name(places)) {
        next.merchant = Some(name);
        next.category = None;
    } else if said.category.is_some() {
        next.category = said.category;
        next.merchant = None;
    }
    if !said.accounts.is_empty() {
        next.accounts = said.accounts;
    }
    if said.min.is_some() || said.max.is_some() {
        (next.min, next.max) = (said.min, said.max);
    }
    if said.direction != Direction::Both {
        next.direction = said.direction;
    }
    next.by_card |= places.iter().any(|p| p.has(Tag::ByCard));
    let more = places.iter().any(|p| p.has(Tag::More));
    if more {
        let before = next.limit.unwrap_or(USUAL_COUNT);
        next.limit = Some(before.saturating_add(said.limit.unwrap_or(USUAL_COUNT)));
    } else if said.limit.is_some() {
        next.limit = said.limit;
    }
    (next != *filter || has_order(places)).then_some(next)
}

/// What the places alone would filter by.
fn place_filter(places: &[Place]) -> Filter {
    let (min, max) = build::bounds(places);
    let mut filter = Filter { min, max, direction: build::direction(places), ..Filter::default() };
    for place in places {
        match &place.slot {
            Some(Slot::Account(account)) => filter.accounts.push(account.clone()),
            Some(Slot::Category(category)) => filter.category = Some(*category),
            Some(Slot::Count(count)) => filter.limit = Some(*count),
            _ => {}
        }
    }
    filter.merchant = build::merchant(places).map(Personal::new);
    if has_order(places) && filter.limit.is_none() {
        filter.limit = build::order(places).ne(&Order::Newest).then_some(1);
    }
    filter
}

/// "what about Starbucks?"
fn unknown_name(places: &[Place]) -> Option<Personal<String>> {
    let start = places.iter().position(|p| p.unknown)?;
    let name = build::joined(places.iter().skip(start).take_while(|p| p.unknown));
    Some(Personal::new(name))
}

fn spending(filter: &Filter, by: By, places: &[Place]) -> Option<Task> {
    if places.iter().any(|p| p.has(Tag::Largest) || p.has(Tag::Smallest) || p.has(Tag::More)) {
        let filter = refine(filter, places)?;
        return Some(Task::Transactions { filter, order: build::order(places) });
    }
    let (month, category) =
        (places.iter().any(|p| p.has(Tag::ByMonth)), places.iter().any(|p| p.has(Tag::ByCategory)));
    let refined = refine(filter, places);
    let filter = match refined {
        Some(filter) => filter,
        None if month || category => filter.clone(),
        None => return None,
    };
    let narrow = filter.category.is_some() || filter.merchant.is_some();
    let by = match (month, category) {
        (true, _) => By::Month,
        (_, true) => By::Category,
        _ if narrow && by == By::Category => By::Total,
        _ => by,
    };
    Some(Task::Spending { filter, by })
}

fn enough(want: &Want, on: Option<super::AccountRef>, places: &[Place]) -> Option<Task> {
    let filter = place_filter(places);
    let new = if let Some(amount) = build::said(places) {
        Some(Want::Amount { amount })
    } else if let Some(category) = filter.category {
        Some(Want::Bill { bill: Bill::Category(category) })
    } else {
        filter.merchant.map(|name| Want::Bill { bill: Bill::Name(name) })
    };
    let account = filter.accounts.into_iter().next();
    if new.is_none() && account.is_none() {
        return None;
    }
    Some(Task::Enough { want: new.unwrap_or_else(|| want.clone()), account: account.or(on) })
}

fn upcoming(places: &[Place]) -> Option<Task> {
    use bankside_domain::transaction::Category;
    let what = match place_filter(places).category? {
        Category::Salary | Category::Income => Upcoming::Salary,
        Category::Housing => Upcoming::Rent,
        _ => Upcoming::Any,
    };
    Some(Task::Upcoming { what })
}
