//! The set-up link for the first operator: made at the first start, shown once, kept as a hash.
//!
//! INVARIANT: one link is valid at a time, for a day; making a new one ends the old one. Looking
//! at it does not use it up.
//!
//! Deliberately absent: an operator's account. This version is operated by commands; the page
//! behind the link says what is set up, and the link's row (`setup.link` in `setting`) is what a
//! console will redeem.

use std::fmt::Write as _;

use bankside_domain::Timestamp;
use bankside_domain::time::DAY_MS;
use bankside_service::Service;
use bankside_service::ports::{Clock, Entropy};
use bankside_service::token::Token;
use bankside_store::{Store, StoreError, settings};
use serde::{Deserialize, Serialize};

use crate::run::BUILD;

/// The setting that holds the link.
const LINK: &str = "setup.link";
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

/// A link for an installation that never had one.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn first_link(service: &Service) -> Result<Option<Token>, StoreError> {
    let mut tx = service.store.read().await?;
    let known = settings::get(&mut tx, LINK).await?;
    drop(tx);
    match known {
        Some(_) => Ok(None),
        None => new_link(&service.store, &*service.entropy, &*service.clock).await.map(Some),
    }
}

/// A new link; the one before ends.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn new_link(
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

/// What the first start, and a recovery, print.
pub(crate) fn announce(url: &str, token: &Token) -> String {
    format!(
        "\nSet-up link for the first operator, valid for a day and shown this once:\n\n  \
         {url}/setup/{}\n\nLost it? bankside admin recover --config FILE\n",
        token.expose()
    )
}

/// Whether that text is the token of the link that is valid now.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn opens(store: &Store, text: &str, now: Timestamp) -> Result<bool, StoreError> {
    let Some(token) = Token::parse(text) else { return Ok(false) };
    let mut tx = store.read().await?;
    let Some(known) = settings::get(&mut tx, LINK).await? else { return Ok(false) };
    let stored: Stored = serde_json::from_str(&known).map_err(|_| StoreError::Shape)?;
    // Hashes are compared, so that the time it takes tells nothing of the token.
    Ok(stored.hash == hash(&token) && now.as_millis() < stored.expires_ms)
}

/// What is set up, for the page behind the link.
pub(crate) fn summary(service: &Service) -> String {
    let mut text = format!("{BUILD}: what is set up\n\n");
    for bank in service.banks.iter() {
        let _infallible = writeln!(text, "bank      {} ({})", bank.name, bank.id);
    }
    for channel in service.channels.iter() {
        let _infallible = writeln!(text, "channel   {} ({})", channel.name, channel.id);
    }
    let database = if service.store.is_embedded() { "embedded" } else { "PostgreSQL" };
    let _infallible = write!(
        text,
        "database  {database}\nlog       {}\nlog key   {}\n\nThis version has no operator console. \
         It is operated by commands: bankside doctor, backup, keys rotate, policy check; see \
         bankside help.\n",
        service.log.origin(),
        service.log.verifier()
    );
    text
}

fn hash(token: &Token) -> String {
    let mut text = String::with_capacity(64);
    for byte in token.hash() {
        let _infallible = write!(text, "{byte:02x}");
    }
    text
}
