//! Tables of utterances and what they mean, one file a language.

use std::fmt::Write as _;

use bankside_domain::Money;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::{Catalogue, Msg};

fn hints() -> Vec<AccountHint> {
    let account = |n: u8, nickname: &str, kind, tail: &str| AccountHint {
        id: AccountId::new(bankside_domain::Timestamp::from_millis(i64::from(n)), [n; 10]),
        nickname: nickname.to_owned(),
        kind,
        tail: tail.to_owned(),
    };
    vec![
        account(1, "Everyday", AccountKind::Checking, "34"),
        account(2, "Rainy Day", AccountKind::Savings, "78"),
        account(3, "Platinum", AccountKind::CreditCard, "9012"),
    ]
}

fn with<T>(
    language: Language,
    region: &str,
    currency: Currency,
    last: Option<&Task>,
    f: impl FnOnce(&Context<'_>) -> T,
) -> T {
    let merchants = [
        "Lidl",
        "Rimi",
        "Netflix",
        "Spotify",
        "Amazon",
        "Uber",
        "Żabka",
        "Mercadona",
        "Continente",
        "كارفور",
        "Anna Kowalska",
        "Shell",
        "Starbucks",
    ]
    .map(str::to_owned);
    let accounts = hints();
    f(&Context {
        language,
        today: date(2026, 11, 21),
        region,
        currency,
        accounts: &accounts,
        merchants: &merchants,
        last,
    })
}

/// A task as the tables write it: its code, then its slots.
fn describe(task: &Task) -> String {
    let mut out = task.code().to_owned();
    let mut put = |text: String| {
        out.push(' ');
        out.push_str(&text);
    };
    let name = |a: &AccountRef| match a {
        AccountRef::One(id) => {
            let hints = hints();
            hints.iter().find(|h| h.id == *id).unwrap().nickname.to_lowercase().replace(' ', "-")
        }
        AccountRef::Kind(kind) => format!("{kind:?}").to_lowercase(),
        AccountRef::Tail(tail) => format!("#{tail}"),
    };
    let said = |s: &Said| match s {
        Said::Exactly(money) => plain(*money),
        Said::Unclear(readings) => readings.iter().map(|m| plain(*m)).collect::<Vec<_>>().join("|"),
    };
    match task {
        Task::Balances { account } | Task::AccountNumber { account } => {
            account.iter().for_each(|a| put(name(a)));
        }
        Task::Transactions { filter, order } => {
            if *order != Order::Newest {
                put(format!("{order:?}").to_lowercase());
            }
            put(describe_filter(filter, &name));
        }
        Task::Spending { filter, by } => {
            put(format!("{by:?}").to_lowercase());
            put(describe_filter(&Filter { direction: Direction::Both, ..filter.clone() }, &name));
        }
        Task::Upcoming { what } => put(format!("{what:?}").to_lowercase()),
        Task::Enough { want, account } => {
            match want {
                Want::Amount { amount } => put(said(amount)),
                Want::Bill { bill: Bill::Category(c) } => put(c.code().to_owned()),
                Want::Bill { bill: Bill::Name(n) } => put(n.reveal().clone()),
                Want::Unsaid => {}
            }
            account.iter().for_each(|a| put(format!("on={}", name(a))));
        }
        Task::StopSharing { party } => party.iter().for_each(|p| put(p.reveal().clone())),
        Task::Language { to } => to.iter().for_each(|l| put(l.tag().to_owned())),
        Task::Consents { ask } => put(format!("{ask:?}").to_lowercase()),
        Task::Choose { number } => put(number.to_string()),
        Task::Dispute { filter } => put(describe_filter(filter, &name)),
        Task::Card { act, tail } => {
            put(format!("{act:?}").to_lowercase());
            tail.iter().for_each(|t| put(format!("#{t}")));
        }
        Task::Payment { kind, amount, payee, from, to } => {
            put(format!("{kind:?}").to_lowercase());
            amount.iter().for_each(|a| put(said(a)));
            payee.iter().for_each(|p| put(format!("payee={}", p.reveal())));
            from.iter().for_each(|a| put(format!("from={}", name(a))));
            to.iter().for_each(|a| put(format!("to={}", name(a))));
        }
        Task::SpendingLimit { amount, category } => {
            amount.iter().for_each(|a| put(said(a)));
            category.iter().for_each(|c| put(c.code().to_owned()));
        }
        Task::Smalltalk { about } => put(format!("{about:?}").to_lowercase()),
        _ => {}
    }
    out.trim_end().to_owned()
}

fn plain(money: Money) -> String {
    money.to_string().replace(".00 ", " ").replace(' ', "")
}

fn describe_filter(filter: &Filter, name: &dyn Fn(&AccountRef) -> String) -> String {
    let mut out = String::new();
    if filter.by_card {
        out.push_str("card ");
    }
    for account in &filter.accounts {
        let _ = write!(out, "on={} ", name(account));
    }
    if let Some(period) = filter.period {
        let _ = write!(out, "{}..{} ", period.from(), period.to());
    }
    if let Some(merchant) = &filter.merchant {
        let _ = write!(out, "@{} ", merchant.reveal());
    }
    if let Some(category) = filter.category {
        let _ = write!(out, "{} ", category.code());
    }
    if let Some(min) = filter.min {
        let _ = write!(out, "min={} ", plain(min));
    }
    if let Some(max) = filter.max {
        let _ = write!(out, "max={} ", plain(max));
    }
    if filter.direction != Direction::Both {
        let _ = write!(out, "{} ", format!("{:?}", filter.direction).to_lowercase());
    }
    if let Some(limit) = filter.limit {
        let _ = write!(out, "x{limit} ");
    }
    out.trim_end().to_owned()
}

fn meant(understanding: &Understanding) -> String {
    let join = |tasks: &[Task], by: &str| tasks.iter().map(describe).collect::<Vec<_>>().join(by);
    match &understanding.meant {
        Meant::Clear(tasks) => join(tasks, " + "),
        Meant::Ambiguous(tasks) => format!("? {}", join(tasks, " / ")),
        Meant::Unknown => "unknown".to_owned(),
        Meant::Secret(kind) => format!("secret {kind:?}").to_lowercase(),
    }
}

/// Each line of a table is `utterance => task`. Lines that begin with `>` follow on the one before.
fn run(table: &str, language: Language, region: &str, currency: Currency) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut last: Option<Task> = None;
    for line in table.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let (said, expect) = line.split_once(" => ").unwrap();
        let (said, follows) = match said.strip_prefix("> ") {
            Some(rest) => (rest, true),
            None => (said, false),
        };
        let before = if follows { last.take() } else { None };
        let understood = with(language, region, currency, before.as_ref(), |c| understand(said, c));
        let got = meant(&understood);
        last = match understood.meant {
            Meant::Clear(mut tasks) => tasks.pop(),
            _ => None,
        };
        if got != expect.trim() {
            wrong.push(format!("{said}\n    expected {expect}\n    got      {got}"));
        }
        if understood.language != language && !expect.starts_with("secret") {
            wrong.push(format!("{said}\n    taken for {:?}", understood.language));
        }
    }
    wrong
}

