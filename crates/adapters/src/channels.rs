//! Channels: each one module, one capability table, and what its operator's documents say.
//!
//! Architecture invariant: an adapter proves who sent a request before it reads a word of it, and
//! puts on the wire what was planned and nothing else.

pub mod alexa;
pub mod dialogflow;
pub mod graph;
pub mod kannel;
mod lanes;
pub mod mail;
pub mod matrix;
pub mod messenger;
pub mod secret;
pub mod smpp;
mod sms;
pub mod telegram;
pub mod whatsapp;
pub mod xmpp;
