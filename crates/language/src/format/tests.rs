//! Formats by language and region.

use bankside_domain::Currency;
use jiff::civil::date;

use super::*;

fn formats(language: Language, region: &str) -> Formats {
    Formats::new(language, region, TimeZone::get("Europe/Riga").unwrap())
}

#[test]
fn money_is_written_as_the_region_writes_it() {
    fn check(language: Language, region: &str, minor: i64, currency: Currency, expect: &str) {
        let text = formats(language, region).money(Money::new(minor, currency).unwrap());
        let plain = text.replace(['\u{a0}', '\u{202f}'], " ").replace('\u{200f}', "");
        assert_eq!(plain, expect, "{language:?}-{region}");
    }
    check(Language::En, "US", 123_450, Currency::USD, "$1,234.50");
    check(Language::En, "IE", 123_450, Currency::EUR, "€1,234.50");
    check(Language::En, "IE", -5, Currency::EUR, "-€0.05");
    check(Language::En, "GB", 100, Currency::PLN, "PLN 1.00");
    check(Language::Es, "ES", 1_234_550, Currency::EUR, "12.345,50 €");
    check(Language::Es, "MX", 123_450, Currency::MXN, "$1,234.50");
    check(Language::Pt, "BR", 123_450, Currency::BRL, "R$ 1.234,50");
    check(Language::Pt, "PT", 1_234_550, Currency::EUR, "12 345,50 €");
    check(Language::Pl, "PL", 1_234_550, Currency::PLN, "12 345,50 zł");
    check(Language::Lv, "LV", 1_234_550, Currency::EUR, "12 345,50 €");
    check(Language::Ar, "AE", 123_450, Currency::AED, "1,234.50 د.إ.");
    check(Language::Ar, "SA", 123_450, Currency::SAR, "١٬٢٣٤٫٥٠ ر.س.");
    check(Language::En, "US", 5, Currency::JPY, "¥5");
    check(Language::En, "US", 1_234, Currency::KWD, "KWD 1.234");
}

#[test]
fn aloud_a_figure_has_no_groups() {
    fn check(language: Language, region: &str, currency: Currency, expect: &str) {
        let money = Money::new(1_234_550, currency).unwrap();
        let text = formats(language, region).aloud().money_rounded(money);
        assert_eq!(text.replace('\u{a0}', " ").replace('\u{200f}', ""), expect, "{language:?}");
    }
    check(Language::En, "US", Currency::USD, "$12346");
    check(Language::Es, "ES", Currency::EUR, "12346 €");
    check(Language::Pt, "BR", Currency::BRL, "R$ 12346");
    check(Language::Pl, "PL", Currency::PLN, "12346 zł");
    check(Language::Lv, "LV", Currency::EUR, "12346 €");
    check(Language::Ar, "AE", Currency::AED, "12346 د.إ.");
}

#[test]
fn a_dollar_stays_behind_its_letters() {
    let text = formats(Language::Ar, "AE").money(Money::new(5_978, Currency::USD).unwrap());
    assert!(text.ends_with("US$\u{200e}"), "{text:?}");
}

#[test]
fn rounded_money_has_no_minor_units() {
    let english = formats(Language::En, "IE");
    let money = |minor| Money::new(minor, Currency::EUR).unwrap();
    assert_eq!(english.money_rounded(money(123_450)), "€1,235");
    assert_eq!(english.money_rounded(money(-10_000)), "-€100");
    assert_eq!(english.money_signed(money(500)), "+€5.00");
}

#[test]
fn dates_are_gregorian_in_every_language() {
    let day = date(2026, 11, 21);
    fn check(language: Language, region: &str, day: Date, expect: [&str; 3]) {
        let f = formats(language, region);
        assert_eq!([f.date(day), f.month(day), f.weekday(day)], expect, "{language:?}-{region}");
    }
    check(Language::En, "US", day, ["Nov 21, 2026", "November 2026", "Saturday"]);
    check(Language::En, "GB", day, ["21 Nov 2026", "November 2026", "Saturday"]);
    check(Language::Es, "ES", day, ["21 nov 2026", "noviembre de 2026", "sábado"]);
    check(Language::Pt, "BR", day, ["21 de nov. de 2026", "novembro de 2026", "sábado"]);
    check(Language::Pl, "PL", day, ["21 lis 2026", "listopad 2026", "sobota"]);
    check(Language::Lv, "LV", day, ["2026. g. 21. nov.", "2026. gada novembris", "Sestdiena"]);
    let saudi = formats(Language::Ar, "SA").date(day);
    assert!(saudi.contains("٢٠٢٦"), "not the Hijri year: {saudi}");
    let emirati = formats(Language::Ar, "AE").date(day);
    assert!(emirati.contains("2026"), "{emirati}");
}

#[test]
fn times_are_in_the_readers_zone() {
    let at = Timestamp::from_millis(1_795_284_300_000);
    let latvian = formats(Language::Lv, "LV");
    assert_eq!(latvian.time(at), "20:05", "{at}");
    assert!(formats(Language::En, "US").moment(at).contains("8:05"), "{at}");
    assert!(formats(Language::En, "no such region").number(1234).contains("1,234"));
}

#[test]
fn every_month_has_its_name_and_days_everywhere() {
    for (language, region) in [
        (Language::En, "IE"),
        (Language::Es, "MX"),
        (Language::Pt, "BR"),
        (Language::Pt, "PT"),
        (Language::Pl, "PL"),
        (Language::Lv, "LV"),
        (Language::Ar, "EG"),
        (Language::Ar, "AE"),
    ] {
        let f = formats(language, region);
        let mut seen = std::collections::BTreeSet::new();
        for month in 1..=12 {
            let day = date(2026, month, 3);
            for text in [f.month(day), f.date(day), f.date_long(day), f.day(day)] {
                assert!(!text.contains("2026-"), "{language:?} {text}");
            }
            seen.insert(f.month_name(day));
        }
        assert_eq!(seen.len(), 12, "{language:?}");
    }
}
