//! Which channel a bank's sites speak in by Direct Line, and what a server of the bank's proves itself
//! by.

use std::collections::BTreeMap;
use std::fmt;

use bankside_domain::bank::BankId;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// A bank's Direct Line.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    channel: String,
    /// SHA-256 of the secret.
    secret: Option<[u8; 32]>,
}

/// The Direct Lines, by bank.
pub type Lines = BTreeMap<BankId, Line>;

impl Line {
    /// In the channel of that short name.
    pub fn new(channel: impl Into<String>) -> Self {
        Self { channel: channel.into(), secret: None }
    }

    /// With a secret, by which a server of the bank's gets tokens.
    #[must_use]
    pub fn with_secret(self, secret: &str) -> Self {
        Self { secret: Some(hash(secret)), ..self }
    }

    /// The channel, by its short name.
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// Whether it is that secret. Takes as long whatever is asked.
    pub(super) fn is_secret(&self, text: &str) -> bool {
        let asked = hash(text);
        self.secret.is_some_and(|secret| secret.ct_eq(&asked).into())
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = self.secret.map(|_| "••");
        f.debug_struct("Line").field("channel", &self.channel).field("secret", &secret).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_and_never_shown() {
        let without = Line::new("site");
        let line = without.clone().with_secret("a long secret");
        assert!(line.is_secret("a long secret"));
        for wrong in ["", "a long secreu", "a long secret ", "A long secret"] {
            assert!(!line.is_secret(wrong), "{wrong}");
            assert!(!without.is_secret(wrong), "without one there is none, not even the empty one");
        }
        assert_eq!(format!("{line:?}"), "Line { channel: \"site\", secret: Some(\"••\") }");
    }
}
