//! Wiring: from a configuration to a running service, and back to an orderly end.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use bankside_adapters::core::sandbox::{FileJournal, Sandbox, Settings};
use bankside_adapters::http::HttpClient;
use bankside_domain::Party;
use bankside_domain::bank::Bank;
use bankside_service::channels::Connected;
use bankside_service::commit::OnDiskFailure;
use bankside_service::policy::{BankPolicy, PolicySource};
use bankside_service::ports::{Clock, CoreBank, Entropy, SandboxEvents};
use bankside_service::{Parts, Service};
use bankside_store::{MigrateError, Schema, Store, StoreError, rotations};
use bankside_web::{App, Office, Sites, StandIn};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use crate::clock::SystemClock;
use crate::config::{self, Config, Database};
use crate::core_none::NoCore;
use crate::data::DataDir;
use crate::demo;
use crate::entropy::SystemEntropy;
use crate::exit;
use crate::health::{self, Probes, Pulse};
use crate::http;
use crate::keys::KeyFiles;
use crate::tasks::{self, Work};
use crate::witnesses::Witnesses;

/// Longest wait for running requests when the process is told to stop. A live chat never ends by
/// itself, so this is what every stop takes while a browser is open; it reconnects.
const DRAIN: Duration = Duration::from_secs(2);
/// Longest wait for turns that are under way.
const ANSWER: Duration = Duration::from_secs(10);
/// Longest wait for witnesses of the last checkpoint.
const COSIGN: Duration = Duration::from_secs(3);
/// Longest wait for the databases to close.
const CLOSE: Duration = Duration::from_secs(5);
/// Names the program in records.
pub(crate) const BUILD: &str = concat!("bankside ", env!("CARGO_PKG_VERSION"));

/// Everything that was put together, not yet listening.
pub(crate) struct Assembled {
    /// The use cases.
    pub(crate) service: Service,
    /// The sandbox, where the core is one.
    pub(crate) sandbox: Option<SandboxCore>,
    keys: Store,
    // Held until the end.
    _data: DataDir,
}

/// What the service is connected with.
pub(crate) struct Outside {
    /// The core bank.
    pub(crate) core: Arc<dyn CoreBank>,
    /// The sandbox, where the core is one.
    pub(crate) sandbox: Option<SandboxCore>,
    /// The channels that there are.
    pub(crate) channels: Vec<Party>,
    /// How some of them are reached, besides those of the configuration.
    pub(crate) connected: Vec<Connected>,
}

/// Opens databases and keys, and starts the service.
///
/// # Errors
/// What is missing or wrong, and what to do.
pub(crate) async fn assemble(
    config: &Config,
    data: DataDir,
    outside: Outside,
) -> anyhow::Result<Assembled> {
    let Outside { core, sandbox, channels, connected: mut reached } = outside;
    let files = KeyFiles::new(&config.keys_folder());
    let has_data = config.data.join(MAIN).exists()
        || files.database().exists()
        || holds_data_on_a_server(config).await?;
    files.prepare(has_data, &config.log_origin(), &SystemEntropy)?;
    let client = HttpClient::new()?;
    let public_url = config.public_url_at(config.listen);
    let connected = config.connect.iter().map(|one| one.open(&client, &public_url));
    reached.extend(connected.collect::<anyhow::Result<Vec<_>>>()?);
    let (service, keys) = open_service(config, core, channels, reached).await?;
    files.settle_log(signing_key(&service.store).await?.as_deref())?;
    Ok(Assembled { service, sandbox, keys, _data: data })
}

/// Whether a server holds data already that were sealed with keys of before.
async fn holds_data_on_a_server(config: &Config) -> anyhow::Result<bool> {
    let mut holds = false;
    if config.keys.url.is_some() {
        holds |= has_rows(&key_store(config).await?, "SELECT COUNT(*) FROM data_key").await?;
    }
    if config.database.url.is_some() {
        holds |= has_rows(&main_store(config).await?, "SELECT COUNT(*) FROM log_leaf").await?;
    }
    Ok(holds)
}

