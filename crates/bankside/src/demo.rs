//! `bankside demo`: everything in one process, with a seeded bank, for anybody to try.

mod beside;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use bankside_adapters::core::sandbox::{Introduction, Sandbox};
use bankside_domain::Party;
use bankside_domain::bank::{Bank, BankId};
use bankside_domain::party::{Ceiling, PartyKind};
use bankside_service::ports::CoreBank;
use bankside_web::{Line, Lines, StandIn};

use crate::clock::Stopwatch;
use crate::config::{Config, CoreKind, Log};
use crate::data::{DataDir, Kind};
use crate::run::Guests;
use crate::{http, logging, out, run};

/// The name of the demo's log, whatever port it is served on.
const ORIGIN: &str = "demo.bankside.example/log";

/// The operator whom the demo lets anyone be.
const OPERATOR: &str = "Robin";

/// What the flags say.
#[derive(Debug, clap::Args)]
pub(crate) struct DemoArgs {
    /// The data directory; made where there is none, kept for the next start
    #[arg(long, value_name = "DIR", default_value = "bankside-data")]
    data: PathBuf,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Remove what an earlier demo left in the data directory, and begin anew
    #[arg(long)]
    fresh: bool,
    /// Start doubles of these operators too, with a page that shows both sides: what the customer sees,
    /// and what the operator's servers see. Of telegram, messenger, matrix, alexa
    #[arg(long, value_name = "CHANNEL,...", value_delimiter = ',')]
    with: Vec<bankside_doubles::Kind>,
    /// Decides customers and transactions; another bank for each number
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Serve metrics at /metrics of this address
    #[arg(long, value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    /// Send traces to a collector that speaks OTLP over HTTP, such as http://127.0.0.1:4318
    #[arg(long, value_name = "URL")]
    otlp: Option<String>,
    #[command(flatten)]
    log: logging::LogArgs,
}

/// The configuration of a demo in that directory.
pub(crate) fn config(data: PathBuf) -> Config {
    let log = Log { origin: Some(ORIGIN.to_owned()), ..Log::default() };
    let mut config = Config { data, log, ..Config::default() };
    config.core.kind = CoreKind::Sandbox;
    config
}

/// Runs it until it is told to stop.
///
/// # Errors
/// What is in the way, and what to do.
pub(crate) async fn run(args: DemoArgs, since: Stopwatch) -> anyhow::Result<()> {
    let mut config = config(args.data);
    config.metrics = args.metrics;
    let traces = args.log.start(&config.logging, args.otlp.as_deref())?;
    let data = DataDir::take(&config.data, Kind::Demo, args.fresh)?;
    // Before anything is put together: links that are sent name the port.
    let (listener, address) = http::listen(args.listen).await?;
    config.listen = address;
    let sandbox = run::sandbox(&data, args.seed)?;
    let core: Arc<dyn CoreBank> = sandbox.clone();
    let guests = Guests {
        customers: stand_ins(&sandbox).await?,
        operator: Some(OPERATOR.to_owned()),
        sample_site: true,
    };
    let beside = beside::start(&args.with, address).await?;
    let first = core.banks().await?.into_iter().next().context("the sandbox has no bank")?;
    let outside = run::Outside {
        core,
        sandbox: Some(sandbox),
        channels: channels().into_iter().chain(beside.parties()).collect(),
        connected: beside.connected(&first.id)?,
    };
    let assembled = run::assemble(&config, data, outside).await?;
    let banks = assembled.service.banks.clone();
    let key = assembled.service.log.verifier();
    let listening = run::listen(&config, listener, assembled, guests).await?;
    let port = listening.address.port();
    let both_sides = beside.serve(listening.address);
    out::line(format_args!(
        "\nBankside runs at http://localhost:{port}/  (data in `{}`)\n",
        config.data.display()
    ));
    for bank in banks.iter() {
        out::line(format_args!("  {:<20} http://localhost:{port}/{}", bank.name, bank.id));
    }
    if let Some(bank) = banks.first() {
        let id = &bank.id;
        out::line(format_args!("  {:<20} http://localhost:{port}/{id}/mcp", "AI assistants (MCP)"));
        let what = "a site of a bank";
        out::line(format_args!("  {what:<20} http://127.0.0.1:{port}/{}/sample-site", bank.id));
    }
    if let Some(address) = both_sides {
        out::line(format_args!("  {:<20} http://{address}/", "both sides"));
    }
    out::line(format_args!("  {:<20} http://localhost:{port}/console/", "operators’ console"));
    out::line(format_args!("  {:<20} http://localhost:{port}/log/checkpoint", "disclosure log"));
    out::line(format_args!("  {:<20} {key}\n", "its public key"));
    out::line(TRY);
    out::line(format_args!("  7. In another terminal: {}", doctor(&config.data)));
    out::line(if both_sides.is_some() { BOTH } else { WITH });
    out::line(THEN);
    tracing::info!("ready in {} ms", since.millis());
    listening.until_told().await;
    traces.end().await;
    Ok(())
}

