//! `bankside doctor`: whether an installation is as it must be.
//!
//! The embedded databases are copied first and the copies examined, so that it may run beside the
//! service and changes nothing. INVARIANT: it goes on after a finding, and no finding carries
//! anything about a person beyond an id.

mod log;
mod messages;
mod streams;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use bankside_service::Service;
use bankside_service::keys::KeyWrapping as _;
use bankside_store::Store;
use serde::Serialize;

use super::Place;
use crate::config::Config;
use crate::data::{self, SCRATCH};
use crate::entropy::SystemEntropy;
use crate::keys::KeyFiles;
use crate::{look, out, run};

/// Findings that are kept; more of them say nothing new.
const MAX_FINDINGS: usize = 1_000;

/// Which installation, and how to answer.
#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    place: Place,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What was checked, and what is wrong.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    /// What was counted, by name.
    checked: BTreeMap<&'static str, u64>,
    /// What is wrong, one sentence each.
    findings: Vec<String>,
}

impl Report {
    /// Whether nothing is wrong.
    pub(crate) fn is_fine(&self) -> bool {
        self.findings.is_empty()
    }

    fn find(&mut self, what: impl Into<String>) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(what.into());
        }
    }

    fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.find(what());
        }
    }

    fn count(&mut self, what: &'static str, n: u64) {
        self.checked.insert(what, n);
    }
}

/// Examines it and says what it found; whether it is fine.
///
/// # Errors
/// Where it cannot be examined at all.
pub(crate) async fn run(args: &DoctorArgs) -> anyhow::Result<bool> {
    let report = on_a_copy(&args.place.existing()?).await?;
    print(&report, args.json)?;
    Ok(report.is_fine())
}

/// Prints it.
///
/// # Errors
/// None that happens: it is text and numbers.
pub(crate) fn print(report: &Report, json: bool) -> anyhow::Result<()> {
    if json {
        out::line(serde_json::to_string_pretty(report)?);
        return Ok(());
    }
    for (what, n) in &report.checked {
        out::line(format_args!("{n:>10} {what}"));
    }
    for finding in &report.findings {
        out::line(format_args!("WRONG: {finding}"));
    }
    match report.findings.len() {
        0 => out::line("all is well"),
        n => out::line(format_args!("{n} findings")),
    }
    Ok(())
}

/// Examines copies of the embedded databases; on a server, the databases themselves.
async fn on_a_copy(config: &Config) -> anyhow::Result<Report> {
    if config.database.url.is_some() || config.keys.url.is_some() {
        return examine(config).await;
    }
    let folder = Scratch::new(&config.data)?;
    let mut copy = Config { data: folder.path.clone(), ..config.clone() };
    copy.keys.path = Some(folder.path.join("keys"));
    data::private_dir(&copy.keys_folder()).context("cannot make a copy")?;
    let copies = [
        (run::main_store(config).await?, copy.data.join(run::MAIN)),
        (run::key_store(config).await?, KeyFiles::new(&copy.keys_folder()).database()),
    ];
    for (store, target) in copies {
        store.copy_to(&target).await.context("the copy to be examined")?;
        store.close().await;
    }
    let (from, to) = (KeyFiles::new(&config.keys_folder()), KeyFiles::new(&copy.keys_folder()));
    for (from, to) in [
        (from.master(), to.master()),
        (from.log(), to.log()),
        (config.data.join(run::SANDBOX), copy.data.join(run::SANDBOX)),
    ] {
        if from.exists() {
            std::fs::copy(&from, &to).with_context(|| format!("`{}`", from.display()))?;
        }
    }
    examine(&copy).await
}

/// A folder that is removed in the end.
#[derive(Debug)]
pub(crate) struct Scratch {
    /// Where.
    pub(crate) path: PathBuf,
    kept: bool,
}

impl Scratch {
    /// A new one inside `parent`, for its owner alone.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub(crate) fn new(parent: &Path) -> anyhow::Result<Self> {
        let path = parent.join(format!("{SCRATCH}{}", std::process::id()));
        data::private_dir(&path).with_context(|| format!("cannot make `{}`", path.display()))?;
        Ok(Self { path, kept: false })
    }

    /// Keeps it, under another name.
    ///
    /// # Errors
    /// Where it cannot be renamed; it is removed then.
    pub(crate) fn keep_as(mut self, to: &Path) -> anyhow::Result<()> {
        std::fs::rename(&self.path, to)
            .with_context(|| format!("cannot make `{}`", to.display()))?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            tracing::warn!(%error, path = %self.path.display(), "a copy was left behind; remove it");
        }
    }
}

/// Examines the databases of that configuration.
///
/// # Errors
/// Where they do not open, or the keys do not.
pub(crate) async fn examine(config: &Config) -> anyhow::Result<Report> {
    let service = run::offline(config).await?;
    let keys = run::key_store(config).await?;
    let mut report = Report::default();
    data_keys(config, &keys, &mut report).await?;
    log::examine(&service, &mut report).await?;
    log::witnesses(config, &service, &mut report).await?;
    streams::examine(&service, &mut report).await?;
    messages::examine(&service, &mut report).await?;
    ledger(config, &mut report)?;
    close(service, keys).await;
    Ok(report)
}

async fn close(service: Service, keys: Store) {
    let store = service.store.clone();
    drop(service);
    keys.close().await;
    store.close().await;
}

/// Every data key opens under a master key that is here.
async fn data_keys(config: &Config, keys: &Store, report: &mut Report) -> anyhow::Result<()> {
    let entropy = Arc::new(SystemEntropy);
    let master = KeyFiles::new(&config.keys_folder()).read_master(entropy)?;
    let mut tx = keys.read().await?;
    let rows = tx.rows("SELECT subject, master, wrapped FROM data_key ORDER BY subject", &[]);
    let rows = rows.await?;
    for row in &rows {
        let subject = row.text(0)?;
        if let Err(error) = master.unwrap(subject, row.int(1)?, row.bytes(2)?).await {
            report.find(format!("the data key of {subject}: {error}"));
        }
    }
    report.count("data keys", u64::try_from(rows.len())?);
    Ok(())
}

/// The sandbox's books sum to zero.
fn ledger(config: &Config, report: &mut Report) -> anyhow::Result<()> {
    let Some(sandbox) = look::sandbox(config)? else { return Ok(()) };
    let checked = sandbox
        .map_err(|error| error.to_string())
        .and_then(|sandbox| sandbox.check_books().map_err(|error| error.to_string()));
    match checked {
        Ok(books) => report.count("books of the sandbox", u64::try_from(books)?),
        Err(error) => report.find(format!("the sandbox: {error}")),
    }
    Ok(())
}
