//! Typed identifiers: UUID version 7 (RFC 9562, section 5.7), so that they sort by creation.
//!
//! One type per thing, so that an account's id cannot stand where a consent's is wanted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::Timestamp;

/// Random bytes that one identifier takes.
pub const RANDOM_BYTES: usize = 10;

/// What cannot be read as an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: expected a UUID such as 0198c0de-7abc-7000-8000-000000000000")]
pub struct InvalidId;

pub(crate) fn make(at: Timestamp, random: [u8; RANDOM_BYTES]) -> Uuid {
    let millis = u64::try_from(at.as_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Milliseconds since the epoch, the first 48 bits.
fn made(id: &Uuid) -> i64 {
    let (millis, _) = id.as_u64_pair();
    i64::try_from(millis >> 16).unwrap_or(i64::MAX)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// A new identifier from the time and random bytes given.
            pub fn new(at: Timestamp, random: [u8; RANDOM_BYTES]) -> Self {
                Self(make(at, random))
            }

            /// The millisecond in which it was made.
            pub fn made(&self) -> Timestamp {
                Timestamp::from_millis(made(&self.0))
            }

            /// The 16 bytes of the UUID.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if text.len() != 36 {
                    return Err(InvalidId);
                }
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0.hyphenated(), f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.hyphenated())
            }
        }
    )+};
}

ids! {
    /// A customer of one bank.
    CustomerId,
    /// An account, stable across renewals of a consent.
    AccountId,
    /// A transaction, stable from pending to booked.
    TransactionId,
    /// A card, by the token that the bank's vault issued; never its number.
    CardId,
    /// A consent.
    ConsentId,
    /// A conversation: one customer (or not yet anyone) in one channel.
    ConversationId,
    /// A message in a conversation.
    MessageId,
    /// A signed-in browser session.
    SessionId,
    /// A passkey's own row, not its credential id.
    PasskeyId,
    /// A link that was offered and may be used once.
    LinkId,
    /// A member of the bank's staff.
    StaffId,
    /// An alert.
    AlertId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_survive_text() {
        let id = |ms| AccountId::new(Timestamp::from_millis(ms), [7; RANDOM_BYTES]);
        assert!(id(1) < id(2));
        assert_eq!(id(1_700_000_000_000).to_string().parse(), Ok(id(1_700_000_000_000)));
        assert_eq!("0".repeat(32).parse::<AccountId>(), Err(InvalidId), "one spelling only");
    }
}
