//! An entry of the log in one sentence: who saw what, or what she did.

use bankside_domain::Party;
use bankside_domain::conversation::Outgoing;
use bankside_domain::disclosure::{Cluster, FieldClass, Level};
use bankside_language::Msg;
use bankside_language::catalogue;
use bankside_service::log::{Decision, Disclosure, Kind, PartyKind, Record, RecordLevel};

use crate::app::Signed;
use crate::customer::consent::list_mark;
use crate::ui::icon::Icon;
use crate::ui::notice::{Tag, Tone};

/// Words of a message that a sentence quotes at most, in characters.
const QUOTE: usize = 80;

/// The sentence.
pub(in crate::customer) fn sentence(signed: &Signed, entry: &Disclosure) -> String {
    let record = &entry.record;
    let party = party_name(signed, record);
    let (party, bank) = (party.as_str(), signed.here.bank.name.as_str());
    let what = what(signed, &record.fields);
    let what = what.as_str();
    signed.text(match (record.kind, record.decision) {
        (Kind::Disclose, Decision::Refuse) if what.is_empty() => {
            let what = quote(signed, entry);
            return signed.text(Msg::LogSawAnswer { party, what: &what });
        }
        (Kind::Disclose, Decision::Refuse) => Msg::LogSawNothing { party, what },
        (Kind::Disclose, _) if what.is_empty() => {
            let what = quote(signed, entry);
            return signed.text(Msg::LogSawAnswer { party, what: &what });
        }
        (Kind::Disclose, _) => Msg::LogSawGeneral { party, what },
        (Kind::Outcome, _) if record.reason.as_deref() == Some("asked_to_delete") => {
            Msg::LogChannelWithdrawn { party }
        }
        (Kind::Outcome, _) => Msg::LogOutcome { party, what },
        (Kind::Grant, _) => Msg::LogGranted { party, what },
        (Kind::Change, _) => return signed.text(changed(record, party)),
        (Kind::Revoke, _) => Msg::LogRevoked { party },
        (Kind::Expire, _) => Msg::LogExpired { party },
        (Kind::ChannelLinked, _) => Msg::LogLinked { party },
        (Kind::ChannelWithdrawn, _) => Msg::LogUnlinked { party },
        (Kind::PasskeyAdded, _) if record.reason.is_some() => Msg::LogPasskeyAdded { bank },
        (Kind::PasskeyAdded, _) => Msg::LogPasskeyCreated,
        (Kind::PasskeyRemoved, _) => Msg::LogPasskeyRemoved,
        (Kind::Clear, _) => Msg::LogCleared,
        (Kind::AgentView, _) => Msg::LogAgentView { name: party, bank, what },
        (Kind::Hold, _) => Msg::LogHold { bank },
        _ => Msg::LogOther { bank },
    })
}

fn changed<'a>(record: &Record, party: &'a str) -> Msg<'a> {
    match record.reason.as_deref() {
        Some("rejected") => Msg::LogRejected { party },
        Some("narrowed") => Msg::LogNarrowed { party },
        Some("paused") => Msg::LogPaused { party },
        Some("resumed") => Msg::LogResumed { party },
        Some("renewed") => Msg::LogRenewed { party },
        Some("consumed") => Msg::LogConsumed { party },
        _ => Msg::PageConsentTitle { party },
    }
}

/// Who received, asked or acted, by the name that people know.
pub(super) fn party_name(signed: &Signed, record: &Record) -> String {
    let Some(party) = &record.party else { return signed.here.bank.name.clone() };
    match (party.kind, known(signed, record)) {
        (PartyKind::Channel | PartyKind::Recipient, Some(known)) => known.name.clone(),
        _ => party.id.clone(),
    }
}

/// The party, where it is one of today's channels, or an assistant of hers.
pub(super) fn known<'a>(signed: &'a Signed, record: &Record) -> Option<&'a Party> {
    let id = &record.party.as_ref()?.id;
    let channels = signed.here.app.service().channels.iter();
    channels.chain(&signed.assistants).find(|party| party.id == *id)
}

