//! The keys of the log over its life: which signed when, and how one follows another.
//!
//! INVARIANT: a rotation, the signature of the new key under the newest checkpoint, and nothing
//! else, are written in one transaction; from then on no other key signs for this log, on no node.
//!
//! Deliberately absent: a way to withdraw a stolen key. A thief could rotate it as well; the bank
//! hands out another first key (see `docs/src/disclosure-log.md`).

use std::sync::Arc;

use bankside_store::rotations::{self, RotationRow};
use bankside_store::{StoreError, Tx, checkpoints};
use bankside_transparency::key::{SigningKey, VerifierKey};
use bankside_transparency::keyset::{self, LogKeys, RotationError};
use bankside_transparency::note::Note;

use super::prove::number;
use super::{Log, LogError};
use crate::commit::{CommitError, Unit};

/// Why the key stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// There is no checkpoint that both keys could sign.
    #[error("nothing was sealed yet, so there is nothing to rotate")]
    Empty,
    /// Nothing was published since the last rotation.
    #[error("nothing was sealed since the last rotation; let the service run first")]
    Again,
    /// The stored rotations do not hold.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The rotation would not be believed.
    #[error(transparent)]
    Rotation(#[from] RotationError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Log {
    /// Every key of the log, with the sizes that it signs.
    ///
    /// # Errors
    /// [`LogError::Keys`] where the stored rotations do not lead from the first key to this
    /// node's.
    pub async fn keys(&self) -> Result<LogKeys, LogError> {
        self.keys_in(&mut self.store.read().await?).await
    }

    /// The key that whoever verifies must know: the first, from which rotations lead to the rest.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn first_key(&self) -> Result<VerifierKey, LogError> {
        let mut tx = self.store.read().await?;
        first(self, rotations::at(&mut tx, 1).await?.as_ref())
    }

    /// As [`Log::keys`], as of a transaction.
    pub(super) async fn keys_in(&self, tx: &mut Tx) -> Result<LogKeys, LogError> {
        let rows = rotations::all(tx).await?;
        let mut keys = LogKeys::new(&self.origin, first(self, rows.first())?)
            .map_err(|error| LogError::Keys(error.to_string()))?;
        for row in rows {
            keys.follow(row.note.as_bytes())
                .map_err(|error| LogError::Keys(format!("rotation {}: {error}", row.number)))?;
        }
        if keys.current() != Some(&self.verifier()) {
            return Err(LogError::Keys("the log was handed to another key than this one".into()));
        }
        Ok(keys)
    }

    /// Hands the log to `next`: from the newest checkpoint on, that key signs. This `Log` must not
    /// publish any more; start anew with the new key. Says at which size.
    ///
    /// # Errors
    /// [`RotateError`]; then nothing changed.
    pub async fn rotate(&self, next: SigningKey) -> Result<u64, CommitError<RotateError>> {
        let (this, next) = (self.clone(), Arc::new(next));
        self.committer
            .commit(move |unit| Box::pin(async move { this.rotate_in(unit, &next).await }))
            .await
    }

    async fn rotate_in(&self, unit: &mut Unit<'_>, next: &SigningKey) -> Result<u64, RotateError> {
        let mut row = checkpoints::latest(unit.tx).await?.ok_or(RotateError::Empty)?;
        let mut keys = self.keys_in(unit.tx).await?;
        let last = rotations::newest(unit.tx).await?;
        if last.as_ref().is_some_and(|last| last.size >= row.size) {
            return Err(RotateError::Again);
        }
        let size = number(row.size)?;
        let note = keyset::rotation(&self.origin, size, &self.signer, next)?.to_string();
        keys.follow(note.as_bytes())?;
        let mut checkpoint = Note::parse(row.note.as_bytes()).map_err(|_| StoreError::Shape)?;
        if !next.sign_note(&mut checkpoint) {
            return Err(RotationError::Form.into());
        }
        row.note = checkpoint.to_string();
        checkpoints::put(unit.tx, &row).await?;
        let rotation = RotationRow {
            number: last.map_or(0, |last| last.number) + 1,
            size: row.size,
            old_key: self.verifier().to_string(),
            new_key: next.verifier().to_string(),
            note,
        };
        rotations::insert(unit.tx, &rotation).await?;
        Ok(size)
    }
}

fn first(log: &Log, row: Option<&RotationRow>) -> Result<VerifierKey, LogError> {
    match row {
        None => Ok(log.verifier()),
        Some(row) => {
            VerifierKey::parse(&row.old_key).map_err(|error| LogError::Keys(error.to_string()))
        }
    }
}

/// The notes of all rotations, oldest first.
pub(super) async fn notes(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    Ok(rotations::all(tx).await?.into_iter().map(|row| row.note).collect())
}

/// Whether this key may sign: the log was not handed to another.
pub(super) async fn may_sign(tx: &mut Tx, key: &VerifierKey) -> Result<bool, StoreError> {
    let newest = rotations::newest(tx).await?;
    Ok(newest.is_none_or(|row| row.new_key == key.to_string()))
}
