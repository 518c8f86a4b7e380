//! What a customer means, and how the bank says things: utterance to task, message catalogues,
//! formats, and the detection of what must never be kept.
//!
//! Architecture invariant: pure. No I/O, no clock, no randomness, no floats, no network; today's
//! date is an argument. Every parser is total: any text gives an answer, in bounded time.
//!
//! Deliberately absent: a customer's data. Understanding sees her words, the names of her accounts
//! and of those whom she pays, and nothing else.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod catalogue;
mod digit;
pub mod format;
pub mod secret;
pub mod understand;

pub use catalogue::{Catalogue, Msg};
pub use digit::value as digit;
pub use format::Formats;
pub use secret::{Scrubbed, SecretKind, scrub};
pub use understand::{AccountHint, Context, Meant, Task, Understanding, understand};
