//! `bankside serve`: the production start. Nothing is seeded.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use bankside_domain::Party;
use bankside_service::ports::CoreBank;

use crate::clock::Stopwatch;
use crate::config::{self, Config, CoreKind, Flags};
use crate::core_none::NoCore;
use crate::data::{DataDir, Kind};
use crate::{demo, http, logging, out, run, setup};

/// What the flags say; they win over the environment, which wins over the file.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// The configuration file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to listen (`listen`)
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// The data directory (`data`)
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Serve metrics at /metrics of this address (`metrics`)
    #[arg(long, value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    #[command(flatten)]
    log: logging::LogArgs,
}

/// Runs it until it is told to stop.
///
/// # Errors
/// What is in the way, and what to do.
pub(crate) async fn run(args: ServeArgs, since: Stopwatch) -> anyhow::Result<()> {
    let flags = Flags {
        listen: args.listen,
        data: args.data,
        metrics: args.metrics,
        logging: args.log.flags(),
    };
    let (mut config, _) = config::load(args.config.as_deref(), &flags)?;
    let (log, collector) = (&config.logging, config.telemetry.otlp.as_deref());
    let traces = logging::start(log.format, &log.filter, collector)?;
    let data = DataDir::take(&config.data, Kind::Serve, false)?;
    let (core, sandbox) = core(&config, &data)?;
    // Before anything is put together: links that are sent name the port.
    let (listener, address) = http::listen(config.listen).await?;
    config.listen = address;
    let channels = channels(&config);
    let outside = run::Outside { core, sandbox, channels, connected: Vec::new() };
    let assembled = run::assemble(&config, data, outside).await?;
    let link = assembled.service.staff.first_link().await?;
    let key = assembled.service.log.verifier();
    let listening = run::listen(&config, listener, assembled, run::Guests::default()).await?;
    let url = config.public_url_at(listening.address);
    tracing::info!(%url, %key, "ready in {} ms", since.millis());
    if let Some(token) = link {
        out::line(setup::announce(&url, &token));
    }
    listening.until_told().await;
    traces.end().await;
    Ok(())
}

/// The configured core, and the sandbox where it is one.
///
/// # Errors
/// Where the sandbox's journal cannot be read.
pub(crate) fn core(
    config: &Config,
    data: &DataDir,
) -> anyhow::Result<(Arc<dyn CoreBank>, Option<run::SandboxCore>)> {
    Ok(match config.core.kind {
        CoreKind::None => (Arc::new(NoCore::new(config.bank.clone())), None),
        CoreKind::Sandbox => {
            let sandbox = run::sandbox(data, Some(config.core.seed))?;
            (sandbox.clone(), Some(sandbox))
        }
    })
}

/// The configured channels, or the bank's own web chat alone.
pub(crate) fn channels(config: &Config) -> Vec<Party> {
    if config.channel.is_empty() {
        return demo::channels().into_iter().filter(|channel| channel.id == "web").collect();
    }
    config.channel.clone()
}
