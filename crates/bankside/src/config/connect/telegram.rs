//! A Telegram bot.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use bankside_adapters::channels::telegram::{self, Telegram};
use bankside_adapters::http::HttpClient;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

use super::{Table, secret};

/// A Telegram bot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TelegramBot {
    token_file: PathBuf,
    secret_file: PathBuf,
    api: Option<String>,
}

impl TelegramBot {
    fn settings(&self) -> anyhow::Result<telegram::Settings> {
        Ok(telegram::Settings {
            token: secret(&self.token_file)?,
            secret: secret(&self.secret_file)?,
            api: self.api.clone().unwrap_or_else(|| telegram::API.to_owned()),
        })
    }
}

#[async_trait]
impl Table for TelegramBot {
    fn open(&self, client: &HttpClient, _: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(Telegram::new(self.settings()?, client.clone())))
    }

    async fn announce(&self, client: &HttpClient, hook: &str) -> anyhow::Result<String> {
        Telegram::new(self.settings()?, client.clone()).set_webhook(hook).await?;
        Ok(format!("Telegram delivers to {hook}"))
    }
}
