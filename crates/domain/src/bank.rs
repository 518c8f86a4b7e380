//! The bank, which is the data provider: its name, its look, and how a customer knows it.

use serde::{Deserialize, Serialize};

/// Longest slug, in bytes.
pub const MAX_SLUG: usize = 32;

/// Names of other places under the same origin, which no bank may shadow.
const TAKEN: [&str; 8] =
    ["assets", "console", "healthz", "hook", "log", "metrics", "readyz", "setup"];

/// A bank's short name in addresses and files: `harbour`. Lower-case ASCII letters, digits, `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BankId(String);

impl BankId {
    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for BankId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for BankId {
    type Err = InvalidBankId;

    fn from_str(text: &str) -> Result<Self, InvalidBankId> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = !text.is_empty() && text.len() <= MAX_SLUG && text.bytes().all(plain);
        if !fits || TAKEN.contains(&text) {
            return Err(InvalidBankId);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for BankId {
    type Error = InvalidBankId;

    fn try_from(text: String) -> Result<Self, InvalidBankId> {
        text.parse()
    }
}

impl From<BankId> for String {
    fn from(id: BankId) -> Self {
        id.0
    }
}

/// Not a bank's slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a bank's id is 1 to 32 lower-case letters, digits or `-`, such as `harbour`, and not the name \
     of another place: {}",
    TAKEN.join(", ")
)]
pub struct InvalidBankId;

/// A bank and its branding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bank {
    /// Slug in addresses.
    pub id: BankId,
    /// The name that customers know.
    pub name: String,
    /// One of the accents of the design system, by name; contrast is checked there.
    pub accent: String,
    /// Telephone for what cannot be done here.
    pub support_phone: String,
    /// Country, ISO 3166-1 alpha-2.
    pub country: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_and_shadows_nothing() {
        for slug in ["harbour", "a", "bank-2", "logs"] {
            assert_eq!(slug.parse::<BankId>().map(String::from), Ok(slug.to_owned()));
        }
        let long = "x".repeat(MAX_SLUG + 1);
        for slug in ["", "Harbour", "har bour", "../x", "console", "setup", "log", &long] {
            assert_eq!(slug.parse::<BankId>(), Err(InvalidBankId), "{slug}");
        }
    }
}
