//! One service over the sandbox bank, with a clock that stands until it is moved and randomness
//! from a seed.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use bankside_adapters::core::sandbox::{Forgetful, Sandbox, Settings};
use bankside_domain::consent::{Notice, Terms};
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::id::AccountId;
use bankside_domain::party::{Ceiling, PartyKind};
use bankside_domain::{Party, Purpose, Timestamp};
use bankside_service::conversation::Chat;
use bankside_service::keys::LocalMaster;
use bankside_service::links::Destination;
use bankside_service::policy::BankPolicy;
use bankside_service::ports::{Clock, Entropy};
use bankside_service::sign_in::SignedIn;
use bankside_service::token::Token;
use bankside_service::{Parts, Service};
use bankside_store::{Schema, Store};
use bankside_transparency::key::{KeyKind, SigningKey};

pub(crate) const START: i64 = 1_800_000_000_000;
pub(crate) const ORIGIN: &str = "log.test/bankside";
/// Decides the key that the log begins with.
pub(crate) const FIRST: u8 = 9;
const MASTER: &str =
    "bankside-master:1:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// Tells a story on files, and on the server where it answers.
pub(crate) async fn tell<T>(story: impl AsyncFn(House) -> T, name: &str) {
    let dir = tempfile::tempdir().unwrap();
    drop(story(House::on(files(dir.path()).await).await).await);
    if let Some(stores) = server(name).await {
        drop(story(House::on(stores).await).await);
    }
}

/// Time that is set by hand.
#[derive(Debug)]
pub(crate) struct Hand(AtomicI64);

impl Hand {
    pub(crate) fn on(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// SplitMix64: for tests, not for keys.
#[derive(Debug)]
pub(crate) struct Seeded(AtomicU64);

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let n = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
            let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let bytes = (n ^ (n >> 31)).to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

/// Everything that outlives a restart.
pub(crate) struct House {
    pub(crate) service: Service,
    pub(crate) keys: Store,
    pub(crate) clock: Arc<Hand>,
    pub(crate) entropy: Arc<Seeded>,
    pub(crate) sandbox: Arc<Sandbox>,
    signer: u8,
}

/// A key of the log.
pub(crate) fn log_key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, KeyKind::Note, &[seed; 32]).unwrap()
}

pub(crate) fn web() -> Party {
    Party {
        kind: PartyKind::Channel,
        id: "web".to_owned(),
        name: "Web chat".to_owned(),
        ceiling: Ceiling::BankOwned,
    }
}

pub(crate) async fn files(dir: &Path) -> (Store, Store) {
    (
        Store::sqlite(&dir.join("main.db"), Schema::Main).await.unwrap(),
        Store::sqlite(&dir.join("keys.db"), Schema::Keys).await.unwrap(),
    )
}

/// Two schemas of their own on the local server; `None`, said aloud, where there is no server.
pub(crate) async fn server(name: &str) -> Option<(Store, Store)> {
    const SERVER: &str = "postgres://root@127.0.0.1:5432/test";
    let Ok(admin) = sqlx::PgPool::connect(SERVER).await else {
        eprintln!("SKIPPED {name} on PostgreSQL: no server at 127.0.0.1:5432");
        return None;
    };
    let keys = format!("{name}_keys");
    for schema in [name, &keys] {
        for sql in ["DROP SCHEMA IF EXISTS @ CASCADE", "CREATE SCHEMA @"] {
            let sql = sqlx::AssertSqlSafe(sql.replace('@', schema));
            sqlx::raw_sql(sql).execute(&admin).await.unwrap();
        }
    }
    Some((
        Store::postgres(SERVER, Some(name), Schema::Main).await.unwrap(),
        Store::postgres(SERVER, Some(&keys), Schema::Keys).await.unwrap(),
    ))
}

impl House {
    pub(crate) async fn on((store, keys): (Store, Store)) -> Self {
        let clock = Arc::new(Hand(START.into()));
        let entropy = Arc::new(Seeded(7.into()));
        let settings = Settings { years: 1, crowd: 0, awake: 4, ..Settings::default() };
        let sandbox = Arc::new(Sandbox::open(settings, Forgetful, &[], clock.now()).unwrap());
        let service = start(store, keys.clone(), &clock, &entropy, &sandbox, FIRST).await;
        Self { service, keys, clock, entropy, sandbox, signer: FIRST }
    }

    /// The same databases, time and bank, in a new process.
    pub(crate) async fn again(self) -> Self {
        let signer = self.signer;
        self.again_as(signer).await
    }

