//! The port to a channel: a messenger, short messages, an assistant.
//!
//! Most operators are answered 200 and sent the bank's answer later. Some, voice assistants above all,
//! want the answer in the very request: those say so by [`Channel::answers_within`], are never sent
//! anything, and put the answer into theirs by [`Channel::respond`].

use std::time::Duration;

use std::sync::Arc;

use async_trait::async_trait;
use bankside_domain::Timestamp;
use bankside_domain::channel::{Capabilities, Contact, Inbound};
use bankside_domain::customer::Language;

use super::inlet::{Ended, Inlet};
use crate::channels::Frame;

/// Why a message was not sent. No variant carries words or an address of hers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Not now: the operator is down, slow, or wants fewer messages.
    #[error("not now: {why}")]
    Later {
        /// For how long, if the operator said so, in milliseconds.
        after_millis: Option<i64>,
        /// As the operator's code says.
        why: String,
    },
    /// The free window is over: only a template may be sent.
    #[error("the operator takes only a template now")]
    WindowOver,
    /// She cannot be reached there any more: she blocked the bank, or the account is gone.
    #[error("she is gone from there: {why}")]
    Gone {
        /// As the operator's code says.
        why: String,
    },
    /// Never: the operator refuses this message, or the bank's own credentials.
    #[error("refused: {why}")]
    Refused {
        /// As the operator's code says.
        why: String,
    },
}

/// What a request to a webhook says.
#[derive(Clone, Copy)]
pub struct Delivered<'a> {
    /// `GET`, `POST` or `PUT`.
    pub method: &'a str,
    /// What follows the channel's own path, without a slash at its beginning; mostly nothing.
    pub path: &'a str,
    /// The raw query.
    pub query: &'a str,
    /// Header by its lower-case name.
    pub header: &'a (dyn Fn(&str) -> Option<&'a str> + Sync),
    /// The very bytes of the body.
    pub body: &'a [u8],
    /// When it came.
    pub at: Timestamp,
}

/// What a webhook's request holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// What happened, in its order.
    pub events: Vec<Inbound>,
    /// Why parts of it, or all of it, are not understood: it is kept apart, for the bank's operator
    /// to look at.
    pub strange: Vec<String>,
    /// What to answer once all is committed; empty is fine for most.
    pub answer: Answer,
}

/// What a webhook answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Media type.
    pub media: &'static str,
    /// Body.
    pub body: String,
}

impl Default for Answer {
    fn default() -> Self {
        Self { status: 200, media: "text/plain; charset=utf-8", body: String::new() }
    }
}

impl Answer {
    /// Plain words.
    pub fn text(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }
}

/// What the bank says in the answer to a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// In which language.
    pub language: Language,
    /// Planned messages, in their order; none where there is nothing to say.
    pub frames: Vec<Frame>,
    /// What to ask her when she says nothing; nothing where the session may end.
    pub again: Option<String>,
    /// What may stand on a screen beside: that there is more elsewhere, never what.
    pub aside: Option<Aside>,
}

/// A short text for a screen, without anything of hers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The bank's name.
    pub title: String,
    /// Words.
    pub text: String,
}

impl Reply {
    /// All of it as one text, a line for each message.
    pub fn text(&self) -> String {
        let texts: Vec<_> = self.frames.iter().map(|frame| frame.text.as_str()).collect();
        texts.join("\n")
    }
}

/// Why a webhook's request is refused, before anything of it is believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// No proof of who sent it, or a wrong one.
    #[error("the request is not proven to be the operator's: {0}")]
    NotProven(&'static str),
    /// Older or newer than a request may be.
    #[error("the request is too old, or from the future")]
    NotNow,
    /// Not what this operator sends.
    #[error("the request is not one of this operator's: {0}")]
    Shape(String),
}

/// A channel. Its short name, its operator and its ceiling stand in the configuration.
#[async_trait]
pub trait Channel: Send + Sync + 'static {
    /// What it can do.
    fn can(&self) -> &Capabilities;

    /// Sends one planned message; says the operator's id of it. The same `key` twice is one message,
    /// where the operator can tell.
    ///
    /// # Errors
    /// [`SendError`].
    async fn send(
        &self,
        to: &Contact,
        frame: &Frame,
        key: &str,
    ) -> Result<Option<String>, SendError>;

    /// Sends the approved template that only says that there is a message.
    ///
    /// # Errors
    /// [`SendError::Refused`] where there is none.
    async fn knock(&self, to: &Contact, language: Language) -> Result<Option<String>, SendError> {
        let _ = (to, language);
        Err(SendError::Refused { why: "no template".to_owned() })
    }

    /// Shows that an answer is being written. A failure is nobody's concern.
    async fn typing(&self, to: &Contact) {
        let _ = to;
    }

    /// Takes back what the operator knows by that id.
    ///
    /// # Errors
    /// [`SendError`].
    async fn retract(&self, to: &Contact, id: &str) -> Result<(), SendError> {
        let _ = (to, id);
        Err(SendError::Refused { why: "this channel takes nothing back".to_owned() })
    }

    /// Fetches what [`Self::take`] needs to prove this request and does not have yet, such as a
    /// certificate that the request names. A failure shows there: nothing is believed then.
    async fn prepare(&self, request: &Delivered<'_>) {
        let _ = request;
    }

    /// How long the operator waits for the bank's words in the answer to its request; nothing where it
    /// is sent them.
    fn answers_within(&self) -> Option<Duration> {
        None
    }

    /// The answer to a request, with what the bank says.
    fn respond(&self, request: &Delivered<'_>, reply: &Reply) -> Answer {
        let _ = request;
        Answer::text(reply.text())
    }

    /// Says meanwhile that the answer takes a moment, where the operator lets it. A failure is
    /// nobody's concern.
    async fn hold_on(&self, request: &Delivered<'_>, words: &str) {
        let _ = (request, words);
    }

    /// Reads a webhook's request, after it is proven to be the operator's.
    ///
    /// # Errors
    /// [`Distrust`]; nothing of it is believed then.
    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        let _ = request;
        Err(Distrust::Shape("this channel has no webhook".to_owned()))
    }

    /// Holds the channel's own connection, where it has one, until it ends, and hands in what comes by
    /// it: what the inlet did not take is not acknowledged. It is called again after a pause, never
    /// twice at the same time, and dropped when the service ends.
    async fn listen(&self, inlet: Arc<dyn Inlet>) -> Ended {
        drop(inlet);
        Ended::NoLine
    }

    /// Asks the operator whether the bank's credentials work; what it says of the account.
    ///
    /// # Errors
    /// [`SendError`].
    async fn test(&self) -> Result<String, SendError>;
}
