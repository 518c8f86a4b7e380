//! Outside witnesses (C2SP tlog-witness): each is shown that the newest checkpoint extends the one
//! it saw last, and its cosignature is kept with the checkpoint that the log serves.
//!
//! INVARIANT: a cosignature is stored only after it was verified under the witness's own key.
//!
//! Deliberately absent: the network. [`Witness`] is a port; whoever implements it sends bytes.

use std::sync::Arc;

use async_trait::async_trait;
use bankside_store::{StoreError, checkpoints, settings};
use bankside_transparency::checkpoint::SignedCheckpoint;
use bankside_transparency::key::VerifierKey;
use bankside_transparency::note::Note;
use bankside_transparency::witness::{Reply, WitnessError, read_reply, request};

use super::prove::Under;
use super::{Log, LogError};
use crate::commit::{CommitError, Unit};

/// Requests in one go: a first one, one with the size that the witness says, and one more where
/// another node was quicker.
const MAX_TRIES: usize = 3;

/// An outside witness.
#[async_trait]
pub trait Witness: Send + Sync + 'static {
    /// Its name in settings and log lines: short, stable, not personal.
    fn name(&self) -> &str;

    /// Its public keys.
    fn keys(&self) -> &[VerifierKey];

    /// Posts `body` to the witness's `add-checkpoint`; its status (RFC 9110) and answer. The
    /// answer should be cut off after [`bankside_transparency::witness::MAX_REPLY_BYTES`] and one.
    ///
    /// # Errors
    /// Why there was no answer at all.
    async fn add_checkpoint(&self, body: String) -> Result<(u16, Vec<u8>), String>;
}

/// Why a witness did not cosign.
#[derive(Debug, thiserror::Error)]
pub enum CosignError {
    /// There is nothing to cosign, or the log cannot be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// It refused, or answered what cannot be believed.
    #[error(transparent)]
    Witness(#[from] WitnessError),
    /// It saw a larger tree of this log than there is: the database was restored from a backup,
    /// or the log was forked. An operator must look into it.
    #[error("the witness saw {seen} entries of this log, but there are only {size}")]
    Ahead {
        /// Entries that the witness cosigned.
        seen: u64,
        /// Entries of the newest checkpoint.
        size: u64,
    },
    /// Its size changed with each request.
    #[error("the witness answered with another size each time")]
    Unsteady,
    /// No answer at all.
    #[error("the witness does not answer: {0}")]
    Unreachable(String),
    /// The cosignature could not be stored.
    #[error("the cosignature was not stored: {0}")]
    Store(#[from] CommitError<StoreError>),
}

impl From<StoreError> for CosignError {
    fn from(error: StoreError) -> Self {
        LogError::from(error).into()
    }
}

impl Log {
    /// Has a witness cosign the newest checkpoint, and stores the checkpoint with its line; says
    /// at which size. Nothing is asked where it did that already.
    ///
    /// # Errors
    /// [`CosignError`]; [`CosignError::Ahead`] and an inconsistency are alarms, the rest passes.
    pub async fn cosign(&self, witness: &dyn Witness) -> Result<u64, CosignError> {
        let setting = format!("witness.{}.size", witness.name());
        let mut under = Under::newest(self).await?;
        let size = under.size;
        let kept = settings::get(&mut under.tx, &setting).await?;
        let mut seen: u64 = kept.and_then(|text| text.parse().ok()).unwrap_or(0);
        if seen == size {
            return Ok(size);
        }
        for _ in 0..MAX_TRIES {
            if seen > size {
                return Err(CosignError::Ahead { seen, size });
            }
            let proof = under.consistency(seen).await?;
            let body = request(seen, &proof, &under.checkpoint)?;
            let (status, reply) =
                witness.add_checkpoint(body).await.map_err(CosignError::Unreachable)?;
            match read_reply(status, &reply, &under.checkpoint, witness.keys())? {
                Reply::OtherSize(other) if other == seen => return Err(CosignError::Unsteady),
                Reply::OtherSize(other) => seen = other,
                Reply::Cosigned(cosigned, _) => {
                    drop(under);
                    self.keep(cosigned, setting).await?;
                    return Ok(size);
                }
            }
        }
        Err(CosignError::Unsteady)
    }

    async fn keep(
        &self,
        cosigned: SignedCheckpoint,
        setting: String,
    ) -> Result<(), CommitError<StoreError>> {
        let cosigned = Arc::new(cosigned);
        self.committer
            .commit(move |unit| Box::pin(async move { merge(unit, &cosigned, &setting).await }))
            .await
    }
}

/// Adds the lines to the stored note; another witness may have added its own meanwhile.
async fn merge(
    unit: &mut Unit<'_>,
    cosigned: &SignedCheckpoint,
    setting: &str,
) -> Result<(), StoreError> {
    let size = cosigned.checkpoint().size();
    let key = i64::try_from(size).map_err(|_| StoreError::Shape)?;
    let mut row = checkpoints::at(unit.tx, key).await?.ok_or(StoreError::Conflict)?;
    let mut note = Note::parse(row.note.as_bytes()).map_err(|_| StoreError::Shape)?;
    for line in cosigned.note().signatures() {
        note.add(line.clone());
    }
    row.note = note.to_string();
    checkpoints::put(unit.tx, &row).await?;
    settings::set(unit.tx, setting, &size.to_string()).await
}
