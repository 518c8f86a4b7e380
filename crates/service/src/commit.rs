//! Group commit: many units of work share one transaction and so one fsync, and the leaves that
//! they append enter the log in the order of that transaction.
//!
//! INVARIANT: a unit's caller hears of success only after the shared transaction is durable. A
//! unit that fails is undone alone. After a disk error nothing is retried: the process stops.
//! INVARIANT: a panic never ends the writer. One inside a unit undoes the whole shared transaction,
//! whose state nobody vouches for any more, and the next begins anew; one in the writer's own code
//! stops the process as a failed disk does.

mod unit;

pub use unit::Unit;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bankside_store::{Store, StoreError, Tx, log};
use bankside_transparency::tree::Frontier;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};
use tracing::Instrument as _;

/// Units that one transaction takes at most.
const MAX_BATCH: usize = 512;
/// Units that wait at most; more are refused.
const QUEUE: usize = 4_096;

/// Why a unit was not committed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError<E> {
    /// The unit itself refused.
    #[error(transparent)]
    Refused(E),
    /// The database failed; whether it was committed may be unknown.
    #[error("not committed: {0}")]
    Store(Arc<StoreError>),
    /// Too much waits; try again later.
    #[error("too many units wait to be committed; try again in a moment")]
    Busy,
    /// The unit panicked, which is a defect; nothing of it was committed. Or the writer did, and the
    /// process is about to end; then it is unknown.
    #[error("a defect of the program ended this")]
    Panicked,
    /// The process is shutting down.
    #[error("the service is shutting down")]
    Closed,
}

/// What to do when the disk fails, or the writer itself panicked: end the process. Never returns in
/// the binary.
pub type OnDiskFailure = Arc<dyn Fn(&StoreError) + Send + Sync>;

/// The way to the one writer. Cheap to clone.
#[derive(Clone)]
pub struct Committer {
    queue: mpsc::Sender<Box<dyn Job>>,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    commits: AtomicU64,
    units: AtomicU64,
}

impl std::fmt::Debug for Committer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Committer")
    }
}

impl Committer {
    /// Starts the writer. It ends when every `Committer` is dropped.
    pub fn start(store: Store, on_disk_failure: OnDiskFailure) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let counts = Arc::<Counts>::default();
        let writer = Writer { store, jobs, tail: None, on_disk_failure, counts: counts.clone() };
        start(writer);
        Self { queue, counts }
    }

    /// How many shared transactions were made durable since the start, and how many units they
    /// held.
    pub fn counts(&self) -> (u64, u64) {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (read(&self.counts.commits), read(&self.counts.units))
    }

    /// How many units wait for a shared transaction to take them.
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity().saturating_sub(self.queue.capacity())
    }

    /// Runs `work` in the next shared transaction, and returns once it is durable.
    ///
    /// # Errors
    /// What the work refused with, or why the transaction failed.
    pub async fn commit<T, E, W>(&self, work: W) -> Result<T, CommitError<E>>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: for<'a> FnOnce(&'a mut Unit<'_>) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let job = Box::new(Typed { work, tell });
        self.queue.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => CommitError::Busy,
            mpsc::error::TrySendError::Closed(_) => CommitError::Closed,
        })?;
        // Whoever was to tell is gone without a word: with the writer, or by a panic.
        let gone =
            |_| if self.queue.is_closed() { CommitError::Closed } else { CommitError::Panicked };
        let told = told.instrument(tracing::debug_span!("commit"));
        told.await.unwrap_or_else(|error| Err(gone(error)))
    }
}

/// A unit whose types are erased.
trait Job: Send {
    fn run<'a>(self: Box<Self>, unit: &'a mut Unit<'_>) -> BoxFuture<'a, (bool, Box<dyn Finish>)>;
    fn fail(self: Box<Self>, error: Arc<StoreError>);
}