/// Field classes or kinds of data, in words.
pub(in crate::customer) fn what(signed: &Signed, codes: &[String]) -> String {
    let words: Vec<_> = codes.iter().map(|code| word(signed, code)).collect();
    words.join(list_mark(signed.here.language))
}

fn word(signed: &Signed, code: &str) -> String {
    let quoted = serde_json::Value::String(code.to_owned());
    if let Ok(class) = serde_json::from_value::<FieldClass>(quoted) {
        return signed.text(catalogue::field(class));
    }
    let cluster = Cluster::ALL.into_iter().find(|cluster| cluster.code() == code);
    cluster.map_or_else(|| code.to_owned(), |cluster| signed.text(catalogue::cluster(cluster)))
}

/// The beginning of what was said. An assistant that is told nothing of hers, and not refused, asked
/// for this very log.
fn quote(signed: &Signed, entry: &Disclosure) -> String {
    let words = said(entry).unwrap_or_else(|| signed.text(Msg::LogTitle));
    if words.chars().count() <= QUOTE {
        return words;
    }
    let cut: String = words.chars().take(QUOTE).collect();
    format!("{}…", cut.trim_end())
}

/// The words of the message, where the body is one that a person would read.
pub(super) fn said(entry: &Disclosure) -> Option<String> {
    let message: Outgoing = serde_json::from_slice(&entry.body).ok()?;
    let words = message.text.reveal();
    let to_program = entry.record.party.as_ref().is_some_and(|p| p.kind == PartyKind::Recipient);
    if to_program {
        let told: serde_json::Value = serde_json::from_str(words).ok()?;
        return told.get("message")?.as_str().map(str::to_owned);
    }
    Some(words.clone())
}

/// The sign before the sentence.
pub(in crate::customer) fn icon(record: &Record) -> Icon {
    match (record.kind, record.decision) {
        (Kind::Disclose, Decision::Refuse) => Icon::EyeOff,
        (Kind::Disclose, _) if record.fields.is_empty() => Icon::MessageCircle,
        (Kind::Outcome, _) if record.reason.is_some() => Icon::History,
        (Kind::Disclose | Kind::Outcome, _) => Icon::Eye,
        (Kind::Grant, _) => Icon::CircleCheck,
        (Kind::Change, _) => Icon::SlidersHorizontal,
        (Kind::Revoke | Kind::Expire, _) => Icon::ShieldOff,
        (Kind::ChannelLinked, _) => Icon::Link2,
        (Kind::ChannelWithdrawn, _) => Icon::Unlink,
        (Kind::PasskeyAdded | Kind::PasskeyRemoved, _) => Icon::Fingerprint,
        (Kind::Clear, _) => Icon::Trash2,
        (Kind::AgentView, _) => Icon::User,
        _ => Icon::Landmark,
    }
}

/// A tag with its own words.
#[derive(Clone, Debug)]
pub(in crate::customer) struct Label {
    words: String,
    tone: Tone,
}

impl Label {
    /// As a component.
    pub(in crate::customer) fn tag(&self) -> Tag<'_> {
        Tag { label: &self.words, tone: self.tone, icon: None }
    }
}

/// How much, and whether it was refused or less than asked.
pub(in crate::customer) fn tags(signed: &Signed, record: &Record) -> Vec<Label> {
    let label = |msg, tone| Label { words: signed.text(msg), tone };
    let mut tags = Vec::new();
    if record.kind == Kind::Disclose {
        match record.decision {
            Decision::Refuse => tags.push(label(Msg::LogTagRefused, Tone::Danger)),
            Decision::Narrow => tags.push(label(Msg::LogTagLess, Tone::Info)),
            Decision::Allow => {}
        }
    }
    if let Some(level) = record.level.filter(|_| !record.fields.is_empty()) {
        tags.push(label(catalogue::level(domain_level(level)), Tone::Neutral));
    }
    tags
}

/// A record's level, as the ladder names it.
pub(super) const fn domain_level(level: RecordLevel) -> Level {
    match level {
        RecordLevel::Answer => Level::Answer,
        RecordLevel::Summary => Level::Summary,
        RecordLevel::Masked => Level::Masked,
        RecordLevel::Detail => Level::Detail,
    }
}
