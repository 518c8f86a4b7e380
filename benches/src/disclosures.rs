//! One disclosure by hand, step by step, for a customer who allowed everything.

use std::sync::Arc;

use bankside_domain::consent::{Ask, Permit, Presence};
use bankside_domain::conversation::Outgoing;
use bankside_domain::disclosure::Cluster;
use bankside_domain::disclosure::shown::ShownBalance;
use bankside_domain::time::TimeZone;
use bankside_domain::{Party, Purpose};
use bankside_service::Service;
use bankside_service::commit::Unit;
use bankside_service::door::{Clearance, Disclosed, Entry, Owner, SealError};
use bankside_testkit::{Actor, Grant, World};
use futures_util::future::BoxFuture;

/// A customer at the door.
#[derive(Clone)]
pub(crate) struct AtTheDoor {
    pub(crate) service: Service,
    pub(crate) owner: Arc<Owner>,
    party: Party,
}

impl AtTheDoor {
    /// Customer number `index` of those introduced, with a linked chat and a consent.
    pub(crate) async fn new(world: &World, index: usize) -> Self {
        let her = Actor::allowed(world, index, "web", Grant::all()).await;
        let party = world.service.chats.channel("web").unwrap().clone();
        let owner = Arc::new(her.owner().await);
        Self { service: world.service.clone(), owner, party }
    }

    pub(crate) async fn permit(&self) -> Permit {
        let ask = Ask {
            party: &self.party,
            purpose: Purpose::AccountInformation,
            cluster: Cluster::Balances,
            accounts: None,
            presence: Presence::Present,
            before: None,
        };
        self.service.door.permit(&self.owner, &ask).await.unwrap()
    }

    pub(crate) fn clear(&self, permit: &Permit) -> Clearance {
        self.service.door.clear(permit, permit.accounts(), &TimeZone::UTC).unwrap()
    }

    /// Permit, clearance, the core's answer, projection, words.
    pub(crate) async fn disclosed(&self) -> Disclosed<Outgoing> {
        let permit = self.permit().await;
        let clearance = self.clear(&permit);
        let raw = self.service.core.balances(&permit).await.unwrap();
        Disclosed::project(permit, clearance, raw).unwrap().map(&(), words)
    }

    /// All of it, and the seal.
    pub(crate) async fn seal(&self) {
        let disclosed = [self.disclosed().await];
        let receipts =
            self.service.door.seal(&self.owner, &disclosed, Box::new(nothing_else)).await;
        for (disclosed, receipt) in disclosed.into_iter().zip(receipts.unwrap()) {
            disclosed.release(receipt).unwrap();
        }
    }
}

fn words(shown: Option<Vec<ShownBalance>>, _: &()) -> Outgoing {
    let amounts = shown.unwrap_or_default();
    let text: Vec<_> = amounts.iter().map(|b| b.amount.money().to_string()).collect();
    Outgoing::text(text.join(", "))
}

fn nothing_else<'a>(_: &'a mut Unit<'_>, _: &'a [Entry]) -> BoxFuture<'a, Result<(), SealError>> {
    Box::pin(async { Ok(()) })
}
