//! What Messenger can do. Source: Send API reference; "Quick Replies"; "Button Template".

use bankside_domain::channel::{Answers, Capabilities, Count, Links, Retraction, Text, Window};

/// Characters of a text.
pub(super) const TEXT: Text = Text { most: 2_000, count: Count::Chars };
/// Quick replies below a message.
pub(super) const QUICK_REPLIES: usize = 13;
/// Characters of a quick reply's title, and of a button's.
pub(super) const TITLE: Text = Text { most: 20, count: Count::Chars };
/// Characters of a quick reply's payload.
pub(super) const PAYLOAD: Text = Text { most: 1_000, count: Count::Chars };
/// Characters of a button template's text.
pub(super) const TEMPLATE_TEXT: Text = Text { most: 640, count: Count::Chars };
/// Buttons of a template.
pub(super) const BUTTONS: usize = 3;
/// The standard messaging window, in milliseconds.
const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;
/// Messages that one answer may become: more would be a flood on a telephone.
const MESSAGES: usize = 4;

/// The table; with a template where one is configured.
pub(super) const fn table(template: bool) -> Capabilities {
    Capabilities {
        text: TEXT,
        messages: MESSAGES,
        buttons: Some(Answers { most: QUICK_REPLIES, label: TITLE, above: None }),
        list: None,
        links: Links::Button { label: TITLE },
        rich: false,
        spoken: false,
        window: Some(Window { millis: WINDOW_MS, template }),
        retraction: Retraction::Never,
        edits: false,
        delivered: true,
        read: true,
        typing: true,
    }
}
