//! Signed notes (C2SP signed-note): a text, an empty line, and signature lines.
//!
//! Invariants: a [`Note`] is well formed, so writing and reading it again gives the same
//! note; parsing is total and says nothing about whether a signature holds. Absent on
//! purpose: keys; see [`crate::key`] and [`crate::keyset`].

use std::fmt;

use crate::hash::{from_base64, to_base64};

/// Longest note that is read, in bytes (the limit of Go's `note` package).
pub const MAX_NOTE_BYTES: usize = 1_000_000;
/// Most signature lines that are read (the limit of Go's `note` package).
pub const MAX_SIGNATURES: usize = 100;

const MARK: &str = "\u{2014} ";

/// A text with signature lines, none of them verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

/// One signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    name: String,
    key_id: u32,
    bytes: Vec<u8>,
}

/// Why bytes are not a signed note.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Over [`MAX_NOTE_BYTES`].
    #[error("the note has {0} bytes; at most {MAX_NOTE_BYTES} are read")]
    TooLong(usize),
    /// Not UTF-8, or a control character other than newline.
    #[error("the note is not plain UTF-8 text")]
    NotText,
    /// No empty line between text and signatures, or the text is empty.
    #[error("the note has no text, an empty line and then signature lines")]
    NoSeparator,
    /// More than [`MAX_SIGNATURES`].
    #[error("the note has {0} signature lines; at most {MAX_SIGNATURES} are read")]
    TooManySignatures(usize),
    /// A signature line is malformed. Counted from 1.
    #[error("signature line {0} is malformed")]
    SignatureLine(usize),
}

impl Signature {
    /// A signature by the named key; nothing where the name is not a key name or there are
    /// no signature bytes.
    #[must_use]
    pub fn new(name: &str, key_id: u32, bytes: Vec<u8>) -> Option<Self> {
        let valid = is_key_name(name) && !bytes.is_empty();
        valid.then(|| Self { name: name.to_owned(), key_id, bytes })
    }

    /// Name of the key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Identifier of the key.
    #[must_use]
    pub fn key_id(&self) -> u32 {
        self.key_id
    }

    /// What follows the key identifier; its form depends on the kind of key.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads one signature line, without its newline.
    #[must_use]
    pub fn parse_line(line: &str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix(MARK)?.split_once(' ')?;
        let blob = from_base64(encoded)?;
        let (id, bytes) = blob.split_first_chunk::<4>()?;
        Self::new(name, u32::from_be_bytes(*id), bytes.to_vec())
    }
}

impl fmt::Display for Signature {
    /// One signature line with its newline.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut blob = self.key_id.to_be_bytes().to_vec();
        blob.extend_from_slice(&self.bytes);
        writeln!(f, "{MARK}{} {}", self.name, to_base64(&blob))
    }
}

impl Note {
    /// A note without signatures yet; nothing where the text is empty, does not end in a
    /// newline, or has other control characters.
    #[must_use]
    pub fn unsigned(text: String) -> Option<Self> {
        let valid = text.ends_with('\n') && is_plain(&text);
        valid.then_some(Self { text, signatures: Vec::new() })
    }

    /// Adds a signature line, unless that very line is there already.
    pub fn add(&mut self, signature: Signature) {
        if !self.signatures.contains(&signature) {
            self.signatures.push(signature);
        }
    }

    /// The signed text, with its final newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, in order.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Reads a signed note. Total: any bytes are read or refused.
    ///
    /// # Errors
    /// See [`NoteError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLong(bytes.len()));
        }
        let note = std::str::from_utf8(bytes).map_err(|_| NoteError::NotText)?;
        if !is_plain(note) {
            return Err(NoteError::NotText);
        }
        let (text, block) = note.rsplit_once("\n\n").ok_or(NoteError::NoSeparator)?;
        let lines = block.strip_suffix('\n').ok_or(NoteError::NoSeparator)?;
        let count = lines.split('\n').count();
        if count > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures(count));
        }
        let mut signatures = Vec::with_capacity(count);
        for (number, line) in (1..).zip(lines.split('\n')) {
            let read = Signature::parse_line(line).ok_or(NoteError::SignatureLine(number))?;
            signatures.push(read);
        }
        Ok(Self { text: format!("{text}\n"), signatures })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| signature.fmt(f))
    }
}

/// Key names are not empty and have neither spaces, plus signs nor control characters.
#[must_use]
pub fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c == '+' || c.is_control())
}

fn is_plain(text: &str) -> bool {
    !text.bytes().any(|b| b < 0x20 && b != b'\n')
}

#[cfg(test)]
mod tests;
