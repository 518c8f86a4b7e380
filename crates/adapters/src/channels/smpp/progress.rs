//! What the SMSC has taken: parts of long messages that are not whole yet, and which message a part
//! belongs to.

use std::collections::{BTreeMap, VecDeque};

use bankside_domain::channel::{Event, Inbound, Status};

/// Long messages that wait to be tried anew.
const MAX_BEGUN: usize = 256;
/// Parts whose message is remembered.
const MAX_PARTS: usize = 8192;

/// Bounded: what is oldest is forgotten.
#[derive(Debug, Default)]
pub(super) struct Progress {
    begun: VecDeque<Begun>,
    wholes: BTreeMap<String, String>,
    order: VecDeque<String>,
}

#[derive(Debug)]
struct Begun {
    key: String,
    total: usize,
    ids: Vec<Option<String>>,
}

impl Progress {
    /// Ids of the parts of a message that were taken before it failed.
    pub(super) fn resume(&mut self, key: &str, total: usize) -> Vec<Option<String>> {
        let found = self.begun.iter().find(|begun| begun.key == key && begun.total == total);
        found.map(|begun| begun.ids.clone()).unwrap_or_default()
    }

    /// One more was taken.
    pub(super) fn went(&mut self, key: &str, total: usize, ids: &[Option<String>]) {
        if ids.len() == total {
            return;
        }
        self.begun.retain(|begun| begun.key != key);
        if self.begun.len() == MAX_BEGUN {
            self.begun.pop_front();
        }
        self.begun.push_back(Begun { key: key.to_owned(), total, ids: ids.to_vec() });
    }

    /// All were taken: the last one's id is the message's.
    pub(super) fn done(&mut self, key: &str, ids: &[Option<String>]) {
        self.begun.retain(|begun| begun.key != key);
        let Some((Some(whole), parts)) = ids.split_last() else { return };
        for part in parts.iter().flatten().filter(|part| *part != whole) {
            if self.wholes.insert(part.clone(), whole.clone()).is_none() {
                self.order.push_back(part.clone());
            }
            if self.order.len() > MAX_PARTS
                && let Some(oldest) = self.order.pop_front()
            {
                self.wholes.remove(&oldest);
            }
        }
    }

    /// What a receipt says of the whole message: nothing where a part before the last one arrived.
    pub(super) fn of_whole(&self, went: Inbound) -> Option<Inbound> {
        let Event::Status { of: Some(part), status, .. } = &went.event else { return Some(went) };
        let Some(whole) = self.wholes.get(part) else { return Some(went) };
        let status = *status;
        let id = format!("receipt/{status:?}/{whole}").to_ascii_lowercase();
        let event = Event::Status { of: Some(whole.clone()), until: None, status };
        (status == Status::Failed).then_some(Inbound { id, event, ..went })
    }
}
