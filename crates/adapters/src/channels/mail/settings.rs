//! Where the bank's mail server is, who the bank is in mail, and whom it believes.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use url::{Host, Url};

use super::address::Address;
use super::ids::{Ids, MAX_TAGGED, Use};
use crate::channels::secret::Secret;

/// Why mail cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not an address, or too long for the tags.
    #[error(
        "the address must be `NAME@DOMAIN`, with at most {MAX_TAGGED} characters before the `@`"
    )]
    Address,
    /// Not where a server can be.
    #[error(
        "the server must be `smtps://HOST`, `smtp://HOST` (with STARTTLS) or `smtp://127.0.0.1:PORT`"
    )]
    Submission,
    /// A password would go in the clear, or half of the credentials is missing.
    #[error("a user name and a password go together, and never to a server without TLS")]
    Login,
    /// No certificates.
    #[error("the file of authorities must hold certificates in PEM")]
    Authorities,
    /// Not a place that only this machine or the bank's network reaches.
    #[error(
        "the LMTP address must be `unix:/PATH`, or `ADDRESS:PORT` of this machine or a private network"
    )]
    Lmtp,
    /// Too easy to guess.
    #[error("the secret must have 22 to 256 letters, digits, and `-._~`")]
    Secret,
    /// No key that can sign.
    #[error(
        "a DKIM key must be RSA of at least 2048 bits in PEM, with a selector of letters, digits, `-` and `.`"
    )]
    Dkim,
    /// Not a name of the bank's mail server.
    #[error("the name in `Authentication-Results` must be one word of printable ASCII")]
    Authserv,
    /// Not a DNS server.
    #[error("the resolver must be `ADDRESS:PORT`")]
    Resolver,
    /// Nothing that a header can show.
    #[error("the name must be of 1 to 100 characters without control characters")]
    Name,
}

/// What the operator says, as text.
#[derive(Clone, Copy, Default)]
pub struct Given<'a> {
    /// The bank's own address.
    pub address: &'a str,
    /// The name that people see beside it.
    pub name: Option<&'a str>,
    /// Where mail is handed over: a URL.
    pub submission: &'a str,
    /// User name and password there.
    pub login: Option<(&'a str, &'a str)>,
    /// Authorities for that server's certificate, in PEM, instead of those that browsers know.
    pub authorities: Option<&'a str>,
    /// Where the bank's mail server hands mail over to us.
    pub lmtp: &'a str,
    /// Makes names of messages and addresses for bounces.
    pub secret: &'a str,
    /// Selector and private key in PEM, where it is us who signs.
    pub dkim: Option<(&'a str, &'a str)>,
    /// Who is believed in `Authentication-Results`.
    pub authserv: Option<&'a str>,
    /// The DNS server; that of the system where none is given.
    pub resolver: Option<&'a str>,
    /// Where our webhook is.
    pub hook: &'a str,
}

/// How the line to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protection {
    /// TLS from its beginning. RFC 8314, section 3.3.
    Tls,
    /// TLS by STARTTLS, or nothing is sent. RFC 3207.
    StartTls,
    /// None: it does not leave this machine.
    Loopback,
}

/// Where LMTP is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// TCP.
    Tcp(SocketAddr),
    /// A socket in the file system.
    Unix(PathBuf),
}

/// A key that signs, with its selector.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Dkim {
    pub(super) selector: String,
    pub(super) key: Secret,
}

/// A mail server and an address there. Its `Debug` shows no secret.
#[derive(Clone)]
pub struct Settings {
    pub(super) ids: Ids,
    pub(super) name: String,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) protection: Protection,
    pub(super) login: Option<(String, Secret)>,
    pub(super) authorities: Option<Vec<u8>>,
    pub(super) lmtp: Place,
    pub(super) dkim: Option<Dkim>,
    pub(super) authserv: Option<String>,
    pub(super) resolver: Option<SocketAddr>,
    /// The webhook, where it can be reached by her mail program.
    pub(super) hook: Option<String>,
}

impl Settings {
    /// From what the operator says.
    ///
    /// # Errors
    /// [`SettingsError`]; it never shows what was given.
    pub fn parse(given: &Given<'_>) -> Result<Self, SettingsError> {
        let own = Address::parse(given.address).filter(|own| {
            own.local.len() <= MAX_TAGGED && !own.local.contains('+') && own.local.is_ascii()
        });
        let own = own.ok_or(SettingsError::Address)?;
        let (host, port, protection) =
            submission(given.submission).ok_or(SettingsError::Submission)?;
        let name = given.name.unwrap_or(&own.domain).to_owned();
        if name.trim().is_empty() || name.chars().count() > 100 || name.contains(char::is_control) {
            return Err(SettingsError::Name);
        }
        let secret = Secret::strong(given.secret).ok_or(SettingsError::Secret)?;
        Ok(Self {
            login: login(given.login, protection)?,
            authorities: authorities(given.authorities)?,
            lmtp: place(given.lmtp).ok_or(SettingsError::Lmtp)?,
            dkim: given.dkim.map(dkim).transpose()?,
            authserv: given.authserv.map(authserv).transpose()?,
            resolver: resolver(given.resolver)?,
            hook: given.hook.starts_with("https://").then(|| given.hook.to_owned()),
            ids: Ids { own, secret },
            name,
            host,
            port,
            protection,
        })
    }

