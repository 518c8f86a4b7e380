//! The customer's pages, on the bank's own origin, phone first.

mod chat;
mod connections;
pub(crate) mod consent;
mod data;
mod front;
mod home;
mod language;
mod learnt;
mod link;
mod link_code;
mod log;
mod stop_all;
mod this_bank;
mod widget;

use axum::Router;
use axum::routing::{MethodRouter, get, post};

use crate::app::App;

pub(crate) use front::front;

/// Home, which has its route with a closing slash beside those below it.
pub(crate) fn at_home() -> MethodRouter<App> {
    get(home::page)
}

/// Routes below a bank.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::page))
        .route("/language", post(language::choose))
        .route("/widget.js", get(widget::script))
        .route("/sample-site", get(widget::sample))
        .merge(chat::routes())
        .merge(link::routes())
        .merge(link_code::routes())
        .merge(permissions())
        .merge(records())
}

/// What she allows and takes back.
fn permissions() -> Router<App> {
    Router::new()
        .route("/consent", get(consent::ask).post(consent::decide))
        .route("/consent/less", get(consent::less))
        .route("/consent/check", get(consent::check))
        .route("/connections", get(connections::page))
        .route("/connections/{id}", post(connections::act))
        .route("/connections/{id}/narrow", get(connections::narrow_page).post(connections::narrow))
        .route("/connections/{id}/renew", get(connections::renew_page).post(connections::renew))
        .route("/connections/chats/{id}/unlink", post(connections::unlink))
        .route("/stop-all", get(stop_all::page).post(stop_all::stop))
}

/// What she reads, takes home and clears.
fn records() -> Router<App> {
    Router::new()
        .route("/log", get(log::page))
        .route("/log/export.json", get(log::export))
        .route("/log/{receipt}", get(log::entry))
        .route("/log/{receipt}/verify", get(log::verify))
        .route("/log/{receipt}/proof", get(log::proof))
        .route("/platforms", get(learnt::page).post(learnt::take_back))
        .route("/is-this-my-bank", get(this_bank::page))
        .route("/data", get(data::page))
        .route("/data/export.json", get(data::json))
        .route("/data/transactions.csv", get(data::csv))
        .route("/data/clear", get(data::clear_check).post(data::clear))
        .route("/data/receipt", get(data::receipt))
}
