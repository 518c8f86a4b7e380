//! A webhook of Dialogflow CX.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use bankside_adapters::channels::dialogflow::{self, Dialogflow};
use bankside_adapters::http::HttpClient;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

use super::{Table, secret};

/// A webhook of Dialogflow CX.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DialogflowWebhook {
    username: String,
    password_file: PathBuf,
    /// Where the bank's own integration says who she is: a JSON pointer into the payload.
    user: Option<String>,
}

impl DialogflowWebhook {
    fn settings(&self) -> anyhow::Result<dialogflow::Settings> {
        let password = secret(&self.password_file)?;
        Ok(dialogflow::Settings::parse(&self.username, password.reveal(), self.user.as_deref())?)
    }
}

#[async_trait]
impl Table for DialogflowWebhook {
    fn open(&self, _: &HttpClient, _: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(Dialogflow::new(self.settings()?)))
    }

    async fn announce(&self, _: &HttpClient, hook: &str) -> anyhow::Result<String> {
        let name = &self.username;
        Ok(format!(
            "webhook URL: {hook}\nuser name: {name}\npassword: the word in the file `password_file`"
        ))
    }
}
