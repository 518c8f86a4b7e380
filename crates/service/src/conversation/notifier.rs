//! Tells whoever shows a chat that there is something new. Lossy by design: a listener that lags
//! reads the messages after the last that it saw.
//!
//! INVARIANT: a notice wakes the listeners of its own conversation and nobody else, so that its cost
//! does not grow with the chats that are open.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use bankside_domain::id::ConversationId;
use tokio::sync::Notify;
use tokio::sync::broadcast::{self, error::RecvError};

/// Notices of one conversation that a slow listener may lag behind before it must re-read.
const BACKLOG: usize = 16;

/// What happened in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// There are messages.
    Messages,
    /// The bank is about to answer.
    Typing,
    /// It was linked, unlinked, or erased, or goes on in another language: read it anew.
    Changed,
}

/// The bus within one node. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Notifier {
    rooms: Arc<Mutex<HashMap<ConversationId, Room>>>,
    couriers: Arc<OnceLock<HashMap<String, Arc<Notify>>>>,
}

/// Those who listen to one conversation.
#[derive(Debug)]
struct Room {
    sender: broadcast::Sender<What>,
    listeners: usize,
}

impl Notifier {
    /// Tells it.
    pub fn tell(&self, conversation: ConversationId, what: What) {
        if let Some(room) = self.rooms().get(&conversation) {
            // A listener that is just leaving need not hear it.
            let _listeners = room.sender.send(what);
        }
    }

    /// From now on wakes these when something is put on its way in their channel. The first stay.
    pub(crate) fn couriers(&self, couriers: HashMap<String, Arc<Notify>>) {
        let _first = self.couriers.set(couriers);
    }

    /// Something was put on its way in a channel, if the bank writes to it at all.
    pub(crate) fn on_its_way(&self, channel: &str) {
        if let Some(courier) = self.couriers.get().and_then(|couriers| couriers.get(channel)) {
            courier.notify_one();
        }
    }

    /// Listens to a conversation, from now on.
    pub fn listen(&self, conversation: ConversationId) -> Listener {
        let mut rooms = self.rooms();
        let room = rooms
            .entry(conversation)
            .or_insert_with(|| Room { sender: broadcast::Sender::new(BACKLOG), listeners: 0 });
        room.listeners += 1;
        let notices = room.sender.subscribe();
        Listener { conversation, notices, notifier: self.clone() }
    }

    fn leave(&self, conversation: ConversationId) {
        if let Entry::Occupied(mut room) = self.rooms().entry(conversation) {
            room.get_mut().listeners -= 1;
            if room.get().listeners == 0 {
                room.remove();
            }
        }
    }

    /// The map stays whole whatever happened to another holder.
    fn rooms(&self) -> MutexGuard<'_, HashMap<ConversationId, Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who listens to one conversation, until dropped.
#[derive(Debug)]
pub struct Listener {
    conversation: ConversationId,
    notices: broadcast::Receiver<What>,
    notifier: Notifier,
}

impl Listener {
    /// What happened next. Who lagged behind is told that there are messages: what was missed shows
    /// when they are read. Nothing once nobody can tell any more.
    pub async fn next(&mut self) -> Option<What> {
        match self.notices.recv().await {
            Ok(what) => Some(what),
            Err(RecvError::Lagged(_)) => Some(What::Messages),
            Err(RecvError::Closed) => None,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.notifier.leave(self.conversation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation(n: u8) -> ConversationId {
        ConversationId::new(bankside_domain::Timestamp::default(), [n; 10])
    }

    #[tokio::test]
    async fn only_the_listeners_of_a_conversation_hear_of_it() {
        let notifier = Notifier::default();
        let (one, other) = (conversation(1), conversation(2));
        let (mut first, mut second) = (notifier.listen(one), notifier.listen(one));
        let mut apart = notifier.listen(other);
        notifier.tell(one, What::Typing);
        notifier.tell(other, What::Changed);
        assert_eq!(first.next().await, Some(What::Typing));
        assert_eq!(second.next().await, Some(What::Typing));
        assert_eq!(apart.next().await, Some(What::Changed));
    }

    #[tokio::test]
    async fn who_lags_reads_anew_and_goes_on() {
        let notifier = Notifier::default();
        let mut slow = notifier.listen(conversation(1));
        (0..BACKLOG + 5).for_each(|_| notifier.tell(conversation(1), What::Typing));
        assert_eq!(slow.next().await, Some(What::Messages));
        for _ in 0..BACKLOG {
            assert_eq!(slow.next().await, Some(What::Typing));
        }
    }

    #[test]
    fn nothing_is_kept_of_who_left() {
        let notifier = Notifier::default();
        let (first, second) = (notifier.listen(conversation(1)), notifier.listen(conversation(1)));
        drop(first);
        assert_eq!(notifier.rooms().len(), 1);
        drop(second);
        assert_eq!(notifier.rooms().len(), 0);
        notifier.tell(conversation(1), What::Messages);
    }
}
