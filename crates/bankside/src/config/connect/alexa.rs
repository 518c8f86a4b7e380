//! A skill of Alexa's.

use std::sync::Arc;

use async_trait::async_trait;
use bankside_adapters::channels::alexa::{self, Alexa};
use bankside_adapters::http::HttpClient;
use bankside_domain::Language;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

use super::Table;

/// A skill of Alexa's.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AlexaSkill {
    skill: String,
    /// What she says to open it: two words or more, in small letters.
    invocation: Option<String>,
}

/// What a skill is called where the configuration does not say.
const INVOCATION: &str = "my bank";

#[async_trait]
impl Table for AlexaSkill {
    fn open(&self, client: &HttpClient, _: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(Alexa::new(alexa::Settings::parse(&self.skill)?, client.clone())))
    }

    async fn announce(&self, _: &HttpClient, hook: &str) -> anyhow::Result<String> {
        let invocation = self.invocation.as_deref().unwrap_or(INVOCATION);
        let mut lines = vec![format!("HTTPS endpoint of the skill: {hook}")];
        for language in Language::ALL {
            if let Some(model) = alexa::interaction_model(language, invocation) {
                lines.push(format!("interaction model ({}): {model}", language.tag()));
            }
        }
        Ok(lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_models_are_printed_for_the_languages_that_alexa_speaks() {
        let skill = AlexaSkill {
            skill: "amzn1.ask.skill.0f1e".to_owned(),
            invocation: Some("harbour bank".to_owned()),
        };
        let client = HttpClient::new().unwrap();
        let said = skill.announce(&client, "https://bank.example/hook/alexa").await.unwrap();
        let lines: Vec<_> = said.lines().collect();
        assert!(lines[0].ends_with("https://bank.example/hook/alexa"), "{said}");
        let tags: Vec<_> = lines[1..].iter().map(|line| &line[19..21]).collect();
        assert_eq!(tags, ["en", "es", "pt", "ar"]);
        for line in &lines[1..] {
            let model: serde_json::Value = serde_json::from_str(&line[24..]).unwrap();
            let name = model.pointer("/interactionModel/languageModel/invocationName").unwrap();
            assert_eq!(name, "harbour bank");
        }
    }
}
