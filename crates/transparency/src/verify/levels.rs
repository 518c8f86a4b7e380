//! The tree of a log, recomputed from its entries and held against its stored tiles.
//!
//! Two views of the tree are built side by side, one hashed from the entries and one made
//! of the stored tiles alone. Where they disagree, the one that leads to the signed root is
//! right, and the other's file is named.

use std::collections::BTreeMap;

use crate::bundle;
use crate::checkpoint::Checkpoint;
use crate::hash::{Hash256, split_hashes};
use crate::leaf::Leaf;
use crate::path::{Bundle, LogPath, TILE_WIDTH, Tile};
use crate::tree::{Frontier, MAX_SIZE, root_of_tiles, tile_of};

use super::directory::{LogDirectory, LogFinding, LogReport, MAX_FINDINGS};

pub(super) struct Levels<'a, D> {
    directory: &'a D,
    checkpoint: &'a Checkpoint,
    report: &'a mut LogReport,
    /// The stored view: hashes of all tiles above the leaves, and of the unfinished one there.
    stored: BTreeMap<(u8, u64), Vec<Hash256>>,
    /// Roots of those finished stored tiles of level 0 that disagree with their entries.
    stored_roots: BTreeMap<u64, Hash256>,
    disagreements: Vec<(Tile, usize)>,
    /// Whether every entry could be read.
    complete: bool,
    last: Option<Leaf>,
}

impl<'a, D: LogDirectory> Levels<'a, D> {
    pub(super) fn new(
        directory: &'a D,
        checkpoint: &'a Checkpoint,
        report: &'a mut LogReport,
    ) -> Self {
        Self {
            directory,
            checkpoint,
            report,
            stored: BTreeMap::new(),
            stored_roots: BTreeMap::new(),
            disagreements: Vec::new(),
            complete: true,
            last: None,
        }
    }

    pub(super) fn verify(mut self, known: Option<&Checkpoint>) {
        let size = self.checkpoint.size();
        if size > MAX_SIZE {
            let why = format!("{size} entries are more than a log can have");
            self.report.findings.push(LogFinding::Malformed { path: LogPath::Checkpoint, why });
            return;
        }
        let mut tree = Frontier::new();
        let mut known_root = None;
        for index in 0..size.div_ceil(u64::from(TILE_WIDTH)) {
            let Some(tile) = tile_of(size, 0, index) else { break };
            if self.report.findings.len() + self.disagreements.len() > MAX_FINDINGS {
                let from = index * u64::from(TILE_WIDTH);
                self.report.findings.push(LogFinding::GivenUp(from));
                self.complete = false;
                break;
            }
            let Some(hashes) = self.leaves(tile) else {
                // A gap as large as this leaves nothing to compute; the file was named.
                self.complete = false;
                continue;
            };
            if let Some(known) = known.filter(|known| self.complete && in_tile(known.size(), tile))
            {
                let within = (known.size() - tree.size()) as usize;
                let mut prefix = tree.clone();
                let _ = prefix.append(hashes.get(..within).unwrap_or_default());
                known_root = Some(prefix.root());
            }
            if self.complete {
                for update in tree.append(&hashes).unwrap_or_default() {
                    self.upper(update.tile, &update.bytes);
                }
            }
        }
        if self.complete {
            self.root(&tree, known, known_root);
        }
        self.blame(self.complete && tree.root() == self.checkpoint.root());
        let all_read = size > 0 && self.report.entries == size;
        if all_read && !matches!(self.last, Some(Leaf::Heads(_))) {
            self.report.findings.push(LogFinding::NoHeads(size - 1));
        }
    }

    fn root(&mut self, tree: &Frontier, known: Option<&Checkpoint>, known_root: Option<Hash256>) {
        let (computed, signed) = (tree.root(), self.checkpoint.root());
        if computed != signed {
            self.report.findings.push(LogFinding::Root { computed, signed });
        }
        let Some(known) = known else { return };
        let root = if known.size() == 0 { Some(Hash256::empty_root()) } else { known_root };
        if root != Some(known.root()) {
            self.report.findings.push(LogFinding::Forked { size: known.size() });
        }
    }

    /// Leaf hashes of one bundle, held against its tile; those of the tile where the bundle
    /// is of no use.
    fn leaves(&mut self, tile: Tile) -> Option<Vec<Hash256>> {
        let stored = self.tile(tile);
        let entries = self.bundle(tile, stored.as_deref());
        if let Some(stored) = &stored {
            let before = self.disagreements.len();
            for (position, (a, b)) in entries.iter().flatten().zip(stored).enumerate() {
                if a != b {
                    self.disagreements.push((tile, position));
                }
            }
            if tile.is_partial() {
                self.stored.insert((0, tile.index()), stored.clone());
            } else if self.disagreements.len() > before {
                // Only where there is somebody to blame does the tile's own root matter.
                self.stored_roots.insert(tile.index(), root_over(stored));
            }
        }
        entries.or(stored)
    }

