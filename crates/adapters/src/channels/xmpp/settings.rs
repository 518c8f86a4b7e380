//! Where the server is, and who the bank is there.

use std::fmt;

use super::jid;
use crate::channels::secret::Secret;

/// The bank's own name below its domain, where none is configured.
pub const LOCALPART: &str = "bank";

/// Why a server cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not where a server can be.
    #[error("the server must be `HOST:PORT`, as `127.0.0.1:5347`")]
    Server,
    /// Not an address of XMPP.
    #[error("`{0}` must be an address of XMPP: a name, `@`, and the component's domain")]
    Address(String),
    /// The server would not know us.
    #[error("the secret must not be empty")]
    Secret,
}

/// A server and a component of it. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    pub(super) server: String,
    pub(super) domain: String,
    pub(super) secret: Secret,
    pub(super) name: String,
    own: String,
}

impl Settings {
    /// From `HOST:PORT` of the server, the component's domain and the secret that the server has for
    /// it, the bank's name below that domain ([`LOCALPART`] mostly), and the name that people see.
    ///
    /// # Errors
    /// [`SettingsError`]; it never shows the secret.
    pub fn parse(
        server: &str,
        domain: &str,
        secret: &str,
        localpart: &str,
        name: Option<&str>,
    ) -> Result<Self, SettingsError> {
        let own = format!("{localpart}@{domain}");
        let own = jid::person(&own).ok_or_else(|| SettingsError::Address(own.clone()))?;
        let (_, domain) = own.split_once('@').unwrap_or_default();
        let fits = server.rsplit_once(':').is_some_and(|(host, port)| {
            !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0)
        });
        if !fits || server.contains(['/', '@', ' ']) {
            return Err(SettingsError::Server);
        }
        if secret.is_empty() {
            return Err(SettingsError::Secret);
        }
        Ok(Self {
            server: server.to_owned(),
            domain: domain.to_owned(),
            secret: Secret::new(secret),
            name: name.unwrap_or(domain).to_owned(),
            own,
        })
    }

    /// The bank's own bare JID.
    pub fn own(&self) -> &str {
        &self.own
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("server", &self.server)
            .field("own", &self.own)
            .finish_non_exhaustive()
    }
}
