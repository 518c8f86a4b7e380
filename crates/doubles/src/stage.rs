//! What is on a phone, and what the operator's servers saw; both with a bound.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::watch;

use crate::Kind;

/// Bubbles on a phone.
const BUBBLES: usize = 100;
/// Entries of a record.
const ENTRIES: usize = 200;

/// Who said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// The customer.
    Her,
    /// The bank.
    Bank,
    /// Neither: what the phone itself shows.
    Phone,
}

/// Something on the phone.
#[derive(Clone, Debug)]
pub(crate) struct Bubble {
    pub(crate) by: By,
    /// The operator's id of it.
    pub(crate) id: String,
    pub(crate) text: String,
    /// Words on a button, and the address behind it.
    pub(crate) links: Vec<(String, String)>,
    /// Words on an answer, and what a tap sends.
    pub(crate) answers: Vec<(String, String)>,
    /// Whether it was taken back.
    pub(crate) gone: bool,
}

impl Bubble {
    pub(crate) fn new(by: By, id: impl Into<String>, text: impl Into<String>) -> Self {
        let (id, text) = (id.into(), text.into());
        Self { by, id, text, links: Vec::new(), answers: Vec::new(), gone: false }
    }
}

/// Something that the servers saw.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Whether the bank began it.
    pub(crate) by_bank: bool,
    /// Method and path, without credentials.
    pub(crate) line: String,
    /// What was sent.
    pub(crate) body: Value,
    /// How it was answered, and with what.
    pub(crate) answer: Option<(u16, Value)>,
}

#[derive(Default)]
struct Shown {
    bubbles: VecDeque<Bubble>,
    entries: VecDeque<(u64, Entry)>,
    seen: u64,
    is_typing: bool,
}

/// Of one operator.
pub(crate) struct Stage {
    pub(crate) kind: Kind,
    shown: Mutex<Shown>,
    changed: watch::Sender<u64>,
}

/// What is there now.
pub(crate) struct Snapshot {
    pub(crate) bubbles: Vec<Bubble>,
    pub(crate) entries: Vec<Entry>,
    /// How many entries there were, those that were let go of among them.
    pub(crate) seen: u64,
    pub(crate) is_typing: bool,
}

impl Stage {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, shown: Mutex::default(), changed: watch::Sender::new(0) }
    }

    /// Tells of each change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let shown = self.shown();
        Snapshot {
            bubbles: shown.bubbles.iter().cloned().collect(),
            entries: shown.entries.iter().map(|(_, entry)| entry.clone()).collect(),
            seen: shown.seen,
            is_typing: shown.is_typing,
        }
    }

    /// Shows something. The bank's words end its writing.
    pub(crate) fn shows(&self, bubble: Bubble) {
        self.change(|shown| {
            shown.is_typing &= bubble.by != By::Bank;
            if shown.bubbles.len() >= BUBBLES {
                shown.bubbles.pop_front();
            }
            shown.bubbles.push_back(bubble);
        });
    }

    /// Shows that the bank is writing.
    pub(crate) fn types(&self, is_typing: bool) {
        self.change(|shown| shown.is_typing = is_typing);
    }

    /// Takes something off the phone; says whether it was there.
    pub(crate) fn takes_back(&self, id: &str) -> bool {
        self.change(|shown| {
            let found = shown.bubbles.iter_mut().find(|bubble| bubble.id == id && !bubble.gone);
            found.map(|bubble| *bubble = Bubble { gone: true, ..Bubble::new(By::Bank, id, "") })
        })
        .is_some()
    }

    /// What stands on the answer that sends this; that itself where there is none.
    pub(crate) fn label(&self, data: &str) -> String {
        let shown = self.shown();
        let mut answers = shown.bubbles.iter().rev().flat_map(|bubble| bubble.answers.iter());
        let found = answers.find(|(_, sent)| sent == data);
        found.map_or_else(|| data.to_owned(), |(label, _)| label.clone())
    }

    /// Records what the servers saw; its number, for the answer.
    pub(crate) fn records(&self, entry: Entry) -> u64 {
        self.change(|shown| {
            if shown.entries.len() >= ENTRIES {
                shown.entries.pop_front();
            }
            shown.seen += 1;
            shown.entries.push_back((shown.seen, entry));
            shown.seen
        })
    }

    /// Records how it was answered.
    pub(crate) fn answered(&self, number: u64, status: u16, body: Value) {
        self.change(|shown| {
            if let Some((_, entry)) = shown.entries.iter_mut().find(|(one, _)| *one == number) {
                entry.answer = Some((status, body));
            }
        });
    }

    fn change<T>(&self, act: impl FnOnce(&mut Shown) -> T) -> T {
        let done = act(&mut self.shown());
        self.changed.send_modify(|number| *number += 1);
        done
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
