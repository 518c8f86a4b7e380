//! Any sequence of steps keeps the books; each refusal has its reason.

use super::*;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(0);

/// Two customers' accounts in euro, one in dollars, with the bank's own.
struct Books {
    ledger: Ledger,
    free: Vec<Number>,
    held: Vec<Number>,
    own: Vec<Number>,
    holds: Vec<HoldNumber>,
}

impl Books {
    fn new() -> Self {
        let mut ledger = Ledger::default();
        let (mut free, mut held, mut own) = (Vec::new(), Vec::new(), Vec::new());
        for (currency, floor) in [(Currency::EUR, 0), (Currency::EUR, -500), (Currency::USD, 0)] {
            free.push(ledger.open(Role::Free, currency, Some(floor)).unwrap());
            held.push(ledger.open(Role::Held, currency, Some(0)).unwrap());
            own.push(ledger.open(Role::Settlement, currency, None).unwrap());
        }
        Self { ledger, free, held, own, holds: Vec::new() }
    }

    /// Every balance: what a refusal may not change.
    fn state(&self) -> (Vec<i64>, usize, usize) {
        let balances = self.ledger.accounts.iter().map(|a| a.balance).collect();
        (balances, self.ledger.len(), self.ledger.holds.iter().flatten().count())
    }

    fn step(&mut self, step: &Step) -> Result<(), LedgerError> {
        match *step {
            Step::In(a, minor) => self.ledger.transfer(NOW, self.own[a], self.free[a], minor),
            Step::Out(a, minor) => self.ledger.transfer(NOW, self.free[a], self.own[a], minor),
            Step::Over(a, b, minor) => self.ledger.transfer(NOW, self.free[a], self.free[b], minor),
            Step::Hold(a, minor) => {
                let hold = self.ledger.authorise(NOW, self.free[a], self.held[a], minor)?;
                self.holds.push(hold);
                Ok(())
            }
            Step::Capture(n, to, minor) => {
                let Some(hold) = self.holds.get(n).copied() else { return Ok(()) };
                self.ledger.capture(NOW, hold, self.own[to], minor)
            }
            Step::Release(n) => {
                let Some(hold) = self.holds.get(n).copied() else { return Ok(()) };
                self.ledger.release(NOW, hold)
            }
            Step::Post(ref legs) => {
                let all: Vec<Number> = self.free.iter().chain(&self.own).copied().collect();
                let legs: Vec<Leg> =
                    legs.iter().map(|(a, minor)| Leg { account: all[*a], minor: *minor }).collect();
                self.ledger.post(NOW, &legs)
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    In(usize, i64),
    Out(usize, i64),
    Over(usize, usize, i64),
    Hold(usize, i64),
    Capture(usize, usize, i64),
    Release(usize),
    Post(Vec<(usize, i64)>),
}

fn step() -> impl Strategy<Value = Step> {
    let minor = prop_oneof![9 => -50..900_i64, 1 => Just(i64::MAX), 1 => Just(i64::MIN)];
    prop_oneof![
        4 => (0..3_usize, minor.clone()).prop_map(|(a, m)| Step::In(a, m)),
        3 => (0..3_usize, minor.clone()).prop_map(|(a, m)| Step::Out(a, m)),
        2 => (0..3_usize, 0..3_usize, minor.clone()).prop_map(|(a, b, m)| Step::Over(a, b, m)),
        4 => (0..3_usize, minor.clone()).prop_map(|(a, m)| Step::Hold(a, m)),
        3 => (0..6_usize, 0..3_usize, minor.clone()).prop_map(|(n, t, m)| Step::Capture(n, t, m)),
        2 => (0..6_usize).prop_map(Step::Release),
        2 => prop::collection::vec((0..6_usize, minor), 0..4).prop_map(Step::Post),
    ]
}

proptest! {
    #[test]
    fn the_books_sum_to_zero_after_any_steps_and_a_refusal_changes_nothing(
        steps in prop::collection::vec(step(), 1..60)
    ) {
        let mut books = Books::new();
        for step in &steps {
            let before = books.state();
            if books.step(step).is_err() {
                prop_assert_eq!(before, books.state());
            }
            prop_assert_eq!(books.ledger.check(), Ok(()));
            for currency in [Currency::EUR, Currency::USD] {
                let of = books.ledger.accounts.iter().filter(|a| a.currency == currency);
                prop_assert_eq!(of.map(|a| i128::from(a.balance)).sum::<i128>(), 0);
            }
        }
    }
}

#[test]
fn each_refusal_has_its_reason() {
    #[track_caller]
    fn check(step: Step, expect: Result<(), LedgerError>) {
        let mut books = Books::new();
        books.step(&Step::In(0, 100)).unwrap();
        books.step(&Step::Hold(0, 60)).unwrap();
        assert_eq!(books.step(&step), expect);
    }
    check(Step::Out(0, 40), Ok(()));
    check(Step::Out(0, 41), Err(LedgerError::NotCovered));
    check(Step::Out(1, 500), Ok(()));
    check(Step::Out(1, 501), Err(LedgerError::NotCovered));
    check(Step::Hold(0, 0), Err(LedgerError::Empty));
    check(Step::Hold(0, -1), Err(LedgerError::Empty));
    check(Step::Capture(0, 0, 61), Err(LedgerError::NoSuchHold));
    check(Step::Capture(0, 2, 60), Err(LedgerError::Unbalanced(Currency::EUR)));
    check(Step::Over(0, 2, 10), Err(LedgerError::Unbalanced(Currency::EUR)));
    check(Step::Post(vec![(0, 1), (3, -2)]), Err(LedgerError::Unbalanced(Currency::EUR)));
    check(Step::Post(vec![(0, 1)]), Err(LedgerError::Empty));
}

#[test]
fn a_capture_frees_the_rest_and_happens_once() {
    let mut books = Books::new();
    books.step(&Step::In(0, 100)).unwrap();
    books.step(&Step::Hold(0, 60)).unwrap();
    books.step(&Step::Capture(0, 0, 45)).unwrap();
    assert_eq!(books.ledger.balance(books.free[0]), Ok(55));
    assert_eq!(books.ledger.balance(books.held[0]), Ok(0));
    assert_eq!(books.step(&Step::Capture(0, 0, 1)), Err(LedgerError::NoSuchHold));
    assert_eq!(books.step(&Step::Release(0)), Err(LedgerError::NoSuchHold));
}

#[test]
fn a_changed_leg_is_found() {
    let mut books = Books::new();
    books.step(&Step::In(0, 100)).unwrap();
    books.ledger.legs[1].minor += 1;
    assert!(books.ledger.check().is_err());
    books.ledger.legs[0].minor -= 1;
    assert_eq!(books.ledger.check(), Err(LedgerError::Damaged));
}
