//! Roots and proofs from tiles.

use std::collections::BTreeMap;

use crate::hash::{HASH_LEN, Hash256, split_hashes};
use crate::path::Tile;

use super::plan::{self, Perfect, Span};
use super::{MAX_SIZE, edge_widths, fold};

/// Where tiles come from. A closure from [`Tile`] to bytes is one.
pub trait TileReader {
    /// Why a tile could not be read.
    type Error;

    /// The hashes of the tile, `32 * width` bytes. A later, wider version of the same tile
    /// serves too: what is beyond the width is not looked at.
    ///
    /// # Errors
    /// Whatever the source says.
    fn read(&self, tile: Tile) -> Result<Vec<u8>, Self::Error>;
}

impl<F, E> TileReader for F
where
    F: Fn(Tile) -> Result<Vec<u8>, E>,
{
    type Error = E;

    fn read(&self, tile: Tile) -> Result<Vec<u8>, E> {
        self(tile)
    }
}

/// Tiles in memory, for where reading is not immediate: fetch what
/// [`super::tiles_for_inclusion`] and its like name, insert it here, and prove.
#[derive(Clone, Debug, Default)]
pub struct TileSet(BTreeMap<(u8, u64), Vec<u8>>);

/// A tile that was not inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("tile `{}` was not fetched", .0.path())]
pub struct NotFetched(pub Tile);

impl TileSet {
    /// Keeps a tile's bytes, of whatever width; a wider version replaces a narrower one.
    pub fn insert(&mut self, level: u8, index: u64, bytes: Vec<u8>) {
        let kept = self.0.entry((level, index)).or_default();
        if kept.len() < bytes.len() {
            *kept = bytes;
        }
    }

    /// Those of the tiles that still have to be fetched.
    #[must_use]
    pub fn missing(&self, tiles: Vec<Tile>) -> Vec<Tile> {
        tiles.into_iter().filter(|tile| self.read(*tile).is_err()).collect()
    }
}

impl TileReader for TileSet {
    type Error = NotFetched;

    fn read(&self, tile: Tile) -> Result<Vec<u8>, NotFetched> {
        let bytes = self.0.get(&(tile.level(), tile.index()));
        let wide = bytes.filter(|bytes| bytes.len() >= HASH_LEN * usize::from(tile.width()));
        wide.cloned().ok_or(NotFetched(tile))
    }
}

/// Why there is no proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    /// The leaf or the smaller tree does not lie in the larger tree.
    #[error("position {position} is not inside a tree of {size} leaves")]
    OutOfTree {
        /// The index or the old size.
        position: u64,
        /// Size of the tree.
        size: u64,
    },
    /// The tile is shorter than its width demands, or is cut inside a hash.
    #[error("tile `{}` is shorter than it must be", .0.path())]
    ShortTile(Tile),
    /// The source failed.
    #[error("a tile could not be read: {0}")]
    Read(E),
}

/// The audit path of leaf `index` in the tree of `size` leaves, from the leaf's sibling to
/// the root's child (RFC 6962, section 2.1.1).
///
/// # Errors
/// See [`ProveError`].
pub fn prove_inclusion<R: TileReader>(
    index: u64,
    size: u64,
    reader: &R,
) -> Result<Vec<Hash256>, ProveError<R::Error>> {
    if index >= size || size > MAX_SIZE {
        return Err(ProveError::OutOfTree { position: index, size });
    }
    Tiles::new(size, reader).spans(&plan::inclusion(index, size))
}

/// The proof that the tree of `new` leaves extends the one of `old` (RFC 6962, section
/// 2.1.2). Empty where `old` is 0 or equals `new`.
///
/// # Errors
/// See [`ProveError`].
pub fn prove_consistency<R: TileReader>(
    old: u64,
    new: u64,
    reader: &R,
) -> Result<Vec<Hash256>, ProveError<R::Error>> {
    if old > new || new > MAX_SIZE {
        return Err(ProveError::OutOfTree { position: old, size: new });
    }
    Tiles::new(new, reader).spans(&plan::consistency(old, new))
}

