//! What a channel with a connection of its own hands in, and how such a connection stands.

use async_trait::async_trait;
use bankside_domain::Timestamp;
use bankside_domain::channel::Inbound;

/// Nothing was kept: the channel must not acknowledge it. Why stands in the service's own log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not committed")]
pub struct NotTaken;

/// Where a channel hands in what came by its own connection.
#[async_trait]
pub trait Inlet: Send + Sync + 'static {
    /// Tells that the connection stands, so that messages can go out by it.
    fn connected(&self);

    /// Takes an event in; returns once it is committed. The same event again changes nothing.
    ///
    /// # Errors
    /// [`NotTaken`].
    async fn take(&self, event: &Inbound) -> Result<(), NotTaken>;

    /// Keeps apart what came from the operator and is not understood, sealed, for an operator of the
    /// bank to look at. `why` holds nothing of it.
    ///
    /// # Errors
    /// [`NotTaken`].
    async fn keep_apart(&self, why: &str, bytes: &[u8]) -> Result<(), NotTaken>;
}

/// How holding a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// There is none to hold: the operator delivers to a webhook.
    NoLine,
    /// It could not be made, or it broke. It is made anew after a pause.
    Broken {
        /// As the operator's code says; no words and no address of anybody.
        why: String,
    },
}

/// How a channel's own connection stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// The channel has none.
    #[default]
    None,
    /// It is being made for the first time.
    Connecting,
    /// It stands.
    Connected {
        /// Since when.
        since: Timestamp,
    },
    /// It does not stand, and is tried again and again.
    Broken {
        /// When it was last tried.
        at: Timestamp,
        /// Why that failed.
        why: String,
        /// Tries in a row that failed.
        failures: u32,
    },
}
