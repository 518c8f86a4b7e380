//! "Verify": the entry is checked anew as a stranger would, with every value shown; and what she
//! can take home to check it where nobody of the bank is.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bankside_language::Msg;
use bankside_service::log::{Checked, Finding, LogError};
use maud::{Markup, Render, html};

use super::detail::{missing, read};
use super::sentence::sentence;
use crate::app::{PageError, Signed};
use crate::ui::button::{Kind, LinkButton, row};
use crate::ui::disclosure::{proof as steps, raw_bytes};
use crate::ui::icon::Icon;
use crate::ui::list::details;
use crate::ui::notice::{Banner, Tone};
use crate::ui::page::{Title, back, panel, section};

type Place = Path<(String, String)>;

pub(in crate::customer) async fn verify(
    signed: Signed,
    Path((_, receipt)): Place,
) -> Result<Markup, PageError> {
    let entry = read(&signed, &receipt).await?;
    let log = &signed.here.app.service().log;
    let checked = match log.check(&signed.who.owner, &entry.receipt).await {
        Ok(checked) => Some(checked),
        Err(LogError::NotYet) => None,
        Err(error) => return Err(missing(error)),
    };
    let over = sentence(&signed, &entry);
    let title = signed.text(Msg::LogProof);
    let main = html! {
        (back(&signed.here.at(&format!("/log/{}", entry.receipt)), &signed.text(Msg::LogDetailTitle)))
        (Title { over: Some(&over), text: &title, lead: None })
        (verdict(&signed, checked.as_ref()))
        @if let Some(checked) = &checked { (shown(&signed, checked)) }
        (take_home(&signed, &entry.receipt))
    };
    Ok(signed.frame("/log").page(&title, main))
}

fn verdict(signed: &Signed, checked: Option<&Checked>) -> Markup {
    let bank = &signed.here.bank;
    let (bank, phone) = (bank.name.as_str(), bank.support_phone.as_str());
    let (tone, words) = match checked {
        None => (Tone::Info, Msg::LogVerifyWaiting),
        Some(checked) if checked.holds() => (Tone::Ok, Msg::LogVerifyOk),
        Some(_) => (Tone::Danger, Msg::LogVerifyFailed { bank, phone }),
    };
    let now = signed.here.app.service().clock.now();
    let time = signed.formats().moment(now);
    let body = checked.map(|_| html! { p { (signed.text(Msg::LogChecked { time: &time })) } });
    Banner { tone, title: &signed.text(words), body }.render()
}

/// Each step with the value that it compared.
fn shown(signed: &Signed, checked: &Checked) -> Markup {
    let holds = |findings: &[Finding]| !checked.findings.iter().any(|f| findings.contains(f));
    let newest = checked.newest.map(|head| format!("{} · {}", head.seq, head.commitment.0));
    let size = checked.checkpoint.size();
    let (index, size) = (checked.entry.log_index.to_string(), size.to_string());
    let place = signed.text(Msg::LogProofPosition { index: &index, size: &size });
    let body = checked.entry.record.body.map(|hash| hash.to_string()).unwrap_or_default();
    let lines = [
        (
            holds(&[Finding::Record, Finding::Place, Finding::Receipt]),
            Msg::LogStepRecord,
            checked.commitment.0.to_string(),
        ),
        (holds(&[Finding::Body]), Msg::LogStepBody, body),
        (holds(&[Finding::Chain]), Msg::LogStepChain, checked.previous.0.to_string()),
        (holds(&[Finding::Leaf]), Msg::LogStepLeaf, checked.leaf.to_string()),
        (holds(&[Finding::Path]), Msg::LogStepPath, checked.checkpoint.root().to_string()),
        (holds(&[Finding::Signature]), Msg::LogStepSignature, checked.key.to_string()),
        (holds(&[Finding::HeadsRoot, Finding::Head]), Msg::LogStepHead, newest.unwrap_or_default()),
    ];
    let lines: Vec<_> =
        lines.into_iter().map(|(holds, msg, value)| (holds, signed.text(msg), value)).collect();
    let lines: Vec<_> = lines.iter().map(|(h, w, v)| (*h, w.as_str(), v.as_str())).collect();
    section(
        &place,
        &panel(&html! {
            (steps(&lines))
            (details(&signed.text(Msg::LogPath), &path(checked)))
            (details(&signed.text(Msg::LogCheckpoint), &raw_bytes(checked.checkpoint.origin(), &checked.note)))
        }),
    )
}

/// From the leaf up to the root: what stands beside, and what both make.
fn path(checked: &Checked) -> Markup {
    html! {
        ol.proof {
            @for joint in &checked.path {
                li.proof-step {
                    @if joint.on_left { (Icon::ArrowLeft) } @else { (Icon::ArrowRight) }
                    div {
                        code dir="ltr" { (joint.beside.to_string()) }
                        code dir="ltr" { "→ " (joint.makes.to_string()) }
                    }
                }
            }
        }
    }
}

fn take_home(signed: &Signed, receipt: &str) -> Markup {
    let proof = signed.here.at(&format!("/log/{receipt}/proof"));
    let export = signed.here.at("/log/export.json");
    let words = |msg: Msg<'_>| signed.text(msg);
    section(
        &words(Msg::LogVerifyYourself),
        &panel(&html! {
            p { (words(Msg::LogVerifyHow)) }
            (row(&html! {
                (LinkButton { href: &export, label: &words(Msg::LogExport), kind: Kind::Secondary, icon: Some(Icon::Download) })
                (LinkButton { href: &proof, label: &words(Msg::LogProofDownload), kind: Kind::Secondary, icon: Some(Icon::Download) })
            }))
            p.soft.small { a href="/log/key" { "/log/key" } " · " a href="/log/checkpoint" { "/log/checkpoint" } }
        }),
    )
}

/// The tlog-proof of one entry (C2SP tlog-proof), as a file.
pub(in crate::customer) async fn proof(
    signed: Signed,
    Path((_, receipt)): Place,
) -> Result<Response, PageError> {
    let entry = read(&signed, &receipt).await?;
    publish(&signed).await?;
    let log = &signed.here.app.service().log;
    let text = log.proof(&signed.who.owner, &entry.receipt).await.map_err(missing)?;
    Ok(file("text/plain; charset=utf-8", &format!("{}.tlog-proof", entry.receipt), text.into()))
}

/// Her whole stream with its proofs, for `bankside verify-log`.
pub(in crate::customer) async fn export(signed: Signed) -> Result<Response, PageError> {
    publish(&signed).await?;
    let log = &signed.here.app.service().log;
    let export = log.export(&signed.who.owner).await.map_err(missing)?;
    let bytes = export.to_bytes().map_err(PageError::internal)?;
    Ok(file("application/json", "bankside-log.json", bytes))
}

/// What she takes home reaches to this moment: what the next checkpoint would hold is published
/// now.
async fn publish(signed: &Signed) -> Result<(), PageError> {
    let published = signed.here.app.service().log.publish().await;
    published.map(drop).map_err(PageError::internal)
}

/// A file of hers to keep: never cached.
pub(in crate::customer) fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
