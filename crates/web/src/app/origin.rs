//! Forms and scripts must come from our own pages: `Sec-Fetch-Site` and `Origin` are checked on
//! every request that may change something. With `SameSite` cookies this is the defence against
//! cross-site request forgery that needs no tokens in pages.
//!
//! Source: W3C Fetch Metadata Request Headers, section 2.2; RFC 6454.

use axum::extract::{Request, State};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{App, PageError};

/// Refuses what comes from elsewhere.
pub(super) async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let ours = app.settings().public_url.origin().ascii_serialization();
    if safe || is_ours(request.headers(), &ours) {
        return next.run(request).await;
    }
    metrics::counter!("bankside_cross_origin_refused_total").increment(1);
    PageError::WrongOrigin.into_response()
}

/// A browser names its origin on each form; something that names none is no browser page of
/// ours.
fn is_ours(headers: &HeaderMap, ours: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let site = text("sec-fetch-site");
    match headers.get(ORIGIN) {
        Some(origin) => {
            origin.as_bytes() == ours.as_bytes() && site.is_none_or(|s| s == "same-origin")
        }
        None => site == Some("same-origin"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_change_something() {
        #[track_caller]
        fn check(origin: Option<&str>, site: Option<&str>, expect: bool) {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(ORIGIN, origin.parse().unwrap());
            }
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().unwrap());
            }
            assert_eq!(is_ours(&headers, "https://bank.example"), expect);
        }
        check(Some("https://bank.example"), Some("same-origin"), true);
        check(Some("https://bank.example"), None, true);
        check(None, Some("same-origin"), true);
        check(Some("https://evil.example"), None, false);
        check(Some("https://evil.example"), Some("same-origin"), false);
        check(Some("https://bank.example"), Some("cross-site"), false);
        check(Some("null"), Some("cross-site"), false);
        check(None, Some("same-site"), false);
        check(None, None, false);
        check(Some("https://bank.example.evil.example"), None, false);
    }
}
