//! Opening a database, and beginning a unit of work.

use std::path::Path;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::look::Looks;
use super::tx::{DiskWatch, OnDiskFailure, StoreError, Tx};
use crate::migrate::{self, MigrateError, Schema};

/// Longest wait for a connection.
pub(super) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest wait for another process's lock on the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest wait for a reader that keeps a file from being scrubbed.
const SCRUB_TIMEOUT: Duration = Duration::from_millis(100);
/// Readers of the embedded database.
const SQLITE_READERS: u32 = 4;
/// Page cache of each connection, in KiB (SQLite takes it as a negative number).
const SQLITE_CACHE_KIB: &str = "-2000";
/// Connections to a server, for each node.
const POSTGRES_CONNECTIONS: u32 = 16;

/// A database of one schema. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    backend: Backend,
}

#[derive(Clone, Debug)]
enum Backend {
    Sqlite { writer: SqlitePool, readers: SqlitePool, looks: Looks, watch: DiskWatch },
    Postgres(PgPool),
}

impl Store {
    /// Opens the file, makes it if it is missing, and brings it to this version's schema.
    ///
    /// Every commit is durable before it returns (`synchronous=FULL`), and what is deleted is
    /// overwritten (`secure_delete=ON`).
    ///
    /// # Errors
    /// [`MigrateError`].
    pub async fn sqlite(path: &Path, schema: Schema) -> Result<Self, MigrateError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            .pragma("secure_delete", "ON")
            .pragma("cache_size", SQLITE_CACHE_KIB)
            .pragma("temp_store", "MEMORY")
            .optimize_on_close(false, None);
        let pool = |most: u32, options: SqliteConnectOptions| {
            SqlitePoolOptions::new()
                .max_connections(most)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                .idle_timeout(None)
                .max_lifetime(None)
                .test_before_acquire(false)
                .connect_lazy_with(options)
        };
        let writer = pool(1, options.clone());
        let looks = Looks::new(options.clone());
        let (readers, watch) = (pool(SQLITE_READERS, options), DiskWatch::default());
        let store = Self { backend: Backend::Sqlite { writer, readers, looks, watch } };
        migrate::run(&store, schema).await?;
        // SQLite does so too, and passes over a failure.
        sync_names(path).map_err(|error| StoreError::Disk(error.to_string()))?;
        Ok(store)
    }

    /// Connects to a PostgreSQL server and brings the schema to this version. With
    /// `search_path`, everything lives in that schema, which must exist.
    ///
    /// # Errors
    /// [`MigrateError`].
    pub async fn postgres(
        url: &str,
        search_path: Option<&str>,
        schema: Schema,
    ) -> Result<Self, MigrateError> {
        let mut options: PgConnectOptions = url
            .parse()
            .map_err(|_| StoreError::Unavailable("the database address is not one".to_owned()))?;
        if let Some(path) = search_path {
            options = options.options([("search_path", path)]);
        }
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options)
            .await
            .map_err(StoreError::from)?;
        let store = Self { backend: Backend::Postgres(pool) };
        migrate::run(&store, schema).await?;
        Ok(store)
    }

    /// Begins a unit of work that writes. On the embedded database there is one at a time.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where no connection is free in time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match &self.backend {
            Backend::Sqlite { writer, watch, .. } => {
                let tx = watch.noted(writer.begin_with("BEGIN IMMEDIATE").await)?;
                Tx::Sqlite(tx, watch.clone())
            }
            Backend::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins one that only reads, from a consistent state.
    ///
    /// # Errors
    /// As [`Store::begin`].
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match &self.backend {
            Backend::Sqlite { readers, watch, .. } => {
                Tx::Sqlite(watch.noted(readers.begin().await)?, watch.clone())
            }
            Backend::Postgres(pool) => Tx::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
            ),
        })
    }

    /// A look, for reads of which each stands for itself: cheaper than [`Store::read`], and without
    /// its consistent state. It cannot write on the embedded database.
    ///
    /// # Errors
    /// As [`Store::begin`].
    pub async fn look(&self) -> Result<Tx, StoreError> {
        Ok(match &self.backend {
            Backend::Sqlite { looks, watch, .. } => {
                Tx::SqliteLook(watch.noted(looks.take().await)?, watch.clone())
            }
            Backend::Postgres(pool) => Tx::PostgresLook(pool.acquire().await?),
        })
    }

    /// From now on tells `hook` of every failure of the disk under the embedded database, on every
    /// clone and whoever ran the statement. The first hook stays. On a server it is never called:
    /// the server itself stops.
    pub fn on_disk_failure(&self, hook: OnDiskFailure) {
        if let Backend::Sqlite { watch, .. } = &self.backend {
            watch.tell(hook);
        }
    }

    /// Whether it is the embedded database.
    pub fn is_embedded(&self) -> bool {
        matches!(self.backend, Backend::Sqlite { .. })
    }

    /// Empties the write-ahead log into the file and truncates it, so that what was deleted is
    /// gone from disk. `false` where a reader kept it from finishing; on a server there is nothing
    /// to do, and the bound is stated in the documentation.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn scrub(&self) -> Result<bool, StoreError> {
        let Backend::Sqlite { writer, watch, .. } = &self.backend else { return Ok(true) };
        // Whoever writes waits meanwhile, so a long reader is not waited for as long as usual.
        let mut connection = writer.acquire().await?;
        set_busy_timeout(&mut connection, SCRUB_TIMEOUT).await?;
        let scrubbed = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)");
        let scrubbed: Result<(i64, i64, i64), _> = scrubbed.fetch_one(&mut *connection).await;
        set_busy_timeout(&mut connection, BUSY_TIMEOUT).await?;
        let (busy, _, _) = watch.noted(scrubbed)?;
        Ok(busy == 0)
    }

    /// Writes a consistent copy of the embedded database into `target`, while it is in use.
    ///
    /// # Errors
    /// [`StoreError`]; also on a server, whose own tools do that.
    pub async fn copy_to(&self, target: &Path) -> Result<(), StoreError> {
        let Backend::Sqlite { readers, .. } = &self.backend else {
            return Err(StoreError::Database("a server is copied with its own tools".to_owned()));
        };
        let path = target.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO $1").bind(path).execute(readers).await?;
        Ok(())
    }

    /// Closes the connections, after what runs has ended.
    pub async fn close(&self) {
        match &self.backend {
            Backend::Sqlite { writer, readers, looks, .. } => {
                looks.close().await;
                readers.close().await;
                writer.close().await;
            }
            Backend::Postgres(pool) => pool.close().await,
        }
    }

    /// Runs the text of a migration, which may hold many statements.
    pub(crate) async fn execute_script(tx: &mut Tx, script: String) -> Result<(), StoreError> {
        let script = sqlx::raw_sql(sqlx::AssertSqlSafe(script));
        match tx {
            Tx::Sqlite(tx, _) => script.execute(&mut **tx).await.map(drop)?,
            Tx::Postgres(tx) => {
                sqlx::Executor::execute(&mut **tx, script).await.map(drop)?;
            }
            Tx::SqliteLook(..) | Tx::PostgresLook(_) => {
                return Err(StoreError::Database("a look changes nothing".to_owned()));
            }
        }
        Ok(())
    }
}

/// Makes the names of the database and its write-ahead log durable.
fn sync_names(database: &Path) -> std::io::Result<()> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

async fn set_busy_timeout(
    connection: &mut sqlx::SqliteConnection,
    timeout: Duration,
) -> Result<(), StoreError> {
    let sql = format!("PRAGMA busy_timeout = {}", timeout.as_millis());
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(connection).await?;
    Ok(())
}
