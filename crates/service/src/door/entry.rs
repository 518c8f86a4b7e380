//! An entry of the disclosure log: the record, its place in the customer's stream, its leaf.

use std::sync::Arc;

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::consent::ConsentId;
use bankside_domain::id::CustomerId;
use bankside_store::records::RecordRow;
use bankside_store::streams::{self, StreamRow};
use bankside_store::{StoreError, clearings, records};
use bankside_transparency::hash::Hash256;
use bankside_transparency::leaf::{Commitment, StreamId, StreamSecret, body_hash};
use bankside_transparency::millis::Millis;
use bankside_transparency::receipt::ReceiptNumber;
use bankside_transparency::record::{
    ConsentRef, Decision, Kind, Level, MAX_NAME_BYTES, Party, Record, Version,
};
use zeroize::Zeroizing;

use crate::commit::Unit;
use crate::keys::{DataKey, KeyError, KeyRing, Subject, Unsealable};

/// Whose stream, with her key in hand.
#[derive(Clone, Debug)]
pub struct Owner {
    /// The customer.
    pub customer: CustomerId,
    /// Her bank.
    pub bank: BankId,
    /// Her data key.
    pub key: Arc<DataKey>,
}

/// What an entry says, before it has its place.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What happened.
    pub kind: Kind,
    /// Under which consent.
    pub consent: Option<(ConsentId, u32)>,
    /// Code of the purpose.
    pub purpose: Option<&'static str>,
    /// Who received or acted.
    pub party: Option<Party>,
    /// Field classes, sorted, each once.
    pub fields: Vec<String>,
    /// How much.
    pub level: Option<Level>,
    /// The verdict.
    pub decision: Decision,
    /// Why, as a code.
    pub reason: Option<String>,
    /// Hash of the policies in force.
    pub policy: Option<[u8; 32]>,
    /// The very bytes that leave, or what was decided, as JSON.
    pub body: Vec<u8>,
}

/// An entry in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Number in the stream.
    pub seq: i64,
    /// Index of the leaf.
    pub log_index: i64,
    /// Short receipt number.
    pub receipt: String,
}

/// Why an entry was not made.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stream's secret does not open: her key was destroyed or made anew.
    #[error("the stream's secret cannot be opened")]
    Unsealable(#[from] Unsealable),
    /// Her history is being cleared: nothing follows the last entry.
    #[error("the history is being cleared")]
    Clearing,
    /// The key in hand is not hers any more: the history was cleared meanwhile.
    #[error("the key is no longer hers; sign in again")]
    OtherKey,
    /// Her key cannot be looked up.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The record breaks a limit of its format. A defect.
    #[error("the record cannot be written: {0}")]
    Record(String),
}

/// Appends an entry to the owner's stream and its leaf to the log, inside the unit.
///
/// # Errors
/// [`EntryError`]; the unit must then be given up.
pub(crate) async fn append(
    unit: &mut Unit<'_>,
    keys: &KeyRing,
    owner: &Owner,
    build: &str,
    now: Timestamp,
    draft: Draft,
) -> Result<Entry, EntryError> {
    let stream = writable_stream(unit, keys, owner).await?;
    let secret = open_secret(owner, &stream)?;
    let seq = u64::try_from(stream.next_seq).map_err(|_| StoreError::Shape)?;
    let body = Zeroizing::new(draft.body.clone());
    let salted = body_hash(&secret.body_salt(seq), &body);
    let record = record(&stream, owner, build, now, draft, salted)?;
    let bytes = Zeroizing::new(record.to_bytes().map_err(|e| EntryError::Record(e.to_string()))?);
    let commitment = Commitment::to_record(&secret.blinding(seq), &bytes);
    let log_index = unit.append(commitment.leaf()).await?;
    let receipt = ReceiptNumber::of(commitment).to_string();
    let entropy = keys.entropy();
    let (customer, n) = (owner.customer, stream.next_seq);
    let row = RecordRow {
        customer,
        seq: n,
        log_index,
        commitment: commitment.0.0,
        receipt: receipt.clone(),
        kind: code_of(&record.kind),
        party: record.party.map(|p| p.id),
        consent: record.consent.and_then(|c| c.id.parse().ok()),
        at: now,
        record_ct: owner.key.seal(&record_place(customer, n), &bytes, entropy)?,
        body_ct: owner.key.seal(&body_place(customer, n), &body, entropy)?,
    };
    records::insert(unit.tx, &row).await?;
    streams::advance(unit.tx, customer, n, &commitment.0.0, log_index).await?;
    Ok(Entry { seq: n, log_index, receipt })
}

