//! Everyday spending at home: weekly rhythm, December, and money back.

use super::calendar::{day_number, later, weekday};
use super::ledger::Role;
use super::people::Person;
use super::plan::{Act, CHECKING, CREDIT, HOUR, Movement};
use super::random::Stream;
use super::words;
use bankside_domain::Date;
use bankside_domain::transaction::Category;

/// Days after which a shop returns the money.
const REFUND_DAYS: i64 = 8;

/// Chances by weekday, Monday first, in thousandths; the hours; the price in tenths of a unit.
struct Habit {
    week: [u32; 7],
    hours: (i64, i64),
    tenths: (i64, i64),
    category: Category,
}

const GROCERIES: Habit = Habit {
    week: [250, 200, 300, 200, 350, 700, 150],
    hours: (9, 20),
    tenths: (40, 210),
    category: Category::Groceries,
};
const CAFE: Habit = Habit {
    week: [350, 300, 350, 300, 400, 250, 150],
    hours: (7, 10),
    tenths: (11, 22),
    category: Category::EatingOut,
};
const RESTAURANT: Habit = Habit {
    week: [60, 80, 120, 150, 400, 420, 200],
    hours: (18, 21),
    tenths: (50, 165),
    category: Category::EatingOut,
};
const FUEL: Habit = Habit {
    week: [120, 60, 60, 80, 180, 200, 100],
    hours: (7, 20),
    tenths: (110, 200),
    category: Category::Transport,
};
const TRANSIT: Habit = Habit {
    week: [300, 300, 300, 300, 300, 120, 60],
    hours: (7, 9),
    tenths: (8, 24),
    category: Category::Transport,
};
const TAXI: Habit = Habit {
    week: [20, 20, 20, 40, 150, 200, 60],
    hours: (19, 23),
    tenths: (25, 75),
    category: Category::Transport,
};
const SHOPPING: Habit = Habit {
    week: [50, 50, 60, 80, 120, 330, 140],
    hours: (10, 21),
    tenths: (60, 360),
    category: Category::Shopping,
};
const LEISURE: Habit = Habit {
    week: [20, 30, 50, 50, 160, 220, 180],
    hours: (15, 21),
    tenths: (30, 110),
    category: Category::Leisure,
};
const PHARMACY: Habit = Habit {
    week: [50, 40, 40, 50, 50, 60, 20],
    hours: (9, 19),
    tenths: (15, 90),
    category: Category::Health,
};

/// A day at home.
pub(super) fn at_home(person: &Person, date: Date, plan: &mut Vec<Movement>) {
    let region = person.region;
    let mut stream = person.stream(day_number(date), 21);
    // Few shops each, as people do: the first is her favourite.
    let favourites = |shops: &'static [&'static str]| shops.get(..3).unwrap_or(shops);
    let mut buy = |habit: &Habit, shops: &[&'static str]| {
        plan.extend(bought(person, date, habit, shops, &mut stream));
    };
    buy(&GROCERIES, favourites(region.groceries));
    buy(&CAFE, region.cafes);
    buy(&RESTAURANT, region.restaurants);
    if person.drives {
        buy(&FUEL, region.fuel);
    } else {
        buy(&TRANSIT, &[region.transit]);
    }
    buy(&TAXI, &[region.taxi]);
    buy(&LEISURE, region.leisure);
    buy(&PHARMACY, region.pharmacies);
    plan.extend(shopping(person, date).0);
    plan.extend(refund(person, date));
    rare(person, date, &mut stream, plan);
}

fn bought(
    person: &Person,
    date: Date,
    habit: &Habit,
    shops: &[&'static str],
    stream: &mut Stream,
) -> Option<Movement> {
    let chance = habit.week.get(usize::from(weekday(date))).copied().unwrap_or_default();
    // Every draw is made, so that one habit's luck does not move another's.
    let happens = stream.chance(chance);
    let second = stream.between(habit.hours.0 * HOUR, habit.hours.1 * HOUR);
    let tenths = stream.between(habit.tenths.0, habit.tenths.1);
    let who = stream.pick(shops);
    let on_credit = person.credit && stream.chance(350);
    let after = stream.between(14, 44) * HOUR;
    let odd = stream.between(0, 9);
    happens.then(|| {
        let slot = if on_credit { CREDIT } else { CHECKING };
        let minor = person.minor(tenths, date) + odd;
        let act = Act::Card { slot, minor, original: None, after };
        Movement::new(second, act, habit.category, who).at(person.city)
    })
}

/// What was bought in a shop that day, and whether it goes back.
fn shopping(person: &Person, date: Date) -> (Option<Movement>, bool) {
    let mut stream = person.stream(day_number(date), 22);
    let returned = stream.chance(110);
    let habit = match date.month() {
        12 if date.day() < 24 => Habit { week: SHOPPING.week.map(|c| c * 2), ..SHOPPING },
        11 if (22..=30).contains(&date.day()) => Habit { tenths: (90, 460), ..SHOPPING },
        _ => SHOPPING,
    };
    (bought(person, date, &habit, person.region.shops, &mut stream), returned)
}

fn refund(person: &Person, date: Date) -> Option<Movement> {
    let (Some(bought), true) = shopping(person, later(date, -REFUND_DAYS)) else { return None };
    let Act::Card { slot, minor, .. } = bought.act else { return None };
    let act = Act::Refund { slot, minor };
    Some(Movement::new(11 * HOUR, act, Category::Refund, bought.who))
}

/// Cash, friends, doctors, courses.
fn rare(person: &Person, date: Date, stream: &mut Stream, plan: &mut Vec<Movement>) {
    let region = person.region;
    if stream.chance(65) {
        let step = 20 * i64::from(person.region.currency.minor_per_major() == 100) * 100;
        let wanted = person.minor(stream.between(150, 320), date);
        let minor = (wanted / step.max(1)).max(1) * step.max(1);
        let act = Act::Pay { slot: CHECKING, minor };
        let second = stream.between(9 * HOUR, 20 * HOUR);
        plan.push(Movement::new(second, act, Category::Cash, region.cash_machine).at(person.city));
    }
    let friend = stream.pick(region.friends);
    let share = person.minor(stream.between(50, 140), date);
    let second = stream.between(9 * HOUR, 22 * HOUR);
    if stream.chance(50) {
        let act = Act::Pay { slot: CHECKING, minor: share };
        let memo = words::shared(person.language);
        plan.push(Movement::new(second, act, Category::Transfer, friend).memo(memo));
    } else if stream.chance(45) {
        let act = Act::Receive { slot: CHECKING, minor: share, from: Role::Settlement };
        let memo = words::shared(person.language);
        plan.push(Movement::new(second, act, Category::Transfer, friend).memo(memo));
    }
    let card = |minor| Act::Card { slot: CHECKING, minor, original: None, after: 30 * HOUR };
    if weekday(date) < 5 && stream.chance(14) {
        let minor = person.minor(stream.between(200, 600), date);
        let clinic = stream.pick(region.clinics);
        plan.push(Movement::new(14 * HOUR, card(minor), Category::Health, clinic).at(person.city));
    }
    let term = matches!(date.month(), 1 | 9);
    if stream.chance(if term { 50 } else { 12 }) {
        let minor = person.minor(stream.between(80, 350), date);
        let course = stream.pick(region.courses);
        plan.push(Movement::new(17 * HOUR, card(minor), Category::Education, course));
    }
}