    /// As [`House::again`], with another key that signs the log.
    pub(crate) async fn again_as(self, signer: u8) -> Self {
        let Self { clock, entropy, sandbox, keys, service, .. } = self;
        let store = service.store.clone();
        drop(service);
        let service = start(store, keys.clone(), &clock, &entropy, &sandbox, signer).await;
        Self { service, keys, clock, entropy, sandbox, signer }
    }

    /// The first customer whom the sandbox introduces, signed in.
    pub(crate) async fn sign_in(&self) -> SignedIn {
        self.sign_in_as(0).await
    }

    pub(crate) async fn sign_in_as(&self, index: usize) -> SignedIn {
        let who = self.sandbox.introductions().unwrap().swap_remove(index);
        self.service.sign_in.open(who.customer, &who.bank, None).await.unwrap().1
    }

    /// A chat that is linked to her.
    pub(crate) async fn linked_chat(&self, who: &SignedIn) -> (Token, Chat) {
        let (bank, s) = (&who.owner.bank, &self.service);
        let (token, chat) = s.chats.open(bank, "web", Default::default()).await.unwrap();
        self.say(&chat, "hello").await;
        let messages = s.chats.messages(&chat, 0).await.unwrap().messages;
        let link = messages.iter().rev().find_map(|m| offered(&m.body)).expect("an offer to link");
        let open = s.links.look(&link).await.unwrap();
        assert_eq!(s.links.destination(&open, &who.owner).unwrap(), Destination::LinkChat);
        s.linker.link(open, &who.owner).await.unwrap();
        let chat = s.chats.by_token(&token).await.unwrap();
        (token, chat)
    }

    /// Says something and waits for the answer; returns its words.
    pub(crate) async fn say(&self, chat: &Chat, words: &str) -> String {
        static N: AtomicU64 = AtomicU64::new(0);
        let id = format!("m{}", N.fetch_add(1, Ordering::SeqCst));
        let chats = &self.service.chats;
        let mut news = chats.notifier().listen(chat.id);
        let seq = chats.receive(chat, &id, words).await.unwrap().seq;
        loop {
            let shown = chats.messages(chat, seq).await.unwrap().messages;
            if let Some(answer) = shown.last() {
                return answer.body.text.reveal().clone();
            }
            news.next().await.unwrap();
        }
    }

    /// Her consent to the web chat, for every kind of account information.
    pub(crate) async fn allow(&self, who: &SignedIn) -> bankside_domain::consent::Consent {
        let terms = self.terms(who).await;
        let notice = Notice { version: "1".to_owned(), language: Default::default() };
        let consents = &self.service.consents;
        let given =
            consents.grant(&who.owner, terms.clone(), terms, notice, who.auth_event()).await;
        given.unwrap()
    }

    pub(crate) async fn terms(&self, who: &SignedIn) -> Terms {
        let view = who.own_view(self.clock.now()).unwrap();
        let accounts = self.service.core.accounts(&view).await.unwrap();
        let accounts: Vec<AccountId> =
            accounts.for_owner(&view).unwrap().into_iter().map(|account| account.id).collect();
        let clusters = [Cluster::Accounts, Cluster::Balances, Cluster::Transactions];
        let clusters = clusters.into_iter().map(|cluster| (cluster, Level::Detail)).collect();
        let accounts = accounts.into_iter().collect();
        Terms::new(web(), Purpose::AccountInformation, clusters, accounts).unwrap()
    }
}

fn offered(body: &bankside_domain::conversation::Outgoing) -> Option<Token> {
    use bankside_domain::conversation::{LinkTarget, Part};
    body.parts.iter().find_map(|part| match part {
        Part::Link { link: LinkTarget::Offered { token, .. }, .. } => Token::parse(token.reveal()),
        _ => None,
    })
}

async fn start(
    store: Store,
    keys: Store,
    clock: &Arc<Hand>,
    entropy: &Arc<Seeded>,
    sandbox: &Arc<Sandbox>,
    signer: u8,
) -> Service {
    let parts = Parts {
        store,
        keys,
        wrapping: Arc::new(LocalMaster::parse(MASTER, entropy.clone()).unwrap()),
        core: sandbox.clone(),
        clock: clock.clone(),
        entropy: entropy.clone(),
        policy: BankPolicy::built_in().unwrap(),
        channels: vec![web()],
        connected: Vec::new(),
        public_url: "https://bank.example".to_owned(),
        signer: log_key(signer),
        origin: ORIGIN.to_owned(),
        build: "test".to_owned(),
        on_disk_failure: Arc::new(|error| panic!("{error}")),
    };
    Service::start(parts).await.unwrap()
}
