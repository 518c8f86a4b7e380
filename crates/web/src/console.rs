//! The operators' console at `/console/`, on the bank's own origin, phone first.
//!
//! INVARIANT: no page shows anything about a customer, but what a channel delivered and nobody
//! understood, once an operator opens it for a reason that is on the record. INVARIANT: a customer's session opens none
//! of it, and an operator's opens nothing of a customer's: other cookies, other paths, other
//! tables. What is binding needs a proof of the last minutes.
//!
//! Deliberately absent: translations. Operators' words are English.

mod channels;
mod confirm;
mod here;
mod operators;
mod overview;
mod passkey;
mod sandbox;
mod setup;
mod sign_in;
mod suspensions;

use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use bankside_service::ports::SandboxEvents;
use futures_util::future::BoxFuture;

use crate::app::App;

/// What the binary gives the console.
#[derive(Clone, Default)]
pub struct Office {
    /// The name of the operator whom the demo lets anyone be; none in production.
    pub stand_in: Option<String>,
    /// How the process feels.
    pub vitals: Option<Arc<dyn Vitals>>,
    /// The sandbox, where the core is one; none in production.
    pub sandbox: Option<Arc<dyn SandboxEvents>>,
    /// Names the program.
    pub version: String,
}

impl fmt::Debug for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Office({})", self.version)
    }
}

/// How the process feels, part by part: what `/readyz` says.
pub trait Vitals: Send + Sync + 'static {
    /// Asks each part, with a time limit of its own.
    fn ask(&self) -> BoxFuture<'_, Vec<Vital>>;
}

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vital {
    /// What.
    pub name: String,
    /// Whether it is well.
    pub ok: bool,
    /// Why not.
    pub reason: Option<String>,
}

/// Routes of the console, and of the set-up link that leads there.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/setup/{token}", get(setup::page))
        .route("/setup/{token}/begin", post(setup::begin))
        .route("/setup/{token}/finish", post(setup::finish))
        .route("/console", get(overview::to_home))
        .route("/console/", get(overview::page))
        .route("/console/sign-in", get(sign_in::page))
        .route("/console/sign-in/begin", post(sign_in::begin))
        .route("/console/sign-in/finish", post(sign_in::finish))
        .route("/console/sign-in/stand-in", post(sign_in::stand_in))
        .route("/console/sign-out", post(sign_in::sign_out))
        .route("/console/confirm", get(confirm::page))
        .route("/console/confirm/begin", post(confirm::begin))
        .route("/console/confirm/finish", post(confirm::finish))
        .route("/console/confirm/stand-in", post(confirm::stand_in))
        .route("/console/channels", get(channels::page))
        .route("/console/channels/{id}", get(channels::one))
        .route("/console/channels/{id}/test", post(channels::test))
        .route("/console/letters/{id}", post(channels::letter))
        .route("/console/strange", get(channels::strange))
        .route("/console/strange/{id}", get(channels::why).post(channels::act))
        .route("/console/operators", get(operators::page))
        .route("/console/operators/invite", post(operators::invite))
        .route("/console/sandbox", get(sandbox::page).post(sandbox::act))
        .route("/console/suspensions", get(suspensions::page).post(suspensions::act))
        .route("/console/suspensions/what", get(suspensions::what))
        .route("/console/suspensions/why", get(suspensions::why))
        .route("/console/suspensions/check", get(suspensions::check))
        .route("/console/suspensions/evidence.json", get(suspensions::evidence))
}
