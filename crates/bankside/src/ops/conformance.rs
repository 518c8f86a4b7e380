//! `bankside conformance`: what every channel must do, asked of the adapters in this very program.

use std::collections::BTreeMap;

use anyhow::Context as _;
use bankside_adapters::conformance::{self, Finding, Verdict};
use bankside_adapters::http::HttpClient;
use clap::Subcommand;
use futures_util::future::join_all;

use crate::exit::Misused;
use crate::out;

/// For `--help`.
pub(crate) const HELP: &str = "Examples:
  bankside conformance channel telegram
  bankside conformance channel --all --json

Each adapter speaks with a double of its operator on this machine; nothing leaves it.

Exit codes: 0 every rule passes or does not apply; 1 a rule fails; 2 no such channel.";

/// What can be examined.
#[derive(Debug, Subcommand)]
pub(crate) enum ConformanceCommand {
    /// A kind of channel, or all: a line for each rule
    #[command(after_help = HELP)]
    Channel {
        /// Which kinds, as the configuration names them
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        names: Vec<String>,
        /// Every kind
        #[arg(long)]
        all: bool,
        /// A JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// Examines; says whether nothing failed.
///
/// # Errors
/// [`Misused`] where there is no such kind of channel.
pub(crate) async fn run(command: ConformanceCommand) -> anyhow::Result<bool> {
    let ConformanceCommand::Channel { mut names, all, json } = command;
    if all {
        names = conformance::names().map(str::to_owned).collect();
    }
    let client = HttpClient::new().context("no TLS in this process")?;
    let known: Vec<_> = conformance::names().collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let known = known.join(", ");
        return Err(Misused(format!("no channel `{name}`; there are: {known}")).into());
    }
    // All at once: each waits once for an operator that is silent.
    let examined = join_all(names.iter().map(|name| conformance::examine(name, &client))).await;
    let mut is_fine = true;
    for (name, findings) in names.iter().zip(examined.into_iter().flatten()) {
        is_fine &= findings.iter().all(|finding| finding.verdict != Verdict::Fail);
        for finding in &findings {
            tell(finding, json)?;
        }
        if !json {
            summary(name, &findings);
        }
    }
    Ok(is_fine)
}

fn tell(finding: &Finding, json: bool) -> anyhow::Result<()> {
    if json {
        out::line(serde_json::to_string(finding)?);
        return Ok(());
    }
    let Finding { channel, rule, verdict, reason } = finding;
    let joint = if reason.is_empty() { "" } else { ": " };
    out::line(format_args!("{channel:<10} {rule:<36} {}{joint}{reason}", word(*verdict)));
    Ok(())
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "FAIL",
        Verdict::NotApplicable => "not applicable",
    }
}

fn summary(name: &str, findings: &[Finding]) {
    let mut counts = BTreeMap::<_, usize>::new();
    for finding in findings {
        *counts.entry(word(finding.verdict)).or_default() += 1;
    }
    let counts = counts.into_iter().map(|(word, count)| format!("{count} {word}"));
    out::line(format_args!("{name:<10} {}\n", counts.collect::<Vec<_>>().join(", ")));
}
