//! The bank's own sites: whose pages may show its chat in a frame.
//!
//! INVARIANT: a site is an origin (RFC 6454) and nothing more, so that it can stand in a policy as it
//! is written. Nobody else's page frames anything of ours.

use std::collections::BTreeMap;

use bankside_domain::bank::BankId;
use url::{Host, Url};

use crate::directline::{Line, Lines};

/// A site of the bank's: `https://www.bank.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    origin: String,
    host: String,
}

/// Not the origin of a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` must be an origin such as `https://www.bank.example` (or `http://localhost:PORT` for a \
     trial), without a path"
)]
pub struct NoSite(String);

impl Site {
    /// Reads an origin as browsers write it.
    ///
    /// # Errors
    /// [`NoSite`].
    pub fn parse(text: &str) -> Result<Self, NoSite> {
        let refuse = || NoSite(text.to_owned());
        let url = Url::parse(text).map_err(|_| refuse())?;
        let near = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => return Err(refuse()),
        };
        let origin = url.origin().ascii_serialization();
        let suits = url.scheme() == "https" || (url.scheme() == "http" && near);
        if !suits || origin != text || origin.contains(['*', ';', ',', '\'']) {
            return Err(refuse());
        }
        let host = origin.split_once("://").map_or("", |(_, host)| host).to_owned();
        Ok(Self { origin, host })
    }

    /// As a browser names it.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Host, and port where it is not the usual one.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// The sites of each bank, and in which channel their own chat programs speak.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    listed: BTreeMap<BankId, Vec<Site>>,
    lines: Lines,
}

impl Sites {
    /// Of origins.
    ///
    /// # Errors
    /// Every one that is none, with its bank.
    pub fn parse(listed: &BTreeMap<BankId, Vec<String>>) -> Result<Self, Vec<(BankId, NoSite)>> {
        let (mut sites, mut wrong) = (BTreeMap::<BankId, Vec<Site>>::new(), Vec::new());
        for (bank, origins) in listed {
            for origin in origins {
                match Site::parse(origin) {
                    Ok(site) => sites.entry(bank.clone()).or_default().push(site),
                    Err(error) => wrong.push((bank.clone(), error)),
                }
            }
        }
        if wrong.is_empty() { Ok(Self { listed: sites, lines: Lines::new() }) } else { Err(wrong) }
    }

    /// With Direct Line for these banks.
    #[must_use]
    pub fn with_lines(self, lines: Lines) -> Self {
        Self { lines, ..self }
    }

    /// A bank's Direct Line, if it has one.
    pub fn line(&self, bank: &BankId) -> Option<&Line> {
        self.lines.get(bank)
    }

    /// Those of a bank.
    pub fn of(&self, bank: &BankId) -> &[Site] {
        self.listed.get(bank).map(Vec::as_slice).unwrap_or_default()
    }

    /// A bank's site by its host.
    pub fn at(&self, bank: &BankId, host: &str) -> Option<&Site> {
        self.of(bank).iter().find(|site| site.host == host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_an_origin_and_nothing_more() {
        let check = |text: &str, host: Option<&str>| {
            let site = Site::parse(text).ok();
            assert_eq!(site.as_ref().map(Site::host), host, "{text}");
            assert!(site.is_none_or(|site| site.origin() == text));
        };
        check("https://www.bank.example", Some("www.bank.example"));
        check("https://www.bank.example:8443", Some("www.bank.example:8443"));
        check("http://localhost:8080", Some("localhost:8080"));
        check("http://127.0.0.1:8080", Some("127.0.0.1:8080"));
        check("http://[::1]:8080", Some("[::1]:8080"));
        for text in [
            "",
            "*",
            "https://*.bank.example",
            "https://www.bank.example/",
            "https://www.bank.example/chat",
            "https://www.bank.example:443",
            "https://WWW.bank.example",
            "https://us@www.bank.example",
            "https://www.bank.example; script-src *",
            "http://www.bank.example",
            "https://",
            "data:text/html,x",
            "null",
            "'self'",
        ] {
            check(text, None);
        }
    }
}
