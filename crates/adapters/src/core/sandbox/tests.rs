//! The bank as a whole: determinism, plausibility, reach, injections.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;
use bankside_domain::consent::{
    Ask, AuthEvent, Consent, ConsentId, Duration, Notice, Presence, Terms,
};
use bankside_domain::customer::{Language, Session};
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::id::{AccountId, RANDOM_BYTES, SessionId};
use bankside_domain::party::{Ceiling, Party, PartyKind};
use bankside_domain::time::DAY_MS;
use bankside_domain::transaction::{Category, Rhythm, Status};
use bankside_domain::{Currency, Money, OwnView, Purpose};
use proptest::prelude::*;

/// 2026-11-21T18:30:00Z, a Saturday.
const NOW: Timestamp = Timestamp::from_millis(1_795_285_800_000);
/// Enough to meet every region and way of being paid.
const CROWD: u32 = 24;
const EVER: Period =
    Period { from: Timestamp::from_millis(0), to: Timestamp::from_millis(i64::MAX) };

/// The sandbox never waits, so one poll is enough.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the sandbox waited"),
    }
}

fn sandbox(at: Timestamp) -> Sandbox {
    begun(Settings { crowd: CROWD, ..Settings::default() }, NOW, at)
}

/// Begun at one time, and then gone on to another.
fn begun(settings: Settings, first: Timestamp, at: Timestamp) -> Sandbox {
    let sandbox = Sandbox::open(settings, Forgetful, &[], first).unwrap();
    sandbox.advance(at).unwrap();
    sandbox
}

fn session() -> SessionId {
    SessionId::new(NOW, [9; RANDOM_BYTES])
}

fn own(customer: CustomerId) -> OwnView {
    let session = Session {
        id: session(),
        customer,
        bank: "harbour".parse().unwrap(),
        signed_in: NOW,
        verified: NOW,
        until: NOW.plus_days(1),
    };
    session.own_view(NOW).unwrap()
}

fn everybody(sandbox: &Sandbox) -> Vec<Customer> {
    let banks = now(sandbox.banks()).unwrap();
    banks.iter().flat_map(|bank| now(sandbox.customers(&bank.id, 1_000)).unwrap()).collect()
}

fn all(sandbox: &Sandbox, customer: CustomerId) -> Vec<Transaction> {
    let view = own(customer);
    now(sandbox.transactions(&view, EVER, usize::MAX)).unwrap().for_owner(&view).unwrap()
}

fn accounts(sandbox: &Sandbox, customer: CustomerId) -> Vec<AccountBalance> {
    let view = own(customer);
    now(sandbox.balances(&view)).unwrap().for_owner(&view).unwrap()
}

fn featured(sandbox: &Sandbox, nth: usize) -> CustomerId {
    sandbox.introductions().unwrap()[nth].customer
}

#[test]
fn the_same_seed_gives_the_same_bank_and_another_seed_another() {
    let settings = Settings { crowd: 4, ..Settings::default() };
    let (one, two) = (begun(settings, NOW, NOW), begun(settings, NOW, NOW));
    let other = begun(Settings { seed: 1, ..settings }, NOW, NOW);
    for (a, b) in everybody(&one).iter().zip(everybody(&two)) {
        assert_eq!(*a, b);
        assert_eq!(all(&one, a.id), all(&two, a.id));
        assert_eq!(accounts(&one, a.id), accounts(&two, a.id));
    }
    let stranger = featured(&other, 0);
    assert_ne!(stranger, featured(&one, 0));
    let view = own(stranger);
    assert_eq!(now(one.accounts(&view)).unwrap_err(), CoreError::UnknownCustomer);
}

