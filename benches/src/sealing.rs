//! Durable disclosures a second, against the fsync rate of the same disk.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use bankside_testkit::world::Recipe;
use bankside_testkit::{Database, World};
use futures_util::future::join_all;

use crate::disclosures::AtTheDoor;
use crate::report::{heading, line, per_second};

const SPAN: Duration = Duration::from_secs(3);
const CONCURRENT: [usize; 4] = [1, 8, 64, 512];

pub(crate) async fn run(name: &str, database: Database) {
    let world = World::new(database, Recipe::default()).await;
    let people = world.people().len();
    let mut at_the_door = Vec::new();
    for index in 0..people {
        at_the_door.push(AtTheDoor::new(&world, index).await);
    }
    let fsyncs = fsync_rate(&world.dir);
    heading(&format!("{name}: disclosures made durable (fsync alone: {fsyncs:.0} a second)"));
    for concurrent in CONCURRENT {
        let (commits_before, _) = world.service.committer.counts();
        let began = Instant::now();
        let tasks =
            (0..concurrent).map(|i| seal_for(at_the_door.get(i % people).unwrap().clone(), began));
        let sealed: usize = join_all(tasks.map(tokio::spawn)).await.into_iter().flatten().sum();
        let took = began.elapsed();
        let (commits, _) = world.service.committer.counts();
        let commits = usize::try_from(commits - commits_before).unwrap_or(usize::MAX).max(1);
        let rate = per_second(sealed, took);
        let each = took.as_secs_f64() * 1e3 * (concurrent as f64) / (sealed.max(1) as f64);
        line(
            &format!("{concurrent} at once"),
            &format!("{rate:.0} a second"),
            &format!(
                "{:.2} × the fsync rate, {:.1} for one commit, {each:.2} ms each (one fsync: {:.2} ms)",
                rate / fsyncs,
                sealed as f64 / commits as f64,
                1e3 / fsyncs,
            ),
        );
    }
    world.end().await;
}

async fn seal_for(her: AtTheDoor, began: Instant) -> usize {
    let mut sealed = 0;
    while began.elapsed() < SPAN {
        her.seal().await;
        sealed += 1;
    }
    sealed
}

/// Appends a page and makes it durable, over and over.
fn fsync_rate(dir: &Path) -> f64 {
    let path = dir.join("fsync-rate");
    let mut file = std::fs::File::create(&path).unwrap();
    let (began, mut count) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_secs(1) {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    let rate = per_second(count, began.elapsed());
    std::fs::remove_file(path).unwrap();
    rate
}