/// Where a record is sealed.
pub(crate) fn record_place(customer: CustomerId, seq: i64) -> String {
    format!("record/{customer}/{seq}")
}

/// Where a body is sealed.
pub(crate) fn body_place(customer: CustomerId, seq: i64) -> String {
    format!("body/{customer}/{seq}")
}

/// Opens a stream's secret with the owner's key.
pub(crate) fn open_secret(owner: &Owner, stream: &StreamRow) -> Result<StreamSecret, EntryError> {
    let bytes = Zeroizing::new(owner.key.open(&secret_place(owner.customer), &stream.secret_ct)?);
    let bytes: [u8; 32] = bytes.as_slice().try_into().map_err(|_| Unsealable)?;
    Ok(StreamSecret::from_bytes(bytes))
}

fn secret_place(customer: CustomerId) -> String {
    format!("stream/{customer}")
}

/// Whether anything may be written for her with the key in hand.
///
/// # Errors
/// [`EntryError::Clearing`] or [`EntryError::OtherKey`].
pub(crate) async fn writable(
    unit: &mut Unit<'_>,
    keys: &KeyRing,
    owner: &Owner,
) -> Result<(), EntryError> {
    if clearings::is_under_way(unit.tx, owner.customer).await? {
        return Err(EntryError::Clearing);
    }
    // A request that began before her history was cleared must leave nothing that the key of
    // after cannot open.
    let current = keys.is_current(Subject::Customer(owner.customer), &owner.key).await?;
    if current { Ok(()) } else { Err(EntryError::OtherKey) }
}

/// Her stream, begun if it must be. A stream that there is opens only with the right key.
async fn writable_stream(
    unit: &mut Unit<'_>,
    keys: &KeyRing,
    owner: &Owner,
) -> Result<StreamRow, EntryError> {
    if let Some((stream, is_clearing)) = streams::writable(unit.tx, owner.customer).await? {
        return if is_clearing { Err(EntryError::Clearing) } else { Ok(stream) };
    }
    writable(unit, keys, owner).await?;
    let (mut stream, mut secret) = ([0; 16], Zeroizing::new([0; 32]));
    keys.entropy().fill(&mut stream);
    keys.entropy().fill(&mut *secret);
    let row = StreamRow {
        customer: owner.customer,
        stream,
        secret_ct: owner.key.seal(&secret_place(owner.customer), &*secret, keys.entropy())?,
        next_seq: 0,
        head: Commitment::NONE.0.0,
    };
    streams::insert(unit.tx, &row).await?;
    Ok(row)
}

fn record(
    stream: &StreamRow,
    owner: &Owner,
    build: &str,
    now: Timestamp,
    draft: Draft,
    body: Hash256,
) -> Result<Record, EntryError> {
    let millis = u64::try_from(now.as_millis()).ok().and_then(Millis::from_unix);
    Ok(Record {
        version: Version,
        stream: StreamId(stream.stream),
        seq: u64::try_from(stream.next_seq).map_err(|_| StoreError::Shape)?,
        prev: Commitment(Hash256(stream.head)),
        time: millis.ok_or_else(|| EntryError::Record("the time is out of range".to_owned()))?,
        kind: draft.kind,
        bank: owner.bank.to_string(),
        consent: draft.consent.map(|(id, version)| ConsentRef { id: id.to_string(), version }),
        purpose: draft.purpose.map(str::to_owned),
        party: draft.party,
        fields: draft.fields,
        level: draft.level,
        body: Some(body),
        about: None,
        decision: draft.decision,
        reason: draft.reason.map(clipped),
        policy: draft.policy.map(Hash256),
        build: build.to_owned(),
    })
}

/// Cuts a reason to what a record takes; many policies may have forbidden one thing.
fn clipped(mut reason: String) -> String {
    reason.truncate(reason.floor_char_boundary(MAX_NAME_BYTES));
    reason
}

/// A kind's name, as the record spells it.
pub(crate) fn code_of(kind: &Kind) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}
