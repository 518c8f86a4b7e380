//! Projections over arbitrary raw data, at every level of consent and of asking: classes only grow
//! with the level, nothing of a withheld class is in what is left, sums are exact or refused, and
//! a permit opens neither another customer's data nor another cluster.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use proptest::prelude::*;
use serde::Serialize;

use super::project::{Enough, Grouping, Numbers, ProjectError, Spending, project};
use super::{Cluster, FieldClass, Level, Project};
use crate::account::{
    Account, AccountBalance, AccountKind, AccountNumber, Balance, Card, CardState,
};
use crate::consent::{Ask, AuthEvent, Consent, ConsentId, Notice, Permit, Presence, Terms};
use crate::customer::Language;
use crate::id::{AccountId, CardId, CustomerId, RANDOM_BYTES, SessionId, TransactionId};
use crate::money::{Currency, MAX_MINOR, Money, MoneyError};
use crate::party::{Ceiling, Party, PartyKind};
use crate::purpose::Purpose;
use crate::raw::{NotHers, Raw};
use crate::time::{Date, TimeZone, Timestamp};
use crate::transaction::{Category, Recurring, Rhythm, Status, Transaction};

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const HERS: u8 = 1;

/// Words that stand for a class; none is in anything else that is serialised.
const NUMBER: &str = "WHOLE-NUMBER-";
const TAIL: &str = "ΩЖ";
const NICKNAME: &str = "nick-name-";
const MERCHANT: &str = "mer-chant-";
const MEMO: &str = "me-mo-";
const PLACE: &str = "pla-ce-";
/// In the raw data, and of no class: it may never be left.
const NEVER: i64 = 77_777_777_777;

fn permit(customer: u8, cluster: Cluster, level: Level) -> Permit {
    let party = Party {
        kind: PartyKind::Channel,
        id: "web".to_owned(),
        name: "Web".to_owned(),
        ceiling: Ceiling::BankOwned,
    };
    let purpose = Purpose::AccountInformation;
    let accounts = BTreeSet::from([account_id(0)]);
    let clusters = BTreeMap::from([(cluster, level)]);
    let terms = Terms::new(party.clone(), purpose, clusters, accounts).unwrap();
    let (consent, _) = Consent::request(
        ConsentId::new(NOW, [3; RANDOM_BYTES]),
        CustomerId::new(NOW, [customer; RANDOM_BYTES]),
        "harbour".parse().unwrap(),
        terms.clone(),
        Notice { version: "1".to_owned(), language: Language::En },
        NOW,
        NOW.plus_days(1),
    );
    let by = AuthEvent::StandIn { session: SessionId::new(NOW, [9; RANDOM_BYTES]), at: NOW };
    let (consent, _) = consent.authorise(terms, by, NOW).unwrap();
    let presence = Presence::Present;
    let ask = Ask { party: &party, purpose, cluster, accounts: None, presence, before: None };
    consent.permit(&ask, NOW).unwrap()
}

fn account_id(n: u8) -> AccountId {
    AccountId::new(NOW, [n; RANDOM_BYTES])
}

fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR).unwrap()
}

/// Amounts that are no multiple of the step, also not when up to 99 of them are added.
fn amount() -> impl Strategy<Value = i64> {
    (1_i64..900_000_000, any::<bool>()).prop_map(|(n, out)| {
        let minor = n * 10_000 + 1;
        if out { -minor } else { minor }
    })
}

fn account() -> impl Strategy<Value = Account> {
    (0_u8..4, 0_u32..1_000_000).prop_map(|(kind, n)| {
        let iban = format!("{NUMBER}{n}{TAIL}").into();
        Account {
            id: account_id(0),
            bank: "harbour".parse().unwrap(),
            kind: [AccountKind::Checking, AccountKind::Savings, AccountKind::CreditCard]
                [usize::from(kind) % 3],
            nickname: format!("{NICKNAME}{n}").into(),
            number: AccountNumber::Iban { iban, bic: "HRBCUS20".to_owned() },
            currency: Currency::EUR,
        }
    })
}

fn balance() -> impl Strategy<Value = AccountBalance> {
    (account(), amount(), amount()).prop_map(|(account, booked, available)| {
        // Another residue, so that one is never the other.
        let available = euros(available.signum() * (available.abs() + 1));
        let limit = Some(euros(NEVER));
        let balance =
            Balance { account: account.id, booked: euros(booked), available, limit, as_of: NOW };
        AccountBalance { account, balance }
    })
}

