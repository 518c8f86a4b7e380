//! Proofs that a customer takes home: the tlog-proof of one entry (C2SP tlog-proof), and the
//! export of her whole stream. Both verify offline, with nothing but the log's public key.
//!
//! INVARIANT: everything in one answer comes from one consistent state of the database, and hangs
//! on its newest checkpoint.

use std::collections::BTreeMap;

use bankside_domain::Timestamp;
use bankside_store::checkpoints::CheckpointRow;
use bankside_store::records::{self, RecordRow};
use bankside_store::{StoreError, Tx, checkpoints, log, streams};
use bankside_transparency::checkpoint::SignedCheckpoint;
use bankside_transparency::export::{Export, ExportBody, ExportEntry, ExportHead, Format};
use bankside_transparency::hash::Hash256;
use bankside_transparency::heads::HeadsMap;
use bankside_transparency::leaf::{StreamId, StreamSecret};
use bankside_transparency::path::Tile;
use bankside_transparency::receipt::{LogProof, Opening};
use bankside_transparency::tree::{
    ProveError, prove_consistency, prove_inclusion, tiles_for_consistency, tiles_for_inclusion,
};

use super::{Log, LogError, rotate};
use crate::door::{Owner, body_place, open_secret, record_place};

/// Records that an export reads at once.
const EXPORT_PAGE: i64 = 256;

impl Log {
    /// The downloadable receipt of one of her entries, as the text of a tlog-proof that carries
    /// what opens the entry. It hangs on the checkpoint that most witnesses cosigned, where one
    /// covers the entry, and on the newest otherwise.
    ///
    /// # Errors
    /// [`LogError::NotYet`] where no checkpoint covers the entry yet: try again in a second.
    pub async fn proof(&self, owner: &Owner, receipt: &str) -> Result<String, LogError> {
        let mut tx = self.store.read().await?;
        let row = records::by_receipt(&mut tx, owner.customer, receipt).await?;
        let row = row.ok_or(LogError::Unknown)?;
        let cosigned = checkpoints::cosigned_above(&mut tx, row.log_index).await?;
        let checkpoint = match cosigned {
            Some(checkpoint) => Some(checkpoint),
            None => checkpoints::latest(&mut tx).await?,
        };
        let mut under = Under::of(tx, checkpoint)?;
        let (_, secret) = under.stream(owner).await?.ok_or(LogError::Unreadable)?;
        let opening = Opening {
            blinding: secret.blinding(number(row.seq)?),
            record: open_record(owner, &row)?,
            rotations: rotate::notes(&mut under.tx).await?,
        };
        let index = number(row.log_index)?;
        let proof = LogProof {
            extra: Some(opening.to_bytes()),
            index,
            hashes: under.path(index).await?,
            checkpoint: under.checkpoint,
        };
        Ok(proof.to_string())
    }

    /// Her whole stream under the newest checkpoint: records, bodies, what opens them, and proofs.
    /// Entries that are newer than the checkpoint come with the next export.
    ///
    /// # Errors
    /// [`LogError::Empty`] where nothing was ever written for her, [`LogError::NotYet`] where no
    /// checkpoint covers it yet.
    pub async fn export(&self, owner: &Owner) -> Result<Export, LogError> {
        let mut under = Under::newest(self).await?;
        let (stream, secret) = under.stream(owner).await?.ok_or(LogError::Empty)?;
        let map = under.heads(self).await?;
        let mut entries = Vec::new();
        let mut next = 0;
        loop {
            let rows = records::from(&mut under.tx, owner.customer, next, EXPORT_PAGE).await?;
            let Some(last) = rows.last() else { break };
            next = last.seq + 1;
            let size = under.row_size;
            for row in rows.iter().filter(|row| row.log_index < size) {
                entries.push(entry(&mut under, owner, &secret, row).await?);
            }
        }
        let root_proof = under.path(under.size.saturating_sub(1)).await?;
        Ok(Export {
            format: Format::V1,
            checkpoint: under.checkpoint.to_string(),
            rotations: rotate::notes(&mut under.tx).await?,
            stream,
            head: ExportHead {
                root: under.heads_root,
                root_proof,
                newest: map.get(stream),
                proof: map.prove(stream),
            },
            entries,
        })
    }
}

