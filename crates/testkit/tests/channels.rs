//! A channel that the bank writes to, from her first word to her last: what leaves, in which form,
//! in which order, and what never does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use std::sync::Arc;

use bankside_domain::channel::{Contact, Event, Inbound, Status};
use bankside_domain::conversation::Delivery;
use bankside_service::channels::{Chance, Kept, SentPart, Wished};
use bankside_service::log::Kind;
use bankside_service::ports::SendError;
use bankside_service::suspension::{By, Subject};
use bankside_service::token::Token;
use bankside_testkit::postbox::{Postbox, Sent};
use bankside_testkit::world::{Recipe, databases};
use bankside_testkit::{Actor, Grant, World};

/// What her messenger calls her.
const ADDRESS: &str = "+4917012345678";

/// She in a channel, and its operator.
struct Scene {
    world: World,
    channel: &'static str,
    postbox: Arc<Postbox>,
    events: u64,
}

impl Scene {
    async fn happens(&mut self, event: Event) {
        self.events += 1;
        self.happens_as(&format!("e{}", self.events), event).await;
    }

    async fn happens_as(&self, id: &str, event: Event) {
        self.happens_to(ADDRESS, id, event).await;
    }

    async fn happens_to(&self, address: &str, id: &str, event: Event) {
        let service = &self.world.service;
        let from = Contact::new(address);
        let inbound = Inbound { id: id.to_owned(), from, at: None, language: None, event };
        let (_, bank) = service.reached.get(self.channel).unwrap();
        service.reached.receive(bank, self.channel, &inbound).await.unwrap();
    }

    /// She writes; what is sent then.
    async fn writes(&mut self, text: &str) -> Sent {
        let before = self.postbox.sent().len();
        self.happens(Event::Message { text: text.to_owned().into() }).await;
        self.postbox.holds(before + 1).await.pop().unwrap()
    }

    /// She asks for her balance, and the answer is sealed and not sent: the operator is down. How
    /// much was sent before.
    async fn asks_in_vain(&mut self) -> usize {
        let down = SendError::Later { after_millis: None, why: "503".to_owned() };
        self.postbox.is_down(Some(down));
        let before = self.postbox.sent().len();
        self.happens(Event::Message { text: "balance".to_owned().into() }).await;
        answered(self).await;
        tried(self).await;
        before
    }

    /// Her first words, the link that she is sent, followed with her passkey.
    async fn links(&mut self) -> Actor {
        let sent = self.writes("hello").await;
        handed_over(self).await;
        let (_, link) = sent.frame.text.split_once("https://bank.example/").unwrap();
        let link = link.split_whitespace().next().unwrap();
        let token = Token::parse(link.rsplit('/').next().unwrap()).unwrap();
        let her = Actor::holding(&self.world, 0, self.channel, token.clone());
        let signed_in = her.signs_in().await;
        let (open, _) = her.follows(&token, &signed_in.owner).await.unwrap();
        self.world.service.linker.link(open, &signed_in.owner).await.unwrap();
        her
    }
}

