//! The bank's staff: who they are, how they sign in, and the link by which the first one comes in.
//!
//! INVARIANT: staff and customers share no table, no cookie and no session. A token of the one is
//! never looked for among the other's.
//!
//! Deliberately absent: the WebAuthn ceremony itself, which is the web's; what arrives here is its
//! verdict. Roles beyond the operator's.

mod setup;

use std::sync::Arc;

use bankside_domain::Timestamp;
use bankside_domain::id::{PasskeyId, RANDOM_BYTES, SessionId, StaffId};
use bankside_store::staff::{self, StaffPasskeyRow, StaffRow};
use bankside_store::staff_sessions::{self, StaffSessionRow};
use bankside_store::{Store, StoreError};

pub use setup::new_link;

use crate::ports::{Clock, Entropy};
use crate::sign_in::{FRESH_MS, IDLE_MS, SESSION_MS};
use crate::suspension::By;
use crate::token::{Token, id_bytes};

/// Longest name, in characters: with what may follow it, no longer than a statement takes.
pub const MAX_NAME: usize = 40;
/// The code of the one role that there is.
const OPERATOR: &str = "operator";
/// Random bytes of the demo's stand-in.
const STAND_IN: [u8; RANDOM_BYTES] = *b"a-stand-in";
/// A session's end is moved in the database only when it moves by so much, in milliseconds.
const TOUCH_MS: i64 = 60 * 1000;

/// Why nobody is signed in, or nobody came in.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// No session, or one that ended.
    #[error("nobody is signed in")]
    Ended,
    /// The set-up link is not valid, no longer, or was used meanwhile.
    #[error("the set-up link does not open")]
    Link,
    /// The name is empty, too long, or not one line.
    #[error("a name has 1 to {MAX_NAME} characters")]
    Name,
    /// The passkey is registered already.
    #[error("the passkey is registered already")]
    Known,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An operator who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Who.
    pub id: StaffId,
    /// The name that she goes by.
    pub name: String,
    /// Her passkey; none is the demo's stand-in.
    pub passkey: Option<PasskeyId>,
    session: StaffSessionRow,
}

impl Operator {
    /// Whether she proved herself within [`FRESH_MS`].
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now.millis_since(self.session.verified) < FRESH_MS
    }

    /// The session.
    pub fn session(&self) -> SessionId {
        self.session.id
    }

    /// Who acts, for what she leaves behind; it says so where no passkey stands behind her.
    pub fn by(&self) -> By {
        let stands_in = if self.passkey.is_none() { " (stand-in)" } else { "" };
        By { name: format!("{}{stands_in}", self.name), staff: Some(self.id) }
    }
}

/// Somebody who is to come in by the set-up link, with the passkey that she just made.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// Who she will be; her passkey carries it.
    pub id: StaffId,
    /// The name that she goes by.
    pub name: String,
    /// Credential id of the authenticator.
    pub credential_id: Vec<u8>,
    /// The credential's public state, as JSON.
    pub credential: String,
}

/// A member of the staff and how she signs in.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub id: StaffId,
    /// The name that she goes by.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// How many passkeys she has.
    pub passkeys: usize,
    /// When one of them was last used.
    pub last_used: Option<Timestamp>,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Staff(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl std::fmt::Debug for Staff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Staff")
    }
}

impl Staff {
    pub(crate) fn new(store: Store, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self(Arc::new(Inner { store, clock, entropy }))
    }

    /// An id for somebody who is about to come in.
    pub fn new_id(&self) -> StaffId {
        StaffId::new(self.0.clock.now(), id_bytes(&*self.0.entropy))
    }

    /// Opens a session for an operator who just proved herself with that passkey.
    ///
    /// # Errors
    /// [`StaffError::Ended`] where there is no such person.
    pub async fn open(
        &self,
        id: StaffId,
        passkey: PasskeyId,
    ) -> Result<(Token, Operator), StaffError> {
        self.begin(id, Some(passkey)).await
    }