    fn bundle(&mut self, tile: Tile, stored: Option<&[Hash256]>) -> Option<Vec<Hash256>> {
        let path = Bundle::new(tile.index(), tile.width())?.path();
        let full = Bundle::new(tile.index(), TILE_WIDTH)?.path();
        let (bytes, prefix) = self.file(path, full)?;
        let wanted = usize::from(tile.width());
        let mut entries = match bundle::parse(&bytes) {
            Ok(entries) => entries,
            Err(why) => {
                let why = why.to_string();
                self.report.findings.push(LogFinding::Malformed { path, why });
                return None;
            }
        };
        if prefix {
            entries.truncate(wanted);
        }
        let hashes: Vec<_> = entries.iter().map(|entry| Hash256::of_leaf(entry)).collect();
        let start = tile.index() * u64::from(TILE_WIDTH);
        if entries.len() != wanted {
            let differs = |stored: &[Hash256]| hashes.iter().zip(stored).position(|(a, b)| a != b);
            let first = stored.and_then(differs).unwrap_or(hashes.len().min(wanted)) as u64;
            let (found, first) = (entries.len(), start + first);
            self.report.findings.push(LogFinding::EntryCount { path, wanted, found, first });
            return None;
        }
        self.report.entries += hashes.len() as u64;
        for (index, entry) in (start..).zip(&entries) {
            self.last = Leaf::parse(entry);
            if self.last.is_none() {
                self.report.findings.push(LogFinding::Leaf { index, path });
            }
        }
        Some(hashes)
    }

    /// A tile above the leaves, as computed from the entries.
    fn upper(&mut self, tile: Tile, bytes: &[u8]) {
        let size = self.checkpoint.size();
        // Only the tile as it is in the whole tree is stored.
        if tile.level() == 0 || tile_of(size, tile.level(), tile.index()) != Some(tile) {
            return;
        }
        let computed = split_hashes(bytes).unwrap_or_default();
        let Some(stored) = self.tile(tile) else { return };
        for (position, (a, b)) in computed.iter().zip(&stored).enumerate() {
            if a != b {
                self.disagreements.push((tile, position));
            }
        }
        self.stored.insert((tile.level(), tile.index()), stored);
    }

    fn tile(&mut self, tile: Tile) -> Option<Vec<Hash256>> {
        let path = tile.path();
        let full = Tile::new(tile.level(), tile.index(), TILE_WIDTH)?.path();
        let (bytes, prefix) = self.file(path, full)?;
        self.report.tiles += 1;
        let wanted = usize::from(tile.width());
        let hashes = split_hashes(&bytes)
            .filter(|hashes| hashes.len() == if prefix { usize::from(TILE_WIDTH) } else { wanted });
        let Some(mut hashes) = hashes else {
            let why = format!("{} bytes are not {wanted} hashes", bytes.len());
            self.report.findings.push(LogFinding::Malformed { path, why });
            return None;
        };
        hashes.truncate(wanted);
        Some(hashes)
    }

    /// A file, or the full one where the partial one is gone, and whether it is the latter.
    fn file(&mut self, path: LogPath, full: LogPath) -> Option<(Vec<u8>, bool)> {
        for candidate in [path, full] {
            match self.directory.read(&candidate.to_string()) {
                Ok(Some(bytes)) => return Some((bytes, candidate != path)),
                Ok(None) => {}
                Err(why) => {
                    let (path, why) = (candidate.to_string(), why.to_string());
                    self.report.findings.push(LogFinding::Unreadable { path, why });
                    return None;
                }
            }
        }
        self.report.findings.push(LogFinding::Missing(path.to_string()));
        None
    }

    /// Names the file at fault for each disagreement.
    fn blame(&mut self, entries_hold: bool) {
        let disagreements = std::mem::take(&mut self.disagreements);
        let tiles_hold = !entries_hold && !disagreements.is_empty() && self.stored_root_holds();
        for (tile, position) in disagreements {
            let index = tile.index() * u64::from(TILE_WIDTH) + position as u64;
            let signed = tiles_hold && self.authentic(tile);
            let finding = match (entries_hold, tile.level(), signed) {
                (false, 0, true) => {
                    let Some(bundle) = Bundle::new(tile.index(), tile.width()) else { continue };
                    LogFinding::Entry { index, path: bundle.path() }
                }
                (false, 0, false) => LogFinding::Disagreement { index, path: tile.path() },
                // The tile is right; what differs below it is named there.
                (false, _, true) => continue,
                _ => LogFinding::Tile { position, path: tile.path() },
            };
            self.report.findings.push(finding);
        }
    }

    fn stored_root_holds(&self) -> bool {
        let reader = |tile: Tile| {
            let hashes = self.stored.get(&(tile.level(), tile.index())).ok_or(())?;
            Ok::<_, ()>(hashes.iter().flat_map(|hash| hash.0).collect())
        };
        root_of_tiles(self.checkpoint.size(), &reader) == Ok(self.checkpoint.root())
    }

    /// Whether a stored tile hangs on the signed root by stored tiles alone, given that the
    /// unfinished ones do.
    fn authentic(&self, tile: Tile) -> bool {
        let (mut level, mut index) = (tile.level(), tile.index());
        loop {
            let width = tile_of(self.checkpoint.size(), level, index).map(Tile::width);
            match width {
                None => return false,
                Some(width) if width < TILE_WIDTH => return true,
                Some(_) => {}
            }
            let root = if level == 0 {
                self.stored_roots.get(&index).copied()
            } else {
                self.stored.get(&(level, index)).map(|hashes| root_over(hashes))
            };
            let position = (index % u64::from(TILE_WIDTH)) as usize;
            level += 1;
            index /= u64::from(TILE_WIDTH);
            let parent = self.stored.get(&(level, index)).and_then(|hashes| hashes.get(position));
            if root.is_none() || root.as_ref() != parent {
                return false;
            }
        }
    }
}

/// Whether the last leaf of a tree of `size` lies in this tile of level 0.
fn in_tile(size: u64, tile: Tile) -> bool {
    size > 0 && (size - 1) / u64::from(TILE_WIDTH) == tile.index()
}

fn root_over(hashes: &[Hash256]) -> Hash256 {
    let mut tree = Frontier::new();
    // 256 hashes are never too many.
    let _ = tree.append(hashes);
    tree.root()
}
