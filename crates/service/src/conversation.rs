//! Conversations: taking messages in, answering them, linking a chat to a customer.
//!
//! ```text
//! Chats::receive   scrubbed, numbered, committed in the inbox       -> accepted
//! Turns            understands, asks the core through the door       -> sealed answer, same order
//! Notifier         tells whoever shows the chat that there is more
//! ```
//!
//! INVARIANT: what is acknowledged is committed; a message is answered once, in the transaction
//! that seals the answer; a chat's messages are answered in their order.

mod announce;
mod answer;
mod chats;
mod codes;
mod intake;
mod link;
mod notifier;
mod phrase;
pub(crate) mod query;
mod reached;
mod render;
mod seen;
pub(crate) mod stored;
mod turn;
mod view;

pub(crate) use announce::Also;
pub use announce::{AnnounceError, Announcer};
pub(crate) use answer::Answering;
pub use chats::{Accepted, Chat, ChatError, Chats, MAX_SHOWN, PAGE, Shown};
pub use codes::{Code, CodeError, Codes, Compared, OpenCode};
pub use link::{LinkChatError, Linker};
pub use notifier::{Listener, Notifier, What};
pub(crate) use reached::numbered;
pub(crate) use seen::Seen;
pub use turn::{TurnError, Turns};
pub use view::{SecureView, ViewError, Viewer};
