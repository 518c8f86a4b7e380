//! The use cases and the door.
//!
//! Architecture invariant: every byte of customer data that leaves passes the door, in this
//! order: permit, projection, seal, release. Each step consumes the proof of the last.
//!
//! Architecture invariant: the outside is reached through the ports alone; time and randomness
//! are ports too.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod assistants;
pub mod channels;
pub mod clear;
pub mod commit;
pub mod consents;
pub mod conversation;
pub mod direct_line;
pub mod door;
pub mod expiry;
pub mod invitations;
pub mod keys;
pub mod links;
pub mod log;
pub mod policy;
pub mod ports;
pub mod sandbox;
mod service;
pub mod sign_in;
pub mod staff;
pub mod suspension;
pub mod token;

pub use service::{Parts, Service};
