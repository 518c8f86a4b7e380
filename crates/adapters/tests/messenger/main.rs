//! Messenger: what its webhooks say, what is sent, and what its errors mean.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod client;
mod erasure;
#[path = "../graph/mod.rs"]
mod graph;
#[path = "../node/mod.rs"]
mod run;
mod send;
mod take;

use bankside_adapters::channels::graph::{Api, Template};
use bankside_adapters::channels::messenger::{Messenger, Settings};
use bankside_adapters::http::HttpClient;
use bankside_domain::customer::Language;

const PAGE: &str = "1909458034523498";
const PSID: &str = "25381719828140932";

fn page(api: Api) -> Messenger {
    let template = Template { name: "new_message".to_owned(), language: "es".to_owned() };
    let settings = Settings {
        token: graph::secret(graph::TOKEN),
        app_secret: graph::secret(graph::APP_SECRET),
        verify_token: graph::secret(graph::VERIFY_TOKEN),
        page: graph::node(PAGE),
        api,
        templates: [(Language::Es, template)].into(),
        status_url: "https://bank.example/erasure".to_owned(),
    };
    Messenger::new(settings, HttpClient::new().unwrap())
}

fn offline() -> Messenger {
    page(Api::default())
}

#[test]
fn nothing_secret_shows_itself() {
    graph::hostile::keeps_secrets(&format!("{:?}", offline()));
}
