//! The set-up link: how an operator comes in who has no passkey yet. Made at the first start, at
//! each recovery, and by an operator who invites another; shown once, kept as a hash.
//!
//! INVARIANT: one link is valid at a time, for a day; making a new one ends the old one. Looking
//! at it does not use it up: the registration does, in the transaction that adds the operator and
//! her passkey, so that of two at once one comes in.

use std::fmt::Write as _;

use bankside_domain::Timestamp;
use bankside_domain::id::PasskeyId;
use bankside_domain::time::DAY_MS;
use bankside_store::staff::{self, StaffPasskeyRow};
use bankside_store::{Store, StoreError, settings};
use serde::{Deserialize, Serialize};

use super::{Newcomer, Operator, Staff, StaffError, operator};
use crate::ports::{Clock, Entropy};
use crate::token::{Token, id_bytes};

/// The setting that holds the link.
const LINK: &str = "setup.link";
/// What stands there once it was used.
const USED: &str = "used";
/// How long a link opens, in milliseconds.
const VALID_MS: i64 = DAY_MS;

/// A link as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// Hash of its token, as lower-case hexadecimal digits.
    hash: String,
    /// When it ends, in milliseconds since the epoch.
    expires_ms: i64,
}

/// A new link; the one before ends. For whoever commands the machine.
///
/// # Errors
/// [`StoreError`].
pub async fn new_link(
    store: &Store,
    entropy: &dyn Entropy,
    clock: &dyn Clock,
) -> Result<Token, StoreError> {
    let token = Token::random(entropy);
    let expires_ms = clock.now().plus_millis(VALID_MS).as_millis();
    let stored = Stored { hash: hash(&token), expires_ms };
    let text = serde_json::to_string(&stored).map_err(|_| StoreError::Shape)?;
    let mut tx = store.begin().await?;
    settings::set(&mut tx, LINK, &text).await?;
    tx.commit().await?;
    Ok(token)
}

impl Staff {
    /// A link for an installation that never had one.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn first_link(&self) -> Result<Option<Token>, StaffError> {
        let mut tx = self.0.store.read().await?;
        let known = settings::get(&mut tx, LINK).await?;
        drop(tx);
        if known.is_some() { Ok(None) } else { self.invite().await.map(Some) }
    }

    /// A new link; the one before ends.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn invite(&self) -> Result<Token, StaffError> {
        Ok(new_link(&self.0.store, &*self.0.entropy, &*self.0.clock).await?)
    }

    /// Whether that is the token of the link that is valid now. Looking does not use it up.
    ///
    /// # Errors
    /// [`StaffError`].
    pub async fn link_opens(&self, token: &Token) -> Result<bool, StaffError> {
        let mut tx = self.0.store.read().await?;
        let known = settings::get(&mut tx, LINK).await?;
        Ok(known.is_some_and(|known| opens(&known, token, self.0.clock.now())))
    }

    /// Lets her in: uses the link up, adds her and her passkey, and opens a session.
    ///
    /// # Errors
    /// [`StaffError::Link`], [`StaffError::Name`] or [`StaffError::Known`]; the link stays then.
    pub async fn come_in(
        &self,
        token: &Token,
        newcomer: Newcomer,
    ) -> Result<(Token, Operator), StaffError> {
        let now = self.0.clock.now();
        let person = operator(newcomer.id, &newcomer.name, now)?;
        let passkey = StaffPasskeyRow {
            staff: newcomer.id,
            id: PasskeyId::new(now, id_bytes(&*self.0.entropy)),
            credential_id: newcomer.credential_id,
            credential: newcomer.credential,
            created: now,
            used: None,
        };
        let mut tx = self.0.store.begin().await?;
        let known = settings::get(&mut tx, LINK).await?;
        let known = known.filter(|known| opens(known, token, now)).ok_or(StaffError::Link)?;
        settings::swap(&mut tx, LINK, &known, USED).await.map_err(|error| match error {
            StoreError::Conflict => StaffError::Link,
            other => other.into(),
        })?;
        staff::ensure(&mut tx, &person).await?;
        staff::add_passkey(&mut tx, &passkey).await.map_err(|error| match error {
            StoreError::Conflict => StaffError::Known,
            other => other.into(),
        })?;
        tx.commit().await?;
        metrics::counter!("bankside_operators_registered_total").increment(1);
        self.open(newcomer.id, passkey.id).await
    }
}

/// Whether the stored link is that token's, and still valid. Hashes are compared, so that the time
/// it takes tells nothing of the token.
fn opens(stored: &str, token: &Token, now: Timestamp) -> bool {
    let stored: Option<Stored> = serde_json::from_str(stored).ok();
    stored.is_some_and(|s| s.hash == hash(token) && now.as_millis() < s.expires_ms)
}

fn hash(token: &Token) -> String {
    let mut text = String::with_capacity(64);
    for byte in token.hash() {
        let _infallible = write!(text, "{byte:02x}");
    }
    text
}
