//! Whether the process works: what `/readyz` answers, and the gauges.
//!
//! Deliberately absent: anything about a person or a message; these answers need no sign-in.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bankside_domain::Timestamp;
use bankside_service::Service;
use bankside_store::{Store, StoreError, inbox};
use bankside_web::{Vital, Vitals};
use serde::Serialize;

use crate::witnesses::Witnesses;

/// Longest wait for one part's answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// A publisher that did not succeed for so long is ill, in milliseconds.
const PUBLISHER_MS: i64 = 30_000;
/// Messages that wait before a node should get no more.
const INBOX_DEPTH: i64 = 10_000;

/// What the tasks report. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pulse(Arc<AtomicI64>);

impl Pulse {
    /// Notes that the publisher did its work.
    pub(crate) fn published(&self, now: Timestamp) {
        self.0.store(now.as_millis(), Ordering::Relaxed);
    }

    /// Milliseconds since then.
    fn age(&self, now: Timestamp) -> i64 {
        now.as_millis().saturating_sub(self.0.load(Ordering::Relaxed))
    }
}

/// One part, and why it is as it is.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Part {
    name: &'static str,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<i64>,
}

impl Part {
    /// Works.
    pub(crate) fn fine(name: &'static str, value: Option<i64>) -> Self {
        Self { name, ok: true, reason: None, value }
    }

    fn ill(name: &'static str, reason: impl Into<String>) -> Self {
        Self { name, ok: false, reason: Some(reason.into()), value: None }
    }

    /// Works, but somebody must look.
    pub(crate) fn fine_but(name: &'static str, reason: String) -> Self {
        Self { name, ok: true, reason: Some(reason), value: None }
    }

    /// Ill above `limit`.
    fn bounded(name: &'static str, value: i64, limit: i64, unit: &str) -> Self {
        let mut part = Self::fine(name, Some(value));
        if value > limit {
            part.ok = false;
            part.reason = Some(format!("{value} {unit}, more than {limit}"));
        }
        part
    }
}

/// What `/readyz` says.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Health {
    /// Whether every part is.
    pub(crate) ready: bool,
    parts: Vec<Part>,
}

impl Health {
    /// With more parts.
    pub(crate) fn add(&mut self, parts: Vec<Part>) {
        self.ready &= parts.iter().all(|part| part.ok);
        self.parts.extend(parts);
    }
}

/// What the answers need. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Probes {
    /// The use cases.
    pub(crate) service: Service,
    /// The key database.
    pub(crate) keys: Store,
    /// What the tasks report.
    pub(crate) pulse: Pulse,
    /// What the log's witnesses do.
    pub(crate) witnesses: Witnesses,
}

impl Probes {
    /// Asks every part.
    pub(crate) async fn ask(&self) -> Health {
        let mut health = Box::pin(ask(&self.service, &self.keys, &self.pulse)).await;
        health.add(self.witnesses.health(self.service.clock.now()));
        health
    }
}

impl Vitals for Probes {
    fn ask(&self) -> futures_util::future::BoxFuture<'_, Vec<Vital>> {
        Box::pin(async {
            let parts = Probes::ask(self).await.parts.into_iter();
            let vital = |Part { name, ok, reason, .. }| Vital { name: name.to_owned(), ok, reason };
            parts.map(vital).collect()
        })
    }
}

async fn ask(service: &Service, keys: &Store, pulse: &Pulse) -> Health {
    let (database, keys, core, depth) = tokio::join!(
        answers("database", reads(&service.store)),
        answers("keys", reads(keys)),
        answers("core", async { service.core.banks().await.map(|_| None) }),
        answers("inbox", depth(service)),
    );
    let publisher = pulse.age(service.clock.now());
    let inbox = match depth.value {
        Some(waiting) => Part::bounded("inbox", waiting, INBOX_DEPTH, "messages wait"),
        None => depth,
    };
    let publisher = Part::bounded("log_publisher", publisher, PUBLISHER_MS, "ms since it worked");
    let parts = vec![database, keys, core, publisher, inbox];
    Health { ready: parts.iter().all(|part| part.ok), parts }
}

async fn answers<E: std::fmt::Display>(
    name: &'static str,
    asked: impl Future<Output = Result<Option<i64>, E>>,
) -> Part {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(value)) => Part::fine(name, value),
        Ok(Err(error)) => Part::ill(name, error.to_string()),
        Err(_) => Part::ill(name, "no answer within 2 s"),
    }
}

async fn reads(store: &Store) -> Result<Option<i64>, StoreError> {
    let mut tx = store.read().await?;
    tx.row("SELECT COUNT(*) FROM schema_version", &[]).await.map(|_| None)
}

async fn depth(service: &Service) -> Result<Option<i64>, StoreError> {
    let mut tx = service.store.read().await?;
    Ok(Some(inbox::depth(&mut tx).await?.0))
}

/// Sets the gauges that nobody else sets.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn measure(service: &Service, pulse: &Pulse) -> Result<(), StoreError> {
    let mut tx = service.store.read().await?;
    let (pending, dead) = inbox::depth(&mut tx).await?;
    drop(tx);
    let gauges = [
        ("bankside_inbox_pending", pending),
        ("bankside_inbox_dead", dead),
        ("bankside_log_leaves", service.log.size().await?),
        ("bankside_log_publisher_age_milliseconds", pulse.age(service.clock.now())),
    ];
    for (name, value) in gauges {
        let value = u32::try_from(value.clamp(0, i64::from(u32::MAX))).unwrap_or(u32::MAX);
        metrics::gauge!(name).set(f64::from(value));
    }
    Ok(())
}

/// Says what the metrics mean, for `# HELP`.
pub(crate) fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_gauge!("bankside_inbox_pending", "Messages that await an answer");
    describe_gauge!("bankside_inbox_dead", "Messages that were given up");
    describe_gauge!("bankside_log_leaves", "Leaves of the disclosure log");
    describe_gauge!(
        "bankside_log_publisher_age_milliseconds",
        "Milliseconds since the checkpoint publisher last did its work"
    );
    describe_gauge!("bankside_witness_cosigned_leaves", "Leaves that a witness has cosigned");
    describe_counter!("bankside_witness_failures_total", "Refusals and failures, by witness");
    describe_counter!("bankside_traces_failed_total", "Batches of spans that were lost");
    describe_counter!("bankside_turns_total", "Turns that were answered");
    describe_counter!("bankside_turns_failed_total", "Turns that failed and may be tried again");
    describe_counter!("bankside_turns_deferred_total", "Messages that found their lane full");
    describe_counter!("bankside_task_failures_total", "Background work that failed, by task");
    describe_counter!("bankside_unit_panics_total", "Units that panicked and were undone");
    describe_histogram!("bankside_commit_batch_units", "Units that shared one transaction");
}
