//! The HTTP client of this room: one request, one answer of bounded length.
//!
//! INVARIANT: one deadline spans name, connection, TLS, request and answer; no more of an answer
//! is read than the caller allows. TLS is rustls with ring, against Mozilla's authorities.
//!
//! Deliberately absent: redirects (the other side was configured, so where it sends us is not),
//! cookies, proxies, HTTP/2, and tries after the first, whose sense the caller knows.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// A connection that was not used for so long is closed.
const IDLE: Duration = Duration::from_secs(30);
/// Connections to one host that are kept open.
const KEPT: usize = 2;
/// Bytes that an answer's head may have.
const MAX_HEAD: usize = 32 * 1024;

/// Why there is no answer. Tells nothing of the request beyond what was connected to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The deadline passed.
    #[error("no answer within {} ms", .0.as_millis())]
    Late(Duration),
    /// No connection: name, network or certificate.
    #[error("no connection: {0}")]
    Connect(String),
    /// The connection broke before the answer was whole.
    #[error("the connection broke: {0}")]
    Broken(String),
    /// There is no TLS in this process.
    #[error("no TLS: {0}")]
    Tls(String),
}

/// How long and how much.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// For everything, from the name to the last byte.
    pub deadline: Duration,
    /// Bytes of the answer that are read; what comes after them is cut off.
    pub answer: usize,
}

/// A client. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct HttpClient(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl HttpClient {
    /// One without connections yet.
    ///
    /// # Errors
    /// [`HttpError::Tls`].
    pub fn new() -> Result<Self, HttpError> {
        let mut tcp = HttpConnector::new();
        tcp.set_connect_timeout(Some(CONNECT));
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        let provider = rustls::crypto::ring::default_provider();
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider)
            .map_err(|error| HttpError::Tls(error.to_string()))?
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE).pool_max_idle_per_host(KEPT);
        builder.http1_max_buf_size(MAX_HEAD);
        Ok(Self(builder.build(connector)))
    }

    /// Sends a request; any status is an answer.
    ///
    /// # Errors
    /// [`HttpError`]; the other side may have heard the request all the same.
    pub async fn send(
        &self,
        request: Request<Bytes>,
        bounds: Bounds,
    ) -> Result<Response<Bytes>, HttpError> {
        let answer = self.answer(request, bounds.answer);
        match tokio::time::timeout(bounds.deadline, answer).await {
            Ok(answer) => answer,
            Err(_) => Err(HttpError::Late(bounds.deadline)),
        }
    }

    async fn answer(
        &self,
        request: Request<Bytes>,
        most: usize,
    ) -> Result<Response<Bytes>, HttpError> {
        let answer = self.0.request(request.map(Full::new)).await.map_err(|error| {
            let words = causes(&error);
            if error.is_connect() { HttpError::Connect(words) } else { HttpError::Broken(words) }
        })?;
        let (head, mut body) = answer.into_parts();
        let mut bytes = Vec::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| HttpError::Broken(causes(&error)))?;
            let data = frame.data_ref().map_or(&[][..], |data| data.as_ref());
            let room = most - bytes.len();
            bytes.extend_from_slice(data.get(..room).unwrap_or(data));
            if bytes.len() == most {
                break;
            }
        }
        Ok(Response::from_parts(head, bytes.into()))
    }
}

/// An error with what caused it, for the operator.
fn causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let more = cause.to_string();
        if !words.ends_with(&more) {
            words.push_str(": ");
            words.push_str(&more);
        }
        next = cause.source();
    }
    words
}
