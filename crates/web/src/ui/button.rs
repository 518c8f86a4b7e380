//! Buttons, and links that look like them.

use maud::{Markup, Render, html};

use super::icon::Icon;

/// How much weight a button has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing this page is for.
    #[default]
    Primary,
    /// A real alternative.
    Secondary,
    /// A way aside.
    Quiet,
    /// Destroys or ends something.
    Danger,
    /// One of several choices of the same weight, such as Allow, Allow less and Refuse.
    Equal,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
            Self::Equal => "button button-equal",
        }
    }
}

/// A submit button of the form around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Button<'a> {
    /// What it does, as a verb.
    pub label: &'a str,
    /// Its weight.
    pub kind: Kind,
    /// Drawn before the label.
    pub icon: Option<Icon>,
    /// Field name and value sent when this button is the one pressed.
    pub sends: Option<(&'a str, &'a str)>,
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        html! {
            button class=(self.kind.class()) type="submit"
                name=[self.sends.map(|sent| sent.0)] value=[self.sends.map(|sent| sent.1)]
            { @if let Some(icon) = self.icon { (icon) } span { (self.label) } }
        }
    }
}

/// A link that looks like a button: it goes somewhere and changes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkButton<'a> {
    /// Where it goes.
    pub href: &'a str,
    /// What is there.
    pub label: &'a str,
    /// Its weight.
    pub kind: Kind,
    /// Drawn before the label.
    pub icon: Option<Icon>,
}

impl Render for LinkButton<'_> {
    fn render(&self) -> Markup {
        html! {
            a class=(self.kind.class()) href=(self.href)
            { @if let Some(icon) = self.icon { (icon) } span { (self.label) } }
        }
    }
}

/// Copies a text when scripts run; without them the text stays selectable beside it.
#[derive(Clone, Copy, Debug)]
pub struct CopyButton<'a> {
    /// What is copied.
    pub text: &'a str,
    /// The button's label.
    pub label: &'a str,
    /// Announced once it is copied.
    pub done: &'a str,
}

impl Render for CopyButton<'_> {
    fn render(&self) -> Markup {
        html! {
            button.button.button-quiet.button-small type="button" hidden
                data-copy=(self.text) data-copied=(self.done)
            { (Icon::Copy) span { (self.label) } }
        }
    }
}

/// Buttons side by side, stacked on a phone.
#[must_use]
pub fn row(buttons: &Markup) -> Markup {
    html! { div.button-row { (buttons) } }
}

/// Small buttons of one thing in a list, such as Pause, Narrow and Revoke.
#[must_use]
pub fn cluster(buttons: &Markup) -> Markup {
    html! { div.button-cluster { (buttons) } }
}

/// Choices of equal weight: same size, same look, in the order given.
#[must_use]
pub fn equal(buttons: &[Button<'_>]) -> Markup {
    html! {
        div.button-equals {
            @for button in buttons { (Button { kind: Kind::Equal, ..*button }) }
        }
    }
}
