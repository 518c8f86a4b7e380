//! What the public log holds: commitments that tell a stranger nothing.
//!
//! A record is committed to with a blinding value that only the holder of the stream's
//! secret can compute, so a leaf reveals neither content nor owner, and destroying the
//! secret makes it meaningless for good while every proof over it stays valid.
//!
//! Invariants: a public leaf is 33 bytes; secrets are wiped on drop and never shown by
//! `Debug`. Absent on purpose: any source of randomness; secrets and ids are passed in.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::hash::{Hash256, hex_field};

/// Length of a public leaf, in bytes: a version byte and a hash.
pub const LEAF_LEN: usize = 33;

const VERSION_COMMITMENT: u8 = 1;
const VERSION_HEADS: u8 = 2;

/// The secret of one customer's stream. Destroying it makes all leaves of the stream
/// meaningless.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct StreamSecret([u8; 32]);

impl StreamSecret {
    /// Takes 32 bytes from a cryptographic random source.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be wrapped under the customer's key and stored.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The value that blinds the commitment of entry `seq`:
    /// HMAC-SHA256(secret, `bankside/blind/v1\0` || seq as u64 big-endian).
    #[must_use]
    pub fn blinding(&self, seq: u64) -> Blinding {
        Blinding(self.derive(b"bankside/blind/v1\0", seq))
    }

    /// The value that salts the body hash of entry `seq`:
    /// HMAC-SHA256(secret, `bankside/body-salt/v1\0` || seq as u64 big-endian).
    #[must_use]
    pub fn body_salt(&self, seq: u64) -> BodySalt {
        BodySalt(self.derive(b"bankside/body-salt/v1\0", seq))
    }

    fn derive(&self, label: &[u8], seq: u64) -> [u8; 32] {
        // RFC 2104 pads a short key with zeros to the block length; doing it here leaves
        // no error to handle.
        let mut block = Zeroizing::new([0u8; 64]);
        for (to, from) in block.iter_mut().zip(self.0.iter()) {
            *to = *from;
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
        mac.update(label);
        mac.update(&seq.to_be_bytes());
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for StreamSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamSecret(redacted)")
    }
}

macro_rules! opening {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
        pub struct $name(pub(crate) [u8; 32]);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }

        /// Only in an export, which is the customer's own.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&hex::encode(self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                hex_field(deserializer).map(Self)
            }
        }
    };
}

opening! {
    /// Opens the commitment of one entry: whoever has it and the record can check the leaf.
    Blinding
}
opening! {
    /// Opens the body hash of one record.
    BodySalt
}

/// The random name of a customer's stream. Not derived from anything about the customer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(pub [u8; 16]);

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StreamId({self})")
    }
}

impl Serialize for StreamId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StreamId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hex_field(deserializer).map(Self)
    }
}

/// A blinded commitment to one record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Commitment(pub Hash256);

impl Commitment {
    /// Stands where the first entry of a stream names its predecessor.
    pub const NONE: Self = Self(Hash256([0; 32]));

    /// Commits to the canonical bytes of a record:
    /// SHA-256(`bankside/leaf/v1\0` || blinding || length as u64 big-endian || record).
    #[must_use]
    pub fn to_record(blinding: &Blinding, record: &[u8]) -> Self {
        Self(Hash256::of(&[b"bankside/leaf/v1\0", &blinding.0, &length(record), record]))
    }

    /// The public leaf that carries this commitment.
    #[must_use]
    pub fn leaf(self) -> Leaf {
        Leaf::Commitment(self)
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Commitment({})", self.0)
    }
}

/// Salted hash of a body, the very bytes that were sent:
/// SHA-256(`bankside/body/v1\0` || salt || length as u64 big-endian || body).
#[must_use]
pub fn body_hash(salt: &BodySalt, body: &[u8]) -> Hash256 {
    Hash256::of(&[b"bankside/body/v1\0", &salt.0, &length(body), body])
}

fn length(bytes: &[u8]) -> [u8; 8] {
    (bytes.len() as u64).to_be_bytes()
}

/// An entry of the public log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// Version byte 0x01: a commitment to one record.
    Commitment(Commitment),
    /// Version byte 0x02: the root of the heads map over all entries before this one. The
    /// last leaf under every checkpoint is of this kind.
    Heads(Hash256),
}

impl Leaf {
    /// The 33 bytes of the log entry.
    #[must_use]
    pub fn to_bytes(self) -> [u8; LEAF_LEN] {
        let (version, hash) = match self {
            Self::Commitment(commitment) => (VERSION_COMMITMENT, commitment.0),
            Self::Heads(root) => (VERSION_HEADS, root),
        };
        let mut bytes = [version; LEAF_LEN];
        for (to, from) in bytes.iter_mut().skip(1).zip(hash.0) {
            *to = from;
        }
        bytes
    }

    /// Reads a log entry; nothing where the length or the version is not known.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        let hash = Hash256(rest.try_into().ok()?);
        match *version {
            VERSION_COMMITMENT => Some(Self::Commitment(Commitment(hash))),
            VERSION_HEADS => Some(Self::Heads(hash)),
            _ => None,
        }
    }

    /// The hash of this entry as a leaf of the Merkle tree.
    #[must_use]
    pub fn hash(self) -> Hash256 {
        Hash256::of_leaf(&self.to_bytes())
    }
}

#[cfg(test)]
mod tests;
