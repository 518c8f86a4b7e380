//! Two checkpoints of one log: does the later extend the earlier?

use crate::checkpoint::Checkpoint;
use crate::hash::Hash256;
use crate::tree::{ProofError, verify_consistency};

/// Why two checkpoints cannot be of one append-only log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForkError {
    /// Different logs.
    #[error("the checkpoints are of different logs, `{0}` and `{1}`")]
    Origins(String, String),
    /// One size, two roots: proof that the log told two stories.
    #[error("two checkpoints of size {0} have different roots: the log was forked")]
    Forked(u64),
    /// The later does not extend the earlier, or the proof is wrong.
    #[error("the checkpoint of size {new} does not extend the one of size {old}: {why}")]
    Inconsistent {
        /// Smaller size.
        old: u64,
        /// Larger size.
        new: u64,
        /// What is wrong with the proof.
        why: ProofError,
    },
}

/// Checks two checkpoints, in either order, whose signatures were verified before. `proof`
/// is the consistency proof from the smaller to the larger.
///
/// # Errors
/// See [`ForkError`].
pub fn compare(a: &Checkpoint, b: &Checkpoint, proof: &[Hash256]) -> Result<(), ForkError> {
    if a.origin() != b.origin() {
        return Err(ForkError::Origins(a.origin().to_owned(), b.origin().to_owned()));
    }
    let (old, new) = if a.size() <= b.size() { (a, b) } else { (b, a) };
    if old.size() == new.size() && old.root() != new.root() {
        return Err(ForkError::Forked(old.size()));
    }
    verify_consistency(old.size(), old.root(), new.size(), new.root(), proof)
        .map_err(|why| ForkError::Inconsistent { old: old.size(), new: new.size(), why })
}
