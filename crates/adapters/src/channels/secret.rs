//! A secret that two sides know: shown to nobody, wiped when dropped, compared in constant time.
//!
//! Deliberately absent: equality by `==` on the bytes. What is compared are HMACs (RFC 2104) under the
//! secret itself, so that the time it takes tells nothing that could be steered byte by byte.

use std::fmt;

use bankside_domain::personal::Personal;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};

/// Bytes of a block of SHA-256.
const BLOCK: usize = 64;
/// Fewest bytes of a strong secret: 128 bits in base64 take 22, in hexadecimal 32.
const MIN_BYTES: usize = 22;
/// Most bytes of one.
const MAX_BYTES: usize = 256;

/// A token or a password.
#[derive(Clone)]
pub struct Secret(Personal<String>);

impl Secret {
    /// As the operator gave it, of any length.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(Personal::new(secret.into()))
    }

    /// One that is long enough not to be guessed and needs no escape in an address or a header:
    /// letters, digits, and `-._~`.
    pub(super) fn strong(text: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let suits = (MIN_BYTES..=MAX_BYTES).contains(&text.len()) && text.bytes().all(plain);
        suits.then(|| Self::new(text))
    }

    /// The secret itself.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }

    /// Whether that is it; an empty secret is nobody's.
    pub(super) fn is(&self, other: &[u8]) -> bool {
        let expected = self.tag(self.reveal().as_bytes());
        self.signs(other, &expected) && !other.is_empty()
    }

    /// The tag of a message: HMAC-SHA256, 32 bytes.
    pub fn tag(&self, message: &[u8]) -> [u8; 32] {
        self.mac(message).finalize().into_bytes().into()
    }

    /// Whether a tag is that of a message; takes as long for a wrong one as for the right one.
    pub(super) fn signs(&self, message: &[u8], tag: &[u8]) -> bool {
        self.mac(message).verify_slice(tag).is_ok()
    }

    /// A key of any length, as RFC 2104, section 2 makes a block of it.
    fn mac(&self, message: &[u8]) -> Hmac<Sha256> {
        let secret = self.reveal().as_bytes();
        let hashed;
        let key = if secret.len() > BLOCK {
            hashed = Sha256::digest(secret);
            hashed.as_slice()
        } else {
            secret
        };
        let mut block = [0; BLOCK];
        for (to, from) in block.iter_mut().zip(key) {
            *to = *from;
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new((&block).into());
        mac.update(message);
        mac
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.signs(other.reveal().as_bytes(), &self.tag(self.reveal().as_bytes()))
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("••")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strong_secret_is_long_and_plain() {
        #[track_caller]
        fn check(text: &str, want: bool) {
            assert_eq!(Secret::strong(text).is_some(), want, "{text}");
        }
        check(&"a".repeat(22), true);
        check(&"a".repeat(21), false);
        check(&"a".repeat(257), false);
        check("abcdefghijklmnopqrst-._~0189", true);
        check("abcdefghijklmnopqrst uvw", false);
        check("abcdefghijklmnopqrst%20&x", false);
    }

    #[test]
    fn it_is_itself_alone_and_never_shown() {
        let secret = Secret::new("abcdefghijklmnopqrstuvwxyz");
        assert_eq!(format!("{secret:?}"), "••");
        assert!(secret.is(b"abcdefghijklmnopqrstuvwxyz"));
        for wrong in ["abcdefghijklmnopqrstuvwxy", "Abcdefghijklmnopqrstuvwxyz", ""] {
            assert!(!secret.is(wrong.as_bytes()) && secret != Secret::new(wrong), "{wrong}");
        }
        assert!(!Secret::new("").is(b"") && secret == secret.clone());
    }

    /// RFC 4231, test case 2; for a key longer than a block, computed with Python's `hmac`.
    #[test]
    fn a_tag_is_the_standards() {
        let jefe = Secret::new("Jefe").tag(b"what do ya want for nothing?");
        let want = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex::encode(jefe), want);
        let long = Secret::new("k".repeat(131)).tag(b"longer than a block");
        let want = "efef64cd4cb084b87adcca8ac75922f47fa480615003556fa435513f3593a9f8";
        assert_eq!(hex::encode(long), want);
    }

    #[test]
    fn a_wrong_tag_is_none() {
        let secret = Secret::new("secret");
        let right = secret.tag(b"body");
        assert!(secret.signs(b"body", &right));
        assert!(!secret.signs(b"Body", &right));
        assert!(!Secret::new("Secret").signs(b"body", &right));
        assert!(!secret.signs(b"body", &right[..16]));
        assert!(!secret.signs(b"body", &[]));
    }
}
