//! Signing in on the bank's own origin: passkeys, and the demo's stand-in.
//!
//! INVARIANT: a ceremony begins and ends here: its state never leaves the server, ends once, in
//! five minutes, for the browser that began it alone. User verification is demanded each time. A
//! refusal never says whether a credential is known.

mod ceremony;
mod confirm;
mod invitation;
mod passkeys;
mod sign_in;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub(crate) use ceremony::{COOKIE, Ceremony, GoOn, Next, Passkeys, moved_on, refused_as};
pub(crate) use passkeys::discoverable;

/// Routes below a bank.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in::page))
        .route("/sign-in/begin", post(sign_in::begin))
        .route("/sign-in/finish", post(sign_in::finish))
        .route("/sign-in/stand-in", post(sign_in::stand_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/confirm", get(confirm::page))
        .route("/confirm/begin", post(confirm::begin))
        .route("/confirm/finish", post(confirm::finish))
        .route("/confirm/stand-in", post(confirm::stand_in))
        .route("/invitation/{token}", get(invitation::page))
        .route("/invitation/{token}/begin", post(invitation::begin))
        .route("/invitation/{token}/finish", post(invitation::finish))
        .route("/passkeys", get(passkeys::page))
        .route("/passkeys/begin", post(passkeys::begin))
        .route("/passkeys/finish", post(passkeys::finish))
        .route("/passkeys/{id}/remove", post(passkeys::remove))
}
