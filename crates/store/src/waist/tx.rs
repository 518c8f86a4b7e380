//! One unit of work; with [`super::Store`] the only place that knows which database runs.

use std::sync::{Arc, OnceLock};

use rusqlite::ErrorCode;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::{Column as _, PgConnection, Postgres, Row as _, Transaction, TypeInfo as _};

use super::row::{Row, Value};
use super::sqlite::{self, Lent};

/// Why the database did not do it. No variant carries a value of a row.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database answered an error.
    #[error("the database refused: {0}")]
    Database(String),
    /// The disk under the database failed, or is full. The process must stop: what was written is
    /// unknown, and a retry of a failed fsync lies.
    #[error("the disk under the database failed: {0}")]
    Disk(String),
    /// No connection in time.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A statement and its arguments do not fit. A defect.
    #[error("a statement wants {wanted} arguments and got {given}")]
    Arity {
        /// Highest `$n` in the statement.
        wanted: usize,
        /// Arguments given.
        given: usize,
    },
    /// A row is not of the expected shape. A defect, or a damaged database.
    #[error("a row of the database is not of the expected shape")]
    Shape,
    /// A row that must be there once is not, or was changed meanwhile.
    #[error("the row was changed or taken meanwhile")]
    Conflict,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(db) => Self::Database(db.message().to_owned()),
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Tls(_)
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error.to_string()),
            _ => Self::Database("statement failed".to_owned()),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, message) = error else {
            return Self::Database("statement failed".to_owned());
        };
        let message = message.unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::SystemIoFailure | ErrorCode::DiskFull => Self::Disk(message),
            _ => Self::Database(message),
        }
    }
}

/// Told when the disk under an embedded database failed: it must end the process.
pub type OnDiskFailure = Arc<dyn Fn(&StoreError) + Send + Sync>;

/// Sees every failure of the disk, whoever ran the statement. Clones are the same watch.
#[derive(Clone, Default)]
pub struct DiskWatch(Arc<OnceLock<OnDiskFailure>>);

impl DiskWatch {
    pub(super) fn tell(&self, hook: OnDiskFailure) {
        // The first hook stays.
        let _set = self.0.set(hook);
    }

    pub(super) fn noted<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|error| {
            let error = StoreError::from(error);
            if let (StoreError::Disk(_), Some(hook)) = (&error, self.0.get()) {
                hook(&error);
            }
            error
        })
    }
}

impl std::fmt::Debug for DiskWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DiskWatch")
    }
}

/// A transaction, or a look. Dropped without [`Tx::commit`], it is rolled back.
pub enum Tx {
    /// On the embedded database. Where nothing was begun it is a look: each statement sees the
    /// state of its own moment.
    Sqlite(Lent),
    /// On a server.
    Postgres(Transaction<'static, Postgres>),
    /// A look at a server.
    PostgresLook(PoolConnection<Postgres>),
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite(_) => "Tx(sqlite)",
            Self::Postgres(_) => "Tx(postgres)",
            Self::PostgresLook(_) => "Look(postgres)",
        })
    }
}

impl Tx {
    /// Runs a statement; says how many rows it changed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn run(&mut self, sql: &'static str, args: &[Value]) -> Result<u64, StoreError> {
        arity(sql, args)?;
        let on = match self {
            Self::Sqlite(lent) => return lent.on(|on| sqlite::run(on, sql, args)),
            Self::Postgres(tx) => &mut **tx,
            Self::PostgresLook(connection) => &mut **connection,
        };
        Ok(query(sql, args).execute(on).await?.rows_affected())
    }

    /// Runs a statement that must change exactly one row.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it changed another number.
    pub async fn run_one(&mut self, sql: &'static str, args: &[Value]) -> Result<(), StoreError> {
        if self.run(sql, args).await? == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Reads rows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn rows(
        &mut self,
        sql: &'static str,
        args: &[Value],
    ) -> Result<Vec<Row>, StoreError> {
        arity(sql, args)?;
        let on: &mut PgConnection = match self {
            Self::Sqlite(lent) => return lent.on(|on| sqlite::rows(on, sql, args)),
            Self::Postgres(tx) => tx,
            Self::PostgresLook(connection) => connection,
        };
        let rows = query(sql, args).fetch_all(on).await?;
        rows.iter().map(decode).collect()
    }

    /// Reads at most one row.
    ///
    /// # Errors
    /// [`StoreError::Shape`] where there are more.
    pub async fn row(
        &mut self,
        sql: &'static str,
        args: &[Value],
    ) -> Result<Option<Row>, StoreError> {
        let mut rows = self.rows(sql, args).await?;
        let first = rows.pop();
        if rows.is_empty() { Ok(first) } else { Err(StoreError::Shape) }
    }

    /// Makes it durable.
    ///
    /// # Errors
    /// [`StoreError`]; whether it was committed is then unknown.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(lent) => lent.commit(),
            Self::Postgres(tx) => Ok(tx.commit().await?),
            Self::PostgresLook(_) => Ok(()),
        }
    }

    /// Gives it up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::Postgres(tx) => Ok(tx.rollback().await?),
            Self::Sqlite(_) | Self::PostgresLook(_) => Ok(()),
        }
    }
}

/// SQLite binds a missing argument as NULL without a word, so arity is checked here.
fn arity(sql: &str, args: &[Value]) -> Result<(), StoreError> {
    let number = |rest: &str| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..digits)?.parse::<usize>().ok()
    };
    let wanted = sql.split('$').skip(1).filter_map(number).max().unwrap_or(0);
    if wanted == args.len() { Ok(()) } else { Err(StoreError::Arity { wanted, given: args.len() }) }
}

fn query<'q>(
    sql: &'static str,
    args: &[Value],
) -> sqlx::query::Query<'q, Postgres, sqlx::postgres::PgArguments> {
    args.iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Int(v) => query.bind(*v),
        Value::Text(v) => query.bind(v.clone()),
        Value::Bytes(v) => query.bind(v.clone()),
    })
}

fn decode(row: &PgRow) -> Result<Row, StoreError> {
    let column = |i: usize| -> Result<Value, StoreError> {
        Ok(match row.try_column(i)?.type_info().name() {
            "TEXT" | "VARCHAR" | "NAME" => Value::Text(row.try_get(i)?),
            "BYTEA" => Value::Bytes(row.try_get(i)?),
            // A literal, as in `SELECT 1`.
            "INT4" => Value::Int(row.try_get::<Option<i32>, _>(i)?.map(i64::from)),
            _ => Value::Int(row.try_get(i)?),
        })
    };
    (0..row.len()).map(column).collect::<Result<_, _>>().map(Row::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arity_is_the_highest_number() {
        let one = [Value::from(1)];
        assert!(arity("SELECT $1, $1", &one).is_ok());
        assert!(matches!(
            arity("SELECT $1, $2", &one),
            Err(StoreError::Arity { wanted: 2, given: 1 })
        ));
        assert!(arity("SELECT '$', $1", &one).is_ok());
    }
}
