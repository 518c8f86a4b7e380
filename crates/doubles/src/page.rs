//! The page with both sides: her phone, and what the operator's servers saw.

use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

use crate::Kind;
use crate::operator::Operator;
use crate::stage::{Bubble, By, Entry, Snapshot};

/// The page of one operator, with the way to the others.
pub(crate) fn whole(operator: &dyn Operator, kinds: &[Kind]) -> Markup {
    let kind = operator.stage().kind;
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (kind.name()) " · both sides" }
                link rel="stylesheet" href="/page.css";
                script type="module" src="/page.js" {}
            }
            body data-kind=(kind.id()) {
                header {
                    div {
                        h1 { "Both sides" }
                        p { "What a customer sees, and all that the operator of the channel ever gets to see. \
                             The bank runs elsewhere; this page knows nothing of it." }
                    }
                    nav aria-label="Channels" {
                        @for one in kinds {
                            a href=(format!("/{}", one.id())) aria-current=[(*one == kind).then_some("page")] { (one.name()) }
                        }
                    }
                }
                main {
                    div id="sides" { (sides(operator)) }
                    div.composer { (composer(operator, &format!("/{}/say", kind.id()))) }
                }
            }
        }
    }
}

/// Where she writes; what she may want to write is a tap away.
fn composer(operator: &dyn Operator, action: &str) -> Markup {
    let kind = operator.stage().kind;
    html! {
        form.hints method="post" action=(action) {
            @for hint in operator.hints() {
                button type="submit" name="words" value=(hint) { (hint) }
            }
        }
        form.write method="post" action=(action) {
            label for="words" { (asks(kind)) }
            input id="words" name="words" autocomplete="off" required maxlength="2000";
            button type="submit" { @if kind == Kind::Alexa { "Say" } @else { "Send" } }
        }
    }
}

const fn asks(kind: Kind) -> &'static str {
    match kind {
        Kind::Alexa => "Say something",
        _ => "Write something",
    }
}

/// Both sides as they are now.
pub(crate) fn sides(operator: &dyn Operator) -> Markup {
    let kind = operator.stage().kind;
    let snapshot = operator.stage().snapshot();
    html! {
        section.phone aria-labelledby="phone" {
            h2 id="phone" { @if kind == Kind::Alexa { "In her room" } @else { "On her phone" } }
            ol.chat tabindex="0" aria-live="polite" aria-labelledby="phone" {
                @if snapshot.bubbles.is_empty() {
                    li.nothing { "Nothing yet. Say hello below." }
                }
                @for bubble in &snapshot.bubbles { (shown(kind, bubble)) }
                @if snapshot.is_typing { li.bank.typing { p { "…" } } }
            }
        }
        section.servers aria-labelledby="servers" {
            h2 id="servers" { "On " (kind.name()) "’s servers" }
            (told(&snapshot))
            ol.record tabindex="0" aria-labelledby="servers" {
                @for entry in snapshot.entries.iter().rev() { (recorded(entry)) }
            }
        }
    }
}

fn shown(kind: Kind, bubble: &Bubble) -> Markup {
    let side = match bubble.by {
        By::Her => "her",
        By::Bank => "bank",
        By::Phone => "note",
    };
    html! {
        li class=(side) {
            @if bubble.gone {
                p.gone { "This message was taken back." }
            } @else {
                p dir="auto" { (linked(&bubble.text)) }
                @for (label, url) in &bubble.links {
                    a.button href=(url) target="_blank" rel="noopener noreferrer" { (label) }
                }
                @if !bubble.answers.is_empty() {
                    form.answers method="post" action=(format!("/{}/tap", kind.id())) {
                        @for (label, data) in &bubble.answers {
                            button type="submit" name="words" value=(data) { (label) }
                        }
                    }
                }
            }
        }
    }
}

/// Words, with addresses of the web as links.
fn linked(text: &str) -> Markup {
    html! {
        @for (number, line) in text.split('\n').enumerate() {
            @if number > 0 { br; }
            @for piece in line.split_inclusive(' ') {
                @if piece.starts_with("http://") || piece.starts_with("https://") {
                    a href=(piece.trim_end()) target="_blank" rel="noopener noreferrer" { (piece) }
                } @else { (piece) }
            }
        }
    }
}

fn told(snapshot: &Snapshot) -> Markup {
    let by_bank = snapshot.entries.iter().filter(|entry| entry.by_bank).count();
    html! {
        p.told {
            @if snapshot.seen == 0 { "Nothing was sent yet." }
            @else {
                (snapshot.seen) " requests so far; of those below, " (by_bank) " by the bank. \
                 Every word of them is here, newest first; only credentials are left out."
            }
        }
    }
}

fn recorded(entry: &Entry) -> Markup {
    let way = if entry.by_bank { "bank → operator" } else { "operator → bank" };
    html! {
        li class=(if entry.by_bank { "in" } else { "out" }) {
            div.line {
                span.way { (way) }
                code { (entry.line) }
                @if let Some((status, _)) = &entry.answer { span.status { (status) } }
            }
            @if !entry.body.is_null() { pre dir="ltr" { (value(&entry.body, 0)) } }
            @if let Some((_, answer)) = &entry.answer {
                @if !answer.is_null() && answer.as_object().is_none_or(|fields| !fields.is_empty()) {
                    pre.answer dir="ltr" { (value(answer, 0)) }
                }
            }
        }
    }
}

/// JSON with its words set off.
fn value(json: &Value, depth: usize) -> Markup {
    let pad = "  ".repeat(depth + 1);
    html! {
        @match json {
            Value::Object(fields) if !fields.is_empty() => {
                "{\n"
                @for (number, (name, one)) in fields.iter().enumerate() {
                    (pad) span.key { (name) } ": " (value(one, depth + 1))
                    @if number + 1 < fields.len() { "," } "\n"
                }
                ("  ".repeat(depth)) "}"
            }
            Value::Array(list) if !list.is_empty() => {
                "[\n"
                @for (number, one) in list.iter().enumerate() {
                    (pad) (value(one, depth + 1))
                    @if number + 1 < list.len() { "," } "\n"
                }
                ("  ".repeat(depth)) "]"
            }
            Value::String(text) => b dir="auto" { (text) }
            other => (other.to_string())
        }
    }
}
