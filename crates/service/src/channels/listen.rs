//! Connections that channels hold themselves: made, watched, and made anew when they end.
//!
//! INVARIANT: one channel's connection, slow, broken or panicking, disturbs nobody else's. It is tried
//! again without an end, with pauses that grow; it ends with the service.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::bank::Bank;
use bankside_domain::channel::Inbound;
use futures_util::FutureExt as _;
use tokio::sync::watch;

use super::{Came, Channels, ReceiveError};
use crate::ports::{Channel, Ended, Inlet, Line, NotTaken};

/// Pause after a connection ended; it doubles with each try that fails.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// Longest pause: one minute, so that an operator who is back is soon reached.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What holds the connection of one channel.
pub(super) struct Listener {
    pub(super) channel: Arc<dyn Channel>,
    pub(super) hands: Arc<Hands>,
}

impl Listener {
    /// Holds it until the service ends, whose end drops what is under way: it was not acknowledged.
    pub(super) async fn run(self, mut held: watch::Receiver<()>) {
        tokio::select! {
            () = self.hold() => {}
            _ = held.changed() => {}
        }
    }

    async fn hold(&self) {
        let mut failures = 0;
        self.hands.line.send_replace(Line::Connecting);
        loop {
            // What a panic left half done belongs to the connection that is gone with it.
            let listening = AssertUnwindSafe(self.channel.listen(self.hands.clone()));
            let why = match listening.catch_unwind().await {
                Ok(Ended::NoLine) => {
                    self.hands.line.send_replace(Line::None);
                    return;
                }
                Ok(Ended::Broken { why }) => why,
                Err(_) => "a fault of the adapter's own".to_owned(),
            };
            failures = self.hands.broke(why, failures);
            tokio::time::sleep(pause(failures)).await;
        }
    }
}

fn pause(failures: u32) -> Duration {
    let doubled = 1_u32 << failures.saturating_sub(1).min(16);
    FIRST_PAUSE.saturating_mul(doubled).min(LONGEST_PAUSE)
}

/// Takes in, for one channel.
pub(super) struct Hands {
    pub(super) all: Channels,
    pub(super) bank: Arc<Bank>,
    pub(super) id: Arc<str>,
    pub(super) line: Arc<watch::Sender<Line>>,
}

impl Hands {
    /// Notes that the connection ended; how many tries failed since one stood.
    fn broke(&self, why: String, failures: u32) -> u32 {
        let stood = matches!(*self.line.borrow(), Line::Connected { .. });
        let failures = if stood { 1 } else { failures.saturating_add(1) };
        tracing::warn!(%why, failures, channel = %self.id, "the connection ended");
        metrics::counter!("bankside_lines_broken_total", "channel" => self.id.to_string())
            .increment(1);
        self.line.send_replace(Line::Broken { at: self.all.clock.now(), why, failures });
        failures
    }

    fn told<T>(&self, done: Result<T, ReceiveError>) -> Result<T, NotTaken> {
        done.map_err(|error| {
            tracing::warn!(%error, channel = %self.id, "an event was not taken in");
            NotTaken
        })
    }
}

#[async_trait]
impl Inlet for Hands {
    fn connected(&self) {
        tracing::info!(channel = %self.id, "the connection stands");
        self.line.send_replace(Line::Connected { since: self.all.clock.now() });
    }

    async fn take(&self, event: &Inbound) -> Result<(), NotTaken> {
        self.told(self.all.receive(&self.bank, &self.id, event).await)
    }

    async fn keep_apart(&self, why: &str, bytes: &[u8]) -> Result<(), NotTaken> {
        let came =
            Came { body: bytes.to_vec(), at: self.all.clock.now().as_millis(), ..Came::default() };
        self.told(self.all.keep_apart(&self.id, &[why.to_owned()], &came).await)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_minute() {
        let millis: Vec<_> = (1..=9).map(|failures| pause(failures).as_millis()).collect();
        assert_eq!(millis, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
        assert_eq!((pause(0), pause(u32::MAX)), (FIRST_PAUSE, LONGEST_PAUSE));
    }
}
