//! Traces by OTLP over HTTP, by option: how long a request and a turn took, and in which step.
//!
//! INVARIANT: spans leave, and nothing that was logged inside them: no message of an error, no
//! event, no thread, no source line. A span's attributes are ids, counts and codes that the log may
//! have too; never a path that was asked for, which can hold a token.
//! INVARIANT: a collector that is slow or gone costs spans and nothing else: the queue is bounded,
//! what does not fit is dropped, and one thread sends.
//!
//! Deliberately absent: the context of callers. Who writes to us does not decide what is traced.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use async_trait::async_trait;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use bankside_adapters::http::{Bounds, HttpClient};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::{Bytes, HttpError};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider,
};
use tracing::level_filters::LevelFilter;
use tracing::{Instrument as _, Subscriber, field};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::FilterFn;
use tracing_subscriber::registry::LookupSpan;

/// Spans that wait to be sent at most; more are dropped.
const QUEUE: usize = 2_048;
/// Spans that one request carries.
const BATCH: usize = 512;
/// How often they are sent.
const PERIOD: Duration = Duration::from_secs(2);
/// Longest wait for the collector.
const DEADLINE: Duration = Duration::from_secs(5);
/// Longest wait for the last spans when the process stops.
const FLUSH: Duration = Duration::from_secs(3);
/// Bytes of the collector's answer that are read.
const MAX_ANSWER: usize = 64 * 1024;
/// Spans of these crates leave; whatever a library traces does not.
const OURS: &str = "bankside";

/// The way to the collector. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traces(Option<SdkTracerProvider>);

impl Traces {
    /// To the collector at that address (`http://127.0.0.1:4318`); without one, nowhere.
    ///
    /// # Errors
    /// Where the address cannot be used.
    pub(crate) fn to(collector: Option<&str>) -> anyhow::Result<Self> {
        let Some(base) = collector else { return Ok(Self::default()) };
        let client = Collector {
            client: HttpClient::new().context("traces cannot be sent")?,
            runtime: tokio::runtime::Handle::current(),
            failing: Arc::default(),
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", base.trim_end_matches('/')))
            .with_timeout(DEADLINE)
            .build()
            .with_context(|| format!("`telemetry.otlp`: `{base}`"))?;
        let batches = BatchConfigBuilder::default()
            .with_max_queue_size(QUEUE)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(PERIOD)
            .build();
        let processor = BatchSpanProcessor::builder(exporter).with_batch_config(batches).build();
        let resource = Resource::builder_empty().with_service_name("bankside").build();
        let provider = SdkTracerProvider::builder()
            .with_span_processor(processor)
            .with_sampler(Sampler::AlwaysOn)
            .with_resource(resource)
            .build();
        Ok(Self(Some(provider)))
    }

    /// Takes spans to it; a layer of the subscriber.
    pub(crate) fn layer<S>(&self) -> Option<Box<dyn Layer<S> + Send + Sync>>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        let tracer = self.0.as_ref()?.tracer("bankside");
        let layer = tracing_opentelemetry::layer()
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_target(false)
            .with_level(false)
            .with_tracer(tracer);
        let ours = FilterFn::new(|about| about.is_span() && about.target().starts_with(OURS));
        Some(layer.with_filter(ours.with_max_level_hint(LevelFilter::DEBUG)).boxed())
    }

    /// Sends what waits, and ends.
    pub(crate) async fn end(self) {
        let Some(provider) = self.0 else { return };
        // The sender is a thread that waits for this runtime, so nobody here may block it.
        let ended = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(FLUSH));
        if !matches!(ended.await, Ok(Ok(()))) {
            tracing::warn!("the last traces were not sent");
        }
    }
}

/// The house's HTTP client, as the exporter's thread uses it.
#[derive(Debug)]
struct Collector {
    client: HttpClient,
    runtime: tokio::runtime::Handle,
    failing: Arc<AtomicBool>,
}

#[async_trait]
impl opentelemetry_http::HttpClient for Collector {
    async fn send_bytes(
        &self,
        request: axum::http::Request<Bytes>,
    ) -> Result<axum::http::Response<Bytes>, HttpError> {
        let client = self.client.clone();
        let bounds = Bounds { deadline: DEADLINE, answer: MAX_ANSWER };
        let sent = self.runtime.spawn(async move { client.send(request, bounds).await });
        let outcome = match sent.await {
            Ok(Ok(answer)) if answer.status().is_success() => Ok(answer),
            Ok(Ok(answer)) => Err(format!("it answered {}", answer.status())),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("the process is ending".to_owned()),
        };
        match &outcome {
            Ok(_) => self.failing.store(false, Ordering::Relaxed),
            Err(why) => {
                metrics::counter!("bankside_traces_failed_total").increment(1);
                if !self.failing.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%why, "traces are lost: the collector does not take them");
                }
            }
        }
        outcome.map_err(Into::into)
    }
}

/// Middleware: a span for each request, named by the route and never by the path.
pub(crate) async fn request(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let span = tracing::debug_span!(
        "request",
        otel.kind = "server",
        method = method(request.method()),
        route = route.as_ref().map_or("none", MatchedPath::as_str),
        status = field::Empty,
    );
    let response = next.run(request).instrument(span.clone()).await;
    span.record("status", response.status().as_u16());
    response
}

/// One of a closed set: a method is whatever a client writes.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}
