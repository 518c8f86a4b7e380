//! What Bankside is about, in the words of banking: money, accounts, consent, disclosure.
//!
//! Architecture invariant: pure. No I/O, no clock, no randomness, no floats; time and random bits
//! are arguments. Nothing here knows a database, a network, a template or a channel's protocol.
//!
//! Architecture invariant: whatever holds a customer's data redacts its `Debug`, and what comes
//! raw from a core bank ([`Raw`]) cannot be serialised at all.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod account;
pub mod bank;
pub mod channel;
pub mod consent;
pub mod conversation;
pub mod customer;
pub mod disclosure;
pub mod id;
pub mod money;
pub mod party;
pub mod personal;
pub mod purpose;
pub mod raw;
pub mod time;
pub mod transaction;

pub use consent::{Consent, Permit, Refusal};
pub use customer::{Customer, CustomerId, Language, OwnView};
pub use money::{Currency, Money};
pub use party::Party;
pub use personal::Personal;
pub use purpose::Purpose;
pub use raw::Raw;
pub use time::{Date, Timestamp};
