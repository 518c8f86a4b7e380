//! A skill of Alexa's.

use std::sync::Arc;

use async_trait::async_trait;
use bankside_adapters::channels::alexa::{self, Alexa};
use bankside_adapters::http::HttpClient;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

use super::Table;

/// A skill of Alexa's.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AlexaSkill {
    skill: String,
}

#[async_trait]
impl Table for AlexaSkill {
    fn open(&self, client: &HttpClient, _: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(Alexa::new(alexa::Settings::parse(&self.skill)?, client.clone())))
    }

    async fn announce(&self, _: &HttpClient, hook: &str) -> anyhow::Result<String> {
        Ok(format!("HTTPS endpoint of the skill: {hook}"))
    }
}
