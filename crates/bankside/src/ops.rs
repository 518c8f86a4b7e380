//! Commands for whoever operates an installation.

pub(crate) mod admin;
pub(crate) mod backup;
pub(crate) mod channel;
pub(crate) mod config;
pub(crate) mod conformance;
pub(crate) mod customer;
pub(crate) mod doctor;
pub(crate) mod help;
pub(crate) mod keys;
pub(crate) mod log;
pub(crate) mod migrate;
pub(crate) mod policy;
pub(crate) mod sandbox;
pub(crate) mod simulate;
pub(crate) mod suspend;
pub(crate) mod verify;

use std::path::PathBuf;

use figment::Figment;

use crate::config::{Config, Flags};
use crate::data::{self, DataError, Kind};
use crate::demo;

/// Which installation a command is about.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Place {
    /// The configuration file of the installation
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Its data directory, where it has no configuration file: the demo's, as a rule
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Place {
    /// Its configuration. A demo's directory needs no file.
    ///
    /// # Errors
    /// Where the configuration cannot be used, or there is no such directory.
    pub(crate) fn config(&self) -> anyhow::Result<Config> {
        let is_demo = |path: &PathBuf| matches!(data::kind(path), Ok(Kind::Demo));
        let folder = self.data.clone().unwrap_or_else(|| Config::default().data);
        if self.config.is_none() && is_demo(&folder) {
            return Ok(demo::config(folder));
        }
        Ok(self.layers()?.0)
    }

    /// As [`Place::config`], of an installation that was started before.
    ///
    /// # Errors
    /// [`DataError::Missing`] where it was not.
    pub(crate) fn existing(&self) -> anyhow::Result<Config> {
        if self.config.is_none() {
            let folder = self.data.clone().unwrap_or_else(|| Config::default().data);
            data::kind(&folder)?;
        }
        let config = self.config()?;
        match data::kind(&config.data) {
            Err(DataError::Missing(path)) => Err(DataError::Missing(path).into()),
            Err(other) => Err(other.into()),
            Ok(_) => Ok(config),
        }
    }

    /// Its configuration with the origin of each value.
    ///
    /// # Errors
    /// Where it cannot be used.
    pub(crate) fn layers(&self) -> anyhow::Result<(Config, Figment)> {
        let flags = Flags { data: self.data.clone(), ..Flags::default() };
        Ok(crate::config::load(self.config.as_deref(), &flags)?)
    }
}
