//! What a day brings: the movements that a person's habits and the seed decide.
//!
//! INVARIANT: a day's plan depends on the person, the seed and the day, and on nothing else, so
//! that time going on only adds to it. What depends on a balance is decided when it happens.

use super::calendar::{Roll, day_number, is_business, is_monthly, month_number, weekday};
use super::ledger::Role;
use super::people::{Pay, Person};
use super::{daily, travel, words};
use bankside_domain::transaction::Category;
use bankside_domain::{Date, Money};

/// Everyday account.
pub(super) const CHECKING: u8 = 0;
/// Savings account.
pub(super) const SAVINGS: u8 = 1;
/// Credit card account.
pub(super) const CREDIT: u8 = 2;
/// Account in another currency.
pub(super) const POCKET: u8 = 3;

/// Something that is to happen.
pub(super) struct Movement {
    /// Seconds after midnight in her zone.
    pub(super) second: i64,
    pub(super) act: Act,
    pub(super) category: Category,
    pub(super) who: &'static str,
    pub(super) memo: Option<&'static str>,
    pub(super) place: Option<&'static str>,
}

/// What happens. Amounts are positive minor units of the account's currency.
#[derive(Clone, Copy)]
pub(super) enum Act {
    /// Money comes in.
    Receive { slot: u8, minor: i64, from: Role },
    /// Money is sent or debited.
    Pay { slot: u8, minor: i64 },
    /// The bank charges a fee.
    Fee { minor: i64 },
    /// A card payment: held at once, booked so many seconds later.
    Card { slot: u8, minor: i64, original: Option<Money>, after: i64 },
    /// A merchant returns money to the account that paid.
    Refund { slot: u8, minor: i64 },
    /// A share of income goes to savings, by standing order.
    Save { minor: i64 },
    /// What lies around beyond two incomes goes to savings.
    Sweep,
    /// Savings help out where the everyday account runs low.
    Draw { below: i64, minor: i64 },
    /// The card's debt is paid.
    SettleCard,
    /// The month's interest on savings, in parts of a million.
    Interest { millionths: i64 },
    /// The other currency is topped up.
    TopUp { minor: i64 },
}

/// Seconds of an hour.
pub(super) const HOUR: i64 = 3_600;

impl Movement {
    pub(super) fn new(second: i64, act: Act, category: Category, who: &'static str) -> Self {
        Self { second, act, category, who, memo: None, place: None }
    }

    pub(super) fn memo(self, memo: &'static str) -> Self {
        Self { memo: Some(memo), ..self }
    }

    pub(super) fn at(self, place: &'static str) -> Self {
        Self { place: Some(place), ..self }
    }
}

/// Everything of one day.
pub(super) fn day(person: &Person, date: Date) -> Vec<Movement> {
    let mut plan = Vec::new();
    income(person, date, &mut plan);
    home(person, date, &mut plan);
    subscriptions(person, date, &mut plan);
    own_accounts(person, date, &mut plan);
    match travel::trip(person, date) {
        Some(trip) => travel::abroad(person, date, &trip, &mut plan),
        None => daily::at_home(person, date, &mut plan),
    }
    travel::bookings(person, date, &mut plan);
    plan
}

fn income(person: &Person, date: Date, plan: &mut Vec<Movement>) {
    let mut wage = |minor, who, category| {
        let act = Act::Receive { slot: CHECKING, minor, from: Role::Employers };
        plan.push(Movement::new(6 * HOUR, act, category, who).memo(words::wages(person.language)));
    };
    match person.pay {
        Pay::Monthly(day) if is_monthly(date, day, Roll::Preceding) => {
            wage(person.wage(date), person.payer, Category::Salary);
        }
        Pay::Fortnightly if weekday(date) == 4 && day_number(date).div_euclid(7) % 2 == 0 => {
            wage(person.wage(date) * 12 / 26, person.payer, Category::Salary);
        }
        Pay::Freelance if is_business(date) => {
            let mut stream = person.stream(month_number(date), 11);
            let first = i8::try_from(stream.between(2, 6)).unwrap_or(3);
            for (n, day) in [first, first + 9, first + 18].into_iter().enumerate() {
                let share = 333 + stream.between(0, 160) - 80;
                let client = stream.pick(person.region.clients);
                let who = if n == 0 { person.payer } else { client };
                if is_monthly(date, day, Roll::Following) {
                    let category = if n == 0 { Category::Salary } else { Category::Income };
                    wage(person.wage(date) * share / 1_000, who, category);
                }
            }
        }
        _ => {}
    }
}

