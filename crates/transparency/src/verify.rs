//! The stand-alone verifier: a whole log, or one customer's export, against nothing but the
//! public key.
//!
//! It trusts no file. It names every entry and file that fails and why, and goes on to the
//! next. Invariants: no finding means that every byte was accounted for; nothing that is read
//! makes it panic; its work grows linearly with what it reads. Absent on purpose: files and
//! the network; a log is read through [`LogDirectory`].

mod directory;
mod export;
mod fork;
mod levels;

pub use directory::{LogDirectory, LogFinding, LogReport, verify_log};
pub use export::{ExportFinding, ExportReport, verify_export, verify_successor};
pub use fork::{ForkError, compare};

use crate::checkpoint::Checkpoint;
use crate::key::VerifierKey;
use crate::keyset::LogKeys;

/// What the verifier believes beforehand.
#[derive(Clone, Debug)]
pub struct Trust {
    /// The log's name and first key.
    pub keys: LogKeys,
    /// Keys of witnesses that it knows.
    pub witnesses: Vec<VerifierKey>,
    /// How many of them must have cosigned.
    pub quorum: usize,
    /// A checkpoint that it saw before: the log may not have forked from it or shrunk.
    pub known: Option<Checkpoint>,
}

impl Trust {
    /// Trust in a log's key alone.
    #[must_use]
    pub fn in_keys(keys: LogKeys) -> Self {
        Self { keys, witnesses: Vec::new(), quorum: 0, known: None }
    }
}
