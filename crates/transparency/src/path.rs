//! Names of the files of a log (C2SP tlog-tiles): `checkpoint`, `tile/<L>/<N>[.p/<W>]` and
//! `tile/entries/<N>[.p/<W>]`.
//!
//! Invariants: [`LogPath::parse`] is total, and accepts exactly the strings that `Display`
//! writes. Absent on purpose: URLs, files, and tiles of another height than 8.

use std::fmt;

/// Hashes in a full tile, entries in a full bundle (C2SP tlog-tiles: tile height 8).
pub const TILE_WIDTH: u16 = 256;
/// Highest level that a path can name.
pub const MAX_LEVEL: u8 = 63;

/// A hash tile: level, index in the level, and how many hashes of it there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

impl Tile {
    /// A tile of 1 to 256 hashes on a level from 0 to 63; nothing outside these bounds.
    #[must_use]
    pub fn new(level: u8, index: u64, width: u16) -> Option<Self> {
        let fits = level <= MAX_LEVEL && (1..=TILE_WIDTH).contains(&width);
        fits.then_some(Self { level, index, width })
    }

    /// Level in the tree of tiles; 0 holds leaf hashes.
    #[must_use]
    pub fn level(self) -> u8 {
        self.level
    }

    /// Position in the level, from 0.
    #[must_use]
    pub fn index(self) -> u64 {
        self.index
    }

    /// Number of hashes, 1 to 256.
    #[must_use]
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether the tile holds fewer than 256 hashes.
    #[must_use]
    pub fn is_partial(self) -> bool {
        self.width < TILE_WIDTH
    }

    /// The file name.
    #[must_use]
    pub fn path(self) -> LogPath {
        LogPath::Tile(self)
    }
}

/// A bundle of entries: its index, and how many entries it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bundle {
    index: u64,
    width: u16,
}

impl Bundle {
    /// A bundle of 1 to 256 entries; nothing outside these bounds.
    #[must_use]
    pub fn new(index: u64, width: u16) -> Option<Self> {
        (1..=TILE_WIDTH).contains(&width).then_some(Self { index, width })
    }

    /// Position, from 0; the first entry is `256 * index`.
    #[must_use]
    pub fn index(self) -> u64 {
        self.index
    }

    /// Number of entries, 1 to 256.
    #[must_use]
    pub fn width(self) -> u16 {
        self.width
    }

    /// The file name.
    #[must_use]
    pub fn path(self) -> LogPath {
        LogPath::Entries(self)
    }
}

/// A file of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogPath {
    /// The newest checkpoint.
    Checkpoint,
    /// A tile of hashes.
    Tile(Tile),
    /// A bundle of entries.
    Entries(Bundle),
}

impl LogPath {
    /// Reads a path relative to the log's prefix; nothing where it is not in the one form
    /// that the specification gives.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        if path == "checkpoint" {
            return Some(Self::Checkpoint);
        }
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, partial_width(width)?),
            None => (rest, TILE_WIDTH),
        };
        let index = parse_index(number)?;
        if level == "entries" {
            return Bundle::new(index, width).map(Self::Entries);
        }
        let level = u8::try_from(crate::hash::from_decimal(level)?).ok()?;
        Tile::new(level, index, width).map(Self::Tile)
    }
}

impl fmt::Display for LogPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (index, width) = match self {
            Self::Checkpoint => return f.write_str("checkpoint"),
            Self::Tile(tile) => {
                write!(f, "tile/{}/", tile.level)?;
                (tile.index, tile.width)
            }
            Self::Entries(bundle) => {
                f.write_str("tile/entries/")?;
                (bundle.index, bundle.width)
            }
        };
        write_index(f, index)?;
        if width < TILE_WIDTH { write!(f, ".p/{width}") } else { Ok(()) }
    }
}

fn partial_width(text: &str) -> Option<u16> {
    let width = u16::try_from(crate::hash::from_decimal(text)?).ok()?;
    (1..TILE_WIDTH).contains(&width).then_some(width)
}

/// Index 1234067 is `x001/x234/067`.
fn parse_index(text: &str) -> Option<u64> {
    let mut index: u64 = 0;
    let mut groups = text.split('/').peekable();
    let mut first = true;
    while let Some(group) = groups.next() {
        let last = groups.peek().is_none();
        let digits = if last { group } else { group.strip_prefix('x')? };
        if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let padding = first && !last && digits == "000";
        if padding {
            return None;
        }
        first = false;
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some(index)
}

fn write_index(f: &mut fmt::Formatter<'_>, index: u64) -> fmt::Result {
    if index >= 1000 {
        write_leading(f, index / 1000)?;
    }
    write!(f, "{:03}", index % 1000)
}

fn write_leading(f: &mut fmt::Formatter<'_>, index: u64) -> fmt::Result {
    if index >= 1000 {
        write_leading(f, index / 1000)?;
    }
    write!(f, "x{:03}/", index % 1000)
}

#[cfg(test)]
mod tests;
