//! `bankside config`: what is set, from where, and whether it can be used.

use clap::Subcommand;

use super::Place;
use crate::{config, out, run};

/// What can be asked.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print every key with its value
    #[command(after_help = "Example:\n  bankside config show --config bankside.toml --origin")]
    Show {
        #[command(flatten)]
        place: Place,
        /// Say where each value was read
        #[arg(long)]
        origin: bool,
        /// As JSON, with origins
        #[arg(long)]
        json: bool,
    },
    /// Check that it can be used, policies and all, without starting anything
    #[command(after_help = "Example:\n  bankside config check --config bankside.toml")]
    Check(Place),
}

/// Answers.
///
/// # Errors
/// Where it cannot be used: every reason, with key, value and origin.
pub(crate) fn run(command: &ConfigCommand) -> anyhow::Result<()> {
    match command {
        ConfigCommand::Show { place, origin, json } => {
            let shown = config::show(&place.layers()?.1)?;
            if *json {
                out::line(serde_json::to_string_pretty(&shown)?);
                return Ok(());
            }
            for one in shown {
                match origin {
                    true => {
                        out::line(format_args!("{} = {}  # {}", one.key, one.value, one.origin))
                    }
                    false => out::line(format_args!("{} = {}", one.key, one.value)),
                }
            }
        }
        ConfigCommand::Check(place) => {
            let (config, _) = place.layers()?;
            let policy = run::policy(&config)?;
            let policies = policy.policies().count();
            out::line(format_args!("fine: {policies} policies, log `{}`", config.log_origin()));
        }
    }
    Ok(())
}
