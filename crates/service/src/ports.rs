//! The seams to the outside: the core bank, time, randomness.
//!
//! A port exists where there really are several things behind it; what has one implementation is
//! called directly.

mod channel;
mod core_bank;
mod inlet;
mod sandbox;

pub use channel::{Answer, Aside, Channel, Delivered, Distrust, Reply, SendError, Taken};
pub use core_bank::{CoreBank, CoreError, CoreEvent, Holder, Period};
pub use inlet::{Ended, Inlet, Line, NotTaken};
pub use sandbox::{Happening, Invented, InventedAccount, SandboxError, SandboxEvents};

use bankside_domain::Timestamp;

/// Time. The binary has the real one, the simulator its own.
pub trait Clock: Send + Sync + 'static {
    /// This instant.
    fn now(&self) -> Timestamp;
}

/// Randomness fit for keys.
pub trait Entropy: Send + Sync + 'static {
    /// Fills the whole buffer. An implementation that cannot must stop the process: to go on with
    /// predictable keys is worse.
    fn fill(&self, buffer: &mut [u8]);
}
