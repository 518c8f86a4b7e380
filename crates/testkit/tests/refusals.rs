//! The bank's own no: kill switch, policy, a policy that fails, a core that is down.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_service::policy::PolicySource;
use bankside_service::ports::CoreError;
use bankside_service::suspension::{By, Outcome};
use bankside_testkit::faulty::{Fault, Gate};
use bankside_testkit::marked::MARK;
use bankside_testkit::world::{Recipe, databases};
use bankside_testkit::{Actor, Grant, World, tell};

/// Who acts, at the machine.
fn operator() -> By {
    By { name: "Robin".to_owned(), staff: None }
}

async fn suspend(world: &World, subject: &str) {
    let subject = subject.parse().unwrap();
    let done = world.service.suspensions.suspend(&subject, "a drill", &operator()).await;
    assert!(matches!(done, Ok(Outcome::Done(_))), "{done:?}");
}

async fn lift(world: &World, subject: &str) {
    let subject = subject.parse().unwrap();
    let done = world.service.suspensions.lift(&subject, "the drill is over", &operator()).await;
    assert!(matches!(done, Ok(Outcome::Done(_))), "{done:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lies_before_her_consent_is_refused_and_never_called_nothing() {
    tell("too_long_ago", async |world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        for question in ["payments in march", "how much did i spend in march"] {
            let said = her.asks(question).await;
            assert!(said.contains("doesn’t reach back so far"), "{question}: {said}");
        }
        let months = her.asks("show my spending by month").await;
        assert!(months.contains("Aug 23, 2026"), "it names the days it knows of: {months}");
        assert!(!months.contains("Jun"), "and no others: {months}");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kill_switch_stops_at_once_and_says_so() {
    tell("kill_switch", async |mut world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        for subject in ["channel:web", "purpose:account_information", "everything"] {
            assert!(her.asks("balance").await.contains(MARK));
            let before = world.check().await.disclosures;
            suspend(&world, subject).await;
            let said = her.asks("balance").await;
            assert!(!said.contains(MARK) && !said.contains('$'), "{subject}: {said}");
            assert!(said.contains("+1 555 0142"), "says whom to call: {said}");
            lift(&world, subject).await;

            // Also for an answer that is on its way.
            let gate = Gate::closed();
            world.core.set(Fault::Held(gate.clone()));
            let asked = her.sends(subject, "last 3 payments").await.unwrap();
            for call in 1..=3 {
                gate.arrived().await;
                if call < 3 {
                    gate.let_one();
                }
            }
            suspend(&world, subject).await;
            world.core.set(Fault::None);
            gate.open();
            let said = her.answer_to(asked.seq, subject).await;
            let said = bankside_testkit::actor::words(&said[0].body);
            assert!(!said.contains(MARK), "{subject}: {said}");
            let audit = world.check().await;
            assert_eq!((audit.disclosures, audit.pending, audit.dead), (before, 0, 0));

            // She can still take back what she gave.
            assert!(her.asks("STOP ALL").await.contains("Everything is stopped"), "{subject}");
            lift(&world, subject).await;
            her.grant(Grant::all()).await;
        }
        suspend(&world, "channel:messenger").await;
        assert!(her.asks("balance").await.contains(MARK), "another channel goes on");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_that_forbids_or_fails_denies() {
    let permit = "@id(\"all\") permit (principal, action, resource);";
    let long = |n: usize| -> String {
        let forbid = |i| {
            format!(
                "@id(\"forbid-{i}-{}\") forbid (principal, action, resource);\n",
                "x".repeat(40)
            )
        };
        (0..n).map(forbid).collect()
    };
    let cases = [
        ("forbids", format!("{permit}\n@id(\"no\") forbid (principal, action, resource);")),
        ("forbids_at_length", format!("{permit}\n{}", long(12))),
        (
            "permits_nothing",
            "@id(\"none\") permit (principal, action, resource) when { context.hour == 25 };"
                .to_owned(),
        ),
        (
            "fails",
            format!(
                "{permit}\n@id(\"broken\") forbid (principal, action, resource) when {{ context.rank * 9223372036854775807 > 5 }};"
            ),
        ),
    ];
    for (case, text) in cases {
        for database in databases(&format!("policy_{case}")).await {
            let policies = vec![PolicySource { name: "bank.cedar".to_owned(), text: text.clone() }];
            let recipe = Recipe { policies, ..Recipe::default() };
            let mut world = World::new(database, recipe).await;
            let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
            for question in ["balance", "last 3 payments", "my account number"] {
                let said = her.asks(question).await;
                assert!(!said.contains(MARK) && !said.contains('$'), "{case}: {said}");
                assert!(said.contains("Harbour Credit Union"), "{case} says who refuses: {said}");
            }
            let audit = world.check().await;
            assert_eq!((audit.disclosures, audit.pending, audit.dead), (0, 0, 0), "{case}");
            world.end().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_core_that_is_down_is_said_so_and_nothing_is_disclosed() {
    tell("core_down", async |mut world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        let gate = Gate::closed();
        world.core.set(Fault::Held(gate.clone()));
        let asked = her.sends("late", "balance").await.unwrap();
        for _ in 1..=2 {
            gate.arrived().await;
            gate.let_one();
        }
        gate.arrived().await;
        world.core.set(Fault::Error(CoreError::Unavailable("down".to_owned())));
        gate.open();
        her.answer_to(asked.seq, "balance").await;
        world.core.set(Fault::None);
        assert!(her.asks("balance").await.contains(MARK));
        world.check().await;
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_core_that_panics_costs_one_answer_and_no_lane() {
    tell("core_panics", async |mut world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        world.core.set(Fault::Panic);
        let before = world.core.calls();
        let lost = her.sends("lost", "balance").await.unwrap();
        while world.core.calls() == before {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        world.core.set(Fault::None);
        loop {
            world.service.turns.recover(&world.service.store).await.unwrap();
            if her.messages().await.last().is_some_and(|m| m.seq > lost.seq) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let said = her.answer_to(lost.seq, "balance").await;
        assert!(said.iter().any(|m| bankside_testkit::actor::words(&m.body).contains("Trip fund")));
        assert!(her.asks("last 3 payments").await.contains(MARK));
        assert_eq!(world.check().await.pending, 0);
        world
    })
    .await;
}
