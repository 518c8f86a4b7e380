//! Reading it, and the checks that types cannot make.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use bankside_domain::party::Ceiling;
use bankside_web::Sites;
use figment::Figment;
use figment::providers::{Env, Format as _, Serialized, Toml};
use serde::Serialize;
use url::Url;

use super::{Config, CoreKind, direct_line};
use crate::logging::Format;

/// Variables of the environment begin with it; `__` stands for a dot.
const PREFIX: &str = "BANKSIDE_";

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// There is no such file.
    #[error("there is no configuration file `{}`", .0.display())]
    NoFile(PathBuf),
    /// One or more values do not fit, one line each.
    #[error("{0}")]
    Values(String),
}

/// What flags say; what is `None` they do not say.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Flags {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) listen: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) metrics: Option<SocketAddr>,
    #[serde(skip_serializing_if = "LoggingFlags::is_empty")]
    pub(crate) logging: LoggingFlags,
}

/// What flags say about the operator's log.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct LoggingFlags {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) format: Option<Format>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) filter: Option<String>,
}

impl LoggingFlags {
    fn is_empty(&self) -> bool {
        self.format.is_none() && self.filter.is_none()
    }
}

/// Reads the configuration, and keeps where each value came from.
///
/// # Errors
/// [`ConfigError`], naming key, value and origin.
pub(crate) fn load(file: Option<&Path>, flags: &Flags) -> Result<(Config, Figment), ConfigError> {
    let mut figment = Figment::from(Serialized::defaults(Config::default()));
    if let Some(path) = file {
        if !path.is_file() {
            return Err(ConfigError::NoFile(path.to_owned()));
        }
        figment = figment.merge(Toml::file_exact(path));
    }
    let figment =
        figment.merge(Env::prefixed(PREFIX).split("__")).merge(Serialized::defaults(flags));
    let config: Config = figment.extract().map_err(|error| {
        let lines: Vec<String> = error.into_iter().map(|one| explain(&one)).collect();
        ConfigError::Values(lines.join("\n"))
    })?;
    check(&config)?;
    Ok((config, figment))
}

/// One line: key, what is wrong with the value, and where it was read.
fn explain(error: &figment::Error) -> String {
    let mut line = match error.path.join(".") {
        key if key.is_empty() => String::new(),
        key => format!("`{key}`: "),
    };
    let _infallible = write!(line, "{}", error.kind);
    if let Some(metadata) = &error.metadata {
        let _infallible = match &metadata.source {
            Some(source) => write!(line, ", in {source}"),
            None => write!(line, ", in {}", metadata.name),
        };
    }
    line
}

fn check(config: &Config) -> Result<(), ConfigError> {
    let mut wrong = Vec::new();
    if let Some(url) = config.public_url.as_ref().filter(|url| !is_public(url)) {
        wrong.push(format!(
            "`public_url`: `{url}` must be `https://HOST` (or `http://localhost:PORT` for a trial), \
             without a path"
        ));
    }
    let origin = config.log_origin();
    if origin.chars().any(|c| c.is_whitespace() || c == '+') {
        wrong.push(format!("`log.origin`: `{origin}` must not have a space or a plus sign"));
    }
    wrong.extend(config.log.witnesses(&origin).err().unwrap_or_default());
    if let Some(url) = config.telemetry.otlp.as_ref().filter(|url| !is_collector(url)) {
        let shown = url.rsplit('@').next().unwrap_or_default();
        wrong.push(format!(
            "`telemetry.otlp`: `{shown}` must be `http://HOST:PORT` or `https://HOST`, without a name \
             or a query"
        ));
    }
    for (key, address) in [("database.url", &config.database.url), ("keys.url", &config.keys.url)] {
        if let Some(address) = address.as_ref().filter(|a| !is_postgres(a.expose())) {
            wrong.push(format!("`{key}`: `{address}` must begin with `postgres://`"));
        }
    }
    if config.database.url.is_some()
        && config.database.url == config.keys.url
        && config.database.schema == config.keys.schema
    {
        wrong.push(
            "`keys.url`: keys and data must not share a schema; set `keys.schema`, or better \
             another database"
                .to_owned(),
        );
    }
    if config.core.kind == CoreKind::None && config.bank.is_empty() {
        wrong.push(
            "`bank`: no bank is configured and `core.kind` is `none`; add a `[[bank]]`, or set \
             `core.kind`"
                .to_owned(),
        );
    }
    for (place, one) in config.connect.iter().enumerate() {
        let Some(party) = config.channel.iter().find(|party| party.id == one.channel) else {
            wrong.push(format!(
                "`connect.{place}.channel`: there is no `[[channel]]` with the id `{}`",
                one.channel
            ));
            continue;
        };
        let is_mail = one.kind().is_ok_and(|kind| kind == "mail");
        if is_mail && party.ceiling != Ceiling::PlatformReadable {
            wrong.push(format!(
                "`connect.{place}.mail`: mail lies in many hands: the channel `{}` needs the ceiling \
                 `platform_readable`",
                one.channel
            ));
        }
    }
    let sites = Sites::parse(&config.sites).err().unwrap_or_default();
    wrong.extend(sites.into_iter().map(|(bank, error)| format!("`sites.{bank}`: {error}")));
    wrong.extend(direct_line::check(config));
    if wrong.is_empty() { Ok(()) } else { Err(ConfigError::Values(wrong.join("\n"))) }
}

/// Passkeys work on https, and on localhost.
fn is_public(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        let suits = url.scheme() == "https" && url.domain().is_some()
            || url.scheme() == "http" && url.domain() == Some("localhost");
        suits && url.path() == "/" && !text.ends_with('/')
    })
}

/// The base of a collector's address; `/v1/traces` is put behind it.
fn is_collector(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        let plain = url.username().is_empty() && url.password().is_none();
        let bare = url.query().is_none() && url.fragment().is_none();
        matches!(url.scheme(), "http" | "https") && url.has_host() && plain && bare
    })
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}
