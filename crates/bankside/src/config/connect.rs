//! Connections: which channels the bank writes to, and with what credentials.
//!
//! INVARIANT: the configuration names files that hold secrets and never a secret, so that it can be
//! shown, kept in a repository and mailed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use bankside_adapters::channels::alexa::{self, Alexa};
use bankside_adapters::channels::dialogflow::{self, Dialogflow};
use bankside_adapters::channels::graph::{Api, NodeId, Template};
use bankside_adapters::channels::kannel::{self, Kannel};
use bankside_adapters::channels::matrix::{self, Matrix};
use bankside_adapters::channels::messenger::{self, Messenger};
use bankside_adapters::channels::secret::Secret;
use bankside_adapters::channels::telegram::{self, Telegram};
use bankside_adapters::channels::whatsapp::{self, ListButton, WhatsApp};
use bankside_adapters::channels::xmpp::{self, Xmpp};
use bankside_adapters::http::HttpClient;
use bankside_domain::Language;
use bankside_domain::bank::BankId;
use bankside_domain::personal::Personal;
use bankside_service::channels::Connected;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

/// A channel that the bank writes to, of exactly one kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Connection {
    /// The channel, by the short name under `[[channel]]`.
    pub(crate) channel: String,
    /// The bank that speaks there.
    pub(crate) bank: BankId,
    telegram: Option<TelegramBot>,
    messenger: Option<MessengerPage>,
    whatsapp: Option<WhatsAppNumber>,
    kannel: Option<KannelGateway>,
    matrix: Option<MatrixService>,
    alexa: Option<AlexaSkill>,
    dialogflow: Option<DialogflowWebhook>,
    xmpp: Option<XmppComponent>,
}

/// A Telegram bot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TelegramBot {
    token_file: PathBuf,
    secret_file: PathBuf,
    api: Option<String>,
}

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
struct MessengerPage {
    page: String,
    /// A page of the bank that tells how an erasure stands.
    status_url: String,
    #[serde(flatten)]
    app: GraphApp,
}

/// A number in WhatsApp.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct WhatsAppNumber {
    number: String,
    list_button: Option<String>,
    #[serde(flatten)]
    app: GraphApp,
}

/// A Kannel gateway for short messages.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KannelGateway {
    gateway: String,
    username: String,
    password_file: PathBuf,
    sender: String,
    secret_file: PathBuf,
}

/// An application service of a Matrix homeserver.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MatrixService {
    homeserver: String,
    server_name: String,
    localpart: String,
    as_token_file: PathBuf,
    hs_token_file: PathBuf,
}

/// A skill of Alexa's.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AlexaSkill {
    skill: String,
}

/// A webhook of Dialogflow CX.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DialogflowWebhook {
    username: String,
    password_file: PathBuf,
    /// Where the bank's own integration says who she is: a JSON pointer into the payload.
    user: Option<String>,
}

/// A component of an XMPP server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct XmppComponent {
    server: String,
    domain: String,
    secret_file: PathBuf,
    localpart: Option<String>,
    name: Option<String>,
}

impl Connection {
    /// Its kind, as its table is named.
    ///
    /// # Errors
    /// Where there is not exactly one table.
    pub(crate) fn kind(&self) -> anyhow::Result<&'static str> {
        let tables = [
            ("telegram", self.telegram.is_some()),
            ("messenger", self.messenger.is_some()),
            ("whatsapp", self.whatsapp.is_some()),
            ("kannel", self.kannel.is_some()),
            ("matrix", self.matrix.is_some()),
            ("alexa", self.alexa.is_some()),
            ("dialogflow", self.dialogflow.is_some()),
            ("xmpp", self.xmpp.is_some()),
        ];
        let mut named = tables.into_iter().filter(|(_, is_there)| *is_there);
        match (named.next(), named.next()) {
            (Some((kind, _)), None) => Ok(kind),
            _ => {
                let kinds = tables.map(|(kind, _)| format!("`{kind}`")).join(", ");
                bail!("name exactly one of {kinds}")
            }
        }
    }

    /// Where the operator delivers. `public_url` is the bank's own origin.
    pub(crate) fn hook(&self, public_url: &str) -> String {
        format!("{}/hook/{}", public_url.trim_end_matches('/'), self.channel)
    }

    /// Tells the operator where to deliver, or says what must be told it by hand.
    ///
    /// # Errors
    /// Where the operator does not take it, or the table does not fit.
    pub(crate) async fn announce(
        &self,
        client: &HttpClient,
        public_url: &str,
    ) -> anyhow::Result<String> {
        let hook = self.hook(public_url);
        if let Some(bot) = &self.telegram {
            Telegram::new(bot.settings()?, client.clone()).set_webhook(&hook).await?;
            return Ok(format!("Telegram delivers to {hook}"));
        }
        if let Some(gateway) = &self.kannel {
            return Ok(format!("get-url = \"{}\"", gateway.settings(&hook)?.get_url()));
        }
        if let Some(service) = &self.matrix {
            return Ok(service.settings()?.registration(&hook));
        }
        if self.alexa.is_some() {
            return Ok(format!("HTTPS endpoint of the skill: {hook}"));
        }
        if let Some(webhook) = &self.dialogflow {
            let name = &webhook.username;
            return Ok(format!(
                "webhook URL: {hook}\nuser name: {name}\npassword: the word in the file `password_file`"
            ));
        }
        if let Some(component) = &self.xmpp {
            let (server, domain) = (&component.server, &component.domain);
            return Ok(format!("nothing: the bank itself connects to {server}, as {domain}"));
        }
        Ok(format!("callback URL: {hook}\nverify token: the word in the file `verify_token_file`"))
    }

    /// Makes its adapter. `public_url` is the bank's own origin.
    ///
    /// # Errors
    /// Which file is missing or empty, or what else does not fit.
    pub(crate) fn open(&self, client: &HttpClient, public_url: &str) -> anyhow::Result<Connected> {
        let opened = self.adapter(client, &self.hook(public_url));
        let channel =
            opened.with_context(|| format!("`connect`: the channel `{}`", self.channel))?;
        Ok(Connected { id: self.channel.clone(), bank: self.bank.clone(), channel })
    }

    fn adapter(&self, client: &HttpClient, hook: &str) -> anyhow::Result<Arc<dyn Channel>> {
        self.kind()?;
        let client = client.clone();
        if let Some(bot) = &self.telegram {
            return Ok(Arc::new(Telegram::new(bot.settings()?, client)));
        }
        if let Some(page) = &self.messenger {
            return Ok(Arc::new(Messenger::new(page.settings()?, client)));
        }
        if let Some(number) = &self.whatsapp {
            return Ok(Arc::new(WhatsApp::new(number.settings()?, client)));
        }
        if let Some(gateway) = &self.kannel {
            return Ok(Arc::new(Kannel::new(gateway.settings(hook)?, client)));
        }
        if let Some(skill) = &self.alexa {
            return Ok(Arc::new(Alexa::new(alexa::Settings::parse(&skill.skill)?, client)));
        }
        if let Some(webhook) = &self.dialogflow {
            return Ok(Arc::new(Dialogflow::new(webhook.settings()?)));
        }
        if let Some(component) = &self.xmpp {
            return Ok(Arc::new(Xmpp::new(component.settings()?)));
        }
        let service = self.matrix.as_ref().context("no table")?;
        Ok(Arc::new(Matrix::start(service.settings()?, client)))
    }
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

