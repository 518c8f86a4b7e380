//! SQL once, two databases.
//!
//! Architecture invariant: the text of each statement is written once, with `$1`, and only
//! [`Store`] and [`Tx`] know which database runs. Arity is checked before a statement is sent.
//!
//! Architecture invariant: nothing here encrypts or decrypts; what is personal arrives sealed, in
//! columns named `*_ct`.
//!
//! Deliberately absent: repository traits. One module per aggregate, plain functions over a [`Tx`].
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod checkpoints;
pub mod clearings;
pub mod consents;
pub mod contacts;
pub mod conversations;
pub mod customers;
pub mod data_keys;
pub mod dispatches;
pub mod early_receipts;
pub mod holds;
pub mod inbox;
pub mod line_tokens;
pub mod links;
pub mod log;
mod migrate;
pub mod oauth;
pub mod outbox;
pub mod passkeys;
pub mod pulses;
pub mod quarantine;
pub mod records;
pub mod retractions;
pub mod rotations;
pub mod sandbox_wishes;
pub mod sessions;
pub mod settings;
pub mod staff;
pub mod staff_sessions;
pub mod streams;
pub mod suspensions;
mod waist;
pub mod wrong_codes;

pub use migrate::{MigrateError, Schema};
pub use waist::{DiskWatch, OnDiskFailure, Row, Store, StoreError, Tx, Value};
