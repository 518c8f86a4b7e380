//! Where the customer writes, and the replies she can give with one tap.

use maud::{Markup, Render, html};

use crate::ui::form::hidden;
use crate::ui::icon::Icon;

/// A reply offered as a pill; sent as `quick`.
#[derive(Clone, Copy, Debug)]
pub struct QuickReply<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What it says.
    pub label: &'a str,
}

/// The form under the log. Fields sent: `text`, or `quick` when a pill was pressed (it wins), with
/// `client_id` (idempotency key) and `token` (anti-forgery).
#[derive(Clone, Copy, Debug)]
pub struct Composer<'a> {
    /// Where it posts.
    pub action: &'a str,
    /// Anti-forgery token; empty where the origin of each request is checked instead.
    pub token: &'a str,
    /// Fresh idempotency key of the plain form; the script makes its own for each message.
    pub client_id: &'a str,
    /// Label and placeholder.
    pub label: &'a str,
    /// Words of the send button.
    pub send: &'a str,
    /// What a screen reader calls the quick replies.
    pub quick_label: &'a str,
    /// Longest text, in UTF-16 code units as browsers count.
    pub max_length: u32,
    /// Replies offered now.
    pub quick: &'a [QuickReply<'a>],
}

impl Composer<'_> {
    /// The pills alone: replaces `#quick` when the server offers others.
    #[must_use]
    pub fn quick_replies(label: &str, replies: &[QuickReply<'_>]) -> Markup {
        html! {
            div.quick id="quick" role="group" aria-label=(label) data-quick {
                @for reply in replies {
                    button.quick-reply type="submit" form="composer" formnovalidate name="quick"
                        value=(reply.value) { bdi { (reply.label) } }
                }
            }
        }
    }
}

impl Render for Composer<'_> {
    fn render(&self) -> Markup {
        html! {
            div.chat-foot {
                (Self::quick_replies(self.quick_label, self.quick))
                form.composer id="composer" method="post" action=(self.action) data-composer {
                    @if !self.token.is_empty() { (hidden("token", self.token)) }
                    (hidden("client_id", self.client_id))
                    label.sr-only for="text" { (self.label) }
                    textarea id="text" name="text" rows="1" dir="auto" required
                        maxlength=(self.max_length) placeholder=(self.label)
                        autocomplete="off" enterkeyhint="send" {}
                    button.composer-send type="submit" aria-label=(self.send) { (Icon::ArrowUp) }
                }
            }
        }
    }
}
