//! `bankside keys`: generations of the master key.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use bankside_service::keys::{KeyRing, KeyWrapping as _, LocalMaster};
use bankside_store::Store;
use clap::Subcommand;
use zeroize::Zeroizing;

use super::Place;
use crate::config::Config;
use crate::data::{DataDir, write_private};
use crate::entropy::SystemEntropy;
use crate::keys::KeyFiles;
use crate::{out, run};

/// What can be done. The service must not run: it would not know the new key.
#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Say which generations there are and how many data keys each wraps
    Show(Place),
    /// Make a new master key and wrap every data key by it. Stop the service first
    #[command(after_help = "Example:\n  systemctl stop bankside\n  \
                            bankside keys rotate --config bankside.toml --drop-old")]
    Rotate {
        #[command(flatten)]
        place: Place,
        /// Then remove the older master keys from the file. Copies of the key database and
        /// backups that were made before can be read no more, unless you kept those keys
        #[arg(long)]
        drop_old: bool,
    },
}

/// Does it.
///
/// # Errors
/// Where the service runs, or a data key does not open. What was re-wrapped stays so; run it again.
pub(crate) async fn run(command: KeysCommand) -> anyhow::Result<()> {
    match command {
        KeysCommand::Show(place) => show(&place.existing()?).await,
        KeysCommand::Rotate { place, drop_old } => {
            let config = place.existing()?;
            let _lock = DataDir::take_existing(&config.data)?;
            rotate(&config, drop_old).await
        }
    }
}

async fn show(config: &Config) -> anyhow::Result<()> {
    let files = KeyFiles::new(&config.keys_folder());
    let newest = files.read_master(Arc::new(SystemEntropy))?.generation();
    let keys = run::key_store(config).await?;
    for (generation, count) in counts(&keys).await? {
        out::line(format_args!("generation {generation} wraps {count} data keys"));
    }
    out::line(format_args!("generation {newest} wraps new ones ({})", files.master().display()));
    keys.close().await;
    Ok(())
}

async fn rotate(config: &Config, drop_old: bool) -> anyhow::Result<()> {
    let entropy = Arc::new(SystemEntropy);
    let files = KeyFiles::new(&config.keys_folder());
    let path = files.master();
    let next = files.read_master(entropy.clone())?.generation() + 1;
    let line = LocalMaster::new_line(next, &*entropy);
    let mut text = files.master_text()?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&line);
    // The new key is durable before anything is wrapped by it.
    let failed = || format!("cannot write `{}`", path.display());
    write_private(&path, text.as_bytes()).with_context(failed)?;
    let wrapping = Arc::new(files.read_master(entropy.clone())?);
    let keys = run::key_store(config).await?;
    let ring = KeyRing::new(keys.clone(), wrapping, entropy);
    let done = ring.rewrap(|done| tracing::info!(done, "data keys were re-wrapped")).await?;
    let others: i64 =
        counts(&keys).await?.iter().filter(|(g, _)| *g != next).map(|(_, count)| count).sum();
    if others > 0 {
        bail!("{others} data keys are still under an older master key; run it again");
    }
    keys.close().await;
    out::line(format_args!("{done} data keys are wrapped by generation {next} now"));
    if drop_old {
        let only = Zeroizing::new(line.trim_start().to_owned());
        write_private(&path, only.as_bytes()).with_context(failed)?;
        out::line(format_args!(
            "`{}` holds generation {next} alone. Destroy the copies of the older lines, unless \
             backups from before are to be opened once more.",
            path.display()
        ));
    } else {
        out::line(format_args!(
            "Back up `{}`. Its older lines are not needed any more, but for backups from before; \
             remove them, or rotate with --drop-old.",
            path.display()
        ));
    }
    Ok(())
}

/// Data keys by the generation that wraps them.
async fn counts(keys: &Store) -> anyhow::Result<Vec<(i64, i64)>> {
    let mut tx = keys.read().await?;
    let sql = "SELECT master, COUNT(*) FROM data_key GROUP BY master ORDER BY master";
    let rows = tx.rows(sql, &[]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}
