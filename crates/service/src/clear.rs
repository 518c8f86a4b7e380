//! "Clear history": her keys are destroyed, her rows erased, the files scrubbed, and a signed
//! receipt says so.
//!
//! ```text
//! ask     consents ended, last entry of her stream, sessions ended,
//!         operators of channels asked to delete what can be taken back  -> asked
//! step    her data key and the keys of her chats destroyed                -> shredded
//! step    key files scrubbed; her rows erased, her stream disowned        -> erased
//! step    data files scrubbed; receipt signed                             -> done
//! ```
//!
//! INVARIANT: each step can be run again after a crash at any point of it, and no step runs twice
//! on what came after: a step and the note that it is done are one unit of the log's only writer.
//! A key of after the clearing can therefore never be destroyed by a node that is late.
//!
//! INVARIANT: between asking and done nothing is written for her ([`crate::door`] refuses).
//!
//! Deliberately absent: what is not ours to destroy. The bank's own ledger is in its core; the
//! public leaves of the log are blinded by the secret that is destroyed; her passkeys are how she
//! signs in at the bank.

mod erase;
mod hold;
mod receipt;

use std::sync::Arc;
use std::time::Duration;

use bankside_domain::Timestamp;
use bankside_domain::consent::EndedBy;
use bankside_domain::id::{ConversationId, CustomerId};
use bankside_store::{
    Store, StoreError, clearings, consents, conversations, customers, holds, outbox, sessions,
};
use bankside_transparency::record::{Decision, Kind};

use crate::channels::{RetractError, Retractions, Why};
use crate::commit::{CommitError, Committer, Unit};
use crate::consents::{ChangeError, Consents};
use crate::conversation::{Notifier, What};
use crate::door::{Draft, EntryError, Ground, Owner, append, read_consent};
use crate::keys::{KeyError, KeyRing, Subject};
use crate::log::Log;
use crate::ports::Clock;
use crate::sign_in::SignedIn;

pub use erase::Erased;
pub use hold::Hold;

/// Why consents end here, as their record says it.
const REASON: &str = "the history was cleared";
/// Times that a scrub is tried before it is left to the next run.
const SCRUB_TRIES: u32 = 5;
/// Pause between them.
const SCRUB_PAUSE: Duration = Duration::from_millis(100);
/// Clearings that one run finishes.
const RUN_LIMIT: i64 = 256;

/// Why a history was not cleared, or not yet.
#[derive(Debug, thiserror::Error)]
pub enum ClearError {
    /// A legal hold keeps it.
    #[error("your history must be kept for now: {}", .0.reason)]
    Held(Hold),
    /// Her last passkey assertion is too long ago for an act that cannot be undone.
    #[error("confirm with your passkey first")]
    NotFresh,
    /// A clearing is under way, so it is too late for a hold.
    #[error("the history is being cleared already")]
    UnderWay,
    /// A hold must say why.
    #[error("a hold needs a reason and a name, each of 1 to {MAX_WORDS} characters")]
    Words,
    /// An entry of the log could not be made.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// A consent could not be ended.
    #[error(transparent)]
    Consent(#[from] ChangeError),
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// What operators hold could not be asked back.
    #[error(transparent)]
    Retract(#[from] RetractError),
    /// The receipt could not be written or signed.
    #[error("the receipt cannot be signed")]
    Receipt,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

pub use hold::MAX_WORDS;

/// How far a clearing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Asked for; nothing is written for her any more.
    Asked,
    /// Her keys are destroyed: what remains cannot be read.
    Shredded,
    /// Her rows are gone.
    Erased,
    /// The files are scrubbed and the receipt is signed; or there is nothing to do.
    Done,
}

/// A clearing that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    /// The receipt: a signed note (C2SP signed-note) by the log's key.
    pub receipt: String,
    /// When it was done.
    pub at: Timestamp,
}

/// What one run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Clearings that are done now.
    pub done: usize,
    /// Clearings that wait for the next run, because a long reader keeps a file from being
    /// scrubbed, or because something failed.
    pub waiting: usize,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Clearing {
    store: Store,
    keys: KeyRing,
    committer: Committer,
    clock: Arc<dyn Clock>,
    build: Arc<str>,
    consents: Consents,
    log: Log,
    notifier: Notifier,
    retractions: Retractions,
}

impl std::fmt::Debug for Clearing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clearing")
    }
}

type Outcome<T> = Result<T, CommitError<ClearError>>;

impl Clearing {
    pub(crate) fn new(
        ground: Ground,
        consents: Consents,
        log: Log,
        (notifier, retractions): (Notifier, Retractions),
    ) -> Self {
        let Ground { store, keys, committer, clock, build } = ground;
        Self { store, keys, committer, clock, build, consents, log, notifier, retractions }
    }

