//! What a webhook's request asks for and cannot wait for: rooms to join, and to leave.

use std::sync::Arc;
use std::time::Duration;

use bankside_service::ports::SendError;
use tokio::sync::mpsc;

use super::address::Address;
use super::rooms::{Company, Rooms};
use super::wire::Wire;

/// How often a room is tried.
const TRIES: u32 = 4;
/// Pause before the second; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);

/// Something to do with a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Job {
    /// She invited the bank.
    Join(String),
    /// Somebody came or went: it may be no place for two any more.
    Look(String),
    /// It is none.
    Leave(String),
}

/// The task that does it, one room after the other.
pub(super) struct Worker {
    pub(super) wire: Arc<Wire>,
    pub(super) rooms: Arc<Rooms>,
    pub(super) waiting: mpsc::Receiver<Job>,
}

impl Worker {
    /// Works until the channel is dropped.
    pub(super) async fn run(mut self) {
        let mut registered = false;
        while let Some(job) = self.waiting.recv().await {
            registered = registered || self.wire.register().await.is_ok();
            let mut pause = PAUSE;
            for _ in 1..TRIES {
                match self.once(&job).await {
                    Err(SendError::Later { .. }) => tokio::time::sleep(pause).await,
                    Ok(()) | Err(_) => break,
                }
                pause *= 2;
            }
        }
    }

    async fn once(&self, job: &Job) -> Result<(), SendError> {
        let (room, company) = match job {
            Job::Leave(room) => return self.wire.leave(room).await,
            Job::Look(room) => (room, look(&self.wire, &self.rooms, room, false).await?),
            Job::Join(room) => (room, look(&self.wire, &self.rooms, room, true).await?),
        };
        match company {
            Company::Alone(_) => Ok(()),
            Company::Other => self.wire.leave(room).await,
        }
    }
}

/// Makes sure that the bank is in her room with her alone.
///
/// # Errors
/// [`SendError::Gone`] where it is not.
pub(super) async fn meet(wire: &Wire, rooms: &Rooms, her: &Address) -> Result<(), SendError> {
    let company = match rooms.company(&her.room) {
        Some(company) => company,
        None => look(wire, rooms, &her.room, true).await?,
    };
    match company {
        Company::Alone(customer) if customer == her.customer => Ok(()),
        Company::Alone(_) | Company::Other => {
            Err(SendError::Gone { why: "the room is not hers alone".to_owned() })
        }
    }
}

/// Asks who is there; joins first where the bank was invited and is not in yet.
async fn look(
    wire: &Wire,
    rooms: &Rooms,
    room: &str,
    may_join: bool,
) -> Result<Company, SendError> {
    let before = rooms.changes();
    let mut members = match wire.members(room).await {
        // Whoever is only invited may not ask.
        Err(SendError::Gone { .. }) if may_join => Default::default(),
        found => found?,
    };
    if !members.with_us && may_join {
        wire.join(room).await?;
        members = wire.members(room).await?;
    }
    if !members.with_us {
        return Ok(Company::Other);
    }
    let company = match members.others.as_deref() {
        Some([customer]) if wire.is_private(room).await? => Company::Alone(customer.clone()),
        Some(_) | None => Company::Other,
    };
    rooms.learn(room, company.clone(), before);
    Ok(company)
}
