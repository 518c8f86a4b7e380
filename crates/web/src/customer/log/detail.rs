//! One entry: the very bytes, what was left out and why, under which consent and rules.

use axum::extract::Path;
use bankside_domain::Purpose;
use bankside_domain::consent::Consent;
use bankside_language::Msg;
use bankside_language::catalogue;
use bankside_service::log::{Disclosure, Kind, LogError};
use maud::{Markup, html};

use super::sentence::{domain_level, known, party_name, said, sentence, what};
use crate::app::{PageError, Signed};
use crate::ui::button::{CopyButton, Kind as Weight, LinkButton, row};
use crate::ui::disclosure::raw_bytes;
use crate::ui::icon::Icon;
use crate::ui::list::{definitions, ticks};
use crate::ui::page::{Title, back, panel, section};
use crate::ui::text;

/// Mark of the classes left out, in a record's reason.
const WITHHELD: &str = "withheld: ";
/// Longest receipt number that is looked up, in bytes.
const MAX_RECEIPT: usize = 40;

/// One of hers by its receipt number; somebody else's is not there.
pub(super) async fn read(signed: &Signed, receipt: &str) -> Result<Disclosure, PageError> {
    if receipt.len() > MAX_RECEIPT {
        return Err(PageError::NotFound);
    }
    let entry = signed.here.app.service().log.entry(&signed.who.owner, receipt).await;
    entry.map_err(missing)
}

pub(super) fn missing(error: LogError) -> PageError {
    match error {
        LogError::Unknown => PageError::NotFound,
        other => PageError::internal(other),
    }
}

pub(in crate::customer) async fn page(
    signed: Signed,
    Path((_, receipt)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    let entry = read(&signed, &receipt).await?;
    let consent = consent(&signed, &entry).await;
    let heading = sentence(&signed, &entry);
    let over = signed.formats().moment(entry.at);
    let disclosed = entry.record.kind == Kind::Disclose;
    let main = html! {
        (back(&signed.here.at("/log"), &signed.text(Msg::LogTitle)))
        (Title { over: Some(&over), text: &heading, lead: None })
        (sent(&signed, &entry))
        @if disclosed { (withheld(&signed, &entry, consent.as_ref())) }
        (section(&signed.text(Msg::ButtonVerify), &panel(&html! {
            p { (signed.text(Msg::LogVerifyIntro)) }
            (row(&html! {
                (LinkButton { href: &signed.here.at(&format!("/log/{}/verify", entry.receipt)), label: &signed.text(Msg::ButtonVerify), kind: Weight::Primary, icon: Some(Icon::ShieldCheck) })
                (LinkButton { href: &signed.here.at(&format!("/log/{}/proof", entry.receipt)), label: &signed.text(Msg::LogProofDownload), kind: Weight::Secondary, icon: Some(Icon::Download) })
            }))
        })))
        (facts(&signed, &entry))
    };
    Ok(signed.frame("/log").page(&heading, main))
}

/// The consent that the entry names, if it is still kept.
async fn consent(signed: &Signed, entry: &Disclosure) -> Option<Consent> {
    let id = entry.record.consent.as_ref()?.id.parse().ok()?;
    signed.here.app.service().consents.get(&signed.who.owner, id).await.ok()
}

/// The words as they were read, and the very bytes behind them.
fn sent(signed: &Signed, entry: &Disclosure) -> Markup {
    let disclosed = entry.record.kind == Kind::Disclose;
    let size = signed.text(Msg::LogDetailSize { count: entry.body.len() });
    let caption = signed.text(if disclosed { Msg::LogDetailBytes } else { Msg::LogDetailRecorded });
    let bytes = String::from_utf8_lossy(&entry.body);
    let content = html! {
        @if let Some(words) = said(entry) { p.strong dir="auto" { (words) } }
        (raw_bytes(&format!("{caption} · {size}"), &bytes))
    };
    section(&signed.text(Msg::LogDetailTitle), &panel(&content))
}

/// What was left out and why.
fn withheld(signed: &Signed, entry: &Disclosure, consent: Option<&Consent>) -> Markup {
    let record = &entry.record;
    let reason = record.reason.as_deref().unwrap_or_default();
    let Some(codes) = reason.strip_prefix(WITHHELD) else {
        let none = signed.text(Msg::LogDetailWithheldNone);
        let refused = html! { p.soft { (if reason.is_empty() { &none } else { reason }) } };
        return section(&signed.text(Msg::LogDetailWithheld), &panel(&refused));
    };
    let (party, bank) = (party_name(signed, record), signed.here.bank.name.as_str());
    let level = record.level.map(domain_level);
    let by_channel = known(signed, record).is_some_and(|p| Some(p.ceiling.level()) <= level);
    let by_her = consent.is_some_and(|c| c.terms().clusters().values().any(|l| Some(*l) == level));
    let why = signed.text(if by_channel || level.is_none() {
        Msg::LogDetailWithheldChannel { party: &party }
    } else if by_her {
        Msg::LogDetailWithheldConsent
    } else {
        Msg::LogDetailWithheldPolicy { bank }
    });
    let lines: Vec<_> = codes.split(' ').map(|code| what(signed, &[code.to_owned()])).collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let content = html! { (ticks(false, &lines)) p.soft { (why) } };
    section(&signed.text(Msg::LogDetailWithheld), &panel(&content))
}

fn facts(signed: &Signed, entry: &Disclosure) -> Markup {
    let record = &entry.record;
    let words = |msg: Msg<'_>| signed.text(msg);
    let moment = signed.formats().moment(entry.at);
    let mut facts = vec![
        (words(Msg::LogDetailReceipt), text::ident(&entry.receipt)),
        (words(Msg::LogDetailTime), text::moment(&entry.at.to_string(), &moment)),
        (words(Msg::PageConsentWho), text::name(&party_name(signed, record))),
    ];
    let purpose = record.purpose.as_deref().and_then(|code| code.parse::<Purpose>().ok());
    if let Some(purpose) = purpose {
        let purpose = words(catalogue::purpose(purpose));
        facts.push((words(Msg::LogDetailPurpose), html! { (purpose) }));
    }
    if let Some(level) = record.level {
        let level = words(catalogue::level(domain_level(level)));
        facts.push((words(Msg::LogDetailLevel), html! { (level) }));
    }
    if let Some(consent) = &record.consent {
        let number = consent.version.to_string();
        let short = consent.id.rsplit('-').next().unwrap_or_default();
        let id = text::isolated(short);
        let version = words(Msg::LogDetailVersion { id: &id, number: &number });
        facts.push((words(Msg::LogDetailConsent), html! { (version) }));
    }
    if let Some(policy) = &record.policy {
        let policy = policy.to_string();
        facts.push((words(Msg::LogDetailPolicy), html! { code dir="ltr" { (policy) } }));
    }
    facts.push((words(Msg::LogDetailBuild), text::ident(&record.build)));
    let lines: Vec<_> = facts.iter().map(|(term, value)| (term.as_str(), value.clone())).collect();
    panel(&html! {
        (definitions(&lines))
        (CopyButton { text: &entry.receipt, label: &words(Msg::ButtonCopy), done: &words(Msg::ButtonCopied) })
    })
}
