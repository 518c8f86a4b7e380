//! The disclosure log as the service keeps it: checkpoints, tiles, proofs, what a customer reads.

mod check;
mod heads;
mod prove;
mod publish;
mod read;
mod rotate;
mod serve;
mod tally;
mod witness;

use std::sync::Arc;

use bankside_store::Store;
use bankside_transparency::heads::HeadsMap;
use bankside_transparency::key::SigningKey;
use bankside_transparency::note::Note;
use tokio::sync::Mutex;

use crate::commit::Committer;
use crate::ports::Clock;

pub use check::{Checked, Finding, Joint};
pub use publish::{Newest, PublishError};
pub use read::{Disclosure, LogError, LogFilter, LogPage, MAX_PAGE, MAX_SCAN};
pub use rotate::RotateError;
pub use serve::ServeError;
pub use tally::Tally;
pub use witness::{CosignError, Lag, Witness};

/// What an adapter needs to speak with a witness.
pub use bankside_transparency::key::{KeyError, KeyKind, VerifierKey};
pub use bankside_transparency::witness::MAX_REPLY_BYTES;

/// What records are made of, for those who show them.
pub use bankside_transparency::record::{Decision, Kind, Level as RecordLevel, PartyKind, Record};

/// The log. Cheap to clone.
#[derive(Clone)]
pub struct Log {
    store: Store,
    committer: Committer,
    clock: Arc<dyn Clock>,
    signer: Arc<SigningKey>,
    origin: Arc<str>,
    /// Newest heads as of the last checkpoint of this node, and its size.
    heads: Arc<Mutex<Option<(i64, HeadsMap)>>>,
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Log({})", self.origin)
    }
}

impl Log {
    pub(crate) fn new(
        store: Store,
        committer: Committer,
        clock: Arc<dyn Clock>,
        signer: SigningKey,
        origin: String,
    ) -> Self {
        let heads = Arc::default();
        Self { store, committer, clock, signer: Arc::new(signer), origin: origin.into(), heads }
    }

    /// The public key that signs its checkpoints now. Who verifies needs [`Log::first_key`].
    pub fn verifier(&self) -> VerifierKey {
        self.signer.verifier()
    }

    /// Signs a text that is no checkpoint: its first line must say what it is.
    pub(crate) fn sign(&self, text: String) -> Option<Note> {
        let mut note = Note::unsigned(text)?;
        self.signer.sign_note(&mut note).then_some(note)
    }

    /// Its origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}
