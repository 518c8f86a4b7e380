//! LMTP, by which the bank's mail server hands mail over to us: RFC 2033, over RFC 5321's commands.
//!
//! ```text
//! Reader    bytes, as they come            -> commands, messages
//! Session   a command                      -> what to answer, or that a message may come
//! serve     a connection, until it ends    -> each recipient's answer after the message is kept
//! ```
//!
//! INVARIANT: whatever comes, a reader keeps no more than [`MAX_MESSAGE`] and one line, and a session no
//! more than [`MAX_RECIPIENTS`].
//! INVARIANT: nobody is told that a message was taken before it is committed; what was not is kept by
//! the mail server, which tries again.

mod reader;
mod serve;
mod session;

pub use reader::{Came, Reader};
pub(super) use serve::{Desk, serve};
pub use session::{Envelope, Session, Step};

/// Bytes of a message: what a telephone sends with a few pictures.
pub const MAX_MESSAGE: usize = 10 * 1024 * 1024;
/// Recipients of one message: all of them are the bank.
pub const MAX_RECIPIENTS: usize = 16;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is committed, or there is nothing in it that would be kept.
    Taken,
    /// Not now: the mail server keeps it and tries again.
    Later,
}
