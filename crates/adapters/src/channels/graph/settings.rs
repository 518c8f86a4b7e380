//! What an operator of the bank configures for a channel of the Graph API.

use std::net::IpAddr;

use http::Uri;

/// Digits that an id of the Graph API may have.
const MAX_ID_DIGITS: usize = 32;

/// Why a setting cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not an address of the web.
    #[error("`{0}` must be `https://HOST/VERSION` (or `http://` on this machine)")]
    Address(String),
    /// Not an id.
    #[error("`{0}` must be an id of the Graph API: digits only")]
    Id(String),
}

/// Where the Graph API is, with its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api(String);

impl Default for Api {
    /// Version 23.0, which these adapters were written against.
    fn default() -> Self {
        Self("https://graph.facebook.com/v23.0".to_owned())
    }
}

impl Api {
    /// From an address: `https`, or `http` on this machine, without a query.
    ///
    /// # Errors
    /// [`SettingsError::Address`].
    pub fn parse(address: &str) -> Result<Self, SettingsError> {
        if suits(address) {
            return Ok(Self(address.trim_end_matches('/').to_owned()));
        }
        // Whatever stands before an `@` may be a password.
        Err(SettingsError::Address(address.rsplit('@').next().unwrap_or_default().to_owned()))
    }

    /// The address of a node or an edge.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.0)
    }
}

fn suits(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    let safe = match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => here,
        _ => false,
    };
    safe && uri.query().is_none() && !address.contains(['@', '#'])
}

/// The id of a node of the Graph API: a page, a telephone number of the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeId(String);

impl NodeId {
    /// From digits.
    ///
    /// # Errors
    /// [`SettingsError::Id`].
    pub fn parse(id: &str) -> Result<Self, SettingsError> {
        let fits = (1..=MAX_ID_DIGITS).contains(&id.len());
        if fits && id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self(id.to_owned()));
        }
        Err(SettingsError::Id(id.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An approved template without parameters, which says only that there is a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name, as approved.
    pub name: String,
    /// Code of its language, as approved: `en`, `pt_BR`.
    pub language: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_on_a_safe_way() {
        #[track_caller]
        fn check(address: &str, want: Option<&str>) {
            let got = Api::parse(address).ok().map(|api| api.at("1/messages"));
            assert_eq!(got.as_deref(), want, "{address}");
        }
        let graph = Some("https://graph.example/v23.0/1/messages");
        check("https://graph.example/v23.0", graph);
        check("https://graph.example/v23.0/", graph);
        check("http://127.0.0.1:7380/v23.0", Some("http://127.0.0.1:7380/v23.0/1/messages"));
        check("http://graph.example/v23.0", None);
        check("http://127.0.0.1.evil.example", None);
        check("https://me:secret@graph.example", None);
        check("https://graph.example/?a=1", None);
        check("graph.example", None);
        check("", None);
        let refused = Api::parse("https://me:secret@").unwrap_err().to_string();
        assert!(!refused.contains("secret"), "{refused}");
    }

    #[test]
    fn an_id_is_digits() {
        for (id, fits) in [("106540352242922", true), ("", false), ("1/../2", false), ("١", false)]
        {
            assert_eq!(NodeId::parse(id).is_ok(), fits, "{id}");
        }
        assert!(NodeId::parse(&"1".repeat(MAX_ID_DIGITS + 1)).is_err());
    }
}
