//! The statement that an act leaves behind: who suspended or lifted what, why and when, as
//! canonical JSON (RFC 8785). Its bytes are the body of a record in the installation's own stream.

use bankside_domain::id::StaffId;
use bankside_transparency::millis::Millis;
use serde::{Deserialize, Serialize};

use super::Subject;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Suspended.
    Suspend,
    /// Let go on.
    Lift,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct By {
    /// The name that she goes by.
    pub name: String,
    /// The operator who signed in to the console; none is whoever commands the machine, under the
    /// name that was given there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffId>,
}

/// The statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What kind of text this is.
    pub format: Format,
    /// What was done.
    pub deed: Deed,
    /// To what.
    pub subject: Subject,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub by: By,
    /// When: UTC, milliseconds, as in records.
    pub at: Millis,
}

/// The format's name. There is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Version 1.
    #[serde(rename = "bankside/suspension/v1")]
    V1,
}

impl Statement {
    /// The canonical bytes; nothing where they cannot be written, which no statement is.
    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
        serde_jcs::to_vec(self).ok()
    }

    /// Reads one, in its canonical form only.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let statement: Self = serde_json::from_slice(bytes).ok()?;
        (statement.to_bytes()? == bytes).then_some(statement)
    }
}
