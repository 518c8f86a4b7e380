//! Opening a database, and beginning a unit of work.

use std::path::Path;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use super::sqlite::{Connections, Mode};
use super::tx::{DiskWatch, OnDiskFailure, StoreError, Tx};
use crate::migrate::{self, MigrateError, Schema};

/// Longest wait for a connection.
pub(super) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// Connections to a server, for each node.
const POSTGRES_CONNECTIONS: u32 = 16;

/// A database of one schema. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    backend: Backend,
}

#[derive(Clone, Debug)]
enum Backend {
    Sqlite { writer: Connections, readers: Connections, watch: DiskWatch },
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
        let watch = DiskWatch::default();
        let connections = |mode| Connections::new(path, mode, watch.clone());
        let (writer, readers) = (connections(Mode::Write), connections(Mode::Read));
        let store = Self { backend: Backend::Sqlite { writer, readers, watch } };
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
            Backend::Sqlite { writer, .. } => {
                let mut lent = writer.take().await?;
                lent.begin_to_write()?;
                Tx::Sqlite(lent)
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
            Backend::Sqlite { readers, .. } => {
                let mut lent = readers.take().await?;
                lent.begin_to_read()?;
                Tx::Sqlite(lent)
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
            Backend::Sqlite { readers, .. } => Tx::Sqlite(readers.take().await?),
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
        let Backend::Sqlite { writer, .. } = &self.backend else { return Ok(true) };
        // Whoever writes waits meanwhile, so a long reader is not waited for as long as usual.
        writer.take().await?.scrub()
    }

    /// Writes a consistent copy of the embedded database into `target`, while it is in use.
    ///
    /// # Errors
    /// [`StoreError`]; also on a server, whose own tools do that.
    pub async fn copy_to(&self, target: &Path) -> Result<(), StoreError> {
        let Backend::Sqlite { readers, .. } = &self.backend else {
            return Err(StoreError::Database("a server is copied with its own tools".to_owned()));
        };
        readers.take().await?.copy_to(target)
    }

    /// Closes the connections, after what runs has ended.
    pub async fn close(&self) {
        match &self.backend {
            Backend::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Backend::Postgres(pool) => pool.close().await,
        }
    }

    /// Runs the text of a migration, which may hold many statements.
    pub(crate) async fn execute_script(tx: &mut Tx, script: String) -> Result<(), StoreError> {
        match tx {
            Tx::Sqlite(lent) => lent.on(|on| on.execute_batch(&script)),
            Tx::Postgres(tx) => {
                let script = sqlx::raw_sql(sqlx::AssertSqlSafe(script));
                sqlx::Executor::execute(&mut **tx, script).await.map(drop)?;
                Ok(())
            }
            Tx::PostgresLook(_) => Err(StoreError::Database("a look changes nothing".to_owned())),
        }
    }
}

/// Makes the names of the database and its write-ahead log durable.
fn sync_names(database: &Path) -> std::io::Result<()> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
