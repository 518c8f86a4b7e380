//! A bank's one accent colour, by name. Its shades are in `assets/css/tokens.css`.
//!
//! Invariant: each accent meets WCAG 2.2 AA (4.5:1) wherever a component puts text on or in it, in
//! light and dark; the test beside this file measures them, and refuses one that does not.

use std::str::FromStr;

/// The accents a bank can choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accent {
    /// Blue-green.
    #[default]
    Teal,
    /// Deep blue.
    Indigo,
    /// Pink-red.
    Ruby,
    /// Blue-purple.
    Violet,
    /// Clear blue.
    Blue,
    /// Leaf green.
    Grass,
    /// Burnt orange.
    Orange,
    /// Red-purple.
    Plum,
}

impl Accent {
    /// Every accent.
    pub const ALL: [Self; 8] = [
        Self::Teal,
        Self::Indigo,
        Self::Ruby,
        Self::Violet,
        Self::Blue,
        Self::Grass,
        Self::Orange,
        Self::Plum,
    ];

    /// The name a configuration uses, such as `teal`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Teal => "teal",
            Self::Indigo => "indigo",
            Self::Ruby => "ruby",
            Self::Violet => "violet",
            Self::Blue => "blue",
            Self::Grass => "grass",
            Self::Orange => "orange",
            Self::Plum => "plum",
        }
    }

    /// The class that sets the accent's shades for everything inside.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Teal => "accent-teal",
            Self::Indigo => "accent-indigo",
            Self::Ruby => "accent-ruby",
            Self::Violet => "accent-violet",
            Self::Blue => "accent-blue",
            Self::Grass => "accent-grass",
            Self::Orange => "accent-orange",
            Self::Plum => "accent-plum",
        }
    }
}

/// A name that is no accent.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no accent; choose teal, indigo, ruby, violet, blue, grass, orange or plum")]
pub struct UnknownAccent(String);

impl FromStr for Accent {
    type Err = UnknownAccent;

    fn from_str(name: &str) -> Result<Self, UnknownAccent> {
        Self::ALL
            .into_iter()
            .find(|accent| accent.name() == name)
            .ok_or_else(|| UnknownAccent(name.to_owned()))
    }
}

#[cfg(test)]
mod tests;
