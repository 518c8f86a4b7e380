//! Sample pages of every component, in a left-to-right and a right-to-left language. Shared by the
//! gallery and by the tests that check what components render.

use bankside_web::ui::accent::Accent;
use bankside_web::ui::icon::{Icon, Mark};
use bankside_web::ui::page::{Bank, Page, Place, Theme, Width, Words};
use maud::{Markup, Render, html};

mod account;
mod chat;
mod consent;
mod forms;
mod log;
mod parts;

/// A language of the samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    En,
    Ar,
}

pub(crate) const LANGS: [Lang; 2] = [Lang::En, Lang::Ar];

impl Lang {
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ar => "ar",
        }
    }

    /// The text in this language.
    pub(crate) const fn t(self, en: &'static str, ar: &'static str) -> &'static str {
        match self {
            Self::En => en,
            Self::Ar => ar,
        }
    }
}

/// Every sample page by name.
pub(crate) fn pages(lang: Lang) -> Vec<(&'static str, Markup)> {
    vec![
        ("index", index(lang)),
        ("home", account::home(lang)),
        ("card", account::card(lang)),
        ("chat", chat::open(lang)),
        ("chat-readable", chat::readable(lang)),
        ("signin", forms::sign_in(lang)),
        ("link", forms::link(lang)),
        ("form-error", forms::wrong(lang)),
        ("consent", consent::request(lang)),
        ("consent-check", consent::check(lang)),
        ("connections", consent::connections(lang)),
        ("log", log::list(lang)),
        ("disclosure", log::detail(lang)),
        ("empty", log::empty(lang)),
        ("parts", parts::all(lang)),
    ]
}

pub(crate) fn bank(lang: Lang) -> Bank<'static> {
    Bank {
        name: lang.t("Harbour Bank", "بنك المرفأ"),
        mark: Mark::Arch,
        accent: Accent::Teal,
        home: "home.html",
    }
}

/// A page in the frame of a signed-in customer.
pub(crate) fn framed(lang: Lang, title: &str, here: &str, width: Width, main: Markup) -> Markup {
    let place =
        |href, en, ar, icon| Place { href, label: lang.t(en, ar), icon, current: href == here };
    let places = [
        place("home.html", "Accounts", "الحسابات", Icon::Wallet),
        place("chat.html", "Chat", "المحادثة", Icon::MessageCircle),
        place("connections.html", "Connections", "الاتصالات", Icon::Link2),
        place("log.html", "Activity", "السجل", Icon::ScrollText),
        place("parts.html", "My data", "بياناتي", Icon::User),
    ];
    page(lang, title, width, &places, &["passkey.js"], main)
}

/// A page before sign-in.
pub(crate) fn bare(lang: Lang, title: &str, main: Markup) -> Markup {
    page(lang, title, Width::Narrow, &[], &["passkey.js"], main)
}

pub(crate) fn page(
    lang: Lang,
    title: &str,
    width: Width,
    places: &[Place<'_>],
    scripts: &[&str],
    main: Markup,
) -> Markup {
    let footer = html! {
        p {
            (lang.t("Your data stays on the bank's side.", "تبقى بياناتك لدى البنك."))
            " " a href="signin.html" { (lang.t("Is this my bank?", "هل هذا بنكي؟")) }
        }
    };
    let words = Words {
        skip: lang.t("Skip to content", "انتقل إلى المحتوى"),
        navigation: lang.t("Main", "الرئيسية"),
        theme: lang.t("Switch between light and dark", "بدّل بين الفاتح والداكن"),
    };
    let page = Page {
        lang: lang.tag(),
        title,
        bank: bank(lang),
        theme: Theme::System,
        width,
        places,
        scripts,
        words,
        main,
        footer,
    };
    page.render()
}

fn index(lang: Lang) -> Markup {
    let names = [
        "home",
        "card",
        "chat",
        "chat-readable",
        "signin",
        "link",
        "form-error",
        "consent",
        "consent-check",
        "connections",
        "log",
        "disclosure",
        "empty",
        "parts",
    ];
    let list = html! {
        h1 { (lang.t("Gallery", "المعرض")) }
        ul.stack { @for name in names { li { a href={ (name) ".html" } { (name) } } } }
    };
    bare(lang, lang.t("Gallery", "المعرض"), list)
}
