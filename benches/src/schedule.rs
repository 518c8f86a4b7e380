//! Load by a fixed schedule: each request has its instant, whatever became of those before it, and
//! its time is counted from that instant. So a stall is counted for all who would have come
//! meanwhile (no coordinated omission).

use std::time::Duration;

use tokio::time::Instant;

/// When requests are due.
#[derive(Clone, Copy)]
pub(crate) struct Schedule {
    /// When the first is due.
    pub(crate) began: Instant,
    /// Requests a second.
    pub(crate) rate: u32,
    /// For how long.
    pub(crate) span: Duration,
    /// Requests due so early are made and not counted.
    pub(crate) warm_up: Duration,
}

impl Schedule {
    /// The instants of one of `of` that take turns.
    pub(crate) fn of(self, which: usize, of: usize) -> impl Iterator<Item = Instant> {
        let step = Duration::from_secs(1) / self.rate;
        (which..)
            .step_by(of)
            .map(move |n| step * u32::try_from(n).unwrap())
            .take_while(move |offset| *offset < self.span)
            .map(move |offset| self.began + offset)
    }

    /// Whether a request of that instant counts.
    pub(crate) fn counts(&self, due: Instant) -> bool {
        due >= self.began + self.warm_up
    }

    /// How many count.
    pub(crate) fn counted(&self) -> usize {
        let counted = (self.span - self.warm_up).as_secs_f64() * f64::from(self.rate);
        counted.round() as usize
    }
}

/// Times from the scheduled instant to the end.
#[derive(Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that so many of a hundred stay within.
    pub(crate) fn percentile(&mut self, percent: usize) -> Duration {
        self.0.sort_unstable();
        let last = self.0.len().saturating_sub(1);
        self.0.get((self.0.len() * percent / 100).min(last)).copied().unwrap_or_default()
    }
}