impl KannelGateway {
    fn settings(&self, hook: &str) -> anyhow::Result<kannel::Settings> {
        let password = secret(&self.password_file)?;
        let credentials = (self.username.as_str(), password.reveal());
        let shown = secret(&self.secret_file)?;
        let (sender, shown) = (self.sender.as_str(), shown.reveal());
        Ok(kannel::Settings::parse(&self.gateway, credentials, sender, shown, hook)?)
    }
}

impl MatrixService {
    fn settings(&self) -> anyhow::Result<matrix::Settings> {
        let (ours, theirs) = (secret(&self.as_token_file)?, secret(&self.hs_token_file)?);
        let tokens = (ours.reveal(), theirs.reveal());
        Ok(matrix::Settings::parse(&self.homeserver, tokens, &self.localpart, &self.server_name)?)
    }
}

impl DialogflowWebhook {
    fn settings(&self) -> anyhow::Result<dialogflow::Settings> {
        let password = secret(&self.password_file)?;
        Ok(dialogflow::Settings::parse(&self.username, password.reveal(), self.user.as_deref())?)
    }
}

impl XmppComponent {
    fn settings(&self) -> anyhow::Result<xmpp::Settings> {
        let secret = secret(&self.secret_file)?;
        let localpart = self.localpart.as_deref().unwrap_or(xmpp::LOCALPART);
        let (server, domain, name) = (&self.server, &self.domain, self.name.as_deref());
        Ok(xmpp::Settings::parse(server, domain, secret.reveal(), localpart, name)?)
    }
}

/// The one line of a file.
fn secret(path: &Path) -> anyhow::Result<Secret> {
    let text = std::fs::read_to_string(path);
    let text = text.with_context(|| format!("the secret in `{}`", path.display()))?;
    let text = Personal::new(text);
    let line = text.reveal().trim();
    ensure!(!line.is_empty(), "the file `{}` holds no secret", path.display());
    Ok(Secret::new(line))
}

#[cfg(test)]
mod tests {
    use figment::Figment;
    use figment::providers::{Format as _, Toml};

    use super::*;

    fn check(table: &str, expected: Result<(), &str>) {
        let text = format!("channel = \"voice\"\nbank = \"harbour\"\n{table}");
        let connection: Connection = Figment::from(Toml::string(&text)).extract().unwrap();
        let opened = connection.open(&HttpClient::new().unwrap(), "https://bank.example");
        match (opened, expected) {
            (Ok(opened), Ok(())) => assert!(opened.channel.answers_within().is_some(), "{table}"),
            (Err(error), Err(why)) => {
                let error = format!("{error:#}");
                assert!(error.contains(why), "{error}");
            }
            (found, _) => panic!("{table}: {:?}", found.map(|found| found.id)),
        }
    }

    #[test]
    fn assistants_are_connected_by_their_tables() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "abcdefghijklmnopqrstuvwx\n").unwrap();
        let file = file.display();
        let skill = "alexa = { skill = \"amzn1.ask.skill.0f1e\" }";
        let webhook = format!("dialogflow = {{ username = \"df\", password_file = \"{file}\" }}");
        check(skill, Ok(()));
        check(&webhook, Ok(()));
        check("alexa = { skill = \"0f1e\" }", Err("no skill's id"));
        check(&format!("{skill}\n{webhook}"), Err("exactly one"));
        check("", Err("exactly one"));
    }
}
