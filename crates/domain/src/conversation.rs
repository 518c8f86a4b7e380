//! Conversations and their messages.

use serde::{Deserialize, Serialize};

use crate::bank::BankId;
pub use crate::id::{ConversationId, MessageId};
use crate::id::{CustomerId, LinkId};
use crate::party::Party;
use crate::personal::Personal;
use crate::time::Timestamp;

/// Longest message taken from a customer, in Unicode scalar values.
pub const MAX_MESSAGE_CHARS: usize = 4_000;

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The customer, or somebody not yet linked.
    Customer,
    /// The bank, by itself.
    Bank,
    /// A member of the bank's staff.
    Staff,
}

/// What a message is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Committed here.
    Accepted,
    /// Handed to the channel.
    Sent,
    /// At the customer's device.
    Delivered,
    /// Seen.
    Read,
    /// Given up.
    Failed,
}

/// One customer (or not yet anyone) in one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Id.
    pub id: ConversationId,
    /// The bank that she talks to.
    pub bank: BankId,
    /// The channel, as a party.
    pub party: Party,
    /// Who it is, once linked.
    pub customer: Option<CustomerId>,
    /// Words that the customer can compare on the bank's page: "is this my bank?"
    pub phrase: Option<Personal<String>>,
    /// When it began.
    pub started: Timestamp,
}

/// What the bank says in a conversation, before a channel gives it form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// The words, whole: every channel can show these.
    pub text: Personal<String>,
    /// What a richer channel shows beside or instead of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Answers that one tap gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

impl Outgoing {
    /// Words alone.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Personal::new(text.into()), parts: Vec::new(), choices: Vec::new() }
    }

    /// With answers to tap.
    #[must_use]
    pub fn with_choices(mut self, choices: Vec<Choice>) -> Self {
        self.choices = choices;
        self
    }

    /// With one more part.
    #[must_use]
    pub fn with_part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }
}

/// An answer to tap: what it shows, and what it sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Label.
    pub label: Personal<String>,
    /// What is sent as if typed.
    pub says: Personal<String>,
}

/// A richer part of a message. All figures are formatted already, in the customer's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// A card with rows: an account and its balance, a list of transactions.
    Rows {
        /// Heading.
        title: Personal<String>,
        /// Rows.
        rows: Vec<PartRow>,
    },
    /// A chart, as numbers with their words.
    Chart {
        /// Heading.
        title: Personal<String>,
        /// Bars.
        bars: Vec<Bar>,
    },
    /// Something that was taken out before it was kept.
    Removed {
        /// `card`, `pin` or `code`.
        what: String,
    },
    /// A link to the bank's own origin.
    Link {
        /// Label.
        label: Personal<String>,
        /// Which link; the address is made by whoever shows it.
        link: LinkTarget,
    },
}

/// One row of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRow {
    /// Main words.
    pub label: Personal<String>,
    /// Smaller words below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Personal<String>>,
    /// The figure, formatted.
    pub value: Personal<String>,
    /// Whether money came in.
    #[serde(default)]
    pub incoming: bool,
    /// Whether it is still pending.
    #[serde(default)]
    pub pending: bool,
}

/// One bar of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Words below or beside it.
    pub label: Personal<String>,
    /// The figure, formatted.
    pub value: Personal<String>,
    /// Share of the longest bar, in thousandths.
    pub permille: u16,
}

/// Where a link leads on the bank's origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum LinkTarget {
    /// A single-use link: link this chat, allow this, see this.
    Offered {
        /// The link's row.
        id: LinkId,
        /// The secret in its address; whoever holds it still needs her passkey.
        token: Personal<String>,
    },
    /// A page of the bank's that needs no secret: connections, log.
    Page {
        /// Path below the bank's root, such as `/log`.
        path: String,
    },
}

/// A message as a conversation holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Id.
    pub id: MessageId,
    /// Position in its conversation, from 1, without gaps.
    pub seq: i64,
    /// Who wrote it.
    pub author: Author,
    /// What it says.
    pub body: Outgoing,
    /// Short receipt number, on what the bank sent to a linked customer.
    pub receipt: Option<String>,
    /// When it was committed.
    pub at: Timestamp,
    /// Where it is on its way.
    pub delivery: Delivery,
}
