//! The questions of a consent, as form fields: which accounts, for how long, what and how much.

use std::collections::BTreeSet;

use bankside_domain::account::Account;
use bankside_domain::consent::Duration;
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::id::AccountId;
use bankside_domain::party::Ceiling;
use bankside_language::Msg;
use bankside_language::catalogue;
use maud::{Markup, Render, html};

use super::choices::{Choices, DAYS, lasts_code};
use super::offer::{Offer, Wrong, level_words, levels};
use crate::app::Signed;
use crate::ui::form::{Choice, ChoiceGroup, ErrorSummary, Many, Select};
use crate::ui::icon::Icon;
use crate::ui::list::{Row, details, rows};
use crate::ui::text;

/// Who asks, and whether somebody can read along.
pub(crate) fn who(signed: &Signed, offer: &Offer) -> Markup {
    let icon = match offer.party.ceiling {
        Ceiling::BankOwned => Icon::Landmark,
        Ceiling::EndToEndEncrypted => Icon::Lock,
        Ceiling::Spoken => Icon::Mic,
        Ceiling::PlatformReadable | Ceiling::Assistant => Icon::Eye,
    };
    let ceiling = signed.text(catalogue::ceiling(offer.party.ceiling));
    rows(&[Row { icon: Some(icon), title: &offer.party.name, text: &ceiling, ..Row::default() }])
}

/// What is wrong, first thing on the page.
pub(crate) fn errors(signed: &Signed, wrong: &[Wrong]) -> Markup {
    let words: Vec<_> = wrong.iter().map(|w| (w.field(), signed.text(w.msg()))).collect();
    let errors: Vec<_> = words.iter().map(|(field, text)| (*field, text.as_str())).collect();
    html! {
        @if !errors.is_empty() {
            (ErrorSummary { heading: &signed.text(Msg::ErrorSummary), errors: &errors })
        }
    }
}

/// The title of the browser's window, which says so when something is wrong.
pub(crate) fn window(signed: &Signed, wrong: &[Wrong], title: &str) -> String {
    if wrong.is_empty() {
        return title.to_owned();
    }
    format!("{}: {title}", signed.text(Msg::ErrorSummary))
}

/// Which accounts. None is chosen for her.
pub(crate) fn accounts<'a>(
    signed: &Signed,
    all: impl Iterator<Item = &'a Account>,
    chosen: &BTreeSet<AccountId>,
    wrong: &[Wrong],
) -> Markup {
    let all: Vec<_> = all
        .map(|account| {
            let tail = format!("••{}", account.number.tail(2));
            let kind = signed.text(catalogue::account_kind(account.kind));
            (account, account.id.to_string(), tail, kind)
        })
        .collect();
    let choices: Vec<_> = all
        .iter()
        .map(|(account, id, tail, kind)| Choice {
            value: id,
            label: account.nickname.reveal(),
            hint: Some(kind),
            aside: Some(tail),
            chosen: chosen.contains(&account.id),
        })
        .collect();
    let error = wrong.contains(&Wrong::Account);
    let error = error.then(|| signed.text(Msg::PageConsentChooseAccount));
    let group = ChoiceGroup {
        name: "account",
        legend: &signed.text(Msg::PageConsentAccounts),
        hint: Some(&signed.text(Msg::PageConsentAccountsHint)),
        error: error.as_deref(),
        many: Many::Any,
        choices: &choices,
    };
    group.render()
}

/// For how long, up to `most`.
pub(crate) fn length(signed: &Signed, most: Duration, chosen: Duration) -> Markup {
    let days = match most {
        Duration::Once => Vec::new(),
        Duration::Days(most) => {
            let mut days: Vec<u16> = DAYS.into_iter().filter(|d| *d < most).collect();
            days.push(most);
            days
        }
    };
    let lengths = std::iter::once(Duration::Once).chain(days.into_iter().map(Duration::Days));
    let now = signed.here.app.service().clock.now();
    let formats = signed.formats();
    let lengths: Vec<_> = lengths
        .map(|length| {
            let hint = match length {
                Duration::Once => None,
                Duration::Days(days) => {
                    let last = now.plus_days(i64::from(days)).date_in(&signed.zone);
                    let date = formats.date(last);
                    Some(signed.text(Msg::PageConnectionsExpiry { date: &date }))
                }
            };
            (length, lasts_code(length), length_words(signed, length), hint)
        })
        .collect();
    let choices: Vec<_> = lengths
        .iter()
        .map(|(length, code, label, hint)| Choice {
            value: code,
            label,
            hint: hint.as_deref(),
            aside: None,
            chosen: *length == chosen,
        })
        .collect();
    let group = ChoiceGroup {
        name: "lasts",
        legend: &signed.text(Msg::PageConsentDuration),
        hint: None,
        error: None,
        many: Many::One,
        choices: &choices,
    };
    group.render()
}

