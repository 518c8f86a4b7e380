//! Proofs that a stream has a head, or none, under the root of a heads map.

use serde::{Deserialize, Serialize};

use crate::hash::Hash256;
use crate::leaf::StreamId;

use super::{Head, bit, empty_hash, key_of, leaf_hash, node_hash, value_hash};

/// Most hashes in a proof: one for each bit of a key.
pub const MAX_DEPTH: usize = 256;

/// What leads from the place of a stream to the root of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadProof {
    /// The hashes beside the path, from the root down.
    pub siblings: Vec<Hash256>,
    /// Where the stream has no head, but another one stands at the end of its path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherLeaf>,
}

/// The leaf of another stream, blinded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherLeaf {
    /// Its place.
    pub key: Hash256,
    /// Hash of its head.
    pub value: Hash256,
}

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeadProofError {
    /// More than [`MAX_DEPTH`] hashes.
    #[error("the proof is longer than any path of the map")]
    Length,
    /// The other leaf does not belong at the end of this stream's path, or is its own.
    #[error("the proof names a leaf that does not stand in this stream's place")]
    OtherLeaf,
    /// The proof leads to another root.
    #[error("the proof leads to another root of the heads map")]
    Root,
}

impl HeadProof {
    /// Checks that the stream's newest entry under this root is `head`, or that the stream
    /// has none where `head` is nothing.
    ///
    /// # Errors
    /// See [`HeadProofError`].
    pub fn verify(
        &self,
        root: Hash256,
        stream: StreamId,
        head: Option<Head>,
    ) -> Result<(), HeadProofError> {
        let key = key_of(stream);
        if self.siblings.len() > MAX_DEPTH {
            return Err(HeadProofError::Length);
        }
        let end = match (head, &self.other) {
            (Some(head), None) => leaf_hash(&key, &value_hash(&head)),
            (Some(_), Some(_)) => return Err(HeadProofError::OtherLeaf),
            (None, None) => empty_hash(),
            (None, Some(other)) => {
                let shared =
                    (0..self.siblings.len()).all(|at| bit(&other.key, at) == bit(&key, at));
                if other.key == key || !shared {
                    return Err(HeadProofError::OtherLeaf);
                }
                leaf_hash(&other.key, &other.value)
            }
        };
        let path = (0..self.siblings.len()).rev().zip(self.siblings.iter().rev());
        let reached = path.fold(end, |hash, (depth, sibling)| {
            if bit(&key, depth) { node_hash(sibling, &hash) } else { node_hash(&hash, sibling) }
        });
        if reached == root { Ok(()) } else { Err(HeadProofError::Root) }
    }
}