/// The page that stands for a site of each bank: this very process by its number, which is another
/// origin and another site than `localhost`.
pub(crate) fn sites(banks: &[Bank], at: SocketAddr) -> BTreeMap<BankId, Vec<String>> {
    let origin = format!("http://127.0.0.1:{}", at.port());
    banks.iter().map(|bank| (bank.id.clone(), vec![origin.clone()])).collect()
}

/// Direct Line of each bank, for pages of that site.
pub(crate) fn lines(banks: &[Bank]) -> Lines {
    banks.iter().map(|bank| (bank.id.clone(), Line::new(SITE))).collect()
}

/// Those whom anybody may be in the demo, as the sandbox introduces them.
async fn stand_ins(sandbox: &Sandbox) -> anyhow::Result<Vec<StandIn>> {
    let mut stand_ins = Vec::new();
    for Introduction { customer, bank, about } in sandbox.introductions()? {
        let name = sandbox.customer(customer).await?.given_name.reveal().to_owned();
        stand_ins.push(StandIn { customer, bank, name, about: about.to_owned() });
    }
    Ok(stand_ins)
}

/// The channel of pages that show the chat by themselves.
const SITE: &str = "site";

/// The demo's channels: the bank's own, and two that read along.
pub(crate) fn channels() -> Vec<Party> {
    let channel = |id: &str, name: &str, ceiling| Party {
        kind: PartyKind::Channel,
        id: id.to_owned(),
        name: name.to_owned(),
        ceiling,
    };
    vec![
        channel("web", "Web chat", Ceiling::BankOwned),
        channel("messenger", "Palaver", Ceiling::PlatformReadable),
        channel(SITE, "Sample site", Ceiling::PlatformReadable),
    ]
}

/// The examination of this very demo, as it is typed in the directory in which the demo was started.
fn doctor(data: &Path) -> String {
    let program = std::env::args_os().next().unwrap_or_else(|| "bankside".into());
    format!("{} doctor --data '{}'", Path::new(&program).display(), data.display())
}

const TRY: &str = "What to try:
  1. Open a bank, sign in as one of its customers, and open the chat.
  2. Ask: How much do I have? What did I spend on groceries last month? Is there enough for the rent?
  3. Open the same chat as Palaver, a messenger that reads along: it carries links, never figures.
  4. Look at what left the bank, verify it, and say: stop sharing.
  5. Open the site of a bank, on another origin: one script tag puts the chat there.
  6. Be the operator at the console: suspend Palaver, and ask there again.";

const BOTH: &str =
    "  8. Look at both sides: write on a phone, and read what the operator’s servers saw.\n";

const WITH: &str = "  8. Start it again with --with telegram,messenger,matrix,alexa: a phone, and what servers see.\n";

const THEN: &str =
    "Stop with Ctrl-C; a second start goes on where this one ended. Begin anew with --fresh.";
