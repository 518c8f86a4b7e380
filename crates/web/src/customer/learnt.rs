//! What each platform has learnt: by channel, what was shown there, the very messages, and what of it
//! can still be taken back. One button asks for all of that.

mod message;

use std::collections::BTreeMap;

use axum::extract::RawQuery;
use axum::response::Response;
use bankside_domain::Party;
use bankside_language::{Msg, catalogue as names};
use bankside_service::channels::{Chance, SentThere, Why, Wish};
use bankside_service::log::Tally;
use maud::{Markup, Render, html};

use super::consent::redirect;
use super::log::what;
use crate::app::{PageError, Signed};
use crate::ui::button::{Button, Kind, row};
use crate::ui::icon::Icon;
use crate::ui::list::{Row, definitions, details, rows};
use crate::ui::notice::{Banner, Empty, Tone};
use crate::ui::page::{Title, panel, section};
use crate::ui::text;

/// Messages of one chat that are shown.
const SHOWN: i64 = 100;
/// Where the page is.
const PATH: &str = "/platforms";

/// What the page shows.
struct Learnt {
    tallies: BTreeMap<String, Tally>,
    sent: Vec<SentThere>,
    wishes: Vec<Wish>,
}

impl Learnt {
    async fn read(signed: &Signed) -> Result<Self, PageError> {
        let (service, owner) = (signed.here.app.service(), &signed.who.owner);
        let sent = service.retractions.sent(owner, SHOWN).await;
        let wishes = service.retractions.wishes(owner.customer).await;
        Ok(Self {
            tallies: service.log.tally(owner).await.map_err(PageError::internal)?,
            sent: sent.map_err(PageError::internal)?,
            wishes: wishes.map_err(PageError::internal)?,
        })
    }

    /// Whether anything is there that can be taken back.
    fn can_be(&self) -> bool {
        let mut parts = self.sent.iter().flat_map(|there| &there.parts);
        parts.any(|part| matches!(part.chance, Chance::Open { .. }))
    }
}

pub(super) async fn page(signed: Signed, RawQuery(query): RawQuery) -> Result<Markup, PageError> {
    let learnt = Learnt::read(&signed).await?;
    let asked = query.as_deref().and_then(|query| query.strip_prefix("asked="));
    Ok(show(&signed, &learnt, asked.and_then(|count| count.parse().ok())))
}

/// Asks for everything that can be taken back.
pub(super) async fn take_back(signed: Signed) -> Result<Response, PageError> {
    signed.here.app.limits().act(signed.who.session.customer)?;
    let asked = signed.here.app.service().retractions.ask(&signed.who.owner).await;
    let asked = asked.map_err(PageError::internal)?.asked;
    Ok(redirect(&signed.here.at(&format!("{PATH}?asked={asked}"))))
}

fn show(signed: &Signed, learnt: &Learnt, asked: Option<usize>) -> Markup {
    let (title, lead) = (signed.text(Msg::PageLearntTitle), signed.text(Msg::PageLearntIntro));
    let parties = signed.here.app.service().channels.iter();
    let known: Vec<_> = parties.filter(|party| is_there(learnt, party)).collect();
    let main = html! {
        (banner(signed, asked))
        (Title { over: None, text: &title, lead: Some(&lead) })
        @if learnt.can_be() { (ask(signed)) }
        @if known.is_empty() { (nobody(signed)) }
        @for party in known { (platform(signed, learnt, party)) }
        @if !learnt.wishes.is_empty() { (outcomes(signed, &learnt.wishes)) }
    };
    signed.frame("/connections").page(&title, main)
}

fn is_there(learnt: &Learnt, party: &Party) -> bool {
    learnt.tallies.contains_key(&party.id)
        || learnt.sent.iter().any(|there| there.channel == party.id && !there.parts.is_empty())
}

fn banner(signed: &Signed, asked: Option<usize>) -> Markup {
    let (tone, title) = match asked {
        None => return html! {},
        Some(0) => (Tone::Info, signed.text(Msg::PageLearntDoneNone)),
        Some(count) => (Tone::Ok, signed.text(Msg::PageLearntDone { count })),
    };
    Banner { tone, title: &title, body: None }.render()
}

