//! Parameters of a query or a form: each at most once.
//!
//! Source: RFC 6749, sections 3.1 and 3.2; RFC 8707, section 2, which alone allows a parameter,
//! `resource`, to be repeated.

use std::collections::BTreeMap;

use url::form_urlencoded;

use crate::fault::{Code, Fault};

/// Parameters read at most.
const MAX_PAIRS: usize = 40;
/// Longest value, in bytes.
const MAX_VALUE: usize = 2_048;

/// Parameters by their names. An empty value is as if it had not been sent.
#[derive(Clone, Default)]
pub struct Form(BTreeMap<String, Vec<String>>);

/// Values are secrets: only the names are shown.
impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Form {
    /// Reads `application/x-www-form-urlencoded` text.
    ///
    /// # Errors
    /// [`Code::InvalidRequest`] where there are too many parameters or one is too long.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (place, (name, value)) in form_urlencoded::parse(text.as_bytes()).enumerate() {
            if place >= MAX_PAIRS || value.len() > MAX_VALUE || name.len() > MAX_VALUE {
                return Err(Fault::new(Code::InvalidRequest, "the request is too large"));
            }
            if !value.is_empty() {
                found.entry(name.into_owned()).or_default().push(value.into_owned());
            }
        }
        Ok(Self(found))
    }

    /// The one value of a parameter.
    ///
    /// # Errors
    /// [`Code::InvalidRequest`] where it was sent twice.
    pub fn one(&self, name: &str) -> Result<Option<&str>, Fault> {
        match self.0.get(name).map(Vec::as_slice) {
            None | Some([]) => Ok(None),
            Some([value]) => Ok(Some(value)),
            Some(_) => Err(Fault::new(Code::InvalidRequest, "a parameter was sent twice")),
        }
    }

    /// The one value of a parameter that must be there.
    ///
    /// # Errors
    /// [`Code::InvalidRequest`], saying `missing`.
    pub fn must(&self, name: &str, missing: &'static str) -> Result<&str, Fault> {
        self.one(name)?.ok_or(Fault::new(Code::InvalidRequest, missing))
    }

    /// All values of a parameter that may be repeated.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}
