//! The waist between our SQL and the two databases.

mod row;
mod sqlite;
mod store;
mod tx;

pub use row::{Row, Value};
pub use store::Store;
pub use tx::{DiskWatch, OnDiskFailure, StoreError, Tx};
