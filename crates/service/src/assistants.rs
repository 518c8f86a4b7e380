//! AI assistants that a customer connects herself: each registers as a client of the bank, asks
//! for a consent, and is given tokens that stand on it.
//!
//! INVARIANT: a token is worth what its consent is worth at that moment. It is read anew with each
//! call, and once more where the answer is sealed.
//! INVARIANT: each call is one entry in her log, which names the assistant, before it is answered.
//!
//! Deliberately absent: a session of the protocol. Any node answers any call, and nothing is held
//! between two.

mod answer;
mod authorise;
mod bearer;
mod clean;
mod form;
mod register;
mod scope;
mod tokens;

pub use answer::{Question, TellError, Told};
pub use authorise::{AskError, Back, Pending, PendingError};
pub use bearer::{Bearer, BearerError};
pub use form::NOTICE;
pub use register::{Assistant, RegisterError};
pub use scope::Scope;
pub use tokens::{ACCESS_MS, Issued, TokenError};

use std::sync::Arc;

use bankside_store::{StoreError, oauth};

use crate::conversation::Answering;
use crate::log::Log;

/// Requests and tokens that ran out are removed after so long, in days: a second use is seen until
/// then.
const KEPT_DAYS: i64 = 1;
/// A client that nobody ever granted anything is removed after so long, in days.
const UNUSED_DAYS: i64 = 2;

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Assistants {
    pub(crate) all: Arc<Answering>,
    pub(crate) log: Arc<Log>,
}

impl std::fmt::Debug for Assistants {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Assistants")
    }
}

impl Assistants {
    /// Removes what ran out, and clients that were never used; says how many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        let now = self.all.clock.now();
        let mut tx = self.all.store.begin().await?;
        let ended = oauth::sweep(&mut tx, now.plus_days(-KEPT_DAYS)).await?;
        let unused = oauth::sweep_clients(&mut tx, now.plus_days(-UNUSED_DAYS)).await?;
        tx.commit().await?;
        Ok(ended + unused)
    }
}