async fn has_rows(store: &Store, count: &'static str) -> anyhow::Result<bool> {
    let mut tx = store.read().await?;
    let rows = tx.row(count, &[]).await?.map_or(Ok(0), |row| row.int(0))?;
    drop(tx);
    store.close().await;
    Ok(rows > 0)
}

/// The use cases over an installation that was started before, without a core and without
/// background work: for commands that look at it.
///
/// # Errors
/// What is missing or wrong, and what to do.
pub(crate) async fn offline(config: &Config) -> anyhow::Result<Service> {
    beside(config, Vec::new()).await
}

/// As [`offline`], for commands that act and so must know the channels.
///
/// # Errors
/// What is missing or wrong, and what to do.
pub(crate) async fn beside(config: &Config, channels: Vec<Party>) -> anyhow::Result<Service> {
    let core = Arc::new(NoCore::new(Vec::new()));
    Ok(open_service(config, core, channels, Vec::new()).await?.0)
}

/// Opens databases and keys, and starts the service; with the key database.
async fn open_service(
    config: &Config,
    core: Arc<dyn CoreBank>,
    channels: Vec<Party>,
    connected: Vec<Connected>,
) -> anyhow::Result<(Service, Store)> {
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let files = KeyFiles::new(&config.keys_folder());
    let origin = config.log_origin();
    let wrapping = Arc::new(files.read_master(entropy.clone())?);
    let store = main_store(config).await?;
    let signer = files.read_log_of(&origin, signing_key(&store).await?.as_deref())?;
    let keys = key_store(config).await?;
    let parts = Parts {
        store,
        keys: keys.clone(),
        wrapping,
        core,
        clock: Arc::new(SystemClock),
        entropy,
        policy: policy(config)?,
        channels,
        connected,
        public_url: config.public_url_at(config.listen).trim_end_matches('/').to_owned(),
        signer,
        origin,
        build: BUILD.to_owned(),
        on_disk_failure: stop_on_disk_failure(),
    };
    let service = Service::start(parts).await.context("the core bank does not say its banks")?;
    Ok((service, keys))
}

/// The public key that the log's newest rotation handed it to; none where there was no rotation.
async fn signing_key(store: &Store) -> anyhow::Result<Option<String>> {
    let mut tx = store.read().await?;
    Ok(rotations::newest(&mut tx).await?.map(|row| row.new_key))
}

/// The embedded main database.
pub(crate) const MAIN: &str = "main.db";

/// Opens the main database, and brings its schema to this version.
///
/// # Errors
/// [`MigrateError`], naming the database.
pub(crate) async fn main_store(config: &Config) -> anyhow::Result<Store> {
    let path = config.data.join(MAIN);
    open(&config.database, &path, Schema::Main).await.with_context(|| match &config.database.url {
        Some(url) => format!("the main database at {url}"),
        None => format!("the main database `{}`", path.display()),
    })
}

/// Opens the key database, and brings its schema to this version.
///
/// # Errors
/// [`MigrateError`], naming the database.
pub(crate) async fn key_store(config: &Config) -> anyhow::Result<Store> {
    let path = KeyFiles::new(&config.keys_folder()).database();
    let keys = Database { url: config.keys.url.clone(), schema: config.keys.schema.clone() };
    open(&keys, &path, Schema::Keys).await.with_context(|| match &keys.url {
        Some(url) => format!("the key database at {url}"),
        None => format!("the key database `{}`", path.display()),
    })
}

async fn open(
    database: &Database,
    path: &std::path::Path,
    schema: Schema,
) -> Result<Store, MigrateError> {
    match &database.url {
        Some(url) => Store::postgres(url.expose(), database.schema.as_deref(), schema).await,
        None => Store::sqlite(path, schema).await,
    }
}

/// The bank's own rules: the configured files, or the shipped defaults.
///
/// # Errors
/// Every problem, with file and line.
pub(crate) fn policy(config: &Config) -> anyhow::Result<BankPolicy> {
    if config.policy.files.is_empty() {
        return Ok(BankPolicy::built_in()?);
    }
    Ok(BankPolicy::compile(&read_policies(&config.policy.files)?)?)
}