fn home(person: &Person, date: Date, plan: &mut Vec<Movement>) {
    if !is_business(date) {
        return;
    }
    let region = person.region;
    let mut own = person.stream(0, 12);
    let [rent, power, net, phone, water, insurance] =
        [1, 8, 15, 18, 20, 12].map(|first: i64| first + own.between(0, 3));
    let mut debit = |day: i64, minor: i64, category, who, memo: Option<&'static str>| {
        let day = i8::try_from(day).unwrap_or(1);
        if minor > 0 && is_monthly(date, day, Roll::Following) {
            let act = Act::Pay { slot: CHECKING, minor };
            let movement = Movement::new(4 * HOUR + 60 * i64::from(day), act, category, who);
            plan.push(Movement { memo, ..movement });
        }
    };
    // Prices by contract step up each January; a mortgage's rate is fixed.
    let step = 100 + 3 * (i64::from(date.year()) - 2023).max(0);
    let fixed = |tenths: i64| tenths * region.unit * step / 1_000;
    let memo = words::rent(person.language);
    if person.owns {
        let monthly = whole(person.income * region.unit * 290 / 1_000);
        debit(rent, monthly, Category::Housing, words::mortgage(person.language), None);
    } else {
        let monthly = whole(person.income * region.unit * 305 / 1_000 * step / 100);
        debit(rent, monthly, Category::Housing, person.landlord, Some(memo));
    }
    let cold = [90, 80, 60, 30, 10, 0, 0, 0, 10, 40, 60, 80];
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    let season = cold.get(month).copied().unwrap_or_default();
    let wobble = person.stream(month_number(date), 13).between(0, 30);
    debit(power, fixed(200 + season * 2 + wobble), Category::Utilities, region.power, None);
    debit(net, priced(fixed(110)), Category::Utilities, region.internet, None);
    debit(phone, priced(fixed(75)), Category::Utilities, region.phone, None);
    let water_due = date.month() % 3 == 2;
    let metered = if water_due { fixed(180 + wobble) } else { 0 };
    debit(water, metered, Category::Utilities, region.water, None);
    let cover = if person.drives { 260 } else { 110 };
    debit(insurance, fixed(cover), Category::Insurance, region.insurer, None);
}

/// Whole major units, by fives.
fn whole(minor: i64) -> i64 {
    (minor / 500).max(1) * 500
}

/// Name, price in tenths of a unit, and the month of the year in which the price rises.
const SUBSCRIPTIONS: [(&str, i64, i64); 7] = [
    ("Lumen TV", 42, 4),
    ("Tonearm Music", 33, 9),
    ("Cloudlocker", 12, 2),
    ("Pagepress News", 25, 11),
    ("Fablebox Kids", 29, 6),
    ("Quietmind", 21, 1),
    ("Plotline Games", 38, 7),
];

fn subscriptions(person: &Person, date: Date, plan: &mut Vec<Movement>) {
    let mut own = person.stream(0, 14);
    for (bit, (name, tenths, rises)) in SUBSCRIPTIONS.into_iter().enumerate() {
        let day = i8::try_from(own.between(1, 28)).unwrap_or(1);
        let hour = own.between(1, 8) * HOUR;
        // The first two everybody has; of the others, by lot.
        let has = bit < 2 || person.subscriptions >> bit & 1 == 1;
        if has && is_monthly(date, day, Roll::Exact) {
            let risen = (month_number(date) - 2023 * 12 + 12 - rises).max(0) / 12;
            let minor = priced(tenths * person.region.unit * (100 + 8 * risen) / 1_000);
            let slot = if person.credit { CREDIT } else { CHECKING };
            let act = Act::Card { slot, minor, original: None, after: 26 * HOUR };
            plan.push(Movement::new(hour, act, Category::Subscriptions, name));
        }
    }
    let gym = i8::try_from(own.between(1, 5)).unwrap_or(1);
    if person.subscriptions & 0x100 != 0 && is_monthly(date, gym, Roll::Following) {
        let act = Act::Pay { slot: CHECKING, minor: person.region.unit * 130 / 10 };
        plan.push(Movement::new(5 * HOUR, act, Category::Leisure, person.region.gym));
    }
}

/// The nearest price that ends in 99.
fn priced(minor: i64) -> i64 {
    (minor / 100).max(1) * 100 + 99
}

fn own_accounts(person: &Person, date: Date, plan: &mut Vec<Movement>) {
    let saving_day = match person.pay {
        Pay::Monthly(day) => day % 28 + 1,
        Pay::Fortnightly | Pay::Freelance => 27,
    };
    let transfer = Category::Transfer;
    if is_monthly(date, saving_day, Roll::Following) {
        let act = Act::Save { minor: whole(person.wage(date) * person.saves / 1_000) };
        plan.push(Movement::new(7 * HOUR, act, transfer, words::to_savings(person.language)));
    }
    if date.month() % 3 == 1 && date.day() == 20 {
        let who = words::set_aside(person.language);
        plan.push(Movement::new(20 * HOUR, Act::Sweep, transfer, who));
    }
    if date.day() % 10 == 1 {
        let act = Act::Draw { below: person.minor(2_500, date), minor: person.minor(3_000, date) };
        plan.push(Movement::new(HOUR, act, transfer, words::from_savings(person.language)));
    }
    if person.credit && is_monthly(date, 14, Roll::Following) {
        let who = words::card_bill(person.language);
        plan.push(Movement::new(5 * HOUR, Act::SettleCard, transfer, who));
    }
    if date == date.last_of_month() {
        let act = Act::Interest { millionths: 1_450 };
        plan.push(Movement::new(
            23 * HOUR,
            act,
            Category::Income,
            words::interest(person.language),
        ));
    }
    if person.pocket.is_some() && is_monthly(date, 28, Roll::Following) {
        let act = Act::Fee { minor: (person.region.unit * 12 / 10 / 50).max(1) * 50 };
        plan.push(Movement::new(3 * HOUR, act, Category::Fees, words::fee(person.language)));
    }
    if person.pocket.is_some() && date.month() % 2 == 0 && is_monthly(date, 9, Roll::Following) {
        let act = Act::TopUp { minor: person.minor(600, date) };
        plan.push(Movement::new(12 * HOUR, act, transfer, words::exchange(person.language)));
    }
}
