//! The log's witnesses: each is shown every newest checkpoint, in a loop of its own, so that one
//! that is slow or gone holds up neither another nor the log.
//!
//! INVARIANT: one request is under way to a witness at a time, and after a failure the pause
//! before the next grows up to [`MAX_PAUSE`].
//! INVARIANT: a witness that is not well does not make the service so; it is said aloud instead.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use bankside_adapters::http::HttpClient;
use bankside_adapters::witness::HttpWitness;
use bankside_domain::Timestamp;
use bankside_service::Service;
use bankside_service::log::{CosignError, Witness as _};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::health::Part;

/// Pause after a success: checkpoints are published as often.
const PERIOD: Duration = Duration::from_secs(1);
/// Longest pause after failures; each failure doubles it.
const MAX_PAUSE: Duration = Duration::from_secs(300);
/// A witness that failed for so long is named in `/readyz`, in milliseconds.
pub(crate) const PATIENCE_MS: i64 = 60_000;

/// The witnesses, and how they fare. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Witnesses(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    watched: Vec<Watched>,
    published: Notify,
}

#[derive(Debug)]
struct Watched {
    witness: HttpWitness,
    state: Mutex<State>,
}

/// How a witness fares.
#[derive(Clone, Debug, Default)]
struct State {
    /// Entries that it cosigned.
    cosigned: u64,
    /// Failures since its last success.
    failures: u32,
    /// When the first of them happened, and why the last did.
    failing: Option<(Timestamp, String)>,
    /// Whether it says that the log was forked or rolled back.
    alarm: bool,
}

impl Witnesses {
    /// Those of a configuration that was checked.
    ///
    /// # Errors
    /// Where a witness cannot be asked.
    pub(crate) fn of(config: &Config) -> anyhow::Result<Self> {
        let addresses = config.log.witnesses(&config.log_origin());
        let addresses = addresses.map_err(|wrong| anyhow::anyhow!(wrong.join("\n")))?;
        if addresses.is_empty() {
            return Ok(Self::default());
        }
        let client = HttpClient::new().context("witnesses cannot be asked")?;
        let watched = addresses.into_iter().map(|address| Watched {
            witness: HttpWitness::new(address, client.clone()),
            state: Mutex::default(),
        });
        let (watched, published) = (watched.collect(), Notify::new());
        Ok(Self(Arc::new(Inner { watched, published })))
    }

    /// Starts a loop for each; they end once `stop` is cancelled.
    pub(crate) fn start(&self, service: &Service, tracker: &TaskTracker, stop: &CancellationToken) {
        for place in 0..self.0.watched.len() {
            let (all, service, stop) = (self.clone(), service.clone(), stop.clone());
            tracker.spawn(async move { all.follow(place, &service, &stop).await });
        }
    }

    /// Says that there is a new checkpoint.
    pub(crate) fn wake(&self) {
        self.0.published.notify_waiters();
    }

    async fn follow(&self, place: usize, service: &Service, stop: &CancellationToken) {
        let Some(watched) = self.0.watched.get(place) else { return };
        loop {
            let pause = tokio::select! {
                () = stop.cancelled() => return,
                pause = watched.turn(service) => pause,
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
                () = self.0.published.notified(), if pause <= PERIOD => {}
            }
        }
    }

    /// Shows the last checkpoint to each that was well.
    pub(crate) async fn last(&self, service: &Service) {
        let well = self.0.watched.iter().filter(|watched| watched.state().failures == 0);
        let asked = well.map(|watched| watched.turn(service));
        let _pauses = futures_util::future::join_all(asked).await;
    }

    /// How they fare: never ill, for the service goes on without them, but said aloud.
    pub(crate) fn health(&self, now: Timestamp) -> Vec<Part> {
        let parts = self.0.watched.iter().map(|watched| {
            let state = watched.state().clone();
            match state.failing {
                Some((since, why))
                    if state.alarm || now.millis_since(since) >= PATIENCE_MS =>
                {
                    let (name, cosigned) = (watched.witness.name(), state.cosigned);
                    let seconds = now.millis_since(since) / 1000;
                    Part::fine_but(
                        "witness",
                        format!(
                            "`{name}` cosigned {cosigned} entries and fails since {seconds} s: {why}"
                        ),
                    )
                }
                _ => Part::fine("witness", i64::try_from(state.cosigned).ok()),
            }
        });
        parts.collect()
    }
}

impl Watched {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows it the newest checkpoint; says how long to wait before the next.
    async fn turn(&self, service: &Service) -> Duration {
        let name = self.witness.name();
        match service.log.cosign(&self.witness).await {
            Ok(size) => {
                let recovered = {
                    let mut state = self.state();
                    let before = std::mem::replace(
                        &mut *state,
                        State { cosigned: size, ..State::default() },
                    );
                    before.failures > 0
                };
                if recovered {
                    tracing::info!(witness = name, size, "the witness cosigns again");
                }
                metrics::gauge!("bankside_witness_cosigned_leaves", "witness" => name.to_owned())
                    .set(f64::from(u32::try_from(size).unwrap_or(u32::MAX)));
                PERIOD
            }
            // Nothing was sealed yet.
            Err(CosignError::Log(bankside_service::log::LogError::NotYet)) => PERIOD,
            Err(error) => self.failed(&error, service.clock.now()),
        }
    }

    fn failed(&self, error: &CosignError, now: Timestamp) -> Duration {
        let (name, reason) = (self.witness.name().to_owned(), error.reason());
        if error.is_alarm() {
            tracing::error!(witness = name, %error, reason, "a witness refuses the log itself");
        } else {
            tracing::warn!(witness = name, %error, reason, "a witness did not cosign");
        }
        metrics::counter!(
            "bankside_witness_failures_total", "witness" => name, "reason" => reason
        )
        .increment(1);
        let mut state = self.state();
        let since = state.failing.as_ref().map_or(now, |(since, _)| *since);
        state.failures = state.failures.saturating_add(1);
        state.failing = Some((since, error.to_string()));
        state.alarm = error.is_alarm();
        pause(state.failures)
    }
}

/// Doubles with each failure.
fn pause(failures: u32) -> Duration {
    PERIOD.saturating_mul(2_u32.saturating_pow(failures)).min(MAX_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit() {
        let check = |failures, seconds| assert_eq!(pause(failures).as_secs(), seconds);
        check(0, 1);
        check(1, 2);
        check(5, 32);
        check(9, 300);
        check(u32::MAX, 300);
    }
}
