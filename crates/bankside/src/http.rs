//! The listeners: the bank's own origin with its health answers, and metrics on a port apart.

use std::net::SocketAddr;

use anyhow::Context as _;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router, middleware};
use bankside_web::App;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::health::Probes;
use crate::telemetry;

/// Everything on the bank's own origin.
pub(crate) fn origin(app: App, probes: Probes) -> Router {
    let health = Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .layer(middleware::from_fn(bankside_web::security::headers))
        .with_state(probes);
    app.router().merge(health).layer(middleware::from_fn(telemetry::request))
}

async fn ready(State(probes): State<Probes>) -> Response {
    let health = probes.ask().await;
    let status = if health.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(health)).into_response()
}

/// Metrics in Prometheus' text format.
pub(crate) fn metrics(handle: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(move || async move { handle.render() }))
}

/// Listens; says where, which matters for port 0.
///
/// # Errors
/// Where the address is taken or may not be used.
pub(crate) async fn listen(address: SocketAddr) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; choose another with --listen"))?;
    let bound = listener.local_addr().context("the listener has no address")?;
    Ok((listener, bound))
}

/// Serves until told to stop, then lets running requests end.
///
/// # Errors
/// Where the listener fails.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned()).await
}
