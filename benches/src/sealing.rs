//! Durable disclosures a second, against the fsync rate of the same disk.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use bankside_testkit::world::Recipe;
use bankside_testkit::{Database, World};
use futures_util::future::join_all;

use crate::disclosures::AtTheDoor;
use crate::report::{Row, Table, ms, per_second};

const SPAN: Duration = Duration::from_secs(4);
const FSYNC_SPAN: Duration = Duration::from_secs(1);
const CONCURRENT: [usize; 4] = [1, 8, 64, 512];
/// Disclosures that share one fsync, with the most at once.
const SHARED_AIM: f64 = 20.0;
/// What one alone may take beyond its fsync.
const ALONE_AIM: Duration = Duration::from_millis(2);

pub(crate) async fn run(table: &mut Table, name: &str, database: Database) {
    let world = World::new(database, Recipe::default()).await;
    let people = world.people().len();
    let mut at_the_door = Vec::new();
    for index in 0..people {
        at_the_door.push(Box::pin(AtTheDoor::new(&world, index)).await);
    }
    table.group(
        &format!("sealing on {name}"),
        "permit, policy, core, projection and seal, again and again; fsync before and after",
    );
    let mut before = fsync(&world.dir);
    for concurrent in CONCURRENT {
        let sealed = seal(&world, &at_the_door, concurrent).await;
        let after = fsync(&world.dir);
        table.row(&row(concurrent, &sealed, (before + after) / 2));
        before = after;
    }
    world.end().await;
}

/// What so many at once did.
struct Sealed {
    count: usize,
    commits: u64,
    took: Duration,
}

async fn seal(world: &World, at_the_door: &[AtTheDoor], concurrent: usize) -> Sealed {
    let (commits_before, _) = world.service.committer.counts();
    let began = Instant::now();
    let tasks = at_the_door.iter().cycle().take(concurrent).map(|her| seal_for(her.clone(), began));
    let sealed = join_all(tasks.map(tokio::spawn)).await;
    let took = began.elapsed();
    let (commits, _) = world.service.committer.counts();
    let count = sealed.into_iter().map(Result::unwrap).sum();
    Sealed { count, commits: (commits - commits_before).max(1), took }
}

fn row(concurrent: usize, sealed: &Sealed, fsync: Duration) -> Row {
    let rate = per_second(sealed.count, sealed.took);
    let fsyncs = 1.0 / fsync.as_secs_f64();
    let shared = sealed.count as f64 / sealed.commits as f64;
    let each = sealed.took.mul_f64(concurrent as f64 / sealed.count.max(1) as f64);
    let row = Row::new(format!("{concurrent} at once: {} each", ms(each)), format!("{rate:.0} /s"))
        .beside(
            format!("fsync: {fsyncs:.0} /s, {}; {shared:.1} a commit", ms(fsync)),
            format!("{:.2} ×", rate / fsyncs),
        );
    match concurrent {
        1 => row.aim("one fsync + 2 ms", each <= fsync + ALONE_AIM),
        512 => row.aim("20 for one fsync", shared >= SHARED_AIM),
        _ => row,
    }
}

async fn seal_for(her: AtTheDoor, began: Instant) -> usize {
    let mut sealed = 0;
    while began.elapsed() < SPAN {
        her.seal().await;
        sealed += 1;
    }
    sealed
}

/// Appends a page and makes it durable, over and over: what one takes.
fn fsync(dir: &Path) -> Duration {
    let path = dir.join("fsync-rate");
    let mut file = std::fs::File::create(&path).unwrap();
    let (began, mut count) = (Instant::now(), 0);
    while began.elapsed() < FSYNC_SPAN {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    let took = began.elapsed() / count;
    std::fs::remove_file(path).unwrap();
    took
}
