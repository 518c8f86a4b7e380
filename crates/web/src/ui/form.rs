//! Form fields after GOV.UK's patterns: label, hint, error in words beside the field and in a
//! summary at the top that links to it.

use maud::{Markup, Render, html};

use super::icon::Icon;

mod choice;

pub use choice::{Choice, ChoiceGroup, Many};

/// What kind of value a field takes; sets the keyboard and autofill, never the validation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// A line of text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A whole number.
    Number,
    /// An amount of money.
    Amount,
    /// A date.
    Date,
    /// A search.
    Search,
}

impl Input {
    const fn type_name(self) -> &'static str {
        match self {
            Self::Text | Self::Number | Self::Amount => "text",
            Self::Email => "email",
            Self::Date => "date",
            Self::Search => "search",
        }
    }

    const fn keyboard(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("numeric"),
            Self::Amount => Some("decimal"),
            Self::Text | Self::Email | Self::Date | Self::Search => None,
        }
    }
}

/// One field. Its `id` is its `name`, which is unique on a page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    /// Name sent, and id.
    pub name: &'a str,
    /// What is asked.
    pub label: &'a str,
    /// Help that stays visible.
    pub hint: Option<&'a str>,
    /// What is wrong and what to do.
    pub error: Option<&'a str>,
    /// What was given before.
    pub value: &'a str,
    /// Kind of value.
    pub input: Input,
    /// HTML `autocomplete` token.
    pub autocomplete: Option<&'a str>,
    /// Whether the form cannot be sent without it.
    pub required: bool,
    /// Lines of a text area; none for a single line.
    pub lines: Option<u8>,
}

impl Field<'_> {
    /// A given value sets its own direction; an empty field has the page's.
    fn direction(&self) -> Option<&'static str> {
        (!self.value.is_empty()).then_some("auto")
    }

    fn described(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.name));
        let error = self.error.map(|_| format!("{}-error", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let wrong = self.error.map(|_| "true");
        html! {
            div.field.field-wrong[self.error.is_some()] {
                label.label for=(self.name) { (self.label) }
                @if let Some(hint) = self.hint { p.hint id={ (self.name) "-hint" } { (hint) } }
                (error_line(self.name, self.error))
                @if let Some(lines) = self.lines {
                    textarea.input id=(self.name) name=(self.name) rows=(lines) dir=[self.direction()]
                        required[self.required] aria-invalid=[wrong]
                        aria-describedby=[self.described()] { (self.value) }
                } @else {
                    input.input id=(self.name) name=(self.name) type=(self.input.type_name())
                        inputmode=[self.input.keyboard()] value=(self.value) dir=[self.direction()]
                        autocomplete=[self.autocomplete] required[self.required]
                        aria-invalid=[wrong] aria-describedby=[self.described()];
                }
            }
        }
    }
}

/// A choice among a few, in one line.
#[derive(Clone, Copy, Debug)]
pub struct Select<'a> {
    /// Name sent, and id.
    pub name: &'a str,
    /// What is asked.
    pub label: &'a str,
    /// (value, words) of each option.
    pub options: &'a [(&'a str, &'a str)],
    /// The value chosen.
    pub chosen: &'a str,
}

impl Render for Select<'_> {
    fn render(&self) -> Markup {
        html! {
            div.field {
                label.label for=(self.name) { (self.label) }
                div.select {
                    select.input id=(self.name) name=(self.name) {
                        @for (value, words) in self.options {
                            option value=(value) selected[*value == self.chosen] { (words) }
                        }
                    }
                    (Icon::ChevronDown)
                }
            }
        }
    }
}

/// What is wrong with a form: first thing on the page, each entry a link to its field. Give the
/// page's `title` a word for "Error" in front, too.
#[derive(Clone, Copy, Debug)]
pub struct ErrorSummary<'a> {
    /// "There is a problem".
    pub heading: &'a str,
    /// (field, what is wrong) in the order of the page.
    pub errors: &'a [(&'a str, &'a str)],
}

impl Render for ErrorSummary<'_> {
    fn render(&self) -> Markup {
        html! {
            div.error-summary role="alert" tabindex="-1" data-focus {
                h2 { (self.heading) }
                ul {
                    @for (field, message) in self.errors {
                        li { a href={ "#" (field) } { (message) } }
                    }
                }
            }
        }
    }
}

fn error_line(name: &str, error: Option<&str>) -> Markup {
    html! {
        @if let Some(error) = error {
            p.error id={ (name) "-error" } { (Icon::CircleAlert) span { (error) } }
        }
    }
}

/// A value that travels with the form unseen, such as an anti-forgery token.
#[must_use]
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}
