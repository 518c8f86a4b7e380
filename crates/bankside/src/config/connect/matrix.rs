//! An application service of a Matrix homeserver.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use bankside_adapters::channels::matrix::{self, Matrix};
use bankside_adapters::http::HttpClient;
use bankside_service::ports::Channel;
use serde::{Deserialize, Serialize};

use super::{Table, secret};

/// An application service of a Matrix homeserver.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MatrixService {
    homeserver: String,
    server_name: String,
    localpart: String,
    as_token_file: PathBuf,
    hs_token_file: PathBuf,
}

impl MatrixService {
    fn settings(&self) -> anyhow::Result<matrix::Settings> {
        let (ours, theirs) = (secret(&self.as_token_file)?, secret(&self.hs_token_file)?);
        let tokens = (ours.reveal(), theirs.reveal());
        Ok(matrix::Settings::parse(&self.homeserver, tokens, &self.localpart, &self.server_name)?)
    }
}

#[async_trait]
impl Table for MatrixService {
    fn open(&self, client: &HttpClient, _: &str) -> anyhow::Result<Arc<dyn Channel>> {
        Ok(Arc::new(Matrix::start(self.settings()?, client.clone())))
    }

    async fn announce(&self, _: &HttpClient, hook: &str) -> anyhow::Result<String> {
        Ok(self.settings()?.registration(hook))
    }
}
