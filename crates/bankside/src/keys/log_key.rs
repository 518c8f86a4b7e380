//! `log.key`: the keys that the log had, public and oldest first, and last the secret one.
//!
//! INVARIANT: while the key is being changed the file has both secrets, and the database says
//! which of them signs; so a crash at any point loses neither.

use bankside_transparency::key::{KeyError, SigningKey, VerifierKey};
use zeroize::Zeroizing;

/// What the file holds.
#[derive(Debug)]
pub(crate) struct LogKeyFile {
    /// Public keys of before, oldest first.
    past: Vec<VerifierKey>,
    /// The secret that signs.
    present: SigningKey,
    /// The secret that is about to follow.
    next: Option<SigningKey>,
}

impl LogKeyFile {
    /// A new log's.
    pub(crate) fn new(present: SigningKey) -> Self {
        Self { past: Vec::new(), present, next: None }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`KeyError`], of the first line that is no key; [`KeyError::Form`] where there is no
    /// secret, or something comes after it.
    pub(crate) fn parse(text: &str) -> Result<Self, KeyError> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
        let mut past = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("PRIVATE+KEY+")) {
            past.push(VerifierKey::parse(line)?);
        }
        let present = SigningKey::parse(lines.next().ok_or(KeyError::Form)?)?;
        let next = lines.next().map(SigningKey::parse).transpose()?;
        if lines.next().is_some() {
            return Err(KeyError::Form);
        }
        Ok(Self { past, present, next })
    }

    /// What is written.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        for key in &self.past {
            text.push_str(&key.to_string());
            text.push('\n');
        }
        for key in std::iter::once(&self.present).chain(&self.next) {
            text.push_str(&key.to_text());
            text.push('\n');
        }
        text
    }

    /// The log's first key, which whoever verifies must know.
    pub(crate) fn first(&self) -> VerifierKey {
        self.past.first().cloned().unwrap_or_else(|| self.present.verifier())
    }

    /// The log's name.
    pub(crate) fn origin(&self) -> String {
        self.present.verifier().name().to_owned()
    }

    /// How many keys there were before.
    pub(crate) fn rotations(&self) -> usize {
        self.past.len()
    }

    /// With a secret that is about to follow, in place of any other.
    pub(crate) fn with_next(self, next: SigningKey) -> Self {
        Self { next: Some(next), ..self }
    }

    /// As the database has it: `current` is the key that the newest rotation handed the log to.
    /// Nothing where none of the secrets is that key's.
    pub(crate) fn settled(self, current: Option<&str>) -> Option<Self> {
        let Self { mut past, present, next } = self;
        let is = |key: &SigningKey| current == Some(key.verifier().to_string().as_str());
        if current.is_none() || is(&present) {
            return Some(Self { past, present, next: None });
        }
        let next = next.filter(|next| is(next))?;
        past.push(present.verifier());
        Some(Self { past, present: next, next: None })
    }

    /// The key that signs.
    pub(crate) fn into_signer(self) -> SigningKey {
        self.present
    }
}

#[cfg(test)]
mod tests {
    use bankside_transparency::key::KeyKind;

    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed("bank.example/log", KeyKind::Note, &[seed; 32]).unwrap()
    }

    fn public(seed: u8) -> String {
        key(seed).verifier().to_string()
    }

    #[test]
    fn a_crash_at_any_point_of_a_rotation_leaves_the_key_that_the_database_says() {
        let before = || LogKeyFile::parse(&key(1).to_text()).unwrap();
        assert_eq!(before().to_text().trim(), key(1).to_text().as_str(), "one secret, as ever");
        let staged = || LogKeyFile::parse(&before().with_next(key(2)).to_text()).unwrap();
        let check = |file: LogKeyFile, current: Option<&str>, want: Option<u8>| {
            let settled = file.settled(current);
            assert_eq!(settled.is_some(), want.is_some());
            if let (Some(settled), Some(want)) = (settled, want) {
                assert_eq!(settled.first(), key(1).verifier());
                assert_eq!(settled.rotations(), usize::from(want == 2));
                let again = LogKeyFile::parse(&settled.to_text()).unwrap();
                assert_eq!(again.into_signer().verifier(), key(want).verifier());
            }
        };
        check(staged(), None, Some(1));
        check(staged(), Some(&public(2)), Some(2));
        check(staged(), Some(&public(3)), None);
        check(before(), Some(&public(2)), None);
        let done = staged().settled(Some(&public(2))).unwrap();
        check(done, Some(&public(2)), Some(2));
    }

    #[test]
    fn other_files_are_refused() {
        let check = |text: &str| assert!(LogKeyFile::parse(text).is_err(), "{text}");
        let secret = key(1).to_text();
        check("");
        check(&public(1));
        check("nonsense");
        check(&format!("{}\n{}", *secret, public(2)));
        check(&format!("{}\n{}\n{}", *secret, *key(2).to_text(), *key(3).to_text()));
    }
}
