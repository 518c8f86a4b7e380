//! What a customer reads of her own stream.

use bankside_domain::{Purpose, Timestamp};
use bankside_store::StoreError;
use bankside_store::records::{self, RecordRow};
use bankside_transparency::record::{Kind, Record};

use super::Log;
use crate::door::{Owner, body_place, code_of, record_place};
use crate::keys::Unsealable;

/// Entries that one page shows at most.
pub const MAX_PAGE: usize = 200;
/// Entries that one page opens at most, to find those that a filter wants.
pub const MAX_SCAN: usize = 2_000;
/// Entries that are read at once.
const READ: i64 = 200;
/// Longest text that is searched for, in characters.
const MAX_NEEDLE: usize = 100;

/// Why the log cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// She has no such entry.
    #[error("there is no such entry in your log")]
    Unknown,
    /// Nothing was ever written for her.
    #[error("there is nothing in your log yet")]
    Empty,
    /// No checkpoint covers it yet.
    #[error("the log has not signed for this entry yet; try again in a second")]
    NotYet,
    /// It does not open with her key, or is not a record.
    #[error("an entry cannot be opened")]
    Unreadable,
    /// The log's keys do not follow from one another, or this node holds another.
    #[error("the keys of the log: {0}")]
    Keys(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Unsealable> for LogError {
    fn from(_: Unsealable) -> Self {
        Self::Unreadable
    }
}

/// One entry of her log, opened.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// Number in her stream.
    pub seq: i64,
    /// Index of its leaf.
    pub log_index: i64,
    /// Short receipt number.
    pub receipt: String,
    /// When.
    pub at: Timestamp,
    /// The record.
    pub record: Record,
    /// The very bytes that left, or what was decided.
    pub body: Vec<u8>,
}

/// Which entries she wants to see. What is not given does not matter.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    /// Short name of the party.
    pub party: Option<String>,
    /// What happened.
    pub kind: Option<Kind>,
    /// For what.
    pub purpose: Option<Purpose>,
    /// Words in what was sent, or the receipt number; case does not matter.
    pub text: Option<String>,
}

/// A page of her log.
#[derive(Clone, Debug)]
pub struct LogPage {
    /// Newest first.
    pub entries: Vec<Disclosure>,
    /// Where to go on: the `before` of the next page. `None` at the end. A page may be short, or
    /// even empty, and yet not be the last, where the filter wants little.
    pub next: Option<i64>,
}

impl Log {
    /// Her entries below `before`, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn page(
        &self,
        owner: &Owner,
        before: i64,
        limit: i64,
    ) -> Result<Vec<Disclosure>, LogError> {
        let mut tx = self.store.read().await?;
        let rows = records::page(&mut tx, owner.customer, before, limit).await?;
        rows.into_iter().map(|row| open(owner, row)).collect()
    }

    /// Her entries below `before` that the filter wants, newest first, at most `limit` (and never
    /// more than [`MAX_PAGE`]). Party and kind are found by index; for purpose and text at most
    /// [`MAX_SCAN`] entries are opened.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn search(
        &self,
        owner: &Owner,
        filter: &LogFilter,
        before: i64,
        limit: usize,
    ) -> Result<LogPage, LogError> {
        let limit = limit.clamp(1, MAX_PAGE);
        let kind = filter.kind.as_ref().map(code_of);
        let needle = filter.text.as_deref().map(needle).filter(|n| !n.is_empty());
        let mut tx = self.store.read().await?;
        let (mut entries, mut before, mut opened) = (Vec::new(), before, 0);
        loop {
            let party = filter.party.as_deref();
            let customer = owner.customer;
            let rows =
                records::page_of(&mut tx, customer, before, party, kind.as_deref(), READ).await?;
            let last = rows.len() < usize::try_from(READ).unwrap_or(usize::MAX);
            for row in rows {
                if entries.len() == limit || opened == MAX_SCAN {
                    return Ok(LogPage { entries, next: Some(before) });
                }
                (before, opened) = (row.seq, opened + 1);
                let entry = open(owner, row)?;
                if wants(filter, needle.as_deref(), &entry) {
                    entries.push(entry);
                }
            }
            if last {
                return Ok(LogPage { entries, next: None });
            }
        }
    }

    /// One of hers, by its receipt number.
    ///
    /// # Errors
    /// [`LogError::Unknown`].
    pub async fn entry(&self, owner: &Owner, receipt: &str) -> Result<Disclosure, LogError> {
        let mut tx = self.store.read().await?;
        let row = records::by_receipt(&mut tx, owner.customer, receipt).await?;
        open(owner, row.ok_or(LogError::Unknown)?)
    }
}

fn needle(text: &str) -> String {
    text.trim().chars().take(MAX_NEEDLE).collect::<String>().to_lowercase()
}

fn wants(filter: &LogFilter, needle: Option<&str>, entry: &Disclosure) -> bool {
    let purpose = filter.purpose.map(|p| p.code());
    let for_it = purpose.is_none() || entry.record.purpose.as_deref() == purpose;
    for_it && needle.is_none_or(|needle| says(entry, needle))
}

/// Whether a receipt number or any text of a body has the needle, which is in lower case.
fn says(entry: &Disclosure, needle: &str) -> bool {
    let body = serde_json::from_slice(&entry.body);
    entry.receipt.to_lowercase().contains(needle)
        || body.is_ok_and(|body: serde_json::Value| has(&body, needle))
}

fn has(value: &serde_json::Value, needle: &str) -> bool {
    match value {
        serde_json::Value::String(text) => text.to_lowercase().contains(needle),
        serde_json::Value::Array(items) => items.iter().any(|item| has(item, needle)),
        serde_json::Value::Object(members) => members.values().any(|item| has(item, needle)),
        _ => false,
    }
}

pub(super) fn open(owner: &Owner, row: RecordRow) -> Result<Disclosure, LogError> {
    let bytes = owner.key.open(&record_place(owner.customer, row.seq), &row.record_ct)?;
    let body = owner.key.open(&body_place(owner.customer, row.seq), &row.body_ct)?;
    Ok(Disclosure {
        seq: row.seq,
        log_index: row.log_index,
        receipt: row.receipt,
        at: row.at,
        record: Record::parse(&bytes).map_err(|_| LogError::Unreadable)?,
        body,
    })
}
