//! The append-only Merkle tree (RFC 6962, section 2.1) over C2SP tiles, as a pure value.
//!
//! A writer keeps a [`Frontier`]: the size and the right edge. Appending leaf hashes yields
//! the tiles that the batch touched, complete, so that a store replaces one row per tile. A
//! reader proves and verifies with nothing but tiles.
//!
//! Invariants: the stack of perfect subtrees matches the binary digits of the size; the
//! unfinished tile of level `l` holds `size / 256^l mod 256` hashes. Absent on purpose:
//! removing or changing a leaf.

mod plan;
mod prove;
mod verify;

pub(crate) use plan::tile_of;
pub use plan::{tiles_at, tiles_for_consistency, tiles_for_inclusion};
pub use prove::{
    NotFetched, ProveError, TileReader, TileSet, prove_consistency, prove_inclusion, root_of_tiles,
};
pub use verify::{ProofError, root_from_inclusion, verify_consistency, verify_inclusion};

use crate::hash::{HASH_LEN, Hash256, split_hashes};
use crate::path::{TILE_WIDTH, Tile};

/// Levels of the tree in one tile.
const TILE_HEIGHT: u32 = 8;
/// Most leaves that a tree may have. Leaves room for every size and index computation.
pub const MAX_SIZE: u64 = 1 << 62;

/// The size of a tree and its right edge: all that is needed to append.
///
/// Cloning copies at most a few kilobytes for each factor of 256 in the size, so a writer
/// can append to a clone and keep it only once the store has committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// Roots of the perfect subtrees that make up the tree, largest first.
    stack: Vec<Hash256>,
    /// The unfinished tile of each level, lowest first; the last one is not empty.
    edge: Vec<Vec<Hash256>>,
}

/// A tile that a batch touched, as it is after the batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileUpdate {
    /// Which tile, with its width after the batch.
    pub tile: Tile,
    /// Its hashes, `32 * width` bytes.
    pub bytes: Vec<u8>,
}

/// Why stored tiles or bytes make no frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// The size is above [`MAX_SIZE`].
    #[error("a tree of {0} leaves is larger than supported")]
    TooLarge(u64),
    /// The bytes are not those of a frontier.
    #[error("these are not the bytes of a tree frontier")]
    Malformed,
}

impl Default for Frontier {
    fn default() -> Self {
        Self::new()
    }
}

impl Frontier {
    /// The empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self { size: 0, stack: Vec::new(), edge: Vec::new() }
    }

    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle tree hash.
    #[must_use]
    pub fn root(&self) -> Hash256 {
        fold(&self.stack).unwrap_or_else(Hash256::empty_root)
    }

    /// Appends leaf hashes and returns the tiles that changed: every tile that was finished,
    /// and the unfinished one of each level that grew, ordered by level and index.
    ///
    /// # Errors
    /// [`FrontierError::TooLarge`]; the frontier is then unchanged.
    pub fn append(&mut self, leaf_hashes: &[Hash256]) -> Result<Vec<TileUpdate>, FrontierError> {
        let grown = self.size.saturating_add(leaf_hashes.len() as u64);
        if grown > MAX_SIZE {
            return Err(FrontierError::TooLarge(grown));
        }
        let before = self.size;
        let mut updates = Vec::new();
        for hash in leaf_hashes {
            self.push(*hash, &mut updates);
        }
        for (level, hashes) in (0u8..).zip(&self.edge) {
            let shift = TILE_HEIGHT * u32::from(level);
            if before >> shift != self.size >> shift {
                updates.extend(update(level, self.size >> shift >> TILE_HEIGHT, hashes));
            }
        }
        updates.sort_by_key(|update| update.tile);
        Ok(updates)
    }

    fn push(&mut self, leaf: Hash256, updates: &mut Vec<TileUpdate>) {
        let mut hash = leaf;
        let mut height = 0;
        self.set_in_tile(height, hash, updates);
        // A carry in the binary counter: each trailing one of the old size is a perfect
        // subtree that now has a sibling.
        for _ in 0..self.size.trailing_ones() {
            let Some(left) = self.stack.pop() else { break };
            hash = Hash256::of_node(&left, &hash);
            height += 1;
            self.set_in_tile(height, hash, updates);
        }
        self.stack.push(hash);
        self.size += 1;
    }

    /// Puts the root of a perfect subtree of the given height where tiles hold it, if any do.
    fn set_in_tile(&mut self, height: u32, hash: Hash256, updates: &mut Vec<TileUpdate>) {
        if !height.is_multiple_of(TILE_HEIGHT) {
            return;
        }
        let level = height / TILE_HEIGHT;
        while self.edge.len() <= level as usize {
            self.edge.push(Vec::new());
        }
        let Some(hashes) = self.edge.get_mut(level as usize) else { return };
        hashes.push(hash);
        if hashes.len() == usize::from(TILE_WIDTH) {
            let shift = TILE_HEIGHT * (level + 1);
            // `size` does not count this leaf yet, so it still lies in the finished tile.
            updates.extend(update(level as u8, self.size >> shift, hashes));
            hashes.clear();
        }
    }

    /// Rebuilds the frontier of a tree of this size from its unfinished tiles
    /// ([`tiles_at`] names them).
    ///
    /// # Errors
    /// [`ProveError`] where a tile is missing or too short.
    pub fn from_tiles<R: TileReader>(size: u64, reader: &R) -> Result<Self, ProveError<R::Error>> {
        prove::frontier(size, reader).map(|(stack, edge)| Self { size, stack, edge })
    }

    /// The frontier as bytes: size (u64 big-endian), then the hashes of the stack, then of
    /// each level's unfinished tile; their numbers follow from the size.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        for hash in self.stack.iter().chain(self.edge.iter().flatten()) {
            bytes.extend_from_slice(&hash.0);
        }
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    ///
    /// # Errors
    /// See [`FrontierError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(FrontierError::Malformed)?;
        let size = u64::from_be_bytes(*size);
        if size > MAX_SIZE {
            return Err(FrontierError::TooLarge(size));
        }
        let hashes = split_hashes(rest).ok_or(FrontierError::Malformed)?;
        let perfect = size.count_ones() as usize;
        if hashes.len() != perfect + edge_widths(size).sum::<usize>() {
            return Err(FrontierError::Malformed);
        }
        let mut hashes = hashes.into_iter();
        let stack = hashes.by_ref().take(perfect).collect();
        let edge = edge_widths(size).map(|width| hashes.by_ref().take(width).collect()).collect();
        Ok(Self { size, stack, edge })
    }
}

/// Widths of the unfinished tiles of a tree, lowest level first, without those above its top.
fn edge_widths(size: u64) -> impl Iterator<Item = usize> {
    let levels = (u64::BITS - size.leading_zeros()).div_ceil(TILE_HEIGHT);
    (0..levels).map(move |level| (size >> (TILE_HEIGHT * level) & 0xff) as usize)
}

/// The Merkle tree hash over perfect subtrees, largest first.
fn fold(stack: &[Hash256]) -> Option<Hash256> {
    let (last, rest) = stack.split_last()?;
    Some(rest.iter().rev().fold(*last, |right, left| Hash256::of_node(left, &right)))
}

fn update(level: u8, index: u64, hashes: &[Hash256]) -> Option<TileUpdate> {
    let tile = Tile::new(level, index, u16::try_from(hashes.len()).ok()?)?;
    let mut bytes = Vec::with_capacity(hashes.len() * HASH_LEN);
    for hash in hashes {
        bytes.extend_from_slice(&hash.0);
    }
    Some(TileUpdate { tile, bytes })
}

#[cfg(test)]
mod tests;
