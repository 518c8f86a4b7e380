//! Stanzas that were written, until the server has handled them.

use std::collections::{BTreeMap, VecDeque};

use bankside_service::ports::SendError;
use tokio::sync::oneshot;

/// Rounds that may be under way: a server that answers none of so many is gone.
const MAX_ROUNDS: usize = 64;

/// A stanza to be written.
#[derive(Debug)]
pub(super) struct Job {
    /// Its id; nothing where it has none.
    pub(super) id: String,
    /// As it goes on the wire; nothing where only a round is wanted.
    pub(super) stanza: String,
    /// Who wants to know what became of it.
    pub(super) tell: Option<oneshot::Sender<Result<(), SendError>>>,
}

/// Who waits for what.
#[derive(Debug, Default)]
pub(super) struct Pending {
    waiting: BTreeMap<u64, Waiting>,
    /// The rounds under way; each speaks for what was written before it.
    rounds: VecDeque<u64>,
    next: u64,
}

#[derive(Debug)]
struct Waiting {
    id: String,
    tell: oneshot::Sender<Result<(), SendError>>,
}

impl Pending {
    /// Remembers who waits for what was written.
    pub(super) fn wrote(&mut self, id: String, tell: oneshot::Sender<Result<(), SendError>>) {
        self.next += 1;
        self.waiting.insert(self.next, Waiting { id, tell });
    }

    /// Begins a round that speaks for all that was written until now: its id, or nothing where too
    /// many are under way.
    pub(super) fn begins(&mut self) -> Option<String> {
        if self.rounds.len() >= MAX_ROUNDS {
            return None;
        }
        self.next += 1;
        self.rounds.push_back(self.next);
        Some(round(self.next))
    }

    /// Whether that is the id of a round under way: all that was written before it is handled.
    pub(super) fn came_round(&mut self, id: &str) -> bool {
        let Some(at) = self.rounds.iter().position(|number| round(*number) == id) else {
            return false;
        };
        let until = self.rounds.drain(..=at).next_back().unwrap_or_default();
        let later = self.waiting.split_off(&until);
        for (_, waiting) in std::mem::replace(&mut self.waiting, later) {
            // Nobody may wait any more.
            waiting.tell.send(Ok(())).ok();
        }
        true
    }

    /// Whether somebody waits for that stanza: it came back with that error.
    pub(super) fn failed(&mut self, id: &str, error: SendError) -> bool {
        let found = self.waiting.iter().find(|(_, waiting)| !id.is_empty() && waiting.id == id);
        let found = found.map(|(number, _)| *number);
        match found.and_then(|number| self.waiting.remove(&number)) {
            Some(waiting) => waiting.tell.send(Err(error)).is_ok(),
            None => false,
        }
    }
}

fn round(number: u64) -> String {
    format!("round/{number}")
}
