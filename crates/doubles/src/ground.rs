//! What every double stands on: its own address, the bank's, a client, a clock, chance.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bankside_adapters::http::{Bounds, HttpClient};
use bytes::Bytes;
use http::{Request, StatusCode};

/// Longest wait for the bank's answer to a webhook: a voice assistant's is the longest.
const DEADLINE: Duration = Duration::from_secs(9);
/// Bytes of it that are read.
const MOST: usize = 256 * 1024;
/// How often a delivery is tried, as operators do when they are not answered 200.
const TRIES: u32 = 4;
/// Pause before the second; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(400);

/// Where time and chance come from.
#[derive(Clone, Copy)]
pub struct Source {
    /// Milliseconds since 1970.
    pub now: fn() -> i64,
    /// Thirty-two bytes that nobody can guess.
    pub chance: fn() -> [u8; 32],
}

/// The ground.
pub(crate) struct Ground {
    /// Its own origin.
    pub(crate) here: String,
    pub(crate) client: HttpClient,
    pub(crate) source: Source,
    bank: OnceLock<String>,
    number: AtomicI64,
}

impl Ground {
    pub(crate) fn new(here: String, client: HttpClient, source: Source) -> Self {
        // Numbers go on rising over restarts: the bank remembers the ones it had.
        let number = AtomicI64::new((source.now)());
        Self { here, client, source, bank: OnceLock::new(), number }
    }

    /// From now on the bank can be reached.
    pub(crate) fn opens(&self, bank: String) {
        let _once = self.bank.set(bank);
    }

    /// The webhook of a channel.
    pub(crate) fn hook(&self, channel: &str) -> String {
        format!("{}/hook/{channel}", self.bank.get().map_or("", String::as_str))
    }

    pub(crate) fn now(&self) -> i64 {
        (self.source.now)()
    }

    /// A number that was not given before.
    pub(crate) fn number(&self) -> i64 {
        self.number.fetch_add(1, Ordering::Relaxed)
    }

    /// A word that nobody can guess.
    pub(crate) fn secret(&self) -> String {
        hex::encode((self.source.chance)())
    }

    /// Delivers to the bank, and again where it is not taken, as operators do; the last answer.
    pub(crate) async fn deliver(&self, request: &Request<Bytes>) -> (StatusCode, Bytes) {
        let bounds = Bounds { deadline: DEADLINE, answer: MOST };
        let mut pause = PAUSE;
        let mut last = (StatusCode::GATEWAY_TIMEOUT, Bytes::new());
        for attempt in 0..TRIES {
            if attempt > 0 {
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            let Ok(answer) = self.client.send(request.clone(), bounds).await else { continue };
            last = (answer.status(), answer.into_body());
            if !last.0.is_server_error() && last.0 != StatusCode::TOO_MANY_REQUESTS {
                break;
            }
        }
        last
    }
}
