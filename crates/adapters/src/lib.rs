//! The outside, behind the ports of the service crate: channels, core banks and the log's witnesses
//! now, vaults later.
//!
//! Architecture invariant: nothing here decides what may leave; an adapter answers only within
//! the reach of the proof that it was given.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod channels;
pub mod conformance;
pub mod core;
pub mod http;
pub mod witness;
