//! The keys of a log over its life, and how one follows another.
//!
//! Each key is valid for a range of tree sizes. Sizes, not times: the size stands in the
//! signed text and only grows, whereas a time would be the log's word. Where a key follows
//! another, the old one signs a *rotation*: a note that names the new key and the tree size
//! from which it signs. Old and new key both sign it, so that nobody can name a key that he
//! does not hold. The checkpoint of exactly that size may carry either signature or both;
//! smaller ones need the old key, larger ones the new. A reader who knows only the first
//! key follows the published rotations to the newest.
//!
//! Invariants: at most one key is open-ended; ranges overlap in one size at most. Absent on
//! purpose: expiry by clock. A stolen key is withdrawn by handing out a new key set, not by
//! a rotation, which the thief could sign too.

use std::fmt;

use crate::checkpoint::{CheckpointError, SignedCheckpoint};
use crate::hash::from_decimal;
use crate::key::{KeyKind, SigningKey, VerifierKey};
use crate::note::{Note, NoteError};

/// First line of a rotation. No log may have it as its origin.
const ROTATION_HEADER: &str = "bankside/key-rotation/v1";

/// The name of a log and the keys that sign for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogKeys {
    origin: String,
    keys: Vec<TrustedKey>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct TrustedKey {
    key: VerifierKey,
    from: u64,
    /// Last size for which it is valid.
    until: Option<u64>,
}

/// Why a checkpoint is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not a checkpoint.
    #[error("{0}")]
    Malformed(#[from] CheckpointError),
    /// Of another log.
    #[error("the checkpoint is of the log `{found}`, not of `{wanted}`")]
    Origin {
        /// In the checkpoint.
        found: String,
        /// In the key set.
        wanted: String,
    },
    /// A line that names a key of the log does not hold.
    #[error("the signature of `{0}` does not hold")]
    Forged(String),
    /// Signed, but only by keys that were not valid at this tree size.
    #[error("`{key}` may not sign for a tree of {size} entries")]
    WrongKeyForSize {
        /// The key.
        key: String,
        /// Size of the tree in the checkpoint.
        size: u64,
    },
    /// No signature by a key of the log.
    #[error("no key of the log signed this checkpoint")]
    Unsigned,
}

/// Why a rotation is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RotationError {
    /// Not a signed note.
    #[error("not a signed note: {0}")]
    Note(#[from] NoteError),
    /// Not the four lines of a rotation.
    #[error("the note is no key rotation")]
    Form,
    /// For another log.
    #[error("the rotation is for the log `{0}`")]
    Origin(String),
    /// The size is not above that of the rotation before.
    #[error("the rotation at size {0} does not come after the one before")]
    Size(u64),
    /// Not signed by the present key of the log.
    #[error("the present key of the log did not sign the rotation")]
    OldKey,
    /// Not signed by the key that it names.
    #[error("the new key did not sign the rotation")]
    NewKey,
    /// The new key is one that the log had before.
    #[error("the new key was used before")]
    Reused,
}

impl LogKeys {
    /// A log with one key, valid for every size. By convention the key has the name of the
    /// log; where it has not, give the origin.
    ///
    /// # Errors
    /// [`RotationError::Form`] where the key is a witness's or the origin is reserved.
    pub fn new(origin: &str, key: VerifierKey) -> Result<Self, RotationError> {
        if key.kind() != KeyKind::Note || origin == ROTATION_HEADER || origin.is_empty() {
            return Err(RotationError::Form);
        }
        Ok(Self { origin: origin.to_owned(), keys: vec![TrustedKey { key, from: 0, until: None }] })
    }

    /// Name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The key that signs now.
    #[must_use]
    pub fn current(&self) -> Option<&VerifierKey> {
        self.keys.last().map(|trusted| &trusted.key)
    }

