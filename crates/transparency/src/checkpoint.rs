//! Checkpoints (C2SP tlog-checkpoint): what a log signs about its tree.
//!
//! Invariant: a [`Checkpoint`] and its text determine each other. A [`SignedCheckpoint`]
//! that came from [`crate::keyset::LogKeys::open`] carries a signature that held; one from
//! [`SignedCheckpoint::parse`] promises nothing. Absent on purpose: extension lines are kept
//! but never written, for no monitor can audit them.

use std::fmt;

use crate::hash::{Hash256, from_decimal};
use crate::key::{KeyKind, SigningKey};
use crate::note::{Note, NoteError};

/// The state of a log: how many entries, and the root over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash256,
    extensions: Vec<String>,
}

/// Why a text is not a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The origin is empty or has a control character.
    #[error("the origin is empty or has a control character")]
    Origin,
    /// The second line is no decimal number.
    #[error("the tree size is no decimal number")]
    Size,
    /// The third line is no base64 of 32 bytes.
    #[error("the root hash is no base64 of 32 bytes")]
    Root,
    /// Fewer than three lines, an empty line, or no final newline.
    #[error("the checkpoint has fewer than three lines, or an empty one")]
    Lines,
    /// A tree without entries has another root than the one it must have.
    #[error("the tree is empty, but the root is not that of an empty tree")]
    EmptyRoot,
    /// Not a signed note at all.
    #[error("not a signed note: {0}")]
    Note(#[from] NoteError),
    /// The key given for signing is a witness's.
    #[error("the key `{0}` is for cosignatures, not for a log's own signature")]
    KeyKind(String),
}

impl Checkpoint {
    /// A checkpoint to be signed. The origin names the log, by convention its address
    /// without scheme (`bank.example/log`).
    ///
    /// # Errors
    /// [`CheckpointError::Origin`].
    pub fn new(origin: &str, size: u64, root: Hash256) -> Result<Self, CheckpointError> {
        if origin.is_empty() || origin.chars().any(char::is_control) {
            return Err(CheckpointError::Origin);
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions: Vec::new() })
    }

    /// Name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Number of entries.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Merkle tree hash over the entries.
    #[must_use]
    pub fn root(&self) -> Hash256 {
        self.root
    }

    /// Lines after the third.
    #[must_use]
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// Reads the text of a checkpoint, with its final newline.
    ///
    /// # Errors
    /// See [`CheckpointError`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?.split('\n');
        let mut next = || lines.next().ok_or(CheckpointError::Lines);
        let (origin, size, root) = (next()?, next()?, next()?);
        let size = from_decimal(size).ok_or(CheckpointError::Size)?;
        let root = Hash256::from_base64(root).ok_or(CheckpointError::Root)?;
        let mut checkpoint = Self::new(origin, size, root)?;
        if size == 0 && root != Hash256::empty_root() {
            return Err(CheckpointError::EmptyRoot);
        }
        checkpoint.extensions = lines.map(str::to_owned).collect();
        if checkpoint.extensions.iter().any(String::is_empty) {
            return Err(CheckpointError::Lines);
        }
        Ok(checkpoint)
    }

    /// Signs with each of the keys, in order: one as a rule, two while keys are rotated.
    ///
    /// # Errors
    /// [`CheckpointError::KeyKind`] where a key is a witness's.
    pub fn sign(self, keys: &[&SigningKey]) -> Result<SignedCheckpoint, CheckpointError> {
        let text = self.to_string();
        let mut note = Note::unsigned(text).ok_or(CheckpointError::Origin)?;
        for key in keys {
            if key.kind() != KeyKind::Note {
                return Err(CheckpointError::KeyKind(key.verifier().name().to_owned()));
            }
            note.add(key.sign(note.text().as_bytes(), &[]).ok_or(CheckpointError::Origin)?);
        }
        Ok(SignedCheckpoint { checkpoint: self, note })
    }
}

impl fmt::Display for Checkpoint {
    /// The text that is signed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root.to_base64())?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// A checkpoint with signature lines. `Display` writes the file that the log serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    pub(crate) checkpoint: Checkpoint,
    pub(crate) note: Note,
}

impl SignedCheckpoint {
    /// Reads a checkpoint without verifying any signature.
    ///
    /// # Errors
    /// See [`CheckpointError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, CheckpointError> {
        let note = Note::parse(bytes)?;
        Ok(Self { checkpoint: Checkpoint::parse(note.text())?, note })
    }

    /// What is signed.
    #[must_use]
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note with its signature lines.
    #[must_use]
    pub fn note(&self) -> &Note {
        &self.note
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(f)
    }
}
