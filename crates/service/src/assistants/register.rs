//! Registration: a client makes itself known. Nothing that it says of itself is verified.

use bankside_domain::Party;
use bankside_domain::bank::BankId;
use bankside_domain::id::CustomerId;
use bankside_domain::party::{Ceiling, PartyKind};
use bankside_fapi::{Redirect, Registration};
use bankside_store::oauth::{self, ClientRow};
use bankside_store::{StoreError, Tx};

use super::Assistants;
use crate::token::Token;

/// Clients that one bank keeps at most.
const MAX_CLIENTS: i64 = 20_000;
/// Clients that are shown to one customer at most.
const MAX_SHOWN: i64 = 200;
/// What every id begins with, so that none is the short name of a channel.
const PREFIX: &str = "assistant-";

/// A client that registered.
#[derive(Clone, Debug)]
pub struct Assistant {
    /// Its id, and that of the party in consents and in the log.
    pub id: String,
    /// At which bank.
    pub bank: BankId,
    /// The name that it gave itself.
    pub name: String,
    /// Where it may be answered.
    pub redirects: Vec<Redirect>,
}

impl Assistant {
    /// As a party that she consents to.
    pub fn party(&self) -> Party {
        Party {
            kind: PartyKind::Recipient,
            id: self.id.clone(),
            name: self.name.clone(),
            ceiling: Ceiling::Assistant,
        }
    }

    fn of(row: ClientRow) -> Option<Self> {
        let texts: Vec<String> = serde_json::from_str(&row.redirects).ok()?;
        let redirects: Option<_> = texts.iter().map(|text| Redirect::parse(text).ok()).collect();
        Some(Self { id: row.id, bank: row.bank, name: row.name, redirects: redirects? })
    }
}

/// Why a client was not registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// As many as there may be.
    #[error("no more clients can be registered now; try again in a day")]
    Full,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Assistants {
    /// Registers a client at a bank.
    ///
    /// # Errors
    /// [`RegisterError`].
    pub async fn register(
        &self,
        bank: &BankId,
        new: &Registration,
    ) -> Result<Assistant, RegisterError> {
        let redirects: Vec<&str> = new.redirects.iter().map(Redirect::as_str).collect();
        let row = ClientRow {
            id: format!("{PREFIX}{}", Token::random(&*self.all.entropy).expose()),
            bank: bank.clone(),
            name: new.name.clone(),
            redirects: serde_json::to_string(&redirects).map_err(|_| StoreError::Shape)?,
            created: self.all.clock.now(),
        };
        let mut tx = self.all.store.begin().await?;
        if oauth::count_clients(&mut tx, bank).await? >= MAX_CLIENTS {
            return Err(RegisterError::Full);
        }
        oauth::insert_client(&mut tx, &row).await?;
        tx.commit().await?;
        metrics::counter!("bankside_assistants_registered_total").increment(1);
        Ok(Assistant::of(row).ok_or(StoreError::Shape)?)
    }

    /// Those that a customer ever decided about, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn of_customer(&self, customer: CustomerId) -> Result<Vec<Party>, StoreError> {
        let mut look = self.all.store.look().await?;
        let rows = oauth::clients_of(&mut look, customer, MAX_SHOWN).await?;
        Ok(rows.into_iter().filter_map(Assistant::of).map(|found| found.party()).collect())
    }

    /// The client of that id at that bank.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn find(&self, bank: &BankId, id: &str) -> Result<Option<Assistant>, StoreError> {
        let mut look = self.all.store.look().await?;
        client(&mut look, bank, id).await
    }
}

/// The client of that id at that bank.
pub(super) async fn client(
    tx: &mut Tx,
    bank: &BankId,
    id: &str,
) -> Result<Option<Assistant>, StoreError> {
    let found = oauth::client(tx, id).await?.filter(|row| row.bank == *bank);
    found.map(|row| Assistant::of(row).ok_or(StoreError::Shape)).transpose()
}
