//! Which message of hers an answer answers. It is known as long as the service runs, of the people who
//! wrote last; without it an answer stands in the same thread all the same.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::address::Address;

/// People of whom it is known.
const MAX_PEOPLE: usize = 4096;

/// The last message of each.
#[derive(Default)]
pub(super) struct Recent(Mutex<VecDeque<(Address, String)>>);

impl Recent {
    /// She wrote a message with that id.
    pub(super) fn heard(&self, from: &Address, id: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(person, _)| person != from);
        if kept.len() >= MAX_PEOPLE {
            kept.pop_front();
        }
        kept.push_back((from.clone(), id.to_owned()));
    }

    /// The id of her last message.
    pub(super) fn of(&self, to: &Address) -> Option<String> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().rev().find(|(person, _)| person == to).map(|(_, id)| id.clone())
    }
}

impl fmt::Debug for Recent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recent(••)")
    }
}
