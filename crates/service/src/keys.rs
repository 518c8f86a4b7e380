//! Keys: one data key for each customer (and for each chat that is nobody's yet), wrapped by a
//! master key. To destroy a data key is to make everything sealed under it unreadable.
//!
//! INVARIANT: a data key is unwrapped for one use case and wiped when dropped; there is no cache,
//! so that a destroyed key is gone from every node at once.

mod local;
mod sealing;

pub use local::{LocalMaster, MasterKeyError};
pub use sealing::{DataKey, Unsealable};

use std::sync::Arc;

use async_trait::async_trait;
use bankside_domain::Timestamp;
use bankside_domain::id::{ConversationId, CustomerId, MessageId};
use bankside_store::data_keys::{self, DataKeyRow};
use bankside_store::{Store, StoreError};

use crate::ports::Entropy;

/// Data keys that one step of a rotation re-wraps.
const REWRAP_BATCH: i64 = 256;

/// Wraps and unwraps data keys: a file's key here, a KMS or a PKCS#11 module elsewhere.
#[async_trait]
pub trait KeyWrapping: Send + Sync + 'static {
    /// The generation of the master key that new keys are wrapped by.
    fn generation(&self) -> i64;

    /// Wraps `key` for `subject`; the subject is bound to it.
    async fn wrap(&self, subject: &str, key: &DataKey) -> Result<Vec<u8>, KeyError>;

    /// Unwraps what [`KeyWrapping::wrap`] made under `generation`.
    async fn unwrap(
        &self,
        subject: &str,
        generation: i64,
        wrapped: &[u8],
    ) -> Result<DataKey, KeyError>;
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It was destroyed, or never made.
    #[error("there is no key: it was destroyed, or never made")]
    NoKey,
    /// The master key of that generation is not here.
    #[error("the master key of generation {0} is not here; add it to the key file")]
    NoMaster(i64),
    /// The wrapped key was changed, or wrapped by another master key.
    #[error("the wrapped key does not open under the master key")]
    Damaged,
    /// The key service does not answer.
    #[error("the key service does not answer: {0}")]
    Unavailable(String),
    /// The key database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whose key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A customer.
    Customer(CustomerId),
    /// A chat that is not linked yet.
    Visitor(ConversationId),
    /// The installation's own, for what channels call people and messages.
    Channels,
    /// One wish to take back what a channel holds, until its last part is settled.
    Retraction(MessageId),
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Customer(id) => write!(f, "customer/{id}"),
            Self::Visitor(id) => write!(f, "visitor/{id}"),
            Self::Channels => f.write_str("channels"),
            Self::Retraction(id) => write!(f, "retraction/{id}"),
        }
    }
}

/// The key database and the master key.
#[derive(Clone)]
pub struct KeyRing {
    store: Store,
    wrapping: Arc<dyn KeyWrapping>,
    entropy: Arc<dyn Entropy>,
}

impl KeyRing {
    /// Over the key database, which is never the data's.
    pub fn new(store: Store, wrapping: Arc<dyn KeyWrapping>, entropy: Arc<dyn Entropy>) -> Self {
        Self { store, wrapping, entropy }
    }

    /// The subject's key.
    ///
    /// # Errors
    /// [`KeyError::NoKey`] where it was destroyed or never made.
    pub async fn get(&self, subject: Subject) -> Result<DataKey, KeyError> {
        let name = subject.to_string();
        let mut look = self.store.look().await?;
        let row = data_keys::get(&mut look, &name).await?.ok_or(KeyError::NoKey)?;
        drop(look);
        self.wrapping.unwrap(&name, row.master, &row.wrapped).await
    }

    /// The subject's key; makes it durable first where there is none.
    ///
    /// # Errors
    /// [`KeyError`].
    pub async fn ensure(&self, subject: Subject, now: Timestamp) -> Result<DataKey, KeyError> {
        match self.get(subject).await {
            Err(KeyError::NoKey) => self.make(subject, now).await,
            found => found,
        }
    }

    async fn make(&self, subject: Subject, now: Timestamp) -> Result<DataKey, KeyError> {
        let name = subject.to_string();
        let key = DataKey::random(&*self.entropy);
        let row = DataKeyRow {
            wrapped: self.wrapping.wrap(&name, &key).await?,
            master: self.wrapping.generation(),
            subject: name,
        };
        let mut tx = self.store.begin().await?;
        let new = data_keys::insert(&mut tx, &row, now).await?;
        tx.commit().await?;
        if new { Ok(key) } else { self.get(subject).await }
    }

    /// Destroys the subject's key and scrubs the files that held it. `false` in the second place
    /// where a reader kept the scrub from finishing: try again.
    ///
    /// # Errors
    /// [`KeyError`].
    pub async fn destroy(&self, subject: Subject) -> Result<(bool, bool), KeyError> {
        Ok((self.forget(subject).await?, self.scrub().await?))
    }

    /// Destroys the subject's key; [`KeyRing::scrub`] must follow. `false` where there was none.
    ///
    /// # Errors
    /// [`KeyError`].
    pub(crate) async fn forget(&self, subject: Subject) -> Result<bool, KeyError> {
        let mut tx = self.store.begin().await?;
        let was = data_keys::destroy(&mut tx, &subject.to_string()).await?;
        tx.commit().await?;
        Ok(was)
    }

    /// Scrubs the files of destroyed keys; `false` where a reader kept it from finishing.
    ///
    /// # Errors
    /// [`KeyError`].
    pub(crate) async fn scrub(&self) -> Result<bool, KeyError> {
        Ok(self.store.scrub().await?)
    }

    /// Whether `key` is the subject's key at this moment.
    ///
    /// # Errors
    /// [`KeyError`], but not for want of a key.
    pub(crate) async fn is_current(
        &self,
        subject: Subject,
        key: &DataKey,
    ) -> Result<bool, KeyError> {
        match self.get(subject).await {
            Ok(now) => Ok(now.expose() == key.expose()),
            Err(KeyError::NoKey) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Wraps every key by the newest master key, so that the older ones can be destroyed. Says how
    /// many were re-wrapped. May be stopped and begun again at any time.
    ///
    /// # Errors
    /// [`KeyError`]; what was done stays done.
    pub async fn rewrap(&self, mut progress: impl FnMut(u64) + Send) -> Result<u64, KeyError> {
        let newest = self.wrapping.generation();
        let mut done = 0;
        loop {
            let mut tx = self.store.begin().await?;
            let rows = data_keys::under_other(&mut tx, newest, REWRAP_BATCH).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let key = self.wrapping.unwrap(&row.subject, row.master, &row.wrapped).await?;
                let wrapped = self.wrapping.wrap(&row.subject, &key).await?;
                data_keys::rewrap(&mut tx, &DataKeyRow { wrapped, master: newest, ..row }).await?;
                done += 1;
            }
            tx.commit().await?;
            progress(done);
        }
        self.store.scrub().await?;
        Ok(done)
    }

    /// The source of randomness, for what is sealed with these keys.
    pub fn entropy(&self) -> &dyn Entropy {
        &*self.entropy
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyRing(••)")
    }
}
