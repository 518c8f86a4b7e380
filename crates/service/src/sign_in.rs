//! Signing in: sessions of customers on the bank's own origin, and their passkeys.
//!
//! Deliberately absent: the WebAuthn ceremony itself, which is the web's; what arrives here is its
//! verdict.

use std::sync::Arc;

use bankside_domain::Timestamp;
use bankside_domain::bank::BankId;
use bankside_domain::consent::AuthEvent;
use bankside_domain::customer::{OwnView, Session, SessionEnded};
use bankside_domain::id::{CustomerId, PasskeyId, SessionId};
use bankside_domain::time::DAY_MS;
use bankside_store::passkeys::{self, PasskeyRow};
use bankside_store::sessions::{self, SessionRow};
use bankside_store::{Store, StoreError, clearings, customers};
use bankside_transparency::record::{Decision, Kind};

use crate::commit::{CommitError, Committer, Unit};
use crate::door::{Draft, EntryError, Ground, Owner, append};
use crate::keys::{KeyError, KeyRing, Subject};
use crate::ports::{Clock, Entropy};
use crate::token::{Token, id_bytes};

/// Longest life of a session, in milliseconds: twelve hours.
pub const SESSION_MS: i64 = DAY_MS / 2;
/// A session unused for so long ends, in milliseconds: thirty minutes.
pub const IDLE_MS: i64 = 30 * 60 * 1000;
/// How long a passkey assertion counts as fresh for acts that need one, in milliseconds.
pub const FRESH_MS: i64 = 5 * 60 * 1000;
/// A session's end is moved in the database only when it moves by so much, in milliseconds.
const TOUCH_MS: i64 = 60 * 1000;

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No session, or one that ended.
    #[error(transparent)]
    Ended(#[from] SessionEnded),
    /// Her history is being cleared, which takes a moment.
    #[error("your history is being cleared; sign in again in a minute")]
    Clearing,
    /// Her log cannot be written.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Keys failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A customer who is signed in: the session, and how she proved herself.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Her session.
    pub session: Session,
    /// Her passkey; `None` is the demo's stand-in.
    pub passkey: Option<PasskeyId>,
    /// Her stream and key.
    pub owner: Owner,
}

impl SignedIn {
    /// The proof for pages that show her own data.
    ///
    /// # Errors
    /// [`SessionEnded`].
    pub fn own_view(&self, now: bankside_domain::Timestamp) -> Result<OwnView, SessionEnded> {
        self.session.own_view(now)
    }

    /// Whether she proved herself within [`FRESH_MS`].
    pub fn is_fresh(&self, now: bankside_domain::Timestamp) -> bool {
        now.millis_since(self.session.verified) < FRESH_MS
    }

    /// The proof that a consent records.
    pub fn auth_event(&self) -> AuthEvent {
        let (session, at) = (self.session.id, self.session.verified);
        match self.passkey {
            Some(passkey) => AuthEvent::Passkey { passkey, session, at },
            None => AuthEvent::StandIn { session, at },
        }
    }
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct SignIn {
    store: Store,
    keys: KeyRing,
    committer: Committer,
    clock: Arc<dyn Clock>,
    build: Arc<str>,
    entropy: Arc<dyn Entropy>,
}

impl SignIn {
    pub(crate) fn new(ground: Ground, entropy: Arc<dyn Entropy>) -> Self {
        let Ground { store, keys, committer, clock, build } = ground;
        Self { store, keys, committer, clock, build, entropy }
    }