fn nobody(signed: &Signed) -> Markup {
    let title = signed.text(Msg::PageLearntNone);
    panel(&Empty { icon: Icon::ShieldCheck, title: &title, text: "", action: None }.render())
}

fn ask(signed: &Signed) -> Markup {
    let label = signed.text(Msg::PageLearntButton);
    html! {
        form.panel method="post" action=(signed.here.at(PATH)) {
            p { (signed.text(Msg::PageLearntNote)) }
            (row(&html! {
                (Button { label: &label, kind: Kind::Primary, icon: Some(Icon::History), sends: None })
            }))
        }
    }
}

fn platform(signed: &Signed, learnt: &Learnt, party: &Party) -> Markup {
    let ceiling = signed.text(names::ceiling(party.ceiling));
    let there = learnt.sent.iter().filter(|there| there.channel == party.id);
    html! {
        article.panel id={ "p-" (party.id) } {
            div { h2 { (text::name(&party.name)) } p.soft { (ceiling) } }
            h3 { (signed.text(Msg::PageLearntKinds)) }
            (kinds(signed, learnt.tallies.get(&party.id)))
            @for chat in there.filter(|there| !there.parts.is_empty()) { (messages(signed, chat)) }
        }
    }
}

/// Classes and how often each was shown.
fn kinds(signed: &Signed, tally: Option<&Tally>) -> Markup {
    let Some(tally) = tally.filter(|tally| tally.disclosures > 0) else {
        return html! { p.soft { (signed.text(Msg::PageLearntNothing)) } };
    };
    let lines: Vec<_> = tally
        .fields
        .iter()
        .map(|(code, count)| {
            let word = what(signed, std::slice::from_ref(code));
            (text::capital(&word), signed.text(Msg::PageLearntTimes { count: *count }))
        })
        .collect();
    let lines: Vec<_> =
        lines.iter().map(|(word, count)| (word.as_str(), text::amount(count))).collect();
    definitions(&lines)
}

fn messages(signed: &Signed, there: &SentThere) -> Markup {
    let newest = there.is_more.then(|| {
        let count = there.parts.len();
        signed.text(Msg::PageLearntNewest { count })
    });
    let list = html! {
        @if let Some(words) = newest { p.soft.small { (words) } }
        ul.sent-list { @for part in &there.parts { li { (message::show(signed, part)) } } }
    };
    details(&signed.text(Msg::PageLearntMessages), &list)
}

/// What became of earlier wishes, also about chats that are gone.
fn outcomes(signed: &Signed, wishes: &[Wish]) -> Markup {
    let words: Vec<_> = wishes
        .iter()
        .map(|wish| {
            let party = name(signed, &wish.channel);
            let party = party.as_str();
            let title = signed.text(match wish.why {
                Why::Asked => Msg::PageLearntWishAsked { party },
                Why::Unlinked => Msg::PageLearntWishUnlinked { party },
                Why::Cleared => Msg::PageLearntWishCleared { party },
            });
            (title, counted(signed, wish), signed.formats().moment(wish.at))
        })
        .collect();
    let list: Vec<_> = words
        .iter()
        .map(|(title, counts, at)| Row {
            icon: Some(Icon::History),
            title,
            text: counts,
            aside: Some(html! { span.soft.small { (at) } }),
            ..Row::default()
        })
        .collect();
    section(&signed.text(Msg::PageLearntWishes), &rows(&list))
}

fn counted(signed: &Signed, wish: &Wish) -> String {
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    let counts = [
        (wish.taken, Msg::PageLearntCountTaken { count: count(wish.taken) }),
        (wish.open, Msg::PageLearntCountOpen { count: count(wish.open) }),
        (wish.kept, Msg::PageLearntCountKept { count: count(wish.kept) }),
    ];
    let told = counts.into_iter().filter(|(n, _)| *n > 0).map(|(_, msg)| signed.text(msg));
    told.collect::<Vec<_>>().join(" · ")
}

fn name(signed: &Signed, channel: &str) -> String {
    let known = signed.here.app.service().channels.iter().find(|party| party.id == channel);
    known.map_or_else(|| channel.to_owned(), |party| party.name.clone())
}
