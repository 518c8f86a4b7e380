//! What tests of several rooms share: a world to act in, typed actors, faults of the outside, and
//! an oracle that audits the whole state.
//!
//! Architecture invariant: never part of a release; others depend on it for tests alone.
//!
//! Deliberately absent: any shortcut into the service. Actors use the use cases that a page or a
//! channel uses; only the oracle reads tables.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on must stop at the very line"
)]
#![cfg_attr(test, allow(clippy::indexing_slicing))]

pub mod actor;
pub mod faulty;
pub mod held;
pub mod marked;
pub mod oracle;
pub mod outside;
pub mod postbox;
pub mod witness;
pub mod world;

pub use actor::{Actor, Grant};
pub use world::{Database, World, tell};
