//! Looks at the embedded database: connections that only read, without a transaction around a
//! single statement.
//!
//! Not from the pool, which asks every connection that comes back whether it is alive: with begin
//! and rollback that made four requests to the database of each read of one row.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::StoreError;
use super::store::ACQUIRE_TIMEOUT;

/// Connections that look at the same time.
const LOOKS: u32 = 4;

/// Those that are free, and the right to have one. Clones are the same.
#[derive(Clone, Debug)]
pub(super) struct Looks(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    options: SqliteConnectOptions,
    free: Mutex<Vec<SqliteConnection>>,
    places: Arc<Semaphore>,
}

impl Looks {
    /// None is opened before it is needed.
    pub(super) fn new(options: SqliteConnectOptions) -> Self {
        let options = options.pragma("query_only", "ON");
        let places = Arc::new(Semaphore::new(LOOKS as usize));
        Self(Arc::new(Shared { options, free: Mutex::default(), places }))
    }

    /// Takes one, or opens it.
    pub(super) async fn take(&self) -> Result<Look, sqlx::Error> {
        let waiting = tokio::time::timeout(ACQUIRE_TIMEOUT, self.0.places.clone().acquire_owned());
        let place = waiting.await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let place = place.map_err(|_| sqlx::Error::PoolClosed)?;
        let free = self.free().pop();
        let connection = match free {
            Some(connection) => connection,
            // Boxed: it is large and rare, and would swell every future that reads.
            None => Box::pin(SqliteConnection::connect_with(&self.0.options)).await?,
        };
        Ok(Look { connection: Some(connection), looks: self.clone(), _place: place })
    }

    /// Closes them, after those that are out have come back.
    pub(super) async fn close(&self) {
        let all = self.0.places.acquire_many(LOOKS).await;
        self.0.places.close();
        drop(all);
        let free = std::mem::take(&mut *self.free());
        for connection in free {
            // A reader has nothing to lose.
            let _closed = connection.close().await;
        }
    }

    /// The list stays whole whatever happened to another holder.
    fn free(&self) -> MutexGuard<'_, Vec<SqliteConnection>> {
        self.0.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that looks; free again when dropped.
#[derive(Debug)]
pub struct Look {
    connection: Option<SqliteConnection>,
    looks: Looks,
    _place: OwnedSemaphorePermit,
}

impl Look {
    pub(super) fn connection(&mut self) -> Result<&mut SqliteConnection, StoreError> {
        let gone = || StoreError::Unavailable("the connection was given back".to_owned());
        self.connection.as_mut().ok_or_else(gone)
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        // Before the place is free, so that whoever gets it finds the connection.
        let connection = self.connection.take();
        self.looks.free().extend(connection);
    }
}