    /// Reads a checkpoint and believes it only where a key of the log, valid at its size,
    /// signed it. Lines by unknown keys are ignored; a line that names a known key and does
    /// not hold spoils the whole.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(&self, bytes: &[u8]) -> Result<SignedCheckpoint, OpenError> {
        let signed = SignedCheckpoint::parse(bytes)?;
        let (origin, size) = (signed.checkpoint().origin(), signed.checkpoint().size());
        if origin != self.origin {
            let (found, wanted) = (origin.to_owned(), self.origin.clone());
            return Err(OpenError::Origin { found, wanted });
        }
        let mut verdict = Err(OpenError::Unsigned);
        for trusted in &self.keys {
            for line in signed.note().signatures().iter().filter(|line| trusted.key.made(line)) {
                if !trusted.key.holds(signed.note().text().as_bytes(), line.bytes()) {
                    return Err(OpenError::Forged(trusted.key.to_string()));
                }
                if trusted.covers(size) {
                    verdict = Ok(());
                } else if verdict.is_err() {
                    let key = trusted.key.to_string();
                    verdict = Err(OpenError::WrongKeyForSize { key, size });
                }
            }
        }
        verdict.map(|()| signed)
    }

    /// Follows a published rotation: its old key must be the present one.
    ///
    /// # Errors
    /// See [`RotationError`]; the key set is then unchanged.
    pub fn follow(&mut self, rotation: &[u8]) -> Result<(), RotationError> {
        let note = Note::parse(rotation)?;
        let (origin, size, next) = parse_rotation(note.text()).ok_or(RotationError::Form)?;
        if origin != self.origin {
            return Err(RotationError::Origin(origin.to_owned()));
        }
        if self.keys.iter().any(|trusted| trusted.key == next) {
            return Err(RotationError::Reused);
        }
        let present = self.keys.last_mut().ok_or(RotationError::OldKey)?;
        if size <= present.from {
            return Err(RotationError::Size(size));
        }
        let signed_by = |key: &VerifierKey| {
            let mut lines = note.signatures().iter().filter(|line| key.made(line)).peekable();
            let text = note.text().as_bytes();
            lines.peek().is_some() && lines.all(|line| key.holds(text, line.bytes()))
        };
        if !signed_by(&present.key) {
            return Err(RotationError::OldKey);
        }
        if !signed_by(&next) {
            return Err(RotationError::NewKey);
        }
        present.until = Some(size);
        self.keys.push(TrustedKey { key: next, from: size, until: None });
        Ok(())
    }
}

impl TrustedKey {
    fn covers(&self, size: u64) -> bool {
        self.from <= size && self.until.is_none_or(|until| size <= until)
    }
}

/// Writes the rotation from one key to the next, to be published beside the log. `size` is
/// that of the log's newest checkpoint, which the new key signs next to the old one.
///
/// # Errors
/// [`RotationError::Form`] where a key is a witness's.
pub fn rotation(
    origin: &str,
    size: u64,
    old: &SigningKey,
    new: &SigningKey,
) -> Result<Note, RotationError> {
    let text = format!("{ROTATION_HEADER}\n{origin}\n{size}\n{}\n", new.verifier());
    let mut note = Note::unsigned(text).ok_or(RotationError::Form)?;
    for key in [old, new] {
        let usable = key.kind() == KeyKind::Note;
        let line = usable.then(|| key.sign(note.text().as_bytes(), &[])).flatten();
        note.add(line.ok_or(RotationError::Form)?);
    }
    Ok(note)
}

fn parse_rotation(text: &str) -> Option<(&str, u64, VerifierKey)> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    if lines.next()? != ROTATION_HEADER {
        return None;
    }
    let origin = lines.next()?;
    let size = from_decimal(lines.next()?)?;
    let key = VerifierKey::parse(lines.next()?).ok()?;
    (lines.next().is_none() && key.kind() == KeyKind::Note).then_some((origin, size, key))
}

impl fmt::Display for LogKeys {
    /// One line for each key: the key, and the sizes for which it is valid.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for TrustedKey { key, from, until } in &self.keys {
            match until {
                Some(until) => writeln!(f, "{key} {from}-{until}")?,
                None => writeln!(f, "{key} {from}-")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
