//! Verification of proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2, which verify what RFC
//! 6962 makes). Total: any proof is accepted or refused, none makes it loop or panic.

use crate::hash::Hash256;

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf or the old tree does not lie in the tree.
    #[error("position {position} is not inside a tree of {size} leaves")]
    OutOfTree {
        /// The index or the old size.
        position: u64,
        /// Size of the tree.
        size: u64,
    },
    /// Too few or too many hashes for these sizes.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The proof leads to another root.
    #[error("the proof leads to another root")]
    Root,
    /// The proof leads to another root for the old tree.
    #[error("the proof leads to another root for the old tree")]
    OldRoot,
}

/// The root that an audit path leads to, from the hash of leaf `index` in a tree of `size`.
///
/// # Errors
/// [`ProofError::OutOfTree`] or [`ProofError::Length`].
pub fn root_from_inclusion(
    leaf: Hash256,
    index: u64,
    size: u64,
    proof: &[Hash256],
) -> Result<Hash256, ProofError> {
    if index >= size {
        return Err(ProofError::OutOfTree { position: index, size });
    }
    let (mut position, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if position & 1 == 1 || position == last {
            hash = Hash256::of_node(sibling, &hash);
            // A right edge that has no sibling on this level rises alone.
            while position & 1 == 0 && position != 0 {
                position >>= 1;
                last >>= 1;
            }
        } else {
            hash = Hash256::of_node(&hash, sibling);
        }
        position >>= 1;
        last >>= 1;
    }
    if last == 0 { Ok(hash) } else { Err(ProofError::Length) }
}

/// Checks that a leaf hash stands at `index` in the tree of `size` leaves with this root.
///
/// # Errors
/// See [`ProofError`].
pub fn verify_inclusion(
    leaf: Hash256,
    index: u64,
    size: u64,
    proof: &[Hash256],
    root: Hash256,
) -> Result<(), ProofError> {
    let reached = root_from_inclusion(leaf, index, size, proof)?;
    if reached == root { Ok(()) } else { Err(ProofError::Root) }
}

/// Checks that the tree of `new` leaves extends the tree of `old` leaves.
///
/// # Errors
/// See [`ProofError`].
pub fn verify_consistency(
    old: u64,
    old_root: Hash256,
    new: u64,
    new_root: Hash256,
    proof: &[Hash256],
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::OutOfTree { position: old, size: new });
    }
    if old == 0 || old == new {
        return trivial(old, old_root, new, new_root, proof);
    }
    let mut rest = proof.iter();
    // Where the old tree is perfect, its root is a node of the new tree and not repeated.
    let first = if old.is_power_of_two() { Some(&old_root) } else { rest.next() };
    let first = *first.ok_or(ProofError::Length)?;
    let mut position = old - 1;
    let mut last = new - 1;
    let skip = position.trailing_ones();
    position >>= skip;
    last >>= skip;
    let (mut old_hash, mut new_hash) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if position & 1 == 1 || position == last {
            old_hash = Hash256::of_node(sibling, &old_hash);
            new_hash = Hash256::of_node(sibling, &new_hash);
            while position & 1 == 0 && position != 0 {
                position >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = Hash256::of_node(&new_hash, sibling);
        }
        position >>= 1;
        last >>= 1;
    }
    if last != 0 {
        Err(ProofError::Length)
    } else if old_hash != old_root {
        Err(ProofError::OldRoot)
    } else if new_hash != new_root {
        Err(ProofError::Root)
    } else {
        Ok(())
    }
}

fn trivial(
    old: u64,
    old_root: Hash256,
    new: u64,
    new_root: Hash256,
    proof: &[Hash256],
) -> Result<(), ProofError> {
    if !proof.is_empty() {
        Err(ProofError::Length)
    } else if old == 0 && old_root != Hash256::empty_root() {
        Err(ProofError::OldRoot)
    } else if old == new && old_root != new_root {
        Err(ProofError::Root)
    } else {
        Ok(())
    }
}
