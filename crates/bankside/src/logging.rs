//! The log of the operator: to standard error, as text or as JSON lines.
//!
//! Invariant: nothing about a person. What the rooms log are ids, counts and causes.

use serde::{Deserialize, Serialize};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};

use crate::telemetry::Traces;

/// How a line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object for each line.
    Json,
}

/// Starts it, and traces where there is a collector. `filter` is what `RUST_LOG` would say:
/// `info`, `warn,bankside=debug`.
///
/// # Errors
/// Where the filter cannot be read, or the collector's address cannot be used.
pub(crate) fn start(
    format: Format,
    filter: &str,
    collector: Option<&str>,
) -> anyhow::Result<Traces> {
    let filter = EnvFilter::try_new(filter)
        .map_err(|error| anyhow::anyhow!("`{filter}` is not a log filter: {error}"))?;
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        Format::Text => {
            let colour = std::io::IsTerminal::is_terminal(&std::io::stderr());
            lines.with_ansi(colour).with_target(false).with_filter(filter).boxed()
        }
        Format::Json => lines.json().flatten_event(true).with_filter(filter).boxed(),
    };
    let traces = Traces::to(collector)?;
    let started = tracing_subscriber::registry().with(lines).with(traces.layer()).try_init();
    started.map_err(|error| anyhow::anyhow!("the log does not start: {error}"))?;
    Ok(traces)
}

/// The flags of every command that runs a service.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct LogArgs {
    /// Log as text or as JSON lines, to standard error
    #[arg(long = "log", value_name = "FORMAT")]
    format: Option<Format>,
    /// What to log: `info`, or `warn,bankside=debug`
    #[arg(long = "log-filter", value_name = "FILTER", env = "RUST_LOG")]
    filter: Option<String>,
}

impl LogArgs {
    /// As a layer of the configuration.
    pub(crate) fn flags(&self) -> crate::config::LoggingFlags {
        crate::config::LoggingFlags { format: self.format, filter: self.filter.clone() }
    }

    /// Starts the log as the flags say, or else as configured.
    ///
    /// # Errors
    /// Where the filter cannot be read.
    pub(crate) fn start(
        &self,
        configured: &crate::config::Logging,
        collector: Option<&str>,
    ) -> anyhow::Result<Traces> {
        let format = self.format.unwrap_or(configured.format);
        start(format, self.filter.as_deref().unwrap_or(&configured.filter), collector)
    }
}
