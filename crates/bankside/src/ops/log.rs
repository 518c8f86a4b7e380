//! `bankside log`: the public half of the disclosure log, as files.

mod rotate;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use bankside_service::Service;
use bankside_service::log::ServeError;
use bankside_transparency::checkpoint::SignedCheckpoint;
use bankside_transparency::path::{Bundle, LogPath, TILE_WIDTH, Tile};
use clap::Subcommand;

use super::Place;
use crate::config::Config;
use crate::data::sync_dir;
use crate::keys::KeyFiles;
use crate::{out, run};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum LogCommand {
    /// Write checkpoint, tiles and entries into a folder (C2SP tlog-tiles), for a static web
    /// server or a verifier. May be repeated into the same folder, and may run beside the service
    #[command(after_help = "Example:\n  bankside log export --data bankside-data /srv/log\n  \
                            bankside verify-log /srv/log --key \"$(bankside log key)\"")]
    Export {
        /// Where to: empty, or an earlier export of the same log
        folder: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Print the public key that checks the log, to be handed out: its first, and in lines that
    /// begin with `#` the ones that followed
    #[command(after_help = "Example:\n  bankside log key --config bankside.toml")]
    Key(Place),
    /// Hand the log to a new signing key. Checkpoints of before stay valid, and who knows the first
    /// key alone follows. Stop the service first
    #[command(after_help = "Example:\n  systemctl stop bankside\n  \
                            bankside log rotate-key --config bankside.toml")]
    RotateKey(Place),
}

/// Does it.
///
/// # Errors
/// Where the log cannot be read or the folder not be written.
pub(crate) async fn run(command: LogCommand) -> anyhow::Result<()> {
    match command {
        LogCommand::Key(place) => key(&place.existing()?).await,
        LogCommand::RotateKey(place) => rotate::run(&place.existing()?).await,
        LogCommand::Export { folder, place } => {
            let config = place.existing()?;
            let service = run::offline(&config).await?;
            let size = export(&service, &folder).await?;
            out::line(format_args!("{size} entries in `{}`", folder.display()));
            Ok(())
        }
    }
}

/// The first key, and those that followed with the sizes that each signs.
async fn key(config: &Config) -> anyhow::Result<()> {
    let file = KeyFiles::new(&config.keys_folder()).read_log()?;
    out::line(file.first());
    if file.rotations() > 0 {
        let service = run::offline(config).await?;
        let keys = service.log.keys().await?;
        service.store.close().await;
        out::line("# its keys, and the sizes of the log that each signs:");
        keys.to_string().lines().for_each(|line| out::line(format_args!("# {line}")));
    }
    Ok(())
}

/// Writes the log under its newest checkpoint into `folder`, the checkpoint last, so that whoever
/// reads meanwhile finds the log under the old checkpoint or under the new one, and whole in both
/// cases. Says how many entries it has.
///
/// # Errors
/// Where there is no checkpoint yet, the folder holds something else, or a file cannot be written.
pub(crate) async fn export(service: &Service, folder: &Path) -> anyhow::Result<u64> {
    let note = service.log.checkpoint().await?;
    let note = note.context("the log is empty: nothing was sealed yet")?;
    let signed = SignedCheckpoint::parse(note.as_bytes()).context("the stored checkpoint")?;
    let size = signed.checkpoint().size();
    let kept = folder.join("checkpoint");
    if let Ok(before) = fs::read(&kept) {
        let before = SignedCheckpoint::parse(&before)
            .with_context(|| format!("`{}` holds something else", folder.display()))?;
        if before.checkpoint().origin() != service.log.origin() {
            bail!("`{}` holds another log: `{}`", folder.display(), before.checkpoint().origin());
        }
    } else if folder.exists() && fs::read_dir(folder)?.next().is_some() {
        bail!("`{}` is not empty and holds no log; choose another", folder.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    rotations(service, folder).await?;
    for path in files(size) {
        let target = folder.join(path.to_string());
        let full = !path.to_string().contains(".p/");
        if full && target.exists() {
            // Immutable by the specification, and written whole.
            continue;
        }
        let bytes = match service.log.file(&path.to_string()).await {
            Ok(bytes) => bytes,
            Err(ServeError::NotFound) => bail!("the log has no `{path}`; run: bankside doctor"),
            Err(error) => return Err(error.into()),
        };
        write(&target, &bytes).with_context(|| format!("cannot write `{}`", target.display()))?;
    }
    write(&kept, note.as_bytes()).with_context(|| format!("cannot write `{}`", kept.display()))?;
    Ok(size)
}

/// Writes the rotations of the log's key, which lie beside it.
async fn rotations(service: &Service, folder: &Path) -> anyhow::Result<()> {
    for number in 1_u32.. {
        let name = format!("rotation/{number}");
        let bytes = match service.log.file(&name).await {
            Ok(bytes) => bytes,
            Err(ServeError::NotFound) => break,
            Err(error) => return Err(error.into()),
        };
        let target = folder.join(&name);
        write(&target, &bytes).with_context(|| format!("cannot write `{}`", target.display()))?;
    }
    Ok(())
}

/// The files of a log of that size, but for the checkpoint.
fn files(size: u64) -> Vec<LogPath> {
    let width = u64::from(TILE_WIDTH);
    let mut paths = Vec::new();
    let (mut level, mut hashes) = (0_u8, size);
    while hashes > 0 {
        let part = u16::try_from(hashes % width).unwrap_or(0);
        let tiles = (0..hashes / width).map(|index| (index, TILE_WIDTH));
        for (index, width) in tiles.chain((part > 0).then_some((hashes / width, part))) {
            paths.extend(Tile::new(level, index, width).map(Tile::path));
            if level == 0 {
                paths.extend(Bundle::new(index, width).map(Bundle::path));
            }
        }
        hashes /= width;
        level += 1;
    }
    paths
}

/// Writes a file for everybody to read: whole and durable, or not at all.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let temporary = path.with_extension("new");
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    sync_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_a_log_is_named() {
        let check = |size: u64, want: &[&str]| {
            let names: Vec<String> = files(size).iter().map(ToString::to_string).collect();
            assert_eq!(names, want, "{size}");
        };
        check(0, &[]);
        check(1, &["tile/0/000.p/1", "tile/entries/000.p/1"]);
        check(256, &["tile/0/000", "tile/entries/000", "tile/1/000.p/1"]);
        check(
            257,
            &[
                "tile/0/000",
                "tile/entries/000",
                "tile/0/001.p/1",
                "tile/entries/001.p/1",
                "tile/1/000.p/1",
            ],
        );
        assert_eq!(files(70_000).len(), 274 + 274 + 2 + 1);
    }
}
