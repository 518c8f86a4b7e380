//! The configuration: defaults, under a file, under the environment, under flags.
//!
//! INVARIANT: an unknown key is an error, and an error names the key, the value and where it was
//! read. INVARIANT: neither `Debug` nor `config show` tells a password.

mod connect;
mod direct_line;
mod load;
mod show;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use bankside_adapters::witness::Address as WitnessAddress;
use bankside_domain::Party;
use bankside_domain::bank::{Bank, BankId};
use serde::{Deserialize, Serialize};

use crate::logging::Format;

pub(crate) use connect::Connection;
pub(crate) use direct_line::{DirectLine, lines};
pub(crate) use load::{ConfigError, Flags, LoggingFlags, load};
pub(crate) use show::show;

/// Everything that can be set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Where the bank's own origin listens, behind whatever ends TLS.
    pub(crate) listen: SocketAddr,
    /// The address under which customers reach it, which passkeys are bound to; none is
    /// `http://localhost` with the port that it listens on, for a trial.
    pub(crate) public_url: Option<String>,
    /// The data directory.
    pub(crate) data: PathBuf,
    /// Where metrics are served, on a port of their own.
    pub(crate) metrics: Option<SocketAddr>,
    /// The main database.
    pub(crate) database: Database,
    /// The keys.
    pub(crate) keys: Keys,
    /// The disclosure log.
    pub(crate) log: Log,
    /// What the operator reads.
    pub(crate) logging: Logging,
    /// Where traces go.
    pub(crate) telemetry: Telemetry,
    /// The bank's core system.
    pub(crate) core: Core,
    /// The bank's own rules.
    pub(crate) policy: Policy,
    /// The banks served. Needed where the core does not say it.
    pub(crate) bank: Vec<Bank>,
    /// The channels that customers may use.
    pub(crate) channel: Vec<Party>,
    /// Those of them that the bank writes to.
    pub(crate) connect: Vec<Connection>,
    /// Origins of each bank's own sites, whose pages may show its chat in a frame.
    pub(crate) sites: BTreeMap<BankId, Vec<String>>,
    /// Direct Line of each bank, for chat programs on those sites such as Microsoft's Web Chat.
    pub(crate) direct_line: BTreeMap<BankId, DirectLine>,
}

/// A database.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    /// `postgres://user@host/name`; none is the embedded database in the data directory.
    pub(crate) url: Option<Address>,
    /// The schema in which its tables lie (`search_path`).
    pub(crate) schema: Option<String>,
}

/// The keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    /// The folder of key files; none is `keys` in the data directory.
    pub(crate) path: Option<PathBuf>,
    /// Database of wrapped data keys; none is the embedded one in that folder.
    pub(crate) url: Option<Address>,
    /// The schema in which its tables lie.
    pub(crate) schema: Option<String>,
}

/// The disclosure log.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Log {
    /// Its name; none follows from `public_url`. Never changes once the log has begun.
    pub(crate) origin: Option<String>,
    /// Outside witnesses that cosign its checkpoints.
    pub(crate) witness: Vec<Witness>,
}

/// An outside witness (C2SP tlog-witness).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Witness {
    /// Its submission prefix: `add-checkpoint` lies below it.
    pub(crate) url: String,
    /// Its public key, `name+12345678+base64`.
    pub(crate) key: String,
}

impl Log {
    /// The witnesses' addresses.
    ///
    /// # Errors
    /// Each that cannot be asked, and why, one line each.
    pub(crate) fn witnesses(&self, origin: &str) -> Result<Vec<WitnessAddress>, Vec<String>> {
        let (mut addresses, mut wrong) = (Vec::<WitnessAddress>::new(), Vec::new());
        for (place, one) in self.witness.iter().enumerate() {
            let mut refuse = |why: String| wrong.push(format!("`log.witness.{place}`: {why}"));
            match WitnessAddress::parse(&one.url, one.key.trim()) {
                Err(error) => refuse(error.to_string()),
                Ok(address) if address.name() == origin => {
                    refuse(format!("`{origin}` is the log itself, which is no witness of its own"));
                }
                Ok(address) if addresses.iter().any(|known| known.name() == address.name()) => {
                    refuse(format!("`{}` is named twice", address.name()));
                }
                Ok(address) => addresses.push(address),
            }
        }
        if wrong.is_empty() { Ok(addresses) } else { Err(wrong) }
    }
}

/// What the operator reads.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Logging {
    /// As text or as JSON lines.
    pub(crate) format: Format,
    /// What to log: `info`, `warn,bankside=debug`.
    pub(crate) filter: String,
}

/// Where traces go.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Telemetry {
    /// A collector that speaks OTLP over HTTP: `http://127.0.0.1:4318`; none is no traces.
    pub(crate) otlp: Option<String>,
}

/// The bank's core system.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Core {
    /// Which one.
    pub(crate) kind: CoreKind,
    /// Decides everything in the sandbox.
    pub(crate) seed: u64,
}

/// The core systems that this build can speak to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CoreKind {
    /// None yet: everything works but questions about accounts, which say so.
    None,
    /// A whole small bank in the process, to try things on.
    Sandbox,
}

/// The bank's own rules.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Policy {
    /// Cedar files; none are the shipped defaults.
    pub(crate) files: Vec<PathBuf>,
}

/// A database's address, which may hold a password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Address(String);

impl Address {
    /// With its password.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

/// Without its password.
impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&show::without_password(&self.0))
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            data: PathBuf::from("bankside-data"),
            metrics: None,
            database: Database::default(),
            keys: Keys::default(),
            log: Log::default(),
            logging: Logging { format: Format::Text, filter: "info".to_owned() },
            telemetry: Telemetry::default(),
            core: Core { kind: CoreKind::None, seed: 2018 },
            policy: Policy::default(),
            bank: Vec::new(),
            channel: Vec::new(),
            connect: Vec::new(),
            sites: BTreeMap::new(),
            direct_line: BTreeMap::new(),
        }
    }
}

impl Config {
    /// The folder of key files.
    pub(crate) fn keys_folder(&self) -> PathBuf {
        self.keys.path.clone().unwrap_or_else(|| self.data.join("keys"))
    }

    /// The address under which customers reach it, for a process that listens at `bound`.
    pub(crate) fn public_url_at(&self, bound: SocketAddr) -> String {
        let local = || format!("http://localhost:{}", bound.port());
        self.public_url.clone().unwrap_or_else(local)
    }

    /// The log's name: a key's name, so without space and plus sign.
    pub(crate) fn log_origin(&self) -> String {
        self.log.origin.clone().unwrap_or_else(|| {
            let url = self.public_url.as_deref().unwrap_or("http://localhost");
            let host = url.split_once("://").map_or(url, |(_, host)| host);
            format!("{}/log", host.trim_end_matches('/'))
        })
    }
}
