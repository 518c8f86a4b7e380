//! The downloadable receipt (C2SP tlog-proof): proves offline that an entry is in the log.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::checkpoint::{CheckpointError, SignedCheckpoint};
use crate::cosignature::{CosignatureError, verify_cosignatures};
use crate::hash::{Hash256, from_base64, from_decimal, to_base64};
use crate::key::VerifierKey;
use crate::keyset::{LogKeys, OpenError, RotationError};
use crate::leaf::{Blinding, Commitment, Leaf};
use crate::record::{Record, RecordError};
use crate::tree::{ProofError, verify_inclusion};

/// Longest proof that is read, in bytes.
pub const MAX_PROOF_BYTES: usize = 2_000_000;
/// Most hashes in an inclusion proof: one for each level of the largest tree.
pub const MAX_PROOF_HASHES: usize = 63;

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A proof that an entry stands in the log, with all that is needed to check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogProof {
    /// Opaque data beside the proof, not authenticated by it. Ours is an [`Opening`].
    pub extra: Option<Vec<u8>>,
    /// Index of the entry.
    pub index: u64,
    /// The audit path, from the leaf's sibling to the root's child.
    pub hashes: Vec<Hash256>,
    /// The checkpoint under which the entry stands.
    pub checkpoint: SignedCheckpoint,
}

/// Why a proof cannot be read or does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogProofError {
    /// Not of the form that tlog-proof gives.
    #[error("line {0} is not that of a tlog-proof")]
    Line(usize),
    /// Over [`MAX_PROOF_BYTES`], or not UTF-8.
    #[error("the proof is too long or not UTF-8")]
    NotText,
    /// The checkpoint in it is malformed.
    #[error("{0}")]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint in it is not to be believed.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// Too few witnesses saw it.
    #[error("{0}")]
    Cosignatures(#[from] CosignatureError),
    /// The entry does not stand there.
    #[error("entry {index} does not stand under the checkpoint: {why}")]
    Inclusion {
        /// Index of the entry.
        index: u64,
        /// What is wrong.
        why: ProofError,
    },
    /// A key rotation that it carries does not hold.
    #[error("rotation {number}: {why}")]
    Rotation {
        /// Counted from 1.
        number: u32,
        /// What is wrong.
        why: RotationError,
    },
    /// The proof has nothing to open its entry with.
    #[error("the proof does not carry a record")]
    NoOpening,
    /// What it carries is no record of ours.
    #[error("{0}")]
    Record(#[from] RecordError),
}

/// Opens a commitment: the extra data of our proofs, as canonical JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Blinds the commitment.
    pub blinding: Blinding,
    /// The record, in its canonical encoding.
    pub record: String,
    /// The key rotations of the log, oldest first, as the log serves them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rotations: Vec<String>,
}

impl Opening {
    /// The entry that this opens.
    #[must_use]
    pub fn commitment(&self) -> Commitment {
        Commitment::to_record(&self.blinding, self.record.as_bytes())
    }

    /// Canonical JSON, for [`LogProof::extra`].
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Two strings cannot fail to be written.
        serde_jcs::to_vec(self).unwrap_or_default()
    }
}

impl LogProof {
    /// Reads a proof. Total; verifies nothing.
    ///
    /// # Errors
    /// See [`LogProofError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, LogProofError> {
        if bytes.len() > MAX_PROOF_BYTES {
            return Err(LogProofError::NotText);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| LogProofError::NotText)?;
        let (head, checkpoint) = text.split_once("\n\n").ok_or(LogProofError::Line(1))?;
        let mut lines = (1..).zip(head.split('\n')).peekable();
        if lines.next().map(|(_, line)| line) != Some(HEADER) {
            return Err(LogProofError::Line(1));
        }
        let extra = lines.next_if(|(_, line)| line.starts_with("extra "));
        let extra = extra
            .map(|(number, line)| {
                let encoded = line.strip_prefix("extra ").unwrap_or_default();
                from_base64(encoded).ok_or(LogProofError::Line(number))
            })
            .transpose()?;
        let (number, line) = lines.next().ok_or(LogProofError::Line(2))?;
        let index = line.strip_prefix("index ").and_then(from_decimal);
        let index = index.ok_or(LogProofError::Line(number))?;
        let mut hashes = Vec::new();
        for (number, line) in lines {
            if hashes.len() == MAX_PROOF_HASHES {
                return Err(LogProofError::Line(number));
            }
            hashes.push(Hash256::from_base64(line).ok_or(LogProofError::Line(number))?);
        }
        let checkpoint = SignedCheckpoint::parse(checkpoint.as_bytes())?;
        Ok(Self { extra, index, hashes, checkpoint })
    }

    /// Checks that `entry`, the bytes of a log entry, stands at the index under a checkpoint
    /// of the log that at least `quorum` of the witnesses cosigned.
    ///
    /// # Errors
    /// See [`LogProofError`].
    pub fn verify(
        &self,
        entry: &[u8],
        keys: &LogKeys,
        witnesses: &[VerifierKey],
        quorum: usize,
    ) -> Result<(), LogProofError> {
        keys.open(self.checkpoint.to_string().as_bytes())?;
        verify_cosignatures(&self.checkpoint, witnesses, quorum)?;
        let checkpoint = self.checkpoint.checkpoint();
        let (index, leaf) = (self.index, Hash256::of_leaf(entry));
        verify_inclusion(leaf, index, checkpoint.size(), &self.hashes, checkpoint.root())
            .map_err(|why| LogProofError::Inclusion { index, why })
    }

    /// Checks a proof that carries its own [`Opening`], and returns the record. The rotations
    /// that it carries are followed from `keys`, which are the log's first key alone.
    ///
    /// # Errors
    /// See [`LogProofError`].
    pub fn verify_opening(
        &self,
        keys: &LogKeys,
        witnesses: &[VerifierKey],
        quorum: usize,
    ) -> Result<Record, LogProofError> {
        let extra = self.extra.as_deref().ok_or(LogProofError::NoOpening)?;
        let opening: Opening =
            serde_json::from_slice(extra).map_err(|_| LogProofError::NoOpening)?;
        let leaf = Leaf::Commitment(opening.commitment());
        let mut keys = keys.clone();
        for (number, rotation) in (1..).zip(&opening.rotations) {
            keys.follow(rotation.as_bytes())
                .map_err(|why| LogProofError::Rotation { number, why })?;
        }
        self.verify(&leaf.to_bytes(), &keys, witnesses, quorum)?;
        Ok(Record::parse(opening.record.as_bytes())?)
    }
}

impl fmt::Display for LogProof {
    /// The file, by convention named `.tlog-proof`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", to_base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{}", hash.to_base64())?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}