#[test]
fn time_going_on_only_adds_however_many_steps_it_takes() {
    let settings = Settings::default();
    let (early, late) = (begun(settings, NOW, NOW), begun(settings, NOW, NOW.plus_days(40)));
    let stepped = begun(settings, NOW, NOW);
    for step in 1..=40 * 5 {
        stepped.advance(NOW.plus_millis(step * DAY_MS / 5)).unwrap();
    }
    for nth in 0..9 {
        let customer = featured(&early, nth);
        let (before, after) = (all(&early, customer), all(&late, customer));
        assert!(after.len() > before.len() + 40, "{} then {}", before.len(), after.len());
        let earlier: Vec<_> = after.iter().skip(after.len() - before.len()).collect();
        for (then, now) in before.iter().zip(earlier) {
            // Only pending turns into booked.
            let settled = Transaction { status: now.status, ..then.clone() };
            assert_eq!(settled, *now);
            assert!(then.status == now.status || now.status == Status::Booked);
        }
        assert_eq!(all(&stepped, customer), after);
        assert_eq!(accounts(&stepped, customer), accounts(&late, customer));
    }
}

#[test]
fn every_life_is_plausible() {
    let sandbox = sandbox(NOW);
    for customer in everybody(&sandbox) {
        let who = customer.full_name.reveal().clone();
        let all = all(&sandbox, customer.id);
        let accounts = accounts(&sandbox, customer.id);
        let main = accounts[0].account.clone();
        assert!((2..=4).contains(&accounts.len()), "{who}");
        let ids: BTreeSet<_> = all.iter().map(|t| t.id).collect();
        assert_eq!(ids.len(), all.len(), "{who}: ids are unique");
        assert!(all.windows(2).all(|pair| pair[0].at >= pair[1].at), "{who}: newest first");
        assert!((1_200..7_000).contains(&all.len()), "{who}: {} transactions", all.len());

        let zone = jiff::tz::TimeZone::get(&customer.time_zone).unwrap();
        let month = |t: &Transaction| t.at.date_in(&zone).first_of_month();
        let mut months: BTreeMap<_, BTreeMap<Category, i64>> = BTreeMap::new();
        for t in all.iter().filter(|t| t.amount.currency() == main.currency) {
            *months.entry(month(t)).or_default().entry(t.category).or_default() += t.amount.minor();
        }
        // The first and the last month are not whole.
        let whole: Vec<_> = months.values().skip(1).take(35).collect();
        assert_eq!(whole.len(), 35, "{who}");
        let sum = |c: Category| whole.iter().filter_map(|m| m.get(&c)).sum::<i64>();
        let income = sum(Category::Salary) + sum(Category::Income);
        let spent: i64 = Category::ALL
            .iter()
            .filter(|c| !matches!(c, Category::Salary | Category::Income | Category::Transfer))
            .map(|c| -sum(*c))
            .sum();
        assert!(spent < income && spent * 2 > income, "{who}: {spent} of {income}");
        let wages: Vec<_> = all.iter().filter(|t| t.category == Category::Salary).collect();
        let gaps = wages.windows(2).map(|pair| pair[0].at.millis_since(pair[1].at) / DAY_MS);
        assert!(wages.len() >= 35 && gaps.into_iter().all(|days| days <= 35), "{who}: paid");
        assert!(whole.iter().all(|m| m.get(&Category::Housing) < Some(&0)), "{who}: housed");
        let rent = -sum(Category::Housing);
        assert!(rent * 100 / income >= 18 && rent * 100 / income <= 40, "{who}: rent {rent}");
        for (category, least, most) in [
            (Category::Groceries, 5, 25),
            (Category::EatingOut, 2, 25),
            (Category::Utilities, 2, 12),
        ] {
            let share = -sum(category) * 100 / income;
            assert!((least..=most).contains(&share), "{who}: {category:?} is {share}%");
        }
        for AccountBalance { account, balance } in &accounts {
            let limit = balance.limit.map_or(0, Money::minor);
            let booked = balance.booked.minor();
            assert!(balance.available.minor() >= 0 && booked >= -limit, "{who} {:?}", account.kind);
            // Less than two years of income lies on any account.
            assert!(booked < income * 24 / 35, "{who}: {booked} on {:?}", account.kind);
        }
    }
    assert!(sandbox.check_books().unwrap() >= 9);
}

