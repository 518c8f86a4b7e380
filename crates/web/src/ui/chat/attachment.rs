//! Cards within a chat: a balance, lines of figures, a link to the secure view.

use maud::{Markup, Render, html};

use crate::ui::icon::Icon;
use crate::ui::text;

/// One balance, large.
#[derive(Clone, Copy, Debug)]
pub struct BalanceCard<'a> {
    /// The account's name.
    pub name: &'a str,
    /// Masked number.
    pub masked: &'a str,
    /// The balance, formatted.
    pub balance: &'a str,
    /// What it is, and of when.
    pub as_of: &'a str,
}

impl Render for BalanceCard<'_> {
    fn render(&self) -> Markup {
        html! {
            div.card-balance {
                p.card-over { (text::name(self.name)) " " (text::ident(self.masked)) }
                p.card-figure { (text::amount(self.balance)) }
                p.card-note { (self.as_of) }
            }
        }
    }
}

/// A line of a list: a merchant, a day, an amount.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Its sign.
    pub icon: Icon,
    /// What it is.
    pub title: &'a str,
    /// More, smaller.
    pub more: &'a str,
    /// The figure.
    pub amount: &'a str,
    /// Money that comes in.
    pub incoming: bool,
}

/// Lines with figures, and a sum.
#[derive(Clone, Copy, Debug)]
pub struct LinesCard<'a> {
    /// What they are.
    pub title: &'a str,
    /// The lines.
    pub lines: &'a [Line<'a>],
    /// (words, figure) under them.
    pub total: Option<(&'a str, &'a str)>,
}

impl Render for LinesCard<'_> {
    fn render(&self) -> Markup {
        html! {
            div.card-lines {
                p.card-title { (self.title) }
                ul {
                    @for line in self.lines {
                        li {
                            span.card-icon { (line.icon) }
                            span.card-what { (text::name(line.title)) small { (line.more) } }
                            span.card-amount.card-incoming[line.incoming] { (text::amount(line.amount)) }
                        }
                    }
                }
                @if let Some((words, figure)) = self.total {
                    p.card-total { span { (words) } (text::amount(figure)) }
                }
            }
        }
    }
}

/// A single-use link to the secure view on the bank's origin.
#[derive(Clone, Copy, Debug)]
pub struct LinkCard<'a> {
    /// Where it leads.
    pub href: &'a str,
    /// What is there: "Balance of Everyday".
    pub title: &'a str,
    /// Why it is not here, and how long the link lives.
    pub text: &'a str,
    /// Words of the link.
    pub action: &'a str,
}

impl Render for LinkCard<'_> {
    fn render(&self) -> Markup {
        html! {
            div.card-link {
                span.card-lock { (Icon::Lock) }
                div { p.card-title { (self.title) } p.card-note { (self.text) } }
                a.button.button-wide href=(self.href) { (Icon::Fingerprint) span { (self.action) } }
            }
        }
    }
}

/// Anything else, such as a chart, under a title.
#[must_use]
pub fn panel_card(title: &str, content: &Markup) -> Markup {
    html! { div.card-panel { p.card-title { (title) } (content) } }
}
