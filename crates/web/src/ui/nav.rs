//! Moving within a page: tabs, pages of a list, search and filters. All are plain links and forms.

use maud::{Markup, Render, html};

use super::icon::Icon;

/// Tabs that are links; the server renders the one that is current.
#[derive(Clone, Copy, Debug)]
pub struct Tabs<'a> {
    /// What they divide.
    pub label: &'a str,
    /// (address, words, current) of each.
    pub tabs: &'a [(&'a str, &'a str, bool)],
}

impl Render for Tabs<'_> {
    fn render(&self) -> Markup {
        html! {
            nav.tabs aria-label=(self.label) {
                ul {
                    @for (href, words, current) in self.tabs {
                        li { a href=(href) aria-current=[current.then_some("page")] { (words) } }
                    }
                }
            }
        }
    }
}

/// Newer and older pages of a list.
#[derive(Clone, Copy, Debug)]
pub struct Pages<'a> {
    /// Name of this navigation.
    pub label: &'a str,
    /// (address, words) of the page before, if there is one.
    pub previous: Option<(&'a str, &'a str)>,
    /// Where we are: "1 to 20 of 143".
    pub place: &'a str,
    /// (address, words) of the page after, if there is one.
    pub next: Option<(&'a str, &'a str)>,
}

impl Render for Pages<'_> {
    fn render(&self) -> Markup {
        html! {
            nav.pages aria-label=(self.label) {
                @if let Some((href, words)) = self.previous {
                    a.pages-previous rel="prev" href=(href) { (Icon::ArrowLeft) span { (words) } }
                }
                p.pages-place.num { (self.place) }
                @if let Some((href, words)) = self.next {
                    a.pages-next rel="next" href=(href) { span { (words) } (Icon::ArrowRight) }
                }
            }
        }
    }
}

/// A search line with filters behind it; a plain GET.
#[derive(Clone, Debug)]
pub struct FilterBar<'a> {
    /// Where the list is.
    pub action: &'a str,
    /// Label of the search line.
    pub label: &'a str,
    /// What was searched; sent as `q`.
    pub query: &'a str,
    /// Words of the search button.
    pub submit: &'a str,
    /// (words, fields) of the filters; open when one is set.
    pub filters: Option<(&'a str, Markup)>,
    /// Whether the filters are shown open.
    pub open: bool,
    /// (address without it, words) of each filter now set.
    pub set: &'a [(&'a str, &'a str)],
}

impl Render for FilterBar<'_> {
    fn render(&self) -> Markup {
        html! {
            form.filter role="search" method="get" action=(self.action) {
                div.filter-line {
                    label.sr-only for="q" { (self.label) }
                    div.filter-search {
                        (Icon::Search)
                        input.input id="q" name="q" type="search" value=(self.query)
                            placeholder=(self.label) autocomplete="off";
                    }
                    button.button.button-secondary type="submit" { (self.submit) }
                }
                @if let Some((words, fields)) = &self.filters {
                    details.filter-more open[self.open] {
                        summary { (Icon::SlidersHorizontal) span { (words) } }
                        div.filter-fields { (fields) }
                    }
                }
                @if !self.set.is_empty() {
                    ul.filter-set {
                        @for (href, words) in self.set {
                            li { a.chip href=(href) { span { (words) } (Icon::X) } }
                        }
                    }
                }
            }
        }
    }
}
