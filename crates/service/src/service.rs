//! Everything together: the use cases over one store, one key ring, one core.

use std::sync::Arc;

use bankside_domain::Party;
use bankside_domain::bank::Bank;
use bankside_store::Store;

use crate::clear::Clearing;
use crate::commit::{Committer, OnDiskFailure};
use crate::consents::Consents;
use crate::conversation::{Announcer, Answering, Chats, Linker, Notifier, Turns, Viewer};
use crate::door::{Door, Ground};
use crate::expiry::Expiry;
use crate::invitations::Invitations;
use crate::keys::{KeyRing, KeyWrapping};
use crate::links::Links;
use crate::log::Log;
use crate::policy::BankPolicy;
use crate::ports::{Clock, CoreBank, CoreError, Entropy};
use crate::sign_in::SignIn;
use crate::staff::Staff;
use crate::suspension::Suspensions;

/// What a service is made of.
pub struct Parts {
    /// The main database.
    pub store: Store,
    /// The key database.
    pub keys: Store,
    /// Wraps data keys.
    pub wrapping: Arc<dyn KeyWrapping>,
    /// The bank's core.
    pub core: Arc<dyn CoreBank>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The bank's own rules.
    pub policy: BankPolicy,
    /// Channels that customers may use.
    pub channels: Vec<Party>,
    /// Signs the log's checkpoints.
    pub signer: bankside_transparency::key::SigningKey,
    /// The log's origin, a name without scheme: `bank.example/bankside`.
    pub origin: String,
    /// Names the program in records.
    pub build: String,
    /// What happens when the disk fails.
    pub on_disk_failure: OnDiskFailure,
}

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    /// Banks served.
    pub banks: Arc<[Bank]>,
    /// Channels.
    pub channels: Arc<[Party]>,
    /// Chats.
    pub chats: Chats,
    /// Linking of chats.
    pub linker: Linker,
    /// Turns.
    pub turns: Turns,
    /// Single-use links.
    pub links: Links,
    /// Consents.
    pub consents: Consents,
    /// Sessions and passkeys.
    pub sign_in: SignIn,
    /// Operators: their sessions and passkeys, and the set-up link.
    pub staff: Staff,
    /// Invitations to register a first passkey.
    pub invitations: Invitations,
    /// The secure view.
    pub viewer: Viewer,
    /// The disclosure log.
    pub log: Log,
    /// What the bank says by itself.
    pub announcer: Announcer,
    /// Consents that run out.
    pub expiry: Expiry,
    /// "Clear history".
    pub clearing: Clearing,
    /// The kill switch.
    pub suspensions: Suspensions,
    /// The door.
    pub door: Door,
    /// The key ring.
    pub keys: KeyRing,
    /// The main database.
    pub store: Store,
    /// The core.
    pub core: Arc<dyn CoreBank>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The one writer.
    pub committer: Committer,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Service")
    }
}

impl Service {
    /// Puts it together and starts the writer and the lanes.
    ///
    /// # Errors
    /// [`CoreError`] where the core does not say which banks it serves.
    pub async fn start(parts: Parts) -> Result<Self, CoreError> {
        let Parts { store, wrapping, core, clock, entropy, policy, signer, origin, .. } = parts;
        let banks: Arc<[Bank]> = core.banks().await?.into();
        let channels: Arc<[Party]> = parts.channels.into();
        let build: Arc<str> = parts.build.into();
        store.on_disk_failure(parts.on_disk_failure.clone());
        parts.keys.on_disk_failure(parts.on_disk_failure.clone());
        let keys = KeyRing::new(parts.keys, wrapping, entropy.clone());
        let committer = Committer::start(store.clone(), parts.on_disk_failure);
        let ground = Ground {
            store: store.clone(),
            keys: keys.clone(),
            committer: committer.clone(),
            clock: clock.clone(),
            build: build.clone(),
        };
        let door = Door::new(ground.clone(), Arc::new(policy));
        let consents = Consents::new(ground.clone());
        let log = Log::new(store.clone(), committer.clone(), clock.clone(), signer, origin);
        let links = Links::new(store.clone(), keys.clone(), clock.clone(), entropy.clone());
        let (notifier, turns) = (Notifier::default(), Turns::default());
        let answering = Answering {
            store: store.clone(),
            keys: keys.clone(),
            door: door.clone(),
            core: core.clone(),
            consents: consents.clone(),
            links: links.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            channels: channels.clone(),
            banks: banks.clone(),
            committer: committer.clone(),
        };
        turns.start(&answering, &store, &notifier);
        let announcer = announcer(&answering, &notifier);
        Ok(Self {
            sign_in: SignIn::new(ground.clone(), entropy.clone()),
            staff: Staff::new(store.clone(), clock.clone(), entropy.clone()),
            invitations: invitations(&ground),
            viewer: Viewer { core: core.clone(), clock: clock.clone() },
            expiry: expiry(&answering, &announcer),
            announcer,
            suspensions: Suspensions::new(ground.clone(), log.clone(), channels.clone()),
            clearing: Clearing::new(ground, consents.clone(), log.clone(), notifier.clone()),
            log,
            chats: chats(&answering, &notifier, &turns),
            linker: linker(&answering, notifier, build),
            banks,
            channels,
            turns,
            links,
            consents,
            door,
            keys,
            store,
            core,
            clock,
            entropy,
            committer,
        })
    }

    /// The bank of that slug.
    pub fn bank(&self, id: &str) -> Option<&Bank> {
        self.banks.iter().find(|bank| bank.id.as_str() == id)
    }
}

fn announcer(all: &Answering, notifier: &Notifier) -> Announcer {
    Announcer {
        store: all.store.clone(),
        door: all.door.clone(),
        clock: all.clock.clone(),
        entropy: all.entropy.clone(),
        channels: all.channels.clone(),
        notifier: notifier.clone(),
    }
}

fn invitations(ground: &Ground) -> Invitations {
    Invitations {
        store: ground.store.clone(),
        keys: ground.keys.clone(),
        committer: ground.committer.clone(),
        clock: ground.clock.clone(),
        build: ground.build.clone(),
    }
}

fn expiry(all: &Answering, announcer: &Announcer) -> Expiry {
    Expiry {
        store: all.store.clone(),
        keys: all.keys.clone(),
        core: all.core.clone(),
        consents: all.consents.clone(),
        announcer: announcer.clone(),
        clock: all.clock.clone(),
    }
}

fn chats(all: &Answering, notifier: &Notifier, turns: &Turns) -> Chats {
    Chats {
        store: all.store.clone(),
        keys: all.keys.clone(),
        committer: all.committer.clone(),
        clock: all.clock.clone(),
        entropy: all.entropy.clone(),
        channels: all.channels.clone(),
        notifier: notifier.clone(),
        turns: turns.clone(),
    }
}

fn linker(all: &Answering, notifier: Notifier, build: Arc<str>) -> Linker {
    Linker {
        store: all.store.clone(),
        keys: all.keys.clone(),
        committer: all.committer.clone(),
        clock: all.clock.clone(),
        notifier,
        channels: all.channels.clone(),
        build,
    }
}
