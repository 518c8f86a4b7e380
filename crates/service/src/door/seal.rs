//! Sealing: consent and kill switch re-read, leaf appended, all in the transaction that also holds
//! whatever the message does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bankside_domain::Timestamp;
use bankside_domain::consent::{Consent, Duration, Refusal, State};
use bankside_domain::conversation::Outgoing;
use bankside_domain::disclosure::{FieldClass, Level};
use bankside_domain::party::{Party, PartyKind};
use bankside_domain::purpose::Purpose;
use bankside_store::{StoreError, consents, suspensions};
use bankside_transparency::record::{
    Decision, Kind, Level as RecordLevel, Party as RecordParty, PartyKind as RecordPartyKind,
};
use futures_util::future::BoxFuture;

use super::disclosed::{Facts, Ground};
use super::entry::{Draft, Entry, EntryError, Owner, append};
use super::{Disclosed, Door, Receipt, read_consent};
use crate::commit::{CommitError, Unit};
use crate::consents::{ChangeError, draft_of, save};
use crate::keys::KeyRing;
use crate::suspension::Subject;

/// Why nothing was sealed, and so nothing leaves.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The consent no longer holds: it was revoked, paused or changed while the bank answered.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The consent was changed meanwhile; ask again.
    #[error("the consent was changed meanwhile")]
    Changed,
    /// Suspended meanwhile.
    #[error("this was suspended by the bank")]
    Suspended,
    /// Her history is being cleared.
    #[error("the history is being cleared")]
    Clearing,
    /// What the message does was done already.
    #[error("this was done already")]
    Done,
    /// The entry could not be made.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// What is stored or sent cannot be written.
    #[error("the message cannot be written: {0}")]
    Body(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeError> for SealError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Store(error) => Self::Store(error),
            ChangeError::Entry(error) => Self::Entry(error),
            ChangeError::Unknown | ChangeError::Refused(_) => Self::Changed,
            ChangeError::Key(_) | ChangeError::Unreadable => Self::Store(StoreError::Shape),
        }
    }
}

/// What else happens in the sealing transaction, given the entries in the order of the messages.
pub type Effects = Box<
    dyn for<'a> FnOnce(&'a mut Unit<'_>, &'a [Entry]) -> BoxFuture<'a, Result<(), SealError>>
        + Send,
>;

/// What stops it where it is suspended, as the kill switch's rows are named.
pub(super) fn subjects(party: &Party, purpose: Purpose) -> [String; 3] {
    [Subject::of(party), Subject::Purpose(purpose), Subject::Everything].map(String::from)
}

impl Door {
    /// Seals messages of one customer: for each re-reads its consent and appends its entry and
    /// leaf, then runs `effects`, and returns once all of it is durable. All or none.
    ///
    /// # Errors
    /// [`SealError`]; then nothing of it happened.
    pub async fn seal(
        &self,
        owner: &Owner,
        messages: &[Disclosed<Outgoing>],
        effects: Effects,
    ) -> Result<Vec<Receipt>, CommitError<SealError>> {
        let mut items = Vec::with_capacity(messages.len());
        for message in messages {
            let item = Item::of(message).map_err(CommitError::Refused)?;
            if message.facts.customer != owner.customer {
                return Err(CommitError::Refused(SealError::Changed));
            }
            items.push(item);
        }
        let ids: Vec<u64> = messages.iter().map(|m| m.facts.id).collect();
        let sealing = Sealing {
            owner: owner.clone(),
            items,
            keys: self.keys.clone(),
            build: self.build.clone(),
        };
        let clock = self.clock.clone();
        let entries = self
            .committer
            .commit(move |unit| {
                Box::pin(async move { sealing.run(unit, clock.now(), effects).await })
            })
            .await?;
        metrics::counter!("bankside_disclosures_sealed_total")
            .increment(u64::try_from(entries.len()).unwrap_or(0));
        let receipts = entries.into_iter().zip(ids).map(|(entry, disclosure)| Receipt {
            number: entry.receipt,
            log_index: entry.log_index,
            disclosure,
        });
        Ok(receipts.collect())
    }
}

/// One message to be sealed.
struct Item {
    subjects: [String; 3],
    ground: Option<Ground>,
    draft: Draft,
}

impl Item {
    fn of(message: &Disclosed<Outgoing>) -> Result<Self, SealError> {
        let body =
            serde_json::to_vec(message.value()).map_err(|e| SealError::Body(e.to_string()))?;
        Ok(Self {
            subjects: subjects(&message.facts.party, message.facts.purpose),
            ground: message.facts.ground.clone(),
            draft: draft(&message.facts, body),
        })
    }
}

