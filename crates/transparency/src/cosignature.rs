//! Cosignatures of witnesses (C2SP tlog-cosignature, Ed25519, `cosignature/v1`).
//!
//! A witness states that, at a time, this was the largest consistent tree it had seen of
//! the log. Absent on purpose: ML-DSA cosignatures; they are ignored as of unknown keys.

use crate::checkpoint::SignedCheckpoint;
use crate::key::{KeyKind, SigningKey, VerifierKey};
use crate::note::Signature;

/// A cosignature that held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// Name of the witness.
    pub witness: String,
    /// When it signed, in seconds since the Unix epoch.
    pub time: u64,
}

/// Why cosignatures do not suffice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CosignatureError {
    /// A line that names a known witness does not hold.
    #[error("the cosignature of `{0}` does not hold")]
    Forged(String),
    /// Fewer known witnesses than demanded.
    #[error("{found} known witnesses cosigned; {wanted} are demanded")]
    Quorum {
        /// Distinct witnesses whose cosignature held.
        found: usize,
        /// Demanded.
        wanted: usize,
    },
    /// The key given for signing is a log's, or the time is above 2^63 - 1.
    #[error("a cosignature needs a cosignature key and a time below 2^63")]
    Unusable,
}

/// Cosigns a checkpoint as a witness. `time` is in seconds since the Unix epoch.
///
/// # Errors
/// [`CosignatureError::Unusable`].
pub fn cosign(
    checkpoint: &SignedCheckpoint,
    key: &SigningKey,
    time: u64,
) -> Result<Signature, CosignatureError> {
    if key.kind() != KeyKind::Cosignature || i64::try_from(time).is_err() {
        return Err(CosignatureError::Unusable);
    }
    let message = message(checkpoint, time);
    key.sign(message.as_bytes(), &time.to_be_bytes()).ok_or(CosignatureError::Unusable)
}

/// Verifies the cosignatures of the witnesses that are known here, ignores all others, and
/// demands at least `quorum` of them. Several by one witness count once, the latest.
///
/// # Errors
/// See [`CosignatureError`].
pub fn verify_cosignatures(
    checkpoint: &SignedCheckpoint,
    witnesses: &[VerifierKey],
    quorum: usize,
) -> Result<Vec<Cosignature>, CosignatureError> {
    let mut found: Vec<Cosignature> = Vec::new();
    for witness in witnesses {
        let lines = checkpoint.note().signatures().iter();
        let mut latest = None;
        for line in lines.filter(|line| witness.made(line)) {
            let forged = || CosignatureError::Forged(witness.name().to_owned());
            let time = verify_line(checkpoint, witness, line).ok_or_else(forged)?;
            latest = latest.max(Some(time));
        }
        // One witness has one name, however many keys it is configured with.
        if let Some(time) = latest {
            match found.iter_mut().find(|known| known.witness == witness.name()) {
                Some(known) => known.time = known.time.max(time),
                None => found.push(Cosignature { witness: witness.name().to_owned(), time }),
            }
        }
    }
    if found.len() < quorum {
        return Err(CosignatureError::Quorum { found: found.len(), wanted: quorum });
    }
    Ok(found)
}

/// The time in a cosignature line that holds.
pub(crate) fn verify_line(
    checkpoint: &SignedCheckpoint,
    witness: &VerifierKey,
    line: &Signature,
) -> Option<u64> {
    let (time, signature) = line.bytes().split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    let usable = witness.kind() == KeyKind::Cosignature && i64::try_from(time).is_ok();
    let holds = || witness.holds(message(checkpoint, time).as_bytes(), signature);
    (usable && holds()).then_some(time)
}

fn message(checkpoint: &SignedCheckpoint, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{}", checkpoint.note().text())
}
