//! What the fuzz targets run.
//!
//! Invariant: each function takes any bytes and panics only where an invariant of the parser
//! is broken. The same functions run over seeds on stable Rust in the tests of the crates.

pub mod channels;
pub mod direct_line;
pub mod mail;
pub mod oauth;
pub mod smoke;
pub mod smpp;
pub mod transparency;
