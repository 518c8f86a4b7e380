//! The disclosure log: every time something of hers left or was refused, what she allowed and took
//! back. The sentence first; the bytes and the proof one tap behind it.

mod detail;
mod sentence;
mod verify;

use axum::extract::RawQuery;
use bankside_domain::Date;
use bankside_language::Msg;
use bankside_service::log::{Disclosure, Kind, LogFilter, LogPage};
use maud::{Markup, Render, html};
use url::form_urlencoded;

pub(super) use detail::page as entry;
pub(super) use sentence::{icon, sentence, tags, what};
pub(super) use verify::{export, file, proof, verify};

use crate::app::{PageError, Signed};
use crate::ui::disclosure::{Day, Entry};
use crate::ui::form::Select;
use crate::ui::icon::Icon;
use crate::ui::nav::{FilterBar, Pages};
use crate::ui::notice::{Empty, Tag};
use crate::ui::page::{Title, panel};

/// Entries on a page.
const PAGE: usize = 20;
/// Longest search, in characters.
const MAX_QUERY: usize = 80;

/// Kinds that can be filtered for, by the code that the address carries.
const KINDS: [(&str, Kind, Msg<'static>); 5] = [
    ("disclose", Kind::Disclose, Msg::LogKindShown),
    ("grant", Kind::Grant, Msg::LogKindAllowed),
    ("change", Kind::Change, Msg::LogKindChanged),
    ("revoke", Kind::Revoke, Msg::LogKindEnded),
    ("channel_linked", Kind::ChannelLinked, Msg::LogKindChats),
];

/// What she looks for.
#[derive(Clone, Debug, Default)]
struct Wanted {
    text: String,
    party: String,
    kind: String,
    before: Option<i64>,
}

impl Wanted {
    fn parse(query: &str) -> Self {
        let mut wanted = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).take(8) {
            let value: String = value.trim().chars().take(MAX_QUERY).collect();
            match &*name {
                "q" => wanted.text = value,
                "party" => wanted.party = value,
                "kind" => wanted.kind = value,
                "before" => wanted.before = value.parse().ok(),
                _ => {}
            }
        }
        wanted
    }

    fn filter(&self) -> LogFilter {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        LogFilter {
            party: given(&self.party),
            kind: KINDS.iter().find(|(code, ..)| *code == self.kind).map(|(_, kind, _)| *kind),
            purpose: None,
            text: given(&self.text),
        }
    }

    fn is_filtered(&self) -> bool {
        !(self.text.is_empty() && self.party.is_empty() && self.kind.is_empty())
    }

    /// The address of this search, from `before` on.
    fn at(&self, signed: &Signed, before: Option<i64>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let before = before.map(|n| n.to_string()).unwrap_or_default();
        for (name, value) in
            [("q", &self.text), ("party", &self.party), ("kind", &self.kind), ("before", &before)]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("{}?{}", signed.here.at("/log"), query.finish())
    }
}

pub(super) async fn page(signed: Signed, RawQuery(query): RawQuery) -> Result<Markup, PageError> {
    let wanted = Wanted::parse(query.as_deref().unwrap_or_default());
    let log = &signed.here.app.service().log;
    let before = wanted.before.unwrap_or(i64::MAX);
    let found = log.search(&signed.who.owner, &wanted.filter(), before, PAGE).await;
    let found = found.map_err(PageError::internal)?;
    Ok(show(&signed, &wanted, &found))
}

fn show(signed: &Signed, wanted: &Wanted, found: &LogPage) -> Markup {
    let (title, lead) = (signed.text(Msg::LogTitle), signed.text(Msg::LogIntro));
    let main = html! {
        (Title { over: None, text: &title, lead: Some(&lead) })
        p { a href=(signed.here.at("/platforms")) { (signed.text(Msg::PageLearntTitle)) } }
        (filter(signed, wanted))
        @if found.entries.is_empty() { (nothing(signed, wanted)) }
        (days(signed, &found.entries))
        (turn(signed, wanted, found))
    };
    signed.frame("/log").page(&title, main)
}