    /// The bank's own address.
    pub fn own(&self) -> String {
        self.ids.own.to_string()
    }

    /// The id of the message with that key, as a mail server sees it.
    pub(crate) fn id_of(&self, key: &str) -> String {
        self.ids.message(key)
    }

    /// Where a mail server tells what became of the message with that id to that mailbox; nothing
    /// where that is none.
    pub(crate) fn bounces_to(&self, id: &str, to: &str) -> Option<String> {
        let (name, _) = id.split_once('@')?;
        Some(self.ids.address_of(Use::Bounce, name, &Address::parse(to)?))
    }

    /// What Postfix must be told, so that it hands over to us.
    pub fn postfix(&self) -> String {
        let (domain, local) = (&self.ids.own.domain, &self.ids.own.local);
        let place = match &self.lmtp {
            Place::Tcp(address) => format!("inet:{address}"),
            Place::Unix(path) => format!("unix:{}", path.display()),
        };
        format!(
            "# main.cf\n\
             recipient_delimiter = +\n\
             relay_domains = {domain}\n\
             relay_recipient_maps = inline:{{ {local}@{domain}=ok }}\n\
             transport_maps = inline:{{ {domain}=lmtp:{place} }}"
        )
    }
}

/// Host, port and protection. Without TLS only to this very machine.
fn submission(text: &str) -> Option<(String, u16, Protection)> {
    let url = Url::parse(text).ok()?;
    let bare = url.username().is_empty()
        && url.password().is_none()
        && matches!(url.path(), "" | "/")
        && url.query().is_none()
        && url.fragment().is_none();
    let host = url.host_str().filter(|host| bare && !host.is_empty())?;
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    let is_here = address.is_some_and(|address| address.is_loopback());
    let (protection, port) = match url.scheme() {
        "smtps" => (Protection::Tls, 465),
        "smtp" if is_here => (Protection::Loopback, 25),
        "smtp" => (Protection::StartTls, 587),
        _ => return None,
    };
    let host = address.map_or_else(|| host.to_owned(), |address| address.to_string());
    Some((host, url.port().unwrap_or(port), protection))
}

fn login(
    given: Option<(&str, &str)>,
    protection: Protection,
) -> Result<Option<(String, Secret)>, SettingsError> {
    let Some((name, password)) = given else { return Ok(None) };
    if name.is_empty() || password.is_empty() || protection == Protection::Loopback {
        return Err(SettingsError::Login);
    }
    Ok(Some((name.to_owned(), Secret::new(password))))
}

fn authorities(given: Option<&str>) -> Result<Option<Vec<u8>>, SettingsError> {
    let Some(pem) = given else { return Ok(None) };
    let pem = pem.as_bytes().to_vec();
    let read = lettre::transport::smtp::client::Certificate::from_pem(&pem);
    let has_one = pem.windows(10).any(|piece| piece == b"-----BEGIN");
    read.map_err(|_| SettingsError::Authorities)?;
    if has_one { Ok(Some(pem)) } else { Err(SettingsError::Authorities) }
}

fn place(text: &str) -> Option<Place> {
    if let Some(path) = text.strip_prefix("unix:") {
        return path.starts_with('/').then(|| Place::Unix(path.into()));
    }
    let address: SocketAddr = text.parse().ok()?;
    let is_near = match address.ip() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    };
    (is_near && address.port() > 0).then_some(Place::Tcp(address))
}

fn dkim((selector, pem): (&str, &str)) -> Result<Dkim, SettingsError> {
    let suits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let key = Secret::new(pem);
    let fits = !selector.is_empty() && selector.len() <= 63 && selector.chars().all(suits);
    if !fits || super::sign::key(&key).is_none() {
        return Err(SettingsError::Dkim);
    }
    Ok(Dkim { selector: selector.to_owned(), key })
}

fn authserv(name: &str) -> Result<String, SettingsError> {
    let suits = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    if name.is_empty() || name.len() > 253 || !name.bytes().all(suits) {
        return Err(SettingsError::Authserv);
    }
    Ok(name.to_ascii_lowercase())
}

fn resolver(given: Option<&str>) -> Result<Option<SocketAddr>, SettingsError> {
    let Some(text) = given else { return Ok(None) };
    let address: Option<SocketAddr> = text.parse().ok();
    match address.filter(|address| address.port() > 0) {
        Some(address) => Ok(Some(address)),
        None => Err(SettingsError::Resolver),
    }
}

/// Whether it is the name of a host, as TLS needs one to prove.
pub(super) fn is_name(host: &str) -> bool {
    matches!(Host::parse(host), Ok(Host::Domain(_)))
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("own", &self.own())
            .field("host", &self.host)
            .field("lmtp", &self.lmtp)
            .finish_non_exhaustive()
    }
}