#[track_caller]
fn check(table: &str, least: usize, language: Language, region: &str, currency: Currency) {
    let lines = table.lines().filter(|l| l.contains(" => ")).count();
    assert!(lines >= least, "{lines} lines, expected {least}");
    let wrong = run(table, language, region, currency);
    assert!(wrong.is_empty(), "{} of {lines} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english_is_understood() {
    check(include_str!("../../tests/english.txt"), 250, Language::En, "IE", Currency::EUR);
}

#[test]
fn spanish_is_understood() {
    check(include_str!("../../tests/spanish.txt"), 25, Language::Es, "ES", Currency::EUR);
}

#[test]
fn portuguese_is_understood() {
    check(include_str!("../../tests/portuguese.txt"), 25, Language::Pt, "BR", Currency::BRL);
}

#[test]
fn polish_is_understood() {
    check(include_str!("../../tests/polish.txt"), 25, Language::Pl, "PL", Currency::PLN);
}

#[test]
fn latvian_is_understood() {
    check(include_str!("../../tests/latvian.txt"), 25, Language::Lv, "LV", Currency::EUR);
}

#[test]
fn arabic_is_understood() {
    check(include_str!("../../tests/arabic.txt"), 25, Language::Ar, "SA", Currency::SAR);
}

#[test]
fn a_message_in_another_language_is_answered_in_it() {
    fn check(text: &str, own: Language, expect: Language) {
        let got = with(own, "LV", Currency::EUR, None, |c| understand(text, c).language);
        assert_eq!(got, expect, "{text}");
    }
    check("how much did i spend last month", Language::Lv, Language::En);
    check("cik es iztērēju pagājušajā mēnesī", Language::En, Language::Lv);
    check("ile wydałem w zeszłym miesiącu", Language::En, Language::Pl);
    check("cuánto he gastado el mes pasado", Language::En, Language::Es);
    check("quanto gastei no mês passado", Language::En, Language::Pt);
    check("كم صرفت الشهر الماضي", Language::En, Language::Ar);
    check("saldo", Language::Pl, Language::Pl);
    check("saldo", Language::Es, Language::Es);
    check("ok", Language::Lv, Language::Lv);
    check("", Language::Ar, Language::Ar);
}

#[test]
fn what_leans_on_the_question_before_changes_it() {
    check(include_str!("../../tests/follow.txt"), 35, Language::En, "IE", Currency::EUR);
}

#[test]
fn a_huge_message_is_read_to_its_bound() {
    for unit in ["4 ", "balance and ", "last 5 ", "•1", "\u{200f}", "أ", "between 1 and "] {
        let text = unit.repeat(64 * 1024 / unit.len());
        with(Language::En, "IE", Currency::EUR, None, |c| understand(&text, c));
        crate::secret::scrub(&text);
    }
}

proptest! {
    #[test]
    fn any_text_has_an_answer(text in "\\PC{0,300}") {
        for language in Language::ALL {
            with(language, "US", Currency::USD, None, |c| understand(&text, c));
        }
    }

    #[test]
    fn anything_said_of_money_and_time_has_an_answer(text in "(between|from|last|since|to|and|of|1|15|31|may|2025|1,234|1\\.5\\.2025|29/2|€|5k|hundred|thousand|days|month|ago|[ ,.]){0,24}") {
        let last = Task::Transactions { filter: Filter::default(), order: Order::Newest };
        with(Language::En, "US", Currency::USD, Some(&last), |c| understand(&text, c));
    }
}

/// An assistant keeps these words to itself and only tells that they were said: ours must mean them.
#[test]
fn the_words_that_are_said_for_her_mean_what_she_meant() {
    for language in Language::ALL {
        for (msg, task) in [
            (Msg::ChannelHello, Task::Greeting),
            (Msg::ChoiceHelp, Task::Help),
            (Msg::ChannelYes, Task::Yes),
            (Msg::ChannelNo, Task::No),
        ] {
            let word = Catalogue::of(language).text(msg);
            let meant = with(language, "ES", Currency::EUR, None, |c| understand(&word, c).meant);
            assert_eq!(meant, Meant::Clear(vec![task]), "{language:?}: {word}");
        }
    }
}