    /// Opens a session for a customer who just proved herself. Makes her key on her first visit.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn open(
        &self,
        customer: CustomerId,
        bank: &BankId,
        passkey: Option<PasskeyId>,
    ) -> Result<(Token, SignedIn), SignInError> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        if clearings::is_under_way(&mut tx, customer).await? {
            return Err(SignInError::Clearing);
        }
        drop(tx);
        let key = self.keys.ensure(Subject::Customer(customer), now).await?;
        let session = Session {
            id: SessionId::new(now, id_bytes(&*self.entropy)),
            customer,
            bank: bank.clone(),
            signed_in: now,
            verified: now,
            until: now.plus_millis(IDLE_MS),
        };
        let token = Token::random(&*self.entropy);
        let row = SessionRow { session, passkey };
        let mut tx = self.store.begin().await?;
        customers::ensure(&mut tx, customer, bank, now).await?;
        sessions::insert(&mut tx, &row, &token.hash()).await?;
        tx.commit().await?;
        let owner = Owner { customer, bank: bank.clone(), key: Arc::new(key) };
        Ok((token, SignedIn { session: row.session, passkey, owner }))
    }

    /// Who holds that token. Moves the end of the session as it is used.
    ///
    /// # Errors
    /// [`SignInError::Ended`] where nobody is signed in.
    pub async fn who(&self, token: &Token) -> Result<SignedIn, SignInError> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let row = sessions::by_token(&mut tx, &token.hash()).await?.ok_or(SessionEnded)?;
        let clearing = clearings::is_under_way(&mut tx, row.session.customer).await?;
        drop(tx);
        if row.session.until <= now || clearing {
            return Err(SessionEnded.into());
        }
        let mut session = row.session;
        let until = now.plus_millis(IDLE_MS).min(session.signed_in.plus_millis(SESSION_MS));
        if until.millis_since(session.until) >= TOUCH_MS {
            let mut tx = self.store.begin().await?;
            sessions::touch(&mut tx, session.id, session.verified, until).await?;
            tx.commit().await?;
            session.until = until;
        }
        let key = self.keys.ensure(Subject::Customer(session.customer), now).await?;
        let owner =
            Owner { customer: session.customer, bank: session.bank.clone(), key: Arc::new(key) };
        Ok(SignedIn { session, passkey: row.passkey, owner })
    }

    /// Notes that she proved herself again just now.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn verified(&self, signed_in: &SignedIn) -> Result<(), SignInError> {
        let mut tx = self.store.begin().await?;
        let session = &signed_in.session;
        sessions::touch(&mut tx, session.id, self.clock.now(), session.until).await?;
        Ok(tx.commit().await?)
    }

    /// Signs out.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn close(&self, signed_in: &SignedIn) -> Result<(), SignInError> {
        let mut tx = self.store.begin().await?;
        sessions::end(&mut tx, signed_in.session.id).await?;
        Ok(tx.commit().await?)
    }

    /// Her passkeys.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn passkeys(&self, customer: CustomerId) -> Result<Vec<PasskeyRow>, SignInError> {
        let mut tx = self.store.read().await?;
        Ok(passkeys::of(&mut tx, customer).await?)
    }

    /// The passkey with that credential id.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn passkey(&self, credential_id: &[u8]) -> Result<Option<PasskeyRow>, SignInError> {
        let mut tx = self.store.read().await?;
        Ok(passkeys::by_credential(&mut tx, credential_id).await?)
    }

    /// Adds a passkey that she just registered, which her log tells.
    ///
    /// # Errors
    /// [`SignInError`]; a conflict where the credential is registered already.
    pub async fn add_passkey(
        &self,
        owner: &Owner,
        passkey: NewPasskey,
    ) -> Result<PasskeyId, CommitError<SignInError>> {
        let now = self.clock.now();
        let id = PasskeyId::new(now, id_bytes(&*self.entropy));
        let row = passkey.into_row(id, owner.customer, now);
        let (this, owner) = (self.clone(), owner.clone());
        let changed = self.committer.commit(move |unit| {
            Box::pin(async move {
                passkeys::insert(unit.tx, &row).await?;
                this.tell(unit, &owner, Kind::PasskeyAdded, id).await
            })
        });
        changed.await.map(|()| id)
    }

    /// Notes a use of a passkey, with its new state.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn passkey_used(&self, id: PasskeyId, credential: &str) -> Result<(), SignInError> {
        let mut tx = self.store.begin().await?;
        passkeys::used(&mut tx, id, credential, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Removes one of hers, which her log tells.
    ///
    /// # Errors
    /// [`SignInError`]; a conflict where it is not hers.
    pub async fn remove_passkey(
        &self,
        owner: &Owner,
        id: PasskeyId,
    ) -> Result<(), CommitError<SignInError>> {
        let (this, owner) = (self.clone(), owner.clone());
        let changed = self.committer.commit(move |unit| {
            Box::pin(async move {
                passkeys::remove(unit.tx, owner.customer, id).await?;
                this.tell(unit, &owner, Kind::PasskeyRemoved, id).await
            })
        });
        changed.await
    }

    async fn tell(
        &self,
        unit: &mut Unit<'_>,
        owner: &Owner,
        kind: Kind,
        id: PasskeyId,
    ) -> Result<(), SignInError> {
        let draft = passkey_draft(kind, id, None);
        append(unit, &self.keys, owner, &self.build, self.clock.now(), draft).await?;
        Ok(())
    }

    /// Ends what ran out.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sweep(&self) -> Result<u64, SignInError> {
        let mut tx = self.store.begin().await?;
        let ended = sessions::sweep(&mut tx, self.clock.now()).await?;
        tx.commit().await?;
        Ok(ended)
    }
}

/// A passkey that was just registered.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    /// Credential id of the authenticator.
    pub credential_id: Vec<u8>,
    /// The credential's public state, as JSON.
    pub credential: String,
    /// Her name for it.
    pub label: String,
}

impl NewPasskey {
    pub(crate) fn into_row(
        self,
        id: PasskeyId,
        customer: CustomerId,
        created: Timestamp,
    ) -> PasskeyRow {
        let Self { credential_id, credential, label } = self;
        PasskeyRow { id, customer, credential_id, credential, label, created, used: None }
    }
}

/// What her log says of a change to her passkeys.
pub(crate) fn passkey_draft(kind: Kind, id: PasskeyId, reason: Option<&str>) -> Draft {
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
        body: format!("{{\"passkey\":\"{id}\"}}").into_bytes(),
    }
}
