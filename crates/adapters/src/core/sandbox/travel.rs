//! Trips: a long one in summer, for most a short one in spring, and what they cost abroad.

use super::calendar::{day_number, later, month_number};
use super::people::Person;
use super::plan::{Act, CHECKING, CREDIT, HOUR, Movement};
use super::random::Stream;
use bankside_domain::transaction::Category;
use bankside_domain::{Currency, Date, Money};

/// Days before departure on which the flight is paid.
const BOOKED_AHEAD: i64 = 45;

struct Destination {
    city: &'static str,
    country: &'static str,
    currency: Currency,
    hotel: &'static str,
    tables: &'static [&'static str],
    sights: &'static [&'static str],
}

const DESTINATIONS: [Destination; 6] = [
    Destination {
        city: "Lisboa",
        country: "PT",
        currency: Currency::EUR,
        hotel: "Hotel Miradouro Azul",
        tables: &["Tasca da Ladeira", "Café Sé Velha", "Marisqueira Tejo"],
        sights: &["Museu do Azulejo Novo", "Elétrico 99"],
    },
    Destination {
        city: "Edinburgh",
        country: "GB",
        currency: Currency::GBP,
        hotel: "Thistle Row Hotel",
        tables: &["The Black Kettle", "Haar & Heather", "Close Kitchen"],
        sights: &["Castle Rock Tours", "Whisky Cellar"],
    },
    Destination {
        city: "Kraków",
        country: "PL",
        currency: Currency::PLN,
        hotel: "Hotel Pod Wieżą",
        tables: &["Pierogi Stare Miasto", "Kawiarnia Planty", "Bar Smok"],
        sights: &["Podziemia Rynku", "Rejs po Wiśle"],
    },
    Destination {
        city: "New York",
        country: "US",
        currency: Currency::USD,
        hotel: "The Brass Key Hotel",
        tables: &["Uptown Deli", "Slice & Co", "Hudson Diner"],
        sights: &["Skyline Deck", "Harbor Ferry"],
    },
    Destination {
        city: "Barcelona",
        country: "ES",
        currency: Currency::EUR,
        hotel: "Hostal Gràcia Nova",
        tables: &["Bodega del Mar", "Vermut i Olives", "Forn de la Plaça"],
        sights: &["Museu del Mosaic", "Funicular Vell"],
    },
    Destination {
        city: "Rīga",
        country: "LV",
        currency: Currency::EUR,
        hotel: "Viesnīca Zem Liepām",
        tables: &["Krogs Pie Doma", "Kafejnīca Kanāls", "Tirgus Galds"],
        sights: &["Jūgendstila Ekskursija", "Kanāla Laiva"],
    },
];

/// A trip.
pub(super) struct Trip {
    to: &'static Destination,
    first: Date,
    last: Date,
}

/// The trip that she is on that day.
pub(super) fn trip(person: &Person, date: Date) -> Option<Trip> {
    trips(person, date.year()).into_iter().flatten().find(|t| t.first <= date && date <= t.last)
}

fn trips(person: &Person, year: i16) -> [Option<Trip>; 2] {
    let mut stream = person.stream(i64::from(year), 31);
    let mut plan = |month, days: (i64, i64), spread| {
        let first = jiff::civil::date(year, month, 1);
        let first = later(first, stream.between(0, spread));
        let last = later(first, stream.between(days.0, days.1) - 1);
        let abroad = |d: &&Destination| d.country != person.region.country;
        let choices: Vec<&'static Destination> = DESTINATIONS.iter().filter(abroad).collect();
        let at = stream.below(u32::try_from(choices.len()).unwrap_or(0));
        let to = usize::try_from(at).ok().and_then(|at| choices.get(at)).copied()?;
        Some(Trip { to, first, last })
    };
    let summer = plan(7, (6, 9), 44);
    let spring = plan(3, (3, 4), 50);
    [summer, spring.filter(|_| person.subscriptions & 0x200 != 0)]
}

