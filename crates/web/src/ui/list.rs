//! Lists: "check your answers", definitions, rows that lead somewhere.

use maud::{Markup, Render, html};

use super::icon::Icon;

/// One line of a summary.
#[derive(Clone, Debug)]
pub struct SummaryRow<'a> {
    /// What was asked.
    pub key: &'a str,
    /// What was answered.
    pub value: Markup,
    /// (address, words for sight, words for a screen reader) to change it:
    /// `("/…", "Change", "which accounts")`.
    pub change: Option<(&'a str, &'a str, &'a str)>,
}

/// "Check your answers", before anything binding.
#[must_use]
pub fn summary(rows: &[SummaryRow<'_>]) -> Markup {
    html! {
        dl.summary {
            @for row in rows {
                div.summary-row {
                    dt { (row.key) }
                    dd.summary-value { (row.value) }
                    @if let Some((href, words, what)) = row.change {
                        dd.summary-change {
                            a href=(href) { (words) span.sr-only { " " (what) } }
                        }
                    }
                }
            }
        }
    }
}

/// Terms and their values, one pair a line.
#[must_use]
pub fn definitions(rows: &[(&str, Markup)]) -> Markup {
    html! {
        dl.definitions { @for (term, value) in rows { div { dt { (term) } dd { (value) } } } }
    }
}

/// A row that says something and may lead to its detail.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// Where the detail is.
    pub href: Option<&'a str>,
    /// Drawn first.
    pub icon: Option<Icon>,
    /// What it is.
    pub title: &'a str,
    /// More about it.
    pub text: &'a str,
    /// A figure or a tag at the end.
    pub aside: Option<Markup>,
}

/// Rows on one surface.
#[must_use]
pub fn rows(rows: &[Row<'_>]) -> Markup {
    html! { ul.rows { @for row in rows { li { (row) } } } }
}

impl Render for Row<'_> {
    fn render(&self) -> Markup {
        let inner = html! {
            @if let Some(icon) = self.icon { span.row-icon { (icon) } }
            span.row-text {
                span.row-title { bdi { (self.title) } }
                @if !self.text.is_empty() { span.row-more { (self.text) } }
            }
            @if let Some(aside) = &self.aside { span.row-aside { (aside) } }
        };
        html! {
            @if let Some(href) = self.href {
                a.row href=(href) { (inner) span.row-go { (Icon::ChevronRight) } }
            } @else {
                div.row { (inner) }
            }
        }
    }
}

/// A detail that opens on demand.
#[must_use]
pub fn details(summary: &str, content: &Markup) -> Markup {
    html! {
        details.details {
            summary { (Icon::ChevronRight) span { (summary) } }
            div.details-body { (content) }
        }
    }
}

/// What is, and what is not: two lists with marks. Used for "what is shared" and "what is not".
#[must_use]
pub fn ticks(shared: bool, lines: &[&str]) -> Markup {
    let icon = if shared { Icon::Check } else { Icon::X };
    html! {
        ul.ticks.ticks-no[!shared] { @for line in lines { li { (icon) span { (line) } } } }
    }
}
