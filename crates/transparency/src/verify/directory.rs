//! Verification of a whole log in the C2SP layout: every entry, every tile, every signature.

use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::cosignature::{Cosignature, CosignatureError, verify_cosignatures};
use crate::hash::Hash256;
use crate::keyset::{LogKeys, OpenError, RotationError};
use crate::path::LogPath;

use super::Trust;
use super::levels::Levels;

/// Most key rotations that are followed.
const MAX_ROTATIONS: u32 = 10_000;

/// Most findings that are gathered; a log that claims to be huge must not keep us for ever.
pub(super) const MAX_FINDINGS: usize = 10_000;

/// Where the files of a log come from.
pub trait LogDirectory {
    /// Why a file could not be read.
    type Error: std::fmt::Display;

    /// The file at a path relative to the log's prefix; nothing where there is none.
    ///
    /// # Errors
    /// Whatever the source says.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Self::Error>;
}

impl<F, E> LogDirectory for F
where
    F: Fn(&str) -> Result<Option<Vec<u8>>, E>,
    E: std::fmt::Display,
{
    type Error = E;

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, E> {
        self(path)
    }
}

/// What was checked, and what failed.
#[derive(Clone, Debug, Default)]
pub struct LogReport {
    /// The checkpoint, where it is to be believed.
    pub checkpoint: Option<Checkpoint>,
    /// Cosignatures of known witnesses.
    pub cosignatures: Vec<Cosignature>,
    /// Number of entries that were read.
    pub entries: u64,
    /// Number of hash tiles that were read.
    pub tiles: u64,
    /// Everything that failed. Empty where the log holds.
    pub findings: Vec<LogFinding>,
}

/// What is wrong with a log. Entries are counted from 0 over the whole log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogFinding {
    /// The checkpoint is not to be believed; nothing else was checked.
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] OpenError),
    /// A key rotation does not hold.
    #[error("rotation/{number}: {why}")]
    Rotation {
        /// Counted from 1.
        number: u32,
        /// What is wrong.
        why: RotationError,
    },
    /// Cosignatures are forged or too few.
    #[error("cosignatures: {0}")]
    Cosignatures(#[from] CosignatureError),
    /// A file is missing.
    #[error("`{0}` is missing")]
    Missing(String),
    /// A file could not be read.
    #[error("`{path}` cannot be read: {why}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the source said.
        why: String,
    },
    /// A file is not what it must be.
    #[error("`{path}` is malformed: {why}")]
    Malformed {
        /// The file.
        path: LogPath,
        /// In which way.
        why: String,
    },
    /// A bundle has entries too many or too few.
    #[error("`{path}` has {found} entries instead of {wanted}; the first that differs is {first}")]
    EntryCount {
        /// The file.
        path: LogPath,
        /// Number that the tree demands.
        wanted: usize,
        /// Number found.
        found: usize,
        /// Index of the first entry that is missing, too many or another.
        first: u64,
    },
    /// An entry is not the one that the signed tree has.
    #[error("entry {index} in `{path}` is not the one that was signed")]
    Entry {
        /// Index of the entry.
        index: u64,
        /// The file.
        path: LogPath,
    },
    /// An entry has a form that this log does not write.
    #[error("entry {index} in `{path}` is not a leaf of a disclosure log")]
    Leaf {
        /// Index of the entry.
        index: u64,
        /// The file.
        path: LogPath,
    },
    /// A hash in a tile is not that of the entries below it.
    #[error("hash {position} of `{path}` is not that of the entries below it")]
    Tile {
        /// Position in the tile, from 0.
        position: usize,
        /// The file.
        path: LogPath,
    },
    /// An entry and its tile disagree, and neither leads to the signed root.
    #[error("entry {index} and its hash in `{path}` disagree, and neither is signed")]
    Disagreement {
        /// Index of the entry.
        index: u64,
        /// The tile.
        path: LogPath,
    },
    /// The entries lead to another root than the signed one.
    #[error("the entries lead to the root {computed}, but {signed} is signed")]
    Root {
        /// Over the entries.
        computed: Hash256,
        /// In the checkpoint.
        signed: Hash256,
    },
    /// The last entry is not the root of the heads map.
    #[error("entry {0}, the last, is not the root of the heads map")]
    NoHeads(u64),
    /// Too much is wrong: what comes after this entry was not read.
    #[error("so much is wrong that nothing from entry {0} on was read")]
    GivenUp(u64),
    /// The log is smaller than it was.
    #[error("the log has {found} entries, but had {known}")]
    Shrunk {
        /// Now.
        found: u64,
        /// In the checkpoint known before.
        known: u64,
    },
    /// The log does not extend the checkpoint known before.
    #[error("the first {size} entries lead to another root than the one known before: a fork")]
    Forked {
        /// Size of the checkpoint known before.
        size: u64,
    },
}

impl LogReport {
    /// Whether everything held.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Verifies a log: the signatures of its checkpoint, every entry, every tile, the root over
/// the entries, and that it extends the checkpoint known before.
#[must_use]
pub fn verify_log<D: LogDirectory>(directory: &D, trust: &Trust) -> LogReport {
    let mut report = LogReport::default();
    let keys = follow_rotations(directory, trust.keys.clone(), &mut report.findings);
    let Some(signed) = open(directory, &keys, &mut report.findings) else { return report };
    match verify_cosignatures(&signed, &trust.witnesses, trust.quorum) {
        Ok(cosignatures) => report.cosignatures = cosignatures,
        Err(why) => report.findings.push(why.into()),
    }
    let checkpoint = signed.checkpoint().clone();
    let known = trust.known.as_ref();
    if let Some(known) = known.filter(|known| known.size() > checkpoint.size()) {
        let (found, known) = (checkpoint.size(), known.size());
        report.findings.push(LogFinding::Shrunk { found, known });
    }
    let known = known.filter(|known| known.size() <= checkpoint.size());
    Levels::new(directory, &checkpoint, &mut report).verify(known);
    report.checkpoint = Some(checkpoint);
    report
}

fn open<D: LogDirectory>(
    directory: &D,
    keys: &LogKeys,
    findings: &mut Vec<LogFinding>,
) -> Option<SignedCheckpoint> {
    let bytes = read(directory, "checkpoint", findings)?;
    keys.open(&bytes).map_err(|why| findings.push(why.into())).ok()
}

fn follow_rotations<D: LogDirectory>(
    directory: &D,
    mut keys: LogKeys,
    findings: &mut Vec<LogFinding>,
) -> LogKeys {
    for number in 1..=MAX_ROTATIONS {
        let path = format!("rotation/{number}");
        let bytes = match directory.read(&path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => break,
            Err(why) => {
                findings.push(LogFinding::Unreadable { path, why: why.to_string() });
                break;
            }
        };
        if let Err(why) = keys.follow(&bytes) {
            findings.push(LogFinding::Rotation { number, why });
            break;
        }
    }
    keys
}

/// A file that must be there.
fn read<D: LogDirectory>(
    directory: &D,
    path: &str,
    findings: &mut Vec<LogFinding>,
) -> Option<Vec<u8>> {
    match directory.read(path) {
        Ok(Some(bytes)) => return Some(bytes),
        Ok(None) => findings.push(LogFinding::Missing(path.to_owned())),
        Err(why) => {
            let (path, why) = (path.to_owned(), why.to_string());
            findings.push(LogFinding::Unreadable { path, why });
        }
    }
    None
}
