//! Where the homeserver is, who the bank is there, and the registration that its homeserver reads.

use std::fmt;

use http::Uri;
use serde_json::Value;

use crate::channels::secret::Secret;

/// Most bytes of a name: an id has 255, with the server's name.
const MAX_NAME: usize = 120;

/// Why a homeserver cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not where a homeserver can be.
    #[error(
        "the homeserver's address must be `https://HOST` or `http://HOST:PORT`, without a query"
    )]
    Homeserver,
    /// Too easy to guess, or both the same.
    #[error(
        "`as_token` and `hs_token` must differ, and each have 22 to 256 letters, digits, `-._~`"
    )]
    Token,
    /// Not the first part of an id.
    #[error(
        "`{0}` must have lower-case letters, digits, and `._=-/+` (the part between `@` and `:`)"
    )]
    Localpart(String),
    /// Not the second part.
    #[error("`{0}` must be the server's name, as in the ids of those who live there")]
    ServerName(String),
}

/// A homeserver and an account there. Its `Debug` shows no token.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    pub(super) homeserver: String,
    pub(super) as_token: Secret,
    pub(super) hs_token: Secret,
    localpart: String,
    server: String,
}

impl Settings {
    /// From the homeserver's base address, the token by which it knows us, the token by which we know
    /// it, and the two parts of the bank's own id there.
    ///
    /// # Errors
    /// [`SettingsError`]; it never shows a token.
    pub fn parse(
        homeserver: &str,
        (as_token, hs_token): (&str, &str),
        localpart: &str,
        server: &str,
    ) -> Result<Self, SettingsError> {
        let local = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._=-/+".contains(&byte)
        };
        let name = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        let fits = |text: &str| (1..=MAX_NAME).contains(&text.len());
        if !fits(localpart) || !localpart.bytes().all(local) {
            return Err(SettingsError::Localpart(localpart.to_owned()));
        }
        if !fits(server) || !server.bytes().all(name) {
            return Err(SettingsError::ServerName(server.to_owned()));
        }
        let token = |text: &str| Secret::strong(text).ok_or(SettingsError::Token);
        if as_token == hs_token {
            return Err(SettingsError::Token);
        }
        Ok(Self {
            homeserver: base(homeserver).ok_or(SettingsError::Homeserver)?,
            as_token: token(as_token)?,
            hs_token: token(hs_token)?,
            localpart: localpart.to_owned(),
            server: server.to_owned(),
        })
    }

    /// The bank's own id.
    pub fn bot(&self) -> String {
        format!("@{}:{}", self.localpart, self.server)
    }

    /// The first part of the bank's own id.
    pub(super) fn localpart(&self) -> &str {
        &self.localpart
    }

    /// The registration that the homeserver reads from a file: YAML, with both tokens, for the
    /// webhook's address as the homeserver reaches it. Application Service API, "Registration".
    pub fn registration(&self, webhook: &str) -> String {
        // JSON's strings are YAML's.
        let quoted = |text: &str| Value::from(text).to_string();
        let regex = escaped(&self.bot());
        [
            format!("id: {}", quoted(&format!("bankside-{}", self.localpart))),
            format!("url: {}", quoted(webhook.trim_end_matches('/'))),
            format!("as_token: {}", quoted(self.as_token.reveal())),
            format!("hs_token: {}", quoted(self.hs_token.reveal())),
            format!("sender_localpart: {}", quoted(&self.localpart)),
            "rate_limited: false".to_owned(),
            "# Who read a message; the second is the name before version 1.13.".to_owned(),
            "receive_ephemeral: true".to_owned(),
            "de.sorunome.msc2409.push_ephemeral: true".to_owned(),
            "namespaces:".to_owned(),
            "  users:".to_owned(),
            "    - exclusive: true".to_owned(),
            format!("      regex: {}", quoted(&regex)),
            "  aliases: []".to_owned(),
            "  rooms: []".to_owned(),
            String::new(),
        ]
        .join("\n")
    }
}

/// As a regular expression that only it fulfils.
fn escaped(id: &str) -> String {
    let special = |c: char| ".+*?()|[]{}^$\\".contains(c);
    id.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

fn base(address: &str) -> Option<String> {
    let uri: Uri = address.parse().ok()?;
    let suits = matches!(uri.scheme_str()?, "http" | "https")
        && uri.host().is_some_and(|host| !host.is_empty())
        && uri.query().is_none()
        && !address.contains(['@', '#', '?']);
    suits.then(|| address.trim_end_matches('/').to_owned())
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("homeserver", &self.homeserver)
            .field("bot", &self.bot())
            .finish_non_exhaustive()
    }
}
