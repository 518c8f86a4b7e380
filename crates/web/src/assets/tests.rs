//! What must hold of the embedded files: addresses resolve, vendored bytes are the pinned ones.

use axum::body::Body;
use axum::http::Request;
use tower::ServiceExt;

use super::*;

async fn fetch(path: &str, seen: Option<&HeaderValue>) -> Response {
    let mut request = Request::get(path);
    if let Some(etag) = seen {
        request = request.header(IF_NONE_MATCH, etag);
    }
    router::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

fn vendor(file: &str) -> String {
    let bytes = Files::get(&format!("vendor/{file}")).unwrap_or_else(|| panic!("no `{file}`"));
    Sha256::digest(&bytes.data).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn vendored_files_have_their_pinned_checksums() {
    let sums = Files::get("vendor/SHA256SUMS").unwrap().data;
    let sums = String::from_utf8(sums.into_owned()).unwrap();
    let readme = include_str!("../../assets/vendor/README.md");
    for line in sums.lines() {
        let (sum, file) = line.split_once("  ").unwrap();
        assert_eq!(vendor(file), sum, "`{file}` is not the pinned one");
        assert!(readme.contains(sum), "README.md does not list the checksum of `{file}`");
    }
    for file in Files::iter().filter(|file| file.starts_with("vendor/")) {
        let name = file.trim_start_matches("vendor/");
        let listed = sums.contains(name)
            || name.ends_with("LICENSE")
            || ["SHA256SUMS", "README.md"].contains(&name);
        assert!(listed, "`{name}` is vendored without a checksum");
    }
}

#[test]
fn every_url_in_the_style_sheet_resolves() {
    let css = TABLE.get("app.css").unwrap();
    let css = std::str::from_utf8(&css.body).unwrap();
    let urls: Vec<&str> =
        css.split("url(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(urls.len() >= 5, "the fonts are missing");
    for url in urls {
        let file = url.strip_prefix("/assets/").unwrap_or_else(|| panic!("unhashed `{url}`"));
        assert!(by_file(file).is_some(), "`{url}` is not served");
    }
}

#[test]
fn every_part_of_the_style_sheet_is_used() {
    for file in Files::iter().filter(|file| file.starts_with("css/")) {
        assert!(CSS_ORDER.contains(&file.as_ref()), "`{file}` is never served");
    }
    for part in CSS_ORDER {
        assert!(Files::get(part).is_some(), "`{part}` does not exist");
    }
}

#[test]
fn own_code_stays_small() {
    let size = |prefix: &str| -> usize {
        Files::iter()
            .filter(|file| file.starts_with(prefix))
            .filter_map(|file| Files::get(&file))
            .map(|file| file.data.len())
            .sum()
    };
    assert!(size("js/") <= 15 * 1024, "own scripts: {} bytes", size("js/"));
    let widget = size("widget/");
    assert!(widget <= 12 * 1024, "what a site of the bank loads: {widget} bytes");
    let css = TABLE.get("app.css").unwrap().body.len();
    assert!(css <= 46 * 1024, "style sheet: {css} bytes");
}

#[tokio::test]
async fn an_asset_is_immutable_and_revalidates() {
    let url = asset_url("app.css");
    let found = fetch(url, None).await;
    assert_eq!(found.status(), StatusCode::OK);
    assert_eq!(found.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
    assert_eq!(found.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
    let again = fetch(url, found.headers().get(ETAG)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn an_address_with_another_hash_is_not_found() {
    for path in ["/assets/app.000000000000.css", "/assets/app.css", "/assets/none.0.js"] {
        let found = fetch(path, None).await;
        assert_eq!(found.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(found.headers()[CACHE_CONTROL], "no-store", "{path}");
    }
}

#[test]
fn the_widget_has_the_shades_of_its_bank() {
    for accent in Accent::ALL {
        let (script, style) = widget(accent);
        assert!(script.contains("function widget("));
        assert_eq!(style.matches("--accent:").count(), 1, "{}", accent.name());
        assert!(style.contains("--accent-on:") && style.contains(".button"));
    }
    assert!(!TABLE.keys().any(|name| name.starts_with("widget.")), "it has one address alone");
}
