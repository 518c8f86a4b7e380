//! What she saw, noted a moment later: many chats share one unit of the writer.
//!
//! A crash within that moment loses a note at most, and then a message is shown as new once more.
//! Nothing else rests on it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bankside_domain::id::ConversationId;
use bankside_store::{StoreError, conversations};

use crate::commit::{CommitError, Committer};

/// How long notes gather.
const PAUSE: Duration = Duration::from_millis(250);
/// Chats that one unit notes.
const AT_ONCE: usize = 256;

/// What was seen and is not noted yet: the newest number, by conversation. Clones are the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen(Arc<Mutex<HashMap<ConversationId, i64>>>);

impl Seen {
    /// The newest that was seen of a conversation and is not noted yet.
    pub(super) fn of(&self, id: ConversationId) -> i64 {
        self.waiting().get(&id).copied().unwrap_or(0)
    }

    /// Everything up to `seq` was seen.
    pub(super) fn note(&self, committer: &Committer, id: ConversationId, seq: i64) {
        let mut waiting = self.waiting();
        let is_first = waiting.is_empty();
        let newest = waiting.entry(id).or_insert(seq);
        *newest = seq.max(*newest);
        if is_first {
            tokio::spawn(self.clone().write(committer.clone()));
        }
    }

    /// Writes until nothing waits. What cannot be written is let go.
    async fn write(self, committer: Committer) {
        loop {
            tokio::time::sleep(PAUSE).await;
            let some: Vec<_> =
                self.waiting().iter().take(AT_ONCE).map(|(id, seq)| (*id, *seq)).collect();
            if let Err(error) = write(&committer, some.clone()).await {
                tracing::warn!(%error, "what was seen could not be noted");
            }
            let mut waiting = self.waiting();
            for (id, seq) in some {
                if waiting.get(&id) == Some(&seq) {
                    waiting.remove(&id);
                }
            }
            if waiting.is_empty() {
                return;
            }
        }
    }

    /// The map stays whole whatever happened to another holder.
    fn waiting(&self) -> MutexGuard<'_, HashMap<ConversationId, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(
    committer: &Committer,
    some: Vec<(ConversationId, i64)>,
) -> Result<(), CommitError<StoreError>> {
    let written = committer.commit(move |unit| {
        Box::pin(async move {
            for (id, seq) in some {
                conversations::read_up_to(unit.tx, id, seq).await?;
            }
            Ok(())
        })
    });
    written.await
}
