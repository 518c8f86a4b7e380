//! The public half of the log: leaves without a gap, tiles as they follow from the leaves, and a
//! checkpoint that the log's key signed over them.

use bankside_service::Service;
use bankside_service::log::LogError;
use bankside_store::{StoreError, checkpoints, log};
use bankside_transparency::checkpoint::{Checkpoint, SignedCheckpoint};
use bankside_transparency::cosignature::verify_cosignatures;
use bankside_transparency::hash::Hash256;
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::leaf::Leaf;
use bankside_transparency::tree::{Frontier, TileUpdate};

use super::Report;
use crate::config::Config;

/// Leaves that are held in memory at once.
const PAGE: i64 = 4_096;
/// A witness is behind where it lacks a checkpoint that is older, in milliseconds.
const BEHIND_MS: i64 = 10 * 60 * 1000;

pub(super) async fn examine(service: &Service, report: &mut Report) -> anyhow::Result<()> {
    let mut tx = service.store.read().await?;
    let state = log::state(&mut tx).await?;
    let size = state.as_ref().map_or(0, |(size, _)| *size);
    let keys = service.log.keys().await;
    let signed = checkpoint(keys, checkpoints::latest(&mut tx).await?, report);
    let until = signed.as_ref().and_then(|c| i64::try_from(c.size()).ok()).unwrap_or(0);
    report.must(until <= size, || {
        format!("the checkpoint is over {until} leaves, but there are {size}")
    });
    let mut tree = Frontier::new();
    let mut tiles = 0;
    let mut at = 0;
    while at < size {
        let stop = (at + PAGE).min(size);
        // One step ends exactly where the checkpoint does, to compare the root there.
        let stop = if at < until && until < stop { until } else { stop };
        let leaves = log::leaves(&mut tx, at, stop).await?;
        let Some(hashes) = hashes(&leaves, at, stop, report) else { return Ok(()) };
        for update in tree.append(&hashes)? {
            tiles += u64::from(!update.tile.is_partial());
            tile(&mut tx, &update, report).await?;
        }
        at = stop;
        if at == until {
            let root = signed.as_ref().map(Checkpoint::root);
            report.must(root == Some(tree.root()), || {
                format!("the leaves below {until} lead to another root than the signed one")
            });
        }
    }
    if let Some((size, bytes)) = state.filter(|(size, _)| *size > 0) {
        let same = i64::try_from(tree.size()) == Ok(size) && tree.to_bytes() == bytes;
        report.must(same, || "the log's stored edge is not that of its leaves".to_owned());
    }
    let beyond = tx.row("SELECT COUNT(*) FROM log_leaf WHERE idx >= $1", &[size.into()]).await?;
    let beyond = beyond.map_or(Ok(0), |row| row.int(0))?;
    report.must(beyond == 0, || format!("{beyond} leaves stand beyond the end of the log"));
    report.count("leaves", tree.size());
    report.count("full tiles", tiles);
    Ok(())
}

/// Each configured witness took in what is older than [`BEHIND_MS`], and its line on the best
/// cosigned checkpoint holds.
pub(super) async fn witnesses(
    config: &Config,
    service: &Service,
    report: &mut Report,
) -> anyhow::Result<()> {
    let addresses = config.log.witnesses(&config.log_origin()).unwrap_or_default();
    let now = service.clock.now();
    for witness in &addresses {
        let Some(lag) = service.log.witness_lag(witness.name()).await? else { continue };
        let behind = lag.since.map_or(0, |since| now.millis_since(since));
        report.must(behind < BEHIND_MS, || {
            let (name, minutes) = (witness.name(), behind / 60_000);
            let (cosigned, size) = (lag.cosigned, lag.size);
            format!(
                "the witness `{name}` cosigned {cosigned} of {size} entries, and lacks a \
                 checkpoint since {minutes} minutes"
            )
        });
    }
    let mut tx = service.store.read().await?;
    if let Some(row) = checkpoints::cosigned_above(&mut tx, 0).await? {
        let keys: Vec<_> = addresses.iter().map(|address| address.key().clone()).collect();
        let found = SignedCheckpoint::parse(row.note.as_bytes())
            .map_err(|error| error.to_string())
            .and_then(|signed| {
                verify_cosignatures(&signed, &keys, 0).map_err(|error| error.to_string())
            });
        match found {
            Ok(found) => report.count("cosignatures", u64::try_from(found.len())?),
            Err(error) => report.find(format!("the checkpoint of {}: {error}", row.size)),
        }
    }
    Ok(())
}

fn checkpoint(
    keys: Result<LogKeys, LogError>,
    row: Option<checkpoints::CheckpointRow>,
    report: &mut Report,
) -> Option<Checkpoint> {
    let keys = keys.map_err(|error| report.find(error.to_string())).ok()?;
    match keys.open(row?.note.as_bytes()) {
        Ok(signed) => Some(signed.checkpoint().clone()),
        Err(error) => {
            report.find(format!("the newest checkpoint: {error}"));
            None
        }
    }
}

/// Hashes of a page of leaves; nothing where one is missing, for all that follows would be wrong.
fn hashes(leaves: &[Vec<u8>], from: i64, to: i64, report: &mut Report) -> Option<Vec<Hash256>> {
    if i64::try_from(leaves.len()) != Ok(to - from) {
        report.find(format!("a leaf from {from} to {} is missing", to - 1));
        return None;
    }
    let parsed: Option<Vec<Hash256>> =
        leaves.iter().map(|bytes| Leaf::parse(bytes).map(|leaf| leaf.hash())).collect();
    if parsed.is_none() {
        report.find(format!("a leaf from {from} to {} is no leaf", to - 1));
    }
    parsed
}

/// A stored tile begins with what follows from the leaves so far; it may have grown since.
async fn tile(
    tx: &mut bankside_store::Tx,
    update: &TileUpdate,
    report: &mut Report,
) -> Result<(), StoreError> {
    let (level, index) = (update.tile.level(), update.tile.index());
    let place = i64::try_from(index).map_err(|_| StoreError::Shape)?;
    let stored = log::tile(tx, level.into(), place).await?.unwrap_or_default();
    report.must(stored.starts_with(&update.bytes), || {
        format!("tile {level}/{index} is not that of its leaves")
    });
    Ok(())
}
