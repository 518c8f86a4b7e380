//! The questions before an act: what, why, check. Each page carries the answers so far in its
//! address; nothing is kept on the way.

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use bankside_service::suspension::{Deed, MAX_REASON, Subject};
use maud::{Markup, html};
use url::form_urlencoded;

use super::{LIST, name};
use crate::app::PageError;
use crate::console::here::OnDuty;
use crate::ui::button::{Button, Kind, LinkButton, row};
use crate::ui::form::{Choice, ChoiceGroup, ErrorSummary, Field, Many, hidden};
use crate::ui::icon::Icon;
use crate::ui::list::{SummaryRow, summary, ticks};
use crate::ui::page::{Title, Width, back, panel, section};
use crate::ui::text;

/// Fields of a form that are read.
const FIELDS: usize = 8;
const PROBLEM: &str = "There is a problem";
const NO_REASON: &str =
    "Give a reason: one line of 1 to 200 characters, without card numbers or codes";

/// The answers so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    pub(super) deed: Option<Deed>,
    pub(super) subject: Option<Subject>,
    pub(super) reason: String,
    pub(super) did: String,
    wrong: bool,
}

impl Answers {
    pub(super) fn about(deed: Deed, subject: &Subject) -> Self {
        Self { deed: Some(deed), subject: Some(subject.clone()), ..Self::default() }
    }

    /// With what was done.
    pub(super) fn did(self, did: &str) -> Self {
        Self { did: did.to_owned(), ..self }
    }

    /// Reads a query or a form.
    pub(super) fn parse(text: &str) -> Self {
        let mut answers = Self::default();
        for (name, value) in form_urlencoded::parse(text.as_bytes()).take(FIELDS) {
            match &*name {
                "deed" => {
                    answers.deed = match &*value {
                        "suspend" => Some(Deed::Suspend),
                        "lift" => Some(Deed::Lift),
                        _ => None,
                    };
                }
                "subject" => answers.subject = value.parse().ok(),
                "reason" => answers.reason = one_line(&value),
                "did" => answers.did = value.into_owned(),
                "wrong" => answers.wrong = true,
                _ => {}
            }
        }
        answers
    }

    /// An address that carries them.
    pub(super) fn at(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(deed) = self.deed {
            query.append_pair("deed", code(deed));
        }
        if let Some(subject) = &self.subject {
            query.append_pair("subject", &subject.to_string());
        }
        for (name, value) in [("reason", &self.reason), ("did", &self.did)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if self.wrong {
            query.append_pair("wrong", "1");
        }
        format!("{path}?{}", query.finish())
    }

    pub(super) fn back_to_reason(&self) -> Response {
        let wrong = Self { wrong: true, ..self.clone() };
        Redirect::to(&wrong.at("/console/suspensions/why")).into_response()
    }

    fn hidden(&self) -> Markup {
        html! {
            @if let Some(deed) = self.deed { (hidden("deed", code(deed))) }
            @if let Some(subject) = &self.subject { (hidden("subject", &subject.to_string())) }
        }
    }
}

/// A text area may hold breaks; a reason is one line, no longer than it may be by far.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(2 * MAX_REASON).collect()
}

const fn code(deed: Deed) -> &'static str {
    match deed {
        Deed::Suspend => "suspend",
        Deed::Lift => "lift",
    }
}

/// What is to be suspended?
pub(in crate::console) async fn what(
    on_duty: OnDuty,
    RawQuery(query): RawQuery,
) -> Result<Markup, PageError> {
    let answers = Answers::parse(&query.unwrap_or_default());
    let switch = &on_duty.console.app.service().suspensions;
    let suspended = switch.list().await.map_err(PageError::internal)?;
    let mut subjects = switch.subjects().await.map_err(PageError::internal)?;
    subjects.retain(|subject| suspended.iter().all(|one| one.subject != *subject));
    let shown: Vec<_> = subjects.iter().map(|s| (s.to_string(), name(&on_duty, s), s)).collect();
    let choices: Vec<Choice<'_>> = shown
        .iter()
        .map(|(value, label, subject)| Choice {
            value,
            label,
            hint: hint(subject),
            aside: None,
            chosen: answers.subject.as_ref() == Some(*subject),
        })
        .collect();
    let title = "What do you want to suspend?";
    let wrong = answers.wrong.then_some("Choose what to suspend");
    let main = html! {
        (back(LIST, "Suspensions"))
        @if let Some(words) = wrong {
            (ErrorSummary { heading: PROBLEM, errors: &[("subject", words)] })
        }
        (Title { over: None, text: title, lead: None })
        form.form method="get" action="/console/suspensions/why" {
            (hidden("deed", "suspend"))
            (ChoiceGroup { name: "subject", legend: "One of these", hint: None, error: wrong, many: Many::One, choices: &choices })
            (Button { label: "Continue", ..Button::default() })
        }
    };
    Ok(on_duty.page(LIST, Width::Narrow, title, main))
}

