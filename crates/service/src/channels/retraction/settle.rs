//! Settling what is to be taken back: the operator's answer, its note, and the end of the key.

use bankside_domain::Timestamp;
use bankside_store::outbox::{self, Failure, Held, Hold, OutboxRow, Retract};
use bankside_store::{StoreError, Tx, dispatches, retractions};

use super::{KEPT_DAYS, Kept, Place, Retractions, sealed_at};
use crate::commit::CommitError;
use crate::keys::{DataKey, KeyError, Subject};
use crate::ports::SendError;

/// Wishes whose keys one run destroys.
const AT_ONCE: i64 = 256;

/// What the operator answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::channels) enum Back {
    /// It is deleted.
    Taken,
    /// It stays.
    Kept(Kept),
    /// To be tried again, not before so many milliseconds.
    Later(Option<i64>, String),
}

impl Back {
    pub(in crate::channels) fn of(answer: Result<(), SendError>) -> Self {
        match answer {
            Ok(()) => Self::Taken,
            Err(SendError::Later { after_millis, why }) => Self::Later(after_millis, why),
            Err(SendError::Gone { .. }) => Self::Kept(Kept::Gone),
            Err(SendError::Refused { .. } | SendError::WindowOver) => Self::Kept(Kept::Refused),
        }
    }

    pub(in crate::channels) const fn code(&self) -> &'static str {
        match self {
            Self::Taken => "retracted",
            Self::Kept(kept) => kept.code(),
            Self::Later(..) => "later",
        }
    }
}

/// An answer with what it is about.
pub(in crate::channels) struct Settled<'a> {
    pub(in crate::channels) row: &'a OutboxRow,
    pub(in crate::channels) retract: &'a Retract,
    pub(in crate::channels) back: Back,
    /// When it is tried again, if it is.
    pub(in crate::channels) next: Option<Timestamp>,
}

impl Settled<'_> {
    /// Writes it down, unless another courier has it by now.
    pub(in crate::channels) async fn write(
        self,
        tx: &mut Tx,
        hold: Hold<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Self { row, retract, back, next } = self;
        if outbox::keep(tx, row.id, hold).await? != Held::Mine {
            return Ok(());
        }
        let back = match (back, next) {
            (Back::Later(_, reason), Some(next)) => {
                let failure = Failure { reason: &reason, at: now };
                return outbox::put_off(tx, row.id, Some(next), failure).await;
            }
            (Back::Later(..), None) => Back::Kept(Kept::GaveUp),
            (settled, _) => settled,
        };
        outbox::sent(tx, row.id).await?;
        let part = (row.conversation, row.message_seq, retract.part);
        dispatches::set_retraction(tx, part, back.code(), now).await?;
        retractions::settle(tx, retract.retraction, back == Back::Taken).await
    }
}

/// Where a part is; late where its time is over meanwhile.
pub(in crate::channels) fn open(
    key: &DataKey,
    row: &OutboxRow,
    retract: &Retract,
    now: Timestamp,
) -> Result<Place, Kept> {
    let opened = key.open(&sealed_at(row.id), &retract.place_ct).map_err(|_| Kept::Refused)?;
    let place: Place = serde_json::from_slice(&opened).map_err(|_| Kept::Refused)?;
    match place.until {
        Some(until) if until <= now.as_millis() => Err(Kept::Late),
        _ => Ok(place),
    }
}

impl Place {
    /// The operator's id.
    pub(in crate::channels) fn id(&self) -> &str {
        &self.id
    }
}

impl Retractions {
    /// Destroys the keys of wishes of which every part is settled, and scrubs the files; says how
    /// many. What a long reader keeps from being scrubbed waits for the next run.
    ///
    /// # Errors
    /// [`KeyError`] or [`StoreError`]; the rest waits for the next run.
    pub async fn finish_settled(&self) -> Result<usize, CommitError<KeyError>> {
        let refused = |error: KeyError| CommitError::Refused(error);
        let ground = &self.ground;
        let settled = async {
            let mut look = ground.store.look().await?;
            retractions::settled(&mut look, AT_ONCE).await
        };
        let settled = settled.await.map_err(|e| refused(e.into()))?;
        if settled.is_empty() {
            return Ok(0);
        }
        for id in &settled {
            ground.keys.forget(Subject::Retraction(*id)).await.map_err(refused)?;
        }
        let keys = ground.keys.scrub().await.map_err(refused)?;
        if !keys || !ground.store.scrub().await.map_err(|e| refused(e.into()))? {
            return Ok(0);
        }
        let (count, now) = (settled.len(), ground.clock.now());
        ground
            .committer
            .commit(move |unit| {
                Box::pin(async move {
                    for id in settled {
                        retractions::done(unit.tx, id, now).await?;
                    }
                    Ok::<_, KeyError>(())
                })
            })
            .await?;
        Ok(count)
    }

    /// Lets go of outcomes that are some months old; says how many.
    pub(in crate::channels) async fn sweep(&self, tx: &mut Tx) -> Result<u64, StoreError> {
        retractions::sweep(tx, self.ground.clock.now().plus_days(-KEPT_DAYS)).await
    }
}