    /// Opens a session for the demo's stand-in, who proves nothing.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn open_stand_in(&self, name: &str) -> Result<(Token, Operator), StaffError> {
        let id = StaffId::new(Timestamp::from_millis(0), STAND_IN);
        let row = operator(id, name, self.0.clock.now())?;
        let mut tx = self.0.store.begin().await?;
        staff::ensure(&mut tx, &row).await?;
        tx.commit().await?;
        self.begin(id, None).await
    }

    async fn begin(
        &self,
        id: StaffId,
        passkey: Option<PasskeyId>,
    ) -> Result<(Token, Operator), StaffError> {
        let now = self.0.clock.now();
        let token = Token::random(&*self.0.entropy);
        let session = StaffSessionRow {
            id: SessionId::new(now, id_bytes(&*self.0.entropy)),
            staff: id,
            passkey,
            signed_in: now,
            verified: now,
            until: now.plus_millis(IDLE_MS),
        };
        let mut tx = self.0.store.begin().await?;
        let person = staff::get(&mut tx, id).await?.ok_or(StaffError::Ended)?;
        staff_sessions::insert(&mut tx, &session, &token.hash()).await?;
        tx.commit().await?;
        Ok((token, Operator { id, name: person.name, passkey, session }))
    }

    /// Who holds that token. Moves the end of the session as it is used.
    ///
    /// # Errors
    /// [`StaffError::Ended`] where nobody is signed in.
    pub async fn who(&self, token: &Token) -> Result<Operator, StaffError> {
        let now = self.0.clock.now();
        let mut tx = self.0.store.read().await?;
        let found = staff_sessions::by_token(&mut tx, &token.hash()).await?;
        let mut session = found.filter(|row| now < row.until).ok_or(StaffError::Ended)?;
        let person = staff::get(&mut tx, session.staff).await?.ok_or(StaffError::Ended)?;
        drop(tx);
        let until = now.plus_millis(IDLE_MS).min(session.signed_in.plus_millis(SESSION_MS));
        if until.millis_since(session.until) >= TOUCH_MS {
            let mut tx = self.0.store.begin().await?;
            staff_sessions::touch(&mut tx, session.id, session.verified, until).await?;
            tx.commit().await?;
            session.until = until;
        }
        Ok(Operator { id: person.id, name: person.name, passkey: session.passkey, session })
    }

    /// Notes that she proved herself again just now.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn verified(&self, operator: &Operator) -> Result<(), StaffError> {
        let StaffSessionRow { id, until, .. } = operator.session;
        let mut tx = self.0.store.begin().await?;
        staff_sessions::touch(&mut tx, id, self.0.clock.now(), until).await?;
        Ok(tx.commit().await?)
    }

    /// Signs out.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn close(&self, operator: &Operator) -> Result<(), StaffError> {
        let mut tx = self.0.store.begin().await?;
        staff_sessions::end(&mut tx, operator.session.id).await?;
        Ok(tx.commit().await?)
    }

    /// Everybody, oldest first.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn members(&self) -> Result<Vec<Member>, StaffError> {
        let mut tx = self.0.store.read().await?;
        let mut members = Vec::new();
        for row in staff::all(&mut tx).await? {
            let keys = staff::passkeys(&mut tx, row.id).await?;
            members.push(Member {
                id: row.id,
                name: row.name,
                since: row.created,
                passkeys: keys.len(),
                last_used: keys.iter().filter_map(|key| key.used).max(),
            });
        }
        Ok(members)
    }

    /// Her passkeys.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn passkeys(&self, id: StaffId) -> Result<Vec<StaffPasskeyRow>, StaffError> {
        let mut tx = self.0.store.read().await?;
        Ok(staff::passkeys(&mut tx, id).await?)
    }

    /// The passkey with that credential id.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn passkey(&self, id: &[u8]) -> Result<Option<StaffPasskeyRow>, StaffError> {
        let mut tx = self.0.store.read().await?;
        Ok(staff::by_credential(&mut tx, id).await?)
    }

    /// Notes a use of a passkey, with its new state.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn passkey_used(&self, id: PasskeyId, credential: &str) -> Result<(), StaffError> {
        let mut tx = self.0.store.begin().await?;
        staff::used(&mut tx, id, credential, self.0.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Ends what ran out.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn sweep(&self) -> Result<u64, StaffError> {
        let mut tx = self.0.store.begin().await?;
        let ended = staff_sessions::sweep(&mut tx, self.0.clock.now()).await?;
        tx.commit().await?;
        Ok(ended)
    }
}

/// An operator's row, if she may go by that name.
fn operator(id: StaffId, name: &str, now: Timestamp) -> Result<StaffRow, StaffError> {
    let name = plain_name(name).ok_or(StaffError::Name)?;
    Ok(StaffRow { id, role: OPERATOR.to_owned(), name, created: now })
}

/// A name as it is kept: one line of 1 to [`MAX_NAME`] characters.
pub fn plain_name(name: &str) -> Option<String> {
    let name = name.trim();
    let fits = (1..=MAX_NAME).contains(&name.chars().count());
    (fits && !name.chars().any(char::is_control)).then(|| name.to_owned())
}
