//! How long understanding takes: each English utterance of the tests, many times over, on one core.
//!
//! `cargo run --release -p bankside-language --example understand`
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement reads the clock and prints"
)]

use std::time::Instant;

use bankside_domain::{Currency, Language};
use bankside_language::{Context, understand};

/// Times that each utterance is read.
const ROUNDS: usize = 50;

fn main() {
    let merchants: Vec<String> = (0..200).map(|n| format!("Merchant {n}")).collect();
    let context = Context {
        language: Language::En,
        today: jiff::civil::date(2026, 11, 21),
        region: "IE",
        currency: Currency::EUR,
        accounts: &[],
        merchants: &merchants,
        last: None,
    };
    let table = include_str!("../tests/english.txt");
    let said: Vec<&str> =
        table.lines().filter_map(|l| l.split_once(" => ")).map(|(s, _)| s).collect();
    let start = Instant::now();
    understand("balance", &context);
    println!("first use, all lexicons read: {} µs", start.elapsed().as_micros());
    let time = |text: &&str| {
        let start = Instant::now();
        std::hint::black_box(understand(text, &context));
        start.elapsed().as_nanos()
    };
    // The best of many rounds, so that other work on the machine does not count.
    let best = |text| (0..ROUNDS).map(|_| time(text)).min().unwrap_or(0);
    let mut taken: Vec<u128> = said.iter().map(best).collect();
    taken.sort_unstable();
    let at =
        |permille: usize| taken.get(taken.len() * permille / 1000).copied().unwrap_or(0) / 1000;
    println!("utterances: {}, p50 {} µs, p99 {} µs", said.len(), at(500), at(990));
}
