//! What a channel can do: one table for each.

use serde::Serialize;

use super::gsm::Segments;

/// How an operator counts the length of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Unicode scalar values.
    Chars,
    /// UTF-16 code units, as Telegram counts.
    Utf16,
    /// Bytes of UTF-8, as Matrix bounds an event.
    Bytes,
    /// Parts of a long short message.
    Segments,
}

impl Count {
    /// The length of a text.
    pub fn of(self, text: &str) -> usize {
        match self {
            Self::Chars => text.chars().count(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Bytes => text.len(),
            Self::Segments => Segments::of(text).parts.len(),
        }
    }
}

/// Bounds of one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// The longest.
    pub most: usize,
    /// How it is counted.
    pub count: Count,
}

impl Text {
    /// Whether it fits.
    pub fn holds(self, text: &str) -> bool {
        self.count.of(text) <= self.most
    }
}

/// Answers that one tap gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Answers {
    /// How many.
    pub most: usize,
    /// Longest label.
    pub label: Text,
    /// Longest text above them, where it is shorter than a text alone.
    pub above: Option<Text>,
}

/// How a link to the bank's own origin is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "as")]
pub enum Links {
    /// On a button with a label.
    Button {
        /// Longest label.
        label: Text,
    },
    /// As an address in the text.
    InText,
    /// As an address in the text, and alone: words that rest on a consent never stand there.
    Alone,
    /// Not here: it is sent to another channel of hers that shows it.
    Elsewhere,
}

/// How long after her last message the bank may write freely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    /// In milliseconds.
    pub millis: i64,
    /// Whether after that an approved template may be sent, which holds no account data.
    pub template: bool,
}

/// Whether what was sent can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "when")]
pub enum Retraction {
    /// Never: it stays with the operator and on her device.
    Never,
    /// For a time.
    Within {
        /// In milliseconds.
        millis: i64,
    },
    /// At any time.
    Always,
}

/// The table of one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// One message.
    pub text: Text,
    /// Messages that one answer may become.
    pub messages: usize,
    /// Answers below a message.
    pub buttons: Option<Answers>,
    /// More answers behind one button.
    pub list: Option<Answers>,
    /// Links.
    pub links: Links,
    /// Whether it shows rows and charts by itself.
    pub rich: bool,
    /// Whether it is said aloud.
    pub spoken: bool,
    /// When the bank may write.
    pub window: Option<Window>,
    /// Taking back.
    pub retraction: Retraction,
    /// Whether a message can be changed.
    pub edits: bool,
    /// Whether the operator tells that a message has arrived.
    pub delivered: bool,
    /// Whether the operator tells that a message was read.
    pub read: bool,
    /// Whether it shows that an answer is being written.
    pub typing: bool,
}

impl Capabilities {
    /// Bound of a text that has answers below it.
    pub fn above(&self, is_list: bool) -> Option<Text> {
        let answers = if is_list { self.list } else { self.buttons };
        answers.and_then(|answers| answers.above)
    }
}