async fn entry(
    under: &mut Under,
    owner: &Owner,
    secret: &StreamSecret,
    row: &RecordRow,
) -> Result<ExportEntry, LogError> {
    let (seq, index) = (number(row.seq)?, number(row.log_index)?);
    let bytes = owner.key.open(&body_place(owner.customer, row.seq), &row.body_ct)?;
    Ok(ExportEntry {
        index,
        proof: under.path(index).await?,
        blinding: secret.blinding(seq),
        record: open_record(owner, row)?,
        body: Some(ExportBody { salt: secret.body_salt(seq), bytes }),
    })
}

/// The canonical text of a record.
pub(super) fn open_record(owner: &Owner, row: &RecordRow) -> Result<String, LogError> {
    let bytes = owner.key.open(&record_place(owner.customer, row.seq), &row.record_ct)?;
    String::from_utf8(bytes).map_err(|_| LogError::Unreadable)
}

/// A number of the database that is never negative.
pub(super) fn number(n: i64) -> Result<u64, LogError> {
    u64::try_from(n).map_err(|_| LogError::Unreadable)
}

/// One state of the database, and its newest checkpoint.
pub(super) struct Under {
    pub(super) tx: Tx,
    pub(super) checkpoint: SignedCheckpoint,
    pub(super) signed_at: Timestamp,
    pub(super) heads_root: Hash256,
    pub(super) size: u64,
    row_size: i64,
    /// Tiles that were read already.
    tiles: BTreeMap<Tile, Vec<u8>>,
}

impl Under {
    pub(super) async fn newest(log: &Log) -> Result<Self, LogError> {
        let mut tx = log.store.read().await?;
        let row = checkpoints::latest(&mut tx).await?;
        Self::of(tx, row)
    }

    fn of(tx: Tx, row: Option<CheckpointRow>) -> Result<Self, LogError> {
        let row = row.ok_or(LogError::NotYet)?;
        let checkpoint =
            SignedCheckpoint::parse(row.note.as_bytes()).map_err(|_| LogError::Unreadable)?;
        let heads_root = row.heads_root.try_into().map_err(|_| LogError::Unreadable)?;
        Ok(Self {
            tx,
            size: checkpoint.checkpoint().size(),
            checkpoint,
            signed_at: row.at,
            heads_root: Hash256(heads_root),
            row_size: row.size,
            tiles: BTreeMap::new(),
        })
    }

    /// The audit path of a leaf.
    pub(super) async fn path(&mut self, index: u64) -> Result<Vec<Hash256>, LogError> {
        self.fetch(tiles_for_inclusion(index, self.size)).await?;
        prove_inclusion(index, self.size, &self.reader()).map_err(unproven)
    }

    /// The proof that the tree extends the one of `old` leaves; empty for 0 and for its own size.
    pub(super) async fn consistency(&mut self, old: u64) -> Result<Vec<Hash256>, LogError> {
        self.fetch(tiles_for_consistency(old, self.size)).await?;
        prove_consistency(old, self.size, &self.reader()).map_err(unproven)
    }

    async fn fetch(&mut self, tiles: Vec<Tile>) -> Result<(), LogError> {
        for tile in tiles {
            if !self.tiles.contains_key(&tile) {
                let (level, at) = (i64::from(tile.level()), tile.index());
                let at = i64::try_from(at).map_err(|_| LogError::Unreadable)?;
                let read = log::tile(&mut self.tx, level, at).await?;
                self.tiles.insert(tile, read.ok_or(StoreError::Shape)?);
            }
        }
        Ok(())
    }

    fn reader(&self) -> impl Fn(Tile) -> Result<Vec<u8>, ()> + '_ {
        |tile| self.tiles.get(&tile).cloned().ok_or(())
    }

    /// Her stream and its secret.
    pub(super) async fn stream(
        &mut self,
        owner: &Owner,
    ) -> Result<Option<(StreamId, StreamSecret)>, LogError> {
        let Some(row) = streams::of(&mut self.tx, owner.customer).await? else { return Ok(None) };
        let secret = open_secret(owner, &row).map_err(|_| LogError::Unreadable)?;
        Ok(Some((StreamId(row.stream), secret)))
    }

    pub(super) async fn heads(&mut self, log: &Log) -> Result<HeadsMap, LogError> {
        log.heads_under(&mut self.tx, self.row_size, self.heads_root).await
    }
}

fn unproven(error: ProveError<()>) -> LogError {
    match error {
        ProveError::OutOfTree { .. } => LogError::NotYet,
        ProveError::ShortTile(_) | ProveError::Read(()) => StoreError::Shape.into(),
    }
}
