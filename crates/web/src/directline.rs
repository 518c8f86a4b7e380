//! Direct Line 3.0, as Microsoft's Web Chat speaks it: `/{bank}/v3/directline`.
//!
//! ```text
//! POST tokens/generate, tokens/refresh
//! POST conversations
//! GET  conversations/{id}?watermark=              taken up again
//! POST conversations/{id}/activities              she says something
//! GET  conversations/{id}/activities?watermark=   what was said since
//! GET  conversations/{id}/stream?watermark=&t=    the same as it comes, by WebSocket
//! POST conversations/{id}/upload                  refused: the bank takes no files
//! ```
//!
//! INVARIANT: pages of the bank's listed sites alone get an answer; what has no origin is no page, and
//! needs a token that was given to a server of the bank's. INVARIANT: what is shown there can be read by
//! the site's own scripts, so that its channel is one whose operator reads along.
//!
//! Deliberately absent: cookies, sessions (`session/getsessionid`), attachments, and a watermark of its
//! own, which is the number of a message in its chat.
//!
//! Source: Microsoft, "Direct Line API 3.0" and "Bot Framework Activity" schema 3.0.

mod activity;
mod caller;
mod conversations;
mod fault;
mod line;
mod stream;
mod tokens;
mod wire;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};

use crate::app::App;

pub use line::{Line, Lines};

/// Largest body of a request, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// The router.
pub(crate) fn routes(app: &App) -> Router<App> {
    let at = |path: &str| format!("/{{bank}}/v3/directline/{path}");
    Router::new()
        .route(&at("tokens/generate"), post(tokens::generate))
        .route(&at("tokens/refresh"), post(tokens::refresh))
        .route(&at("conversations"), post(conversations::start))
        .route(&at("conversations/{id}"), get(conversations::resume))
        .route(
            &at("conversations/{id}/activities"),
            get(conversations::read).post(conversations::write),
        )
        .route(&at("conversations/{id}/upload"), post(conversations::upload))
        .route(&at("conversations/{id}/stream"), get(stream::open))
        .route(&at("{*other}"), any(fault::nothing))
        .method_not_allowed_fallback(fault::nothing)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(app.clone(), caller::admitted))
}
