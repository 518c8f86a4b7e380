//! The kill switch: an operator suspends a channel, a data recipient, a purpose or everything, and
//! lets it go on again.
//!
//! INVARIANT: an act and its evidence are one transaction. The door reads what is suspended inside
//! the transaction that seals, so nothing is sealed on any node after the act, not even an answer
//! that was on its way.
//! INVARIANT: each act that changed something leaves one [`Statement`] in the installation's own
//! stream of the log: a stream like a customer's, numbered, chained and under the heads map, whose
//! export verifies with the public key alone. An act that changed nothing leaves none.
//!
//! Deliberately absent: a suspension for one bank of several, or for one customer; an end that
//! comes by itself.

mod statement;
mod subject;

use std::sync::Arc;

use bankside_domain::bank::BankId;
use bankside_domain::id::{CustomerId, RANDOM_BYTES};
use bankside_domain::purpose::Purpose;
use bankside_domain::{Party, Timestamp};
use bankside_language::secret;
use bankside_store::suspensions::{self, SuspensionRow};
use bankside_store::{Store, StoreError};
use bankside_transparency::export::Export;
use bankside_transparency::millis::Millis;
use bankside_transparency::record::{
    Decision, Kind, Party as RecordParty, PartyKind as RecordPartyKind,
};

pub use statement::{By, Deed, Format, Statement};
pub use subject::{InvalidSubject, Subject};

use crate::commit::{CommitError, Unit};
use crate::door::{Draft, EntryError, Ground, Owner, append};
use crate::keys::{DataKey, KeyError, Subject as KeyOf};
use crate::log::{Disclosure, Log, LogError};

/// Longest reason, in characters.
pub const MAX_REASON: usize = 200;
/// Longest name of who does it, in characters.
pub const MAX_NAME: usize = 60;
/// Entries of the installation's stream that are read at once.
const PAGE: i64 = 100;
/// Entries of it that are looked at, at most, to find those that are wanted.
const MAX_LOOKED_AT: usize = 2_000;
/// Random bytes of the id that owns the installation's stream; with the epoch's first millisecond
/// they make an id that no core gives a customer.
const OFFICE: [u8; RANDOM_BYTES] = *b"the-office";
/// The `bank` of the records in it.
const ALL_BANKS: &str = "all-banks";

/// Why nothing was suspended or lifted.
#[derive(Debug, thiserror::Error)]
pub enum SuspendError {
    /// Nothing here has that name.
    #[error(
        "`{subject}` cannot be suspended, for there is no such thing here; what can be: {known}"
    )]
    Unknown {
        /// As asked.
        subject: Subject,
        /// Everything that can be, in a row.
        known: String,
    },
    /// The reason is empty, too long, or not one line.
    #[error("give a reason: one line of 1 to {MAX_REASON} characters")]
    Reason,
    /// The reason holds a card number or a code.
    #[error("the reason holds something like a card number or a code; write it without")]
    Secret,
    /// The name is empty, too long, or not one line.
    #[error("say who does it: a name of 1 to {MAX_NAME} characters")]
    Name,
    /// The statement cannot be written. A defect.
    #[error("the statement cannot be written: {0}")]
    Statement(String),
    /// The entry could not be made.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The installation's key failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A suspension in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspended {
    /// What.
    pub subject: Subject,
    /// Why.
    pub reason: String,
    /// Who suspended it.
    pub by: String,
    /// Since when.
    pub since: Timestamp,
}

/// What an act came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It changed something; the receipt number of its statement.
    Done(String),
    /// It was so already; nothing changed and nothing was written.
    Already,
}

/// One act of the past, as its statement has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Number in the installation's stream.
    pub seq: i64,
    /// The short receipt number.
    pub receipt: String,
    /// When, as the statement says.
    pub at: Timestamp,
    /// The statement.
    pub statement: Statement,
}

type Acted = Result<Outcome, CommitError<SuspendError>>;

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Suspensions(Arc<Inner>);

struct Inner {
    ground: Ground,
    log: Log,
    channels: Arc<[Party]>,
}

impl std::fmt::Debug for Suspensions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Suspensions")
    }
}

impl Suspensions {
    pub(crate) fn new(ground: Ground, log: Log, channels: Arc<[Party]>) -> Self {
        Self(Arc::new(Inner { ground, log, channels }))
    }

