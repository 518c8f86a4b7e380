//! SIGKILL at any moment under load: nothing acknowledged is lost, nothing is answered twice, the
//! log verifies. `BANKSIDE_KILL_ROUNDS` says how often; ten by default.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use bankside_service::ports::Entropy;
use bankside_testkit::outside::SeededEntropy;

const VICTIM: &str = env!("CARGO_BIN_EXE_victim");
/// Rounds on one directory; more would audit more and more.
const ROUNDS_OF_A_WORLD: u32 = 25;
/// Longest life of a victim, in milliseconds. Its start takes about half of it.
const LIFE_MS: u64 = 1_200;

#[test]
fn a_process_that_is_killed_loses_nothing_and_says_nothing_twice() {
    let rounds = std::env::var("BANKSIDE_KILL_ROUNDS").ok().and_then(|n| n.parse().ok());
    let chance = SeededEntropy::new(2018);
    let mut acknowledged = 0;
    let mut world = None;
    for round in 0..rounds.unwrap_or(10) {
        if round % ROUNDS_OF_A_WORLD == 0 {
            let dir = tempfile::tempdir().unwrap();
            run(&["prepare", text(&dir.path().join("world"))]);
            world = Some(dir);
        }
        let base = world.as_ref().unwrap().path();
        let (dir, acks) = (base.join("world"), base.join("acks"));
        let mut random = [0; 8];
        chance.fill(&mut random);
        let life = 300 + u64::from_be_bytes(random) % (LIFE_MS - 300);
        let seed = (1 + round).to_string();
        let mut victim = Command::new(VICTIM)
            .args(["load", text(&dir), &seed])
            .stdout(Stdio::from(File::create(&acks).unwrap()))
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(life));
        // On Unix this is SIGKILL.
        victim.kill().unwrap();
        victim.wait().unwrap();
        let lines = std::fs::read_to_string(&acks).unwrap();
        acknowledged += lines.lines().filter(|l| l.starts_with("ACK")).count();
        run(&["check", text(&dir), &(1_000_000 + round).to_string(), text(&acks)]);
    }
    assert!(acknowledged > 0, "some victims lived long enough to acknowledge something");
}

fn run(args: &[&str]) {
    let output = Command::new(VICTIM).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
