//! The record: what one log entry says, as canonical JSON (RFC 8785).
//!
//! Invariants: one record has one encoding, and [`Record::parse`] accepts no other; unknown
//! and repeated members are refused; the first record of a stream has sequence number 0 and
//! [`Commitment::NONE`] as predecessor. Absent on purpose: the body (only its salted hash is
//! here), and any type of the domain; names are plain strings.

use serde::{Deserialize, Serialize};

use crate::hash::Hash256;
use crate::leaf::{Commitment, StreamId};
use crate::millis::Millis;

/// Longest record that is written or read, in bytes.
pub const MAX_RECORD_BYTES: usize = 16 * 1024;
/// Longest name (bank, consent, purpose, party, field class, reason, build), in bytes.
pub const MAX_NAME_BYTES: usize = 256;
/// Most field classes that one record names.
pub const MAX_FIELDS: usize = 128;
/// Highest sequence number: the largest integer that RFC 8785 writes exactly.
pub const MAX_SEQ: u64 = (1 << 53) - 1;

/// What one entry of a customer's stream says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Format version.
    #[serde(rename = "v")]
    pub version: Version,
    /// The customer's stream.
    pub stream: StreamId,
    /// Position in the stream, from 0, without gaps.
    pub seq: u64,
    /// Commitment of the entry before this one in the stream.
    pub prev: Commitment,
    /// When it happened.
    pub time: Millis,
    /// What happened.
    pub kind: Kind,
    /// The bank on whose side it happened.
    pub bank: String,
    /// The consent that allowed it, was given, or was ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentRef>,
    /// The purpose, as the consent names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Who received, asked or acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Party>,
    /// Classes of the fields that left, sorted, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// How much of them left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Salted hash of the very bytes that left; see [`crate::leaf::body_hash`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Hash256>,
    /// Sequence number of the earlier entry that this one is about (an outcome, say).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<u64>,
    /// The verdict.
    pub decision: Decision,
    /// Why, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Hash of the policy set in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Hash256>,
    /// Identifies the program that decided.
    pub build: String,
}

/// Version of the record format. There is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Version;

impl TryFrom<u8> for Version {
    type Error = &'static str;
    fn try_from(number: u8) -> Result<Self, Self::Error> {
        if number == 1 { Ok(Self) } else { Err("the record version is not 1") }
    }
}

impl From<Version> for u8 {
    fn from(_: Version) -> Self {
        1
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// Data left the bank's side, or was refused (see the decision).
    Disclose,
    /// What became of an earlier disclosure: delivered, failed, deleted by the channel.
    Outcome,
    /// A consent was given.
    Grant,
    /// A consent was narrowed, paused, resumed or renewed.
    Change,
    /// A consent was ended by the customer or the bank.
    Revoke,
    /// A consent ran out.
    Expire,
    /// A channel was linked to the customer.
    ChannelLinked,
    /// A channel was withdrawn: unlinked, or suspended by the operator.
    ChannelWithdrawn,
    /// The operator stopped a channel, recipient or purpose for all customers of a bank.
    Suspend,
    /// The operator let it go on.
    Resume,
    /// A passkey was added to the customer's.
    PasskeyAdded,
    /// One of the customer's passkeys was removed.
    PasskeyRemoved,
    /// The customer's history was cleared: the last entry of a stream.
    Clear,
    /// A member of the bank's staff saw data of the customer.
    AgentView,
    /// Data or deletion was put on legal hold, or released from it.
    Hold,
}

/// A consent and the version of it that was in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentRef {
    /// Identifier of the consent.
    pub id: String,
    /// Its version, from 1.
    pub version: u32,
}

/// Who received, asked or acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What kind of party.
    pub kind: PartyKind,
    /// Its identifier at the bank.
    pub id: String,
}

/// Kinds of party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PartyKind {
    /// A messenger, voice assistant or other conduit.
    Channel,
    /// An API client that receives data.
    Recipient,
    /// Staff who answer customers.
    Agent,
    /// Staff who run the system.
    Operator,
    /// The customer.
    Customer,
    /// The bank's own machinery (an expiry, a retention job).
    Bank,
}

/// How much of a field leaves, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Yes or no.
    Answer,
    /// Rounded or aggregated.
    Summary,
    /// Amounts, with numbers masked.
    Masked,
    /// Everything the consent covers.
    Detail,
}

/// The verdict on what an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Allowed as asked.
    Allow,
    /// Allowed, with less than was asked for.
    Narrow,
    /// Refused; nothing left.
    Refuse,
}

/// Why a record is not one of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Over [`MAX_RECORD_BYTES`].
    #[error("the record has {0} bytes; at most {MAX_RECORD_BYTES} are allowed")]
    TooLong(usize),
    /// Not JSON, or not a record's members.
    #[error("the record cannot be read: {0}")]
    Malformed(String),
    /// Readable, but not in the one canonical encoding.
    #[error("the record is not in canonical form (RFC 8785)")]
    NotCanonical,
    /// A member is empty, too long, out of order or out of range.
    #[error("the record's `{0}` is empty, too long, unsorted or out of range")]
    Member(&'static str),
}

impl Record {
    /// The one canonical encoding (RFC 8785).
    ///
    /// # Errors
    /// [`RecordError::Member`] or [`RecordError::TooLong`] where a limit is exceeded.
    pub fn to_bytes(&self) -> Result<Vec<u8>, RecordError> {
        self.check()?;
        let bytes =
            serde_jcs::to_vec(self).map_err(|error| RecordError::Malformed(error.to_string()))?;
        if bytes.len() > MAX_RECORD_BYTES {
            return Err(RecordError::TooLong(bytes.len()));
        }
        Ok(bytes)
    }

    /// Reads a record in its canonical encoding, and nothing else.
    ///
    /// # Errors
    /// See [`RecordError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, RecordError> {
        if bytes.len() > MAX_RECORD_BYTES {
            return Err(RecordError::TooLong(bytes.len()));
        }
        let record: Self = serde_json::from_slice(bytes)
            .map_err(|error| RecordError::Malformed(error.to_string()))?;
        if record.to_bytes()? == bytes { Ok(record) } else { Err(RecordError::NotCanonical) }
    }

    fn check(&self) -> Result<(), RecordError> {
        let consent = self.consent.as_ref().map(|consent| &consent.id);
        let party = self.party.as_ref().map(|party| &party.id);
        for (member, name) in [
            ("bank", Some(&self.bank)),
            ("consent", consent),
            ("purpose", self.purpose.as_ref()),
            ("party", party),
            ("reason", self.reason.as_ref()),
            ("build", Some(&self.build)),
        ] {
            if name.is_some_and(|name| !is_name(name)) {
                return Err(RecordError::Member(member));
            }
        }
        let sorted = self.fields.is_sorted_by(|a, b| a < b);
        if !sorted || self.fields.len() > MAX_FIELDS || !self.fields.iter().all(|f| is_name(f)) {
            return Err(RecordError::Member("fields"));
        }
        if self.seq > MAX_SEQ || (self.seq == 0) != (self.prev == Commitment::NONE) {
            return Err(RecordError::Member("seq"));
        }
        if self.about.is_some_and(|about| about >= self.seq) {
            return Err(RecordError::Member("about"));
        }
        Ok(())
    }
}

fn is_name(name: &str) -> bool {
    (1..=MAX_NAME_BYTES).contains(&name.len()) && !name.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