/// A day away from home.
pub(super) fn abroad(person: &Person, date: Date, trip: &Trip, plan: &mut Vec<Movement>) {
    let mut stream = person.stream(day_number(date), 32);
    let slot = if person.credit { CREDIT } else { CHECKING };
    let to = trip.to;
    let mut pay = |second: i64, tenths: i64, category, who, stream: &mut Stream| {
        let minor = person.minor(tenths, date) + stream.between(0, 9);
        let (minor, original) = foreign(minor, person.region.currency, to.currency, date);
        let act = Act::Card { slot, minor, original, after: 40 * HOUR };
        plan.push(Movement::new(second, act, category, who).at(to.city));
    };
    if date == trip.first {
        let nights = day_number(trip.last) - day_number(trip.first);
        let night = stream.between(240, 330);
        pay(15 * HOUR, nights.max(1) * night, Category::Travel, to.hotel, &mut stream);
    }
    for (hour, low, high) in [(9, 15, 35), (13, 40, 90), (20, 60, 140)] {
        let (tenths, who) = (stream.between(low, high), stream.pick(to.tables));
        if stream.chance(750) {
            let second = hour * HOUR + stream.between(0, HOUR);
            pay(second, tenths, Category::EatingOut, who, &mut stream);
        }
    }
    let (tenths, who) = (stream.between(40, 120), stream.pick(to.sights));
    if stream.chance(500) {
        pay(11 * HOUR, tenths, Category::Leisure, who, &mut stream);
    }
}

/// Flights, paid well ahead.
pub(super) fn bookings(person: &Person, date: Date, plan: &mut Vec<Movement>) {
    let departure = later(date, BOOKED_AHEAD);
    let leaves =
        trips(person, departure.year()).into_iter().flatten().any(|t| t.first == departure);
    if leaves {
        let slot = if person.credit { CREDIT } else { CHECKING };
        let tenths = person.stream(day_number(date), 33).between(800, 1_600);
        let act =
            Act::Card { slot, minor: person.minor(tenths, date), original: None, after: 30 * HOUR };
        plan.push(Movement::new(21 * HOUR, act, Category::Travel, person.region.airline));
    }
}

/// What `minor` of one's own currency is abroad, and what the own account then pays for it.
fn foreign(minor: i64, own: Currency, there: Currency, date: Date) -> (i64, Option<Money>) {
    if own == there {
        return (minor, None);
    }
    let abroad = exchanged(minor, own, there, date);
    (exchanged(abroad, there, own, date), Money::new(abroad, there).ok())
}

/// `minor` of one currency in another, at the rate of that month; rounded down.
///
/// The rates are the sandbox's own: plausible, steady, moving a little from month to month.
pub(super) fn exchanged(minor: i64, from: Currency, to: Currency, date: Date) -> i64 {
    let wide = i128::from(minor) * i128::from(per_euro(to, date));
    i64::try_from(wide / i128::from(per_euro(from, date))).unwrap_or_default()
}

/// Ten-thousandths of a currency that one euro buys.
fn per_euro(currency: Currency, date: Date) -> i64 {
    let steady = match currency.code() {
        "USD" => 10_900,
        "GBP" => 8_500,
        "PLN" => 42_800,
        "BRL" => 60_500,
        "AED" => 40_000,
        _ => return 10_000,
    };
    let month = month_number(date).unsigned_abs();
    let name = currency.code().bytes().fold(0, |sum, letter| sum * 31 + u64::from(letter));
    steady * (1_000 + Stream::of(&[41, name, month]).between(0, 40) - 20) / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_loses_less_than_the_rate_rounds() {
        let date = jiff::civil::date(2026, 7, 4);
        for (own, there) in [(Currency::USD, Currency::PLN), (Currency::BRL, Currency::GBP)] {
            let (back, original) = foreign(10_000, own, there, date);
            assert!((9_980..=10_000).contains(&back), "{back}");
            assert_eq!(original.unwrap().currency(), there);
        }
        assert_eq!(foreign(5, Currency::EUR, Currency::EUR, date), (5, None));
    }
}
