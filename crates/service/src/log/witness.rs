//! Outside witnesses (C2SP tlog-witness): each is shown that the newest checkpoint extends the one
//! it saw last, and its cosignature is kept with the checkpoint that the log serves.
//!
//! INVARIANT: a cosignature is stored only after it was verified under the witness's own key.
//!
//! Deliberately absent: the network. [`Witness`] is a port; whoever implements it sends bytes.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use bankside_domain::Timestamp;
use bankside_store::{StoreError, Tx, checkpoints, settings};
use bankside_transparency::checkpoint::SignedCheckpoint;
use bankside_transparency::key::VerifierKey;
use bankside_transparency::note::{Note, Signature};
use bankside_transparency::witness::{Reply, WitnessError, read_reply, request};

use super::prove::{Under, number};
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

impl CosignError {
    /// A name for counters.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Log(_) => "log",
            Self::Witness(WitnessError::UnknownLog) => "unknown_log",
            Self::Witness(WitnessError::NotTrusted) => "not_trusted",
            Self::Witness(WitnessError::Inconsistent) => "inconsistent",
            Self::Witness(WitnessError::Forged(_) | WitnessError::NotCosigned) => "not_cosigned",
            Self::Witness(WitnessError::Status(_)) => "status",
            Self::Witness(WitnessError::Malformed | WitnessError::Request { .. }) => "malformed",
            Self::Ahead { .. } => "ahead",
            Self::Unsteady => "unsteady",
            Self::Unreachable(_) => "unreachable",
            Self::Store(_) => "store",
        }
    }

    /// Whether it means that the log was forked or rolled back, rather than that a witness is
    /// not well.
    pub fn is_alarm(&self) -> bool {
        matches!(self, Self::Ahead { .. } | Self::Witness(WitnessError::Inconsistent))
    }
}

/// How far a witness is behind the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag {
    /// Entries of the newest checkpoint that it cosigned.
    pub cosigned: u64,
    /// Entries of the newest checkpoint.
    pub size: u64,
    /// When the oldest checkpoint that it did not take in was signed; none where it has all.
    pub since: Option<Timestamp>,
}

impl Log {
    /// Has a witness cosign the newest checkpoint, and stores the checkpoint with its line; says
    /// at which size. Nothing is asked where it did that already. No transaction is open while
    /// the witness is asked, so that a slow one holds up nothing.
    ///
    /// # Errors
    /// [`CosignError`]; [`CosignError::is_alarm`] tells alarms from what passes.
    pub async fn cosign(&self, witness: &dyn Witness) -> Result<u64, CosignError> {
        let mut under = Under::newest(self).await?;
        let mut seen = seen(&mut under.tx, witness.name()).await?;
        if seen == under.size {
            return Ok(seen);
        }
        for _ in 0..MAX_TRIES {
            let size = under.size;
            if seen > size {
                return Err(CosignError::Ahead { seen, size });
            }
            let proof = under.consistency(seen).await?;
            let Under { checkpoint, tx, .. } = under;
            drop(tx);
            let body = request(seen, &proof, &checkpoint)?;
            let (status, reply) =
                witness.add_checkpoint(body).await.map_err(CosignError::Unreachable)?;
            match read_reply(status, &reply, &checkpoint, witness.keys())? {
                Reply::OtherSize(other) if other == seen => return Err(CosignError::Unsteady),
                Reply::OtherSize(other) => seen = other,
                Reply::Cosigned(cosigned, _) => {
                    self.keep(cosigned, setting(witness.name())).await?;
                    return Ok(size);
                }
            }
            under = Under::newest(self).await?;
        }
        Err(CosignError::Unsteady)
    }

    /// How far the witness of that name is behind; none before the first checkpoint.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn witness_lag(&self, witness: &str) -> Result<Option<Lag>, LogError> {
        let mut tx = self.store.read().await?;
        let Some(newest) = checkpoints::latest(&mut tx).await? else { return Ok(None) };
        let cosigned = seen(&mut tx, witness).await?;
        let above = i64::try_from(cosigned).map_err(|_| LogError::Unreadable)?;
        let since = checkpoints::first_above(&mut tx, above).await?;
        Ok(Some(Lag { cosigned, size: number(newest.size)?, since }))
    }

    async fn keep(
        &self,
        cosigned: SignedCheckpoint,
        setting: String,
    ) -> Result<(), CommitError<StoreError>> {
        let (cosigned, origin) = (Arc::new(cosigned), self.origin.clone());
        self.committer
            .commit(move |unit| {
                Box::pin(async move { merge(unit, &cosigned, &origin, &setting).await })
            })
            .await
    }
}

fn setting(witness: &str) -> String {
    format!("witness.{witness}.size")
}

/// Entries that a witness is known to have cosigned; 0 where nothing is known.
async fn seen(tx: &mut Tx, witness: &str) -> Result<u64, StoreError> {
    let kept = settings::get(tx, &setting(witness)).await?;
    Ok(kept.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Adds the lines to the stored note; another witness may have added its own meanwhile.
async fn merge(
    unit: &mut Unit<'_>,
    cosigned: &SignedCheckpoint,
    origin: &str,
    setting: &str,
) -> Result<(), StoreError> {
    let size = cosigned.checkpoint().size();
    let key = i64::try_from(size).map_err(|_| StoreError::Shape)?;
    let mut row = checkpoints::at(unit.tx, key).await?.ok_or(StoreError::Conflict)?;
    let mut note = Note::parse(row.note.as_bytes()).map_err(|_| StoreError::Shape)?;
    for line in cosigned.note().signatures() {
        note.add(line.clone());
    }
    let others = note.signatures().iter().map(Signature::name).filter(|name| *name != origin);
    let others = others.collect::<BTreeSet<_>>().len();
    row.cosigned = i64::try_from(others).map_err(|_| StoreError::Shape)?;
    row.note = note.to_string();
    checkpoints::put(unit.tx, &row).await?;
    settings::set(unit.tx, setting, &size.to_string()).await
}
