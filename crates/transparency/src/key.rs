//! Ed25519 keys in the text forms of C2SP signed-note and Go's `note` package.
//!
//! Invariants: secret keys are wiped on drop and never shown by `Debug`; a key's identifier
//! follows from its name, kind and bytes, and a text form whose identifier does not match is
//! refused. Absent on purpose: key generation; a seed is passed in.

use std::fmt;

use ed25519_dalek::Signer as _;
use zeroize::{Zeroize, Zeroizing};

use crate::hash::{Hash256, from_base64, to_base64};
use crate::note::{Note, Signature, is_key_name};

/// What a key signs. The byte is C2SP's signature type identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum KeyKind {
    /// Signs the text of a note (C2SP signed-note).
    Note = 0x01,
    /// Cosigns checkpoints with a timestamp (C2SP tlog-cosignature, Ed25519).
    Cosignature = 0x04,
}

impl KeyKind {
    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Note, Self::Cosignature].into_iter().find(|kind| *kind as u8 == byte)
    }
}

/// Why a text is not a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not `name+id+base64`.
    #[error("the key is not of the form name+12345678+base64")]
    Form,
    /// Empty, or with a space or plus sign.
    #[error("`{0}` is no key name: it is empty or has a space, plus or control character")]
    Name(String),
    /// Neither an Ed25519 note key nor an Ed25519 cosignature key.
    #[error("the key is of an unknown kind")]
    Kind,
    /// The identifier does not follow from name and key: a slip in copying.
    #[error("the key's identifier does not match; copy the whole key again")]
    Identifier,
    /// Not a point of the curve.
    #[error("the key's bytes are no Ed25519 public key")]
    Bytes,
}

/// A public key with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// A public key from its 32 bytes (RFC 8032).
    ///
    /// # Errors
    /// [`KeyError::Name`] or [`KeyError::Bytes`].
    pub fn new(name: &str, kind: KeyKind, public: &[u8; 32]) -> Result<Self, KeyError> {
        if !is_key_name(name) {
            return Err(KeyError::Name(name.to_owned()));
        }
        let key = ed25519_dalek::VerifyingKey::from_bytes(public).map_err(|_| KeyError::Bytes)?;
        Ok(Self { name: name.to_owned(), kind, key })
    }

    /// Name of the key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// First four bytes of SHA-256(name || 0x0A || kind || public key), big-endian.
    #[must_use]
    pub fn id(&self) -> u32 {
        key_id(&self.name, self.kind, self.key.as_bytes())
    }

    /// Whether a signature line claims to be by this key.
    #[must_use]
    pub fn made(&self, signature: &Signature) -> bool {
        signature.name() == self.name && signature.key_id() == self.id()
    }

    /// Whether the 64 bytes are this key's signature of the message. Strict: keys of small
    /// order and signatures that are not canonical are refused.
    #[must_use]
    pub(crate) fn holds(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else { return false };
        self.key.verify_strict(message, &signature).is_ok()
    }

    /// Whether this key signed the note: at least one line is by it, and every such line holds.
    #[must_use]
    pub fn signed(&self, note: &Note) -> bool {
        let mut lines = note.signatures().iter().filter(|line| self.made(line)).peekable();
        let text = note.text().as_bytes();
        self.kind == KeyKind::Note
            && lines.peek().is_some()
            && lines.all(|line| self.holds(text, line.bytes()))
    }

    /// Reads a verifier key in the form `name+id+base64(kind || public key)`.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let (name, id, blob) = split(text)?;
        let (kind, public) = split_kind(&blob)?;
        let key = Self::new(name, kind, public)?;
        if key.id() == id { Ok(key) } else { Err(KeyError::Identifier) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut blob = vec![self.kind as u8];
        blob.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{:08x}+{}", self.name, self.id(), to_base64(&blob))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

/// A secret key with its name.
pub struct SigningKey {
    name: String,
    kind: KeyKind,
    key: ed25519_dalek::SigningKey,
}

const SECRET_PREFIX: &str = "PRIVATE+KEY+";

impl SigningKey {
    /// A secret key from a seed: 32 bytes from a cryptographic random source (RFC 8032).
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn from_seed(name: &str, kind: KeyKind, seed: &[u8; 32]) -> Result<Self, KeyError> {
        if !is_key_name(name) {
            return Err(KeyError::Name(name.to_owned()));
        }
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        Ok(Self { name: name.to_owned(), kind, key })
    }

    /// The public half.
    #[must_use]
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), kind: self.kind, key: self.key.verifying_key() }
    }

    /// The text form of Go's `note` package, `PRIVATE+KEY+name+id+base64(kind || seed)`.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut blob = Zeroizing::new(vec![self.kind as u8]);
        blob.extend_from_slice(self.key.as_bytes());
        let encoded = Zeroizing::new(to_base64(&blob));
        let id = self.verifier().id();
        Zeroizing::new(format!("{SECRET_PREFIX}{}+{id:08x}+{}", self.name, *encoded))
    }

    /// Reads what [`SigningKey::to_text`] writes.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let (name, id, mut blob) = split(text.strip_prefix(SECRET_PREFIX).ok_or(KeyError::Form)?)?;
        let key = split_kind(&blob).and_then(|(kind, seed)| Self::from_seed(name, kind, seed));
        blob.zeroize();
        let key = key?;
        if key.verifier().id() == id { Ok(key) } else { Err(KeyError::Identifier) }
    }

    /// Signs a note; again is fine. `false` where the key is a witness's, which signs no notes.
    ///
    /// Whoever invents a new kind of note gives it a first line of its own, so that it can never
    /// pass for a checkpoint.
    #[must_use]
    pub fn sign_note(&self, note: &mut Note) -> bool {
        let line = (self.kind == KeyKind::Note).then(|| self.sign(note.text().as_bytes(), &[]));
        line.flatten().map(|line| note.add(line)).is_some()
    }

    /// A signature line over the message; `prefix` stands before the signature's bytes.
    pub(crate) fn sign(&self, message: &[u8], prefix: &[u8]) -> Option<Signature> {
        let mut bytes = prefix.to_vec();
        bytes.extend_from_slice(&self.key.sign(message).to_bytes());
        Signature::new(&self.name, self.verifier().id(), bytes)
    }

    /// What it signs.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, redacted)", self.name)
    }
}

fn key_id(name: &str, kind: KeyKind, public: &[u8; 32]) -> u32 {
    let hash = Hash256::of(&[name.as_bytes(), &[b'\n', kind as u8], public]);
    let [a, b, c, d, ..] = hash.0;
    u32::from_be_bytes([a, b, c, d])
}

fn split(text: &str) -> Result<(&str, u32, Vec<u8>), KeyError> {
    // Base64 may contain plus signs; a key name may not.
    let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
    let (id, blob) = rest.split_once('+').ok_or(KeyError::Form)?;
    let id = crate::hash::from_hex(id).ok_or(KeyError::Form)?;
    Ok((name, u32::from_be_bytes(id), from_base64(blob).ok_or(KeyError::Form)?))
}

fn split_kind(blob: &[u8]) -> Result<(KeyKind, &[u8; 32]), KeyError> {
    let (kind, key) = blob.split_first().ok_or(KeyError::Form)?;
    let kind = KeyKind::from_byte(*kind).ok_or(KeyError::Kind)?;
    Ok((kind, key.try_into().map_err(|_| KeyError::Form)?))
}

#[cfg(test)]
mod tests;