/// What is left to tell the caller, once the transaction's fate is known.
trait Finish: Send {
    fn finish(self: Box<Self>, outcome: Result<(), Arc<StoreError>>);
}

struct Typed<T, E, W> {
    work: W,
    tell: oneshot::Sender<Result<T, CommitError<E>>>,
}

struct Done<T, E> {
    result: Result<T, E>,
    tell: oneshot::Sender<Result<T, CommitError<E>>>,
}

impl<T, E, W> Job for Typed<T, E, W>
where
    T: Send + 'static,
    E: Send + 'static,
    W: for<'a> FnOnce(&'a mut Unit<'_>) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
{
    fn run<'a>(self: Box<Self>, unit: &'a mut Unit<'_>) -> BoxFuture<'a, (bool, Box<dyn Finish>)> {
        let Self { work, tell } = *self;
        let running = work(unit);
        Box::pin(async move {
            let result = running.await;
            (result.is_ok(), Box::new(Done { result, tell }) as Box<dyn Finish>)
        })
    }

    fn fail(self: Box<Self>, error: Arc<StoreError>) {
        // A caller that went away needs no answer.
        let _gone = self.tell.send(Err(CommitError::Store(error)));
    }
}

impl<T: Send, E: Send> Finish for Done<T, E> {
    fn finish(self: Box<Self>, outcome: Result<(), Arc<StoreError>>) {
        let told = match (self.result, outcome) {
            (Err(refused), _) => Err(CommitError::Refused(refused)),
            (Ok(_), Err(error)) => Err(CommitError::Store(error)),
            (Ok(value), Ok(())) => Ok(value),
        };
        let _gone = self.tell.send(told);
    }
}

struct Writer {
    store: Store,
    jobs: mpsc::Receiver<Box<dyn Job>>,
    /// The log's right edge as of the last commit of this node.
    tail: Option<Frontier>,
    on_disk_failure: OnDiskFailure,
    counts: Arc<Counts>,
}

/// On the embedded database the writer has a thread of its own: each of its statements is a call,
/// and hundreds of them in a row would keep other tasks waiting.
fn start(writer: Writer) {
    let alone = || tokio::runtime::Builder::new_current_thread().enable_time().build();
    match writer.store.is_embedded().then(alone) {
        Some(Ok(alone)) => drop(tokio::task::spawn_blocking(move || alone.block_on(writer.run()))),
        _ => drop(tokio::spawn(writer.run())),
    }
}

impl Writer {
    async fn run(mut self) {
        while let Some(first) = self.jobs.recv().await {
            let mut batch = vec![first];
            while batch.len() < MAX_BATCH {
                let Ok(next) = self.jobs.try_recv() else { break };
                batch.push(next);
            }
            metrics::histogram!("bankside_commit_batch_units").record(metrics_len(batch.len()));
            if AssertUnwindSafe(self.commit(batch)).catch_unwind().await.is_err() {
                self.tail = None;
                let error = StoreError::Unavailable("the writer panicked".to_owned());
                tracing::error!(%error, "a shared transaction was lost");
                (self.on_disk_failure)(&error);
            }
        }
    }

