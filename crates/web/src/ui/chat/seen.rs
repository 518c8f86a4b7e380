//! The side panel "what the platform would have seen": beside the chat on a wide screen, over it
//! on a phone, opened by a link to its id.

use maud::{Markup, Render, html};

use crate::ui::icon::Icon;
use crate::ui::text;

/// One message as the platform saw it.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// Id of the element: the same sight again replaces itself.
    pub id: &'a str,
    /// RFC 3339, and as shown.
    pub at: (&'a str, &'a str),
    /// Which way it went, in words.
    pub direction: &'a str,
    /// The very text that passed.
    pub text: &'a str,
    /// What was kept from it: field names in words.
    pub withheld: &'a [String],
}

/// The panel.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen<'a> {
    /// "What WhatsApp would have seen".
    pub title: &'a str,
    /// What this panel is, in a sentence.
    pub lead: &'a str,
    /// Words of the link that closes it.
    pub close: &'a str,
    /// "Withheld".
    pub withheld: &'a str,
    /// Shown while nothing has passed.
    pub nothing: &'a str,
    /// Newest last.
    pub sights: &'a [Sight<'a>],
}

impl Render for Seen<'_> {
    fn render(&self) -> Markup {
        html! {
            aside.seen id="seen" tabindex="-1" aria-labelledby="seen-title" {
                header.seen-head {
                    span.seen-icon { (Icon::Eye) }
                    h2 id="seen-title" { (self.title) }
                    a.icon-button href="#chat" aria-label=(self.close) { (Icon::X) }
                }
                p.seen-lead { (self.lead) }
                ol.seen-list id="sights" data-sights {
                    @if self.sights.is_empty() { li.seen-nothing { (self.nothing) } }
                    @for sight in self.sights { (self.sight(sight)) }
                }
            }
        }
    }
}

impl Seen<'_> {
    /// One more sight, as the stream appends it.
    #[must_use]
    pub fn sight(&self, sight: &Sight<'_>) -> Markup {
        html! {
            li.sight id=(sight.id) {
                p.sight-meta { (text::moment(sight.at.0, sight.at.1)) span { (sight.direction) } }
                p.sight-text dir="auto" { (sight.text) }
                @if !sight.withheld.is_empty() {
                    p.sight-withheld {
                        (Icon::EyeOff) span { (self.withheld) ": " (sight.withheld.join(", ")) }
                    }
                }
            }
        }
    }
}
