//! Figures of the hot paths, each beside a reference that was measured in the same run.
//!
//! Machines are noisy, so no figure stands alone and none fails a test: a line says what was
//! measured, against what, how many times one is of the other, and whether the aim was met.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    reason = "a measurement that cannot go on must stop at the very line, and its result is text"
)]

mod disclosures;
mod door;
mod footprint;
mod open_chats;
mod operator;
mod process;
mod report;
mod schedule;
mod sealing;
mod subject;
mod turns;
mod verifying;
mod webhooks;
mod wire;

use bankside_testkit::Database;
use report::Table;

const NAMES: [&str; 7] =
    ["door", "sealing", "turns", "webhooks", "chats", "verifying", "footprint"];

#[tokio::main]
async fn main() -> std::process::ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if wanted.iter().any(|w| w == subject::ARGUMENT) {
        Box::pin(subject::run()).await;
        return std::process::ExitCode::SUCCESS;
    }
    if let Some(unknown) = wanted.iter().find(|w| !NAMES.contains(&w.as_str())) {
        eprintln!("no figures are named `{unknown}`; choose from: {}", NAMES.join(", "));
        return std::process::ExitCode::from(2);
    }
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    let mut table = Table::begin();
    if runs("door") {
        Box::pin(door::run(&mut table)).await;
    }
    if runs("sealing") {
        Box::pin(sealing(&mut table)).await;
    }
    if runs("turns") {
        Box::pin(turns::run(&mut table)).await;
    }
    if runs("webhooks") {
        Box::pin(webhooks::run(&mut table)).await;
    }
    if runs("chats") {
        Box::pin(open_chats::run(&mut table)).await;
    }
    if runs("verifying") {
        verifying::run(&mut table);
    }
    if runs("footprint") {
        footprint::run(&mut table);
    }
    table.end();
    std::process::ExitCode::SUCCESS
}

/// On the embedded database, and on a server where one answers.
async fn sealing(table: &mut Table) {
    for database in bankside_testkit::world::databases("bench").await {
        let name = match database {
            Database::Sqlite => "SQLite",
            Database::Postgres(_) => "PostgreSQL",
        };
        Box::pin(sealing::run(table, name, database)).await;
    }
}
