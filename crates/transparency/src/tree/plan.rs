//! Which subtrees a proof needs, and in which tiles they lie.

use crate::path::{TILE_WIDTH, Tile};

use super::{MAX_SIZE, TILE_HEIGHT};

/// The leaves `lo..hi` of a subtree whose hash stands in a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) lo: u64,
    pub(super) hi: u64,
}

/// A perfect subtree: its height, and its position among those of that height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Perfect {
    pub(super) height: u32,
    pub(super) index: u64,
}

impl Span {
    /// The perfect subtrees that make up the span, largest first.
    pub(super) fn perfect(self) -> Vec<Perfect> {
        let mut parts = Vec::new();
        let mut lo = self.lo;
        while lo < self.hi {
            // The largest subtree that fits; `lo` stays a multiple of it because spans come
            // from splitting at powers of two.
            let height = (self.hi - lo).ilog2();
            parts.push(Perfect { height, index: lo >> height });
            lo += 1 << height;
        }
        parts
    }
}

impl Perfect {
    /// The tile of a tree of `size` leaves that has this subtree's hash or all it is hashed
    /// from, the first hash to take, and how many.
    pub(super) fn place(self, size: u64) -> Option<(Tile, usize, usize)> {
        let level = self.height / TILE_HEIGHT;
        let rest = self.height % TILE_HEIGHT;
        let first = self.index << rest;
        let tile = tile_of(size, u8::try_from(level).ok()?, first >> TILE_HEIGHT)?;
        Some((tile, (first & 0xff) as usize, 1 << rest))
    }
}

/// The tile at this level and index in a tree of `size` leaves, with its width there.
pub(crate) fn tile_of(size: u64, level: u8, index: u64) -> Option<Tile> {
    let hashes = size.checked_shr(TILE_HEIGHT * u32::from(level))?;
    let width = hashes.checked_sub(index.checked_mul(u64::from(TILE_WIDTH))?)?;
    Tile::new(level, index, width.min(u64::from(TILE_WIDTH)) as u16)
}

/// The audit path (RFC 6962, section 2.1.1), from the leaf's sibling to the root's child.
pub(super) fn inclusion(index: u64, size: u64) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut lo, mut hi) = (0, size);
    while hi - lo > 1 {
        let middle = lo + split(hi - lo);
        if index < middle {
            spans.push(Span { lo: middle, hi });
            hi = middle;
        } else {
            spans.push(Span { lo, hi: middle });
            lo = middle;
        }
    }
    spans.reverse();
    spans
}

/// The consistency proof (RFC 6962, section 2.1.2) from `old` leaves to `new`.
pub(super) fn consistency(old: u64, new: u64) -> Vec<Span> {
    let mut spans = Vec::new();
    if old == 0 || old >= new {
        return spans;
    }
    let (mut lo, mut hi) = (0, new);
    // As long as no left part was skipped, the old root itself is known to the verifier.
    let mut known = true;
    while old != hi {
        let middle = lo + split(hi - lo);
        if old <= middle {
            spans.push(Span { lo: middle, hi });
            hi = middle;
        } else {
            spans.push(Span { lo, hi: middle });
            lo = middle;
            known = false;
        }
    }
    if !known {
        spans.push(Span { lo, hi });
    }
    spans.reverse();
    spans
}

/// Largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

fn tiles(spans: &[Span], size: u64) -> Vec<Tile> {
    let parts = spans.iter().flat_map(|span| span.perfect());
    let mut tiles: Vec<_> = parts.filter_map(|part| part.place(size)).map(|p| p.0).collect();
    tiles.sort_unstable();
    tiles.dedup();
    tiles
}

/// The tiles that [`super::prove_inclusion`] will read: fetch these first where reading is
/// not immediate. Empty where the index is not in the tree.
#[must_use]
pub fn tiles_for_inclusion(index: u64, size: u64) -> Vec<Tile> {
    if index >= size || size > MAX_SIZE {
        return Vec::new();
    }
    tiles(&inclusion(index, size), size)
}

/// The tiles that [`super::prove_consistency`] will read.
#[must_use]
pub fn tiles_for_consistency(old: u64, new: u64) -> Vec<Tile> {
    if new > MAX_SIZE {
        return Vec::new();
    }
    tiles(&consistency(old, new), new)
}

/// The unfinished tiles of a tree of `size` leaves: its right edge.
#[must_use]
pub fn tiles_at(size: u64) -> Vec<Tile> {
    (0u8..)
        .zip(super::edge_widths(size.min(MAX_SIZE)))
        .filter_map(|(level, width)| {
            let index = size >> (TILE_HEIGHT * u32::from(level)) >> TILE_HEIGHT;
            Tile::new(level, index, width as u16)
        })
        .collect()
}
