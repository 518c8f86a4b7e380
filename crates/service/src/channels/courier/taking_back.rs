//! Asking an operator to delete a part.

use bankside_store::StoreError;
use bankside_store::outbox::{OutboxRow, Retract};

use super::{Courier, SEND_TIMEOUT, hold, next_try};
use crate::channels::retraction::{Back, Kept, Settled, open};
use crate::commit::CommitError;
use crate::keys::{KeyError, Subject};

impl Courier {
    /// Asks, and notes the answer.
    pub(super) async fn take_back(&self, row: &OutboxRow, retract: &Retract) {
        let back = self.ask(row, retract).await;
        metrics::counter!("bankside_retractions_total", "channel" => self.id.to_string(), "fate" => back.code())
            .increment(1);
        if let Err(error) = self.settle(row.clone(), retract.clone(), back).await {
            tracing::warn!(%error, "what became of a retraction could not be noted");
        }
    }

    async fn ask(&self, row: &OutboxRow, retract: &Retract) -> Back {
        let key = match self.keys.get(Subject::Retraction(retract.retraction)).await {
            Ok(key) => key,
            Err(KeyError::NoKey) => return Back::Kept(Kept::Refused),
            Err(error) => {
                tracing::warn!(%error, "a retraction cannot be read");
                return Back::Later(None, "it cannot be read".to_owned());
            }
        };
        let place = match open(&key, row, retract, self.clock.now()) {
            Ok(place) => place,
            Err(kept) => return Back::Kept(kept),
        };
        let to = place.contact();
        let asking = self.channel.retract(&to, place.id());
        match tokio::time::timeout(SEND_TIMEOUT, asking).await {
            Ok(answer) => Back::of(answer),
            Err(_) => Back::Later(None, "no answer in time".to_owned()),
        }
    }

    async fn settle(
        &self,
        row: OutboxRow,
        retract: Retract,
        back: Back,
    ) -> Result<(), CommitError<StoreError>> {
        let now = self.clock.now();
        let next = match &back {
            Back::Later(after, _) => next_try(&row, *after, now),
            Back::Taken | Back::Kept(_) => None,
        };
        let name = self.name.clone();
        let settling = self.committer.commit(move |unit| {
            Box::pin(async move {
                let settled = Settled { row: &row, retract: &retract, back, next };
                settled.write(unit.tx, hold(&name, now), now).await
            })
        });
        settling.await
    }
}
