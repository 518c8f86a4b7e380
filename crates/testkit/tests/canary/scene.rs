//! One bank with every adapter at every ceiling, and one customer who uses them all.

use std::sync::Arc;
use std::time::Duration;

use bankside_adapters::core::sandbox::Sandbox;
use bankside_domain::Party;
use bankside_domain::bank::BankId;
use bankside_domain::channel::{Contact, Event, Inbound};
use bankside_domain::conversation::{LinkTarget, Outgoing};
use bankside_domain::customer::Language;
use bankside_domain::disclosure::{Cluster, Level};
use bankside_domain::party::{Ceiling, PartyKind};
use bankside_service::channels::{Frame, Plan, Setting};
use bankside_service::conversation::Compared;
use bankside_service::ports::{Delivered, Reply};
use bankside_service::token::Token;
use bankside_testkit::marked::Marked;
use bankside_testkit::outside::START;
use bankside_testkit::postbox::Postbox;
use bankside_testkit::world::{Database, Recipe};
use bankside_testkit::{Actor, Grant, World};

use super::operators::{ASKED, KINDS, Looking, Operators};
use super::search::{Search, plain};
use super::{Adapter, CEILINGS, CONSENTS, questions};

/// Messages of one adapter that are under way at once.
const LANES: usize = 4;
/// After so many codes the next one must wait for an hour.
const CODES: usize = 4;
const HOUR_MS: i64 = 3_600_000;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(3);

/// Everything of these kinds, at that level.
pub fn grant(level: Level) -> Grant {
    Grant::of(Cluster::ALL.map(|cluster| (cluster, level)))
}

/// The id of a channel of that kind and ceiling.
pub fn id_of(kind: &str, ceiling: Ceiling) -> String {
    let ceiling = match ceiling {
        Ceiling::PlatformReadable => "read",
        Ceiling::Spoken => "spoken",
        Ceiling::EndToEndEncrypted => "sealed",
        Ceiling::BankOwned | Ceiling::Assistant => "own",
    };
    format!("{kind}-{ceiling}")
}

/// A channel as it stands there.
struct Stand {
    id: String,
    address: &'static str,
    ceiling: Ceiling,
    adapter: Adapter,
}

pub struct Scene {
    pub world: World,
    /// Questions until now.
    pub asked: u64,
    stands: Vec<Stand>,
}

impl Scene {
    pub async fn new(looking: &Looking) -> Self {
        let operators = Operators::start(looking).await;
        let mut stands = Vec::new();
        for ceiling in CEILINGS {
            for (kind, address) in KINDS {
                let (id, adapter) = (id_of(kind, ceiling), operators.open(kind));
                stands.push(Stand { id, address, ceiling, adapter });
            }
        }
        let party =
            |id: String, ceiling| Party { kind: PartyKind::Channel, name: id.clone(), id, ceiling };
        let mut further: Vec<(Party, Adapter)> = stands
            .iter()
            .map(|stand| (party(stand.id.clone(), stand.ceiling), stand.adapter.clone()))
            .collect();
        // Chats whose sealed words all adapters send again; nothing is sent by it itself.
        for ceiling in CEILINGS {
            let postbox = Arc::<Postbox>::default();
            further.push((party(id_of("chat", ceiling), ceiling), postbox));
        }
        let recipe = Recipe { further, ..Recipe::default() };
        let world = World::new(Database::Sqlite, recipe).await;
        Self { world, asked: 0, stands }
    }

    pub fn core(&self) -> &Marked<Sandbox> {
        self.world.core.inner()
    }

    pub fn bank(&self) -> BankId {
        self.world.people()[0].bank.clone()
    }

    /// She, on the bank's pages.
    fn her(&self, channel: &str) -> Actor {
        let token = Token::random(&*self.world.service.entropy);
        Actor::holding(&self.world, 0, channel, token)
    }

    /// She links each channel, allows it ever more, and asks the same each time.
    pub async fn asks_through_every_adapter(&mut self, search: &Search) {
        for at in 0..self.stands.len() {
            search.allows(None);
            if at % CODES == 0 {
                self.world.clock.advance(HOUR_MS);
            }
            self.links(at, search).await;
            let her = self.her(&self.stands[at].id);
            let language = Language::ALL[at % Language::ALL.len()];
            for consent in CONSENTS {
                if let Some(level) = consent {
                    search.allows(consent.map(|level| level.min(self.stands[at].ceiling.level())));
                    her.grant(grant(level)).await;
                }
                for question in questions(language).iter().chain(&questions(Language::En)[1..5]) {
                    self.says(at, question, language, search).await;
                }
                self.is_done(at).await;
            }
        }
    }

