//! Tells whoever shows a chat that there is something new. Lossy by design: a listener that lags
//! reads the messages after the last that it saw.

use bankside_domain::id::ConversationId;
use tokio::sync::broadcast;

/// Notices that a slow listener may lag behind before it must re-read.
const BACKLOG: usize = 1_024;

/// Something happened in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub conversation: ConversationId,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// There are messages.
    Messages,
    /// The bank is about to answer.
    Typing,
    /// It was linked, unlinked, or erased: read it anew.
    Changed,
}

/// The bus within one node.
#[derive(Clone, Debug)]
pub struct Notifier(broadcast::Sender<Notice>);

impl Default for Notifier {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Notifier {
    /// Tells it.
    pub fn tell(&self, conversation: ConversationId, what: What) {
        // Nobody listening is fine.
        let _listeners = self.0.send(Notice { conversation, what });
    }

    /// Listens to all conversations; filter by id.
    pub fn listen(&self) -> broadcast::Receiver<Notice> {
        self.0.subscribe()
    }
}
