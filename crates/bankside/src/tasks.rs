//! What goes on in the background. A task that fails says so, counts it, and goes on: its next
//! turn may succeed, and what it left undone is found again in the database.

use std::sync::Arc;
use std::time::Duration;

use bankside_adapters::core::sandbox::Sandbox;
use bankside_service::ports::SandboxEvents;
use bankside_service::{Service, sandbox};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::health::{self, Pulse};
use crate::witnesses::Witnesses;

const PUBLISH: Duration = Duration::from_secs(1);
const RECOVER: Duration = Duration::from_secs(10);
const CLEAR: Duration = Duration::from_secs(10);
const EXPIRE: Duration = Duration::from_secs(60);
const SWEEP: Duration = Duration::from_secs(300);
const ADVANCE: Duration = Duration::from_secs(5);
const WISHES: Duration = Duration::from_millis(500);
const MEASURE: Duration = Duration::from_secs(5);

/// What the tasks work on.
#[derive(Clone)]
pub(crate) struct Work {
    /// The use cases.
    pub(crate) service: Service,
    /// The sandbox, where the core is one.
    pub(crate) sandbox: Option<Arc<Sandbox>>,
    /// Where the publisher reports.
    pub(crate) pulse: Pulse,
    /// Metrics, where they are served.
    pub(crate) metrics: Option<PrometheusHandle>,
    /// Who cosigns the log.
    pub(crate) witnesses: Witnesses,
}

/// Starts them all; they end once `stop` is cancelled.
pub(crate) fn start(work: &Work, tracker: &TaskTracker, stop: &CancellationToken) {
    let every = |name, period, turn: Turn| {
        tracker.spawn(run(name, period, turn, work.clone(), stop.clone()));
    };
    every("publish", PUBLISH, |work| Box::pin(publish(work)));
    every("recover", RECOVER, |work| Box::pin(recover(work)));
    every("clear", CLEAR, |work| Box::pin(clear(work)));
    every("expire", EXPIRE, |work| Box::pin(expire(work)));
    every("sweep", SWEEP, |work| Box::pin(sweep(work)));
    every("measure", MEASURE, |work| Box::pin(measure(work)));
    work.witnesses.start(&work.service, tracker, stop);
    if work.sandbox.is_some() {
        every("sandbox", ADVANCE, |work| Box::pin(advance(work)));
        every("wishes", WISHES, |work| Box::pin(wishes(work)));
    }
}

type Ended<'a> = std::pin::Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + 'a>>;
type Turn = for<'a> fn(&'a Work) -> Ended<'a>;

async fn run(
    name: &'static str,
    period: Duration,
    turn: Turn,
    work: Work,
    stop: CancellationToken,
) {
    let mut ticks = tokio::time::interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = turn(&work).await {
            tracing::warn!(task = name, %error, "background work failed");
            metrics::counter!("bankside_task_failures_total", "task" => name).increment(1);
        }
    }
}

/// Publishes a checkpoint if there is anything new.
///
/// # Errors
/// Where the log or the database fails.
pub(crate) async fn publish(work: &Work) -> anyhow::Result<()> {
    if let Some(size) = work.service.log.publish().await? {
        tracing::debug!(size, "a checkpoint was published");
        work.witnesses.wake();
    }
    work.pulse.published(work.service.clock.now());
    Ok(())
}

async fn recover(work: &Work) -> anyhow::Result<()> {
    let found = work.service.turns.recover(&work.service.store).await?;
    if found > 0 {
        tracing::info!(found, "unanswered messages were found again");
    }
    Ok(())
}

/// Finishes the clearings of history that a crash or a long reader left unfinished, and destroys the
/// keys of what was taken back.
async fn clear(work: &Work) -> anyhow::Result<()> {
    let run = work.service.clearing.finish_pending().await?;
    if run.done + run.waiting > 0 {
        tracing::info!(done = run.done, waiting = run.waiting, "histories were cleared");
    }
    let settled = work.service.retractions.finish_settled().await?;
    if settled > 0 {
        tracing::info!(settled, "what was taken back is settled");
    }
    Ok(())
}

/// Ends consents that ran out, and says ahead which will.
async fn expire(work: &Work) -> anyhow::Result<()> {
    let ran = work.service.expiry.run_due().await?;
    if ran != Default::default() {
        tracing::info!(
            announced = ran.announced,
            expired = ran.expired,
            waiting = ran.waiting,
            "consents ran out or will soon"
        );
    }
    Ok(())
}

async fn sweep(work: &Work) -> anyhow::Result<()> {
    let sessions = work.service.sign_in.sweep().await?;
    let sessions = sessions + work.service.staff.sweep().await?;
    let links = work.service.links.sweep().await?;
    let strange = work.service.reached.sweep().await?;
    let assistants = work.service.assistants.sweep().await?;
    let assistants = assistants + work.service.direct_line.sweep().await?;
    tracing::debug!(sessions, links, strange, assistants, "what ran out was removed");
    Ok(())
}

async fn advance(work: &Work) -> anyhow::Result<()> {
    if let Some(sandbox) = work.sandbox.clone() {
        let now = work.service.clock.now();
        tokio::task::spawn_blocking(move || sandbox.advance(now)).await??;
    }
    Ok(())
}

/// Takes up what `bankside sandbox inject` left for the running sandbox.
async fn wishes(work: &Work) -> anyhow::Result<()> {
    if let Some(sandbox) = work.sandbox.clone() {
        let sandbox: Arc<dyn SandboxEvents> = sandbox;
        let taken = sandbox::take_up(&work.service.store, &sandbox).await?;
        if taken > 0 {
            tracing::info!(taken, "wishes for the sandbox were taken up");
        }
    }
    Ok(())
}

async fn measure(work: &Work) -> anyhow::Result<()> {
    let Some(metrics) = &work.metrics else { return Ok(()) };
    metrics.run_upkeep();
    Ok(health::measure(&work.service, &work.pulse).await?)
}
