//! The house rules as a test: reads every file that git knows, names each breach
//! with its place and what to do, and prints the measured sizes.
//!
//! Architecture invariant: a rule is a function from [`house::House`] to findings. It
//! does no I/O, so that each is tested on a few lines of source held in memory.
//! Deliberately absent: what clippy already judges with types in hand (unwrap, panic,
//! indexing). Here stands only that nobody switches clippy off.

mod arrows;
mod budgets;
mod calls;
mod docs;
mod finding;
mod house;
mod manifests;
mod reach;
mod source;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use finding::Finding;
use house::House;
use std::process::ExitCode;
use tree::Tree;

/// Every rule, in the order in which its findings are gathered.
const RULES: &[fn(&House) -> Vec<Finding>] = &[
    House::unreadable,
    arrows::check,
    manifests::check,
    budgets::check,
    calls::check,
    words::check,
    reach::check,
    docs::check,
];

/// Checks the tree around the current directory; ends with 1 where a rule is broken.
pub(crate) fn run() -> ExitCode {
    let house = match Tree::read() {
        Ok(tree) => House::new(tree),
        Err(error) => return crate::complain(&format!("tidy: {error}\n")),
    };
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&house)).collect();
    findings.sort();
    let mut report: String = findings.iter().map(|finding| format!("{finding}\n")).collect();
    report.push_str(&budgets::summary(&house));
    report.push_str(&format!("tidy: {} findings\n", findings.len()));
    let code = if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    crate::print(&report, code)
}
