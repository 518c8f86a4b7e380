//! An account at an SMSC, for short messages by SMPP.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use bankside_adapters::channels::smpp::{self, Smpp};
use bankside_adapters::http::HttpClient;
use bankside_service::ports::{Channel, Entropy as _};
use serde::{Deserialize, Serialize};

use super::{Table, secret};
use crate::entropy::SystemEntropy;

/// An account at an SMSC.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SmppAccount {
    server: String,
    system_id: String,
    password_file: PathBuf,
    sender: String,
    #[serde(default)]
    system_type: String,
    #[serde(default)]
    tls: bool,
    /// Certificates in PEM; with it, `tls` is meant.
    authorities_file: Option<PathBuf>,
    source: Option<smpp::Address>,
    destination: Option<smpp::Address>,
    #[serde(default)]
    long: smpp::Long,
    #[serde(default)]
    receipt_ids: smpp::ReceiptIds,
    #[serde(default)]
    international: bool,
    window: Option<u16>,
    enquire_seconds: Option<u16>,
}

impl SmppAccount {
    fn settings(&self) -> anyhow::Result<smpp::Settings> {
        let password = secret(&self.password_file)?;
        let authorities = self.authorities_file.as_deref().map(|file| {
            std::fs::read(file).with_context(|| format!("the file `{}`", file.display()))
        });
        let authorities = authorities.transpose()?;
        let tls = match &authorities {
            Some(pem) => smpp::Tls::Of(pem),
            None if self.tls => smpp::Tls::Public,
            None => smpp::Tls::None,
        };
        let options = smpp::Options {
            system_type: &self.system_type,
            tls,
            source: self.source,
            destination: self.destination,
            long: self.long,
            receipt_ids: self.receipt_ids,
            international: self.international,
            window: self.window,
            enquire_seconds: self.enquire_seconds,
        };
        let account = (self.system_id.as_str(), password.reveal());
        Ok(smpp::Settings::parse(&self.server, account, &self.sender, options)?)
    }
}

#[async_trait]
impl Table for SmppAccount {
    fn open(&self, _: &HttpClient, _: &str) -> anyhow::Result<Arc<dyn Channel>> {
        let mut nonce = [0; 8];
        SystemEntropy.fill(&mut nonce);
        Ok(Arc::new(Smpp::new(self.settings()?, u64::from_be_bytes(nonce))))
    }

    async fn announce(&self, _: &HttpClient, _: &str) -> anyhow::Result<String> {
        let (server, system_id) = (&self.server, &self.system_id);
        Ok(format!("nothing: the bank itself connects to {server}, as {system_id}"))
    }
}

#[cfg(test)]
mod tests {
    use figment::Figment;
    use figment::providers::{Format as _, Toml};

    use super::*;

    /// What the manual says of an SMSC's habits is taken; what is none of them is refused.
    #[test]
    fn an_account_is_opened_by_its_table() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "secret-1\n").unwrap();
        let check = |habits: &str, want: Result<(), &str>| {
            let usual = "server = \"smsc.example:2775\"\nsystem_id = \"bank\"\nsender = \"12345\"";
            let text = format!("{usual}\npassword_file = \"{}\"\n{habits}", file.display());
            let table: Result<SmppAccount, _> = Figment::from(Toml::string(&text)).extract();
            let opened = table.map_err(anyhow::Error::from).and_then(|table| {
                table.open(&HttpClient::new()?, "https://bank.example/hook/sms").map(drop)
            });
            match (opened, want) {
                (Ok(()), Ok(())) => {}
                (Err(error), Err(why)) => assert!(format!("{error:#}").contains(why), "{error:#}"),
                (found, _) => panic!("{habits}: {found:?}"),
            }
        };
        check("", Ok(()));
        let habits = "tls = true\nsystem_type = \"banking\"\nlong = \"sar\"\n\
                      receipt_ids = \"hexadecimal\"\ninternational = true\nwindow = 50\n\
                      enquire_seconds = 60\nsource = { ton = 5, npi = 0 }";
        check(habits, Ok(()));
        check("long = \"longer\"", Err("longer"));
        check("window = 0", Err("window"));
        check("password = \"secret-1\"", Err("password"));
        check("authorities_file = \"/nowhere.pem\"", Err("/nowhere.pem"));
        check(&format!("authorities_file = \"{}\"", file.display()), Err("PEM"));
        check("sender_ton = 5", Err("sender_ton"));
    }
}
