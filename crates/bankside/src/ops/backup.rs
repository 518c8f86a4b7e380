//! `bankside backup` and `restore`.
//!
//! INVARIANT: data and keys are never in the same archive, and never in the same folder; the
//! master key is in neither. Whoever holds one of the three holds nothing readable.
//!
//! Archives are sealed with a key that follows from the master key, so there is no further secret
//! to keep. The data is copied before the keys, so that what a customer cleared in between is
//! unreadable in the backup as well.

mod archive;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use bankside_service::keys::{DataKey, LocalMaster};
use bankside_service::ports::{Clock as _, Entropy as _};
use bankside_store::Schema;
use clap::Subcommand;
use serde::{Deserialize, Serialize};

use super::Place;
use super::doctor::{self, Scratch};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::data::{self, DataDir, Kind, private_dir, sync_dir, write_private};
use crate::entropy::SystemEntropy;
use crate::keys::KeyFiles;
use crate::run::BUILD;
use crate::{out, run};

/// What a folder of a backup holds beside its archive.
const MANIFEST: &str = "manifest.json";
const FORMAT: &str = "bankside-backup/v1";
/// What the archives' key is derived for.
const LABEL: &[u8] = b"bankside/backup/v1";

/// For `restore --help`.
pub(crate) const RESTORE_HELP: &str = "Example:\n  bankside restore /backup/data \
--keys /backup-keys/keys --master /safe/master.key --to /var/lib/bankside";

