//! Numbers, money, dates and times as they are written in a language and region (CLDR, by ICU4X).
//!
//! Money is a number with the currency placed by the table in `symbol`: ICU4X's own currency
//! formats are not stable yet. Everything is in the Gregorian calendar, as a bank's books are.
//!
//! Should data for a locale be missing, texts fall back to ISO 8601 and plain decimals.

mod symbol;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use bankside_domain::time::TimeZone;
use bankside_domain::{Date, Language, Money, Timestamp};
use fixed_decimal::Decimal;
use icu_calendar::Iso;
use icu_datetime::fieldsets::{E, M, MD, T, YMD};
use icu_datetime::input;
use icu_datetime::{DateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale_core::Locale;

use crate::digit;

type Lazy<T> = OnceLock<Option<T>>;

/// The formats of one reader. Making one is cheap; each kind of format is loaded when first used.
pub struct Formats {
    language: Language,
    region: String,
    zone: TimeZone,
    locale: Locale,
    is_aloud: bool,
    number: Lazy<DecimalFormatter>,
    short: Lazy<DateTimeFormatter<YMD>>,
    long: Lazy<DateTimeFormatter<YMD>>,
    day: Lazy<DateTimeFormatter<MD>>,
    month: Lazy<DateTimeFormatter<M>>,
    weekday: Lazy<DateTimeFormatter<E>>,
    time: Lazy<NoCalendarFormatter<T>>,
}

impl Formats {
    /// For a reader of `language` in `region` (ISO 3166-1 alpha-2) and `zone`. A region that is no
    /// code is left aside.
    pub fn new(language: Language, region: &str, zone: TimeZone) -> Self {
        let region = region.to_ascii_uppercase();
        let digits = match (language, digit::are_eastern(language, &region)) {
            (Language::Ar, true) => "-nu-arab",
            (Language::Ar, false) => "-nu-latn",
            _ => "",
        };
        let tag = language.tag();
        let whole = format!("{tag}-{region}-u-ca-gregory{digits}").parse();
        let locale = whole.or_else(|_| format!("{tag}-u-ca-gregory{digits}").parse());
        Self {
            language,
            region,
            zone,
            locale: locale.unwrap_or(Locale::UNKNOWN),
            is_aloud: false,
            number: OnceLock::new(),
            short: OnceLock::new(),
            long: OnceLock::new(),
            day: OnceLock::new(),
            month: OnceLock::new(),
            weekday: OnceLock::new(),
            time: OnceLock::new(),
        }
    }

    /// For a speech engine, which reads a figure best without groups: `€1234`. Made before the first
    /// figure.
    #[must_use]
    pub fn aloud(self) -> Self {
        Self { is_aloud: true, number: OnceLock::new(), ..self }
    }

    /// The reader's language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The reader's zone.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// A whole number: `1,234`.
    pub fn number(&self, number: i64) -> String {
        self.decimal(&Decimal::from(number))
    }

    /// Money to the minor unit: `€1,234.50`, `1.234,50 €`.
    pub fn money(&self, money: Money) -> String {
        let places = i16::from(money.currency().minor_digits());
        let mut decimal = Decimal::from(money.minor().unsigned_abs());
        decimal.multiply_pow10(-places);
        decimal.absolute.pad_end(-places);
        symbol::place(&self.decimal(&decimal), money, self.language, &self.region)
    }

    /// Money in whole major units, half away from zero: `€1,235`.
    pub fn money_rounded(&self, money: Money) -> String {
        let money = money.rounded_to(1);
        let major =
            money.minor().unsigned_abs() / money.currency().minor_per_major().unsigned_abs();
        let text = self.decimal(&Decimal::from(major));
        symbol::place(&text, money, self.language, &self.region)
    }

    /// Money with its sign always shown, for movements: `+€5.00`, `-€5.00`.
    pub fn money_signed(&self, money: Money) -> String {
        let text = self.money(money);
        if money.minor() > 0 { format!("{}+{text}", symbol::lead(self.language)) } else { text }
    }

    /// A date, short: `Nov 21, 2026`.
    pub fn date(&self, date: Date) -> String {
        let make = || DateTimeFormatter::try_new((&self.locale).into(), YMD::medium()).ok();
        shown(self.short.get_or_init(make).as_ref(), date)
    }

    /// A date with the month written out: `November 21, 2026`.
    pub fn date_long(&self, date: Date) -> String {
        let make = || DateTimeFormatter::try_new((&self.locale).into(), YMD::long()).ok();
        shown(self.long.get_or_init(make).as_ref(), date)
    }

    /// Day and month: `Nov 21`.
    pub fn day(&self, date: Date) -> String {
        let make = || DateTimeFormatter::try_new((&self.locale).into(), MD::medium()).ok();
        let Some(formatter) = self.day.get_or_init(make) else { return date.to_string() };
        iso(date).map_or_else(|| date.to_string(), |d| formatter.format(&d).to_string())
    }

    /// Month and year: `November 2026`.
    pub fn month(&self, date: Date) -> String {
        let year = self.plain(date.year());
        let month = self.month_name(date);
        match self.language {
            Language::En | Language::Pl | Language::Ar => format!("{month} {year}"),
            Language::Es | Language::Pt => format!("{month} de {year}"),
            Language::Lv => format!("{year}. gada {month}"),
        }
    }

    /// The month alone: `November`.
    pub fn month_name(&self, date: Date) -> String {
        let make = || DateTimeFormatter::try_new((&self.locale).into(), M::long()).ok();
        let Some(formatter) = self.month.get_or_init(make) else { return date.to_string() };
        iso(date).map_or_else(|| date.to_string(), |d| formatter.format(&d).to_string())
    }

    /// Digits of the reader's, without groups.
    fn plain(&self, number: i16) -> String {
        let text = number.to_string();
        if digit::are_eastern(self.language, &self.region) { digit::eastern(&text) } else { text }
    }

    /// Day of the week: `Saturday`.
    pub fn weekday(&self, date: Date) -> String {
        let make = || DateTimeFormatter::try_new((&self.locale).into(), E::long()).ok();
        let Some(formatter) = self.weekday.get_or_init(make) else { return date.to_string() };
        iso(date).map_or_else(|| date.to_string(), |d| formatter.format(&d).to_string())
    }

    /// Time of day in the reader's zone: `6:05 PM`.
    pub fn time(&self, at: Timestamp) -> String {
        let clock = at.to_jiff().to_zoned(self.zone.clone()).time();
        let make = || NoCalendarFormatter::try_new((&self.locale).into(), T::hm()).ok();
        let part = |n: i8| u8::try_from(n).unwrap_or(0);
        let time = input::Time::try_new(part(clock.hour()), part(clock.minute()), 0, 0).ok();
        match (self.time.get_or_init(make), time) {
            (Some(formatter), Some(time)) => formatter.format(&time).to_string(),
            _ => clock.to_string(),
        }
    }

    /// Date and time of day in the reader's zone: `Nov 21, 2026, 6:05 PM`.
    pub fn moment(&self, at: Timestamp) -> String {
        let comma = if self.language == Language::Ar { "، " } else { ", " };
        format!("{}{comma}{}", self.date(at.date_in(&self.zone)), self.time(at))
    }

    /// A stretch of days, the last one included: `Nov 1, 2026 – Nov 21, 2026`.
    pub fn days(&self, from: Date, last: Date) -> String {
        if from == last {
            return self.date(from);
        }
        format!("{} – {}", self.date(from), self.date(last))
    }

    fn decimal(&self, decimal: &Decimal) -> String {
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = self.is_aloud.then_some(GroupingStrategy::Never);
        let make = || DecimalFormatter::try_new((&self.locale).into(), options).ok();
        match self.number.get_or_init(make) {
            Some(formatter) => formatter.format(decimal).to_string(),
            None => decimal.to_string(),
        }
    }
}

fn iso(date: Date) -> Option<input::Date<Iso>> {
    let part = |n: i8| u8::try_from(n).ok();
    input::Date::try_new_iso(i32::from(date.year()), part(date.month())?, part(date.day())?).ok()
}

fn shown(formatter: Option<&DateTimeFormatter<YMD>>, date: Date) -> String {
    match (formatter, iso(date)) {
        (Some(formatter), Some(iso)) => formatter.format(&iso).to_string(),
        _ => date.to_string(),
    }
}