fn transaction() -> impl Strategy<Value = Transaction> {
    (amount(), 0..Category::ALL.len(), 0_u32..1_000_000).prop_map(|(minor, category, n)| {
        Transaction {
            id: TransactionId::new(NOW, [4; RANDOM_BYTES]),
            account: account_id(0),
            card: Some(CardId::new(NOW, [0xcd; RANDOM_BYTES])),
            amount: euros(minor),
            original: Some(euros(NEVER)),
            status: Status::Booked,
            at: NOW,
            counterparty: format!("{MERCHANT}{n}").into(),
            category: Category::ALL[category],
            memo: Some(format!("{MEMO}{n}").into()),
            place: Some(format!("{PLACE}{n}").into()),
        }
    })
}

fn recurring() -> impl Strategy<Value = Recurring> {
    transaction().prop_map(|t| Recurring {
        account: t.account,
        counterparty: t.counterparty,
        category: t.category,
        amount: t.amount,
        rhythm: Rhythm::Monthly,
        next: Date::constant(2026, 12, 1),
    })
}

fn card() -> impl Strategy<Value = Card> {
    any::<bool>().prop_map(|active| Card {
        id: CardId::new(NOW, [0xcd; RANDOM_BYTES]),
        account: account_id(0),
        scheme: "Visa".to_owned(),
        tail: TAIL.to_owned(),
        expires: Date::constant(2031, 7, 31),
        state: if active { CardState::Active } else { CardState::Frozen },
    })
}

fn some<T: Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(of, 0..12)
}

/// The words and figures by which each class would be found.
type Canaries<'a> = &'a [(FieldClass, Vec<String>)];

fn figures(amounts: impl IntoIterator<Item = Money>) -> Vec<String> {
    amounts.into_iter().map(|m| format!("{}", m.magnitude().minor())).collect()
}

fn words(of: &[&str]) -> Vec<String> {
    of.iter().map(|w| (*w).to_owned()).collect()
}