fn hint(subject: &Subject) -> Option<&'static str> {
    match subject {
        Subject::Everything => Some("No data of any customer leaves, in any channel"),
        Subject::Purpose(_) => Some("In every channel and for every recipient"),
        Subject::Channel(_) | Subject::Recipient(_) => None,
    }
}

/// Why?
pub(in crate::console) async fn why(on_duty: OnDuty, RawQuery(query): RawQuery) -> Response {
    let answers = Answers::parse(&query.unwrap_or_default());
    let (Some(deed), Some(subject)) = (answers.deed, &answers.subject) else {
        return Redirect::to("/console/suspensions/what?wrong=1").into_response();
    };
    let called = name(&on_duty, subject);
    let title = match deed {
        Deed::Suspend => "Why do you suspend it?",
        Deed::Lift => "Why may it go on?",
    };
    let wrong = answers.wrong.then_some(NO_REASON);
    let reason = Field {
        name: "reason",
        label: "Reason",
        hint: Some(
            "One line, for colleagues and auditors. It becomes part of the signed evidence; customers do not see it",
        ),
        error: wrong,
        value: &answers.reason,
        required: true,
        lines: Some(2),
        ..Field::default()
    };
    let main = html! {
        (back(if deed == Deed::Lift { LIST } else { "/console/suspensions/what" }, "Back"))
        @if let Some(words) = wrong {
            (ErrorSummary { heading: PROBLEM, errors: &[("reason", words)] })
        }
        (Title { over: Some(&called), text: title, lead: None })
        form.form method="get" action="/console/suspensions/check" {
            (answers.hidden())
            (reason)
            (Button { label: "Continue", ..Button::default() })
        }
    };
    on_duty.page(LIST, Width::Narrow, title, main).into_response()
}

/// Check your answers.
pub(in crate::console) async fn check(on_duty: OnDuty, RawQuery(query): RawQuery) -> Response {
    let answers = Answers::parse(&query.unwrap_or_default());
    let (Some(deed), Some(subject)) = (answers.deed, &answers.subject) else {
        return Redirect::to("/console/suspensions/what?wrong=1").into_response();
    };
    let length = answers.reason.chars().count();
    if !(1..=MAX_REASON).contains(&length) {
        return answers.back_to_reason();
    }
    let (title, label, kind) = match deed {
        Deed::Suspend => ("Check before you suspend it", "Suspend it now", Kind::Danger),
        Deed::Lift => ("Check before it goes on", "Let it go on now", Kind::Primary),
    };
    let icon = Some(if deed == Deed::Lift { Icon::Play } else { Icon::Hand });
    let main = html! {
        (back(&answers.at("/console/suspensions/why"), "Back"))
        (Title { over: None, text: title, lead: None })
        (panel(&answered(&on_duty, &answers, deed, subject)))
        (section("What happens", &ticks(true, consequences(deed))))
        form method="post" action=(LIST) {
            (answers.hidden())
            (hidden("reason", &answers.reason))
            (row(&html! {
                (Button { label, kind, icon, sends: None })
                (LinkButton { href: LIST, label: "Cancel", kind: Kind::Secondary, icon: None })
            }))
        }
        @if !on_duty.operator.is_fresh(on_duty.console.now()) {
            p.hint { "You will be asked for your passkey first, and then see this page again." }
        }
    };
    on_duty.page(LIST, Width::Narrow, title, main).into_response()
}

fn answered(on_duty: &OnDuty, answers: &Answers, deed: Deed, subject: &Subject) -> Markup {
    let (what, why) =
        (answers.at("/console/suspensions/what"), answers.at("/console/suspensions/why"));
    let called = name(on_duty, subject);
    let changes = deed == Deed::Suspend;
    summary(&[
        SummaryRow {
            key: if changes { "Suspend" } else { "Let go on" },
            value: text::name(&called),
            change: changes.then_some((what.as_str(), "Change", "what is suspended")),
        },
        SummaryRow {
            key: "Reason",
            value: text::name(&answers.reason),
            change: Some((why.as_str(), "Change", "the reason")),
        },
        SummaryRow { key: "By", value: text::name(&on_duty.operator.name), change: None },
    ])
}

fn consequences(deed: Deed) -> &'static [&'static str] {
    match deed {
        Deed::Suspend => &[
            "From that moment nothing of it leaves, on any node. An answer that is on its way is not sent.",
            "Customers read in the chat and among their permissions that their bank has paused this.",
            "What customers allowed stands. They can still take it back.",
            "A signed statement with your name stays in the log.",
        ],
        Deed::Lift => &[
            "What customers allowed works again from that moment.",
            "A signed statement with your name stays in the log.",
        ],
    }
}
