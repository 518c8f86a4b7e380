//! Messages about the page: banner, tag, empty state, toast.

use maud::{Markup, Render, html};

use super::icon::Icon;

/// What a message means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to worry about, nothing to do.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
    /// It worked, it holds.
    Ok,
    /// Look before you go on.
    Warn,
    /// It failed or cannot be undone.
    Danger,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Info => "tone-info",
            Self::Ok => "tone-ok",
            Self::Warn => "tone-warn",
            Self::Danger => "tone-danger",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Neutral | Self::Info => Icon::Info,
            Self::Ok => Icon::CircleCheck,
            Self::Warn => Icon::TriangleAlert,
            Self::Danger => Icon::OctagonX,
        }
    }
}

/// A message at the top of a page.
#[derive(Clone, Debug)]
pub struct Banner<'a> {
    /// What it means.
    pub tone: Tone,
    /// The message in one sentence.
    pub title: &'a str,
    /// More, and what to do.
    pub body: Option<Markup>,
}

impl Render for Banner<'_> {
    fn render(&self) -> Markup {
        let role = if self.tone == Tone::Danger { "alert" } else { "status" };
        html! {
            div class={ "banner " (self.tone.class()) } role=(role) {
                (self.tone.icon())
                div.banner-text {
                    p.banner-title { (self.title) }
                    @if let Some(body) = &self.body { div.banner-body { (body) } }
                }
            }
        }
    }
}

/// A word or two about the thing beside it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tag<'a> {
    /// The words.
    pub label: &'a str,
    /// What they mean.
    pub tone: Tone,
    /// Drawn before them.
    pub icon: Option<Icon>,
}

impl Render for Tag<'_> {
    fn render(&self) -> Markup {
        html! {
            span class={ "tag " (self.tone.class()) }
            { @if let Some(icon) = self.icon { (icon) } span { (self.label) } }
        }
    }
}

/// Tags side by side.
#[must_use]
pub fn tags(tags: &[Tag<'_>]) -> Markup {
    html! { div.tags { @for tag in tags { (tag) } } }
}

/// Nothing here: why, and what to do.
#[derive(Clone, Debug)]
pub struct Empty<'a> {
    /// What would be here.
    pub icon: Icon,
    /// That there is none.
    pub title: &'a str,
    /// Why, or how it comes to be.
    pub text: &'a str,
    /// A way on.
    pub action: Option<Markup>,
}

impl Render for Empty<'_> {
    fn render(&self) -> Markup {
        html! {
            div.empty {
                span.empty-icon { (self.icon) }
                p.empty-title { (self.title) }
                p.empty-text { (self.text) }
                @if let Some(action) = &self.action { (action) }
            }
        }
    }
}

/// A short confirmation; put it into `#live` with an htmx out-of-band swap.
#[must_use]
pub fn toast(tone: Tone, text: &str) -> Markup {
    html! { div class={ "toast " (tone.class()) } { (tone.icon()) span { (text) } } }
}
