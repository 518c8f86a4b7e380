//! What came in by a channel.

use crate::customer::Language;
use crate::personal::Personal;
use crate::time::Timestamp;

/// Somebody as a channel knows her: an account of a messenger, a telephone number, an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contact(pub Personal<String>);

impl Contact {
    /// Of an address.
    pub fn new(address: impl Into<String>) -> Self {
        Self(Personal::new(address.into()))
    }

    /// The address.
    pub fn address(&self) -> &str {
        self.0.reveal()
    }
}

/// What happened to a message of the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The operator has it.
    Sent,
    /// It is on her device.
    Delivered,
    /// She saw it.
    Read,
    /// It will not arrive.
    Failed,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// She wrote.
    Message {
        /// Her words.
        text: Personal<String>,
    },
    /// She tapped an answer: what it says. Quick replies, postbacks and callbacks.
    Choice {
        /// As if typed.
        says: Personal<String>,
    },
    /// She sent a picture, a recording, a file or a place, which the bank does not take.
    Media,
    /// She came for the first time, by a link or an invitation, or opted in.
    Begin {
        /// What the link carried: a code of the bank's pages, perhaps.
        reference: Option<Personal<String>>,
    },
    /// She wants no more messages here: blocked, `STOP`, unlinked at the operator's side.
    Leave,
    /// A message of the bank's went on.
    Status {
        /// The operator's id of it; nothing where all before `until` are meant.
        of: Option<String>,
        /// Until when, where the operator names no message.
        until: Option<Timestamp>,
        /// What happened.
        status: Status,
    },
    /// She put a sign to a message, or took it away. Nothing is done on it.
    Reaction,
    /// She changed a message that she had sent. What was answered stays answered.
    Edit {
        /// The operator's id of it.
        of: String,
        /// Her new words.
        text: Personal<String>,
    },
    /// She took a message back.
    Deletion {
        /// The operator's id of it.
        of: String,
    },
    /// The operator asks, in her name, to erase what is kept of her.
    Erasure {
        /// Confirms the request to her.
        code: String,
    },
    /// Her account there is now another: a number was changed, an account renamed.
    Moved {
        /// Her contact from now on; nothing where another person may hold the old one.
        to: Option<Contact>,
    },
    /// She said one of the words that every assistant knows by itself.
    Wish {
        /// Which.
        wish: Wish,
    },
    /// A session of an assistant ended.
    End,
}

/// What a word means that an assistant understands by itself, and so hands over without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// She opened the conversation.
    Hello,
    /// She asks what can be asked, or was not understood.
    Help,
    /// Yes.
    Yes,
    /// No.
    No,
}

/// An event with whence it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// The operator's id of the event: the same twice is one event.
    pub id: String,
    /// Who.
    pub from: Contact,
    /// When it happened, as the operator says.
    pub at: Option<Timestamp>,
    /// The language of her messenger, where the operator says so.
    pub language: Option<Language>,
    /// What.
    pub event: Event,
}
