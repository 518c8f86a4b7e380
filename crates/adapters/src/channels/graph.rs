//! What the channels of Meta's Graph API share: credentials, proof of a webhook, calls, and what an
//! error means.
//!
//! INVARIANT: nothing of a webhook is read before its signature holds.
//! INVARIANT: an error carries the operator's code, never words, a token or an address.
//!
//! Sources: Graph API, "Webhooks: Getting Started", "Handle Errors" and "Securing Graph API Requests".

mod answers;
mod call;
mod failure;
mod hook;
mod json;
mod settings;

pub(in crate::channels) use answers::{carried, numbered, pack, spelled};
pub(in crate::channels) use call::Caller;
pub(in crate::channels) use failure::{Code, Verdict, named};
pub(in crate::channels) use hook::{Hook, Proven};
pub(in crate::channels) use json::{is_old, items, plain, text, whole};
pub use settings::{Api, NodeId, SettingsError, Template};
