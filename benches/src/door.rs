//! What the door costs, apart from the seal: permit, policy, projection.

use std::time::{Duration, Instant};

use bankside_service::door::Disclosed;
use bankside_testkit::world::Recipe;
use bankside_testkit::{Database, World};

use crate::disclosures::AtTheDoor;
use crate::report::{heading, line, micros_each};

const ROUNDS: usize = 2_000;

pub(crate) async fn run() {
    let world = World::new(Database::Sqlite, Recipe::default()).await;
    let her = AtTheDoor::new(&world, 0).await;
    let (mut permit_took, mut clear_took, mut core_took, mut project_took) =
        (Duration::ZERO, Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for _ in 0..ROUNDS {
        let at = Instant::now();
        let permit = her.permit().await;
        permit_took += at.elapsed();
        let at = Instant::now();
        let clearance = her.clear(&permit);
        clear_took += at.elapsed();
        let at = Instant::now();
        let raw = her.service.core.balances(&permit).await.unwrap();
        core_took += at.elapsed();
        let at = Instant::now();
        let disclosed = Disclosed::project(permit, clearance, raw).unwrap();
        project_took += at.elapsed();
        assert!(disclosed.shows());
    }
    let each = |took| micros_each(took, ROUNDS);
    let door = each(permit_took) + each(clear_took) + each(project_took);
    heading("the door, per disclosure of four balances");
    let share = |part: f64| format!("{:.0} % of the door", 100.0 * part / door);
    for (what, took) in [
        ("permit: two reads, a key, a consent opened", permit_took),
        ("policy: Cedar", clear_took),
        ("project", project_took),
    ] {
        line(what, &format!("{:.1} µs", each(took)), &share(each(took)));
    }
    let reference = format!("the sandbox core answers in {:.1} µs", each(core_took));
    line("all three", &format!("{door:.1} µs"), &reference);
    world.end().await;
}
