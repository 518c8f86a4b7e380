//! A component of an XMPP server.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use bankside_adapters::channels::xmpp::{self, Xmpp};
use bankside_adapters::http::HttpClient;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

use super::{Table, secret};

/// A component of an XMPP server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct XmppComponent {
    server: String,
    domain: String,
    secret_file: PathBuf,
    localpart: Option<String>,
    name: Option<String>,
}

impl XmppComponent {
    fn settings(&self) -> anyhow::Result<xmpp::Settings> {
        let secret = secret(&self.secret_file)?;
        let localpart = self.localpart.as_deref().unwrap_or(xmpp::LOCALPART);
        let (server, domain, name) = (&self.server, &self.domain, self.name.as_deref());
        Ok(xmpp::Settings::parse(server, domain, secret.reveal(), localpart, name)?)
    }
}

#[async_trait]
impl Table for XmppComponent {
    fn open(&self, _: &HttpClient, _: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(Xmpp::new(self.settings()?)))
    }

    async fn announce(&self, _: &HttpClient, _: &str) -> anyhow::Result<String> {
        let (server, domain) = (&self.server, &self.domain);
        Ok(format!("nothing: the bank itself connects to {server}, as {domain}"))
    }
}
