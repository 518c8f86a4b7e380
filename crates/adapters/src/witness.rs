//! Outside witnesses over HTTP (C2SP tlog-witness, `add-checkpoint`).
//!
//! INVARIANT: a witness is asked a bounded number of times, each within a deadline, and no more
//! of its answer is read than the protocol needs. What it says is believed nowhere here: the
//! service verifies it.

use std::net::IpAddr;
use std::time::Duration;

use async_trait::async_trait;
use bankside_service::log::{KeyKind, MAX_REPLY_BYTES, VerifierKey, Witness};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{Request, StatusCode, Uri};

use crate::http::{Bounds, HttpClient};

/// Longest wait for one answer.
const DEADLINE: Duration = Duration::from_secs(10);
/// Requests for one checkpoint, where the witness is not well.
const TRIES: u32 = 3;
/// Pause before the second; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(250);

/// Why a witness cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not an address of the web.
    #[error("`{0}` must be `https://HOST/PATH` (or `http://` on this machine)")]
    Url(String),
    /// Not a key.
    #[error("{0}")]
    Key(#[from] bankside_service::log::KeyError),
    /// A log's key.
    #[error("`{0}` is a log's key; a witness has one that cosigns")]
    Kind(String),
}

/// Where a witness is, and whom to believe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    endpoint: Uri,
    key: VerifierKey,
}

impl Address {
    /// From the witness's submission prefix, and its key as its operator hands it out.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn parse(prefix: &str, key: &str) -> Result<Self, AddressError> {
        let endpoint = endpoint(prefix).ok_or_else(|| {
            // Whatever stands before an `@` may be a password.
            AddressError::Url(prefix.rsplit('@').next().unwrap_or_default().to_owned())
        })?;
        let key = VerifierKey::parse(key)?;
        if key.kind() != KeyKind::Cosignature {
            return Err(AddressError::Kind(key.name().to_owned()));
        }
        Ok(Self { endpoint, key })
    }

    /// The witness's name.
    pub fn name(&self) -> &str {
        self.key.name()
    }

    /// The witness's key.
    pub fn key(&self) -> &VerifierKey {
        &self.key
    }
}

/// What is public needs no secrecy, but the way to the log's operator should not be open either.
fn endpoint(prefix: &str) -> Option<Uri> {
    let uri: Uri = prefix.parse().ok()?;
    let host = uri.host()?.trim_start_matches('[').trim_end_matches(']');
    let here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    let suits = match uri.scheme_str()? {
        "https" => true,
        "http" => here,
        _ => false,
    };
    let plain = uri.query().is_none() && !prefix.contains(['@', '#']);
    let whole = format!("{}/add-checkpoint", prefix.trim_end_matches('/'));
    (suits && plain).then(|| whole.parse().ok()).flatten()
}

/// A witness that is asked over HTTP.
#[derive(Clone, Debug)]
pub struct HttpWitness {
    address: Address,
    client: HttpClient,
    deadline: Duration,
}

impl HttpWitness {
    /// The witness at that address.
    pub fn new(address: Address, client: HttpClient) -> Self {
        Self { address, client, deadline: DEADLINE }
    }

    /// With another longest wait for one answer.
    #[must_use]
    pub fn within(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    async fn once(&self, body: Bytes) -> Result<(StatusCode, Vec<u8>), String> {
        let request = Request::post(self.address.endpoint.clone())
            .header(CONTENT_TYPE, "text/plain; charset=utf-8")
            .header(USER_AGENT, concat!("bankside/", env!("CARGO_PKG_VERSION")))
            .body(body)
            .map_err(|error| error.to_string())?;
        // One byte more than is allowed shows that there was more.
        let bounds = Bounds { deadline: self.deadline, answer: MAX_REPLY_BYTES + 1 };
        let answer = self.client.send(request, bounds).await.map_err(|error| error.to_string())?;
        Ok((answer.status(), answer.body().to_vec()))
    }
}

#[async_trait]
impl Witness for HttpWitness {
    fn name(&self) -> &str {
        self.address.name()
    }

    fn keys(&self) -> &[VerifierKey] {
        std::slice::from_ref(&self.address.key)
    }

    async fn add_checkpoint(&self, body: String) -> Result<(u16, Vec<u8>), String> {
        let body = Bytes::from(body);
        let mut pause = PAUSE;
        for _ in 1..TRIES {
            match self.once(body.clone()).await {
                Ok((status, reply)) if !passes(status) => return Ok((status.as_u16(), reply)),
                // Asked twice, a witness answers twice: the request is safe to repeat.
                Ok(_) | Err(_) => tokio::time::sleep(pause).await,
            }
            pause *= 2;
        }
        let (status, reply) = self.once(body).await?;
        Ok((status.as_u16(), reply))
    }
}

/// Whether another try may find it better.
fn passes(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "witness.example/w+7d3f3e7d+BKNhBBQ4/K4y7SYD3WxlVJvkaGbTj3XNg4GtCTcHyYxQ";

    #[test]
    fn addresses_are_the_submission_prefix_on_a_safe_way() {
        #[track_caller]
        fn check(prefix: &str, want: Option<&str>) {
            let got = endpoint(prefix).map(|uri| uri.to_string());
            assert_eq!(got.as_deref(), want, "{prefix}");
        }
        let https = Some("https://witness.example/w/add-checkpoint");
        check("https://witness.example/w", https);
        check("https://witness.example/w/", https);
        check("https://witness.example", Some("https://witness.example/add-checkpoint"));
        check("http://127.0.0.1:7380", Some("http://127.0.0.1:7380/add-checkpoint"));
        check("http://[::1]:7380/", Some("http://[::1]:7380/add-checkpoint"));
        check("http://localhost", Some("http://localhost/add-checkpoint"));
        check("http://witness.example", None);
        check("http://127.0.0.1.evil.example", None);
        check("https://me:secret@witness.example", None);
        check("https://witness.example/?log=1", None);
        check("https://witness.example/#log", None);
        check("ftp://witness.example", None);
        check("witness.example/w", None);
        check("", None);
        let refused = Address::parse("https://witness.example", KEY);
        assert!(matches!(refused, Err(AddressError::Key(_))), "{refused:?}");
    }
}