#[test]
fn december_and_saturdays_are_busier() {
    let sandbox = sandbox(NOW);
    let (mut december, mut may, mut saturday, mut tuesday) = (0, 0, 0, 0);
    for customer in everybody(&sandbox) {
        let zone = jiff::tz::TimeZone::get(&customer.time_zone).unwrap();
        for t in all(&sandbox, customer.id) {
            let date = t.at.date_in(&zone);
            let shopping = i32::from(t.category == Category::Shopping);
            december += shopping * i32::from(date.month() == 12);
            may += shopping * i32::from(date.month() == 5);
            let groceries = i32::from(t.category == Category::Groceries);
            saturday += groceries * i32::from(calendar::weekday(date) == 5);
            tuesday += groceries * i32::from(calendar::weekday(date) == 1);
        }
    }
    assert!(december * 10 > may * 14, "{december} against {may}");
    assert!(saturday > tuesday * 2, "{saturday} against {tuesday}");
}

#[test]
fn pending_is_young_and_held() {
    let sandbox = sandbox(NOW);
    let mut seen = 0;
    for customer in everybody(&sandbox) {
        let all = all(&sandbox, customer.id);
        let pending: Vec<_> = all.iter().filter(|t| t.status == Status::Pending).collect();
        seen += pending.len();
        assert!(pending.iter().all(|t| NOW.millis_since(t.at) < 2 * DAY_MS && t.card.is_some()));
        for AccountBalance { account, balance } in accounts(&sandbox, customer.id) {
            let of = |status| {
                let hers = all.iter().filter(move |t| t.account == account.id);
                hers.filter(move |t| t.status == status).map(|t| t.amount.minor()).sum::<i64>()
            };
            let limit = balance.limit.map_or(0, Money::minor);
            assert_eq!(balance.booked.minor(), of(Status::Booked));
            let free = of(Status::Booked) + of(Status::Pending) + limit;
            assert_eq!(balance.available.minor(), free);
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn what_repeats_is_found_and_comes_after_now() {
    let sandbox = sandbox(NOW);
    for customer in everybody(&sandbox).iter().take(30) {
        let view = own(customer.id);
        let found = now(sandbox.recurring(&view)).unwrap().for_owner(&view).unwrap();
        let zone = jiff::tz::TimeZone::get(&customer.time_zone).unwrap();
        let today = NOW.date_in(&zone);
        let who = customer.full_name.reveal();
        assert!(found.iter().all(|r| r.next > today), "{who}");
        assert!(found.windows(2).all(|pair| pair[0].next <= pair[1].next), "{who}");
        let of = |c| found.iter().filter(move |r| r.category == c).collect::<Vec<_>>();
        let [rent] = of(Category::Housing)[..] else { panic!("{who}: one rent") };
        assert!(rent.rhythm == Rhythm::Monthly && rent.amount.is_negative(), "{who}");
        assert!(calendar::is_business(rent.next), "{who}");
        assert!(of(Category::Subscriptions).len() >= 2, "{who}");
        assert!(of(Category::Utilities).len() >= 3, "{who}");
        assert!(of(Category::Transfer).iter().any(|r| r.amount.is_negative()), "{who}: saves");
        assert!(found.iter().all(|r| r.rhythm != Rhythm::Yearly), "{who}: nothing is yearly here");
        // Chance makes no standing charge: the gym is the only one of this kind.
        let by_chance =
            [Category::Leisure, Category::Health, Category::Transport, Category::Education];
        let by_chance = found.iter().filter(|r| by_chance.contains(&r.category)).count();
        assert!(by_chance <= 1, "{who}: {by_chance}");
        let salaries = of(Category::Salary);
        // Clients pay when they pay; some of them regularly.
        assert!(salaries.len() == 1 || is_freelance(&sandbox, customer.id), "{who}");
    }
}

#[test]
fn an_injected_salary_does_not_hide_the_next_one() {
    let sandbox = sandbox(NOW);
    let maya = featured(&sandbox, 0);
    let view = own(maya);
    let next = || {
        let found = now(sandbox.recurring(&view)).unwrap().for_owner(&view).unwrap();
        found.into_iter().find(|r| r.category == Category::Salary)
    };
    let before = next().unwrap();
    let (account, employer) = (before.account, before.counterparty.clone());
    let amount = Money::new(100_000, Currency::USD).unwrap();
    sandbox.inject("bonus", &Injection::Salary { account, employer, amount }).unwrap();
    assert_eq!(next(), Some(before));
}

#[test]
fn what_repeats_is_told_for_the_accounts_within_reach_alone() {
    let sandbox = sandbox(NOW);
    let maya = featured(&sandbox, 0);
    let view = own(maya);
    let mut told = 0;
    for AccountBalance { account, .. } in accounts(&sandbox, maya) {
        let permit = permit(maya, &[account.id], 1_500, Cluster::Recurring);
        let found = now(sandbox.recurring(&permit)).unwrap().for_owner(&view).unwrap();
        assert!(found.iter().all(|r| r.account == account.id));
        told += found.len();
    }
    let whole = now(sandbox.recurring(&view)).unwrap().for_owner(&view).unwrap();
    assert!(told == whole.len() && told > 10, "{told} of {}", whole.len());
}

#[test]
fn who_has_nothing_left_is_declined_and_gets_nothing_back_for_it() {
    let sandbox = begun(Settings { years: 0, ..Settings::default() }, NOW, NOW);
    for day in 0..60 {
        let at = NOW.plus_days(day);
        sandbox.advance(at).unwrap();
        for introduced in sandbox.introductions().unwrap() {
            let view = own(introduced.customer);
            let cards = now(sandbox.cards(&view)).unwrap().for_owner(&view).unwrap();
            let accounts = accounts(&sandbox, introduced.customer);
            for card in cards {
                let all = accounts.iter().find(|a| a.account.id == card.account).unwrap();
                let Injection::Purchase { merchant, category, place, .. } = purchase(card.id, 1)
                else {
                    panic!("a purchase");
                };
                let amount = all.balance.available;
                let spent =
                    Injection::Purchase { card: card.id, merchant, amount, category, place };
                match sandbox.inject(&format!("{day} {}", card.id), &spent) {
                    Ok(_) | Err(InjectError::NotPositive) => {}
                    Err(other) => panic!("{other}"),
                }
            }
        }
    }
    sandbox.check_books().unwrap();
    for introduced in sandbox.introductions().unwrap() {
        let all = all(&sandbox, introduced.customer);
        for back in all.iter().filter(|t| t.category == Category::Refund) {
            let paid = |t: &Transaction| {
                t.counterparty == back.counterparty && t.amount == back.amount.negated()
            };
            assert!(all.iter().any(paid), "{}", back.at);
        }
    }
}

#[test]
fn time_never_goes_back() {
    let sandbox = sandbox(NOW);
    let maya = featured(&sandbox, 0);
    let before = (all(&sandbox, maya), accounts(&sandbox, maya));
    sandbox.advance(NOW.plus_days(-3)).unwrap();
    assert_eq!((all(&sandbox, maya), accounts(&sandbox, maya)), before);
}

fn is_freelance(sandbox: &Sandbox, customer: CustomerId) -> bool {
    let world = sandbox.world.lock().unwrap();
    let person = world.ids.customer_of(customer).and_then(|index| world.roster.person(index));
    person.unwrap().pay == people::Pay::Freelance
}

#[test]
fn the_next_rent_and_salary_do_come_on_the_day_that_was_said() {
    let sandbox = sandbox(NOW);
    let later = begun(Settings { crowd: CROWD, ..Settings::default() }, NOW, NOW.plus_days(45));
    let (mut hits, mut said) = (0, 0);
    for customer in everybody(&sandbox).iter().take(30) {
        let view = own(customer.id);
        let zone = jiff::tz::TimeZone::get(&customer.time_zone).unwrap();
        let after = all(&later, customer.id);
        let found = now(sandbox.recurring(&view)).unwrap().for_owner(&view).unwrap();
        for r in found.iter().filter(|r| {
            matches!(r.category, Category::Housing | Category::Salary | Category::Subscriptions)
        }) {
            said += 1;
            hits += usize::from(
                after
                    .iter()
                    .any(|t| t.counterparty == r.counterparty && t.at.date_in(&zone) == r.next),
            );
        }
    }
    assert!(hits * 100 >= said * 97, "{hits} of {said}");
}

#[test]
fn prices_of_subscriptions_rise_and_shops_return_money() {
    let sandbox = sandbox(NOW);
    let all = all(&sandbox, featured(&sandbox, 0));
    let of = |name: &str| -> BTreeSet<i64> {
        let paid = all.iter().filter(|t| t.counterparty.reveal() == name);
        paid.map(|t| t.amount.minor()).collect()
    };
    assert!((2..=4).contains(&of("Lumen TV").len()), "{:?}", of("Lumen TV"));
    let refunds: Vec<_> = all.iter().filter(|t| t.category == Category::Refund).collect();
    assert!(!refunds.is_empty());
    for refund in refunds {
        let bought =
            all.iter().filter(|t| t.counterparty == refund.counterparty && t.at < refund.at);
        assert!(bought.map(|t| t.amount.negated()).any(|paid| paid == refund.amount));
    }
}

/// A permit for some accounts and days.
fn permit(
    customer: CustomerId,
    accounts: &[AccountId],
    days: u16,
    cluster: Cluster,
) -> bankside_domain::Permit {
    let party = Party {
        kind: PartyKind::Channel,
        id: "web".to_owned(),
        name: "Web".to_owned(),
        ceiling: Ceiling::BankOwned,
    };
    let clusters = Cluster::ALL.into_iter().map(|c| (c, Level::Detail)).collect();
    let accounts = accounts.iter().copied().collect();
    let terms = Terms::new(party.clone(), Purpose::AccountInformation, clusters, accounts).unwrap();
    let terms = terms.lasting(Duration::Days(30)).unwrap().looking_back(days).unwrap();
    let notice = Notice { version: "1".to_owned(), language: Language::En };
    let id = ConsentId::new(NOW, [1; RANDOM_BYTES]);
    let (consent, _) = Consent::request(
        id,
        customer,
        "alder".parse().unwrap(),
        terms.clone(),
        notice,
        NOW,
        NOW.plus_days(1),
    );
    let proof = AuthEvent::StandIn { session: session(), at: NOW };
    let (consent, _) = consent.authorise(terms, proof, NOW).unwrap();
    let purpose = Purpose::AccountInformation;
    let presence = Presence::Present;
    let ask = Ask { party: &party, purpose, cluster, accounts: None, presence, before: None };
    consent.permit(&ask, NOW).unwrap()
}

#[test]
fn nothing_outside_reach_is_answered() {
    let sandbox = sandbox(NOW);
    for nth in 0..9 {
        let customer = featured(&sandbox, nth);
        let whole = accounts(&sandbox, customer);
        for AccountBalance { account, .. } in &whole {
            let permit = permit(customer, &[account.id], 30, Cluster::Transactions);
            let view = own(customer);
            let open = |raw: Raw<Vec<Transaction>>| raw.for_owner(&view).unwrap();
            let seen = open(now(sandbox.transactions(&permit, EVER, usize::MAX)).unwrap());
            let since = NOW.plus_days(-30);
            let expect: Vec<_> = all(&sandbox, customer)
                .into_iter()
                .filter(|t| t.account == account.id && t.at >= since)
                .collect();
            assert_eq!(seen, expect);
            let period = Period { from: NOW.plus_days(-9), to: NOW.plus_days(-2) };
            let week = open(now(sandbox.transactions(&permit, period, 5)).unwrap());
            let expect: Vec<_> = expect
                .into_iter()
                .filter(|t| period.from <= t.at && t.at < period.to)
                .take(5)
                .collect();
            assert_eq!(week, expect);
            let balances = now(sandbox.balances(&permit)).unwrap().for_owner(&view).unwrap();
            assert!(balances.iter().all(|b| b.account.id == account.id) && balances.len() == 1);
            let shown = now(sandbox.accounts(&permit)).unwrap().for_owner(&view).unwrap();
            assert!(shown.iter().all(|a| a.id == account.id) && shown.len() == 1);
            let cards = now(sandbox.cards(&permit)).unwrap().for_owner(&view).unwrap();
            assert!(cards.iter().all(|card| card.account == account.id));
            let recurring = now(sandbox.recurring(&permit)).unwrap().for_owner(&view).unwrap();
            assert!(recurring.iter().all(|r| r.account == account.id));
            // A month of history shows nothing that needs three months to be seen.
            assert!(
                recurring
                    .iter()
                    .all(|r| r.rhythm == Rhythm::Weekly || r.rhythm == Rhythm::Fortnightly)
            );
        }
        let foreign = permit(
            customer,
            &[accounts(&sandbox, featured(&sandbox, (nth + 1) % 9))[0].account.id],
            30,
            Cluster::Balances,
        );
        assert!(
            now(sandbox.balances(&foreign)).unwrap().for_owner(&own(customer)).unwrap().is_empty()
        );
        assert!(
            now(sandbox.transactions(&foreign, EVER, 9))
                .unwrap()
                .for_owner(&own(customer))
                .unwrap()
                .is_empty()
        );
    }
}

fn purchase(card: CardId, minor: i64) -> Injection {
    Injection::Purchase {
        card,
        merchant: "Corner Kiosk".into(),
        amount: Money::new(minor, Currency::USD).unwrap(),
        category: Category::Groceries,
        place: Some("Portland ME".into()),
    }
}

fn card(sandbox: &Sandbox, customer: CustomerId) -> CardId {
    let view = own(customer);
    now(sandbox.cards(&view)).unwrap().for_owner(&view).unwrap()[0].id
}

#[test]
fn an_injection_holds_books_is_announced_and_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.jsonl");
    let open = |at| {
        let (journal, lines) = FileJournal::open(&path).unwrap();
        Sandbox::open(Settings::default(), journal, &lines, at).unwrap()
    };
    let sandbox = open(NOW);
    let maya = featured(&sandbox, 0);
    let card = card(&sandbox, maya);
    let before = accounts(&sandbox, maya)[0].balance.clone();
    let (start, _) = now(sandbox.events(0, usize::MAX)).unwrap();
    let id = sandbox.inject("k1", &purchase(card, 4_321)).unwrap();
    assert_eq!(sandbox.inject("k1", &purchase(card, 4_321)), Ok(id), "once for each key");
    assert_eq!(sandbox.inject("k1", &purchase(card, 4_322)), Err(InjectError::Key));

    let newest = all(&sandbox, maya).remove(0);
    assert_eq!((newest.id, newest.status, newest.card), (id, Status::Pending, Some(card)));
    let after = accounts(&sandbox, maya)[0].balance.clone();
    assert_eq!(after.booked, before.booked);
    assert_eq!(after.available.minor(), before.available.minor() - 4_321);
    let (cursor, news) = now(sandbox.events(start, 10)).unwrap();
    assert!(matches!(&news[..], [CoreEvent::Transaction { customer, .. }] if *customer == maya));
    let (_, holder) = (cursor, now(sandbox.holder(card)).unwrap());
    assert_eq!(holder.customer, maya);

    let again = open(NOW.plus_millis(5));
    assert_eq!(all(&again, maya), all(&sandbox, maya));
    assert_eq!(again.inject("k1", &purchase(card, 4_321)), Ok(id));
    assert_eq!(now(again.events(start, 10)).unwrap().1, news, "announced again, same cursor");
    assert_eq!(now(again.events(cursor, 10)).unwrap().1, []);

    for sandbox in [&sandbox, &again] {
        sandbox.advance(NOW.plus_days(3)).unwrap();
        let booked = all(sandbox, maya).into_iter().find(|t| t.id == id).unwrap();
        assert_eq!(booked.status, Status::Booked);
        sandbox.check_books().unwrap();
    }
    assert_eq!(all(&again, maya), all(&sandbox, maya));
    let much_later = open(NOW.plus_days(3));
    assert_eq!(all(&much_later, maya), all(&sandbox, maya));
    assert_eq!(now(much_later.events(0, 9_999)).unwrap(), now(sandbox.events(0, 9_999)).unwrap());
}

#[test]
fn an_injection_that_cannot_be_is_refused_and_changes_nothing() {
    let sandbox = sandbox(NOW);
    let maya = featured(&sandbox, 0);
    let hers = card(&sandbox, maya);
    let stranger = card(
        &begun(Settings { seed: 3, ..Settings::default() }, NOW, NOW),
        featured(&begun(Settings { seed: 3, ..Settings::default() }, NOW, NOW), 0),
    );
    let before = all(&sandbox, maya);
    let check = |key: &str, injection: &Injection, expect: InjectError| {
        assert_eq!(sandbox.inject(key, injection), Err(expect));
    };
    check("a", &purchase(hers, 0), InjectError::NotPositive);
    check("a", &purchase(hers, -5), InjectError::NotPositive);
    check("a", &purchase(hers, 900_000_000), InjectError::Declined);
    check("a", &purchase(stranger, 100), InjectError::UnknownCard);
    check("", &purchase(hers, 100), InjectError::Key);
    check(&"k".repeat(65), &purchase(hers, 100), InjectError::Key);
    let euro = Injection::Refund {
        card: hers,
        merchant: "Corner Kiosk".into(),
        amount: Money::new(5, Currency::EUR).unwrap(),
    };
    check("a", &euro, InjectError::OtherCurrency(Currency::USD));
    let unnamed = Injection::Refund {
        card: hers,
        merchant: " ".into(),
        amount: Money::new(5, Currency::USD).unwrap(),
    };
    check("a", &unnamed, InjectError::Text);
    assert_eq!(all(&sandbox, maya), before);
}

struct Broken;

impl Journal for Broken {
    fn append(&mut self, line: &str) -> std::io::Result<()> {
        if line.contains("opened") { Ok(()) } else { Err(std::io::Error::other("disk full")) }
    }
}

#[test]
fn what_the_journal_cannot_keep_does_not_happen() {
    let sandbox = Sandbox::open(Settings::default(), Broken, &[], NOW).unwrap();
    let maya = featured(&sandbox, 0);
    let before = all(&sandbox, maya);
    let refused = sandbox.inject("a", &purchase(card(&sandbox, maya), 100)).unwrap_err();
    assert!(matches!(refused, InjectError::NotKept(_)), "{refused}");
    assert_eq!(all(&sandbox, maya), before);
}

#[test]
fn events_come_in_order_in_pages_and_none_twice() {
    let sandbox = begun(Settings { crowd: 0, ..Settings::default() }, NOW, NOW.plus_days(2));
    let (end, whole) = now(sandbox.events(0, usize::MAX)).unwrap();
    assert!(whole.len() > 40, "{}", whole.len());
    let (mut cursor, mut paged) = (0, Vec::new());
    loop {
        let (next, page) = now(sandbox.events(cursor, 7)).unwrap();
        if page.is_empty() {
            break;
        }
        assert!(next > cursor);
        cursor = next;
        paged.extend(page);
    }
    assert_eq!((cursor, paged), (end, whole));
}

#[test]
fn those_who_slept_wake_unchanged() {
    let settings = Settings { crowd: 6, awake: 2, ..Settings::default() };
    let sandbox = begun(settings, NOW, NOW);
    let crowd: Vec<_> = everybody(&sandbox).into_iter().map(|c| c.id).collect();
    let first: Vec<_> = crowd.iter().map(|id| all(&sandbox, *id).len()).collect();
    assert!(sandbox.check_books().unwrap() <= 9 + 2);
    let second: Vec<_> = crowd.iter().map(|id| all(&sandbox, *id).len()).collect();
    assert_eq!(first, second);
}

#[test]
fn a_journal_of_another_seed_or_with_a_bad_line_stops_the_start() {
    let lines = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    let opened =
        r#"{"line":"opened","version":1,"seed":2018,"since":"2023-11-01","at":1795285800000}"#;
    let check = |seed, texts: &[&str], expect: Option<OpenError>| {
        let settings = Settings { seed, ..Settings::default() };
        assert_eq!(Sandbox::open(settings, Forgetful, &lines(texts), NOW).err(), expect);
    };
    check(2018, &[opened], None);
    check(1, &[opened], Some(OpenError::OtherSeed(2018)));
    check(2018, &["{}"], Some(OpenError::Journal { line: 1 }));
    check(2018, &[opened, "{\"line\""], Some(OpenError::Journal { line: 2 }));
    check(2018, &[opened, opened], Some(OpenError::Journal { line: 2 }));
}

#[test]
fn the_world_is_varied_and_numbers_differ() {
    let sandbox = sandbox(NOW);
    let people = everybody(&sandbox);
    let languages: BTreeSet<_> = people.iter().map(|c| c.language).collect();
    assert_eq!(languages.len(), Language::ALL.len());
    let mut numbers = BTreeSet::new();
    let mut count = 0;
    for customer in &people {
        for AccountBalance { account, .. } in accounts(&sandbox, customer.id) {
            let text = serde_json::to_string(&account.number).unwrap();
            if !text.contains("\"none\"") {
                count += 1;
                numbers.insert(text);
            }
        }
    }
    assert_eq!(numbers.len(), count);
    assert_eq!(sandbox.introductions().unwrap().len(), 9);
}

#[test]
fn a_journal_cut_at_any_byte_keeps_every_line_that_was_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.jsonl");
    let settings = Settings { years: 0, ..Settings::default() };
    let open = |at| {
        let (journal, lines) = FileJournal::open(&path).unwrap();
        Sandbox::open(settings, journal, &lines, at).unwrap()
    };
    let sandbox = open(NOW);
    let maya = featured(&sandbox, 0);
    let hers = card(&sandbox, maya);
    let ids: Vec<_> = (1..=3)
        .map(|n| sandbox.inject(&format!("k{n}"), &purchase(hers, n * 100)).unwrap())
        .collect();
    let bytes = std::fs::read(&path).unwrap();
    for cut in (0..=bytes.len()).rev().step_by(7) {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        let whole = bytes[..cut].iter().filter(|b| **b == b'\n').count();
        let kept: BTreeSet<_> = all(&open(NOW.plus_millis(9)), maya).iter().map(|t| t.id).collect();
        let found = ids.iter().filter(|id| kept.contains(id)).count();
        assert_eq!(found, whole.saturating_sub(1), "cut at {cut}");
    }
}

#[derive(Clone, Debug)]
enum Step {
    Hours(i64),
    Purchase(i64),
    Salary(i64),
    Refund(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (1..200_i64).prop_map(Step::Hours),
        (-10..900_000_i64).prop_map(Step::Purchase),
        (-10..900_000_i64).prop_map(Step::Salary),
        (-10..90_000_i64).prop_map(Step::Refund),
    ];
    prop::collection::vec(step, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_life_keeps_the_books_and_is_the_same_after_a_restart(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandbox.jsonl");
        let settings = Settings { years: 0, ..Settings::default() };
        let open = |at| {
            let (journal, lines) = FileJournal::open(&path).unwrap();
            Sandbox::open(settings, journal, &lines, at).unwrap()
        };
        let sandbox = open(NOW);
        let maya = featured(&sandbox, 0);
        let hers = card(&sandbox, maya);
        let account = accounts(&sandbox, maya)[0].account.id;
        let (mut at, mut done) = (NOW, BTreeSet::new());
        for (n, step) in steps.iter().enumerate() {
            let dollars = |minor| Money::new(minor, Currency::USD).unwrap();
            let injection = match *step {
                Step::Hours(hours) => {
                    at = at.plus_millis(hours * DAY_MS / 24);
                    sandbox.advance(at).unwrap();
                    None
                }
                Step::Purchase(minor) => Some(purchase(hers, minor)),
                Step::Salary(minor) => {
                    let (employer, amount) = ("Night Shift".into(), dollars(minor));
                    Some(Injection::Salary { account, employer, amount })
                }
                Step::Refund(minor) => {
                    let (merchant, amount) = ("Corner Kiosk".into(), dollars(minor));
                    Some(Injection::Refund { card: hers, merchant, amount })
                }
            };
            if let Some(injection) = injection {
                match sandbox.inject(&n.to_string(), &injection) {
                    Ok(id) => prop_assert!(done.insert(id)),
                    Err(InjectError::NotPositive | InjectError::Declined) => {}
                    Err(other) => panic!("{other}"),
                }
            }
            prop_assert_eq!(sandbox.check_books(), Ok(9));
        }
        let known: BTreeSet<_> = all(&sandbox, maya).iter().map(|t| t.id).collect();
        prop_assert!(done.is_subset(&known));
        let end = at.plus_days(2);
        sandbox.advance(end).unwrap();
        let again = open(end);
        prop_assert_eq!(all(&again, maya), all(&sandbox, maya));
        prop_assert_eq!(accounts(&again, maya), accounts(&sandbox, maya));
        let announced = |sandbox: &Sandbox| now(sandbox.events(0, usize::MAX)).unwrap();
        prop_assert_eq!(announced(&again), announced(&sandbox));
    }
}