    /// By a code, which needs no link: she says it in the channel, and picks the words that she is told.
    async fn links(&mut self, at: usize, search: &Search) {
        let (id, codes) = (self.stands[at].id.clone(), self.world.service.codes.clone());
        let owner = self.her(&id).owner().await;
        codes.make(&owner, &id).await.unwrap();
        let code = codes.current(&owner).await.unwrap().unwrap().code.shown();
        search.begins_tape();
        self.says(at, &code, Language::En, search).await;
        self.is_done(at).await;
        let heard = plain(&search.ends_tape());
        let open = codes.current(&owner).await.unwrap().unwrap();
        let phrases = open.phrases.expect("the code was said");
        let is_told = |phrase: &&String| {
            let phrase = plain(phrase.as_bytes());
            heard.windows(phrase.len()).any(|words| words == phrase)
        };
        let phrase = phrases.iter().find(is_told).expect("she is told a phrase");
        let compared = codes.compare(&owner, open.id, phrase).await.unwrap();
        assert!(matches!(compared, Compared::Linked(_)), "{id}");
    }

    /// She writes or says something there.
    async fn says(&mut self, at: usize, text: &str, language: Language, search: &Search) {
        self.asked += 1;
        let (stand, service) = (&self.stands[at], &self.world.service);
        let inbound = Inbound {
            id: format!("e{}", self.asked),
            from: Contact::new(stand.address),
            at: None,
            language: Some(language),
            event: Event::Message { text: text.to_owned().into() },
        };
        let (_, bank) = service.reached.get(&stand.id).unwrap();
        service.reached.receive(bank, &stand.id, &inbound).await.unwrap();
        if stand.adapter.answers_within().is_some() {
            let header = |_: &str| None;
            let request = Delivered {
                method: "POST",
                path: "",
                query: "",
                header: &header,
                body: ASKED,
                at: service.clock.now(),
            };
            let answer = service.reached.answer(&stand.id, &inbound, &request).await.unwrap();
            search.look(&stand.id, answer.body.as_bytes());
        } else {
            self.is_done(at).await;
        }
    }

    /// Waits until everything is answered, and nothing on its way to that operator.
    async fn is_done(&self, at: usize) {
        let stand = &self.stands[at];
        for _ in 0..12_000 {
            let mut tx = self.world.service.store.read().await.unwrap();
            let waiting = bankside_store::inbox::pending(&mut tx, 10).await.unwrap();
            let counts = bankside_store::outbox::counts(&mut tx, &stand.id).await.unwrap();
            drop(tx);
            let is_asked = stand.adapter.answers_within().is_some();
            if waiting.is_empty() && (is_asked || counts == (0, 0)) {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
        panic!("something is on its way to {}", stand.id);
    }

    /// Plans what was sealed by every adapter's table and sends it, until about so much was sent; how
    /// much it was.
    pub async fn sends_again(
        &self,
        search: &'static Search,
        sealed: Vec<(Option<Level>, Vec<Outgoing>)>,
        wanted: u64,
    ) -> u64 {
        let each = wanted.div_ceil(u64::try_from(sealed.len() * KINDS.len() * LANES).unwrap());
        let mut sent = 0;
        for (allowed, bodies) in sealed {
            search.allows(allowed);
            let bodies = Arc::new(bodies);
            let mut lanes = tokio::task::JoinSet::new();
            for (number, stand) in self.stands[..KINDS.len()].iter().enumerate() {
                for lane in 0..LANES {
                    let first = (number * LANES + lane) * 7;
                    let to = (stand.adapter.clone(), Contact::new(stand.address));
                    lanes.spawn(sends(to, bodies.clone(), search, first, each));
                }
            }
            sent += lanes.join_all().await.into_iter().sum::<u64>();
        }
        sent
    }

    pub async fn end(mut self) {
        self.world.check().await;
        self.world.end().await;
    }
}

/// Sends so many messages by one adapter, one after the other; how many they were.
async fn sends(
    (adapter, to): (Adapter, Contact),
    bodies: Arc<Vec<Outgoing>>,
    search: &'static Search,
    first: usize,
    wanted: u64,
) -> u64 {
    let (mut sent, mut nth) = (0, first);
    while sent < wanted {
        let language = Language::ALL[nth / bodies.len() % Language::ALL.len()];
        let plan = planned(&adapter, &bodies[nth % bodies.len()], language, nth);
        for frame in &plan.frames {
            hands_over(&adapter, &to, frame, &format!("{first}/{nth}/{sent}"), search).await;
            sent += 1;
        }
        nth += 1;
    }
    sent
}

/// A message as that channel is sent it, under links and a receipt of that number.
fn planned(adapter: &Adapter, body: &Outgoing, language: Language, nth: usize) -> Plan {
    let address = |_: &LinkTarget| format!("https://bank.example/l/{nth:x}");
    let receipt = format!("R{nth}");
    let can = adapter.can();
    Plan::of(body, &Setting { can, language, address: &address, receipt: Some(&receipt) })
}

/// Puts one planned message on the wire, or into an answer.
pub async fn hands_over(
    adapter: &Adapter,
    to: &Contact,
    frame: &Frame,
    key: &str,
    search: &Search,
) {
    if adapter.answers_within().is_none() {
        adapter.send(to, frame, key).await.unwrap();
        return;
    }
    let header = |_: &str| None;
    let at = START;
    let request =
        Delivered { method: "POST", path: "", query: "", header: &header, body: ASKED, at };
    let reply = Reply { frames: vec![frame.clone()], ..Reply::default() };
    search.look("answer", adapter.respond(&request, &reply).body.as_bytes());
}
