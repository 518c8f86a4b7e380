//! Calls and attributes that shipped code may not have, and tests that never run.
//!
//! Time and randomness are arguments everywhere but in the binary. Clippy says so too,
//! but only where it sees the call; here the tokens inside macros count as well.

use super::finding::Finding;
use super::house::{House, shipped_room};
use super::source::{Source, Token};

/// Token sequences that reach for the machine's clock or randomness.
const AMBIENT: &[(&[&str], &str)] = &[
    (&["SystemTime", "::", "now"], CLOCK),
    (&["Instant", "::", "now"], CLOCK),
    (&["Timestamp", "::", "now"], CLOCK),
    (&["Zoned", "::", "now"], CLOCK),
    (&["Utc", "::", "now"], CLOCK),
    (&["Local", "::", "now"], CLOCK),
    (&["now_utc"], CLOCK),
    (&["now_local"], CLOCK),
    (&["getrandom"], ENTROPY),
    (&["thread_rng"], ENTROPY),
    (&["rand", "::", "rng"], ENTROPY),
    (&["rand", "::", "random"], ENTROPY),
    (&["fastrand"], ENTROPY),
    (&["OsRng"], ENTROPY),
    (&["SysRng"], ENTROPY),
    (&["from_os_rng"], ENTROPY),
    (&["from_entropy"], ENTROPY),
    (&["Uuid", "::", "new_v4"], ENTROPY),
    (&["Uuid", "::", "now_v7"], ENTROPY),
];
const CLOCK: &str = "take the time as an argument";
const ENTROPY: &str = "take random bytes as an argument";

/// Checks the shipped code of every room, and all tests.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut found = ignored(house);
    for (path, source) in house.code() {
        let Some(room) = shipped_room(path) else { continue };
        if room != "bankside" {
            found.extend(ambient(path, source));
        }
        found.extend(attributes(path, source));
    }
    found
}

fn ambient(path: &str, source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, token) in source.tokens.iter().enumerate() {
        let rest = source.tokens.get(index..).unwrap_or_default();
        let call = AMBIENT.iter().find(|(call, _)| begins(rest, call));
        if let Some((call, advice)) = call.filter(|_| !source.is_test(token.line)) {
            let advice = format!("`{}`: {advice}", call.concat());
            found.push(Finding::new(path, token.line, "ambient", advice));
        }
    }
    found
}

fn begins(tokens: &[Token], call: &[&str]) -> bool {
    tokens.len() >= call.len() && tokens.iter().zip(call).all(|(token, word)| token.text == *word)
}

/// A lint is switched off by `expect` with a reason: it complains once it is not needed.
fn attributes(path: &str, source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    for attribute in &source.attributes {
        let text = attribute.text.as_str();
        let advice = if text.starts_with("allow(") || text.starts_with("warn(") {
            "write `expect` with a reason, or mend the cause"
        } else if text.starts_with("expect(") && !text.contains("reason=") {
            "say why: `reason = \"...\"`"
        } else if text.starts_with("cfg_attr(") && text.contains("allow(") && !for_tests(text) {
            "only tests may be spared a lint by `cfg_attr`"
        } else {
            continue;
        };
        if !source.is_test(attribute.line) {
            found.push(Finding::new(path, attribute.line, "lint-attribute", advice));
        }
    }
    found
}

fn for_tests(text: &str) -> bool {
    text.starts_with("cfg_attr(test,")
}

/// Tests, those in the documentation too, that are written down and skipped.
fn ignored(house: &House) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, source) in &house.sources {
        let attributes = source.attributes.iter().map(|attribute| {
            let text = attribute.text.as_str();
            (attribute.line, text == "ignore" || text.starts_with("ignore="))
        });
        let text = house.tree.text(path).unwrap_or_default();
        let examples = (1..).zip(text.lines()).map(|(number, line)| {
            let line = line.trim_start();
            (number, line.starts_with("//") && line.contains("```ignore"))
        });
        for (line, _) in attributes.chain(examples).filter(|(_, ignored)| *ignored) {
            let advice = "a test that never runs proves nothing; run it or delete it";
            found.push(Finding::new(path, line, "ignored-test", advice));
        }
    }
    found
}
