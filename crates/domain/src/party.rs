//! Who may receive data: the operator of a channel, or a data recipient.

use serde::{Deserialize, Serialize};

use crate::disclosure::Level;

/// What a channel's operator is able to read, which bounds what may be shown there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ceiling {
    /// The bank's own channel: nobody in between.
    BankOwned,
    /// Encrypted from end to end: the operator sees that, not what.
    EndToEndEncrypted,
    /// Said aloud, where others may hear.
    Spoken,
    /// The operator reads along.
    PlatformReadable,
    /// An AI assistant that she connected herself: no conduit but whom she tells.
    Assistant,
}

impl Ceiling {
    /// The most that may be shown in such a channel.
    pub const fn level(self) -> Level {
        match self {
            Self::BankOwned | Self::Assistant => Level::Detail,
            Self::EndToEndEncrypted => Level::Masked,
            Self::Spoken => Level::Summary,
            Self::PlatformReadable => Level::Answer,
        }
    }
}

/// What kind of party it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A channel and whoever operates it.
    Channel,
    /// An app or company that receives data through the API.
    Recipient,
}

/// A party to whom data may leave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Party {
    /// Channel or recipient.
    pub kind: PartyKind,
    /// Stable short name: `web`, `messenger`.
    pub id: String,
    /// The name that people know.
    pub name: String,
    /// What its operator can read.
    pub ceiling: Ceiling,
}

impl Party {
    /// Whether both name the same party; the shown name and the ceiling are no identity.
    pub fn is(&self, other: &Self) -> bool {
        self.kind == other.kind && self.id == other.id
    }
}
