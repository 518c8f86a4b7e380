//! A Kannel gateway for short messages.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use bankside_adapters::channels::kannel::{self, Kannel};
use bankside_adapters::http::HttpClient;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

use super::{Table, secret};

/// A Kannel gateway for short messages.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KannelGateway {
    gateway: String,
    username: String,
    password_file: PathBuf,
    sender: String,
    secret_file: PathBuf,
}

impl KannelGateway {
    fn settings(&self, hook: &str) -> anyhow::Result<kannel::Settings> {
        let password = secret(&self.password_file)?;
        let credentials = (self.username.as_str(), password.reveal());
        let shown = secret(&self.secret_file)?;
        let (sender, shown) = (self.sender.as_str(), shown.reveal());
        Ok(kannel::Settings::parse(&self.gateway, credentials, sender, shown, hook)?)
    }
}

#[async_trait]
impl Table for KannelGateway {
    fn open(&self, client: &HttpClient, hook: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(Kannel::new(self.settings(hook)?, client.clone())))
    }

    async fn announce(&self, _: &HttpClient, hook: &str) -> anyhow::Result<String> {
        Ok(format!("get-url = \"{}\"", self.settings(hook)?.get_url()))
    }
}
