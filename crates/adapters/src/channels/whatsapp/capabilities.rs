//! What WhatsApp can do. Source: Cloud API, "Text Messages", "Interactive Reply Buttons Messages",
//! "Interactive List Messages" and "Interactive Call-to-Action URL Button Messages".

use bankside_domain::channel::{Answers, Capabilities, Count, Links, Retraction, Text, Window};

/// Characters of a text.
pub(super) const TEXT: Text = Text { most: 4_096, count: Count::Chars };
/// Reply buttons below a message.
pub(super) const BUTTONS: usize = 3;
/// Characters of a button's label: of a reply, of the one that opens a list, of a link.
pub(super) const TITLE: Text = Text { most: 20, count: Count::Chars };
/// Bytes of a reply button's id.
pub(super) const BUTTON_ID: Text = Text { most: 256, count: Count::Bytes };
/// Characters of a text above buttons, and above a link.
pub(super) const BODY: Text = Text { most: 1_024, count: Count::Chars };
/// Rows of a list, in all its sections.
pub(super) const ROWS: usize = 10;
/// Characters of a row's title.
pub(super) const ROW_TITLE: Text = Text { most: 24, count: Count::Chars };
/// Bytes of a row's id.
pub(super) const ROW_ID: Text = Text { most: 200, count: Count::Bytes };
/// Characters of a text above a list.
pub(super) const LIST_BODY: Text = Text { most: 4_096, count: Count::Chars };
/// The customer service window, in milliseconds.
const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;
/// Messages that one answer may become: more would be a flood on a telephone.
const MESSAGES: usize = 4;

/// The table; with a template where one is configured.
pub(super) const fn table(template: bool) -> Capabilities {
    Capabilities {
        text: TEXT,
        messages: MESSAGES,
        buttons: Some(Answers { most: BUTTONS, label: TITLE, above: Some(BODY) }),
        list: Some(Answers { most: ROWS, label: ROW_TITLE, above: Some(LIST_BODY) }),
        links: Links::Button { label: TITLE },
        rich: false,
        spoken: false,
        window: Some(Window { millis: WINDOW_MS, template }),
        retraction: Retraction::Never,
        edits: false,
        delivered: true,
        read: true,
        typing: false,
    }
}