    /// Clears her history. From the return on nothing can be undone; `None` says that it is asked
    /// for but waits for the next run, and the receipt comes with that.
    ///
    /// # Errors
    /// [`ClearError::Held`] or [`ClearError::NotFresh`]; nothing changed then.
    pub async fn ask(&self, who: &SignedIn) -> Outcome<Option<Cleared>> {
        self.begin(who).await?;
        let customer = who.owner.customer;
        if let Err(error) = self.finish(customer).await {
            tracing::error!(%error, "a clearing waits for the next run");
        }
        self.receipt(customer).await.map_err(|e| CommitError::Refused(e.into()))
    }

    /// Only asks: [`Clearing::finish_pending`] does the rest.
    ///
    /// # Errors
    /// As [`Clearing::ask`].
    pub async fn begin(&self, who: &SignedIn) -> Outcome<()> {
        if !who.is_fresh(self.clock.now()) {
            return Err(CommitError::Refused(ClearError::NotFresh));
        }
        let (this, owner) = (self.clone(), who.owner.clone());
        let chats = self
            .committer
            .commit(move |unit| Box::pin(async move { this.begin_in(unit, &owner).await }))
            .await?;
        for (chat, channel) in chats {
            self.notifier.tell(chat, What::Changed);
            self.notifier.on_its_way(&channel);
        }
        Ok(())
    }

    async fn begin_in(
        &self,
        unit: &mut Unit<'_>,
        owner: &Owner,
    ) -> Result<Vec<(ConversationId, String)>, ClearError> {
        let customer = owner.customer;
        if let Some(hold) = holds::of(unit.tx, customer).await? {
            return Err(ClearError::Held(hold.into()));
        }
        if clearings::is_under_way(unit.tx, customer).await? {
            return Ok(Vec::new());
        }
        let ended = self.end_consents(unit, owner).await?;
        let now = self.clock.now();
        let last = draft(Kind::Clear, None, format!("{{\"consents_ended\":{ended}}}"));
        append(unit, &self.keys, owner, &self.build, now, last).await?;
        sessions::end_all(unit.tx, customer).await?;
        clearings::ask(unit.tx, customer, now).await?;
        let chats = conversations::of(unit.tx, customer).await?;
        for chat in &chats {
            // What is on the wire at this moment finds that it is dropped, and is taken back too.
            outbox::drop_of(unit.tx, chat.id).await?;
            self.retractions.wish_in(unit, owner, chat, Why::Cleared).await?;
        }
        Ok(chats.into_iter().map(|chat| (chat.id, chat.channel)).collect())
    }

    /// Ends what is open, each with its entry. One that cannot be opened is erased with the rest.
    async fn end_consents(&self, unit: &mut Unit<'_>, owner: &Owner) -> Result<u64, ClearError> {
        let (now, mut ended) = (self.clock.now(), 0);
        for row in consents::of(unit.tx, owner.customer).await? {
            let Some(consent) = read_consent(&owner.key, &row) else { continue };
            let Ok((next, event)) = consent.revoke(EndedBy::Customer, REASON, now) else {
                continue;
            };
            self.consents.record(unit, owner, &next, &event).await?;
            ended += 1;
        }
        Ok(ended)
    }

    /// Finishes what was asked for: at every start, and now and then. One that fails waits for the
    /// next run and keeps no other from being finished.
    ///
    /// # Errors
    /// [`StoreError`] where it is not known what waits.
    pub async fn finish_pending(&self) -> Result<Run, StoreError> {
        let mut tx = self.store.read().await?;
        let pending = clearings::unfinished(&mut tx, RUN_LIMIT).await?;
        drop(tx);
        let mut run = Run::default();
        for customer in pending {
            match self.finish(customer).await {
                Ok(Stage::Done) => run.done += 1,
                Ok(_) => run.waiting += 1,
                Err(error) => {
                    tracing::error!(%error, "a clearing waits for the next run");
                    run.waiting += 1;
                }
            }
        }
        Ok(run)
    }

    async fn finish(&self, customer: CustomerId) -> Outcome<Stage> {
        let mut stage = self.stage(customer).await.map_err(|e| CommitError::Refused(e.into()))?;
        while stage != Stage::Done {
            let next = self.step(customer).await?;
            if next == stage {
                break;
            }
            stage = next;
        }
        Ok(stage)
    }

