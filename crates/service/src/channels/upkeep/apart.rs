//! What came and was not understood: opened for a reason, applied again, let go.

use bankside_domain::Timestamp;
use bankside_domain::id::MessageId;
use bankside_store::quarantine::{self, QuarantineRow};

use super::{Deed, Done, Upkeep, UpkeepError, refused};
use crate::channels::{Came, addresses, kept_at, reason};
use crate::keys::DataKey;
use crate::ports::Taken;
use crate::suspension::{By, checked};

/// A delivery that was opened. Its secrets stay closed: neither headers nor query.
#[derive(Clone)]
pub struct Opened {
    /// Channel.
    pub channel: String,
    /// When it came.
    pub at: Timestamp,
    /// Why it was not understood.
    pub strange: String,
    /// The bytes of its body.
    pub body: Vec<u8>,
}

/// What applying again came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// All of it is understood now, and applied.
    Understood,
    /// Some of it is still not: it stays.
    StillStrange,
}

impl Upkeep {
    /// Opens one, for a reason that is on the record before anything is shown.
    ///
    /// # Errors
    /// [`UpkeepError`].
    pub async fn open(&self, id: MessageId, why: &str, by: &By) -> Done<Opened> {
        let why = why.trim();
        checked(why, &by.name).map_err(refused)?;
        let (row, came, _) = self.kept(id).await.map_err(refused)?;
        let channel = row.channel.clone();
        self.act(Deed::Open, id, (by, why), move |tx| {
            Box::pin(async move { Ok(quarantine::get(tx, id).await?.map(|row| row.channel)) })
        })
        .await?;
        Ok(Opened { channel, at: row.at, strange: row.reason, body: came.body })
    }

    /// Lets its channel read it again, as of when it came, and applies what was not applied then.
    ///
    /// # Errors
    /// [`UpkeepError`]; what was applied by then stays applied, once.
    pub async fn apply(&self, id: MessageId, by: &By) -> Done<Again> {
        let (row, mut came, own) = self.kept(id).await.map_err(refused)?;
        let reached = self.channels.get(&row.channel);
        let (adapter, bank) = reached.ok_or_else(|| refused(UpkeepError::Unknown))?;
        let Taken { events, strange, .. } = {
            let header = |name: &str| came.headers.get(name).map(String::as_str);
            let taken = adapter.take(&came.delivered(&header));
            taken.map_err(|e| refused(UpkeepError::Distrusted(e.to_string())))?
        };
        for event in &events {
            if came.applied.insert(event.id.clone()) {
                let applied = self.channels.receive(bank, &row.channel, event).await;
                applied.map_err(refused)?;
            }
        }
        let again = if strange.is_empty() { Again::Understood } else { Again::StillStrange };
        let still = reason(&strange);
        let bytes = came.to_bytes().map_err(refused)?;
        let sealed = own.seal(&kept_at(id), &bytes, self.channels.keys.entropy());
        let sealed = sealed.map_err(refused)?;
        self.act(Deed::Apply, id, (by, ""), move |tx| {
            Box::pin(async move {
                if again == Again::StillStrange {
                    quarantine::keep(tx, id, &still, &sealed).await?;
                    return Ok(Some(row.channel));
                }
                Ok(quarantine::remove(tx, id).await?.then_some(row.channel))
            })
        })
        .await?;
        Ok(again)
    }

    /// Lets one go.
    ///
    /// # Errors
    /// [`UpkeepError`].
    pub async fn discard(&self, id: MessageId, by: &By) -> Done<()> {
        self.act(Deed::Discard, id, (by, ""), move |tx| Box::pin(discarded(tx, id))).await.map(drop)
    }

    async fn kept(&self, id: MessageId) -> Result<(QuarantineRow, Came, DataKey), UpkeepError> {
        let row = quarantine::get(&mut self.read().await?, id).await?;
        let row = row.ok_or(UpkeepError::Unknown)?;
        let own = addresses::key(&self.channels.keys, &*self.channels.clock).await?;
        let bytes = own.open(&kept_at(id), &row.body_ct)?;
        let came = Came::parse(&bytes)?;
        Ok((row, came, own))
    }
}

async fn discarded(
    tx: &mut bankside_store::Tx,
    id: MessageId,
) -> Result<Option<String>, bankside_store::StoreError> {
    let row = quarantine::get(tx, id).await?;
    let is_gone = quarantine::remove(tx, id).await?;
    Ok(row.filter(|_| is_gone).map(|row| row.channel))
}