    /// What is suspended now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list(&self) -> Result<Vec<Suspended>, StoreError> {
        let mut tx = self.store().read().await?;
        suspensions::all(&mut tx).await?.into_iter().map(suspended).collect()
    }

    /// What can be suspended: everything, each channel and purpose, and each recipient that a
    /// customer ever allowed something.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn subjects(&self) -> Result<Vec<Subject>, StoreError> {
        let mut tx = self.store().read().await?;
        let recipients = suspensions::recipients(&mut tx).await?;
        let mut all: Vec<Subject> = self.0.channels.iter().map(Subject::of).collect();
        all.extend(recipients.into_iter().map(Subject::Recipient));
        all.extend(Purpose::ALL.map(Subject::Purpose));
        all.push(Subject::Everything);
        Ok(all)
    }

    /// Suspends it, at once and on every node.
    ///
    /// # Errors
    /// [`SuspendError`]; then nothing was suspended.
    pub async fn suspend(&self, subject: &Subject, reason: &str, by: &By) -> Acted {
        let known = self.subjects().await.map_err(|e| CommitError::Refused(e.into()))?;
        if !known.contains(subject) {
            let known: Vec<String> = known.iter().map(ToString::to_string).collect();
            let (subject, known) = (subject.clone(), known.join(", "));
            return Err(CommitError::Refused(SuspendError::Unknown { subject, known }));
        }
        self.act(Deed::Suspend, subject, reason, by).await
    }

    /// Lets it go on. What is suspended can be lifted, whether or not it is still known here.
    ///
    /// # Errors
    /// [`SuspendError`]; then it stays suspended.
    pub async fn lift(&self, subject: &Subject, reason: &str, by: &By) -> Acted {
        self.act(Deed::Lift, subject, reason, by).await
    }

    /// Acts of the past below `before`, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn history(&self, before: i64, limit: i64) -> Result<Vec<Act>, LogError> {
        let Some(office) = self.known_office().await? else { return Ok(Vec::new()) };
        let entries = self.entries(&office, before, limit, is_of_the_switch).await?;
        let act = |entry: Disclosure| {
            let statement = Statement::parse(&entry.body).ok_or(LogError::Unreadable)?;
            Ok(Act { seq: entry.seq, receipt: entry.receipt, at: entry.at, statement })
        };
        entries.into_iter().map(act).collect()
    }

    /// Entries of the installation's stream that are `wanted`, newest first, at most `limit`, among
    /// the newest [`MAX_LOOKED_AT`].
    pub(crate) async fn entries(
        &self,
        office: &Owner,
        mut before: i64,
        limit: i64,
        wanted: fn(&Disclosure) -> bool,
    ) -> Result<Vec<Disclosure>, LogError> {
        let most = usize::try_from(limit).unwrap_or(0);
        let (mut found, mut looked_at) = (Vec::new(), 0);
        while found.len() < most && looked_at < MAX_LOOKED_AT {
            let page = self.0.log.page(office, before, PAGE).await?;
            let Some(last) = page.last() else { break };
            (before, looked_at) = (last.seq, looked_at + page.len());
            found.extend(page.into_iter().filter(wanted));
        }
        found.truncate(most);
        Ok(found)
    }

    /// The installation's whole stream under the newest checkpoint: every statement, what opens
    /// it, and its proof.
    ///
    /// # Errors
    /// [`LogError::Empty`] where nothing was ever suspended.
    pub async fn evidence(&self) -> Result<Export, LogError> {
        let office = self.known_office().await?.ok_or(LogError::Empty)?;
        self.0.log.export(&office).await
    }

    async fn act(&self, deed: Deed, subject: &Subject, reason: &str, by: &By) -> Acted {
        let (reason, name) = (reason.trim().to_owned(), by.name.trim().to_owned());
        checked(&reason, &name).map_err(CommitError::Refused)?;
        let row = SuspensionRow {
            subject: subject.to_string(),
            reason: reason.clone(),
            by: name.clone(),
            since: self.0.ground.clock.now(),
        };
        let statement = Statement {
            format: Format::V1,
            deed,
            subject: subject.clone(),
            reason,
            by: By { name, staff: by.staff },
            at: millis(row.since).map_err(CommitError::Refused)?,
        };
        let office = self.office(row.since).await.map_err(|e| CommitError::Refused(e.into()))?;
        let ground = self.0.ground.clone();
        let outcome = self
            .0
            .ground
            .committer
            .commit(move |unit| {
                Box::pin(async move { enter(unit, &ground, &office, &row, &statement).await })
            })
            .await?;
        if let Outcome::Done(_) = outcome {
            metrics::counter!("bankside_suspension_acts_total").increment(1);
            // The act stands without it: the next checkpoint, a second from now, covers it too.
            if let Err(error) = self.0.log.publish().await {
                tracing::warn!(%error, "no checkpoint was published for an act of the kill switch");
            }
        }
        Ok(outcome)
    }

    /// Whose stream it is, with a key made where there is none yet.
    pub(crate) async fn office(&self, now: Timestamp) -> Result<Owner, KeyError> {
        let key = self.0.ground.keys.ensure(KeyOf::Customer(office_id()), now).await?;
        Ok(owner(key)?)
    }

    pub(crate) async fn known_office(&self) -> Result<Option<Owner>, LogError> {
        match self.0.ground.keys.get(KeyOf::Customer(office_id())).await {
            Ok(key) => Ok(Some(owner(key)?)),
            Err(KeyError::NoKey) => Ok(None),
            Err(KeyError::Store(error)) => Err(error.into()),
            Err(_) => Err(LogError::Unreadable),
        }
    }

    fn store(&self) -> &Store {
        &self.0.ground.store
    }
}

