//! One message, and the lines between messages.

use maud::{Markup, Render, html};

use crate::ui::icon::{Icon, Mark};
use crate::ui::text;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The bank, with its mark.
    In(Mark),
    /// The customer.
    Out,
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// On its way.
    Sending,
    /// The bank has it.
    Sent,
    /// It reached the other side.
    Delivered,
    /// It was read.
    Read,
    /// It did not go.
    Failed,
}

/// Delivery ticks, with the words for who cannot see them.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// How far.
    pub state: State,
    /// The same in words.
    pub words: &'a str,
}

impl Render for Delivery<'_> {
    fn render(&self) -> Markup {
        let icon = match self.state {
            State::Sending => Icon::Clock,
            State::Sent => Icon::Check,
            State::Delivered | State::Read => Icon::CheckCheck,
            State::Failed => Icon::CircleAlert,
        };
        html! {
            span.delivery.delivery-read[self.state == State::Read] data-delivery {
                (icon) span.sr-only { (self.words) }
            }
        }
    }
}

/// The receipt number in a message that disclosed something.
#[derive(Clone, Copy, Debug)]
pub struct Receipt<'a> {
    /// Where the disclosure is explained.
    pub href: &'a str,
    /// "Receipt".
    pub label: &'a str,
    /// The short number.
    pub number: &'a str,
}

impl Render for Receipt<'_> {
    fn render(&self) -> Markup {
        html! {
            a.receipt href=(self.href) {
                (Icon::ShieldCheck) span { (self.label) " " (text::ident(self.number)) }
            }
        }
    }
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// Stable id; the element's id is `m-` and this.
    pub id: &'a str,
    /// Id the customer's browser gave it, so that the waiting bubble is replaced.
    pub client: Option<&'a str>,
    /// Who speaks.
    pub side: Side,
    /// What a screen reader says first: the speaker's name.
    pub speaker: &'a str,
    /// The words, in the bubble; see [`words`].
    pub body: Option<Markup>,
    /// A card under the words.
    pub card: Option<Markup>,
    /// RFC 3339, and as shown.
    pub at: (&'a str, &'a str),
    /// Ticks of the customer's own message.
    pub delivery: Option<Delivery<'a>>,
    /// Receipt of what was disclosed.
    pub receipt: Option<Receipt<'a>>,
    /// Whether it ends a run of messages from the same side.
    pub last: bool,
}

impl Render for Message<'_> {
    fn render(&self) -> Markup {
        let side = if self.side == Side::Out { "msg-out" } else { "msg-in" };
        let tail = if self.last { " msg-tail" } else { "" };
        html! {
            article class={ "msg " (side) (tail) } id={ "m-" (self.id) } data-client=[self.client] {
                span.sr-only { (self.speaker) }
                @if let (Side::In(mark), true) = (self.side, self.last) { (mark) }
                div.msg-stack {
                    @if let Some(body) = &self.body {
                        div.bubble { div.bubble-text dir="auto" { (body) } @if self.card.is_none() { (self.meta()) } }
                    }
                    @if let Some(card) = &self.card {
                        div.chat-card { (card) (self.meta()) }
                    }
                    @if let Some(receipt) = &self.receipt { (receipt) }
                }
            }
        }
    }
}

impl Message<'_> {
    fn meta(&self) -> Markup {
        html! {
            p.bubble-meta {
                (text::moment(self.at.0, self.at.1))
                @if let Some(delivery) = &self.delivery { (delivery) }
            }
        }
    }
}

/// Plain words of a message; each line of the text becomes a paragraph.
#[must_use]
pub fn words(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p dir="auto" { (line) } } }
}

/// A day between messages.
#[must_use]
pub fn day(machine: &str, shown: &str) -> Markup {
    html! { p.chat-day { time datetime=(machine) { (shown) } } }
}

/// Something the system says, such as that the chat was linked.
#[must_use]
pub fn system(icon: Icon, content: &Markup) -> Markup {
    html! { p.chat-system { (icon) span { (content) } } }
}

/// Where the unread messages begin.
#[must_use]
pub fn unread(shown: &str) -> Markup {
    html! { p.chat-unread id="unread" { span { (shown) } } }
}

/// Three dots; `words` for a screen reader, or empty where a live region says it.
#[must_use]
pub fn typing(words: &str) -> Markup {
    html! {
        div.typing { span {} span {} span {} @if !words.is_empty() { span.sr-only { (words) } } }
    }
}
