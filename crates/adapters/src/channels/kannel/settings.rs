//! Where the gateway is, and what it must show to be believed.

use std::fmt;

use http::Uri;
use http::header::HeaderValue;
use url::form_urlencoded;

use crate::channels::secret::Secret;
use crate::channels::sms;

/// Why a gateway cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not where a gateway can be.
    #[error("the gateway's address must be `http://HOST:PORT` or `https://HOST:PORT`")]
    Gateway,
    /// Not where our webhook can be.
    #[error("the webhook's address must be `https://HOST/PATH` (or `http://`), without a query")]
    Webhook,
    /// Kannel could not read it in a header.
    #[error("the {0} must be printable ASCII and not empty")]
    Credential(&'static str),
    /// Not what a telephone shows as a sender.
    #[error("the sender must be a number of at most 15 digits or a name of at most 11 characters")]
    Sender,
    /// Too easy to guess.
    #[error("the webhook's secret must have 22 to 256 letters, digits, and `-._~`")]
    Secret,
}

/// A gateway. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    pub(super) endpoint: Uri,
    pub(super) username: String,
    pub(super) password: Secret,
    pub(super) sender: String,
    pub(super) secret: Secret,
    pub(super) webhook: String,
}

impl Settings {
    /// From the base of the gateway's sendsms address (scheme, host, port), the name and the password
    /// of a `sendsms-user`, the number or name that customers see, the secret that the gateway shows
    /// to our webhook, and the webhook's own address.
    ///
    /// # Errors
    /// [`SettingsError`]; it never shows what was given.
    pub fn parse(
        gateway: &str,
        (username, password): (&str, &str),
        sender: &str,
        secret: &str,
        webhook: &str,
    ) -> Result<Self, SettingsError> {
        let base = base(gateway).ok_or(SettingsError::Gateway)?;
        let endpoint = format!("{base}/cgi-bin/sendsms").parse();
        Ok(Self {
            endpoint: endpoint.map_err(|_| SettingsError::Gateway)?,
            username: credential(username).ok_or(SettingsError::Credential("user name"))?,
            password: credential(password)
                .map(Secret::new)
                .ok_or(SettingsError::Credential("password"))?,
            sender: sms::sender(sender).ok_or(SettingsError::Sender)?,
            secret: Secret::strong(secret).ok_or(SettingsError::Secret)?,
            webhook: self::base(webhook).ok_or(SettingsError::Webhook)?,
        })
    }

    /// The `get-url` of the gateway's `sms-service`: what the gateway asks for each message that comes
    /// in. It holds the secret.
    pub fn get_url(&self) -> String {
        let (webhook, secret) = (doubled(&self.webhook), self.secret.reveal());
        format!(
            "{webhook}/in?secret={secret}&from=%p&to=%P&text=%b&id=%I&ts=%T&coding=%c&charset=%C"
        )
    }

    /// Where delivery reports of the message with that key go. It holds the secret.
    pub(super) fn dlr_url(&self, key: &str) -> String {
        let (webhook, secret) = (doubled(&self.webhook), self.secret.reveal());
        let key: String = form_urlencoded::byte_serialize(key.as_bytes()).collect();
        format!("{webhook}/dlr?secret={secret}&from=%p&ts=%T&status=%d&key={}", doubled(&key))
    }
}

/// Kannel fills in what follows a percent sign; two of them stand for one.
fn doubled(address: &str) -> String {
    address.replace('%', "%%")
}

fn base(address: &str) -> Option<String> {
    let uri: Uri = address.parse().ok()?;
    let suits = matches!(uri.scheme_str()?, "http" | "https")
        && uri.host().is_some_and(|host| !host.is_empty())
        && uri.query().is_none()
        && !address.contains(['@', '#', '?', ' ', '"']);
    suits.then(|| address.trim_end_matches('/').to_owned())
}

fn credential(text: &str) -> Option<String> {
    let suits = !text.is_empty() && text.trim() == text && HeaderValue::from_str(text).is_ok();
    (suits && text.is_ascii()).then(|| text.to_owned())
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("endpoint", &self.endpoint)
            .field("username", &self.username)
            .field("sender", &self.sender)
            .field("webhook", &self.webhook)
            .finish_non_exhaustive()
    }
}
