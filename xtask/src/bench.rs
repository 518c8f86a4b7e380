//! Figures in release: builds the program and the bench, and runs it. On request also how long a
//! build takes, which is noted in a file, because a cold one takes minutes.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// Where builds are noted; `benches` prints it with its own figures.
const NOTE: &str = "benches/builds.note";
/// What is touched for a warm build: most rooms stand on it.
const TOUCHED: &str = "crates/service/src/lib.rs";
/// Folder of a cold build, removed before and after.
const COLD: &str = "target/cold";

/// Runs the figures that are named, or all.
pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    let (flags, names): (Vec<&str>, Vec<&str>) = arguments.iter().partition(|a| **a == "--build");
    let noted = flags.is_empty() || note_builds();
    let built = noted && cargo(&["build", "--release", "-p", "bankside", "-p", "bankside-bench"]);
    let run = ["run", "--release", "--quiet", "-p", "bankside-bench", "--"];
    if built && cargo(&[&run, names.as_slice()].concat()) {
        return ExitCode::SUCCESS;
    }
    crate::complain("the figures could not be measured; see above\n")
}

fn cargo(arguments: &[&str]) -> bool {
    Command::new("cargo").args(arguments).status().is_ok_and(|status| status.success())
}

/// Builds the program from nothing and after a change, and writes down how long each took.
fn note_builds() -> bool {
    let build = ["build", "--release", "-p", "bankside", "--target-dir", COLD];
    // A folder that is not there is as good as one that was removed.
    let _gone = std::fs::remove_dir_all(COLD);
    let Some(cold) = timed(&build) else { return false };
    let Some(warm) = touch(Path::new(TOUCHED)).then(|| timed(&build)).flatten() else {
        return false;
    };
    let _gone = std::fs::remove_dir_all(COLD);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let seconds = |took: Duration| format!("{} s", took.as_secs());
    let note = format!(
        "# Written by `cargo xtask bench --build`: what | how long | how\n\
         cold release build | {} | {cores} cores, dependencies downloaded before\n\
         warm release build | {} | after a change in {TOUCHED}\n",
        seconds(cold),
        seconds(warm),
    );
    std::fs::write(NOTE, note).is_ok()
}

#[expect(clippy::disallowed_methods, reason = "a measurement needs the machine's clock")]
fn timed(arguments: &[&str]) -> Option<Duration> {
    let began = Instant::now();
    cargo(arguments).then(|| began.elapsed())
}

/// Makes a source newer, as an edit would.
fn touch(path: &Path) -> bool {
    let text = std::fs::read(path);
    text.is_ok_and(|text| std::fs::write(path, text).is_ok())
}
