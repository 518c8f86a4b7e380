//! Single-use links from a chat to the bank's own origin. Whoever holds one still needs the
//! customer's passkey; what it shows is decided when it is opened.

use std::sync::Arc;

use bankside_domain::Purpose;
use bankside_domain::Timestamp;
use bankside_domain::conversation::LinkTarget;
use bankside_domain::id::{ConversationId, CustomerId, LinkId};
use bankside_language::Task;
use bankside_store::links::{self, LinkRow};
use bankside_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::commit::Unit;
use crate::door::{Ground, Owner};
use crate::keys::{KeyRing, Unsealable};
use crate::ports::{Clock, Entropy};
use crate::token::{Token, id_bytes};

/// How long a link opens, in milliseconds: fifteen minutes.
pub const LINK_MS: i64 = 15 * 60 * 1000;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Destination {
    /// Link the chat that it was offered in.
    LinkChat,
    /// Decide on a consent.
    Consent {
        /// Short name of the party.
        party: String,
        /// For what.
        purpose: Purpose,
    },
    /// See the answer to a question on the bank's own origin.
    View {
        /// The question; the answer is fetched when it is opened.
        task: Box<Task>,
        /// The assistant that asked, by name; none where a chat did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked_by: Option<String>,
    },
}

impl Destination {
    const fn kind(&self) -> &'static str {
        match self {
            Self::LinkChat => "chat",
            Self::Consent { .. } => "consent",
            Self::View { .. } => "view",
        }
    }
}

/// Why a link does not open.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// There is none, or it ran out: ask for a new one in the chat.
    #[error("this link is not valid; ask for a new one in the chat")]
    Unknown,
    /// It ran out.
    #[error("this link has run out; ask for a new one in the chat")]
    RanOut,
    /// It was used.
    #[error("this link was used already; ask for a new one in the chat")]
    Used,
    /// It is somebody else's.
    #[error("this link was made for another customer")]
    NotYours,
    /// It cannot be opened with her key.
    #[error("this link can no longer be read; ask for a new one in the chat")]
    Unreadable,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A link that opens, before it is used.
#[derive(Clone, Debug)]
pub struct OpenLink {
    /// Its row.
    pub id: LinkId,
    /// The bank's slug.
    pub bank: String,
    /// The conversation that it was offered in.
    pub conversation: Option<ConversationId>,
    /// For whom; nobody yet, for a chat to be linked.
    pub customer: Option<CustomerId>,
    body_ct: Option<Vec<u8>>,
    kind: String,
}

impl OpenLink {
    /// Of a row that is open: a link, or a code that was said in a chat.
    pub(crate) fn of_row(row: LinkRow) -> Self {
        Self {
            id: row.id,
            bank: row.bank,
            conversation: row.conversation,
            customer: row.customer,
            body_ct: row.body_ct,
            kind: row.kind,
        }
    }
}

/// A link to be offered: made before the unit that stores it.
#[derive(Clone, Debug)]
pub struct Offer {
    row: LinkRow,
    hash: [u8; 32],
    target: LinkTarget,
}

impl Offer {
    /// What a message carries.
    pub fn target(&self) -> LinkTarget {
        self.target.clone()
    }

    /// Stores it with the message that offers it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn store(&self, unit: &mut Unit<'_>) -> Result<(), StoreError> {
        links::insert(unit.tx, &self.row, &self.hash).await
    }
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Links {
    store: Store,
    keys: KeyRing,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Links {
    pub(crate) fn new(ground: &Ground, entropy: Arc<dyn Entropy>) -> Self {
        let Ground { store, keys, clock, .. } = ground.clone();
        Self { store, keys, clock, entropy }
    }

    /// Prepares a link; `owner` is the only one who may open it, if given.
    ///
    /// # Errors
    /// [`Unsealable`].
    pub fn offer(
        &self,
        bank: &str,
        conversation: impl Into<Option<ConversationId>>,
        owner: Option<&Owner>,
        destination: &Destination,
    ) -> Result<Offer, Unsealable> {
        let now = self.clock.now();
        let id = LinkId::new(now, id_bytes(&*self.entropy));
        let body_ct = match owner {
            Some(owner) => {
                let json = serde_json::to_vec(destination).map_err(|_| Unsealable)?;
                Some(owner.key.seal(&place(id), &json, self.keys.entropy())?)
            }
            None => None,
        };
        let token = Token::random(&*self.entropy);
        let row = LinkRow {
            id,
            kind: destination.kind().to_owned(),
            bank: bank.to_owned(),
            conversation: conversation.into(),
            customer: owner.map(|o| o.customer),
            body_ct,
            expires: now.plus_millis(LINK_MS),
            used: None,
        };
        let target = LinkTarget::Offered { id, token: token.expose().into() };
        Ok(Offer { row, hash: token.hash(), target })
    }

    /// Looks at a link without using it.
    ///
    /// # Errors
    /// [`LinkError`], saying what to do.
    pub async fn look(&self, token: &Token) -> Result<OpenLink, LinkError> {
        let mut tx = self.store.read().await?;
        let row = links::by_token(&mut tx, &token.hash()).await?.ok_or(LinkError::Unknown)?;
        if row.used.is_some() {
            return Err(LinkError::Used);
        }
        if row.expires <= self.clock.now() {
            return Err(LinkError::RanOut);
        }
        Ok(OpenLink::of_row(row))
    }

    /// Where it leads, for the customer who opened it.
    ///
    /// # Errors
    /// [`LinkError::NotYours`] or [`LinkError::Unreadable`].
    pub fn destination(&self, link: &OpenLink, owner: &Owner) -> Result<Destination, LinkError> {
        if link.bank != owner.bank.as_str() {
            return Err(LinkError::NotYours);
        }
        match (&link.body_ct, link.customer) {
            (None, None) if link.kind == "chat" => Ok(Destination::LinkChat),
            (Some(body), Some(customer)) if customer == owner.customer => {
                let json = owner.key.open(&place(link.id), body);
                let json = json.map_err(|_| LinkError::Unreadable)?;
                serde_json::from_slice(&json).map_err(|_| LinkError::Unreadable)
            }
            (Some(_), Some(_)) => Err(LinkError::NotYours),
            _ => Err(LinkError::Unreadable),
        }
    }

    /// Uses it up.
    ///
    /// # Errors
    /// [`LinkError::Used`] where somebody was quicker.
    pub async fn redeem(&self, link: &OpenLink) -> Result<(), LinkError> {
        let mut tx = self.store.begin().await?;
        redeem_in(&mut tx, link, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Removes those that ran out a day ago.
    ///
    /// # Errors
    /// [`LinkError`].
    pub async fn sweep(&self) -> Result<u64, LinkError> {
        let mut tx = self.store.begin().await?;
        let swept = links::sweep(&mut tx, self.clock.now().plus_days(-1)).await?;
        tx.commit().await?;
        Ok(swept)
    }
}

pub(crate) async fn redeem_in(
    tx: &mut bankside_store::Tx,
    link: &OpenLink,
    now: Timestamp,
) -> Result<(), LinkError> {
    links::redeem(tx, link.id, now).await.map_err(|error| match error {
        StoreError::Conflict => LinkError::Used,
        other => other.into(),
    })
}

/// Where what a link shows is sealed.
pub(crate) fn place(id: LinkId) -> String {
    format!("link/{id}")
}
