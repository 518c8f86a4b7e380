//! What an operator did, on the record.

use bankside_domain::Timestamp;
use bankside_domain::id::{MessageId, StaffId};
use bankside_store::{StoreError, Tx};
use bankside_transparency::record::{Decision, Kind, Party, PartyKind};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::{Done, Upkeep, UpkeepError, refused};
use crate::door::{Draft, append};
use crate::log::{Disclosure, LogError};
use crate::suspension::By;

/// The format's name.
const FORMAT: &str = "bankside/upkeep/v1";

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A dead letter was sent again.
    TryAgain,
    /// A dead letter was let go.
    LetGo,
    /// A delivery that was not understood was opened.
    Open,
    /// It was applied again.
    Apply,
    /// It was let go.
    Discard,
}

/// One deed of the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deeded {
    format: String,
    /// What.
    pub deed: Deed,
    /// In which channel.
    pub channel: String,
    /// The message or the delivery.
    pub of: MessageId,
    /// Why, where a reason is asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who, by name.
    pub by: String,
    /// And the operator who signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffId>,
    /// When, in milliseconds.
    at: i64,
}

impl Deeded {
    /// When.
    pub fn at(&self) -> Timestamp {
        Timestamp::from_millis(self.at)
    }
}

/// Changes something, and says in which channel; nothing where there is nothing to change.
pub(super) type Change =
    dyn for<'a> FnOnce(&'a mut Tx) -> BoxFuture<'a, Result<Option<String>, StoreError>> + Send;

impl Upkeep {
    /// Does something and puts it on the record, or neither; says in which channel.
    pub(super) async fn act(
        &self,
        deed: Deed,
        of: MessageId,
        (by, reason): (&By, &str),
        change: impl for<'a> FnOnce(&'a mut Tx) -> BoxFuture<'a, Result<Option<String>, StoreError>>
        + Send
        + 'static,
    ) -> Done<String> {
        let now = self.channels.clock.now();
        let office = self.office.office(now).await.map_err(refused)?;
        let (keys, build) = (self.channels.keys.clone(), self.build.clone());
        let (by, reason) = (by.clone(), reason.to_owned());
        let change: Box<Change> = Box::new(change);
        self.channels
            .committer
            .commit(move |unit| {
                Box::pin(async move {
                    let channel = change(unit.tx).await?.ok_or(UpkeepError::Unknown)?;
                    let deeded = Deeded {
                        format: FORMAT.to_owned(),
                        deed,
                        channel: channel.clone(),
                        of,
                        reason,
                        by: by.name.clone(),
                        staff: by.staff,
                        at: now.as_millis(),
                    };
                    append(unit, &keys, &office, &build, now, draft(&deeded)?).await?;
                    Ok(channel)
                })
            })
            .await
    }

    /// Deeds of the past, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn deeds(&self, limit: i64) -> Result<Vec<Deeded>, LogError> {
        let Some(office) = self.office.known_office().await? else { return Ok(Vec::new()) };
        let found = self.office.entries(&office, i64::MAX, limit, |e| read(e).is_some()).await?;
        Ok(found.iter().filter_map(read).collect())
    }
}

fn read(entry: &Disclosure) -> Option<Deeded> {
    let deeded: Deeded = serde_json::from_slice(&entry.body).ok()?;
    (deeded.format == FORMAT).then_some(deeded)
}

fn draft(deeded: &Deeded) -> Result<Draft, UpkeepError> {
    let kind = if deeded.deed == Deed::Open { Kind::AgentView } else { Kind::Outcome };
    Ok(Draft {
        kind,
        consent: None,
        purpose: None,
        party: Some(Party { kind: PartyKind::Operator, id: deeded.by.clone() }),
        fields: Vec::new(),
        level: None,
        decision: Decision::Allow,
        reason: (!deeded.reason.is_empty()).then(|| deeded.reason.clone()),
        policy: None,
        body: serde_json::to_vec(deeded).map_err(|_| StoreError::Shape)?,
    })
}
