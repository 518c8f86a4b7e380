//! Short messages through an SMSC that others wrote: the npm package `smpp`, run by node. Skipped by
//! name where one is missing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod hers;
mod lines;
mod ours;
mod world;
