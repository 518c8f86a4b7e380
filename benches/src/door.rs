//! What the door costs, apart from the seal: permit, policy, projection.

use std::time::{Duration, Instant};

use bankside_service::door::Disclosed;
use bankside_testkit::world::Recipe;
use bankside_testkit::{Database, World};

use crate::disclosures::AtTheDoor;
use crate::report::{Row, Table, micros_each};

const WARM_UP: usize = 200;
const ROUNDS: usize = 2_000;

/// Time in each step.
#[derive(Default)]
struct Took {
    permit: Duration,
    clear: Duration,
    core: Duration,
    project: Duration,
}

pub(crate) async fn run(table: &mut Table) {
    let world = World::new(Database::Sqlite, Recipe::default()).await;
    let her = Box::pin(AtTheDoor::new(&world, 0)).await;
    rounds(&her, WARM_UP).await;
    let took = rounds(&her, ROUNDS).await;
    world.end().await;
    let each = |took| micros_each(took, ROUNDS);
    let door = each(took.permit) + each(took.clear) + each(took.project);
    table.group("the door", "for one disclosure of all balances, on SQLite, without the seal");
    for (what, took) in [
        ("permit: consent found and opened", took.permit),
        ("policy: Cedar", took.clear),
        ("project", took.project),
    ] {
        let share = format!("{:.0} %", 100.0 * each(took) / door);
        table.row(
            &Row::new(what, format!("{:.1} µs", each(took)))
                .beside(format!("all three: {door:.1} µs"), share),
        );
    }
    let core = each(took.core);
    table.row(&Row::new("all three", format!("{door:.1} µs")).beside(
        format!("the sandbox core's answer: {core:.1} µs"),
        format!("{:.1} ×", door / core),
    ));
}

async fn rounds(her: &AtTheDoor, rounds: usize) -> Took {
    let mut took = Took::default();
    for _ in 0..rounds {
        let at = Instant::now();
        let permit = her.permit().await;
        took.permit += at.elapsed();
        let at = Instant::now();
        let clearance = her.clear(&permit);
        took.clear += at.elapsed();
        let at = Instant::now();
        let raw = her.service.core.balances(&permit).await.unwrap();
        took.core += at.elapsed();
        let at = Instant::now();
        let disclosed = Disclosed::project(permit, clearance, raw).unwrap();
        took.project += at.elapsed();
        assert!(disclosed.shows());
    }
    took
}
