//! WhatsApp: what its webhooks say, what is sent, and what its errors mean.
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

#[path = "../graph/mod.rs"]
mod graph;
mod official;
mod schema;
mod send;
mod take;
mod yaml;

use bankside_adapters::channels::graph::{Api, Template};
use bankside_adapters::channels::whatsapp::{ListButton, Settings, WhatsApp};
use bankside_adapters::http::HttpClient;
use bankside_domain::customer::Language;

const NUMBER: &str = "106540352242922";

fn number(api: Api) -> WhatsApp {
    let template = Template { name: "new_message".to_owned(), language: "pt_BR".to_owned() };
    let settings = Settings {
        token: graph::secret(graph::TOKEN),
        app_secret: graph::secret(graph::APP_SECRET),
        verify_token: graph::secret(graph::VERIFY_TOKEN),
        number: graph::node(NUMBER),
        api,
        templates: [(Language::Pt, template)].into(),
        list_button: ListButton::default(),
    };
    WhatsApp::new(settings, HttpClient::new().unwrap())
}

fn offline() -> WhatsApp {
    number(Api::default())
}

#[test]
fn nothing_secret_shows_itself() {
    graph::hostile::keeps_secrets(&format!("{:?}", offline()));
}
