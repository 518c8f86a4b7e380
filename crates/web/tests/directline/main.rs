//! Direct Line over the real routes, on both databases: who may speak it, what a page is told and what
//! never, what opens and ends a chat, and that a break or a restart loses nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::large_futures,
    missing_docs,
    unreachable_pub,
    dead_code
)]

#[path = "../common/mod.rs"]
mod common;
mod opening;
mod page;
mod streaming;
mod talking;