/// Reads files of policies.
///
/// # Errors
/// Where one cannot be read.
pub(crate) fn read_policies(files: &[std::path::PathBuf]) -> anyhow::Result<Vec<PolicySource>> {
    files
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the policies in `{}`", path.display()))?;
            let name = path.file_name().map_or_else(
                || path.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            );
            Ok(PolicySource { name, text })
        })
        .collect()
}

/// The sandbox, shared by the core's port and the task that lets time go on.
pub(crate) type SandboxCore = Arc<Sandbox>;

/// Opens the sandbox with its journal in the data directory.
///
/// # Errors
/// Where the journal cannot be read or belongs to another seed.
pub(crate) fn sandbox(data: &DataDir, seed: Option<u64>) -> anyhow::Result<SandboxCore> {
    let path = data.path().join(SANDBOX);
    let (journal, lines) = FileJournal::open(&path)
        .with_context(|| format!("the sandbox's journal `{}`", path.display()))?;
    let mut settings = Settings::default();
    settings.seed = seed.or_else(|| seed_of(&lines)).unwrap_or(settings.seed);
    let sandbox = Sandbox::open(settings, journal, &lines, SystemClock.now())?;
    Ok(Arc::new(sandbox))
}

/// The sandbox's journal.
pub(crate) const SANDBOX: &str = "sandbox.jsonl";

/// The seed that a journal was begun with, so that a second start need not name it again.
pub(crate) fn seed_of(lines: &[String]) -> Option<u64> {
    let first: serde_json::Value = serde_json::from_str(lines.first()?).ok()?;
    first.get("seed")?.as_u64()
}

/// Ends the process: what reached the disk is unknown, and a retry would pretend otherwise; or the
/// one writer has a defect, and nobody can say what it would write next.
fn stop_on_disk_failure() -> OnDiskFailure {
    Arc::new(|error| {
        let (code, what) = match error {
            StoreError::Disk(_) => (exit::DISK, "the disk failed"),
            _ => (exit::DEFECT, "the writer has a defect"),
        };
        tracing::error!(%error, code, "{what}; the process ends");
        std::process::exit(code.into());
    })
}

/// Metrics, where the configuration wants them.
///
/// # Errors
/// Where a recorder is installed already.
fn recorder(config: &Config) -> anyhow::Result<Option<PrometheusHandle>> {
    if config.metrics.is_none() {
        return Ok(None);
    }
    let handle = PrometheusBuilder::new().install_recorder().context("metrics do not start")?;
    health::describe();
    Ok(Some(handle))
}

/// The public address. A demo is reached by the port that it got.
fn origin(config: &Config, bound: std::net::SocketAddr) -> anyhow::Result<Url> {
    let text = config.public_url_at(bound);
    Url::parse(&text).with_context(|| format!("`public_url`: `{text}` is no address"))
}

/// The banks' sites: as configured, or those of a demo that listens there.
///
/// # Errors
/// Where a secret of a site's server cannot be read.
fn sites(
    config: &Config,
    banks: &[Bank],
    demo: Option<std::net::SocketAddr>,
) -> anyhow::Result<Sites> {
    let (listed, lines) = match demo {
        Some(at) => (&demo::sites(banks, at), demo::lines(banks)),
        None => (&config.sites, config::lines(&config.direct_line)?),
    };
    // The configuration's were checked.
    Ok(Sites::parse(listed).unwrap_or_default().with_lines(lines))
}

/// Whom the demo lets anyone be; nobody in production.
#[derive(Default)]
pub(crate) struct Guests {
    /// Customers.
    pub(crate) customers: Vec<StandIn>,
    /// The operator's name.
    pub(crate) operator: Option<String>,
    /// Whether there is a page that stands for a site of each bank.
    pub(crate) sample_site: bool,
}

