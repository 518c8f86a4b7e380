//! Style sheet, scripts, fonts and icons, embedded in the binary.
//!
//! Each asset is served under a name that carries the hash of its bytes
//! (`/assets/app.3f9c2b71d0a4.css`), so a browser may keep it for ever and a new build is seen at
//! once. The style sheet is the concatenation of `assets/css/*.css` in `CSS_ORDER`, with each
//! `url(name)` rewritten to the hashed address of `name`.
//!
//! Architecture invariant: nothing here depends on a request, a customer or a bank. There is
//! deliberately no build step, no directory on disk and no third-party origin.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::ui::accent::Accent;

/// Where [`router`] serves; the CSP's `'self'` covers it.
pub const ASSETS_PATH: &str = "/assets";

/// Parts of `app.css`, in cascade order.
const CSS_ORDER: [&str; 9] = [
    "css/layers.css",
    "css/fonts.css",
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/forms.css",
    "css/components.css",
    "css/chat.css",
    "css/utilities.css",
];

/// Parts of the script that sites of a bank load, which is served under the bank.
const WIDGET: [&str; 2] = ["widget/widget.js", "widget/widget.css"];

/// Hexadecimal digits of the content hash kept in an address.
const HASH_DIGITS: usize = 12;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// One embedded file, ready to be sent.
struct Asset {
    url: String,
    mime: HeaderValue,
    etag: HeaderValue,
    body: Bytes,
}

/// Logical name (`app.css`) to asset.
static TABLE: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(load);

/// The address of an asset by its logical name, such as `app.css`, `chat.js` or `icons.svg`.
///
/// An unknown name gives an address that answers 404; the gallery's tests resolve every address a
/// component writes.
#[must_use]
pub fn asset_url(name: &str) -> &'static str {
    debug_assert!(TABLE.contains_key(name), "no embedded asset is called `{name}`");
    TABLE.get(name).map_or("/assets/missing", |asset| asset.url.as_str())
}

/// Every asset as (address, bytes): to write a static copy.
pub fn all() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    TABLE.values().map(|asset| (asset.url.as_str(), asset.body.as_ref()))
}

/// Routes that serve the assets; stateless.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(serve))
}

/// The script and the style sheet that sites of a bank load, with the shades of its accent.
pub(crate) fn widget(accent: Accent) -> (String, String) {
    let read = |path| Files::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    let [script, style] = WIDGET.map(|path| read(path).unwrap_or_default());
    let tokens = read("css/tokens.css").unwrap_or_default();
    let rule = tokens.split_once(&format!(".{} {{", accent.class()));
    let shades = rule.and_then(|(_, rest)| rest.split_once('}')).map_or("", |(shades, _)| shades);
    (script, format!(":host {{{shades}}}\n{style}"))
}

async fn serve(Path(file): Path<String>, request: HeaderMap) -> Response {
    let Some(asset) = by_file(&file) else {
        let answer = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        return (StatusCode::NOT_FOUND, answer, "No such asset.").into_response();
    };
    let headers: [(HeaderName, HeaderValue); 4] = [
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (ETAG, asset.etag.clone()),
        (CONTENT_TYPE, asset.mime.clone()),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    if request.get(IF_NONE_MATCH).is_some_and(|seen| seen == asset.etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, asset.body.clone()).into_response()
}

/// `app.3f9c2b71d0a4.css` names `app.css`, and only if the hash is the current one.
fn by_file(file: &str) -> Option<&'static Asset> {
    let (rest, extension) = file.rsplit_once('.')?;
    let (stem, _hash) = rest.rsplit_once('.')?;
    let asset = TABLE.get(&format!("{stem}.{extension}"))?;
    (asset.url.strip_prefix("/assets/") == Some(file)).then_some(asset)
}

fn load() -> BTreeMap<String, Asset> {
    let mut table: BTreeMap<String, Asset> = Files::iter()
        .filter(|path| {
            !path.starts_with("css/")
                && !path.ends_with("SUMS")
                && !path.ends_with(".md")
                && !WIDGET.contains(&path.as_ref())
        })
        .filter_map(|path| {
            let name = path.rsplit('/').next()?.to_owned();
            let body = Bytes::from(Files::get(&path)?.data.into_owned());
            let asset = asset(&name, body);
            Some((name, asset))
        })
        .collect();
    let css = style_sheet(&table);
    table.insert("app.css".to_owned(), asset("app.css", Bytes::from(css)));
    table
}

/// The parts in one text, without the blanks that only a reader needs.
fn style_sheet(table: &BTreeMap<String, Asset>) -> String {
    let mut css = String::new();
    for part in CSS_ORDER {
        if let Some(file) = Files::get(part) {
            for line in String::from_utf8_lossy(&file.data).lines() {
                css.push_str(line.trim());
                css.push('\n');
            }
        }
    }
    for (wide, narrow) in
        [("; ", ";"), (": ", ":"), (", ", ","), (" {", "{"), ("{ ", "{"), (" > ", ">")]
    {
        css = css.replace(wide, narrow);
    }
    for (name, asset) in table {
        css = css.replace(&format!("url({name})"), &format!("url({})", asset.url));
    }
    css
}

fn asset(name: &str, body: Bytes) -> Asset {
    let hash: String = Sha256::digest(&body)
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .take(HASH_DIGITS)
        .collect();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let etag = HeaderValue::from_str(&format!("\"{hash}\""));
    Asset {
        url: format!("{ASSETS_PATH}/{stem}.{hash}.{extension}"),
        mime: HeaderValue::from_static(mime(extension)),
        etag: etag.unwrap_or(HeaderValue::from_static("\"-\"")),
        body,
    }
}

fn mime(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests;
