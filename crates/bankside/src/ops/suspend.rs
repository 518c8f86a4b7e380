//! `bankside suspend`: the kill switch, beside a running service or while none runs.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use bankside_domain::Party;
use bankside_service::Service;
use bankside_service::commit::CommitError;
use bankside_service::log::LogError;
use bankside_service::suspension::{
    Act, By, Deed, InvalidSubject, Outcome, Subject, SuspendError, Suspended,
};
use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use super::Place;
use crate::config::Config;
use crate::data::{self, Kind};
use crate::exit::Misused;
use crate::{demo, out, run, serve};

/// Acts of the past that are listed at most.
const HISTORY: i64 = 1_000;

/// For `--help`.
pub(crate) const HELP: &str = "Examples:
  bankside suspend channel messenger --reason \"their servers were breached\" --config bankside.toml
  bankside suspend purpose offers --reason \"the terms are being rewritten\"
  bankside suspend lift channel messenger --reason \"mended and tested\"
  bankside suspend list --json
  bankside suspend export evidence.json
  bankside verify-log evidence.json --key \"$(bankside log key)\"

Exit codes: 0 it is so now, also where it was so before; 1 it failed, and nothing changed;
2 nothing here has that name, or the reason cannot be taken.";

/// What can be done. It may run beside the service, which obeys from the next answer on.
#[derive(Debug, Subcommand)]
pub(crate) enum SuspendCommand {
    /// Stop a channel
    Channel(Named),
    /// Stop a data recipient
    Recipient(Named),
    /// Stop a purpose, in every channel and for every recipient
    Purpose(Named),
    /// Stop every disclosure of customers' data; their own pages at the bank go on
    Everything(Why),
    /// Let something go on that was suspended
    Lift {
        /// What kind of thing
        #[arg(value_enum)]
        what: What,
        /// Its name; none for `everything`
        #[arg(required_if_eq_any([
            ("what", "channel"), ("what", "recipient"), ("what", "purpose"),
        ]))]
        name: Option<String>,
        #[command(flatten)]
        why: Why,
    },
    /// What is suspended now, and what can be
    List(Listing),
    /// Who suspended and lifted what, why and when, newest first
    History(Listing),
    /// Write the signed evidence of all acts into a file, for `bankside verify-log`
    Export {
        /// Where to
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

/// What kind of thing.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum What {
    /// A channel.
    Channel,
    /// A data recipient.
    Recipient,
    /// A purpose.
    Purpose,
    /// Every disclosure.
    Everything,
}

/// Something by its name.
#[derive(Debug, clap::Args)]
pub(crate) struct Named {
    /// Its short name, as `bankside suspend list` says
    name: String,
    #[command(flatten)]
    why: Why,
}

