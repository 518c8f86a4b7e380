//! The three pages of a decision: the question, the finer choices, the check before it binds.

use std::collections::{BTreeMap, BTreeSet};

use bankside_domain::consent::Terms;
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::id::AccountId;
use bankside_language::Msg;
use bankside_language::catalogue;
use maud::{Markup, html};

use super::assistant;
use super::choices::{Choices, Step};
use super::offer::{Offer, Wrong, level_words};
use super::parts;
use super::sample::Facts;
use crate::app::{PageError, Signed};
use crate::ui::button::{self, Button};
use crate::ui::form::hidden;
use crate::ui::list::{SummaryRow, summary, ticks};
use crate::ui::page::{Title, back, panel, section};
use crate::ui::text;

/// Everything that the pages show.
pub(super) struct Shown<'a> {
    pub(super) signed: &'a Signed,
    pub(super) offer: &'a Offer,
    pub(super) choices: &'a Choices,
    pub(super) facts: &'a Facts,
}

impl Shown<'_> {
    /// The question.
    pub(super) fn ask(&self, wrong: &[Wrong]) -> Result<Markup, PageError> {
        let Shown { signed, offer, choices, facts } = self;
        let title = signed.text(Msg::PageConsentTitle { party: &offer.party.name });
        let why = signed.text(catalogue::purpose_why(offer.purpose));
        let main = html! {
            (parts::errors(signed, wrong))
            (Title { over: None, text: &title, lead: Some(&why) })
            (parts::who(signed, offer))
            (assistant::unverified(signed, offer))
            form.form method="post" action=(signed.here.at("/consent")) {
                (choices.hidden(Step::Ask))
                (parts::accounts(signed, facts.accounts(), &choices.accounts, wrong))
                (parts::length(signed, offer.lasts, choices.lasts))
                (self.what())
                (self.example()?)
                (self.never())
                (self.answers(&[("allow", Msg::ButtonAllow), ("less", Msg::ButtonAllowLess), ("refuse", Msg::ButtonRefuse)]))
                p.hint { (signed.text(Msg::PageConsentBackOut)) }
            }
        };
        Ok(signed.frame("/connections").page(&parts::window(signed, wrong, &title), main))
    }

    /// The finer choices.
    pub(super) fn less(&self, wrong: &[Wrong]) -> Markup {
        let Shown { signed, offer, choices, .. } = self;
        let title = signed.text(Msg::PageConsentLessTitle { party: &offer.party.name });
        let main = html! {
            (back(&choices.at(&signed.here.at("/consent")), &signed.text(Msg::ButtonBack)))
            (parts::errors(signed, wrong))
            (Title { over: None, text: &title, lead: None })
            form.form method="post" action=(signed.here.at("/consent")) {
                (choices.hidden(Step::Less))
                (parts::kinds(signed, offer, choices, wrong))
                (parts::history(signed, offer, choices.history))
                (parts::presence(signed, choices.present))
                (self.answers(&[("finer", Msg::ButtonContinue), ("refuse", Msg::ButtonRefuse)]))
            }
        };
        signed.frame("/connections").page(&parts::window(signed, wrong, &title), main)
    }

    /// The check, before it binds.
    pub(super) fn check(&self, terms: &Terms, id: &str) -> Result<Markup, PageError> {
        let Shown { signed, offer, choices, facts } = self;
        let title = signed.text(Msg::PageConsentCheckTitle);
        let sample = facts.sample(signed, &offer.party, terms.clusters(), terms.accounts())?;
        let main = html! {
            (back(&choices.at(&signed.here.at("/consent")), &signed.text(Msg::ButtonBack)))
            (Title { over: None, text: &title, lead: None })
            (assistant::unverified(signed, offer))
            (panel(&self.summary(terms)))
            (section(&signed.text(Msg::PageConsentSample), &panel(&sample)))
            (self.never())
            form.form method="post" action=(signed.here.at("/consent")) {
                (choices.hidden(Step::Check))
                (hidden("id", id))
                (hidden("step", "check"))
                (self.answers(&[("allow", Msg::ButtonAllow), ("less", Msg::ButtonAllowLess), ("refuse", Msg::ButtonRefuse)]))
                p.hint { (signed.text(Msg::PageConsentBackOut)) }
            }
        };
        Ok(signed.frame("/connections").page(&title, main))
    }

    fn summary(&self, terms: &Terms) -> Markup {
        let Shown { signed, choices, .. } = self;
        let ask = choices.at(&signed.here.at("/consent"));
        let less = choices.at(&signed.here.at("/consent/less"));
        let change = signed.text(Msg::ButtonChange);
        let words = |msg: Msg<'_>| signed.text(msg);
        let party = terms.party();
        let accounts = words(Msg::NavAccounts);
        let (what, long) = (words(Msg::PageConsentWhat), words(Msg::PageConsentDuration));
        let (back_to, when) = (words(Msg::PageConsentHistoryTitle), words(Msg::PageConsentWhen));
        let days = usize::from(terms.history_days());
        let presence = if terms.customer_present_only() {
            Msg::PageConsentPresent
        } else {
            Msg::PageConsentAlways
        };
        summary(&[
            SummaryRow {
                key: &words(Msg::PageConsentWho),
                value: html! { (text::name(&party.name)) p.soft.small { (words(catalogue::ceiling(party.ceiling))) } },
                change: None,
            },
            SummaryRow {
                key: &words(Msg::PageConsentWhy),
                value: html! { (words(catalogue::purpose_why(terms.purpose()))) },
                change: None,
            },
            SummaryRow {
                key: &accounts,
                value: self.names(terms.accounts()),
                change: Some((&ask, &change, &accounts)),
            },
            SummaryRow {
                key: &what,
                value: lines(signed, terms.clusters()),
                change: Some((&less, &change, &what)),
            },
            SummaryRow {
                key: &long,
                value: html! { (parts::length_words(signed, terms.duration())) },
                change: Some((&ask, &change, &long)),
            },
            SummaryRow {
                key: &back_to,
                value: html! { (words(Msg::PageConsentHistory { days })) },
                change: Some((&less, &change, &back_to)),
            },
            SummaryRow {
                key: &when,
                value: html! { (words(presence)) },
                change: Some((&less, &change, &when)),
            },
        ])
    }

    fn names(&self, chosen: &BTreeSet<AccountId>) -> Markup {
        html! {
            @for account in self.facts.accounts().filter(|a| chosen.contains(&a.id)) {
                p { (text::name(account.nickname.reveal())) " " (text::ident(&format!("••{}", account.number.tail(2)))) }
            }
        }
    }

    /// What it would see, as it stands.
    fn what(&self) -> Markup {
        let levels = self.offer.levels(self.choices);
        let heading = self.signed.text(Msg::PageConsentWhat);
        section(&heading, &panel(&ticked(self.signed, &levels)))
    }

    /// The sample for the accounts chosen; before any is chosen, for the first.
    fn example(&self) -> Result<Markup, PageError> {
        let Shown { signed, offer, choices, facts } = self;
        let hers: BTreeSet<_> = facts.accounts().map(|a| a.id).collect();
        let chosen: BTreeSet<_> = choices.accounts.intersection(&hers).copied().collect();
        let levels = offer.levels(choices);
        let first = facts.accounts().next();
        let (words, accounts) = match first {
            Some(first) if chosen.is_empty() => {
                let account = first.nickname.reveal();
                (Msg::PageConsentExample { account }, BTreeSet::from([first.id]))
            }
            _ => (Msg::PageConsentSample, chosen),
        };
        let sample = facts.sample(signed, &offer.party, &levels, &accounts)?;
        Ok(section(&signed.text(words), &panel(&sample)))
    }

    fn never(&self) -> Markup {
        let list = self.signed.text(Msg::PageConsentNotSharedList);
        let heading = self.signed.text(Msg::PageConsentNotShared);
        section(&heading, &panel(&ticks(false, &[&list])))
    }

    fn answers(&self, answers: &[(&str, Msg<'static>)]) -> Markup {
        let words: Vec<_> =
            answers.iter().map(|(value, msg)| (*value, self.signed.text(*msg))).collect();
        let buttons: Vec<_> = words
            .iter()
            .map(|(value, label)| Button {
                label,
                sends: Some(("answer", value)),
                ..Button::default()
            })
            .collect();
        button::equal(&buttons)
    }
}

/// Kinds of data with their levels, ticked.
fn ticked(signed: &Signed, levels: &BTreeMap<Cluster, Level>) -> Markup {
    let lines = level_lines(signed, levels);
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    ticks(true, &lines)
}

/// Kinds of data with their levels, one a line.
pub(crate) fn lines(signed: &Signed, levels: &BTreeMap<Cluster, Level>) -> Markup {
    html! {
        ul.kinds {
            @for (cluster, level) in levels {
                li {
                    span { (text::capital(&signed.text(catalogue::cluster(*cluster)))) }
                    span { (signed.text(level_words(*cluster, *level))) }
                }
            }
        }
    }
}

fn level_lines(signed: &Signed, levels: &BTreeMap<Cluster, Level>) -> Vec<String> {
    let line = |(cluster, level): (&Cluster, &Level)| {
        let (what, level) = (catalogue::cluster(*cluster), level_words(*cluster, *level));
        text::capital(&format!("{}: {}", signed.text(what), signed.text(level)))
    };
    levels.iter().map(line).collect()
}
