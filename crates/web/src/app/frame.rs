//! The frame of a bank's pages: brand, navigation, footer with languages.

use bankside_domain::customer::Language;
use bankside_language::Msg;
use maud::{Markup, Render, html};

use super::Here;
use crate::ui::accent::Accent;
use crate::ui::icon::{Icon, Mark};
use crate::ui::page::{self, Page, Place, Width, Words};

/// What a page needs besides its content.
pub struct Frame<'a> {
    here: &'a Here,
    current: Option<&'a str>,
    width: Width,
    scripts: &'a [&'a str],
}

impl<'a> Frame<'a> {
    pub(super) fn new(here: &'a Here, current: Option<&'a str>) -> Self {
        Self { here, current, width: Width::Narrow, scripts: &[] }
    }

    /// For lists, tables or a chat.
    #[must_use]
    pub fn width(self, width: Width) -> Self {
        Self { width, ..self }
    }

    /// With scripts beyond `app.js`, by logical name.
    #[must_use]
    pub fn scripts(self, scripts: &'a [&'a str]) -> Self {
        Self { scripts, ..self }
    }

    /// The whole page.
    pub fn page(self, title: &str, main: Markup) -> Markup {
        let here = self.here;
        let (home, skip) = (here.at("/"), here.text(Msg::NavSkip));
        let (navigation, theme) = (here.text(Msg::NavMain), here.text(Msg::NavTheme));
        let places = self.places();
        let places: Vec<Place<'_>> = places
            .iter()
            .map(|(path, href, label, icon)| Place {
                href,
                label,
                icon: *icon,
                current: self.current == Some(*path),
            })
            .collect();
        Page {
            lang: here.language.tag(),
            title,
            bank: bank(here, &home),
            theme: here.theme,
            width: self.width,
            places: &places,
            scripts: self.scripts,
            words: Words { skip: &skip, navigation: &navigation, theme: &theme },
            main,
            footer: footer(here),
        }
        .render()
    }

    /// Path, address, words and icon of the main navigation; nothing before sign-in.
    fn places(&self) -> Vec<(&'static str, String, String, Icon)> {
        if self.current.is_none() {
            return Vec::new();
        }
        let place = |path: &'static str, msg: Msg<'_>, icon| {
            (path, self.here.at(path), self.here.text(msg), icon)
        };
        vec![
            place("/", Msg::NavHome, Icon::House),
            place("/chat/web", Msg::NavChat, Icon::MessageCircle),
            place("/connections", Msg::NavConnections, Icon::KeyRound),
            place("/log", Msg::NavLog, Icon::Eye),
            place("/data", Msg::NavData, Icon::Database),
        ]
    }
}

/// The bank as pages show it. An unknown accent falls back to the first.
pub(crate) fn bank<'a>(here: &'a Here, home: &'a str) -> page::Bank<'a> {
    let accent = here.bank.accent.parse().unwrap_or(Accent::Teal);
    page::Bank { name: &here.bank.name, mark: mark(&here.bank.accent), accent, home }
}

/// The mark that goes with an accent.
pub(super) fn mark(accent: &str) -> Mark {
    match accent {
        "indigo" => Mark::Leaf,
        "ruby" => Mark::Peak,
        _ => Mark::Wave,
    }
}

fn footer(here: &Here) -> Markup {
    html! {
        nav.languages aria-label=(here.text(Msg::NavLanguage)) {
            form method="post" action=(here.at("/language")) {
                input type="hidden" name="next" value=(here.path);
                @for language in Language::ALL {
                    button name="to" value=(language.tag()) lang=(language.tag())
                        aria-current=[(language == here.language).then_some("true")]
                    { (language.endonym()) }
                }
            }
        }
    }
}
