//! A customer's stream as one JSON file that she can verify offline.
//!
//! Invariants: it opens her entries and no others, for it carries a blinding value for each
//! entry and not the stream's secret; everything in it hangs on one checkpoint. Absent on
//! purpose: exports of a part of a stream, for what is left out could not be told from what
//! is withheld.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::checkpoint::SignedCheckpoint;
use crate::hash::{Hash256, from_base64, to_base64};
use crate::heads::{Head, HeadProof, HeadsMap};
use crate::leaf::{Blinding, BodySalt, Commitment, StreamId};
use crate::path::Tile;
use crate::tree::{ProveError, TileReader, prove_inclusion, tiles_for_inclusion};

/// One customer's stream under one checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// Names the format.
    pub format: Format,
    /// The signed checkpoint, as the log serves it.
    pub checkpoint: String,
    /// The key rotations of the log, oldest first, as the log serves them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rotations: Vec<String>,
    /// The customer's stream.
    pub stream: StreamId,
    /// The stream in the heads map.
    pub head: ExportHead,
    /// Every entry of the stream, in order.
    pub entries: Vec<ExportEntry>,
}

/// Name and version of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// The only one.
    #[serde(rename = "bankside/export/v1")]
    V1,
}

/// Shows which entry is the stream's newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportHead {
    /// Root of the heads map: the last leaf under the checkpoint.
    pub root: Hash256,
    /// Audit path of that leaf.
    pub root_proof: Vec<Hash256>,
    /// The stream's newest entry; missing where the stream has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<Head>,
    /// Shows that this is what the map says of the stream.
    pub proof: HeadProof,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportEntry {
    /// Index of the leaf in the log.
    pub index: u64,
    /// Audit path of the leaf.
    pub proof: Vec<Hash256>,
    /// Opens the commitment.
    pub blinding: Blinding,
    /// The record, in its canonical encoding.
    pub record: String,
    /// The very bytes that were sent. May be missing, say to show the export to somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<ExportBody>,
}

/// A body and what opens its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportBody {
    /// Opens the hash in the record.
    pub salt: BodySalt,
    /// The bytes, in base64.
    #[serde(serialize_with = "write_base64", deserialize_with = "read_base64")]
    pub bytes: Vec<u8>,
}

/// What an export is made of, apart from proofs.
#[derive(Debug)]
pub struct ExportParts<'a> {
    /// The checkpoint under which everything stands.
    pub checkpoint: &'a SignedCheckpoint,
    /// The key rotations of the log, oldest first.
    pub rotations: Vec<String>,
    /// The customer's stream.
    pub stream: StreamId,
    /// The heads map as it was at the checkpoint.
    pub heads: &'a HeadsMap,
    /// Every entry of the stream below the checkpoint's size, in order.
    pub entries: Vec<OpenedEntry>,
}

/// An entry with what opens it.
#[derive(Debug)]
pub struct OpenedEntry {
    /// Index of the leaf in the log.
    pub index: u64,
    /// Opens the commitment.
    pub blinding: Blinding,
    /// The record, in its canonical encoding.
    pub record: String,
    /// The very bytes that were sent, and what opens their hash.
    pub body: Option<ExportBody>,
}

impl ExportParts<'_> {
    /// The tiles that [`ExportParts::assemble`] will read: fetch these first where reading is
    /// not immediate.
    #[must_use]
    pub fn tiles(&self) -> Vec<Tile> {
        let size = self.checkpoint.checkpoint().size();
        let indices = self.entries.iter().map(|entry| entry.index);
        let all = indices.chain(size.checked_sub(1));
        let tiles: BTreeSet<_> = all.flat_map(|index| tiles_for_inclusion(index, size)).collect();
        tiles.into_iter().collect()
    }

    /// Adds the proofs.
    ///
    /// # Errors
    /// [`ProveError`] where a tile is missing, or an entry lies beyond the checkpoint.
    pub fn assemble<R: TileReader>(self, reader: &R) -> Result<Export, ProveError<R::Error>> {
        let size = self.checkpoint.checkpoint().size();
        let head = ExportHead {
            root: self.heads.root(),
            root_proof: prove_inclusion(size.saturating_sub(1), size, reader)?,
            newest: self.heads.get(self.stream),
            proof: self.heads.prove(self.stream),
        };
        let mut entries = Vec::with_capacity(self.entries.len());
        for OpenedEntry { index, blinding, record, body } in self.entries {
            let proof = prove_inclusion(index, size, reader)?;
            entries.push(ExportEntry { index, proof, blinding, record, body });
        }
        Ok(Export {
            format: Format::V1,
            checkpoint: self.checkpoint.to_string(),
            rotations: self.rotations,
            stream: self.stream,
            head,
            entries,
        })
    }
}

/// Why bytes are no export.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an export of a customer's disclosure log: {0}")]
pub struct ExportError(String);

impl Export {
    /// Reads an export. Verifies nothing; see [`crate::verify::verify_export`].
    ///
    /// # Errors
    /// [`ExportError`] where it is not JSON of exactly this form.
    pub fn parse(bytes: &[u8]) -> Result<Self, ExportError> {
        serde_json::from_slice(bytes).map_err(|error| ExportError(error.to_string()))
    }

    /// The file: one line of JSON.
    ///
    /// # Errors
    /// [`ExportError`], which does not happen for a value of this type.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ExportError> {
        serde_json::to_vec(self).map_err(|error| ExportError(error.to_string()))
    }
}

impl ExportEntry {
    /// The commitment that blinding and record make.
    #[must_use]
    pub fn commitment(&self) -> Commitment {
        Commitment::to_record(&self.blinding, self.record.as_bytes())
    }
}

fn write_base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&to_base64(bytes))
}

fn read_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    from_base64(&text).ok_or_else(|| serde::de::Error::custom("want padded standard base64"))
}
