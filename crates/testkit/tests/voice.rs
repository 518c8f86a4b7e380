//! A voice assistant, which wants the answer in its own request: she links it by a code, hears what the
//! ceiling allows, and gets the rest where she can see it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use std::sync::Arc;
use std::time::Duration;

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound, Wish};
use bankside_domain::customer::Language;
use bankside_service::conversation::{CodeError, Compared};
use bankside_service::door::Owner;
use bankside_service::ports::{Channel as _, Delivered, Reply};
use bankside_service::token::Token;
use bankside_testkit::faulty::Gate;
use bankside_testkit::postbox::Postbox;
use bankside_testkit::world::{Recipe, databases};
use bankside_testkit::{Actor, Grant, World};

/// What the assistant calls her.
const HER: &str = "amzn1.ask.account.HER";
/// And somebody else.
const OTHER: &str = "amzn1.ask.account.OTHER";
/// Long enough for any turn of a test.
const PATIENT: Duration = Duration::from_secs(30);

/// She with a voice assistant, and with a messenger.
struct Scene {
    world: World,
    voice: Arc<Postbox>,
    messenger: Arc<Postbox>,
    events: u64,
}

impl Scene {
    fn inbound(&mut self, from: &str, event: Event) -> Inbound {
        self.events += 1;
        let id = format!("request-{}", self.events);
        Inbound { id, from: Contact::new(from), at: None, language: Some(Language::En), event }
    }

    /// A request comes in and is answered.
    async fn comes(&self, inbound: &Inbound) -> Reply {
        let service = &self.world.service;
        let (_, bank) = service.reached.get("voice").unwrap();
        service.reached.receive(bank, "voice", inbound).await.unwrap();
        let at = service.clock.now();
        let header = |_: &str| None;
        let request =
            Delivered { method: "POST", path: "", query: "", header: &header, body: b"", at };
        let answer = service.reached.answer("voice", inbound, &request).await.unwrap();
        let reply = self.voice.replies().pop().unwrap();
        assert_eq!(answer.body, reply.text());
        assert!(!answer.body.contains("://"), "{}", answer.body);
        reply
    }

    async fn happens(&mut self, from: &str, event: Event) -> Reply {
        let inbound = self.inbound(from, event);
        self.comes(&inbound).await
    }

    async fn says(&mut self, text: &str) -> String {
        self.says_from(HER, text).await
    }

    async fn says_from(&mut self, from: &str, text: &str) -> String {
        self.happens(from, Event::Message { text: text.to_owned().into() }).await.text()
    }

    /// She, signed in on the bank's page.
    async fn owner(&self) -> Owner {
        let her = Actor::holding(&self.world, 0, "voice", Token::random(&*self.entropy()));
        her.signs_in().await.owner
    }

    fn entropy(&self) -> Arc<dyn bankside_service::ports::Entropy> {
        self.world.service.entropy.clone()
    }

    /// She asks for a code on the bank's page.
    async fn code(&self, owner: &Owner) -> String {
        let codes = &self.world.service.codes;
        codes.make(owner, "voice").await.unwrap();
        codes.current(owner).await.unwrap().unwrap().code.shown()
    }

    /// She picks the words that the assistant told her.
    async fn picks(&self, owner: &Owner, words: &str) -> Compared {
        let codes = &self.world.service.codes;
        let open = codes.current(owner).await.unwrap().unwrap();
        codes.compare(owner, open.id, words).await.unwrap()
    }

    /// She links the assistant by a code.
    async fn links_by_code(&mut self) -> Owner {
        let owner = self.owner().await;
        let code = self.code(&owner).await;
        let said = self.says(&code).await;
        let words = phrase_in(&said, &self.phrases(&owner).await);
        assert!(matches!(self.picks(&owner, &words).await, Compared::Linked(_)));
        owner
    }

    async fn phrases(&self, owner: &Owner) -> Vec<String> {
        let open = self.world.service.codes.current(owner).await.unwrap().unwrap();
        open.phrases.expect("the code was said")
    }

    /// Her messenger, linked by its link.
    async fn links_messenger(&mut self) {
        let service = self.world.service.clone();
        let event = Event::Message { text: "hello".to_owned().into() };
        let from = Contact::new("+4917012345678");
        let inbound = Inbound { id: "m1".to_owned(), from, at: None, language: None, event };
        let (_, bank) = service.reached.get("messenger").unwrap();
        service.reached.receive(bank, "messenger", &inbound).await.unwrap();
        let sent = self.messenger.holds(1).await.pop().unwrap();
        let token = link_in(&sent.frame.text);
        let her = Actor::holding(&self.world, 0, "messenger", token.clone());
        let signed_in = her.signs_in().await;
        let (open, _) = her.follows(&token, &signed_in.owner).await.unwrap();
        service.linker.link(open, &signed_in.owner).await.unwrap();
    }

