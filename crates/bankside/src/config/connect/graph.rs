//! What Meta's Graph API serves: a page in Messenger, a number in WhatsApp.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use bankside_adapters::channels::graph::{Api, NodeId, Template};
use bankside_adapters::channels::messenger::{self, Messenger};
use bankside_adapters::channels::whatsapp::{self, ListButton, WhatsApp};
use bankside_adapters::http::HttpClient;
use bankside_domain::Language;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

use super::{Table, secret};

/// What Messenger and WhatsApp have in common: an app of the Graph API.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct GraphApp {
    token_file: PathBuf,
    app_secret_file: PathBuf,
    verify_token_file: PathBuf,
    api: Option<String>,
    /// The approved template that says that there is a message, by language: `pt = "waiting/pt_BR"`.
    #[serde(default)]
    templates: BTreeMap<Language, String>,
}

/// A page in Messenger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct MessengerPage {
    page: String,
    /// A page of the bank that tells how an erasure stands.
    status_url: String,
    #[serde(flatten)]
    app: GraphApp,
}

/// A number in WhatsApp.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WhatsAppNumber {
    number: String,
    list_button: Option<String>,
    #[serde(flatten)]
    app: GraphApp,
}

impl GraphApp {
    fn api(&self) -> anyhow::Result<Api> {
        Ok(self.api.as_deref().map(Api::parse).transpose()?.unwrap_or_default())
    }

    fn templates(&self) -> anyhow::Result<BTreeMap<Language, Template>> {
        let template = |(language, text): (&Language, &String)| {
            let (name, code) = text.split_once('/').with_context(|| {
                format!("the template `{text}` must be its name, a slash, and its language's code")
            })?;
            Ok((*language, Template { name: name.to_owned(), language: code.to_owned() }))
        };
        self.templates.iter().map(template).collect()
    }
}

impl MessengerPage {
    fn settings(&self) -> anyhow::Result<messenger::Settings> {
        Ok(messenger::Settings {
            token: secret(&self.app.token_file)?,
            app_secret: secret(&self.app.app_secret_file)?,
            verify_token: secret(&self.app.verify_token_file)?,
            page: NodeId::parse(&self.page)?,
            api: self.app.api()?,
            templates: self.app.templates()?,
            status_url: self.status_url.clone(),
        })
    }
}

impl WhatsAppNumber {
    fn settings(&self) -> anyhow::Result<whatsapp::Settings> {
        let button = self.list_button.as_deref().map(ListButton::parse).transpose()?;
        Ok(whatsapp::Settings {
            token: secret(&self.app.token_file)?,
            app_secret: secret(&self.app.app_secret_file)?,
            verify_token: secret(&self.app.verify_token_file)?,
            number: NodeId::parse(&self.number)?,
            api: self.app.api()?,
            templates: self.app.templates()?,
            list_button: button.unwrap_or_default(),
        })
    }
}

#[async_trait]
impl Table for MessengerPage {
    fn open(&self, client: &HttpClient, _: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(Messenger::new(self.settings()?, client.clone())))
    }

    async fn announce(&self, _: &HttpClient, hook: &str) -> anyhow::Result<String> {
        Ok(for_the_dashboard(hook))
    }
}

#[async_trait]
impl Table for WhatsAppNumber {
    fn open(&self, client: &HttpClient, _: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(WhatsApp::new(self.settings()?, client.clone())))
    }

    async fn announce(&self, _: &HttpClient, hook: &str) -> anyhow::Result<String> {
        Ok(for_the_dashboard(hook))
    }
}

fn for_the_dashboard(hook: &str) -> String {
    format!("callback URL: {hook}\nverify token: the word in the file `verify_token_file`")
}
