//! An address of the bank's own mail server.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use bankside_adapters::channels::mail::{self, Mail};
use bankside_adapters::http::HttpClient;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

use super::{Table, secret};

/// An address of the bank's own mail server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailServer {
    address: String,
    name: Option<String>,
    submission: String,
    username: Option<String>,
    password_file: Option<PathBuf>,
    authorities_file: Option<PathBuf>,
    lmtp: String,
    secret_file: PathBuf,
    dkim_selector: Option<String>,
    dkim_key_file: Option<PathBuf>,
    authserv_id: Option<String>,
    resolver: Option<String>,
}

impl MailServer {
    fn settings(&self, hook: &str) -> anyhow::Result<mail::Settings> {
        let own = secret(&self.secret_file)?;
        let password = self.password_file.as_deref().map(secret).transpose()?;
        let login = match (&self.username, &password) {
            (None, None) => None,
            (name, password) => Some((
                name.as_deref().unwrap_or_default(),
                password.as_ref().map_or("", |password| password.reveal()),
            )),
        };
        let key = self.dkim_key_file.as_deref().map(secret).transpose()?;
        let dkim = match (&self.dkim_selector, &key) {
            (None, None) => None,
            (selector, key) => Some((
                selector.as_deref().unwrap_or_default(),
                key.as_ref().map_or("", |key| key.reveal()),
            )),
        };
        let authorities = self.authorities_file.as_ref().map(|path| {
            let read = std::fs::read_to_string(path);
            read.with_context(|| format!("the authorities in `{}`", path.display()))
        });
        Ok(mail::Settings::parse(&mail::Given {
            address: &self.address,
            name: self.name.as_deref(),
            submission: &self.submission,
            login,
            authorities: authorities.transpose()?.as_deref(),
            lmtp: &self.lmtp,
            secret: own.reveal(),
            dkim,
            authserv: self.authserv_id.as_deref(),
            resolver: self.resolver.as_deref(),
            hook,
        })?)
    }
}

#[async_trait]
impl Table for MailServer {
    fn open(&self, _: &HttpClient, hook: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(Mail::new(self.settings(hook)?)?))
    }

    async fn announce(&self, _: &HttpClient, hook: &str) -> anyhow::Result<String> {
        let settings = self.settings(hook)?;
        Ok(format!(
            "{}\nPrograms that take one click to be left alone post it to {hook}/leave/",
            settings.postfix()
        ))
    }
}
