//! Where a channel hands in what came by its own connection: keeps it, holds it up, or refuses it.

use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::channel::Inbound;
use bankside_service::ports::{Ended, Inlet, NotTaken};
use tokio::sync::watch;

/// Longest wait for what must come: longer than any adapter takes, on the slowest machine.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// What the desk does with what is handed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mood {
    /// Commits it.
    #[default]
    Takes,
    /// Has it in hand, and has not committed it yet.
    Holds,
    /// Cannot commit it.
    Refuses,
}

/// What came until now.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// Times that the connection stood.
    pub(super) stood: usize,
    /// Times that it ended, and how it did the last time.
    pub(super) ended: usize,
    pub(super) end: Option<Ended>,
    /// Things handed in, whatever became of them.
    pub(super) handed: usize,
    pub(super) events: Vec<Inbound>,
    /// Why things were kept apart.
    pub(super) apart: Vec<String>,
}

/// The desk.
#[derive(Debug, Default)]
pub(super) struct Desk {
    kept: watch::Sender<Kept>,
    mood: watch::Sender<Mood>,
}

impl Desk {
    pub(super) fn kept(&self) -> Kept {
        self.kept.borrow().clone()
    }

    pub(super) fn is(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }

    pub(super) fn ended(&self, how: Ended) {
        self.kept.send_modify(|kept| {
            kept.ended += 1;
            kept.end = Some(how);
        });
    }

    /// Waits until it is so; what was kept then, or what never came.
    pub(super) async fn until(
        &self,
        what: &str,
        is_so: impl FnMut(&Kept) -> bool,
    ) -> Result<Kept, String> {
        until(&self.kept, what, is_so).await
    }

    async fn committed(&self, keep: impl FnOnce(&mut Kept)) -> Result<(), NotTaken> {
        self.kept.send_modify(|kept| kept.handed += 1);
        let mut mood = self.mood.subscribe();
        let mood =
            mood.wait_for(|mood| *mood != Mood::Holds).await.map_or(Mood::Refuses, |mood| *mood);
        if mood == Mood::Refuses {
            return Err(NotTaken);
        }
        self.kept.send_modify(keep);
        Ok(())
    }
}

/// Waits until a value is so.
pub(super) async fn until<T: Clone>(
    value: &watch::Sender<T>,
    what: &str,
    is_so: impl FnMut(&T) -> bool,
) -> Result<T, String> {
    let mut value = value.subscribe();
    let found = tokio::time::timeout(PATIENCE, value.wait_for(is_so)).await;
    match found {
        Ok(Ok(found)) => Ok(found.clone()),
        Ok(Err(_)) | Err(_) => Err(format!("{what} never came")),
    }
}

#[async_trait]
impl Inlet for Desk {
    fn connected(&self) {
        self.kept.send_modify(|kept| kept.stood += 1);
    }

    async fn take(&self, event: &Inbound) -> Result<(), NotTaken> {
        self.committed(|kept| kept.events.push(event.clone())).await
    }

    async fn keep_apart(&self, why: &str, _: &[u8]) -> Result<(), NotTaken> {
        self.committed(|kept| kept.apart.push(why.to_owned())).await
    }
}
