//! One consent as she sees it: who, what, of which accounts, how it was used, until when, and what
//! she can do about it.

use bankside_domain::Timestamp;
use bankside_domain::account::Account;
use bankside_domain::consent::{Consent, Duration, State};
use bankside_domain::time::DAY_MS;
use bankside_language::Msg;
use bankside_language::catalogue;
use bankside_service::consents::Connection;
use bankside_service::suspension::Suspended;
use maud::{Markup, Render, html};

use crate::app::Signed;
use crate::customer::consent::lines;
use crate::ui::button::{Button, Kind, LinkButton};
use crate::ui::list::definitions;
use crate::ui::notice::{Banner, Tag, Tone};
use crate::ui::text;

/// From so many days before its end on, a consent is marked.
const SOON_DAYS: i64 = 14;

/// The whole card.
pub(super) fn show(
    signed: &Signed,
    connection: &Connection,
    accounts: &[Account],
    suspended: &[Suspended],
) -> Markup {
    let consent = &connection.consent;
    let terms = consent.terms();
    let (tone, label) = state(signed, consent);
    let stopped = suspended.iter().any(|s| s.subject.stops(terms.party(), terms.purpose()));
    html! {
        article.panel id={ "c-" (consent.id()) } {
            div.split {
                div {
                    h2 { (text::name(&terms.party().name)) }
                    p.soft { (signed.text(catalogue::purpose(terms.purpose()))) }
                }
                (Tag { label: &label, tone, icon: None })
            }
            @if stopped { (paused_by_the_bank(signed)) }
            (facts(signed, connection, accounts))
            (acts(signed, consent))
        }
    }
}

/// What she allowed still stands, and yet nothing leaves: the bank stopped it for everybody.
fn paused_by_the_bank(signed: &Signed) -> Markup {
    let bank = signed.here.bank.name.as_str();
    let title = signed.text(Msg::ErrorSuspended { bank });
    Banner { tone: Tone::Warn, title: &title, body: None }.render()
}

fn facts(signed: &Signed, connection: &Connection, accounts: &[Account]) -> Markup {
    let consent = &connection.consent;
    let terms = consent.terms();
    let chosen = accounts.iter().filter(|account| terms.accounts().contains(&account.id));
    let names = html! {
        @for account in chosen {
            p { (text::name(account.nickname.reveal())) " " (text::ident(&format!("••{}", account.number.tail(2)))) }
        }
    };
    let count = usize::try_from(connection.uses).unwrap_or(0);
    let last = match connection.last_used {
        Some(at) => moment(signed, at),
        None => html! { (signed.text(Msg::DateNever)) },
    };
    let words = |msg: Msg<'_>| signed.text(msg);
    let date = until(signed, consent);
    html! {
        (definitions(&[
            (&words(Msg::LogFilterKind), lines(signed, terms.clusters())),
            (&words(Msg::NavAccounts), names),
            (&words(Msg::LogFilterTo), html! { (words(Msg::PageConnectionsExpiry { date: &date })) }),
        ]))
        p.soft.small {
            (words(Msg::PageConnectionsCount { count }))
            @if connection.last_used.is_some() { " · " (last) }
        }
    }
}

fn moment(signed: &Signed, at: Timestamp) -> Markup {
    let shown = signed.formats().moment(at);
    let words = signed.text(Msg::PageConnectionsLast { time: &shown });
    text::moment(&at.to_string(), &words)
}

/// What she can do. Ending is one tap.
fn acts(signed: &Signed, consent: &Consent) -> Markup {
    let at = |path: &str| signed.here.at(&format!("/connections/{}{path}", consent.id()));
    let words = |msg: Msg<'_>| signed.text(msg);
    let button = |label: &str, act: &'static str| {
        html! { (Button { label, kind: Kind::Secondary, icon: None, sends: Some(("act", act)) }) }
    };
    let link = |path: &str, label: &str| {
        html! { (LinkButton { href: &at(path), label, kind: Kind::Secondary, icon: None }) }
    };
    let (given, paused) = match consent.state() {
        State::Authorised { paused, .. } => (true, paused.is_some()),
        _ => (false, false),
    };
    let renews = given && consent.terms().duration() != Duration::Once;
    html! {
        form.button-cluster method="post" action=(at("")) {
            @if given && paused { (button(&words(Msg::ButtonResume), "resume")) }
            @if given && !paused { (button(&words(Msg::ButtonPause), "pause")) }
            @if given { (link("/narrow", &words(Msg::ButtonNarrow))) }
            @if renews { (link("/renew", &words(Msg::ButtonRenew))) }
            (button(&words(Msg::ButtonRevoke), "end"))
        }
    }
}

/// The state in a word or two, and what it means.
pub(super) fn state(signed: &Signed, consent: &Consent) -> (Tone, String) {
    let now = signed.here.app.service().clock.now();
    match consent.state() {
        State::Authorised { until, .. } if *until <= now => {
            (Tone::Neutral, signed.text(Msg::StateExpired))
        }
        State::Authorised { paused: None, until, .. }
            if until.millis_since(now) < SOON_DAYS * DAY_MS =>
        {
            let left = until.millis_since(now).saturating_add(DAY_MS - 1) / DAY_MS;
            let days = usize::try_from(left).unwrap_or(0);
            (Tone::Warn, signed.text(Msg::DateDaysLeft { days }))
        }
        State::Authorised { paused: None, .. } => {
            (Tone::Ok, signed.text(catalogue::consent_state(consent.state())))
        }
        State::Authorised { .. } | State::AwaitingAuthorisation { .. } => {
            (Tone::Warn, signed.text(catalogue::consent_state(consent.state())))
        }
        _ => (Tone::Neutral, signed.text(catalogue::consent_state(consent.state()))),
    }
}

/// The day on which it ends or ended.
pub(super) fn until(signed: &Signed, consent: &Consent) -> String {
    let at = match consent.state() {
        State::AwaitingAuthorisation { answer_by } => *answer_by,
        State::Authorised { until, .. } => *until,
        State::Rejected { at }
        | State::Revoked { at, .. }
        | State::Expired { at }
        | State::Consumed { at } => *at,
    };
    signed.formats().date(at.date_in(&signed.zone))
}
