//! A world: databases, clock, randomness, core bank and the service between them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bankside_adapters::core::sandbox::{Forgetful, Introduction, Sandbox, Settings};
use bankside_domain::Party;
use bankside_domain::party::{Ceiling, PartyKind};
use bankside_service::channels::Connected;
use bankside_service::commit::OnDiskFailure;
use bankside_service::keys::LocalMaster;
use bankside_service::policy::{BankPolicy, PolicySource};
use bankside_service::ports::Channel;
use bankside_service::{Parts, Service};
use bankside_store::{Schema, Store};
use bankside_transparency::checkpoint::Checkpoint;
use bankside_transparency::key::{KeyKind, SigningKey};

use crate::faulty::Faulty;
use crate::held::HeldKeys;
use crate::marked::Marked;
use crate::oracle;
use crate::outside::{START, SeededEntropy, StepClock};
use crate::postbox::Postbox;

/// The local server that tests use where it answers.
const SERVER: &str = "postgres://root@127.0.0.1:5432/test";
/// The log's name.
pub const ORIGIN: &str = "bank.example/bankside";

/// The key that signs it.
pub fn log_key() -> SigningKey {
    SigningKey::from_seed(ORIGIN, KeyKind::Note, &[7; 32]).unwrap()
}

/// Where the data of a world lie.
#[derive(Clone, Debug)]
pub enum Database {
    /// Files in the world's directory.
    Sqlite,
    /// Two schemas of the local server, named so.
    Postgres(String),
}

/// The core of a world.
pub type Core = Faulty<Marked<Sandbox>>;

/// What a world is made from besides its directory.
pub struct Recipe {
    /// Decides every random choice.
    pub seed: u64,
    /// The bank's policies; nothing is the shipped ones.
    pub policies: Vec<PolicySource>,
    /// What happens when the disk fails.
    pub on_disk_failure: OnDiskFailure,
    /// A channel that the bank writes to, by its short name, and its operator.
    pub connected: Option<(&'static str, Arc<Postbox>)>,
    /// And another one.
    pub spoken: Option<(&'static str, Arc<Postbox>)>,
    /// Further channels, each with its party.
    pub further: Vec<(Party, Arc<dyn Channel>)>,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            seed: 2018,
            policies: Vec::new(),
            on_disk_failure: Arc::new(|error| panic!("the disk failed under a test: {error}")),
            connected: None,
            spoken: None,
            further: Vec::new(),
        }
    }
}

/// What a service stands on and does not show.
struct Stood {
    keys: Store,
    master: Arc<HeldKeys>,
}

/// Everything together.
pub struct World {
    /// The service under test.
    pub service: Service,
    /// Its clock.
    pub clock: Arc<StepClock>,
    /// Its core bank.
    pub core: Arc<Core>,
    /// Its directory.
    pub dir: PathBuf,
    stood: Stood,
    recipe: Recipe,
    database: Database,
    starts: u64,
    known: Option<Checkpoint>,
    /// Removes the directory at the end, if it is the world's own.
    _temporary: Option<tempfile::TempDir>,
}

impl World {
    /// A new one in a directory of its own.
    pub async fn new(database: Database, recipe: Recipe) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let dir = temporary.path().to_owned();
        let mut world = Self::open(&dir, database, recipe).await;
        world._temporary = Some(temporary);
        world
    }

    /// One that goes on in a directory, or begins there.
    pub async fn open(dir: &Path, database: Database, recipe: Recipe) -> Self {
        let clock = Arc::new(StepClock::at(START));
        let core = Arc::new(core());
        let (service, stood) = start(dir, &database, &recipe, recipe.seed, &clock, &core).await;
        let dir = dir.to_owned();
        Self {
            service,
            clock,
            core,
            dir,
            stood,
            recipe,
            database,
            starts: 1,
            known: None,
            _temporary: None,
        }
    }

    /// Stops the service, starts it anew over the same data, and picks up what waits.
    pub async fn restart(self) -> Self {
        let Self { service, stood, .. } = self;
        stop(service, stood.keys).await;
        let seed = self.recipe.seed.wrapping_add(self.starts << 32);
        let (service, stood) =
            start(&self.dir, &self.database, &self.recipe, seed, &self.clock, &self.core).await;
        let world = Self { service, stood, starts: self.starts + 1, ..self };
        world.service.turns.recover(&world.service.store).await.unwrap();
        world
    }

    /// A second process over the same data, as a command beside the server is. Close its store
    /// before the world ends.
    pub async fn beside(&self) -> Service {
        let seed = self.recipe.seed ^ u64::MAX;
        start(&self.dir, &self.database, &self.recipe, seed, &self.clock, &self.core).await.0
    }

    /// Audits the whole state, publishes a checkpoint, and verifies the log as a stranger would.
    ///
    /// # Panics
    /// With everything that does not hold.
    pub async fn check(&mut self) -> oracle::Audit {
        let (audit, checkpoint) = oracle::check(&self.service, self.known.as_ref()).await;
        self.known = checkpoint;
        audit
    }

    /// Stops the service and removes what it kept.
    pub async fn end(self) {
        let Self { service, stood, database, .. } = self;
        stop(service, stood.keys).await;
        if let Database::Postgres(name) = database
            && let Some(admin) = server().await
        {
            drop_schemas(&admin, &name).await;
        }
    }

    /// Stops the service and leaves everything as it is, on a server too.
    pub async fn leave(self) {
        let Self { service, stood, .. } = self;
        stop(service, stood.keys).await;
    }

    /// The master key, whose answers can be held up.
    pub fn master(&self) -> &HeldKeys {
        &self.stood.master
    }

    /// Copies the database of keys.
    pub async fn copy_keys_to(&self, target: &Path) {
        self.stood.keys.copy_to(target).await.unwrap();
    }

    /// The bytes of every file of the world, whole; nothing on a server.
    pub fn files(&self) -> Vec<Vec<u8>> {
        let entries = std::fs::read_dir(&self.dir).unwrap();
        entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect()
    }

    /// Customers that the sandbox introduces: Maya, Diego, Amelia, Zofia, Elīna and others.
    pub fn people(&self) -> Vec<Introduction> {
        self.core.inner().inner().introductions().unwrap()
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "World({:?})", self.database)
    }
}