fn filter(signed: &Signed, wanted: &Wanted) -> Markup {
    let any = signed.text(Msg::LogAny);
    let channels = signed.here.app.service().channels.iter().chain(&signed.assistants);
    let parties: Vec<_> = std::iter::once(("", any.as_str()))
        .chain(channels.map(|party| (party.id.as_str(), party.name.as_str())))
        .collect();
    let words = KINDS.map(|(code, _, msg)| (code, signed.text(msg)));
    let kinds: Vec<_> = std::iter::once(("", any.as_str()))
        .chain(words.iter().map(|(code, text)| (*code, text.as_str())))
        .collect();
    let (who, what) = (signed.text(Msg::LogFilterParty), signed.text(Msg::LogFilterKind));
    let fields = html! {
        (Select { name: "party", label: &who, options: &parties, chosen: &wanted.party })
        (Select { name: "kind", label: &what, options: &kinds, chosen: &wanted.kind })
    };
    let clear = (signed.here.at("/log"), signed.text(Msg::ButtonClearFilter));
    let set = [(clear.0.as_str(), clear.1.as_str())];
    let bar = FilterBar {
        action: &signed.here.at("/log"),
        label: &signed.text(Msg::LogSearch),
        query: &wanted.text,
        submit: &signed.text(Msg::ButtonSearch),
        filters: Some((&format!("{who} · {what}"), fields)),
        open: !(wanted.party.is_empty() && wanted.kind.is_empty()),
        set: if wanted.is_filtered() { &set } else { &[] },
    };
    bar.render()
}

fn nothing(signed: &Signed, wanted: &Wanted) -> Markup {
    let title = if wanted.is_filtered() { Msg::LogNoneFound } else { Msg::LogNone };
    let empty = Empty { icon: Icon::Inbox, title: &signed.text(title), text: "", action: None };
    panel(&empty.render())
}

/// Entries under their days, newest first.
pub(super) fn days(signed: &Signed, entries: &[Disclosure]) -> Markup {
    let formats = signed.formats();
    let mut days: Vec<(Date, Vec<&Disclosure>)> = Vec::new();
    for entry in entries {
        let date = entry.at.date_in(&signed.zone);
        match days.last_mut() {
            Some((day, of_it)) if *day == date => of_it.push(entry),
            _ => days.push((date, vec![entry])),
        }
    }
    html! {
        @for (date, entries) in &days {
            @let heading = format!("{}, {}", formats.weekday(*date), formats.date_long(*date));
            (day(signed, &heading, entries))
        }
    }
}

fn day(signed: &Signed, heading: &str, entries: &[&Disclosure]) -> Markup {
    let formats = signed.formats();
    let words: Vec<_> = entries
        .iter()
        .map(|entry| {
            let href = signed.here.at(&format!("/log/{}", entry.receipt));
            (entry, href, formats.time(entry.at), entry.at.to_string(), tags(signed, &entry.record))
        })
        .collect();
    let tags: Vec<Vec<Tag<'_>>> =
        words.iter().map(|w| w.4.iter().map(|t| t.tag()).collect()).collect();
    let entries = words
        .iter()
        .zip(&tags)
        .map(|((entry, href, shown, machine, _), tags)| Entry {
            sentence: html! { (sentence(signed, entry)) },
            href,
            icon: icon(&entry.record),
            at: (machine, shown),
            receipt: &entry.receipt,
            tags,
        })
        .collect();
    Day { heading, entries }.render()
}

fn turn(signed: &Signed, wanted: &Wanted, found: &LogPage) -> Markup {
    if wanted.before.is_none() && found.next.is_none() {
        return html! {};
    }
    let formats = signed.formats();
    let date = |entry: Option<&Disclosure>| entry.map(|e| e.at.date_in(&signed.zone));
    let place = match (date(found.entries.last()), date(found.entries.first())) {
        (Some(from), Some(last)) => formats.days(from, last),
        _ => String::new(),
    };
    let newest = wanted.before.map(|_| (wanted.at(signed, None), signed.text(Msg::LogNewer)));
    let older = found.next.map(|next| (wanted.at(signed, Some(next)), signed.text(Msg::LogOlder)));
    let pages = Pages {
        label: &signed.text(Msg::LogTitle),
        previous: newest.as_ref().map(|(href, words)| (href.as_str(), words.as_str())),
        place: &place,
        next: older.as_ref().map(|(href, words)| (href.as_str(), words.as_str())),
    };
    pages.render()
}
