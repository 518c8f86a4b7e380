//! Long messages of hers, until all their parts are there.
//!
//! INVARIANT: what waits here is bounded, for each sender and for all; what does not become whole is
//! kept apart rather than understood by half.

use std::collections::BTreeMap;
use std::fmt;

use super::frame::Frame;
use super::session::Digest;
use super::udh::Place;

/// Messages that wait, of one sender and of all. With 20 parts of 255 octets, and their frames, that
/// is below 12 MiB.
const MAX_OF_SENDER: usize = 4;
const MAX_WAITING: usize = 1024;
/// Minutes after which the rest is not waited for any more.
const MAX_AGE: u8 = 10;

/// Which message.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) from: String,
    pub(super) reference: u16,
    pub(super) total: u8,
    pub(super) coding: u8,
}

impl Key {
    /// Of a part.
    pub(super) fn of(from: &str, place: Place, coding: u8) -> Self {
        Self { from: from.to_owned(), reference: place.reference, total: place.total, coding }
    }
}

/// A delivery that is not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) sequence: u32,
    pub(super) digest: Digest,
}

/// A part that came.
pub(super) struct Part {
    pub(super) octets: Vec<u8>,
    pub(super) frame: Frame,
    pub(super) digest: Digest,
    /// Nothing where it was answered, or cannot be any more.
    pub(super) held: Option<Held>,
}

/// What became of it.
pub(super) enum Put {
    /// Others are missing. The delivery that it takes the place of, where that waits for an answer.
    Waits(Option<Held>),
    /// None is missing: the octets of all of them.
    Whole(Vec<u8>),
    /// The sender has begun too many.
    TooMany,
    /// There is no room.
    Full,
}

/// What waits.
#[derive(Default)]
pub(super) struct Assembly(BTreeMap<Key, Set>);

#[derive(Default)]
struct Set {
    parts: BTreeMap<u8, Part>,
    age: u8,
}

impl Assembly {
    /// Takes a part in.
    pub(super) fn put(&mut self, key: &Key, number: u8, part: Part) -> Put {
        if !self.0.contains_key(key) {
            if self.0.keys().filter(|known| known.from == key.from).count() >= MAX_OF_SENDER {
                return Put::TooMany;
            }
            if self.0.len() >= MAX_WAITING {
                return Put::Full;
            }
        }
        let set = self.0.entry(key.clone()).or_default();
        set.age = 0;
        let before = set.parts.insert(number, part).and_then(|before| before.held);
        if set.parts.len() < usize::from(key.total) {
            return Put::Waits(before);
        }
        let octets = set.parts.values().flat_map(|part| part.octets.iter().copied());
        Put::Whole(octets.collect())
    }

    /// Lets a part go that waits to be answered, if it still does.
    pub(super) fn release(&mut self, key: &Key, number: u8, held: Held) -> bool {
        let part = self.0.get_mut(key).and_then(|set| set.parts.get_mut(&number));
        part.is_some_and(|part| part.held.take_if(|known| *known == held).is_some())
    }

    /// Deliveries of a message that wait to be answered. They do not any more.
    pub(super) fn held(&mut self, key: &Key) -> Vec<Held> {
        let parts = self.0.get_mut(key).map(|set| set.parts.values_mut());
        parts.into_iter().flatten().filter_map(|part| part.held.take()).collect()
    }

    /// The frames of a message, one after another.
    pub(super) fn frames(&self, key: &Key) -> Vec<u8> {
        let parts = self.0.get(key).map(|set| set.parts.values());
        parts.into_iter().flatten().flat_map(|part| part.frame.bytes()).copied().collect()
    }

    /// Forgets a message: the deliveries of it that wait to be answered, and the others, which may come
    /// again.
    pub(super) fn remove(&mut self, key: &Key) -> (Vec<Held>, Vec<Digest>) {
        let parts = self.0.remove(key).map(|set| set.parts);
        let (held, others): (Vec<_>, Vec<_>) =
            parts.into_iter().flatten().map(|(_, part)| part).partition(|part| part.held.is_some());
        let held = held.into_iter().filter_map(|part| part.held).collect();
        (held, others.into_iter().map(|part| part.digest).collect())
    }

    /// A session ended: what it delivered cannot be answered by another.
    pub(super) fn session_ended(&mut self) {
        self.0
            .values_mut()
            .flat_map(|set| set.parts.values_mut())
            .for_each(|part| part.held = None);
    }

    /// A minute went by: messages that are not waited for any more.
    pub(super) fn age(&mut self) -> Vec<Key> {
        self.0.values_mut().for_each(|set| set.age = set.age.saturating_add(1));
        let old = self.0.iter().filter(|(_, set)| set.age >= MAX_AGE);
        old.map(|(key, _)| key.clone()).collect()
    }
}

impl fmt::Debug for Assembly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Assembly").field(&self.0.len()).finish()
    }
}
