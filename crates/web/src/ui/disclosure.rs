//! The disclosure log as a timeline, and what a platform would have seen.

use maud::{Markup, Render, html};

use super::icon::Icon;
use super::notice::Tag;
use super::text;

/// One entry of the timeline.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The sentence: "WhatsApp saw: the balance of Everyday ••34".
    pub sentence: Markup,
    /// Where the detail is.
    pub href: &'a str,
    /// Its sign.
    pub icon: Icon,
    /// RFC 3339, and as shown.
    pub at: (&'a str, &'a str),
    /// Receipt number.
    pub receipt: &'a str,
    /// Level, decision and the like.
    pub tags: &'a [Tag<'a>],
}

/// Entries of one day.
#[derive(Clone, Debug)]
pub struct Day<'a> {
    /// The day in words.
    pub heading: &'a str,
    /// Newest first.
    pub entries: Vec<Entry<'a>>,
}

impl Render for Day<'_> {
    fn render(&self) -> Markup {
        html! {
            section.day {
                h2.day-heading { (self.heading) }
                ol.timeline { @for entry in &self.entries { (entry) } }
            }
        }
    }
}

impl Render for Entry<'_> {
    fn render(&self) -> Markup {
        html! {
            li.entry {
                span.entry-icon { (self.icon) }
                div.entry-body {
                    p.entry-sentence { a href=(self.href) { (self.sentence) } }
                    p.entry-meta {
                        (text::moment(self.at.0, self.at.1))
                        (text::ident(self.receipt))
                        @for tag in self.tags { (tag) }
                    }
                }
            }
        }
    }
}

/// The very bytes that were sent.
#[must_use]
pub fn raw_bytes(caption: &str, bytes: &str) -> Markup {
    html! {
        figure.bytes {
            figcaption { (caption) }
            pre dir="ltr" tabindex="0" { code { (bytes) } }
        }
    }
}

/// Result of checking a proof: each step with what it compared.
#[must_use]
pub fn proof(steps: &[(bool, &str, &str)]) -> Markup {
    html! {
        ol.proof {
            @for (holds, step, hash) in steps {
                li.proof-step.proof-broken[!*holds] {
                    @if *holds { (Icon::CircleCheck) } @else { (Icon::CircleX) }
                    div { p { (step) } code dir="ltr" { (hash) } }
                }
            }
        }
    }
}