/// Tells a story on SQLite, and on PostgreSQL where it answers; audits and ends each world.
pub async fn tell(name: &str, story: impl AsyncFn(World) -> World) {
    for database in databases(name).await {
        let world = World::new(database, Recipe::default()).await;
        let mut world = story(world).await;
        world.check().await;
        world.end().await;
    }
}

/// The databases to test on. A missing server is named aloud.
#[expect(clippy::print_stderr, reason = "a test that was skipped must say so")]
pub async fn databases(name: &str) -> Vec<Database> {
    let mut all = vec![Database::Sqlite];
    match server().await {
        Some(admin) => {
            let schema = format!("tk_{name}_{}", std::process::id());
            drop_schemas(&admin, &schema).await;
            for part in ["main", "keys"] {
                execute(&admin, &format!("CREATE SCHEMA {schema}_{part}")).await;
            }
            all.push(Database::Postgres(schema));
        }
        None => eprintln!("SKIPPED {name} on PostgreSQL: no server at 127.0.0.1:5432"),
    }
    all
}

async fn server() -> Option<sqlx::PgPool> {
    sqlx::postgres::PgPoolOptions::new().max_connections(1).connect(SERVER).await.ok()
}

async fn drop_schemas(admin: &sqlx::PgPool, name: &str) {
    for part in ["main", "keys"] {
        execute(admin, &format!("DROP SCHEMA IF EXISTS {name}_{part} CASCADE")).await;
    }
}

async fn execute(admin: &sqlx::PgPool, sql: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(admin).await.unwrap();
}

/// A year of history is enough for every question that the stories ask.
fn core() -> Core {
    let settings = Settings { years: 1, ..Settings::default() };
    Faulty::new(Marked::new(Sandbox::open(settings, Forgetful, &[], START).unwrap()))
}

/// One channel for each ceiling.
pub fn channels() -> Vec<Party> {
    [
        ("web", "Web chat", Ceiling::BankOwned),
        ("matrix", "Matrix", Ceiling::EndToEndEncrypted),
        ("voice", "Speaker", Ceiling::Spoken),
        ("messenger", "Messenger", Ceiling::PlatformReadable),
    ]
    .map(|(id, name, ceiling)| Party {
        kind: PartyKind::Channel,
        id: id.to_owned(),
        name: name.to_owned(),
        ceiling,
    })
    .to_vec()
}

async fn start(
    dir: &Path,
    database: &Database,
    recipe: &Recipe,
    seed: u64,
    clock: &Arc<StepClock>,
    core: &Arc<Core>,
) -> (Service, Stood) {
    let (store, keys) = match database {
        Database::Sqlite => (
            Store::sqlite(&dir.join("main.db"), Schema::Main).await.unwrap(),
            Store::sqlite(&dir.join("keys.db"), Schema::Keys).await.unwrap(),
        ),
        Database::Postgres(name) => (
            Store::postgres(SERVER, Some(&format!("{name}_main")), Schema::Main).await.unwrap(),
            Store::postgres(SERVER, Some(&format!("{name}_keys")), Schema::Keys).await.unwrap(),
        ),
    };
    let entropy = Arc::new(SeededEntropy::new(seed));
    let master = format!("bankside-master:1:{}", "5a".repeat(32));
    let master = LocalMaster::parse(&master, entropy.clone()).unwrap();
    let master = Arc::new(HeldKeys::new(master));
    let policy = match recipe.policies.as_slice() {
        [] => BankPolicy::built_in().unwrap(),
        own => BankPolicy::compile(own).unwrap(),
    };
    let further = recipe.further.iter();
    let parts = Parts {
        store,
        keys: keys.clone(),
        wrapping: master.clone(),
        core: core.clone(),
        clock: clock.clone(),
        entropy,
        policy,
        channels: channels().into_iter().chain(further.map(|(party, _)| party.clone())).collect(),
        connected: connected(core, recipe),
        public_url: "https://bank.example".to_owned(),
        signer: log_key(),
        origin: ORIGIN.to_owned(),
        build: "testkit".to_owned(),
        on_disk_failure: recipe.on_disk_failure.clone(),
    };
    (Service::start(parts).await.unwrap(), Stood { keys, master })
}

/// The channels, spoken in by the bank of the first customer.
fn connected(core: &Core, recipe: &Recipe) -> Vec<Connected> {
    let people = core.inner().inner().introductions().unwrap();
    let bank = &people.first().unwrap().bank;
    let one = |id: &str, channel: Arc<dyn Channel>| Connected {
        id: id.to_owned(),
        bank: bank.clone(),
        channel,
    };
    let postboxes = recipe.connected.iter().chain(&recipe.spoken);
    let postboxes = postboxes.map(|(id, postbox)| one(id, postbox.clone()));
    let further = recipe.further.iter().map(|(party, channel)| one(&party.id, channel.clone()));
    postboxes.chain(further).collect()
}

/// What runs ends with the service; the stores close after it.
async fn stop(service: Service, keys: Store) {
    let store = service.store.clone();
    drop(service);
    store.close().await;
    keys.close().await;
}
