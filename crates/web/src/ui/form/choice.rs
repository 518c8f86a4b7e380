//! Choices as cards: radio buttons for one, checkboxes for many.

use maud::{Markup, Render, html};

use super::error_line;

/// Whether one or several may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Exactly one: radio buttons.
    One,
    /// Any number: checkboxes.
    Any,
}

/// One choice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What it is.
    pub label: &'a str,
    /// What it means.
    pub hint: Option<&'a str>,
    /// A figure at the end of the line, such as a balance or `••34`.
    pub aside: Option<&'a str>,
    /// Whether it is chosen. A consent never chooses for the customer.
    pub chosen: bool,
}

/// One question answered by choosing.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceGroup<'a> {
    /// Name sent; ids are this with a number behind.
    pub name: &'a str,
    /// The question.
    pub legend: &'a str,
    /// Help that stays visible.
    pub hint: Option<&'a str>,
    /// What is wrong and what to do.
    pub error: Option<&'a str>,
    /// One or several.
    pub many: Many,
    /// What can be chosen.
    pub choices: &'a [Choice<'a>],
}

impl Render for ChoiceGroup<'_> {
    fn render(&self) -> Markup {
        let hint = self.hint.map(|_| format!("{}-hint", self.name));
        let error = self.error.map(|_| format!("{}-error", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        let described = (!ids.is_empty()).then(|| ids.join(" "));
        html! {
            fieldset.field.choices.field-wrong[self.error.is_some()]
                id=(self.name) aria-describedby=[described]
            {
                legend.label { (self.legend) }
                @if let Some(hint) = self.hint { p.hint id={ (self.name) "-hint" } { (hint) } }
                (error_line(self.name, self.error))
                @for (number, choice) in self.choices.iter().enumerate() {
                    (self.card(number, choice))
                }
            }
        }
    }
}

impl ChoiceGroup<'_> {
    fn card(&self, number: usize, choice: &Choice<'_>) -> Markup {
        let id = format!("{}-{number}", self.name);
        let kind = if self.many == Many::One { "radio" } else { "checkbox" };
        let described = choice.hint.map(|_| format!("{id}-hint"));
        html! {
            div.choice {
                input id=(id) name=(self.name) type=(kind) value=(choice.value)
                    checked[choice.chosen] aria-describedby=[described];
                label for=(id) {
                    span.choice-label { bdi { (choice.label) } }
                    @if let Some(aside) = choice.aside { bdi.choice-aside.num { (aside) } }
                }
                @if let Some(hint) = choice.hint {
                    p.choice-hint id={ (id) "-hint" } { (hint) }
                }
            }
        }
    }
}