/// A service that listens.
pub(crate) struct Listening {
    /// Where.
    pub(crate) address: std::net::SocketAddr,
    work: Work,
    keys: Store,
    tracker: TaskTracker,
    stop: CancellationToken,
    told: [Signal; 2],
    _data: DataDir,
}

/// Starts serving, where the configuration says that it listens, and the background work.
///
/// # Errors
/// Where an address cannot be used.
pub(crate) async fn listen(
    config: &Config,
    listener: TcpListener,
    assembled: Assembled,
    guests: Guests,
) -> anyhow::Result<Listening> {
    let Assembled { service, sandbox, keys, _data } = assembled;
    let metrics = recorder(config)?;
    // Before anybody hears that it is ready: from then on it ends in order.
    let told = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    let [term, int] = told;
    let told = [term.context("SIGTERM")?, int.context("SIGINT")?];
    let address = config.listen;
    let public_url = origin(config, address)?;
    let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
    let pulse = Pulse::default();
    pulse.published(service.clock.now());
    let witnesses = Witnesses::of(config)?;
    let probes = Probes {
        service: service.clone(),
        keys: keys.clone(),
        pulse: pulse.clone(),
        witnesses: witnesses.clone(),
    };
    let Guests { customers, operator, sample_site } = guests;
    let sites = sites(config, &service.banks, sample_site.then_some(address))?;
    let office = Office {
        stand_in: operator,
        vitals: Some(Arc::new(probes.clone())),
        sandbox: sandbox.clone().map(|sandbox| sandbox as Arc<dyn SandboxEvents>),
        version: BUILD.to_owned(),
    };
    let settings =
        bankside_web::Settings { public_url, stand_ins: customers, sites, sample_site, office };
    let app = App::new(service.clone(), settings)?;
    let work = Work { service, sandbox, pulse, metrics, witnesses };
    if let (Some(handle), Some(wanted)) = (&work.metrics, config.metrics) {
        let (listener, bound) = http::listen(wanted).await?;
        tracing::info!(address = %bound, "metrics are served at /metrics");
        tracker.spawn(http::serve(listener, http::metrics(handle.clone()), stop.clone()));
    }
    tasks::start(&work, &tracker, &stop);
    let router = http::origin(app, probes);
    tracker.spawn(http::serve(listener, router, stop.clone()));
    tracing::info!(%address, "listening");
    Ok(Listening { address, work, keys, tracker, stop, told, _data })
}

impl Listening {
    /// Waits for SIGTERM or SIGINT, then ends in order: no new connections, running requests and
    /// turns to their end, a last checkpoint, the databases closed.
    ///
    pub(crate) async fn until_told(mut self) {
        let [term, int] = &mut self.told;
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
        tracing::info!("stopping");
        self.stop.cancel();
        self.tracker.close();
        if tokio::time::timeout(DRAIN, self.tracker.wait()).await.is_err() {
            tracing::info!("live connections are cut");
        }
        if tokio::time::timeout(ANSWER, self.answered()).await.is_err() {
            tracing::warn!("some messages await an answer; the next start finds them");
        }
        if let Err(error) = tasks::publish(&self.work).await {
            tracing::warn!(%error, "the last checkpoint was not published; the next start does it");
        }
        let cosigned = self.work.witnesses.last(&self.work.service);
        if tokio::time::timeout(COSIGN, cosigned).await.is_err() {
            tracing::warn!("a witness did not cosign in time; the next start asks it again");
        }
        let closed = async {
            self.work.service.store.close().await;
            self.keys.close().await;
        };
        if tokio::time::timeout(CLOSE, closed).await.is_err() {
            tracing::warn!("the databases did not close in time; nothing committed is lost");
        }
        tracing::info!("stopped");
    }

    /// Waits until no message awaits an answer.
    async fn answered(&self) {
        loop {
            let depth = async {
                let mut tx = self.work.service.store.read().await?;
                bankside_store::inbox::depth(&mut tx).await
            };
            match depth.await {
                Ok((pending, _)) if pending > 0 => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                _ => return,
            }
        }
    }
}
