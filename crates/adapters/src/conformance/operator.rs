//! A double of an operator with an interface by HTTP: answers each request as it is told to, and keeps
//! what it saw.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// Longer than any adapter waits.
const SILENCE: Duration = Duration::from_secs(120);

/// A request that an adapter made, or what it said by a connection or in an answer: the body as the
/// operator reads it.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: String,
    pub(super) body: Vec<u8>,
}

impl Seen {
    /// Something that came in no request of its own.
    pub(super) fn said(how: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { method: how.to_owned(), body: body.into(), ..Self::default() }
    }

    /// The body as JSON; null where it is none.
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Whether the words stand in it whole.
    pub(super) fn says(&self, words: &str) -> bool {
        fn within(value: &Value, words: &str) -> bool {
            match value {
                Value::String(text) => text.contains(words),
                Value::Array(values) => values.iter().any(|value| within(value, words)),
                Value::Object(map) => map.values().any(|value| within(value, words)),
                _ => false,
            }
        }
        within(&self.json(), words) || String::from_utf8_lossy(&self.body).contains(words)
    }
}

/// How it answers.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    /// A status, a `Retry-After` in seconds perhaps, and a body.
    Answer(u16, Option<u32>, String),
    /// Nothing, as long as the other side waits.
    Silence,
}

impl Reply {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::Answer(status, None, body.to_string())
    }
}

type Answering = Arc<dyn Fn(&Seen) -> Reply + Send + Sync>;

/// The double; it ends when it is dropped.
pub(super) struct Operator {
    /// `http://`, host and port.
    pub(super) address: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: AbortHandle,
}

impl Operator {
    pub(super) async fn start(
        answering: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("no port for the operator's double: {error}");
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(failed)?;
        let address = format!("http://{}", listener.local_addr().map_err(failed)?);
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let (kept, answering): (_, Answering) = (seen.clone(), Arc::new(answering));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, kept.clone(), answering.clone()));
            }
        });
        Ok(Self { address, seen, task: task.abort_handle() })
    }

    /// What it saw, oldest first.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Operator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: TcpStream, seen: Arc<Mutex<Vec<Seen>>>, answering: Answering) {
    let service = service_fn(|request: Request<Incoming>| {
        let (seen, answering) = (seen.clone(), answering.clone());
        async move {
            let saw = read(request).await;
            let reply = answering(&saw);
            seen.lock().unwrap_or_else(PoisonError::into_inner).push(saw);
            Ok::<_, Infallible>(written(reply).await)
        }
    });
    // A client that breaks off is the adapter's business.
    drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
}

async fn read(request: Request<Incoming>) -> Seen {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
    let path = head.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    Seen { method: head.method.to_string(), path, headers: format!("{:?}", head.headers), body }
}

async fn written(reply: Reply) -> Response<Full<Bytes>> {
    let (status, after, body) = match reply {
        Reply::Answer(status, after, body) => (status, after, body),
        Reply::Silence => {
            tokio::time::sleep(SILENCE).await;
            (500, None, String::new())
        }
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let headers = response.headers_mut();
    headers.insert("content-type", http::HeaderValue::from_static("application/json"));
    headers.extend(after.map(|seconds| (http::header::RETRY_AFTER, seconds.into())));
    response
}
