//! The embedded database. It is a library: a statement is a call on the caller's own thread, and
//! only what waits for the disk or for another process makes room for other tasks.

mod connections;

pub(super) use connections::{Connections, Lent, Mode};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql};
use tokio::runtime::{Handle, RuntimeFlavor};

use super::row::{Row, Value};

/// Runs a statement; says how many rows it changed.
pub(super) fn run(
    connection: &Connection,
    sql: &'static str,
    args: &[Value],
) -> rusqlite::Result<u64> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, args)?;
    let mut rows = statement.raw_query();
    // A statement that answers rows runs to its end too.
    while rows.next()?.is_some() {}
    Ok(connection.changes())
}

/// Reads rows.
pub(super) fn rows(
    connection: &Connection,
    sql: &'static str,
    args: &[Value],
) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, args)?;
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|column| Ok(value(row.get_ref(column)?)));
        all.push(Row::new(values.collect::<rusqlite::Result<_>>()?));
    }
    Ok(all)
}

/// Runs what may wait for a disk or a lock, without other tasks waiting for it too. On a runtime
/// of one thread, such as the writer's own, nothing else is there to wait.
pub(super) fn aside<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

/// SQLite takes `$1` for a name and numbers parameters as they first appear.
fn bind(statement: &mut CachedStatement<'_>, args: &[Value]) -> rusqlite::Result<()> {
    for index in 1..=statement.parameter_count() {
        let number = statement.parameter_name(index).and_then(|name| name.get(1..)?.parse().ok());
        let argument = number.and_then(|number: usize| args.get(number.checked_sub(1)?));
        let missing = || rusqlite::Error::InvalidParameterName(format!("number {index}"));
        statement.raw_bind_parameter(index, argument.ok_or_else(missing)?)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Int(Some(value)) => ValueRef::Integer(*value),
            Self::Text(Some(value)) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(Some(value)) => ValueRef::Blob(value),
            Self::Int(None) | Self::Text(None) | Self::Bytes(None) => ValueRef::Null,
        }))
    }
}

/// The value's own kind decides; a fraction, which no column holds, is nothing.
fn value(found: ValueRef<'_>) -> Value {
    match found {
        ValueRef::Integer(value) => Value::Int(Some(value)),
        ValueRef::Text(value) => Value::Text(String::from_utf8(value.to_vec()).ok()),
        ValueRef::Blob(value) => Value::Bytes(Some(value.to_vec())),
        ValueRef::Null | ValueRef::Real(_) => Value::Int(None),
    }
}
