//! Redirect URIs: https, or a loopback address of the customer's own machine.
//!
//! Source: OAuth 2.1, section 2.3; RFC 8252, sections 7.3 and 8.3; BCP 9700, section 2.1.

use url::{Host, Url};

/// Longest, in bytes.
const MAX: usize = 512;

/// A redirect URI that may be registered, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    text: String,
    url: Url,
}

/// Why a redirect URI was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRedirect {
    /// Not an absolute URI of that length.
    #[error("a redirect URI is absolute and has at most {MAX} bytes")]
    Form,
    /// Neither https nor loopback.
    #[error("a redirect URI is https, or http on a loopback address")]
    Scheme,
    /// RFC 6749, section 3.1.2.
    #[error("a redirect URI has no fragment")]
    Fragment,
    /// A name and password before the host hide where it leads.
    #[error("a redirect URI names no user")]
    User,
}

impl Redirect {
    /// Reads one.
    ///
    /// # Errors
    /// [`InvalidRedirect`].
    pub fn parse(text: &str) -> Result<Self, InvalidRedirect> {
        let plain = text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        if text.len() > MAX || !plain {
            return Err(InvalidRedirect::Form);
        }
        let url = Url::parse(text).map_err(|_| InvalidRedirect::Form)?;
        if url.fragment().is_some() {
            return Err(InvalidRedirect::Fragment);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidRedirect::User);
        }
        match (url.scheme(), url.host()) {
            ("https", Some(_)) => {}
            ("http", Some(host)) if is_loopback(&host) => {}
            _ => return Err(InvalidRedirect::Scheme),
        }
        Ok(Self { text: text.to_owned(), url })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, which is all that a person can check.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether it leads back to the customer's own machine.
    pub fn is_loopback(&self) -> bool {
        self.url.host().is_some_and(|host| is_loopback(&host))
    }

    /// Whether `asked` is this one: the very same text, or, on a loopback IP address, the same but
    /// for its port, which a program on her machine is given anew each time.
    pub fn is(&self, asked: &Self) -> bool {
        if self.text == asked.text {
            return true;
        }
        let by_address = matches!(self.url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)));
        by_address
            && self.is_loopback()
            && (self.url.scheme() == "http" && asked.url.scheme() == "http")
            && self.url.host() == asked.url.host()
            && self.url.path() == asked.url.path()
            && self.url.query() == asked.url.query()
    }

    /// The address with these parameters added to whatever query it has (RFC 6749, section 4.1.2).
    pub fn with(&self, pairs: &[(&str, &str)]) -> String {
        let mut url = self.url.clone();
        url.query_pairs_mut().extend_pairs(pairs);
        url.into()
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => *name == "localhost",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_or_loopback_and_nothing_else() {
        #[track_caller]
        fn check(text: &str, expect: Result<(), InvalidRedirect>) {
            assert_eq!(Redirect::parse(text).map(drop), expect, "{text}");
        }
        check("https://app.example/cb", Ok(()));
        check("https://app.example/cb?x=1", Ok(()));
        check("http://127.0.0.1:49152/cb", Ok(()));
        check("http://[::1]/cb", Ok(()));
        check("http://localhost:3000/cb", Ok(()));
        check("http://app.example/cb", Err(InvalidRedirect::Scheme));
        check("http://localhost.evil.example/cb", Err(InvalidRedirect::Scheme));
        check("cursor://anysphere/cb", Err(InvalidRedirect::Scheme));
        check("javascript:alert(1)", Err(InvalidRedirect::Scheme));
        check("data:text/html,x", Err(InvalidRedirect::Scheme));
        check("https://app.example/cb#x", Err(InvalidRedirect::Fragment));
        check("https://bank.example@evil.example/", Err(InvalidRedirect::User));
        check("https://evil.example\\@bank.example/", Err(InvalidRedirect::Form));
        check("/cb", Err(InvalidRedirect::Form));
        check("https://app.example/\r\nSet-Cookie:x", Err(InvalidRedirect::Form));
        check(&format!("https://app.example/{}", "x".repeat(MAX)), Err(InvalidRedirect::Form));
    }

    #[test]
    fn a_match_is_exact_but_for_the_port_of_a_loopback_address() {
        #[track_caller]
        fn check(registered: &str, asked: &str, expect: bool) {
            let (registered, asked) = (Redirect::parse(registered), Redirect::parse(asked));
            assert_eq!(registered.unwrap().is(&asked.unwrap()), expect);
        }
        check("https://app.example/cb", "https://app.example/cb", true);
        check("https://app.example/cb", "https://app.example/cb/", false);
        check("https://app.example/cb", "https://app.example/cb?x=1", false);
        check("https://app.example/cb", "https://app.example:8443/cb", false);
        check("https://app.example/cb", "https://evil.app.example/cb", false);
        check("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb", true);
        check("http://127.0.0.1:1/cb", "http://127.0.0.1:2/cb", true);
        check("http://[::1]:1/cb", "http://[::1]:2/cb", true);
        check("http://127.0.0.1:1/cb", "http://127.0.0.1:2/other", false);
        check("http://127.0.0.1:1/cb", "http://127.0.0.2:1/cb", false);
        check("http://127.0.0.1:1/cb", "http://localhost:1/cb", false);
        check("http://localhost:1/cb", "http://localhost:2/cb", false);
        check("https://127.0.0.1:1/cb", "https://127.0.0.1:2/cb", false);
    }

    #[test]
    fn parameters_are_added_to_the_query_that_is_there() {
        let redirect = Redirect::parse("https://app.example/cb?x=1").unwrap();
        let to = redirect.with(&[("code", "a b"), ("iss", "https://bank.example/harbour")]);
        assert_eq!(
            to,
            "https://app.example/cb?x=1&code=a+b&iss=https%3A%2F%2Fbank.example%2Fharbour"
        );
    }
}