async fn tell(name: &str, channel: &'static str, story: impl AsyncFn(&mut Scene)) {
    for database in databases(name).await {
        let postbox = Arc::<Postbox>::default();
        let connected = Some((channel, postbox.clone()));
        let world = World::new(database, Recipe { connected, ..Recipe::default() }).await;
        let mut scene = Scene { world, channel, postbox, events: 0 };
        story(&mut scene).await;
        scene.world.check().await;
        scene.world.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_links_and_asks_and_a_platform_sees_a_link_and_no_figure() {
    tell("ch_asks", "messenger", async |scene| {
        let her = scene.links().await;
        her.grant(Grant::all()).await;
        let answer = scene.writes("balance").await;
        assert_eq!(answer.to, Contact::new(ADDRESS));
        assert!(answer.frame.text.contains("https://bank.example/"), "{}", answer.frame.text);
        assert!(answer.frame.text.contains("Receipt "), "{}", answer.frame.text);
        let words = answer.frame.text.split("https://").next().unwrap();
        assert!(!words.contains(|c: char| c.is_ascii_digit()), "{words}");
        for file in scene.world.files() {
            let found = file.windows(ADDRESS.len()).any(|bytes| bytes == ADDRESS.as_bytes());
            assert!(!found, "a file holds her telephone number");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_operator_sends_twice_happens_once() {
    tell("ch_twice", "messenger", async |scene| {
        let said = || Event::Message { text: "hello".to_owned().into() };
        scene.happens_as("same", said()).await;
        scene.happens_as("same", said()).await;
        scene.postbox.holds(1).await;
        let other = scene.writes("help").await;
        assert_eq!(scene.postbox.sent().len(), 2, "{other:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_that_was_down_gets_everything_once_and_in_order() {
    tell("ch_down", "matrix", async |scene| {
        let her = scene.links().await;
        her.grant(Grant::all()).await;
        let before = scene.postbox.sent().len();
        let down = SendError::Later { after_millis: None, why: "503".to_owned() };
        scene.postbox.is_down(Some(down.clone()));
        for text in ["balance", "last 3 payments", "help"] {
            scene.happens(Event::Message { text: text.to_owned().into() }).await;
            // Ids sort by their time, which stands still otherwise.
            answered(scene).await;
            scene.world.clock.advance(1_000);
        }
        answered(scene).await;
        scene.postbox.is_down(None);
        scene.postbox.fails_once(down);
        for _ in 0..4 {
            scene.world.clock.advance(60_000);
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let sent = move_on_until(scene, before + 3).await;
        let keys: std::collections::BTreeSet<_> = sent.iter().map(|sent| &sent.key).collect();
        assert_eq!(keys.len(), sent.len(), "nothing is sent twice");
        // Keys begin with the message's id, which sorts by its time.
        assert!(sent[before..].windows(2).all(|two| two[0].key < two[1].key), "{sent:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_who_wait_than_the_courier_carries_are_all_served() {
    const WAITING: usize = 40;
    tell("ch_many", "messenger", async |scene| {
        scene.postbox.is_down(Some(SendError::Later { after_millis: None, why: "503".to_owned() }));
        for number in 0..WAITING {
            let (address, id) = (format!("+49170{number:07}"), format!("e{number}"));
            let event = Event::Message { text: "hello".to_owned().into() };
            scene.happens_to(&address, &id, event).await;
        }
        answered(scene).await;
        scene.postbox.is_down(None);
        let sent = move_on_until(scene, WAITING).await;
        let to: std::collections::BTreeSet<_> =
            sent.iter().map(|sent| sent.to.address().to_owned()).collect();
        assert_eq!((to.len(), sent.len()), (WAITING, WAITING));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_she_took_back_before_it_left_never_leaves() {
    tell("ch_back", "matrix", async |scene| {
        let her = scene.links().await;
        her.grant(Grant::all()).await;
        let shown = scene.writes("balance").await;
        assert!(shown.frame.text.contains('$'), "{}", shown.frame.text);
        let before = scene.asks_in_vain().await;
        her.stops_all().await.unwrap();
        scene.postbox.is_down(None);
        scene.world.clock.advance(60_000);
        scene.happens(Event::Message { text: "help".to_owned().into() }).await;
        let sent = move_on_until(scene, before + 1).await;
        assert!(sent[before..].iter().all(|sent| !sent.frame.text.contains('$')), "{sent:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_sealed_before_the_kill_switch_never_leaves_after_it() {
    tell("ch_kill", "matrix", async |scene| {
        let her = scene.links().await;
        her.grant(Grant::all()).await;
        let before = scene.asks_in_vain().await;
        scene.world.clock.advance(1_000);
        let subject = Subject::Channel("matrix".to_owned());
        let by = By { name: "Robin".to_owned(), staff: None };
        scene.world.service.suspensions.suspend(&subject, "a test", &by).await.unwrap();
        scene.postbox.is_down(None);
        scene.world.clock.advance(60_000);
        scene.happens(Event::Message { text: "balance".to_owned().into() }).await;
        let sent = move_on_until(scene, before + 1).await;
        assert!(sent[before..].iter().all(|sent| !sent.frame.text.contains('$')), "{sent:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_is_a_stranger_when_she_comes_back() {
    tell("ch_leaves", "matrix", async |scene| {
        let her = scene.links().await;
        her.grant(Grant::all()).await;
        scene.happens(Event::Leave).await;
        let again = scene.writes("balance").await;
        assert!(!again.frame.text.contains('$'), "{}", again.frame.text);
        assert!(again.frame.text.contains("/l/"), "she is offered the link: {}", again.frame.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_moved_account_is_linked_no_more_and_media_is_refused_kindly() {
    tell("ch_moved", "matrix", async |scene| {
        scene.links().await.grant(Grant::all()).await;
        let before = scene.postbox.sent().len();
        scene.happens(Event::Media).await;
        let refused = scene.postbox.holds(before + 1).await.pop().unwrap();
        assert!(refused.frame.text.contains("only read words"), "{}", refused.frame.text);
        scene.happens(Event::Moved { to: None }).await;
        let stranger = scene.writes("balance").await;
        assert!(stranger.frame.text.contains("/l/"), "{}", stranger.frame.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receipts_of_the_operator_show_how_far_a_message_went() {
    tell("ch_went", "matrix", async |scene| {
        let her = scene.links().await;
        scene.writes("help").await;
        let of = Some(format!("operator-{}", scene.postbox.sent().len()));
        handed_over(scene).await;
        noted(scene, &her, Delivery::Sent).await;
        let went = |status| Event::Status { of: of.clone(), until: None, status };
        scene.happens(went(Status::Delivered)).await;
        noted(scene, &her, Delivery::Delivered).await;
        scene.happens(went(Status::Read)).await;
        scene.happens(went(Status::Delivered)).await;
        noted(scene, &her, Delivery::Read).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_that_comes_before_the_message_is_noted_counts() {
    tell("ch_early", "matrix", async |scene| {
        let her = scene.links().await;
        handed_over(scene).await;
        scene.postbox.answers(false);
        scene.writes("help").await;
        let of = Some(format!("operator-{}", scene.postbox.sent().len()));
        let went = |status| Event::Status { of: of.clone(), until: None, status };
        scene.happens(went(Status::Read)).await;
        scene.happens(went(Status::Delivered)).await;
        scene.postbox.answers(true);
        noted(scene, &her, Delivery::Read).await;
        handed_over(scene).await;
        noted(scene, &her, Delivery::Read).await;
        let unknown = Event::Status {
            of: Some("nobody's".to_owned()),
            until: None,
            status: Status::Delivered,
        };
        scene.happens(unknown).await;
        assert_eq!(scene.world.service.reached.sweep().await.unwrap(), 0, "it may still come");
        scene.world.clock.advance(3_700_000);
        assert_eq!(scene.world.service.reached.sweep().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_nodes_one_sends_and_nothing_is_lost() {
    const PEOPLE: usize = 12;
    tell("ch_nodes", "messenger", async |scene| {
        let other = scene.world.beside().await;
        let down = SendError::Later { after_millis: None, why: "503".to_owned() };
        scene.postbox.is_down(Some(down.clone()));
        for round in 0..3 {
            for person in 0..PEOPLE {
                let (address, id) = (format!("+49170{person:07}"), format!("e{round}-{person}"));
                let event = Event::Message { text: "help".to_owned().into() };
                scene.happens_to(&address, &id, event).await;
            }
            answered(scene).await;
            scene.world.clock.advance(1_000);
        }
        scene.postbox.is_down(None);
        scene.postbox.fails_once(down);
        for step in 0..400 {
            if scene.postbox.sent().len() >= 3 * PEOPLE {
                break;
            }
            // Slowly: what is in hand must not seem to be given up.
            if step % 20 == 0 {
                scene.world.clock.advance(4_000);
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        handed_over(scene).await;
        let sent = scene.postbox.sent();
        let keys: std::collections::BTreeSet<_> = sent.iter().map(|sent| &sent.key).collect();
        assert_eq!((keys.len(), sent.len()), (3 * PEOPLE, 3 * PEOPLE), "each once");
        for person in 0..PEOPLE {
            let to = Contact::new(format!("+49170{person:07}"));
            let hers: Vec<_> = sent.iter().filter(|sent| sent.to == to).collect();
            assert!(hers.windows(2).all(|two| two[0].key < two[1].key), "in order: {hers:?}");
        }
        let store = other.store.clone();
        drop(other);
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_node_had_in_hand_when_it_died_is_sent_after_a_minute() {
    for database in databases("ch_died").await {
        let (channel, postbox) = ("messenger", Arc::<Postbox>::default());
        let connected = Some((channel, postbox.clone()));
        let world = World::new(database, Recipe { connected, ..Recipe::default() }).await;
        let mut scene = Scene { world, channel, postbox, events: 0 };
        scene.postbox.answers(false);
        scene.writes("hello").await;
        scene.world = scene.world.restart().await;
        scene.postbox.answers(true);
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        assert_eq!(scene.postbox.sent().len(), 1, "another has it in hand");
        scene.world.clock.advance(61_000);
        let sent = scene.postbox.holds(2).await;
        assert_eq!(sent[0].key, sent[1].key, "the operator can tell that it is the same");
        handed_over(&scene).await;
        scene.world.check().await;
        scene.world.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_she_asks_back_is_deleted_however_long_the_operator_is_down() {
    tell("ch_asked", "matrix", async |scene| {
        let her = scene.links().await;
        her.grant(Grant::all()).await;
        scene.writes("balance").await;
        handed_over(scene).await;
        let sent = scene.postbox.sent();
        let owner = her.owner().await;
        let shown = scene.world.service.retractions.sent(&owner, 100).await.unwrap();
        let parts = &shown[0].parts;
        assert_eq!(parts.len(), sent.len());
        for (part, sent) in parts.iter().rev().zip(&sent) {
            assert_eq!(part.frame.as_ref(), Some(&sent.frame), "the very words");
            assert_eq!(part.chance, Chance::Open { until: None });
        }
        let down = SendError::Later { after_millis: None, why: "503".to_owned() };
        scene.postbox.is_down(Some(down));
        let asking = &scene.world.service.retractions;
        let asked = i64::try_from(sent.len()).unwrap();
        assert_eq!(asking.ask(&owner).await.unwrap(), Wished { asked, beyond: 0 });
        assert_eq!(asking.ask(&owner).await.unwrap(), Wished::default(), "not twice");
        scene.world.clock.advance(5_000);
        assert!(scene.postbox.retracted().is_empty());
        scene.postbox.is_down(None);
        scene.postbox.fails_once(SendError::Refused { why: "no".to_owned() });
        settled(scene).await;
        assert_eq!(scene.postbox.retracted().len(), sent.len() - 1);
        let wish = asking.wishes(her.id).await.unwrap().remove(0);
        assert_eq!((wish.taken, wish.kept, wish.open), (asked - 1, 1, 0));
        let shown = asking.sent(&owner, 100).await.unwrap();
        let kept = |part: &&SentPart| part.chance == Chance::Kept(Kept::Refused);
        assert_eq!(shown[0].parts.iter().filter(kept).count(), 1);
        let told = her.log().await;
        assert!(told.iter().any(|entry| entry.record.kind == Kind::Outcome));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clearing_asks_the_operator_and_leaves_nothing_once_it_is_settled() {
    for database in databases("ch_cleared").await {
        let (channel, postbox) = ("matrix", Arc::<Postbox>::default());
        let connected = Some((channel, postbox.clone()));
        let world = World::new(database, Recipe { connected, ..Recipe::default() }).await;
        let mut scene = Scene { world, channel, postbox, events: 0 };
        let her = scene.links().await;
        her.grant(Grant::all()).await;
        scene.writes("balance").await;
        handed_over(&scene).await;
        let sent = scene.postbox.sent().len();
        scene.postbox.is_down(Some(SendError::Later { after_millis: None, why: "503".to_owned() }));
        let signed_in = her.signs_in().await;
        let cleared = scene.world.service.clearing.ask(&signed_in).await.unwrap().expect("done");
        let line = format!("asked: operators of channels to delete {sent} messages");
        assert!(cleared.receipt.contains(&line), "{}", cleared.receipt);
        let places = places(&scene).await;
        assert_eq!(places.len(), sent, "they outlive her key");
        let files = scene.world.files();
        assert!(files.is_empty() || places.iter().all(|place| holds(&files, place)));
        // A restart in between loses nothing.
        drop(signed_in);
        drop(her);
        scene.world = scene.world.restart().await;
        scene.world.clock.advance(61_000);
        scene.postbox.is_down(None);
        settled(&scene).await;
        assert_eq!(scene.postbox.retracted().len(), sent);
        assert!(scene.postbox.retracted().iter().all(|(to, _)| *to == Contact::new(ADDRESS)));
        let files = scene.world.files();
        let still = places.iter().any(|place| holds(&files, place));
        assert!(!still, "a file still says where her messages are");
        scene.world.check().await;
        scene.world.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unlinking_asks_for_what_was_on_the_wire_too() {
    tell("ch_unlinked", "matrix", async |scene| {
        let her = scene.links().await;
        handed_over(scene).await;
        let before = scene.postbox.sent().len();
        scene.postbox.answers(false);
        scene.writes("help").await;
        let chats = scene.world.service.chats.of_customer(her.id).await.unwrap();
        let owner = her.owner().await;
        scene.world.service.linker.unlink(&owner, chats[0].id).await.unwrap();
        scene.postbox.answers(true);
        settled(scene).await;
        let retracted = scene.postbox.retracted();
        assert_eq!(retracted.len(), before + 1, "{retracted:?}");
        let wishes = scene.world.service.retractions.wishes(her.id).await.unwrap();
        assert_eq!(wishes.iter().map(|wish| wish.taken).sum::<i64>(), (before + 1) as i64);
    })
    .await;
}

fn holds(files: &[Vec<u8>], needle: &[u8]) -> bool {
    files.iter().any(|file| file.windows(needle.len()).any(|bytes| bytes == needle))
}

/// The sealed places of what is to be taken back.
async fn places(scene: &Scene) -> Vec<Vec<u8>> {
    let mut tx = scene.world.service.store.read().await.unwrap();
    let sql = "SELECT place_ct FROM outbox WHERE act = 'retract'";
    let rows = tx.rows(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.bytes(0).unwrap().to_vec()).collect()
}

/// Moves the clock on until nothing is to be taken back, and the keys are destroyed.
async fn settled(scene: &Scene) {
    for _ in 0..400 {
        scene.world.clock.advance(30_000);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        scene.world.service.retractions.finish_settled().await.unwrap();
        let mut tx = scene.world.service.store.read().await.unwrap();
        let sql = "SELECT COUNT(*) FROM retraction WHERE done_ms IS NULL";
        let open = tx.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap();
        let sql = "SELECT COUNT(*) FROM outbox";
        let waiting = tx.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap();
        if (open, waiting) == (0, 0) {
            return;
        }
    }
    panic!("something is still to be taken back");
}

/// Waits until every message of hers is answered, sent or not.
async fn answered(scene: &Scene) {
    for _ in 0..4_000 {
        let mut tx = scene.world.service.store.read().await.unwrap();
        let waiting = bankside_store::inbox::pending(&mut tx, 10).await.unwrap();
        drop(tx);
        if waiting.is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("something is not answered");
}

/// Waits until the operator refused something, and nothing is under way: it is put off.
async fn tried(scene: &Scene) {
    let (store, now) = (&scene.world.service.store, scene.world.service.clock.now());
    for _ in 0..4_000 {
        let mut tx = store.read().await.unwrap();
        let due = bankside_store::outbox::due(&mut tx, scene.channel, now.plus_days(1), 10).await;
        drop(tx);
        if due.unwrap().iter().any(|row| row.attempts > 0) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("nothing was tried");
}

/// Waits until nothing is on its way: what the operator has is noted.
async fn handed_over(scene: &Scene) {
    for _ in 0..4_000 {
        let mut tx = scene.world.service.store.read().await.unwrap();
        let counts = bankside_store::outbox::counts(&mut tx, scene.channel).await.unwrap();
        drop(tx);
        if counts == (0, 0) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("something is still on its way");
}

/// Moves the clock on until so much was sent.
async fn move_on_until(scene: &Scene, count: usize) -> Vec<Sent> {
    for _ in 0..400 {
        if scene.postbox.sent().len() >= count {
            break;
        }
        scene.world.clock.advance(60_000);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    scene.postbox.holds(count).await
}

/// Waits until the newest message of the bank went so far.
async fn noted(scene: &Scene, her: &Actor, expected: Delivery) {
    let mut last = None;
    for _ in 0..400 {
        let chats = scene.world.service.chats.of_customer(her.id).await.unwrap();
        let shown = scene.world.service.chats.latest(&chats[0], 1).await.unwrap();
        last = shown.messages.last().map(|message| message.delivery);
        if last == Some(expected) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{last:?} instead of {expected:?}");
}
