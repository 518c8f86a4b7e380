//! Migrations: one file each, the same for both databases, applied in one transaction.
//!
//! INVARIANT: a schema newer than this program is refused, never touched.

use crate::waist::{Store, StoreError, Tx};

/// Which of the two schemas a database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// Everything but keys.
    Main,
    /// Data keys, in a database of their own.
    Keys,
}

impl Schema {
    fn migrations(self) -> &'static [&'static str] {
        match self {
            Self::Main => &[
                include_str!("../migrations/main/0001_spine.sql"),
                include_str!("../migrations/main/0002_channels.sql"),
                include_str!("../migrations/main/0003_in_request.sql"),
                include_str!("../migrations/main/0004_oauth.sql"),
                include_str!("../migrations/main/0005_couriers.sql"),
                include_str!("../migrations/main/0006_direct_line.sql"),
            ],
            Self::Keys => &[include_str!("../migrations/keys/0001_data_keys.sql")],
        }
    }

    /// The version that this program works with.
    pub fn version(self) -> i64 {
        i64::try_from(self.migrations().len()).unwrap_or(i64::MAX)
    }
}

/// Why a database could not be brought to this version.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A later version of the program made it.
    #[error(
        "the database has schema version {found}, this program knows {known}: install a newer version"
    )]
    Newer {
        /// In the database.
        found: i64,
        /// In this program.
        known: i64,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Applies what is missing. Two processes at once are serialised by the database.
pub(crate) async fn run(store: &Store, schema: Schema) -> Result<(), MigrateError> {
    let mut tx = store.begin().await?;
    lock(&mut tx).await?;
    let found = version(&mut tx).await?;
    let known = schema.version();
    if found > known {
        return Err(MigrateError::Newer { found, known });
    }
    let done = usize::try_from(found).unwrap_or(0);
    for (index, text) in schema.migrations().iter().enumerate().skip(done) {
        let script = expand(text, &tx);
        Store::execute_script(&mut tx, script).await?;
        tracing::info!(schema = ?schema, version = index + 1, "schema migrated");
    }
    tx.run("UPDATE schema_version SET version = $1", &[known.into()]).await?;
    tx.commit().await?;
    Ok(())
}

async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    if matches!(tx, Tx::Postgres(_)) {
        let sql = "SELECT COUNT(*) FROM (SELECT pg_advisory_xact_lock(7233871)) AS taken";
        tx.rows(sql, &[]).await?;
    }
    tx.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)", &[]).await?;
    Ok(())
}

async fn version(tx: &mut Tx) -> Result<i64, StoreError> {
    match tx.row("SELECT version FROM schema_version", &[]).await? {
        Some(row) => row.int(0),
        None => {
            tx.run("INSERT INTO schema_version (version) VALUES (0)", &[]).await?;
            Ok(0)
        }
    }
}

fn expand(text: &str, tx: &Tx) -> String {
    let (int, blob, strict) = match tx {
        Tx::Sqlite(_) => ("INTEGER", "BLOB", "STRICT"),
        Tx::Postgres(_) | Tx::PostgresLook(_) => ("BIGINT", "BYTEA", ""),
    };
    text.replace("@int", int).replace("@blob", blob).replace("@strict", strict)
}