/// Why, by whom, and where.
#[derive(Debug, clap::Args)]
pub(crate) struct Why {
    /// Why: one line. It becomes part of the signed evidence
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who does it; without it, the name under which you are logged in to this machine
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// How to answer.
#[derive(Debug, clap::Args)]
pub(crate) struct Listing {
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Does it.
///
/// # Errors
/// [`Misused`] where the name or the reason cannot be taken.
pub(crate) async fn run(command: SuspendCommand) -> anyhow::Result<()> {
    let (deed, what, name, why) = match command {
        SuspendCommand::Channel(named) => (Deed::Suspend, What::Channel, named.name, named.why),
        SuspendCommand::Recipient(named) => (Deed::Suspend, What::Recipient, named.name, named.why),
        SuspendCommand::Purpose(named) => (Deed::Suspend, What::Purpose, named.name, named.why),
        SuspendCommand::Everything(why) => (Deed::Suspend, What::Everything, String::new(), why),
        SuspendCommand::Lift { what, name, why } => {
            (Deed::Lift, what, name.unwrap_or_default(), why)
        }
        SuspendCommand::List(listing) => return list(&listing).await,
        SuspendCommand::History(listing) => return history(&listing).await,
        SuspendCommand::Export { file, place } => return export(&file, &place).await,
    };
    let subject = subject(what, &name).map_err(|error| Misused(error.to_string()))?;
    act(deed, &subject, &why).await
}

fn subject(what: What, name: &str) -> Result<Subject, InvalidSubject> {
    match what {
        What::Channel => format!("channel:{name}").parse(),
        What::Recipient => format!("recipient:{name}").parse(),
        What::Purpose => format!("purpose:{name}").parse(),
        What::Everything => Ok(Subject::Everything),
    }
}

async fn act(deed: Deed, subject: &Subject, why: &Why) -> anyhow::Result<()> {
    let service = open(&why.place).await?;
    let by = By { name: why.by.clone().unwrap_or_else(who), staff: None };
    let switch = &service.suspensions;
    let done = match deed {
        Deed::Suspend => switch.suspend(subject, &why.reason, &by).await,
        Deed::Lift => switch.lift(subject, &why.reason, &by).await,
    };
    let outcome = done.map_err(|error| match error {
        CommitError::Refused(
            refused @ (SuspendError::Unknown { .. }
            | SuspendError::Reason
            | SuspendError::Secret
            | SuspendError::Name),
        ) => Misused(refused.to_string()).into(),
        other => anyhow::Error::new(other),
    })?;
    let now = match deed {
        Deed::Suspend => "suspended",
        Deed::Lift => "not suspended",
    };
    match outcome {
        Outcome::Done(receipt) => {
            out::line(format_args!("`{subject}` is {now} from now on; receipt {receipt}"));
            out::line("Evidence: bankside suspend export FILE");
        }
        Outcome::Already => {
            out::line(format_args!("`{subject}` was {now} already; nothing changed"));
        }
    }
    service.store.close().await;
    Ok(())
}

/// The use cases beside whatever runs, with the channels that the service has.
async fn open(place: &Place) -> anyhow::Result<Service> {
    let config = place.existing()?;
    run::beside(&config, channels(&config)?).await
}

fn channels(config: &Config) -> anyhow::Result<Vec<Party>> {
    Ok(match data::kind(&config.data)? {
        Kind::Demo => demo::channels(),
        Kind::Serve => serve::channels(config),
    })
}

/// Whoever is logged in, as far as the machine says.
fn who() -> String {
    let names = ["SUDO_USER", "LOGNAME", "USER"];
    let named = names.iter().find_map(|name| std::env::var(name).ok().filter(|n| !n.is_empty()));
    named.unwrap_or_else(|| "somebody at the machine".to_owned())
}

/// What is suspended, as `--json` prints it.
#[derive(Serialize)]
struct State {
    suspended: Vec<Line>,
    can_be: Vec<Subject>,
}

#[derive(Serialize)]
struct Line {
    subject: Subject,
    reason: String,
    by: String,
    since: String,
}

impl From<Suspended> for Line {
    fn from(found: Suspended) -> Self {
        let Suspended { subject, reason, by, since } = found;
        Self { subject, reason, by, since: since.to_string() }
    }
}

async fn list(listing: &Listing) -> anyhow::Result<()> {
    let service = open(&listing.place).await?;
    let suspended = service.suspensions.list().await?;
    let suspended: Vec<Line> = suspended.into_iter().map(Line::from).collect();
    let can_be = service.suspensions.subjects().await?;
    service.store.close().await;
    if listing.json {
        out::line(serde_json::to_string_pretty(&State { suspended, can_be })?);
        return Ok(());
    }
    if suspended.is_empty() {
        out::line("nothing is suspended");
    }
    for Line { subject, reason, by, since } in &suspended {
        out::line(format_args!("{subject}  since {since} by {by}: {reason}"));
    }
    let can_be: Vec<String> = can_be.iter().map(ToString::to_string).collect();
    out::line(format_args!("\ncan be suspended: {}", can_be.join(", ")));
    Ok(())
}

async fn history(listing: &Listing) -> anyhow::Result<()> {
    let service = open(&listing.place).await?;
    let acts = service.suspensions.history(i64::MAX, HISTORY).await?;
    service.store.close().await;
    if listing.json {
        let statements: Vec<_> = acts.iter().map(|act| &act.statement).collect();
        out::line(serde_json::to_string_pretty(&statements)?);
        return Ok(());
    }
    if acts.is_empty() {
        out::line("nothing was ever suspended");
    }
    for Act { receipt, statement, .. } in &acts {
        let deed = match statement.deed {
            Deed::Suspend => "suspended",
            Deed::Lift => "lifted",
        };
        out::line(format_args!(
            "{}  {deed} {} by {}: {}  ({receipt})",
            statement.at, statement.subject, statement.by.name, statement.reason
        ));
    }
    Ok(())
}

async fn export(file: &PathBuf, place: &Place) -> anyhow::Result<()> {
    let service = open(place).await?;
    let export = match service.suspensions.evidence().await {
        Err(LogError::Empty) => bail!("nothing was ever suspended, so there is no evidence"),
        found => found?,
    };
    service.store.close().await;
    let bytes = export.to_bytes().context("the evidence cannot be written")?;
    fs::write(file, bytes).with_context(|| format!("cannot write `{}`", file.display()))?;
    out::line(format_args!(
        "{} acts in `{}`; to verify it: bankside verify-log {}",
        export.entries.len(),
        file.display(),
        file.display()
    ));
    Ok(())
}
