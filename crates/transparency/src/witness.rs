//! The log's side of the witness protocol (C2SP tlog-witness): what to send to
//! `add-checkpoint`, and what to make of the answer.
//!
//! Absent on purpose: the network. Bytes go out and come in.

use std::fmt::Write as _;

use crate::checkpoint::SignedCheckpoint;
use crate::cosignature::{Cosignature, verify_line};
use crate::hash::{Hash256, from_decimal};
use crate::key::VerifierKey;
use crate::note::{MAX_SIGNATURES, Signature};

/// Most hashes in a consistency proof that a witness takes.
pub const MAX_CONSISTENCY_HASHES: usize = 63;
/// Longest answer that is read, in bytes.
pub const MAX_REPLY_BYTES: usize = 64 * 1024;

/// What a witness answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It cosigned: the checkpoint with its lines added, and what they say.
    Cosigned(SignedCheckpoint, Vec<Cosignature>),
    /// It last cosigned a tree of another size: ask again with a proof from there.
    OtherSize(u64),
}

/// Why there is no request, or no cosignature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WitnessError {
    /// The old size is above the checkpoint's, or the proof does not go with the sizes.
    #[error("a request from size {old} to {new} with {hashes} hashes is none")]
    Request {
        /// Size that the witness knows.
        old: u64,
        /// Size of the checkpoint.
        new: u64,
        /// Hashes in the proof.
        hashes: usize,
    },
    /// It does not know the log (404).
    #[error("the witness does not know this log; have its operator add the log's key")]
    UnknownLog,
    /// It does not believe the log's signature (403).
    #[error("the witness trusts none of the checkpoint's signatures; check the key it has")]
    NotTrusted,
    /// It refuses the consistency proof (422): the log would have been forked.
    #[error("the witness says that the checkpoint does not extend the one it knows")]
    Inconsistent,
    /// Another status.
    #[error("the witness answered with status {0}")]
    Status(u16),
    /// An answer that cannot be read.
    #[error("the witness's answer cannot be read")]
    Malformed,
    /// A cosignature by a known key that does not hold.
    #[error("the cosignature of `{0}` does not hold")]
    Forged(String),
    /// No cosignature by a known key.
    #[error("the answer has no cosignature by a known key")]
    NotCosigned,
}

/// The body of a request to `add-checkpoint`: the size that the witness last cosigned (0
/// where it is not known), the consistency proof from there, and the checkpoint.
///
/// # Errors
/// [`WitnessError::Request`] where these do not go together.
pub fn request(
    old: u64,
    proof: &[Hash256],
    checkpoint: &SignedCheckpoint,
) -> Result<String, WitnessError> {
    let (new, hashes) = (checkpoint.checkpoint().size(), proof.len());
    let none_needed = old == 0 || old == new;
    if old > new || none_needed != proof.is_empty() || hashes > MAX_CONSISTENCY_HASHES {
        return Err(WitnessError::Request { old, new, hashes });
    }
    let mut body = format!("old {old}\n");
    for hash in proof {
        body.push_str(&hash.to_base64());
        body.push('\n');
    }
    // Writing to a string cannot fail.
    let _ = write!(body, "\n{checkpoint}");
    Ok(body)
}

/// Reads the answer to [`request`]. Lines by keys other than `witness` are ignored.
///
/// # Errors
/// See [`WitnessError`].
pub fn read_reply(
    status: u16,
    body: &[u8],
    checkpoint: &SignedCheckpoint,
    witness: &[VerifierKey],
) -> Result<Reply, WitnessError> {
    if body.len() > MAX_REPLY_BYTES {
        return Err(WitnessError::Malformed);
    }
    match status {
        200 => read_cosignatures(body, checkpoint, witness),
        403 => Err(WitnessError::NotTrusted),
        404 => Err(WitnessError::UnknownLog),
        409 => read_size(body).map(Reply::OtherSize),
        422 => Err(WitnessError::Inconsistent),
        other => Err(WitnessError::Status(other)),
    }
}

fn read_size(body: &[u8]) -> Result<u64, WitnessError> {
    let text = std::str::from_utf8(body).ok().and_then(|text| text.strip_suffix('\n'));
    text.and_then(from_decimal).ok_or(WitnessError::Malformed)
}

fn read_cosignatures(
    body: &[u8],
    checkpoint: &SignedCheckpoint,
    witness: &[VerifierKey],
) -> Result<Reply, WitnessError> {
    let text = std::str::from_utf8(body).map_err(|_| WitnessError::Malformed)?;
    let lines = text.strip_suffix('\n').ok_or(WitnessError::Malformed)?;
    let mut cosigned = checkpoint.clone();
    let mut found = Vec::new();
    for (count, line) in lines.split('\n').enumerate() {
        let line = Signature::parse_line(line).ok_or(WitnessError::Malformed)?;
        if count == MAX_SIGNATURES {
            return Err(WitnessError::Malformed);
        }
        let Some(key) = witness.iter().find(|key| key.made(&line)) else { continue };
        let name = || key.name().to_owned();
        let time =
            verify_line(checkpoint, key, &line).ok_or_else(|| WitnessError::Forged(name()))?;
        cosigned.note.add(line);
        found.push(Cosignature { witness: name(), time });
    }
    if found.is_empty() {
        return Err(WitnessError::NotCosigned);
    }
    Ok(Reply::Cosigned(cosigned, found))
}

#[cfg(test)]
mod tests;