/// Who owns the installation's stream. No session is ever opened for this id.
pub fn office_id() -> CustomerId {
    CustomerId::new(Timestamp::from_millis(0), OFFICE)
}

fn owner(key: DataKey) -> Result<Owner, StoreError> {
    let bank: BankId = ALL_BANKS.parse().map_err(|_| StoreError::Shape)?;
    Ok(Owner { customer: office_id(), bank, key: Arc::new(key) })
}

fn is_of_the_switch(entry: &Disclosure) -> bool {
    matches!(entry.record.kind, Kind::Suspend | Kind::Resume)
}

/// The row and its statement, or neither.
async fn enter(
    unit: &mut Unit<'_>,
    ground: &Ground,
    office: &Owner,
    row: &SuspensionRow,
    statement: &Statement,
) -> Result<Outcome, SuspendError> {
    let changed = match statement.deed {
        Deed::Suspend => suspensions::suspend(unit.tx, row).await?,
        Deed::Lift => suspensions::lift(unit.tx, &row.subject).await?,
    };
    if !changed {
        return Ok(Outcome::Already);
    }
    let draft = draft(statement)?;
    let entry = append(unit, &ground.keys, office, &ground.build, row.since, draft).await?;
    Ok(Outcome::Done(entry.receipt))
}

fn draft(statement: &Statement) -> Result<Draft, SuspendError> {
    let (kind, decision) = match statement.deed {
        Deed::Suspend => (Kind::Suspend, Decision::Refuse),
        Deed::Lift => (Kind::Resume, Decision::Allow),
    };
    let body = statement.to_bytes();
    Ok(Draft {
        kind,
        consent: None,
        purpose: match statement.subject {
            Subject::Purpose(purpose) => Some(purpose.code()),
            _ => None,
        },
        party: Some(RecordParty { kind: RecordPartyKind::Operator, id: statement.by.name.clone() }),
        fields: Vec::new(),
        level: None,
        decision,
        reason: Some(statement.reason.clone()),
        policy: None,
        body: body.ok_or_else(|| SuspendError::Statement("it is no JSON".to_owned()))?,
    })
}

pub(crate) fn checked(reason: &str, name: &str) -> Result<(), SuspendError> {
    let fits = |words: &str, most: usize| {
        (1..=most).contains(&words.chars().count()) && !words.chars().any(char::is_control)
    };
    if !fits(reason, MAX_REASON) {
        return Err(SuspendError::Reason);
    }
    if !secret::find(reason).is_empty() {
        return Err(SuspendError::Secret);
    }
    if fits(name, MAX_NAME) { Ok(()) } else { Err(SuspendError::Name) }
}

fn millis(at: Timestamp) -> Result<Millis, SuspendError> {
    let found = u64::try_from(at.as_millis()).ok().and_then(Millis::from_unix);
    found.ok_or_else(|| SuspendError::Statement("the time is out of range".to_owned()))
}

fn suspended(row: SuspensionRow) -> Result<Suspended, StoreError> {
    let subject = row.subject.parse().map_err(|_| StoreError::Shape)?;
    Ok(Suspended { subject, reason: row.reason, by: row.by, since: row.since })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_installations_stream_belongs_to_no_bank_and_no_customer() {
        assert!(ALL_BANKS.parse::<BankId>().is_ok());
        assert_eq!(office_id().to_string(), "00000000-0000-7468-a52d-6f6666696365");
    }

    #[test]
    fn a_reason_is_one_line_and_holds_no_secret() {
        let check = |reason: &str, fits: bool| {
            assert_eq!(checked(reason, "Robin").is_ok(), fits, "{reason}");
        };
        check("the platform was breached", true);
        check("", false);
        check("two\nlines", false);
        check(&"x".repeat(MAX_REASON + 1), false);
        check("card 4111 1111 1111 1111 was posted", false);
        assert!(checked("fine", "").is_err() && checked("fine", &"x".repeat(61)).is_err());
    }
}
