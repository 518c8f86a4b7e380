//! The customers: nine who are introduced by name, and any number more from the seed.

use super::houses::{HOUSES, House};
use super::random::Stream;
use super::region::{Region, region};
use bankside_domain::customer::Language;
use bankside_domain::time::TimeZone;
use bankside_domain::{Currency, Date};

/// Most customers of one sandbox, by the room in event cursors.
pub(super) const MAX_CUSTOMERS: u32 = 100_000;

/// How income comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pay {
    /// On a day of each month, or the business day before.
    Monthly(i8),
    /// Every other Friday.
    Fortnightly,
    /// From clients, several times a month.
    Freelance,
}

/// A person and her habits: all that her history depends on besides the seed.
pub(super) struct Person {
    pub(super) index: u32,
    /// Her own key into the seed.
    pub(super) key: u64,
    pub(super) house: &'static House,
    pub(super) region: &'static Region,
    pub(super) zone: TimeZone,
    pub(super) language: Language,
    pub(super) given: &'static str,
    pub(super) full: String,
    pub(super) city: &'static str,
    pub(super) pay: Pay,
    pub(super) payer: &'static str,
    /// Monthly net income at first, in units.
    pub(super) income: i64,
    pub(super) landlord: &'static str,
    pub(super) owns: bool,
    /// Drives; otherwise she takes the bus.
    pub(super) drives: bool,
    pub(super) credit: bool,
    /// A second account in another currency.
    pub(super) pocket: Option<Currency>,
    /// So many thousandths of income go to savings.
    pub(super) saves: i64,
    /// Which subscriptions she has, one bit each.
    pub(super) subscriptions: u64,
    /// What she calls her savings account, if not by the product's name.
    pub(super) goal: Option<&'static str>,
    /// For the sign-in page of a demonstration.
    pub(super) pitch: Option<&'static str>,
}

struct Featured {
    given: &'static str,
    family: &'static str,
    house: usize,
    country: &'static str,
    zone: Option<&'static str>,
    city: &'static str,
    language: Language,
    pay: Pay,
    payer: &'static str,
    income: i64,
    owns: bool,
    drives: bool,
    credit: bool,
    pocket: Option<Currency>,
    saves: i64,
    goal: Option<&'static str>,
    pitch: &'static str,
}

const PLAIN: Featured = Featured {
    given: "",
    family: "",
    house: 0,
    country: "US",
    zone: None,
    city: "",
    language: Language::En,
    pay: Pay::Monthly(28),
    payer: "",
    income: 1_150,
    owns: false,
    drives: false,
    credit: true,
    pocket: None,
    saves: 80,
    goal: None,
    pitch: "",
};

const FEATURED: [Featured; 9] = [
    Featured {
        given: "Maya",
        family: "Whitlow",
        city: "Portland ME",
        payer: "Northlight Health",
        pay: Pay::Monthly(30),
        saves: 130,
        goal: Some("Trip fund"),
        pitch: "Maya, a nurse in Maine, is paid monthly and saves for a trip",
        ..PLAIN
    },
    Featured {
        given: "Diego",
        family: "Ramos Prieto",
        zone: Some("America/Los_Angeles"),
        city: "San Diego CA",
        language: Language::Es,
        pay: Pay::Fortnightly,
        payer: "Bellwether Foods",
        income: 1_200,
        drives: true,
        pitch: "Diego, a cook in San Diego, is paid every other Friday and banks in Spanish",
        ..PLAIN
    },
    Featured {
        given: "Amelia",
        family: "Hartley",
        house: 1,
        country: "GB",
        city: "Leeds",
        payer: "Aire Valley NHS Trust",
        pay: Pay::Monthly(27),
        pocket: Some(Currency::EUR),
        pitch: "Amelia, a midwife in Leeds, keeps pounds and euros and counts every coffee",
        ..PLAIN
    },
    Featured {
        given: "Zofia",
        family: "Brzoza",
        house: 1,
        country: "PL",
        city: "Warszawa",
        language: Language::Pl,
        payer: "Biuro Projektów Wisła",
        pay: Pay::Monthly(10),
        income: 1_300,
        owns: true,
        drives: true,
        pocket: Some(Currency::EUR),
        pitch: "Zofia, an architect in Warsaw, has a mortgage, a car and two currencies",
        ..PLAIN
    },
    Featured {
        given: "Elīna",
        family: "Ozolkalna",
        house: 1,
        country: "LV",
        city: "Rīga",
        language: Language::Lv,
        payer: "SIA Baltijas Dati",
        pay: Pay::Monthly(5),
        income: 1_250,
        pitch: "Elīna, a data analyst in Riga, rents in the old town and travels each summer",
        ..PLAIN
    },
    Featured {
        given: "ليلى",
        family: "حداد",
        house: 1,
        country: "AE",
        city: "دبي",
        language: Language::Ar,
        payer: "شركة النخيل للهندسة",
        pay: Pay::Monthly(25),
        income: 1_350,
        drives: true,
        pocket: Some(Currency::USD),
        pitch: "Layla, an engineer in Dubai, banks in Arabic in dirhams and dollars",
        ..PLAIN
    },
    Featured {
        given: "Lucía",
        family: "Navarro Vidal",
        house: 2,
        country: "ES",
        city: "Valencia",
        language: Language::Es,
        payer: "Editorial Jacaranda",
        pay: Pay::Freelance,
        income: 1_300,
        credit: false,
        pitch: "Lucía, an illustrator in Valencia, is paid by clients, never twice the same",
        ..PLAIN
    },
    Featured {
        given: "Inês",
        family: "Carvalhal",
        house: 2,
        country: "PT",
        city: "Porto",
        language: Language::Pt,
        payer: "Hospital da Ribeira",
        pay: Pay::Monthly(26),
        owns: true,
        pitch: "Inês, a doctor in Porto, pays a mortgage and settles her card each month",
        ..PLAIN
    },
    Featured {
        given: "Rafael",
        family: "Moreira Lima",
        house: 2,
        country: "BR",
        city: "Curitiba",
        language: Language::Pt,
        payer: "Colégio Araucária",
        pay: Pay::Monthly(5),
        income: 1_200,
        drives: true,
        pitch: "Rafael, a teacher in Curitiba, is paid in reais and plays football on Sundays",
        ..PLAIN
    },
];