/// The Merkle tree hash of the first `size` leaves.
///
/// # Errors
/// See [`ProveError`].
pub fn root_of_tiles<R: TileReader>(
    size: u64,
    reader: &R,
) -> Result<Hash256, ProveError<R::Error>> {
    if size == 0 {
        return Ok(Hash256::empty_root());
    }
    if size > MAX_SIZE {
        return Err(ProveError::OutOfTree { position: size, size: MAX_SIZE });
    }
    Tiles::new(size, reader).span(Span { lo: 0, hi: size })
}

type Edge = (Vec<Hash256>, Vec<Vec<Hash256>>);

pub(super) fn frontier<R: TileReader>(size: u64, reader: &R) -> Result<Edge, ProveError<R::Error>> {
    if size > MAX_SIZE {
        return Err(ProveError::OutOfTree { position: size, size: MAX_SIZE });
    }
    let mut tiles = Tiles::new(size, reader);
    let parts = Span { lo: 0, hi: size }.perfect();
    let stack = parts.into_iter().map(|part| tiles.perfect(part)).collect::<Result<_, _>>()?;
    let mut edge = vec![Vec::new(); edge_widths(size).count()];
    for tile in plan::tiles_at(size) {
        if let Some(hashes) = edge.get_mut(usize::from(tile.level())) {
            *hashes = tiles.tile(tile)?.to_vec();
        }
    }
    Ok((stack, edge))
}

/// Tiles of one tree, each read once.
struct Tiles<'r, R> {
    size: u64,
    reader: &'r R,
    read: BTreeMap<Tile, Vec<Hash256>>,
}

impl<'r, R: TileReader> Tiles<'r, R> {
    fn new(size: u64, reader: &'r R) -> Self {
        Self { size, reader, read: BTreeMap::new() }
    }

    fn spans(&mut self, spans: &[Span]) -> Result<Vec<Hash256>, ProveError<R::Error>> {
        spans.iter().map(|span| self.span(*span)).collect()
    }

    fn span(&mut self, span: Span) -> Result<Hash256, ProveError<R::Error>> {
        let parts = span.perfect().into_iter().map(|part| self.perfect(part));
        let stack: Vec<_> = parts.collect::<Result<_, _>>()?;
        fold(&stack).ok_or(ProveError::OutOfTree { position: span.lo, size: self.size })
    }

    fn perfect(&mut self, part: Perfect) -> Result<Hash256, ProveError<R::Error>> {
        let outside = ProveError::OutOfTree { position: part.index, size: self.size };
        let Some((tile, first, count)) = part.place(self.size) else { return Err(outside) };
        let hashes = self.tile(tile)?;
        let leaves = hashes.get(first..first + count).ok_or(ProveError::ShortTile(tile))?;
        perfect_root(leaves).ok_or(outside)
    }

    fn tile(&mut self, tile: Tile) -> Result<&[Hash256], ProveError<R::Error>> {
        let entry = match self.read.entry(tile) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let bytes = self.reader.read(tile).map_err(ProveError::Read)?;
                let short = || ProveError::ShortTile(tile);
                let mut hashes = split_hashes(&bytes).ok_or_else(short)?;
                if hashes.len() < usize::from(tile.width()) {
                    return Err(short());
                }
                hashes.truncate(usize::from(tile.width()));
                entry.insert(hashes)
            }
        };
        Ok(entry)
    }
}

/// Root over a power of two of hashes.
fn perfect_root(hashes: &[Hash256]) -> Option<Hash256> {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        let (pairs, _) = row.as_chunks::<2>();
        row = pairs.iter().map(|[left, right]| Hash256::of_node(left, right)).collect();
    }
    row.first().copied()
}