    async fn commit(&mut self, batch: Vec<Box<dyn Job>>) {
        let opened = self.open().await;
        let (mut tx, mut tail) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                let error = self.note(error);
                batch.into_iter().for_each(|job| job.fail(error.clone()));
                return;
            }
        };
        let mut staged = Vec::new();
        let mut finishers = Vec::with_capacity(batch.len());
        let mut outcome = Ok(());
        for job in batch {
            match run_one(&mut tx, &tail, &mut staged, job, outcome.as_ref().err().cloned()).await {
                Ok(finish) => finishers.extend(finish),
                Err((finish, error)) => {
                    finishers.extend(finish);
                    outcome = Err(self.note(error));
                }
            }
        }
        let outcome = match outcome {
            Ok(()) => close(tx, &mut tail, &staged).await.map_err(|error| self.note(error)),
            Err(error) => Err(error),
        };
        self.tail = outcome.is_ok().then_some(tail);
        if outcome.is_ok() {
            self.counts.commits.fetch_add(1, Ordering::Relaxed);
            let units = u64::try_from(finishers.len()).unwrap_or(0);
            self.counts.units.fetch_add(units, Ordering::Relaxed);
        }
        finishers.into_iter().for_each(|f| f.finish(outcome.clone()));
    }

    /// Begins the shared transaction with the log locked.
    async fn open(&mut self) -> Result<(Tx, Frontier), StoreError> {
        let mut tx = self.store.begin().await?;
        let (size, bytes) = log::lock(&mut tx).await?;
        let tail = match self.tail.take() {
            Some(tail) if i64::try_from(tail.size()) == Ok(size) => tail,
            _ if size == 0 => Frontier::new(),
            _ => Frontier::from_bytes(&bytes).map_err(|_| StoreError::Shape)?,
        };
        Ok((tx, tail))
    }

    fn note(&self, error: StoreError) -> Arc<StoreError> {
        tracing::error!(%error, "a shared transaction failed");
        if matches!(error, StoreError::Disk(_)) {
            (self.on_disk_failure)(&error);
        }
        Arc::new(error)
    }
}

type Ran = Result<Option<Box<dyn Finish>>, (Option<Box<dyn Finish>>, StoreError)>;

/// Runs one unit inside a savepoint of the shared transaction.
async fn run_one(
    tx: &mut Tx,
    tail: &Frontier,
    staged: &mut Vec<bankside_transparency::hash::Hash256>,
    job: Box<dyn Job>,
    broken: Option<Arc<StoreError>>,
) -> Ran {
    if let Some(error) = broken {
        job.fail(error);
        return Ok(None);
    }
    if let Err(error) = tx.run("SAVEPOINT unit", &[]).await {
        job.fail(Arc::new(StoreError::Unavailable("no savepoint".to_owned())));
        return Err((None, error));
    }
    let before = staged.len();
    let ran = {
        let mut unit = Unit::new(tx, tail, staged);
        AssertUnwindSafe(async { job.run(&mut unit).await }).catch_unwind().await
    };
    let Ok((done, finish)) = ran else {
        metrics::counter!("bankside_unit_panics_total").increment(1);
        return Err((None, StoreError::Unavailable("a unit panicked".to_owned())));
    };
    match end(tx, done).await {
        Ok(()) => {
            if !done {
                staged.truncate(before);
            }
            Ok(Some(finish))
        }
        Err(error) => Err((Some(finish), error)),
    }
}

/// Keeps a unit's changes, or undoes them and nothing else.
async fn end(tx: &mut Tx, done: bool) -> Result<(), StoreError> {
    if !done {
        tx.run("ROLLBACK TO SAVEPOINT unit", &[]).await?;
    }
    tx.run("RELEASE SAVEPOINT unit", &[]).await.map(drop)
}

/// Writes the tiles of all that was appended, and makes the transaction durable.
async fn close(
    mut tx: Tx,
    tail: &mut Frontier,
    staged: &[bankside_transparency::hash::Hash256],
) -> Result<(), StoreError> {
    if !staged.is_empty() {
        let updates = tail.append(staged).map_err(|_| StoreError::Shape)?;
        for update in &updates {
            let tile = update.tile;
            let index = i64::try_from(tile.index()).map_err(|_| StoreError::Shape)?;
            let width = i64::from(tile.width());
            log::put_tile(&mut tx, tile.level().into(), index, width, &update.bytes).await?;
        }
        let size = i64::try_from(tail.size()).map_err(|_| StoreError::Shape)?;
        log::set_state(&mut tx, size, &tail.to_bytes()).await?;
    }
    tx.commit().await
}

/// Metrics take floats; a batch is far below 2^32.
fn metrics_len(len: usize) -> f64 {
    f64::from(u32::try_from(len).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
