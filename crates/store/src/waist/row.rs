//! Arguments and rows. Three column kinds are enough; NULL keeps its type, which PostgreSQL
//! insists on.

use super::StoreError;

/// One argument or column.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// Whole number; times are milliseconds since the epoch.
    Int(Option<i64>),
    /// Text.
    Text(Option<String>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

/// Values may be personal or sealed: only the kind is shown.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Int(_) => "Int",
            Self::Text(_) => "Text",
            Self::Bytes(_) => "Bytes",
        })
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<bankside_domain::Timestamp> for Value {
    fn from(value: bankside_domain::Timestamp) -> Self {
        Self::Int(Some(value.as_millis()))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}

macro_rules! id_values {
    ($($id:ident),+ $(,)?) => {$(
        impl From<bankside_domain::id::$id> for Value {
            fn from(id: bankside_domain::id::$id) -> Self {
                Self::Text(Some(id.to_string()))
            }
        }

        impl From<Option<bankside_domain::id::$id>> for Value {
            fn from(id: Option<bankside_domain::id::$id>) -> Self {
                Self::Text(id.map(|id| id.to_string()))
            }
        }
    )+};
}

id_values!(
    CustomerId,
    ConsentId,
    ConversationId,
    MessageId,
    SessionId,
    PasskeyId,
    LinkId,
    StaffId,
    AccountId,
);

/// One row, read by position.
#[derive(Clone, Debug)]
pub struct Row(Vec<Value>);

impl Row {
    pub(super) fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    /// A whole number.
    ///
    /// # Errors
    /// NULL, another kind, or no such column.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.maybe_int(column)?.ok_or(StoreError::Shape)
    }

    /// A whole number or NULL.
    ///
    /// # Errors
    /// Another kind, or no such column.
    pub fn maybe_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.0.get(column) {
            Some(Value::Int(value)) => Ok(*value),
            Some(Value::Text(None) | Value::Bytes(None)) => Ok(None),
            _ => Err(StoreError::Shape),
        }
    }

    /// Text.
    ///
    /// # Errors
    /// NULL, another kind, or no such column.
    pub fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.maybe_text(column)?.ok_or(StoreError::Shape)
    }

    /// Text or NULL.
    ///
    /// # Errors
    /// Another kind, or no such column.
    pub fn maybe_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self.0.get(column) {
            Some(Value::Text(value)) => Ok(value.as_deref()),
            Some(Value::Int(None) | Value::Bytes(None)) => Ok(None),
            _ => Err(StoreError::Shape),
        }
    }

    /// Bytes.
    ///
    /// # Errors
    /// NULL, another kind, or no such column.
    pub fn bytes(&self, column: usize) -> Result<&[u8], StoreError> {
        self.maybe_bytes(column)?.ok_or(StoreError::Shape)
    }

    /// Bytes or NULL.
    ///
    /// # Errors
    /// Another kind, or no such column.
    pub fn maybe_bytes(&self, column: usize) -> Result<Option<&[u8]>, StoreError> {
        match self.0.get(column) {
            Some(Value::Bytes(value)) => Ok(value.as_deref()),
            Some(Value::Int(None) | Value::Text(None)) => Ok(None),
            _ => Err(StoreError::Shape),
        }
    }

    /// Text in a form of its own: an id, a code.
    ///
    /// # Errors
    /// NULL, another kind, or not of that form.
    pub fn parsed<T: std::str::FromStr>(&self, column: usize) -> Result<T, StoreError> {
        self.text(column)?.parse().map_err(|_| StoreError::Shape)
    }

    /// As [`Row::parsed`], or NULL.
    ///
    /// # Errors
    /// Another kind, or not of that form.
    pub fn maybe_parsed<T: std::str::FromStr>(
        &self,
        column: usize,
    ) -> Result<Option<T>, StoreError> {
        self.maybe_text(column)?.map(|t| t.parse().map_err(|_| StoreError::Shape)).transpose()
    }

    /// A time.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn time(&self, column: usize) -> Result<bankside_domain::Timestamp, StoreError> {
        self.int(column).map(bankside_domain::Timestamp::from_millis)
    }

    /// Bytes of a known length.
    ///
    /// # Errors
    /// As [`Row::bytes`], or another length.
    pub fn array<const N: usize>(&self, column: usize) -> Result<[u8; N], StoreError> {
        self.bytes(column)?.try_into().map_err(|_| StoreError::Shape)
    }
}
