//! `bankside policy`: a bank's own rules, checked and explained before they are in force.

use std::path::PathBuf;

use anyhow::Context as _;
use bankside_domain::bank::BankId;
use bankside_domain::consent::Presence;
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::party::{Ceiling, Party, PartyKind};
use bankside_domain::time::TimeZone;
use bankside_domain::{Purpose, Timestamp};
use bankside_service::policy::{BankPolicy, Effect, Explanation, Question, SCHEMA};
use bankside_service::ports::Clock as _;
use clap::Subcommand;
use serde::de::DeserializeOwned;

use super::simulate::{self, SimulateArgs};
use crate::clock::SystemClock;
use crate::{out, run};

/// What can be asked.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Check files of policies as one set: syntax, types, ids
    #[command(after_help = "Example:\n  bankside policy check policies/*.cedar")]
    Check {
        /// Cedar files; none are the shipped defaults
        files: Vec<PathBuf>,
    },
    /// Say what a set of policies leaves of a disclosure, and which of them decide
    #[command(after_help = "Example:\n  bankside policy explain --party messenger \
                            --ceiling platform_readable --purpose account_information \
                            --cluster balances")]
    Explain(Box<ExplainArgs>),
    /// Say what new policies would have changed of past disclosures
    #[command(after_help = "Example:\n  bankside policy simulate stricter.cedar \
                            --config /etc/bankside/bankside.toml")]
    Simulate(SimulateArgs),
    /// Print the schema that policies are checked against, for an editor
    Schema,
    /// Print the shipped policies, to start from
    Defaults,
}

/// The disclosure in question.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// Cedar files; none are the shipped defaults
    files: Vec<PathBuf>,
    /// Whose bank
    #[arg(long, default_value = "bank")]
    bank: BankId,
    /// To whom, by short name
    #[arg(long)]
    party: String,
    /// Whether it is a channel or a recipient
    #[arg(long, default_value = "channel", value_parser = named::<PartyKind>)]
    kind: PartyKind,
    /// What its operator can read: bank_owned, end_to_end_encrypted, spoken, platform_readable,
    /// assistant
    #[arg(long, default_value = "bank_owned", value_parser = named::<Ceiling>)]
    ceiling: Ceiling,
    /// For what: account_information, support, payments, ...
    #[arg(long)]
    purpose: Purpose,
    /// Which data: accounts, balances, transactions, recurring, account_numbers, cards
    #[arg(long, value_parser = named::<Cluster>)]
    cluster: Cluster,
    /// The most that consent and channel allow: answer, summary, masked, detail
    #[arg(long, default_value = "detail", value_parser = named::<Level>)]
    level: Level,
    /// She did not just ask: an alert, a scheduled call
    #[arg(long)]
    absent: bool,
    /// When, in RFC 3339; now if it is left out
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// The bank's time zone, in which policies speak of hours
    #[arg(long, default_value = "UTC")]
    zone: String,
    /// How many of her accounts it is about
    #[arg(long, default_value_t = 1)]
    accounts: usize,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// A value by its name on the wire.
fn named<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let quoted = serde_json::Value::String(text.to_owned());
    serde_json::from_value(quoted).map_err(|error| error.to_string())
}

/// Answers.
///
/// # Errors
/// Every problem of the policies, with file and line.
pub(crate) async fn run(command: &PolicyCommand) -> anyhow::Result<()> {
    match command {
        PolicyCommand::Simulate(args) => simulate::run(args).await?,
        PolicyCommand::Schema => out::line(SCHEMA.trim_end()),
        PolicyCommand::Defaults => {
            for source in BankPolicy::built_in_sources() {
                out::line(format_args!("// {}\n{}", source.name, source.text));
            }
        }
        PolicyCommand::Check { files } => {
            let policy = compile(files)?;
            for note in policy.policies() {
                let effect = effect(note.effect);
                let about = note.description.as_deref().unwrap_or("");
                out::line(format_args!("{effect} {:<32} {about}", note.id));
            }
            let hash: String = policy.hash().iter().map(|byte| format!("{byte:02x}")).collect();
            out::line(format_args!("fine: {} policies, hash {hash}", policy.policies().count()));
        }
        PolicyCommand::Explain(args) => explain(args)?,
    }
    Ok(())
}

fn compile(files: &[PathBuf]) -> anyhow::Result<BankPolicy> {
    if files.is_empty() {
        return Ok(BankPolicy::built_in()?);
    }
    Ok(BankPolicy::compile(&run::read_policies(files)?)?)
}

fn explain(args: &ExplainArgs) -> anyhow::Result<()> {
    let policy = compile(&args.files)?;
    let party = Party {
        kind: args.kind,
        id: args.party.clone(),
        name: args.party.clone(),
        ceiling: args.ceiling,
    };
    let now = match &args.at {
        None => SystemClock.now(),
        Some(text) => {
            let at: jiff::Timestamp =
                text.parse().with_context(|| format!("--at `{text}` is no RFC 3339 time"))?;
            Timestamp::from(at)
        }
    };
    let zone = TimeZone::get(&args.zone)
        .with_context(|| format!("--zone `{}` is no time zone", args.zone))?;
    let question = Question {
        bank: &args.bank,
        party: &party,
        purpose: args.purpose,
        cluster: args.cluster,
        most: args.level.min(args.ceiling.level()),
        presence: if args.absent { Presence::Absent } else { Presence::Present },
        now,
        zone: &zone,
        accounts: args.accounts,
    };
    let explanation = policy.explain(&question);
    if args.json {
        out::line(serde_json::to_string_pretty(&explanation)?);
    } else {
        print(&explanation, question.most);
    }
    Ok(())
}

fn print(explanation: &Explanation, most: Level) {
    out::line(format_args!("consent and channel allow at most `{}`", most.code()));
    for at in &explanation.levels {
        let outcome = format!("{:?}", at.outcome).to_lowercase();
        out::line(format_args!("  at `{}`: {outcome}", at.level.code()));
        for note in &at.policies {
            let about = note.description.as_deref().unwrap_or("");
            let effect = effect(note.effect);
            out::line(format_args!(
                "    {effect} {} ({}:{}) {about}",
                note.id, note.file, note.line
            ));
        }
        for error in &at.errors {
            out::line(format_args!("    {error}"));
        }
    }
    match explanation.verdict.level() {
        Some(level) => out::line(format_args!("so `{}` may leave", level.code())),
        None => out::line("so nothing may leave"),
    }
}

const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Permit => "permit",
        Effect::Forbid => "forbid",
    }
}
