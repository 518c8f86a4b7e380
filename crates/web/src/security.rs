//! The response headers of every page: what a browser may do with it.
//!
//! Invariants: no `unsafe-*`, no foreign origin, no inline style or script, no framing, and no
//! copy of a page in any cache. What differs says so by an `Exception`. No address of ours reaches another origin; among our own pages it
//! may, for under `no-referrer` a browser sends `Origin: null` with our own forms (Fetch, section
//! 3.2.6). Deliberately absent: `Strict-Transport-Security`, which belongs to whoever ends TLS.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::Site;

/// Content Security Policy Level 3 of every page.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// What a response differs in; it lies among the response's extensions.
#[derive(Clone, Debug)]
pub(crate) enum Exception {
    /// The chat, which pages of this one site may frame.
    FramedBy(Site),
    /// A script that sites of the bank load.
    LoadedElsewhere,
    /// A page that stands for a site of the bank: it loads and frames what comes from this origin.
    SiteOf(String),
}

/// Passkeys are the only powerful feature a page uses.
const PERMISSIONS: &str = "publickey-credentials-get=(self), publickey-credentials-create=(self), \
    accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), \
    geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), \
    midi=(), payment=(), serial=(), usb=()";

/// `htmx-config` for the page's `meta` element: no injected style sheet, no history copies of
/// pages in storage, requests to this origin only. Nothing in our pages uses `hx-on` or `js:`,
/// the two features that would need `eval`.
pub const HTMX_CONFIG: &str =
    r#"{"includeIndicatorCSS":false,"mode":"same-origin","history":"reload","extensions":"sse"}"#;

/// Middleware (`axum::middleware::from_fn(security::headers)`) that sets the headers on every
/// response. A response that has its own `Cache-Control`, such as an asset, keeps it.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let exception = response.extensions_mut().remove::<Exception>();
    apply(response.headers_mut());
    if let Some(exception) = exception {
        exception.apply(response.headers_mut());
    }
    response
}

impl Exception {
    fn apply(&self, headers: &mut HeaderMap) {
        match self {
            Self::FramedBy(site) => {
                let framed = format!("frame-ancestors {}", site.origin());
                policy(headers, &POLICY.replace("frame-ancestors 'none'", &framed));
                headers.remove(X_FRAME_OPTIONS); // it knows no other origin
            }
            Self::LoadedElsewhere => {
                let resource = HeaderName::from_static("cross-origin-resource-policy");
                headers.insert(resource, HeaderValue::from_static("cross-origin"));
            }
            Self::SiteOf(origin) => {
                let script = format!("script-src 'self' {origin}; frame-src {origin}");
                policy(headers, &POLICY.replace("script-src 'self'", &script));
            }
        }
    }
}

/// Sets the policy; one that is no header leaves the strict one in place.
fn policy(headers: &mut HeaderMap, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        headers.insert(CONTENT_SECURITY_POLICY, value);
    }
}

fn apply(headers: &mut HeaderMap) {
    let fixed: [(HeaderName, &'static str); 8] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "same-origin"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::routing::get;
    use axum::{Router, middleware};
    use tower::ServiceExt;

    async fn answer(path: &str) -> HeaderMap {
        let app: Router = Router::new()
            .route("/", get(|| async { "page" }))
            .merge(crate::assets::router())
            .layer(middleware::from_fn(headers));
        let request = Request::get(path).body(Body::empty()).unwrap();
        app.oneshot(request).await.unwrap().headers().clone()
    }

    #[test]
    fn the_policy_allows_nothing_unsafe_and_no_foreign_origin() {
        for banned in ["unsafe", "*", "http", "data:", "blob:"] {
            assert!(!POLICY.contains(banned), "{banned}");
        }
        assert!(POLICY.starts_with("default-src 'none'; "));
        assert!(!POLICY.contains("  "));
    }

    #[tokio::test]
    async fn pages_are_not_stored_and_assets_are() {
        let page = answer("/").await;
        assert_eq!(page[CACHE_CONTROL], "no-store");
        assert_eq!(page[CONTENT_SECURITY_POLICY], POLICY);
        let asset = answer(crate::assets::asset_url("app.css")).await;
        assert_eq!(asset[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(asset[CONTENT_SECURITY_POLICY], POLICY);
    }

    #[tokio::test]
    async fn a_missing_page_is_protected_too() {
        let missing = answer("/nowhere").await;
        assert_eq!(missing[CONTENT_SECURITY_POLICY], POLICY);
        assert_eq!(missing[X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}