struct Sealing {
    owner: Owner,
    items: Vec<Item>,
    keys: KeyRing,
    build: Arc<str>,
}

impl Sealing {
    async fn run(
        self,
        unit: &mut Unit<'_>,
        now: Timestamp,
        effects: Effects,
    ) -> Result<Vec<Entry>, SealError> {
        let Self { owner, items, keys, build } = self;
        let mut entries = Vec::with_capacity(items.len());
        let mut once = BTreeMap::new();
        for Item { subjects, ground, draft } in items {
            // Words that rest on no consent hold nothing of hers: they may say what is suspended.
            if let Some(ground) = &ground {
                if suspensions::any(unit.tx, subjects.each_ref().map(String::as_str)).await? {
                    return Err(SealError::Suspended);
                }
                let consent = still_stands(unit, &owner, ground, now).await?;
                if consent.terms().duration() == Duration::Once {
                    once.insert(consent.id(), consent);
                }
            }
            let entry = append(unit, &keys, &owner, &build, now, draft).await;
            entries.push(entry.map_err(|error| match error {
                EntryError::Clearing | EntryError::OtherKey => SealError::Clearing,
                other => other.into(),
            })?);
        }
        effects(unit, &entries).await?;
        for consent in once.into_values() {
            use_up(unit, &keys, &owner, &build, consent, now).await?;
        }
        Ok(entries)
    }
}

/// The consent must be the one that the permit saw, and live.
async fn still_stands(
    unit: &mut Unit<'_>,
    owner: &Owner,
    ground: &Ground,
    now: Timestamp,
) -> Result<Consent, SealError> {
    let row =
        consents::get(unit.tx, owner.customer, ground.consent).await?.ok_or(SealError::Changed)?;
    let consent = read_consent(&owner.key, &row).ok_or(SealError::Changed)?;
    if !consent.is_live(now) {
        return Err(match consent.state() {
            State::Revoked { .. } => Refusal::Revoked,
            State::Consumed { .. } => Refusal::Consumed,
            State::Authorised { paused: Some(_), .. } => Refusal::Paused,
            _ => Refusal::Expired,
        }
        .into());
    }
    if consent.version() != ground.version {
        return Err(SealError::Changed);
    }
    Ok(consent)
}

/// A one-time consent is for one answer, all of it, and her log says that it is used up.
async fn use_up(
    unit: &mut Unit<'_>,
    keys: &KeyRing,
    owner: &Owner,
    build: &str,
    consent: Consent,
    now: Timestamp,
) -> Result<(), SealError> {
    let (used, event) = consent.consume(now).map_err(|_| SealError::Changed)?;
    save(unit, keys, owner, &used).await?;
    let draft = draft_of(&used, &event).map_err(|e| SealError::Body(e.to_string()))?;
    append(unit, keys, owner, build, now, draft).await?;
    Ok(())
}

fn draft(facts: &Facts, body: Vec<u8>) -> Draft {
    let decision = match (&facts.refused, facts.withheld.is_empty()) {
        (Some(_), _) => Decision::Refuse,
        (None, true) => Decision::Allow,
        (None, false) => Decision::Narrow,
    };
    Draft {
        kind: Kind::Disclose,
        consent: facts.ground.as_ref().map(|g| (g.consent, g.version)),
        purpose: Some(facts.purpose.code()),
        party: Some(record_party(&facts.party)),
        fields: codes(&facts.classes),
        level: facts.level.map(record_level),
        decision,
        reason: facts.refused.clone().or_else(|| withheld_reason(&facts.withheld)),
        policy: facts.policy,
        body,
    }
}

/// What was left out, as `withheld: balance.amount transaction.merchant`.
fn withheld_reason(withheld: &BTreeSet<FieldClass>) -> Option<String> {
    let codes = codes(withheld).join(" ");
    (!codes.is_empty()).then(|| format!("withheld: {codes}"))
}

fn codes(classes: &BTreeSet<FieldClass>) -> Vec<String> {
    let mut codes: Vec<_> = classes.iter().map(|c| c.code().to_owned()).collect();
    codes.sort();
    codes
}

/// A party as records name it.
pub(crate) fn record_party(party: &Party) -> RecordParty {
    let kind = match party.kind {
        PartyKind::Channel => RecordPartyKind::Channel,
        PartyKind::Recipient => RecordPartyKind::Recipient,
    };
    RecordParty { kind, id: party.id.clone() }
}

fn record_level(level: Level) -> RecordLevel {
    match level {
        Level::Answer => RecordLevel::Answer,
        Level::Summary => RecordLevel::Summary,
        Level::Masked => RecordLevel::Masked,
        Level::Detail => RecordLevel::Detail,
    }
}