/// A length in words.
pub(crate) fn length_words(signed: &Signed, length: Duration) -> String {
    signed.text(match length {
        Duration::Once => Msg::PageConsentOnce,
        Duration::Days(days) => Msg::PageConsentDays { days: usize::from(days) },
    })
}

/// What and how much of each kind of data.
pub(crate) fn kinds(signed: &Signed, offer: &Offer, choices: &Choices, wrong: &[Wrong]) -> Markup {
    let error = wrong.contains(&Wrong::Data);
    html! {
        fieldset.field.choices.field-wrong[error] id="see" {
            legend.label { (signed.text(Msg::PageConsentWhat)) }
            @if error {
                p.error { (Icon::CircleAlert) span { (signed.text(Msg::PageConsentChooseData)) } }
            }
            div.panel {
                @for (cluster, most) in &offer.most {
                    (kind(signed, *cluster, *most, choices))
                }
                (meanings(signed))
            }
        }
    }
}

fn kind(signed: &Signed, cluster: Cluster, most: Level, choices: &Choices) -> Markup {
    let name = format!("see-{}", cluster.code());
    let words: Vec<_> = levels(cluster, most)
        .into_iter()
        .rev()
        .map(|level| (level.code(), signed.text(level_words(cluster, level))))
        .collect();
    let none = signed.text(Msg::LevelNone);
    let mut options: Vec<_> = words.iter().map(|(code, text)| (*code, text.as_str())).collect();
    options.push(("none", &none));
    let chosen = match choices.see.get(&cluster) {
        None => most.code(),
        Some(None) => "none",
        Some(Some(level)) => (*level).min(most).code(),
    };
    let select = Select {
        name: &name,
        label: &text::capital(&signed.text(catalogue::cluster(cluster))),
        options: &options,
        chosen,
    };
    select.render()
}

fn meanings(signed: &Signed) -> Markup {
    let content = html! {
        dl.definitions {
            @for level in Level::ALL {
                div {
                    dt { (signed.text(catalogue::level(level))) }
                    dd { (signed.text(catalogue::level_hint(level))) }
                }
            }
        }
    };
    details(&signed.text(Msg::PageConsentLevels), &content)
}

/// How far back, up to the longest that may be.
pub(crate) fn history(signed: &Signed, offer: &Offer, chosen: u16) -> Markup {
    let mut days: Vec<u16> = DAYS.into_iter().filter(|d| *d < offer.history).collect();
    days.push(offer.history);
    let words: Vec<_> = days
        .into_iter()
        .map(|d| (d, d.to_string(), signed.text(Msg::PageConsentHistory { days: usize::from(d) })))
        .collect();
    let nearest = words.iter().map(|w| w.0).find(|d| *d >= chosen).unwrap_or(offer.history);
    let choices: Vec<_> = words
        .iter()
        .map(|(days, value, label)| Choice {
            value,
            label,
            chosen: *days == nearest,
            ..Choice::default()
        })
        .collect();
    let group = ChoiceGroup {
        name: "history",
        legend: &signed.text(Msg::PageConsentHistoryTitle),
        hint: None,
        error: None,
        many: Many::One,
        choices: &choices,
    };
    group.render()
}

/// Whether it holds while she is away.
pub(crate) fn presence(signed: &Signed, present: bool) -> Markup {
    let (always, only) =
        (signed.text(Msg::PageConsentAlways), signed.text(Msg::PageConsentPresent));
    let group = ChoiceGroup {
        name: "when",
        legend: &signed.text(Msg::PageConsentWhen),
        hint: None,
        error: None,
        many: Many::One,
        choices: &[
            Choice { value: "present", label: &only, chosen: present, ..Choice::default() },
            Choice { value: "always", label: &always, chosen: !present, ..Choice::default() },
        ],
    };
    group.render()
}