    async fn grants(&self, grant: Grant) {
        let token = Token::random(&*self.entropy());
        Actor::holding(&self.world, 0, "voice", token).grant(grant).await;
    }
}

fn link_in(text: &str) -> Token {
    let (_, link) = text.split_once("https://bank.example/").unwrap();
    Token::parse(link.split_whitespace().next().unwrap().rsplit('/').next().unwrap()).unwrap()
}

/// The one of the phrases that was told.
fn phrase_in(said: &str, phrases: &[String]) -> String {
    let told: Vec<_> = phrases.iter().filter(|phrase| said.contains(*phrase)).collect();
    assert_eq!((told.len(), phrases.len()), (1, 6), "{said}");
    told[0].clone()
}

async fn tell(name: &str, within: Duration, story: impl AsyncFn(&mut Scene)) {
    for database in databases(name).await {
        let (voice, messenger) = (Arc::new(Postbox::spoken(within)), Arc::<Postbox>::default());
        let recipe = Recipe {
            connected: Some(("messenger", messenger.clone())),
            spoken: Some(("voice", voice.clone())),
            ..Recipe::default()
        };
        let world = World::new(database, recipe).await;
        let mut scene = Scene { world, voice, messenger, events: 0 };
        story(&mut scene).await;
        assert_eq!(scene.voice.sent().len(), 0, "an assistant is never sent anything");
        scene.world.check().await;
        scene.world.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_links_by_code_hears_a_summary_and_sees_the_rest_in_her_messenger() {
    tell("vo_story", PATIENT, async |scene| {
        let hello = scene.happens(HER, Event::Wish { wish: Wish::Hello }).await;
        assert!(hello.text().contains("Link by code"), "{}", hello.text());
        assert!(hello.again.is_some(), "the session stays open for the code");
        scene.links_by_code().await;
        let asked = scene.happens(HER, Event::Message { text: "balance".to_owned().into() }).await;
        assert!(asked.text().contains("own page"), "{}", asked.text());
        assert!(asked.aside.is_some(), "a card says that there is more");

        scene.grants(Grant::all()).await;
        scene.links_messenger().await;
        let heard = scene.says("what is my balance").await;
        assert!(heard.contains("about $"), "rounded, in words: {heard}");
        assert!(heard.contains("to your phone"), "{heard}");
        assert!(!heard.contains(['≈', '•', '\u{2068}']), "{heard}");
        let sent = scene.messenger.holds(2).await.pop().unwrap();
        assert!(!sent.frame.text.contains('$'), "{}", sent.frame.text);
        assert!(!sent.frame.text.contains("Speaker"), "nor where she asked: {}", sent.frame.text);
        let number = scene.says("what is my account number").await;
        assert!(!number.contains(|c: char| c.is_ascii_digit()), "{number}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_again_is_one_turn_and_the_same_answer() {
    tell("vo_again", PATIENT, async |scene| {
        scene.links_by_code().await;
        scene.grants(Grant::all()).await;
        let event = Event::Message { text: "balance".to_owned().into() };
        let inbound = scene.inbound(HER, event);
        let first = scene.comes(&inbound).await;
        let chats = scene.world.service.chats.clone();
        let said = async || {
            let owner = scene.owner().await;
            chats.of_customer(owner.customer).await.unwrap()[0].last_seq
        };
        let before = said().await;
        let again = scene.comes(&inbound).await;
        assert_eq!(first, again);
        let both = tokio::join!(scene.comes(&inbound), scene.comes(&inbound));
        assert_eq!((both.0.text(), both.1.text()), (first.text(), first.text()));
        assert_eq!(said().await, before, "no second turn");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_late_is_told_with_the_next_request_or_not_at_all() {
    tell("vo_late", Duration::from_millis(400), async |scene| {
        let hello = scene.says("hello").await;
        assert!(!hello.contains("isn’t ready"), "{hello}");
        for minutes in [1, 16] {
            let gate = Gate::closed();
            scene.world.master().hold("visitor/", 1, gate.clone());
            let late = scene.happens(HER, Event::Wish { wish: Wish::Help }).await;
            assert!(late.text().contains("isn’t ready yet"), "{}", late.text());
            gate.open();
            scene.world.clock.advance(minutes * 60_000);
            let mut next = scene.says("who can see this?").await;
            while next.contains("isn’t ready yet") {
                next = scene.says("who can see this?").await;
            }
            assert!(next.starts_with("Earlier: "), "{next}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_she_took_back_is_not_said_to_a_request_that_comes_again() {
    tell("vo_back", PATIENT, async |scene| {
        scene.links_by_code().await;
        scene.grants(Grant::all()).await;
        let event = Event::Message { text: "balance".to_owned().into() };
        let inbound = scene.inbound(HER, event);
        assert!(scene.comes(&inbound).await.text().contains('$'));
        let token = Token::random(&*scene.entropy());
        Actor::holding(&scene.world, 0, "voice", token).stops_all().await.unwrap();
        assert!(!scene.comes(&inbound).await.text().contains('$'));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_opens_once_in_its_channel_for_ten_minutes_and_is_kept_nowhere() {
    tell("vo_code", PATIENT, async |scene| {
        let owner = scene.owner().await;
        let code = scene.code(&owner).await;
        scene.world.clock.advance(10 * 60_000);
        assert!(scene.says(&code).await.contains("opens nothing"));
        let code = scene.code(&owner).await;
        scene.says(&code).await;
        // The words of another chat, or none of them: used up.
        assert_eq!(scene.picks(&owner, "").await, Compared::Mismatch);
        assert!(scene.world.service.codes.current(&owner).await.unwrap().is_none());
        assert!(scene.says(&code).await.contains("opens nothing"));
        let digits: String = code.split(' ').collect();
        for file in scene.world.files() {
            for kept in [code.as_bytes(), digits.as_bytes()] {
                assert!(!file.windows(kept.len()).any(|bytes| bytes == kept), "a file holds it");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_that_somebody_overheard_links_nobody() {
    tell("vo_overheard", PATIENT, async |scene| {
        let owner = scene.owner().await;
        let code = scene.code(&owner).await;
        let his = scene.says_from(OTHER, &code).await;
        assert!(his.contains("I have the code"), "{his}");
        // She says it too: it is used up, whatever anybody picks.
        assert!(scene.says(&code).await.contains("opens nothing"));
        assert!(scene.world.service.codes.current(&owner).await.unwrap().is_none());
        assert!(scene.says_from(OTHER, &code).await.contains("opens nothing"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_guesses_codes_and_nobody_makes_many() {
    tell("vo_guess", PATIENT, async |scene| {
        let owner = scene.owner().await;
        for number in 0..5 {
            assert!(scene.says(&format!("00000000{number}")).await.contains("opens nothing"));
        }
        let code = scene.code(&owner).await;
        assert!(scene.says(&code).await.contains("opens nothing"), "not even the right one");
        let his = scene.says_from(OTHER, &code).await;
        assert!(his.contains("I have the code"), "another chat is not stopped: {his}");
        scene.world.clock.advance(3_600_000);
        let code = scene.code(&owner).await;
        assert!(scene.says(&code).await.contains("I have the code"), "an hour later it may");
        for _ in 0..4 {
            scene.code(&owner).await;
        }
        let more = scene.world.service.codes.make(&owner, "voice").await;
        assert!(matches!(more, Err(CodeError::Many)), "{more:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_code_gives_the_chat_other_words() {
    tell("vo_words", PATIENT, async |scene| {
        let owner = scene.owner().await;
        let mut told = Vec::new();
        for _ in 0..2 {
            let code = scene.code(&owner).await;
            let said = scene.says(&code).await;
            told.push(scene.phrases(&owner).await);
            phrase_in(&said, told.last().unwrap());
        }
        assert!(told[0].iter().all(|words| !told[1].contains(words)), "{told:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_assistant_that_is_taken_away_is_linked_no_more() {
    tell("vo_gone", PATIENT, async |scene| {
        scene.links_by_code().await;
        scene.grants(Grant::all()).await;
        assert!(scene.says("balance").await.contains('$'));
        let gone = scene.happens(HER, Event::Leave).await;
        assert_eq!(gone, Reply::default());
        assert!(!scene.says("balance").await.contains('$'));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_an_answer_takes_its_time_she_is_asked_to_hold_on() {
    tell("vo_hold", PATIENT, async |scene| {
        scene.says("hello").await;
        let gate = Gate::closed();
        scene.world.master().hold("visitor/", 1, gate.clone());
        let opening = async {
            while scene.voice.held_on().is_empty() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            gate.open();
        };
        let event = Event::Wish { wish: Wish::Help };
        let inbound = Inbound {
            id: "slow".to_owned(),
            from: Contact::new(HER),
            at: Some(Timestamp::default()),
            language: None,
            event,
        };
        let (reply, ()) = tokio::join!(scene.comes(&inbound), opening);
        assert!(!reply.text().contains("isn’t ready"), "{}", reply.text());
        assert_eq!(scene.voice.held_on(), ["One moment."]);
        assert!(scene.voice.can().spoken);
    })
    .await;
}
