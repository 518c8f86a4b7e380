//! Bankside: banking in any chat, with the data staying on the bank's side.
//!
//! Architecture invariant: the binary has no rules of its own. It reads the configuration, brings
//! in time, randomness, keys and databases, and hands them to the rooms that decide.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod cli;
mod clock;
mod config;
mod core_none;
mod data;
mod demo;
mod entropy;
mod exit;
mod health;
mod http;
mod keys;
mod logging;
mod look;
mod ops;
mod out;
mod run;
mod serve;
mod setup;
mod tasks;
mod telemetry;
mod witnesses;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
