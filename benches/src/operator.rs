//! A page in Messenger, whose operator is the process that makes the load.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use bankside_adapters::channels::graph::{Api, NodeId};
use bankside_adapters::channels::messenger::{Messenger, Settings};
use bankside_adapters::channels::secret::Secret;
use bankside_adapters::http::HttpClient;
use bankside_domain::Party;
use bankside_domain::party::{Ceiling, PartyKind};
use bankside_service::ports::Channel;

/// What the app signs with.
pub(crate) const APP_SECRET: &str = "a-secret-of-an-app-that-is-none";
/// The page.
pub(crate) const PAGE: &str = "1000200030004000";

/// The channel, as a world is connected with it.
pub(crate) fn page(operator: SocketAddr) -> (Party, Arc<dyn Channel>) {
    let settings = Settings {
        token: Secret::new("a-token-of-a-page-that-is-none"),
        app_secret: Secret::new(APP_SECRET),
        verify_token: Secret::new("a-word-to-verify"),
        page: NodeId::parse(PAGE).unwrap(),
        api: Api::parse(&format!("http://{operator}/v23.0")).unwrap(),
        templates: BTreeMap::new(),
        status_url: "https://bank.example/erasure".to_owned(),
    };
    let party = Party {
        kind: PartyKind::Channel,
        id: "page".to_owned(),
        name: "Messenger".to_owned(),
        ceiling: Ceiling::PlatformReadable,
    };
    (party, Arc::new(Messenger::new(settings, HttpClient::new().unwrap())))
}