/// Everybody who banks here.
#[derive(Clone, Copy)]
pub(super) struct Roster {
    seed: u64,
    crowd: u32,
}

impl Roster {
    /// The introduced ones, and `crowd` more.
    pub(super) fn new(seed: u64, crowd: u32) -> Self {
        Self { seed, crowd: crowd.min(MAX_CUSTOMERS - Self::featured()) }
    }

    /// How many are introduced by name; their indices come first.
    pub(super) fn featured() -> u32 {
        u32::try_from(FEATURED.len()).unwrap_or(0)
    }

    pub(super) fn len(&self) -> u32 {
        Self::featured() + self.crowd
    }

    /// `None` past the last.
    pub(super) fn person(&self, index: u32) -> Option<Person> {
        if index >= self.len() {
            return None;
        }
        let key = Stream::of(&[self.seed, 1, u64::from(index)]).next();
        let known = usize::try_from(index).ok().and_then(|index| FEATURED.get(index));
        let mut stream = Stream::of(&[key, 2]);
        let drawn;
        let spec = match known {
            Some(spec) => spec,
            None => {
                drawn = somebody(index, &mut stream);
                &drawn
            }
        };
        let house = HOUSES.get(spec.house)?;
        let region = region(spec.country);
        let zone = TimeZone::get(spec.zone.unwrap_or(region.zone)).unwrap_or(TimeZone::UTC);
        Some(Person {
            index,
            key,
            house,
            region,
            zone,
            language: spec.language,
            given: spec.given,
            full: format!("{} {}", spec.given, spec.family),
            city: spec.city,
            pay: spec.pay,
            payer: spec.payer,
            income: spec.income,
            landlord: stream.pick(region.landlords),
            owns: spec.owns,
            drives: spec.drives,
            credit: spec.credit,
            pocket: spec.pocket,
            saves: spec.saves,
            subscriptions: stream.next(),
            goal: spec.goal,
            pitch: known.map(|spec| spec.pitch),
        })
    }
}

fn somebody(index: u32, stream: &mut Stream) -> Featured {
    let house = usize::try_from(index).unwrap_or_default() % HOUSES.len();
    let country = HOUSES.get(house).map(|h| stream.pick(h.regions)).unwrap_or("US");
    let region = region(country);
    let language = match country {
        "PL" => Language::Pl,
        "LV" => Language::Lv,
        "AE" => Language::Ar,
        "ES" => Language::Es,
        "PT" | "BR" => Language::Pt,
        _ => Language::En,
    };
    let payday = i8::try_from(stream.between(1, 28)).unwrap_or(1);
    let pay = match stream.below(10) {
        0 => Pay::Freelance,
        1 | 2 if country == "US" => Pay::Fortnightly,
        _ => Pay::Monthly(payday),
    };
    Featured {
        given: stream.pick(region.given),
        family: stream.pick(region.family),
        house,
        country,
        city: stream.pick(region.cities),
        language,
        pay,
        payer: stream.pick(region.employers),
        income: stream.between(1_100, 1_700),
        owns: stream.chance(350),
        drives: stream.chance(450),
        credit: stream.chance(750),
        saves: stream.between(30, 120),
        ..PLAIN
    }
}

impl Person {
    /// A stream of her own for one day and one part of life.
    pub(super) fn stream(&self, day: i64, part: u64) -> Stream {
        Stream::of(&[self.key, 3, day.unsigned_abs(), part])
    }

    /// Minor units of so many tenths of a unit of price, at that day's level.
    pub(super) fn minor(&self, tenths: i64, date: Date) -> i64 {
        let months = super::calendar::month_number(date) - 2023 * 12;
        tenths * self.region.unit * (1_000 + 2 * months.max(0)) / 10_000
    }

    /// Monthly net income in minor units: it rises each January.
    pub(super) fn wage(&self, date: Date) -> i64 {
        let years = (i64::from(date.year()) - 2023).max(0);
        self.income * self.region.unit * (1_000 + 28 * years) / 1_000
    }
}
