//! The page around everything: language, direction, bank, navigation, live region.

use maud::{DOCTYPE, Markup, Render, html};

use super::accent::Accent;
use super::icon::{Icon, Mark};
use super::text::Direction;
use crate::assets::asset_url;
use crate::security::HTMX_CONFIG;

/// Whose page it is.
#[derive(Clone, Copy, Debug)]
pub struct Bank<'a> {
    /// The bank's name, as its customers know it.
    pub name: &'a str,
    /// The mark beside the name.
    pub mark: Mark,
    /// The bank's colour.
    pub accent: Accent,
    /// Where the name leads.
    pub home: &'a str,
}

/// One place of the main navigation.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Where it is.
    pub href: &'a str,
    /// What it is called; one or two short words.
    pub label: &'a str,
    /// Its icon.
    pub icon: Icon,
    /// Whether this page is it.
    pub current: bool,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the customer's system prefers.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The theme named by the `theme` cookie; anything else is the system's.
    #[must_use]
    pub fn from_cookie(value: &str) -> Self {
        match value {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// How wide the content is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// One question or one text: about 40 em.
    #[default]
    Narrow,
    /// Lists and tables: about 64 em.
    Wide,
    /// The whole height, no header, no navigation: a chat.
    Full,
}

/// Words of the frame.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// "Skip to content".
    pub skip: &'a str,
    /// Name of the main navigation.
    pub navigation: &'a str,
    /// "Switch between light and dark".
    pub theme: &'a str,
}

/// A whole page.
pub struct Page<'a> {
    /// BCP 47 tag of the page's language.
    pub lang: &'a str,
    /// What the page is, without the bank's name.
    pub title: &'a str,
    /// Whose it is.
    pub bank: Bank<'a>,
    /// Light or dark.
    pub theme: Theme,
    /// Width of the content.
    pub width: Width,
    /// The main navigation; empty before sign-in.
    pub places: &'a [Place<'a>],
    /// Scripts beyond `app.js`, by logical name.
    pub scripts: &'a [&'a str],
    /// Words of the frame.
    pub words: Words<'a>,
    /// The content.
    pub main: Markup,
    /// Under the content.
    pub footer: Markup,
}

impl Render for Page<'_> {
    fn render(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.lang) dir=(Direction::of(self.lang).attribute())
                class=(self.bank.accent.class()) data-theme=[self.theme.attribute()]
            {
                (self.head())
                @if self.width == Width::Full { (self.full()) } @else { (self.framed()) }
            }
        }
    }
}

impl Page<'_> {
    fn head(&self) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                meta name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content";
                meta name="color-scheme" content="light dark";
                meta name="htmx-config" content=(HTMX_CONFIG);
                title { (self.title) " · " (self.bank.name) }
                link rel="preload" href=(asset_url("inter-latin-wght-normal.woff2"))
                    as="font" type="font/woff2" crossorigin;
                link rel="stylesheet" href=(asset_url("app.css"));
                link rel="icon" href=(asset_url("icon.svg")) type="image/svg+xml";
                script type="module" src=(asset_url("app.js")) {}
                @for script in self.scripts {
                    script type=[script.ends_with(".min.js").then_some("text/javascript")
                        .or(Some("module"))] src=(asset_url(script)) defer {}
                }
            }
        }
    }

    fn framed(&self) -> Markup {
        let main = if self.width == Width::Wide { "main main-wide" } else { "main" };
        html! {
            body class=[(!self.places.is_empty()).then_some("has-places")] {
                (self.skip())
                header.top {
                    div.top-inner {
                        a.brand href=(self.bank.home) { (self.bank.mark) span { (self.bank.name) } }
                        (self.places())
                        (self.theme_switch())
                    }
                }
                main id="content" class=(main) tabindex="-1" { (self.main) }
                footer.foot { (self.footer) }
                (live())
            }
        }
    }

    fn full(&self) -> Markup {
        html! {
            body.full { (self.skip()) main id="content" class="main-full" tabindex="-1" { (self.main) } (live()) }
        }
    }

    fn skip(&self) -> Markup {
        html! { a.skip href="#content" { (self.words.skip) } }
    }

    fn places(&self) -> Markup {
        html! {
            @if !self.places.is_empty() {
                nav.places aria-label=(self.words.navigation) {
                    ul {
                        @for place in self.places {
                            li {
                                a href=(place.href) aria-current=[place.current.then_some("page")]
                                { (place.icon) span { (place.label) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn theme_switch(&self) -> Markup {
        html! {
            button.icon-button.theme-switch type="button" hidden data-theme-switch
                aria-label=(self.words.theme)
            { (Icon::Sun) (Icon::Moon) }
        }
    }
}

/// Where scripts and swaps announce what happened; polite, and shown as a toast.
fn live() -> Markup {
    html! { div id="live" class="toasts" role="status" aria-live="polite" {} }
}

/// Heading of a page, with an optional line over it and a lead under it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Title<'a> {
    /// What this page belongs to.
    pub over: Option<&'a str>,
    /// The heading: a sentence or a question.
    pub text: &'a str,
    /// One or two sentences more.
    pub lead: Option<&'a str>,
}

impl Render for Title<'_> {
    fn render(&self) -> Markup {
        html! {
            div.title {
                @if let Some(over) = self.over { p.title-over { (over) } }
                h1 { (self.text) }
                @if let Some(lead) = self.lead { p.lead { (lead) } }
            }
        }
    }
}

/// A way back, before the heading.
#[must_use]
pub fn back(href: &str, label: &str) -> Markup {
    html! { a.back href=(href) { (Icon::ArrowLeft) span { (label) } } }
}

/// A part of a page under its own heading.
#[must_use]
pub fn section(heading: &str, content: &Markup) -> Markup {
    html! { section.section { h2 { (heading) } (content) } }
}

/// Words to compare with those in the chat: the session phrase.
#[must_use]
pub fn phrase(words: &str) -> Markup {
    html! { p.phrase { bdi { (words) } } }
}

/// A plain surface that groups what belongs together.
#[must_use]
pub fn panel(content: &Markup) -> Markup {
    html! { div.panel { (content) } }
}
