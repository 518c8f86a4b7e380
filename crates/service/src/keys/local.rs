//! A master key in a file: the default, for a bank without a key service.
//!
//! The file's text is one line for each generation, `bankside-master:<generation>:<64 hex digits>`,
//! the newest last. Reading and writing the file is the binary's business.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{DataKey, KeyError, KeyWrapping};
use crate::ports::Entropy;

const PREFIX: &str = "bankside-master";
/// Generations that one file may hold.
const MAX_GENERATIONS: usize = 64;

/// What is wrong with a key file. No variant shows any of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MasterKeyError {
    /// A line is not a key.
    #[error("line {0} of the key file is not `bankside-master:<generation>:<64 hex digits>`")]
    Line(usize),
    /// Generations must count up.
    #[error("line {0} of the key file: generations must count up from 1")]
    Order(usize),
    /// There is none.
    #[error("the key file holds no key")]
    Empty,
}

/// Master keys by generation; the newest wraps.
pub struct LocalMaster {
    keys: BTreeMap<i64, DataKey>,
    newest: i64,
    entropy: Arc<dyn Entropy>,
}

impl LocalMaster {
    /// Reads the text of a key file.
    ///
    /// # Errors
    /// [`MasterKeyError`], naming the line.
    pub fn parse(text: &str, entropy: Arc<dyn Entropy>) -> Result<Self, MasterKeyError> {
        let mut keys = BTreeMap::new();
        let mut newest = 0;
        for (index, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let (generation, key) = line_key(line.trim()).ok_or(MasterKeyError::Line(index + 1))?;
            if generation <= newest || keys.len() >= MAX_GENERATIONS {
                return Err(MasterKeyError::Order(index + 1));
            }
            newest = generation;
            keys.insert(generation, key);
        }
        if keys.is_empty() {
            return Err(MasterKeyError::Empty);
        }
        Ok(Self { keys, newest, entropy })
    }

    /// A line for a new key of that generation, to be appended to the file.
    pub fn new_line(generation: i64, entropy: &dyn Entropy) -> Zeroizing<String> {
        let key = DataKey::random(entropy);
        let mut line = Zeroizing::new(format!("{PREFIX}:{generation}:"));
        for byte in key.expose() {
            for nibble in [byte >> 4, byte & 15] {
                line.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
        line.push('\n');
        line
    }

    /// The key of a generation for wrapping, apart from what else is derived from it.
    fn wrapper(&self, generation: i64) -> Result<DataKey, KeyError> {
        let master = self.keys.get(&generation).ok_or(KeyError::NoMaster(generation))?;
        Ok(derive(master, b"bankside/wrap/v1"))
    }

    /// Thirty-two bytes for another use, bound to `label`: the log's signing key, say. From the
    /// oldest master key, so that it outlives rotations.
    pub fn derived(&self, label: &[u8]) -> Zeroizing<[u8; 32]> {
        let oldest = self.keys.values().next();
        Zeroizing::new(oldest.map_or([0; 32], |key| *derive(key, label).expose()))
    }
}

/// HKDF-SHA256 (RFC 5869) without salt.
fn derive(master: &DataKey, label: &[u8]) -> DataKey {
    let mut out = Zeroizing::new([0; 32]);
    // 32 bytes are one block of HKDF-SHA256; only more than 255 blocks would be refused.
    let expanded = Hkdf::<Sha256>::new(None, master.expose()).expand(label, &mut *out);
    debug_assert!(expanded.is_ok());
    DataKey::from_bytes(*out)
}

fn line_key(line: &str) -> Option<(i64, DataKey)> {
    let mut parts = line.split(':');
    let (prefix, generation, hex) = (parts.next()?, parts.next()?, parts.next()?);
    if prefix != PREFIX || parts.next().is_some() || hex.len() != 64 {
        return None;
    }
    let mut bytes = Zeroizing::new([0_u8; 32]);
    for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some((generation.parse().ok()?, DataKey::from_bytes(*bytes)))
}

#[async_trait]
impl KeyWrapping for LocalMaster {
    fn generation(&self) -> i64 {
        self.newest
    }

    async fn wrap(&self, subject: &str, key: &DataKey) -> Result<Vec<u8>, KeyError> {
        self.wrapper(self.newest)?
            .seal(subject, key.expose(), &*self.entropy)
            .map_err(|_| KeyError::Damaged)
    }

    async fn unwrap(
        &self,
        subject: &str,
        generation: i64,
        wrapped: &[u8],
    ) -> Result<DataKey, KeyError> {
        let opened = self.wrapper(generation)?.open(subject, wrapped);
        let opened = Zeroizing::new(opened.map_err(|_| KeyError::Damaged)?);
        let bytes = opened.as_slice().try_into().map_err(|_| KeyError::Damaged)?;
        Ok(DataKey::from_bytes(bytes))
    }
}

impl std::fmt::Debug for LocalMaster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LocalMaster(generation {}, ••)", self.newest)
    }
}
