//! The files of keys: the master key, and the key that signs the log.
//!
//! INVARIANT: a key is made only where there is no data yet that an older one would be needed
//! for; a missing key is an error, never a reason to make a new one.
//! INVARIANT: only their owner may read them, or the start is refused.

mod log_key;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bankside_service::keys::{LocalMaster, MasterKeyError};
use bankside_service::ports::Entropy;
use bankside_transparency::key::{KeyKind, SigningKey};
use zeroize::Zeroizing;

use crate::data::{private_dir, write_private};

pub(crate) use log_key::LogKeyFile;

/// Why the keys cannot be used. No variant shows any of their text.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyFileError {
    /// It is not there, though there is data that needs it.
    #[error("`{}` is missing, and there is data that needs it; put it back", .0.display())]
    Missing(PathBuf),
    /// Others may read it.
    #[error("others may read `{}` (mode {:o}); run: chmod 600 {}", .0.display(), .1, .0.display())]
    Open(PathBuf, u32),
    /// It is not a master key.
    #[error("`{}`: {}", .0.display(), .1)]
    Master(PathBuf, MasterKeyError),
    /// It is not a log's key.
    #[error("`{}` is not the key of a log: {}", .0.display(), .1)]
    Log(PathBuf, bankside_transparency::key::KeyError),
    /// The log has another name.
    #[error(
        "the log is called `{found}` since it began, but the configuration says `{wanted}`; \
         set `log.origin` to `{found}`"
    )]
    Origin {
        /// In the key file.
        found: String,
        /// In the configuration.
        wanted: String,
    },
    /// The log was handed to a key that is not in the file.
    #[error(
        "the log was handed to the key `{}`, which `{}` does not hold; put its newest copy there",
        .1, .0.display()
    )]
    Rotated(PathBuf, String),
    /// The file system refuses.
    #[error("`{}`: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
}

/// Where the keys are.
#[derive(Clone, Debug)]
pub(crate) struct KeyFiles {
    folder: PathBuf,
}

impl KeyFiles {
    /// In that folder, which need not exist yet.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// One line for each generation of the master key.
    pub(crate) fn master(&self) -> PathBuf {
        self.folder.join("master.key")
    }

    /// The key that signs the log's checkpoints.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("log.key")
    }

    /// The embedded database of wrapped data keys.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join("keys.db")
    }

    /// Makes what is missing, if there is no data yet.
    ///
    /// # Errors
    /// [`KeyFileError::Missing`] where there is data.
    pub(crate) fn prepare(
        &self,
        has_data: bool,
        origin: &str,
        entropy: &dyn Entropy,
    ) -> Result<(), KeyFileError> {
        private_dir(&self.folder).map_err(|e| KeyFileError::Io(self.folder.clone(), e))?;
        let make = |path: PathBuf, text: &dyn Fn() -> Result<Zeroizing<String>, KeyFileError>| {
            if path.exists() {
                return Ok(());
            }
            if has_data {
                return Err(KeyFileError::Missing(path));
            }
            write_private(&path, text()?.as_bytes()).map_err(|e| KeyFileError::Io(path.clone(), e))
        };
        make(self.master(), &|| Ok(LocalMaster::new_line(1, entropy)))?;
        make(self.log(), &|| {
            let mut seed = Zeroizing::new([0; 32]);
            entropy.fill(&mut *seed);
            let key = SigningKey::from_seed(origin, KeyKind::Note, &seed);
            let key = key.map_err(|e| KeyFileError::Log(self.log(), e))?;
            Ok(LogKeyFile::new(key).to_text())
        })
    }

    /// The master key.
    ///
    /// # Errors
    /// [`KeyFileError`].
    pub(crate) fn read_master(
        &self,
        entropy: Arc<dyn Entropy>,
    ) -> Result<LocalMaster, KeyFileError> {
        let path = self.master();
        let text = read(&path)?;
        LocalMaster::parse(&text, entropy).map_err(|error| KeyFileError::Master(path, error))
    }

    /// The text of the master key's file, to be extended.
    ///
    /// # Errors
    /// [`KeyFileError`].
    pub(crate) fn master_text(&self) -> Result<Zeroizing<String>, KeyFileError> {
        read(&self.master())
    }

    /// The keys of the log.
    ///
    /// # Errors
    /// [`KeyFileError`].
    pub(crate) fn read_log(&self) -> Result<LogKeyFile, KeyFileError> {
        let path = self.log();
        let text = read(&path)?;
        LogKeyFile::parse(&text).map_err(|error| KeyFileError::Log(path, error))
    }

    /// The key that signs a log of that name, which its newest rotation handed to `current`.
    ///
    /// # Errors
    /// [`KeyFileError::Origin`] where the log has another name, [`KeyFileError::Rotated`] where
    /// the secret of `current` is not here.
    pub(crate) fn read_log_of(
        &self,
        origin: &str,
        current: Option<&str>,
    ) -> Result<SigningKey, KeyFileError> {
        let file = self.read_log()?;
        if file.origin() != origin {
            return Err(KeyFileError::Origin { found: file.origin(), wanted: origin.to_owned() });
        }
        Ok(self.settled(file, current)?.into_signer())
    }

    fn settled(&self, file: LogKeyFile, current: Option<&str>) -> Result<LogKeyFile, KeyFileError> {
        let rotated = || KeyFileError::Rotated(self.log(), current.unwrap_or_default().to_owned());
        file.settled(current).ok_or_else(rotated)
    }

    /// Keeps a secret that is about to sign the log beside the one that signs it.
    ///
    /// # Errors
    /// [`KeyFileError`].
    pub(crate) fn stage_log(&self, next: SigningKey) -> Result<(), KeyFileError> {
        self.write_log(&self.read_log()?.with_next(next))
    }

    /// Ends a rotation, or undoes one that never came to be: one secret remains.
    ///
    /// # Errors
    /// [`KeyFileError`].
    pub(crate) fn settle_log(&self, current: Option<&str>) -> Result<(), KeyFileError> {
        let before = self.read_log()?;
        let text = before.to_text();
        let settled = self.settled(before, current)?;
        if *settled.to_text() == *text { Ok(()) } else { self.write_log(&settled) }
    }

    fn write_log(&self, file: &LogKeyFile) -> Result<(), KeyFileError> {
        let path = self.log();
        write_private(&path, file.to_text().as_bytes()).map_err(|e| KeyFileError::Io(path, e))
    }
}

/// Reads a key file that only its owner may read.
fn read(path: &Path) -> Result<Zeroizing<String>, KeyFileError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => KeyFileError::Missing(path.to_owned()),
        _ => KeyFileError::Io(path.to_owned(), error),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path).map_err(failed)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Open(path.to_owned(), mode));
        }
    }
    fs::read_to_string(path).map(Zeroizing::new).map_err(failed)
}