/// A backup, or what to do with one.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Example:\n  bankside backup \
/backup/2026-11-21 --keys /backup-keys/2026-11-21 --data bankside-data"
)]
pub(crate) struct BackupArgs {
    #[command(subcommand)]
    command: Option<BackupCommand>,
    /// A new folder for the data's archive
    #[arg(required = true)]
    folder: Option<PathBuf>,
    /// A new folder for the archive of wrapped keys, on another medium; without it the keys are
    /// not copied
    #[arg(long, value_name = "FOLDER")]
    keys: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
enum BackupCommand {
    /// Unpack a backup beside itself, examine it as `doctor` does, and remove it again
    #[command(after_help = "Example:\n  bankside backup verify /backup/2026-11-21 \
                            --keys /backup-keys/2026-11-21 --master bankside-data/keys/master.key")]
    Verify {
        #[command(flatten)]
        source: Source,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// The three things that a restore needs.
#[derive(Debug, clap::Args)]
struct Source {
    /// The folder of the data's archive
    folder: PathBuf,
    /// The folder of the archive of wrapped keys
    #[arg(long, value_name = "FOLDER")]
    keys: PathBuf,
    /// The master key's file
    #[arg(long, value_name = "FILE")]
    master: PathBuf,
}

/// From where, and to where.
#[derive(Debug, clap::Args)]
pub(crate) struct RestoreArgs {
    #[command(flatten)]
    source: Source,
    /// The data directory to make; it must not exist
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// What is in an archive, in the clear: nothing about a person.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    /// `data` or `keys`.
    part: String,
    /// Names one run of `backup`; data and keys of one run have the same.
    backup: String,
    made: String,
    build: String,
    kind: Kind,
    schema: i64,
    origin: String,
    archive: String,
    length: u64,
    sha256: String,
    /// The log's newest checkpoint: keep it, and `verify-log --known` tells whether the log shrank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    checkpoint: Option<String>,
}

/// Makes or verifies a backup; whether what was verified is fine.
///
/// # Errors
/// What is in the way, and what to do.
pub(crate) async fn run(args: BackupArgs) -> anyhow::Result<bool> {
    match (args.command, args.folder) {
        (Some(BackupCommand::Verify { source, json }), _) => verify(&source, json).await,
        (None, Some(folder)) => {
            make(&args.place.existing()?, &folder, args.keys.as_deref()).await.map(|()| true)
        }
        (None, None) => bail!("say where to: bankside backup FOLDER"),
    }
}

async fn make(config: &Config, folder: &Path, keys: Option<&Path>) -> anyhow::Result<()> {
    if keys == Some(folder) {
        bail!("data and keys never lie in the same folder; give --keys another");
    }
    for folder in [Some(folder), keys].into_iter().flatten() {
        if folder.exists() && fs::read_dir(folder)?.next().is_some() {
            bail!("`{}` is not empty; give a new folder", folder.display());
        }
        private_dir(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    }
    let files = KeyFiles::new(&config.keys_folder());
    let key = archive_key(&files.read_master(Arc::new(SystemEntropy))?);
    let mut id = [0; 16];
    SystemEntropy.fill(&mut id);
    let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    let run = Run { config, key: &key, id: &id };
    run.data(folder).await?;
    out::line(format_args!("data: `{}`", folder.display()));
    match keys {
        Some(keys) => {
            run.keys(keys, &files).await?;
            out::line(format_args!("keys: `{}`", keys.display()));
        }
        None => out::line("keys: not copied; without them the data cannot be read: give --keys"),
    }
    out::line(format_args!("Neither can be opened without `{}`.", files.master().display()));
    Ok(())
}

fn archive_key(master: &LocalMaster) -> DataKey {
    DataKey::from_bytes(*master.derived(LABEL))
}

/// One run of `backup`.
struct Run<'a> {
    config: &'a Config,
    key: &'a DataKey,
    id: &'a str,
}

impl Run<'_> {
    async fn data(&self, folder: &Path) -> anyhow::Result<()> {
        let scratch = Scratch::new(folder)?;
        let copy = scratch.path.join(run::MAIN);
        let store = run::main_store(self.config).await?;
        let mut tx = store.read().await?;
        let checkpoint = bankside_store::checkpoints::latest(&mut tx).await?.map(|row| row.note);
        drop(tx);
        store.copy_to(&copy).await.context("the copy of the main database")?;
        store.close().await;
        let mut parts = vec![(run::MAIN, copy)];
        let journal = self.config.data.join(run::SANDBOX);
        if journal.exists() {
            parts.push((run::SANDBOX, journal));
        }
        self.pack(folder, "data", Schema::Main, &parts, checkpoint)
    }

    async fn keys(&self, folder: &Path, files: &KeyFiles) -> anyhow::Result<()> {
        let scratch = Scratch::new(folder)?;
        let copy = scratch.path.join("keys.db");
        let store = run::key_store(self.config).await?;
        store.copy_to(&copy).await.context("the copy of the key database")?;
        store.close().await;
        let parts = vec![("keys.db", copy), ("log.key", files.log())];
        self.pack(folder, "keys", Schema::Keys, &parts, None)
    }

    fn pack(
        &self,
        folder: &Path,
        part: &str,
        schema: Schema,
        parts: &[(&str, PathBuf)],
        checkpoint: Option<String>,
    ) -> anyhow::Result<()> {
        let archive = format!("{part}.sealed");
        let target = folder.join(&archive);
        let place = format!("{}/{part}", self.id);
        let (length, sha256) = archive::seal(&target, parts, self.key, &place, &SystemEntropy)
            .with_context(|| format!("cannot write `{}`", target.display()))?;
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            part: part.to_owned(),
            backup: self.id.to_owned(),
            made: SystemClock.now().to_string(),
            build: BUILD.to_owned(),
            kind: data::kind(&self.config.data)?,
            schema: schema.version(),
            origin: self.config.log_origin(),
            archive,
            length,
            sha256,
            checkpoint,
        };
        // The manifest last: a folder without one is no backup.
        write_private(&folder.join(MANIFEST), serde_json::to_string_pretty(&manifest)?.as_bytes())
            .with_context(|| format!("cannot write `{}`", folder.join(MANIFEST).display()))
    }
}

/// Makes a data directory from a backup.
///
/// # Errors
/// Where the archives do not belong together or do not open. Nothing is left behind then.
pub(crate) fn restore(args: &RestoreArgs) -> anyhow::Result<()> {
    let to = &args.to;
    if to.exists() {
        bail!("`{}` exists; restore into a new directory, then swap the two", to.display());
    }
    let parent = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let scratch = Scratch::new(parent)?;
    let manifest = unpack(&args.source, &scratch.path)?;
    scratch.keep_as(to)?;
    sync_dir(parent)?;
    out::line(format_args!("`{}` is as it was at {}", to.display(), manifest.made));
    out::line(
        "Everything since then is gone: consents revoked and histories cleared since are back.",
    );
    Ok(())
}

/// Unpacks both archives into an empty folder, which is a data directory then.
fn unpack(source: &Source, folder: &Path) -> anyhow::Result<Manifest> {
    let (data, keys) = (manifest(&source.folder, "data")?, manifest(&source.keys, "keys")?);
    if data.origin != keys.origin {
        bail!("the data are of `{}`, the keys of `{}`", data.origin, keys.origin);
    }
    for (what, found, known) in [
        ("main", data.schema, Schema::Main.version()),
        ("key", keys.schema, Schema::Keys.version()),
    ] {
        if found > known {
            bail!(
                "the {what} schema has version {found}, this program knows {known}: install a newer one"
            );
        }
    }
    drop(DataDir::take(folder, data.kind, false)?);
    let files = KeyFiles::new(&folder.join("keys"));
    private_dir(&folder.join("keys"))?;
    let text = zeroize::Zeroizing::new(
        fs::read(&source.master).with_context(|| format!("`{}`", source.master.display()))?,
    );
    write_private(&files.master(), &text)?;
    let key = archive_key(&files.read_master(Arc::new(SystemEntropy))?);
    for (from, manifest, to) in
        [(&source.folder, &data, folder.to_owned()), (&source.keys, &keys, folder.join("keys"))]
    {
        let path = from.join(&manifest.archive);
        let place = format!("{}/{}", manifest.backup, manifest.part);
        let expected = (manifest.length, manifest.sha256.as_str());
        archive::open(&path, expected, &key, &place, &to)
            .with_context(|| format!("`{}`", path.display()))?;
    }
    Ok(data)
}

fn manifest(folder: &Path, part: &str) -> anyhow::Result<Manifest> {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("`{}` holds no backup: no {MANIFEST}", folder.display()))?;
    let manifest: Manifest =
        serde_json::from_str(&text).with_context(|| format!("`{}`", path.display()))?;
    if manifest.format != FORMAT || manifest.part != part {
        bail!("`{}` is no {part} archive of this version", folder.display());
    }
    if manifest.archive != format!("{part}.sealed") {
        bail!("`{}` names another archive than `{part}.sealed`", path.display());
    }
    Ok(manifest)
}

async fn verify(source: &Source, json: bool) -> anyhow::Result<bool> {
    let scratch = Scratch::new(&source.folder)?;
    let manifest = unpack(source, &scratch.path)?;
    let mut config = match manifest.kind {
        Kind::Demo => crate::demo::config(scratch.path.clone()),
        Kind::Serve => Config { data: scratch.path.clone(), ..Config::default() },
    };
    config.log.origin = Some(manifest.origin);
    let report = doctor::examine(&config).await?;
    doctor::print(&report, json)?;
    Ok(report.is_fine())
}
