//! A wish finds whom it concerns, or says what could have been asked.

use bankside_domain::Currency;
use bankside_domain::customer::CustomerId;
use bankside_domain::id::{AccountId, CardId};

use super::*;

const AT: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn people() -> Vec<Invented> {
    let account = |n: u8, name: &str, currency, card: bool| InventedAccount {
        id: AccountId::new(AT, [n; 10]),
        name: name.to_owned(),
        currency,
        card: card.then(|| CardId::new(AT, [n; 10])),
    };
    vec![Invented {
        customer: CustomerId::new(AT, [1; 10]),
        bank: "harbour".parse().unwrap(),
        name: "Maya".to_owned(),
        accounts: vec![
            account(1, "Trip fund", Currency::USD, false),
            account(2, "Everyday", Currency::USD, true),
            account(3, "Reisen", Currency::JPY, true),
        ],
    }]
}

fn wish() -> Wish {
    Wish {
        kind: WishKind::Purchase,
        customer: "maya".to_owned(),
        account: None,
        amount: "12.50".to_owned(),
        who: "Corner shop".to_owned(),
        category: None,
    }
}

#[test]
fn a_wish_finds_whom_it_concerns() {
    let card = |n| CardId::new(AT, [n; 10]);
    let found = wish().resolve(&people()).unwrap();
    let Happening::Purchase { card: paid, amount, category, .. } = found else { panic!() };
    assert_eq!((paid, amount.minor(), category), (card(2), 1250, Category::Shopping));
    let salary = Wish { kind: WishKind::Salary, ..wish() }.resolve(&people()).unwrap();
    assert!(matches!(salary, Happening::Salary { account, .. } if account.as_bytes()[15] == 1));
    let yen = Wish { account: Some("reisen".to_owned()), amount: "900".to_owned(), ..wish() };
    let Ok(Happening::Purchase { card: paid, amount, .. }) = yen.resolve(&people()) else {
        panic!()
    };
    assert_eq!((paid, amount.minor(), amount.currency()), (card(3), 900, Currency::JPY));
}

#[test]
fn what_cannot_be_taken_is_refused_with_what_can() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut Wish), words: &str) {
        let mut wish = wish();
        change(&mut wish);
        let said = wish.resolve(&people()).unwrap_err().to_string();
        assert!(said.contains(words), "{said}");
    }
    check(|w| w.customer = "Mallory".to_owned(), "there are: Maya");
    check(|w| w.account = Some("Trip fund".to_owned()), "she has: Trip fund, Everyday, Reisen");
    for amount in ["12,50", "1e3", "0x10", "12.505", "", "NaN", "12.", "1 000"] {
        check(|w| w.amount = amount.to_owned(), "cannot be taken");
    }
    for amount in ["0", "0.00", "-5"] {
        check(|w| w.amount = amount.to_owned(), "more than nothing");
    }
    check(|w| w.category = Some("yachts".to_owned()), "groceries");
    check(|w| w.who = " ".to_owned(), "1 to 80 characters");
    check(|w| w.who = "x".repeat(81), "1 to 80 characters");
    check(
        |w| {
            w.account = Some("reisen".to_owned());
            w.amount = "9.5".to_owned();
        },
        "0 digits after the point",
    );
}
