//! The chat: a whole-height messenger that is also a plain page with a form.
//!
//! `assets/js/chat.js` adds live delivery; its header documents the data attributes used here.
//! Deliberately absent: any knowledge of what may be shown. A message's body is what the door
//! released, and nothing else.

use maud::{Markup, Render, html};

use super::icon::{Icon, Mark};

mod attachment;
mod composer;
mod message;
mod seen;

pub use attachment::{BalanceCard, Line, LinesCard, LinkCard, panel_card};
pub use composer::{Composer, QuickReply};
pub use message::{Delivery, Message, Receipt, Side, State, day, system, typing, unread, words};
pub use seen::{Seen, Sight};

/// The bar over the conversation.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// Way back: (address, words); nothing in a frame.
    pub back: Option<(&'a str, &'a str)>,
    /// Words of the button that closes the frame, in a frame.
    pub close: Option<&'a str>,
    /// The bank's mark.
    pub mark: Mark,
    /// The bank's name.
    pub name: &'a str,
    /// Under the name: the session phrase, or that it is typing.
    pub status: &'a str,
    /// Where "is this my bank?" is answered: (address, words).
    pub verify: (&'a str, &'a str),
    /// Words of the link to the side panel, when there is one.
    pub seen: Option<&'a str>,
}

impl Render for Head<'_> {
    fn render(&self) -> Markup {
        html! {
            header.chat-head {
                @if let Some((href, words)) = self.back {
                    a.icon-button href=(href) aria-label=(words) { (Icon::ArrowLeft) }
                }
                (self.mark)
                div.chat-who {
                    h1 { bdi { (self.name) } (Icon::BadgeCheck) }
                    p { (self.status) }
                }
                a.icon-button href=(self.verify.0) aria-label=(self.verify.1) { (Icon::ShieldCheck) }
                @if let Some(words) = self.seen {
                    a.icon-button.seen-open href="#seen" aria-label=(words) { (Icon::Eye) }
                }
                @if let Some(words) = self.close {
                    button.icon-button type="button" aria-label=(words) data-close { (Icon::X) }
                }
            }
        }
    }
}

/// Words the script needs.
#[derive(Clone, Copy, Debug)]
pub struct ScriptWords<'a> {
    /// "Not sent. Try again."
    pub failed: &'a str,
    /// "Connection lost, trying again".
    pub offline: &'a str,
    /// "New messages", on the button that jumps down.
    pub newer: &'a str,
    /// "Sending".
    pub sending: &'a str,
    /// What a screen reader says before her own message: "You".
    pub you: &'a str,
}

/// What `assets/widget/frame.js` needs in a frame on a site of the bank.
#[derive(Clone, Copy, Debug)]
pub struct Framed<'a> {
    /// The site's origin.
    pub site: &'a str,
    /// Messages that she has not seen.
    pub unread: usize,
    /// Is told once she has.
    pub seen: &'a str,
}

/// The whole chat: goes into a page of `Width::Full`.
pub struct Chat<'a> {
    /// The bar on top.
    pub head: Head<'a>,
    /// What a screen reader calls the conversation.
    pub label: &'a str,
    /// Server-sent events of this conversation.
    pub stream: &'a str,
    /// Id of the newest event already in `log`; the stream continues after it.
    pub cursor: &'a str,
    /// Words for the script.
    pub words: ScriptWords<'a>,
    /// Messages, day separators, unread marker, in order.
    pub log: Markup,
    /// Under the log.
    pub composer: Composer<'a>,
    /// What the platform would have seen.
    pub seen: Option<Seen<'a>>,
    /// Where it is in a frame.
    pub framed: Option<Framed<'a>>,
}

impl Render for Chat<'_> {
    fn render(&self) -> Markup {
        html! {
            div.chat-frame {
                section.chat id="chat" data-chat data-stream=(self.stream) data-cursor=(self.cursor)
                    data-failed=(self.words.failed) data-offline=(self.words.offline)
                    data-site=[self.framed.map(|framed| framed.site)]
                    data-unread=[self.framed.map(|framed| framed.unread)]
                    data-seen=[self.framed.map(|framed| framed.seen)]
                {
                    (self.head)
                    p.chat-offline data-offline-line hidden {}
                    div.chat-scroll data-scroll {
                        div.chat-log id="log" role="log" aria-label=(self.label) data-log {
                            (self.log)
                        }
                        div.chat-typing data-typing hidden { (typing("")) }
                    }
                    button.chat-newer type="button" data-newer hidden {
                        (Icon::ChevronDown) span { (self.words.newer) }
                    }
                    (self.composer)
                    (self.template())
                }
                @if let Some(seen) = &self.seen { (seen) }
            }
        }
    }
}

impl Chat<'_> {
    /// The bubble shown while a message is on its way.
    fn template(&self) -> Markup {
        html! {
            template data-pending {
                article.msg.msg-out.msg-pending.msg-tail {
                    span.sr-only { (self.words.you) }
                    div.bubble {
                        div.bubble-text dir="auto" data-text {}
                        p.bubble-meta {
                            span.delivery data-delivery {
                                (Icon::Clock) span.sr-only { (self.words.sending) }
                            }
                        }
                    }
                }
            }
        }
    }
}
