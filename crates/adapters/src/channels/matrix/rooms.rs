//! Who is known to be in a room.
//!
//! INVARIANT: what is not known is asked of the homeserver; nothing here makes a room safe that the
//! homeserver did not say so of, with no change since.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Rooms that are remembered; more of them, and all are asked for anew.
const MAX_ROOMS: usize = 10_000;

/// Who is in a room besides the bank.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Company {
    /// One person, by her id.
    Alone(String),
    /// Nobody, or several.
    Other,
}

/// Rooms that were asked for.
#[derive(Default)]
pub(super) struct Rooms(Mutex<Known>);

#[derive(Default)]
struct Known {
    rooms: HashMap<String, Company>,
    /// Counts what came in, so that an answer that is older is not believed.
    changes: u64,
}

impl Rooms {
    /// Who is there, if that is known.
    pub(super) fn company(&self, room: &str) -> Option<Company> {
        self.known().rooms.get(room).cloned()
    }

    /// To be taken before the homeserver is asked.
    pub(super) fn changes(&self) -> u64 {
        self.known().changes
    }

    /// Remembers what the homeserver said, unless something changed meanwhile.
    pub(super) fn learn(&self, room: &str, company: Company, before: u64) {
        let mut known = self.known();
        if known.changes != before {
            return;
        }
        if known.rooms.len() >= MAX_ROOMS {
            known.rooms.clear();
        }
        known.rooms.insert(room.to_owned(), company);
    }

    /// Somebody came or went: it must be asked again. Says who was there alone.
    pub(super) fn forget(&self, room: &str) -> Option<String> {
        let mut known = self.known();
        known.changes = known.changes.wrapping_add(1);
        match known.rooms.remove(room) {
            Some(Company::Alone(customer)) => Some(customer),
            Some(Company::Other) | None => None,
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Rooms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rooms({})", self.known().rooms.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_older_than_a_change_is_not_believed() {
        let rooms = Rooms::default();
        let her = || Company::Alone("@her:x".to_owned());
        let before = rooms.changes();
        rooms.learn("!a", her(), before);
        assert!(rooms.company("!a") == Some(her()));
        assert_eq!(rooms.forget("!a").as_deref(), Some("@her:x"));
        assert!(rooms.company("!a").is_none());
        rooms.learn("!a", her(), before);
        assert!(rooms.company("!a").is_none());
        for number in 0..=MAX_ROOMS {
            rooms.learn(&format!("!{number}"), Company::Other, rooms.changes());
        }
        assert_eq!(format!("{rooms:?}"), "Rooms(1)");
    }
}
