//! Connections: which channels the bank writes to, and with what credentials. A room for each kind of
//! channel: the table that the configuration has for it.
//!
//! INVARIANT: the configuration names files that hold secrets and never a secret, so that it can be
//! shown, kept in a repository and mailed.

mod alexa;
mod dialogflow;
mod graph;
mod kannel;
mod mail;
mod matrix;
mod smpp;
mod telegram;
mod xmpp;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use async_trait::async_trait;
use bankside_adapters::channels::secret::Secret;
use bankside_adapters::http::HttpClient;
use bankside_domain::bank::BankId;
use bankside_domain::personal::Personal;
use bankside_service::channels::Connected;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

/// What the configuration says of one kind of channel.
#[async_trait]
trait Table: Send + Sync {
    /// Makes the adapter. The operator delivers to `hook`.
    ///
    /// # Errors
    /// Which file is missing or empty, or what else does not fit.
    fn open(&self, client: &HttpClient, hook: &str) -> anyhow::Result<Arc<dyn Channel>>;

    /// Tells the operator to deliver to `hook`, or says what must be told it by hand.
    ///
    /// # Errors
    /// Where the operator does not take it, or the table does not fit.
    async fn announce(&self, client: &HttpClient, hook: &str) -> anyhow::Result<String>;
}

/// A channel that the bank writes to, of exactly one kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Connection {
    /// The channel, by the short name under `[[channel]]`.
    pub(crate) channel: String,
    /// The bank that speaks there.
    pub(crate) bank: BankId,
    telegram: Option<telegram::TelegramBot>,
    messenger: Option<graph::MessengerPage>,
    whatsapp: Option<graph::WhatsAppNumber>,
    kannel: Option<kannel::KannelGateway>,
    mail: Option<mail::MailServer>,
    matrix: Option<matrix::MatrixService>,
    alexa: Option<alexa::AlexaSkill>,
    dialogflow: Option<dialogflow::DialogflowWebhook>,
    xmpp: Option<xmpp::XmppComponent>,
    smpp: Option<smpp::SmppAccount>,
}

impl Connection {
    /// Its one table, with its name.
    fn table(&self) -> anyhow::Result<(&'static str, &dyn Table)> {
        fn any<T: Table>(table: Option<&T>) -> Option<&dyn Table> {
            table.map(|table| table as &dyn Table)
        }
        let tables = [
            ("telegram", any(self.telegram.as_ref())),
            ("messenger", any(self.messenger.as_ref())),
            ("whatsapp", any(self.whatsapp.as_ref())),
            ("kannel", any(self.kannel.as_ref())),
            ("mail", any(self.mail.as_ref())),
            ("matrix", any(self.matrix.as_ref())),
            ("alexa", any(self.alexa.as_ref())),
            ("dialogflow", any(self.dialogflow.as_ref())),
            ("xmpp", any(self.xmpp.as_ref())),
            ("smpp", any(self.smpp.as_ref())),
        ];
        let mut named = tables.iter().filter_map(|(kind, table)| Some((*kind, (*table)?)));
        match (named.next(), named.next()) {
            (Some(table), None) => Ok(table),
            _ => {
                let kinds = tables.map(|(kind, _)| format!("`{kind}`")).join(", ");
                bail!("name exactly one of {kinds}")
            }
        }
    }

    /// Its kind, as its table is named.
    ///
    /// # Errors
    /// Where there is not exactly one table.
    pub(crate) fn kind(&self) -> anyhow::Result<&'static str> {
        Ok(self.table()?.0)
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
        self.table()?.1.announce(client, &self.hook(public_url)).await
    }

    /// Makes its adapter. `public_url` is the bank's own origin.
    ///
    /// # Errors
    /// Which file is missing or empty, or what else does not fit.
    pub(crate) fn open(&self, client: &HttpClient, public_url: &str) -> anyhow::Result<Connected> {
        let opened = self.table().and_then(|(_, it)| it.open(client, &self.hook(public_url)));
        let channel =
            opened.with_context(|| format!("`connect`: the channel `{}`", self.channel))?;
        Ok(Connected { id: self.channel.clone(), bank: self.bank.clone(), channel })
    }
}

/// The one line of a file.
pub(super) fn secret(path: &Path) -> anyhow::Result<Secret> {
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
