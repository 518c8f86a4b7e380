//! The public half: leaves without gaps, tiles recomputed, checkpoints that a stranger believes.

use std::collections::BTreeMap;

use bankside_service::Service;
use bankside_store::checkpoints;
use bankside_transparency::checkpoint::Checkpoint;
use bankside_transparency::hash::Hash256;
use bankside_transparency::heads::{Head, HeadsMap};
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::leaf::Leaf;
use bankside_transparency::tree::Frontier;
use bankside_transparency::verify::{Trust, verify_log};

use super::Audit;
use super::streams::Stream;

/// Recomputes the tree from its leaves and compares every tile and the frontier.
pub(super) async fn audit(service: &Service, audit: &mut Audit) -> Vec<Leaf> {
    let mut tx = service.store.read().await.unwrap();
    let rows = tx.rows("SELECT idx, leaf FROM log_leaf ORDER BY idx", &[]).await.unwrap();
    let mut leaves = Vec::with_capacity(rows.len());
    for (row, expected) in rows.iter().zip(0..) {
        let index = row.int(0).unwrap();
        audit.must(index == expected, || format!("leaf {index} stands where {expected} must"));
        match Leaf::parse(row.bytes(1).unwrap()) {
            Some(leaf) => leaves.push(leaf),
            None => audit.find(format!("leaf {index} is no leaf")),
        }
    }
    let hashes: Vec<Hash256> = leaves.iter().map(|leaf| leaf.hash()).collect();
    let mut tree = Frontier::new();
    let mut tiles = BTreeMap::new();
    for update in tree.append(&hashes).unwrap() {
        let place = (i64::from(update.tile.level()), i64::try_from(update.tile.index()).unwrap());
        tiles.insert(place, (i64::from(update.tile.width()), update.bytes));
    }
    let stored = tx.rows("SELECT level, idx, width, hashes FROM log_tile", &[]).await.unwrap();
    let stored: BTreeMap<_, _> = stored
        .iter()
        .map(|r| {
            let place = (r.int(0).unwrap(), r.int(1).unwrap());
            (place, (r.int(2).unwrap(), r.bytes(3).unwrap().to_vec()))
        })
        .collect();
    audit.must(stored == tiles, || {
        let differ = |p: &&(i64, i64)| stored.get(p) != tiles.get(p);
        let wrong: Vec<_> = stored.keys().chain(tiles.keys()).filter(differ).collect();
        format!("tiles (level, index) {wrong:?} are not those of the leaves")
    });
    let state = bankside_store::log::state(&mut tx).await.unwrap();
    let expected =
        (!leaves.is_empty()).then(|| (i64::try_from(tree.size()).unwrap(), tree.to_bytes()));
    let state = state.filter(|(size, _)| *size > 0);
    audit.must(state == expected, || "the log's state is not that of its leaves".to_owned());
    audit.leaves = tree.size();
    leaves
}

/// Verifies as a stranger does, over what is served; and the heads under the newest checkpoint.
pub(super) async fn verify(
    service: &Service,
    streams: &[Stream],
    leaves: &[Leaf],
    known: Option<&Checkpoint>,
    audit: &mut Audit,
) -> Option<Checkpoint> {
    if leaves.is_empty() && known.is_none() {
        return None;
    }
    let first = service.log.first_key().await.unwrap();
    let keys = LogKeys::new(service.log.origin(), first).unwrap();
    let trust = Trust { known: known.cloned(), ..Trust::in_keys(keys) };
    let files = service.log.clone();
    let report = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Handle::current();
        let read = |path: &str| -> Result<Option<Vec<u8>>, String> {
            match runtime.block_on(files.file(path)) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(bankside_service::log::ServeError::NotFound) => Ok(None),
                Err(error) => Err(error.to_string()),
            }
        };
        verify_log(&read, &trust)
    });
    let report = report.await.unwrap();
    for finding in &report.findings {
        audit.find(format!("verify-log: {finding}"));
    }
    let checkpoint = report.checkpoint?;
    heads(service, streams, leaves, &checkpoint, audit).await;
    Some(checkpoint)
}

/// The last leaf under the checkpoint is the root over the newest entry of each stream before it.
async fn heads(
    service: &Service,
    streams: &[Stream],
    leaves: &[Leaf],
    checkpoint: &Checkpoint,
    audit: &mut Audit,
) {
    let mut tx = service.store.read().await.unwrap();
    let row = checkpoints::latest(&mut tx).await.unwrap().unwrap();
    let size = usize::try_from(checkpoint.size()).unwrap();
    let mut map = HeadsMap::new();
    for stream in streams {
        let before = |(index, _): &&(usize, Head)| *index < size;
        if let Some((_, head)) = stream.heads.iter().rev().find(before) {
            map.insert(stream.id, *head);
        }
    }
    audit.must(map.root().0.as_slice() == row.heads_root, || {
        "the root of the heads is not that over the streams".to_owned()
    });
    let last = leaves.get(size.wrapping_sub(1)).copied();
    audit.must(last == Some(map.leaf()), || {
        "the last leaf under the checkpoint is not the root of the heads".to_owned()
    });
}
