//! What can be suspended, and how it is written: `channel:web`, `recipient:acme`,
//! `purpose:offers`, `everything`.

use std::fmt;
use std::str::FromStr;

use bankside_domain::party::{Party, PartyKind};
use bankside_domain::purpose::{Purpose, PurposeError};
use serde::{Deserialize, Serialize};

/// Longest name of a party that is taken, in bytes.
const MAX_NAME: usize = 128;

/// What an operator suspends: for all customers of all banks of the installation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Subject {
    /// Every disclosure of customers' data, whoever asks. Customers' own pages go on.
    Everything,
    /// A channel, by its short name.
    Channel(String),
    /// A data recipient, by its short name.
    Recipient(String),
    /// A purpose, in every channel and for every recipient.
    Purpose(Purpose),
}

impl Subject {
    /// That party.
    pub fn of(party: &Party) -> Self {
        match party.kind {
            PartyKind::Channel => Self::Channel(party.id.clone()),
            PartyKind::Recipient => Self::Recipient(party.id.clone()),
        }
    }

    /// Whether it stops what a party asks for that purpose.
    pub fn stops(&self, party: &Party, purpose: Purpose) -> bool {
        match self {
            Self::Everything => true,
            Self::Purpose(suspended) => *suspended == purpose,
            Self::Channel(_) | Self::Recipient(_) => *self == Self::of(party),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("everything"),
            Self::Channel(id) => write!(f, "channel:{id}"),
            Self::Recipient(id) => write!(f, "recipient:{id}"),
            Self::Purpose(purpose) => write!(f, "purpose:{}", purpose.code()),
        }
    }
}

/// Why a text names nothing that can be suspended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSubject {
    /// Not of the known forms.
    #[error("`{0}` names no subject: write channel:NAME, recipient:NAME, purpose:NAME, everything")]
    Form(String),
    /// Not a purpose.
    #[error(transparent)]
    Purpose(#[from] PurposeError),
}

impl FromStr for Subject {
    type Err = InvalidSubject;

    fn from_str(text: &str) -> Result<Self, InvalidSubject> {
        let form = || InvalidSubject::Form(text.chars().take(MAX_NAME).collect());
        let named = |name: &str| {
            let fits = (1..=MAX_NAME).contains(&name.len()) && !name.chars().any(char::is_control);
            fits.then(|| name.to_owned()).ok_or_else(form)
        };
        match text.split_once(':') {
            None if text == "everything" => Ok(Self::Everything),
            Some(("channel", name)) => named(name).map(Self::Channel),
            Some(("recipient", name)) => named(name).map(Self::Recipient),
            Some(("purpose", name)) => Ok(Self::Purpose(name.parse()?)),
            _ => Err(form()),
        }
    }
}

impl TryFrom<String> for Subject {
    type Error = InvalidSubject;

    fn try_from(text: String) -> Result<Self, InvalidSubject> {
        text.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_has_one_spelling() {
        #[track_caller]
        fn check(text: &str, expect: Option<Subject>) {
            let read = text.parse::<Subject>().ok();
            assert_eq!(read, expect, "{text}");
            assert!(read.is_none_or(|subject| subject.to_string() == text), "{text}");
        }
        check("everything", Some(Subject::Everything));
        check("channel:web", Some(Subject::Channel("web".to_owned())));
        check("recipient:acme:eu", Some(Subject::Recipient("acme:eu".to_owned())));
        check("purpose:offers", Some(Subject::Purpose(Purpose::Offers)));
        for refused in ["", "web", "channel:", "channel:a\nb", "Channel:web", "purpose:ads"] {
            check(refused, None);
        }
        check(&format!("channel:{}", "x".repeat(MAX_NAME + 1)), None);
    }
}
