//! Secrets that a browser or a link holds: random, shown once, stored as a hash only.

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ports::Entropy;

/// Bytes of randomness in a token.
const BYTES: usize = 24;
/// Characters of its text.
const CHARS: usize = BYTES / 3 * 4;
/// RFC 4648, section 5, without padding.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A bearer secret of 192 bits. Wiped when dropped; never shown by `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn random(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; BYTES];
        entropy.fill(&mut bytes);
        let mut text = String::with_capacity(CHARS);
        for chunk in bytes.chunks_exact(3) {
            let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
            for shift in [18, 12, 6, 0] {
                let index = usize::try_from(bits >> shift & 63).unwrap_or(0);
                text.push(char::from(*ALPHABET.get(index).unwrap_or(&b'A')));
            }
        }
        bytes.zeroize();
        Self(text)
    }

    /// Reads what a browser sent; `None` if it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == CHARS && text.bytes().all(|b| ALPHABET.contains(&b));
        fits.then(|| Self(text.to_owned()))
    }

    /// Its text, to be put in a cookie or an address.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored instead of it.
    pub fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"bankside/token/v1\0");
        hash.update(self.0.as_bytes());
        hash.finalize().into()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(••)")
    }
}

/// Ten random bytes for an identifier.
pub(crate) fn id_bytes(entropy: &dyn Entropy) -> [u8; bankside_domain::id::RANDOM_BYTES] {
    let mut bytes = [0; bankside_domain::id::RANDOM_BYTES];
    entropy.fill(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ramp;

    impl Entropy for Ramp {
        fn fill(&self, buffer: &mut [u8]) {
            for (byte, n) in buffer.iter_mut().zip(0_u8..) {
                *byte = n.wrapping_mul(37);
            }
        }
    }

    #[test]
    fn a_token_survives_its_text_and_hides_itself() {
        let token = Token::random(&Ramp);
        assert_eq!(Token::parse(token.expose()), Some(token.clone()));
        assert_eq!(Token::parse("short"), None);
        assert_eq!(Token::parse(&"é".repeat(16)), None);
        assert!(!format!("{token:?}").contains(token.expose()));
    }
}
