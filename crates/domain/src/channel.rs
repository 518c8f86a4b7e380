//! Channels: what one can do, and what happens in one, in one form for all.
//!
//! Architecture invariant: nothing here knows a channel's protocol. An adapter makes an [`Event`]
//! of what came in, and puts a planned message on its own wire.

mod capabilities;
mod event;
mod gsm;

pub use capabilities::{Answers, Capabilities, Count, Links, Retraction, Text, Window};
pub use event::{Contact, Event, Inbound, Status, Wish};
pub use gsm::{Alphabet, Segments};
