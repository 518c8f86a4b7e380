//! Rules of OAuth 2.0 for an authorization server: what a request must hold, and which verdict it
//! gets. Bytes in, verdict out.
//!
//! What is here serves public clients with PKCE: OAuth 2.1 (draft-ietf-oauth-v2-1), BCP 9700,
//! RFC 7591 (registration), RFC 7636 (PKCE), RFC 8252 (loopback redirects), RFC 8414 and RFC 9728
//! (metadata), RFC 8707 (resource indicators).
//!
//! Architecture invariant: no I/O, no clock, no randomness. What is stored, and for how long, is
//! the service's.
//!
//! Deliberately absent: the implicit and password grants, the `plain` challenge, client secrets,
//! tokens in addresses.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod authorize;
mod challenge;
mod fault;
mod form;
mod metadata;
mod redirect;
mod register;
mod token;

pub use authorize::{Asked, AuthorizationRequest};
pub use challenge::{Challenge, Unmet};
pub use fault::{Code, Fault};
pub use form::Form;
pub use metadata::{ProtectedResource, Server};
pub use redirect::{InvalidRedirect, Redirect};
pub use register::{Registered, Registration};
pub use token::{Revocation, TokenRequest};
