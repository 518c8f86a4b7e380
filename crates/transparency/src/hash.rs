//! SHA-256 values and the two hash functions of an RFC 6962 tree.
//!
//! Invariant: everything hashed anywhere in this crate starts with a prefix of its own
//! (0x00 and 0x01 here, `bankside/...\0` elsewhere), so that no value of one kind can pass
//! for one of another kind. Absent on purpose: any other hash algorithm.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Length of a hash, in bytes.
pub const HASH_LEN: usize = 32;

/// A SHA-256 value. Written as 64 lower-case hexadecimal digits in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash256(pub [u8; HASH_LEN]);

impl Hash256 {
    /// Root of a tree without leaves: SHA-256 of nothing (RFC 6962, section 2.1).
    #[must_use]
    pub fn empty_root() -> Self {
        Self(Sha256::digest([]).into())
    }

    /// Hash of a leaf: SHA-256(0x00 || entry) (RFC 6962, section 2.1).
    #[must_use]
    pub fn of_leaf(entry: &[u8]) -> Self {
        Self::of(&[&[0], entry])
    }

    /// Hash of an inner node: SHA-256(0x01 || left || right) (RFC 6962, section 2.1).
    #[must_use]
    pub fn of_node(left: &Self, right: &Self) -> Self {
        Self::of(&[&[1], &left.0, &right.0])
    }

    /// SHA-256 of the parts, one after the other.
    pub(crate) fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// The hash as bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; HASH_LEN] {
        &self.0
    }

    /// Reads exactly 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }

    /// Reads exactly 32 bytes of padded standard base64 (RFC 4648, section 4).
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        from_base64(text)?.try_into().ok().map(Self)
    }

    /// Padded standard base64 (RFC 4648, section 4).
    #[must_use]
    pub fn to_base64(&self) -> String {
        to_base64(&self.0)
    }
}

impl fmt::Display for Hash256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash256({self})")
    }
}

impl Serialize for Hash256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash256 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hex_field(deserializer).map(Self)
    }
}

/// Cuts the bytes into hashes; nothing where a part of a hash is left over.
#[must_use]
pub(crate) fn split_hashes(bytes: &[u8]) -> Option<Vec<Hash256>> {
    let (whole, rest) = bytes.as_chunks::<HASH_LEN>();
    rest.is_empty().then(|| whole.iter().copied().map(Hash256).collect())
}

/// Reads lower-case hexadecimal digits of exactly `N` bytes.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

/// Serde field reader for [`from_hex`].
pub(crate) fn hex_field<'de, const N: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<[u8; N], D::Error> {
    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    from_hex(&text).ok_or_else(|| {
        serde::de::Error::custom(format!("want {} lower-case hexadecimal digits", 2 * N))
    })
}

/// Padded standard base64; unpadded, URL-safe and non-canonical forms are refused.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}

/// Padded standard base64.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// Reads an ASCII decimal without sign or needless leading zero.
pub(crate) fn from_decimal(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let canonical = text == "0" || !text.starts_with('0');
    (digits && canonical).then(|| text.parse().ok()).flatten()
}
