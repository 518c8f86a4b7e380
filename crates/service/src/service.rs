//! Everything together: the use cases over one store, one key ring, one core.

use std::collections::BTreeSet;
use std::sync::Arc;

use bankside_domain::Party;
use bankside_domain::bank::Bank;
use bankside_domain::channel::Links as HowLinks;
use bankside_store::Store;

use crate::assistants::Assistants;
use crate::channels::{Channels, Connected, Retractions, Upkeep};
use crate::clear::Clearing;
use crate::commit::{Committer, OnDiskFailure};
use crate::consents::Consents;
use crate::conversation::{
    Announcer, Answering, Chats, Codes, Linker, Notifier, Seen, Turns, Viewer,
};
use crate::direct_line::DirectLine;
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
    /// Those of them that the bank writes to.
    pub connected: Vec<Connected>,
    /// The bank's own origin, without a slash at its end.
    pub public_url: String,
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
    /// AI assistants that customers connected.
    pub assistants: Assistants,
    /// What comes in by channels that the bank writes to.
    pub reached: Channels,
    /// What operators of the bank see and do about channels.
    pub upkeep: Upkeep,
    /// Chats that pages of the banks' sites show by themselves.
    pub direct_line: Arc<DirectLine>,
    /// What channels hold, and taking it back.
    pub retractions: Retractions,
    /// Chats.
    pub chats: Chats,
    /// Linking of chats.
    pub linker: Linker,
    /// Codes that link chats.
    pub codes: Codes,
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
        store.on_disk_failure(parts.on_disk_failure.clone());
        parts.keys.on_disk_failure(parts.on_disk_failure.clone());
        let keys = KeyRing::new(parts.keys, wrapping, entropy.clone());
        let committer = Committer::start(store.clone(), parts.on_disk_failure);
        let ground = ground(&store, &keys, &committer, (&clock, parts.build));
        let door = Door::new(ground.clone(), Arc::new(policy));
        let consents = Consents::new(ground.clone());
        let log = Log::new(store.clone(), committer.clone(), clock.clone(), signer, origin);
        let links = Links::new(&ground, entropy.clone());
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
            notifier: notifier.clone(),
            elsewhere: elsewhere(&parts.connected),
        };
        turns.start(&answering, &store, &notifier);
        let chats = chats(&answering, &notifier, &turns);
        let connected = Channels::reached(parts.connected, &banks);
        let retractions = Retractions::new(&ground, connected, &notifier);
        let codes = codes(&answering, linker(&answering, &retractions));
        let reached = reached(&answering, (&chats, &codes), &retractions, parts.public_url);
        let announcer = announcer(&answering, &notifier);
        let suspensions = Suspensions::new(ground.clone(), log.clone(), channels.clone());
        let ends = (notifier, retractions.clone());
        Ok(Self {
            assistants: Assistants { all: Arc::new(answering.clone()), log: Arc::new(log.clone()) },
            sign_in: SignIn::new(ground.clone(), entropy.clone()),
            staff: Staff::new(store.clone(), clock.clone(), entropy.clone()),
            invitations: invitations(&ground),
            viewer: Viewer { core: core.clone(), clock: clock.clone() },
            expiry: expiry(&answering, &announcer),
            announcer,
            upkeep: upkeep(&reached, &suspensions, &ground),
            suspensions,
            clearing: Clearing::new(ground, consents.clone(), log.clone(), ends),
            log,
            direct_line: Arc::new(direct_line(&answering, &chats, &codes)),
            chats,
            linker: codes.linker.clone(),
            codes,
            reached,
            retractions,
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

/// The channels that show no link.
fn elsewhere(connected: &[Connected]) -> Arc<BTreeSet<String>> {
    let shows_none = |one: &&Connected| one.channel.can().links == HowLinks::Elsewhere;
    Arc::new(connected.iter().filter(shows_none).map(|one| one.id.clone()).collect())
}

fn codes(all: &Answering, linker: Linker) -> Codes {
    Codes {
        store: all.store.clone(),
        keys: all.keys.clone(),
        committer: all.committer.clone(),
        clock: all.clock.clone(),
        entropy: all.entropy.clone(),
        linker,
    }
}

fn ground(
    store: &Store,
    keys: &KeyRing,
    committer: &Committer,
    (clock, build): (&Arc<dyn Clock>, String),
) -> Ground {
    Ground {
        store: store.clone(),
        keys: keys.clone(),
        committer: committer.clone(),
        clock: clock.clone(),
        build: build.into(),
    }
}

fn upkeep(reached: &Channels, suspensions: &Suspensions, ground: &Ground) -> Upkeep {
    Upkeep {
        channels: Arc::new(reached.clone()),
        office: suspensions.clone(),
        build: ground.build.clone(),
    }
}

/// The channels that the bank writes to, at work.
fn reached(
    all: &Answering,
    (chats, codes): (&Chats, &Codes),
    retractions: &Retractions,
    origin: String,
) -> Channels {
    let channels = Channels {
        store: all.store.clone(),
        keys: all.keys.clone(),
        committer: all.committer.clone(),
        clock: all.clock.clone(),
        chats: chats.clone(),
        linker: codes.linker.clone(),
        codes: codes.clone(),
        notifier: all.notifier.clone(),
        connected: retractions.connected.clone(),
        origin: origin.into(),
        retractions: retractions.clone(),
        held: Arc::default(),
    };
    channels.start();
    channels
}

fn direct_line(all: &Answering, chats: &Chats, codes: &Codes) -> DirectLine {
    DirectLine {
        store: all.store.clone(),
        keys: all.keys.clone(),
        clock: all.clock.clone(),
        entropy: all.entropy.clone(),
        chats: chats.clone(),
        codes: codes.clone(),
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
        seen: Seen::default(),
    }
}

fn linker(all: &Answering, retractions: &Retractions) -> Linker {
    Linker {
        store: all.store.clone(),
        keys: all.keys.clone(),
        committer: all.committer.clone(),
        clock: all.clock.clone(),
        notifier: all.notifier.clone(),
        channels: all.channels.clone(),
        build: retractions.ground.build.clone(),
        retractions: retractions.clone(),
    }
}
