//! Open connections to one file, lent to one unit of work at a time.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::aside;
use crate::waist::StoreError;
use crate::waist::store::ACQUIRE_TIMEOUT;
use crate::waist::tx::DiskWatch;

/// Longest wait for another process's lock on the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest wait for a reader that keeps a file from being scrubbed.
const SCRUB_TIMEOUT: Duration = Duration::from_millis(100);
/// Statements that a connection keeps prepared; there are fewer in all.
const STATEMENTS: usize = 256;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::waist) enum Mode {
    /// The one that writes.
    Write,
    /// One of those that read, at the same time as it.
    Read,
}

impl Mode {
    fn connections(self) -> u32 {
        match self {
            Self::Write => 1,
            Self::Read => 8,
        }
    }

    /// Every commit is durable before it returns, and what is deleted is overwritten.
    /// `cache_size` is in KiB, as a negative number.
    fn pragmas(self) -> &'static str {
        match self {
            Self::Write => {
                "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000"
            }
            Self::Read => {
                "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2000; PRAGMA query_only = ON"
            }
        }
    }
}

/// Those that are free, and the right to have one. Clones are the same.
#[derive(Clone, Debug)]
pub(in crate::waist) struct Connections(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    mode: Mode,
    free: Mutex<Vec<Connection>>,
    places: Arc<Semaphore>,
    watch: DiskWatch,
}

impl Connections {
    /// None is opened before it is needed.
    pub(in crate::waist) fn new(path: &Path, mode: Mode, watch: DiskWatch) -> Self {
        let places = Arc::new(Semaphore::new(mode.connections() as usize));
        Self(Arc::new(Shared {
            path: path.to_owned(),
            mode,
            free: Mutex::default(),
            places,
            watch,
        }))
    }

    /// Takes one, or opens it.
    pub(in crate::waist) async fn take(&self) -> Result<Lent, StoreError> {
        let waiting = tokio::time::timeout(ACQUIRE_TIMEOUT, self.0.places.clone().acquire_owned());
        let unavailable = |why: &str| StoreError::Unavailable(why.to_owned());
        let place = waiting.await.map_err(|_| unavailable("no connection is free"))?;
        let place = place.map_err(|_| unavailable("the database is closed"))?;
        let free = self.free().pop();
        let connection = match free {
            Some(connection) => connection,
            None => self.0.watch.noted(aside(|| self.0.open()))?,
        };
        Ok(Lent { connection: Some(connection), home: self.clone(), _place: place })
    }

    /// Closes them, after those that are out have come back.
    pub(in crate::waist) async fn close(&self) {
        let all = self.0.places.acquire_many(self.0.mode.connections()).await;
        self.0.places.close();
        drop(all);
        let free = std::mem::take(&mut *self.free());
        aside(|| drop(free));
    }

    /// The list stays whole whatever happened to another holder.
    fn free(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.0.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn open(&self) -> rusqlite::Result<Connection> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        flags.set(OpenFlags::SQLITE_OPEN_CREATE, self.mode == Mode::Write);
        let connection = Connection::open_with_flags(&self.path, flags)?;
        match self.prepare(&connection) {
            Ok(()) => Ok(connection),
            Err(error) => {
                abandon(connection);
                Err(error)
            }
        }
    }

    fn prepare(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Without it SQLite looks at the value of a bound LIMIT, and so prepares the statement anew
        // whenever another is bound.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        if self.mode == Mode::Write {
            write_ahead(connection)?;
        }
        connection.execute_batch(self.mode.pragmas())
    }
}

/// Switches to a write-ahead log. The switch is written when the statement ends, after it named the
/// mode; a disk that fails then must be heard.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("PRAGMA journal_mode = WAL")?;
    let mut rows = statement.query([])?;
    let mode = rows.next()?.map(|row| row.get::<_, String>(0)).transpose()?;
    while rows.next()?.is_some() {}
    if mode.as_deref() == Some("wal") {
        return Ok(());
    }
    let failed = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR);
    let words = "the file cannot be given a write-ahead log".to_owned();
    Err(rusqlite::Error::SqliteFailure(failed, Some(words)))
}

/// Gives a connection up without closing it: to close is to write and to sync, and a disk that
/// failed is never tried again. The process is about to end.
fn abandon(connection: Connection) {
    std::mem::forget(connection);
}

/// A connection that is lent. Dropped, it is free again, and what it did not commit is undone.
#[derive(Debug)]
pub struct Lent {
    connection: Option<Connection>,
    home: Connections,
    _place: OwnedSemaphorePermit,
}

impl Lent {
    /// Runs something on it, and tells the watch of a failure of the disk.
    pub(in crate::waist) fn on<T>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let gone = || StoreError::Unavailable("the connection was given back".to_owned());
        let done = work(self.connection.as_mut().ok_or_else(gone)?);
        let noted = self.home.0.watch.noted(done);
        if matches!(noted, Err(StoreError::Disk(_)))
            && let Some(connection) = self.connection.take()
        {
            abandon(connection);
        }
        noted
    }

    /// Begins a transaction that writes. Within the process there is only one; another process
    /// that writes is waited for.
    pub(in crate::waist) fn begin_to_write(&mut self) -> Result<(), StoreError> {
        const BEGIN: &str = "BEGIN IMMEDIATE";
        self.on(|connection| {
            connection.busy_timeout(Duration::ZERO)?;
            let begun = connection.execute_batch(BEGIN);
            connection.busy_timeout(BUSY_TIMEOUT)?;
            match begun {
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                    aside(|| connection.execute_batch(BEGIN))
                }
                begun => begun,
            }
        })
    }

    /// Begins one that reads from a consistent state.
    pub(in crate::waist) fn begin_to_read(&mut self) -> Result<(), StoreError> {
        self.on(|connection| connection.execute_batch("BEGIN"))
    }

    /// Makes what was begun durable; nothing where nothing was.
    pub(in crate::waist) fn commit(mut self) -> Result<(), StoreError> {
        self.on(|connection| match connection.is_autocommit() {
            true => Ok(()),
            false => aside(|| connection.execute_batch("COMMIT")),
        })
    }

    /// Empties the write-ahead log into the file and truncates it. Whether no reader was in the way.
    pub(in crate::waist) fn scrub(&mut self) -> Result<bool, StoreError> {
        self.on(|connection| {
            connection.busy_timeout(SCRUB_TIMEOUT)?;
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            let busy = aside(|| connection.query_row(sql, [], |row| row.get::<_, i64>(0)));
            connection.busy_timeout(BUSY_TIMEOUT)?;
            Ok(busy? == 0)
        })
    }

    /// Writes a consistent copy of the whole file.
    pub(in crate::waist) fn copy_to(&mut self, target: &Path) -> Result<(), StoreError> {
        let target = target.to_string_lossy();
        self.on(|connection| {
            // Such a copy counts as a change, though the file stays as it is.
            connection.pragma_update(None, "query_only", false)?;
            let copied = aside(|| connection.execute("VACUUM INTO ?1", [&target]));
            connection.pragma_update(None, "query_only", true)?;
            copied.map(drop)
        })
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        if !connection.is_autocommit() && connection.execute_batch("ROLLBACK").is_err() {
            // In an unknown state: it is closed, and another opened when one is needed.
            return;
        }
        // Before the place is free, so that whoever gets it finds the connection.
        self.home.free().push(connection);
    }
}
