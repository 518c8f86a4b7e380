//! `cargo xtask`: the jobs around the code that no shipped crate does.
//!
//! Architecture invariant: a job reads and judges, or writes files that are then
//! committed; nothing here is linked into what a bank runs.
//! `tidy` builds nothing: it reads sources, so that it answers in a second and fails
//! before the compiler starts.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod bench;
mod tidy;

use std::io::Write as _;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask JOB

Jobs:
  tidy    check the house rules: arrows, budgets, words, dead files, manifests
  bench   print figures, each beside a reference of the same run; names choose:
          door, sealing, turns, chats, verifying, footprint;
          --build measures a cold and a warm build first, and notes them
  help    print this
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["tidy"] => tidy::run(),
        ["bench", arguments @ ..] => bench::run(arguments),
        [] | ["help" | "--help" | "-h"] => print(HELP, ExitCode::SUCCESS),
        other => complain(&format!("no job `{}`\n\n{HELP}", other.join(" "))),
    }
}

/// Prints to standard output; a reader that went away is no failure of the job.
fn print(text: &str, code: ExitCode) -> ExitCode {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    code
}

/// Prints to standard error and ends with 2: the job could not be done at all.
fn complain(text: &str) -> ExitCode {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
    ExitCode::from(2)
}