    /// How far hers is; [`Stage::Done`] where none is under way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn stage(&self, customer: CustomerId) -> Result<Stage, StoreError> {
        let mut tx = self.store.read().await?;
        let row = clearings::under_way(&mut tx, customer).await?;
        row.map_or(Ok(Stage::Done), |row| stage_of(&row))
    }

    /// Takes the next step of a clearing that was asked for, and says where it stands. The stage
    /// stays where a file could not be scrubbed: try again later.
    ///
    /// # Errors
    /// [`ClearError`]; the step is then taken again.
    pub async fn step(&self, customer: CustomerId) -> Outcome<Stage> {
        let refused = |error: ClearError| CommitError::Refused(error);
        let stage = self.stage(customer).await.map_err(|e| refused(e.into()))?;
        let this = self.clone();
        match stage {
            Stage::Asked => {
                self.committer
                    .commit(move |unit| Box::pin(async move { this.shred(unit, customer).await }))
                    .await?;
            }
            Stage::Shredded => {
                if !self.scrubbed(true).await.map_err(refused)? {
                    return Ok(stage);
                }
                let chats = self
                    .committer
                    .commit(move |unit| {
                        Box::pin(async move { erase::run(unit, &this, customer).await })
                    })
                    .await?;
                chats.into_iter().for_each(|chat| self.notifier.tell(chat, What::Changed));
            }
            Stage::Erased => {
                if !self.scrubbed(false).await.map_err(refused)? {
                    return Ok(stage);
                }
                self.committer
                    .commit(move |unit| {
                        Box::pin(async move { this.sign_off(unit, customer).await })
                    })
                    .await?;
            }
            Stage::Done => return Ok(stage),
        }
        self.stage(customer).await.map_err(|e| refused(e.into()))
    }

    /// Destroys her keys. The keys' database commits first: a crash before this unit's own commit
    /// leaves it at `asked`, and there is less to destroy the second time.
    async fn shred(&self, unit: &mut Unit<'_>, customer: CustomerId) -> Result<(), ClearError> {
        if !at(unit, customer, Stage::Asked).await? {
            return Ok(());
        }
        for chat in conversations::of(unit.tx, customer).await? {
            self.keys.forget(Subject::Visitor(chat.id)).await?;
        }
        self.keys.forget(Subject::Customer(customer)).await?;
        Ok(clearings::shredded(unit.tx, customer).await?)
    }

    /// Signs the receipt over what was done.
    async fn sign_off(&self, unit: &mut Unit<'_>, customer: CustomerId) -> Result<(), ClearError> {
        let Some(row) = clearings::under_way(unit.tx, customer).await? else { return Ok(()) };
        if stage_of(&row)? != Stage::Erased {
            return Ok(());
        }
        let erased: Erased = row
            .counts
            .as_deref()
            .and_then(|counts| serde_json::from_str(counts).ok())
            .ok_or(StoreError::Shape)?;
        let bank = customers::bank_of(unit.tx, customer).await?;
        let now = self.clock.now();
        let text = receipt::Text {
            origin: self.log.origin(),
            bank: bank.as_ref().map_or("", |bank| bank.as_str()),
            customer,
            asked: row.asked,
            done: now,
            erased: &erased,
            embedded: self.store.is_embedded(),
        };
        let note = self.log.sign(text.to_string()).ok_or(ClearError::Receipt)?;
        Ok(clearings::done(unit.tx, customer, &note.to_string(), now).await?)
    }

    /// Scrubs the files of keys, or of everything else.
    async fn scrubbed(&self, keys: bool) -> Result<bool, ClearError> {
        for attempt in 0..SCRUB_TRIES {
            if attempt > 0 {
                tokio::time::sleep(SCRUB_PAUSE).await;
            }
            let done = if keys { self.keys.scrub().await? } else { self.store.scrub().await? };
            if done {
                return Ok(true);
            }
        }
        tracing::warn!(keys, "a long reader keeps a file from being scrubbed");
        Ok(false)
    }

    /// The receipt of her last clearing, while no other is under way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn receipt(&self, customer: CustomerId) -> Result<Option<Cleared>, StoreError> {
        let mut tx = self.store.read().await?;
        let found = clearings::receipt(&mut tx, customer).await?;
        Ok(found.map(|(receipt, at)| Cleared { receipt, at }))
    }

    /// What a clearing would erase now, to be shown before she decides.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn preview(&self, customer: CustomerId) -> Result<Erased, StoreError> {
        let mut tx = self.store.read().await?;
        let [consents, chats, messages, records] =
            clearings::inventory(&mut tx, customer).await?.map(|n| u64::try_from(n).unwrap_or(0));
        Ok(Erased { consents, chats, messages, records, ..Erased::default() })
    }
}

fn stage_of(row: &clearings::ClearingRow) -> Result<Stage, StoreError> {
    Ok(match row.state.as_str() {
        "asked" => Stage::Asked,
        "shredded" => Stage::Shredded,
        "erased" => Stage::Erased,
        _ => return Err(StoreError::Shape),
    })
}

/// Whether hers is at that stage, inside a unit.
async fn at(unit: &mut Unit<'_>, customer: CustomerId, stage: Stage) -> Result<bool, StoreError> {
    let row = clearings::under_way(unit.tx, customer).await?;
    row.map_or(Ok(false), |row| Ok(stage_of(&row)? == stage))
}

/// An entry about the history itself.
fn draft(kind: Kind, reason: Option<&str>, body: String) -> Draft {
    Draft {
        kind,
        consent: None,
        purpose: None,
        party: None,
        fields: Vec::new(),
        level: None,
        decision: Decision::Allow,
        reason: reason.map(str::to_owned),
        policy: None,
        body: body.into_bytes(),
    }
}
