//! The disclosure log: tamper-evident, readable by its customer, checkable by anyone.
//!
//! What left the bank's side is written to an append-only Merkle log before it leaves. The
//! public part is C2SP's: tiles over HTTP, checkpoints as signed notes, cosignatures of
//! witnesses, offline proofs. It consists of blinded commitments and tells a stranger
//! nothing. The private part, records and bodies, belongs to the customer, who can verify
//! her whole stream with nothing but the log's public key.
//!
//! Architecture invariants: pure. Bytes, keys and time come in, values and verdicts go out;
//! no I/O, no clock, no randomness, no other crate of the workspace. Every parser is total.
//! The byte formats are specified in `docs/src/disclosure-log.md`.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod bundle;
pub mod checkpoint;
pub mod cosignature;
pub mod export;
pub mod hash;
pub mod heads;
pub mod key;
pub mod keyset;
pub mod leaf;
pub mod millis;
pub mod note;
pub mod path;
pub mod receipt;
pub mod record;
pub mod tree;
pub mod verify;
pub mod witness;
