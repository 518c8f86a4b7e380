//! The customer: a person who banks here, her language and zone, and the proof of her session.

use serde::{Deserialize, Serialize};

use crate::bank::BankId;
pub use crate::id::CustomerId;
use crate::id::SessionId;
use crate::personal::Personal;
use crate::raw::{Authority, Reach};
use crate::time::Timestamp;

/// The languages that every text of the product exists in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
    /// Polish.
    Pl,
    /// Latvian.
    Lv,
    /// Arabic, written from right to left.
    Ar,
}

impl Language {
    /// Every language, in the order that menus show them.
    pub const ALL: [Self; 6] = [Self::En, Self::Es, Self::Pt, Self::Pl, Self::Lv, Self::Ar];

    /// BCP 47 primary subtag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Pt => "pt",
            Self::Pl => "pl",
            Self::Lv => "lv",
            Self::Ar => "ar",
        }
    }

    /// The language's name in itself.
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
            Self::Pt => "Português",
            Self::Pl => "Polski",
            Self::Lv => "Latviešu",
            Self::Ar => "العربية",
        }
    }

    /// Whether it is written from right to left.
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::Ar)
    }

    /// From a BCP 47 tag (`pt-BR`), by its primary subtag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|l| l.tag().eq_ignore_ascii_case(primary))
    }
}

/// A customer of one bank, as that bank's core knows her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Her id.
    pub id: CustomerId,
    /// Her bank.
    pub bank: BankId,
    /// How she is called.
    pub given_name: Personal<String>,
    /// Her full name.
    pub full_name: Personal<String>,
    /// The language she reads.
    pub language: Language,
    /// IANA time zone: `Europe/Riga`.
    pub time_zone: String,
    /// Region for numbers and dates, ISO 3166-1 alpha-2.
    pub region: String,
}

/// A browser session that a customer opened with her passkey on the bank's own origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// Her bank.
    pub bank: BankId,
    /// When she signed in.
    pub signed_in: Timestamp,
    /// When she last proved herself with a passkey.
    pub verified: Timestamp,
    /// When it ends.
    pub until: Timestamp,
}

impl Session {
    /// The proof that lets a page of the bank's own read her data for her own eyes.
    ///
    /// # Errors
    /// [`SessionEnded`] past its end.
    pub fn own_view(&self, now: Timestamp) -> Result<OwnView, SessionEnded> {
        if self.until <= now {
            return Err(SessionEnded);
        }
        Ok(OwnView { reach: Reach::everything(self.customer) })
    }
}

/// The session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("your session has ended; sign in again")]
pub struct SessionEnded;

/// Proof that the customer herself looks, signed in, on the bank's origin. Only
/// [`Session::own_view`] makes one. It is no disclosure: nothing leaves to another party.
#[must_use]
#[derive(Debug)]
pub struct OwnView {
    reach: Reach,
}

impl Authority for OwnView {
    fn reach(&self) -> &Reach {
        &self.reach
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RANDOM_BYTES;

    #[test]
    fn a_session_proves_nothing_after_its_end() {
        let session = Session {
            id: SessionId::new(Timestamp::from_millis(0), [1; RANDOM_BYTES]),
            customer: CustomerId::new(Timestamp::from_millis(0), [2; RANDOM_BYTES]),
            bank: "harbour".parse().unwrap(),
            signed_in: Timestamp::from_millis(0),
            verified: Timestamp::from_millis(0),
            until: Timestamp::from_millis(100),
        };
        let customer = session.own_view(Timestamp::from_millis(99)).unwrap().reach().customer();
        assert_eq!(customer, session.customer);
        assert_eq!(session.own_view(Timestamp::from_millis(100)).unwrap_err(), SessionEnded);
    }

    #[test]
    fn tags_find_their_language() {
        assert_eq!(Language::from_tag("pt-BR"), Some(Language::Pt));
        assert_eq!(Language::from_tag("de"), None);
    }
}