/// Projects at every level under a consent of every level, and searches what is left.
#[expect(clippy::disallowed_methods, reason = "what the door calls is what is tested here")]
fn check<P>(make: impl Fn() -> P, canaries: Canaries<'_>)
where
    P: Project,
    P::Shown: Serialize,
{
    let whole: BTreeSet<_> = P::LADDER.iter().map(|(_, class)| *class).collect();
    for consented in Level::ALL {
        let mut before = BTreeSet::new();
        for asked in Level::ALL {
            let permit = permit(HERS, P::CLUSTER, consented);
            let found = project(Raw::answered(&permit, make()), &permit, asked).unwrap();
            assert!(
                found.classes.is_superset(&before),
                "{asked:?} shows less than the level below"
            );
            assert!(found.classes.is_disjoint(&found.withheld));
            assert_eq!(&(&found.classes | &found.withheld), &whole);
            let least = asked.min(consented);
            let rung = |c: &FieldClass| P::LADDER.iter().find(|(_, class)| class == c).unwrap().0;
            assert!(found.classes.iter().all(|c| rung(c) <= least), "more than {least:?}");
            assert_eq!(found.shown.is_some(), !found.classes.is_empty());
            assert_eq!(found.reached, found.classes.iter().map(rung).max());
            let left = serde_json::to_string(&found.shown).unwrap();
            assert!(!left.contains(&NEVER.to_string()), "{left}");
            for (_, canaries) in canaries.iter().filter(|(c, _)| found.withheld.contains(c)) {
                for canary in canaries {
                    assert!(!left.contains(canary.as_str()), "{canary} at {least:?} in {left}");
                }
            }
            before = found.classes;
        }
    }
    for cluster in Cluster::ALL.into_iter().filter(|c| *c != P::CLUSTER) {
        let other = permit(HERS, cluster, Level::Detail);
        let refused = project(Raw::answered(&other, make()), &other, Level::Detail).map(drop);
        assert_eq!(refused, Err(ProjectError::OtherCluster));
    }
    let (hers, his) =
        (permit(HERS, P::CLUSTER, Level::Detail), permit(2, P::CLUSTER, Level::Detail));
    let refused = project(Raw::answered(&hers, make()), &his, Level::Detail).map(drop);
    assert_eq!(refused, Err(ProjectError::NotHers(NotHers)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn balances(found in some(balance())) {
        let canaries = [
            (FieldClass::AccountName, words(&[NICKNAME])),
            (FieldClass::AccountTail, words(&[TAIL])),
            (FieldClass::AccountNumber, words(&[NUMBER])),
            (FieldClass::BalanceAmount, figures(found.iter().map(|b| b.balance.booked))),
            (FieldClass::BalanceAvailable, figures(found.iter().map(|b| b.balance.available))),
        ];
        check(|| found.clone(), &canaries);
    }

    #[test]
    fn transactions(found in some(transaction())) {
        let mut amounts = figures(found.iter().map(|t| t.amount));
        for out in [true, false] {
            let of = found.iter().map(|t| t.amount).filter(|m| m.is_negative() == out);
            let sum = Money::sum(Currency::EUR, of).unwrap();
            amounts.extend((!sum.is_zero()).then(|| sum.magnitude().minor().to_string()));
        }
        let canaries = [
            (FieldClass::TransactionAmount, amounts),
            (FieldClass::TransactionCategory, words(&["category"])),
            (FieldClass::TransactionMerchant, words(&[MERCHANT])),
            (FieldClass::TransactionMemo, words(&[MEMO, PLACE])),
        ];
        check(|| found.clone(), &canaries);
    }

    #[test]
    fn spending(found in some(transaction()), by in 0..3_usize) {
        let by = [Grouping::Category, Grouping::Month, Grouping::Total][by];
        let make = || Spending {
            transactions: found.clone(),
            by,
            zone: TimeZone::UTC,
            currency: Currency::EUR,
        };
        let mut amounts = figures(found.iter().map(|t| t.amount));
        amounts.extend(words(&[MERCHANT, MEMO, PLACE]));
        check(make, &[(FieldClass::TransactionAmount, amounts)]);
    }

    #[test]
    fn what_repeats(found in some(recurring())) {
        let canaries = [
            (FieldClass::RecurringAmount, figures(found.iter().map(|r| r.amount))),
            (FieldClass::RecurringCounterparty, words(&[MERCHANT])),
        ];
        check(|| found.clone(), &canaries);
    }

    #[test]
    fn accounts_and_their_numbers(found in some(account())) {
        let canaries = [
            (FieldClass::AccountName, words(&[NICKNAME])),
            (FieldClass::AccountTail, words(&[TAIL])),
            (FieldClass::AccountNumber, words(&[NUMBER, TAIL])),
        ];
        check(|| found.clone(), &canaries);
        check(|| Numbers(found.clone()), &canaries);
    }

    #[test]
    fn cards(found in some(card())) {
        check(|| found.clone(), &[(FieldClass::CardState, words(&[TAIL, "Visa", "2031"]))]);
    }

    /// Whatever is asked: yes or no, and no figure.
    #[test]
    fn enough_says_yes_or_no(found in some(balance()), wanted in proptest::option::of(amount())) {
        let make = || Enough { balances: found.clone(), wanted: wanted.map(euros) };
        check(make, &[]);
        let left = serde_json::to_string(&make().show(Level::Detail).unwrap()).unwrap();
        prop_assert!(matches!(
            left.as_str(),
            r#"{"enough":true}"# | r#"{"enough":false}"# | r#"{"enough":null}"#
        ), "{}", left);
    }

    /// A sum is exact or refused, also where it leaves the range on its way.
    #[test]
    fn sums_never_wrap(
        minors in prop::collection::vec(
            prop_oneof![-MAX_MINOR..=MAX_MINOR, Just(MAX_MINOR), Just(-MAX_MINOR), -9_i64..9],
            0..6,
        ),
        template in transaction(),
    ) {
        let make = |minor: &i64| Transaction { amount: euros(*minor), ..template.clone() };
        let found: Vec<_> = minors.iter().map(make).collect();
        let total = |out: bool| -> i128 {
            minors.iter().filter(|m| (**m < 0) == out).map(|m| i128::from(*m).abs()).sum()
        };
        let fits = [true, false].into_iter().all(|out| total(out) <= i128::from(MAX_MINOR));
        match found.show(Level::Detail) {
            Ok(shown) => {
                prop_assert!(fits);
                let sum = |a: &[super::shown::Amount]| -> i128 {
                    a.iter().map(|a| i128::from(a.money().minor())).sum()
                };
                prop_assert_eq!((sum(&shown.spent), sum(&shown.received)), (total(true), total(false)));
            }
            Err(error) => prop_assert!(!fits && error == MoneyError::TooLarge),
        }
    }
}
