//! Sealing: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random nonce; the place where
//! the text lives is authenticated with it, so that no row can stand in for another.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ports::Entropy;

/// Bytes of the nonce before each sealed text.
const NONCE: usize = 24;

/// A data key. Wiped when dropped; never shown.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DataKey([u8; 32]);

/// It does not open: destroyed and made anew, another's, or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it cannot be opened with this key")]
pub struct Unsealable;

impl DataKey {
    /// A new one.
    pub fn random(entropy: &dyn Entropy) -> Self {
        let mut key = Self([0; 32]);
        entropy.fill(&mut key.0);
        key
    }

    /// From its bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be wrapped.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals `text` for `place`: `message/<conversation>/<seq>`.
    ///
    /// # Errors
    /// [`Unsealable`] where the text is longer than the cipher takes (256 GiB).
    pub fn seal(
        &self,
        place: &str,
        text: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, Unsealable> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        let payload = Payload { msg: text, aad: place.as_bytes() };
        let sealed =
            self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| Unsealable)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`DataKey::seal`] made for the same place.
    ///
    /// # Errors
    /// [`Unsealable`].
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(Unsealable)?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| Unsealable)
    }

    /// What stands for `what` where it must be found again and not be known: HKDF-SHA256 (RFC 5869)
    /// as a keyed function.
    pub(crate) fn pseudonym(&self, what: &str) -> [u8; 32] {
        let mut out = [0; 32];
        let parts = [b"bankside/pseudonym/v1\0".as_slice(), what.as_bytes()];
        // 32 bytes are one block; only more than 255 blocks would be refused.
        let expanded = Hkdf::<Sha256>::new(None, &self.0).expand_multi_info(&parts, &mut out);
        debug_assert!(expanded.is_ok());
        out
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&self.0).into())
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    #[test]
    fn a_sealed_text_opens_only_in_its_place_and_unchanged() {
        let entropy = Counting(7.into());
        let key = DataKey::random(&entropy);
        let sealed = key.seal("message/1/1", b"hello", &entropy).unwrap();
        assert_eq!(key.open("message/1/1", &sealed).unwrap(), b"hello");
        assert_eq!(key.open("message/1/2", &sealed), Err(Unsealable));
        assert_eq!(DataKey::random(&entropy).open("message/1/1", &sealed), Err(Unsealable));
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert_eq!(key.open("message/1/1", &changed), Err(Unsealable), "byte {i}");
        }
        assert_eq!(key.open("message/1/1", &sealed[..20]), Err(Unsealable));
        assert!(!format!("{key:?}").contains('7'));
    }
}
