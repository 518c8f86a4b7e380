//! Figures of the hot paths, each beside a reference that was measured in the same run.
//!
//! Machines are noisy, so no figure stands alone and none fails a test: a line says what was
//! measured, against what, and how many times one is of the other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::float_arithmetic,
    clippy::disallowed_methods
)]

mod disclosures;
mod door;
mod footprint;
mod report;
mod sealing;
mod verifying;

use bankside_testkit::Database;

const HELP: &str =
    "bankside-bench [door] [sealing] [verifying] [footprint]\n\nWithout a name: all.";

#[tokio::main]
async fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if wanted.iter().any(|w| w == "--help" || w == "-h") {
        println!("{HELP}");
        return;
    }
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    if runs("door") {
        Box::pin(door::run()).await;
    }
    if runs("sealing") {
        Box::pin(sealing::run("sealing_sqlite", Database::Sqlite)).await;
        let servers = bankside_testkit::world::databases("bench").await;
        for database in servers.into_iter().filter(|d| !matches!(d, Database::Sqlite)) {
            Box::pin(sealing::run("sealing_postgres", database)).await;
        }
    }
    if runs("verifying") {
        verifying::run();
    }
    if runs("footprint") {
        footprint::run();
    }
}
