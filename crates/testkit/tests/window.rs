//! The free window of a messenger: what the bank still has to say once it is over.
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

use bankside_domain::channel::{Contact, Event, Inbound};
use bankside_service::ports::SendError;
use bankside_testkit::World;
use bankside_testkit::postbox::{Postbox, Sent};
use bankside_testkit::world::{Recipe, databases};

const CHANNEL: &str = "messenger";
const ADDRESS: &str = "+4917012345678";
const HOUR_MS: i64 = 3_600_000;
/// As Messenger's and WhatsApp's.
const WINDOW_MS: i64 = 24 * HOUR_MS;
/// Looks before something counts as not coming.
const LOOKS: u32 = 40;
const LOOK: Duration = Duration::from_millis(10);

struct Scene {
    world: World,
    postbox: Arc<Postbox>,
    events: u32,
}

impl Scene {
    async fn writes(&mut self, text: &str) {
        self.events += 1;
        // Keys sort by their time, which stands still otherwise.
        self.world.clock.advance(1_000);
        let service = &self.world.service;
        let inbound = Inbound {
            id: format!("e{}", self.events),
            from: Contact::new(ADDRESS),
            at: None,
            language: None,
            event: Event::Message { text: text.to_owned().into() },
        };
        let (_, bank) = service.reached.get(CHANNEL).unwrap();
        service.reached.receive(bank, CHANNEL, &inbound).await.unwrap();
    }

    /// She is greeted, asks twice, and the operator is down until the window is over.
    async fn is_answered_too_late(&mut self) {
        self.writes("hello").await;
        self.postbox.holds(1).await;
        self.postbox.is_down(Some(SendError::Later { after_millis: None, why: "503".to_owned() }));
        for words in ["help", "who can see this?"] {
            self.writes(words).await;
            self.until(is_answered).await;
        }
        self.world.clock.advance(WINDOW_MS);
        self.postbox.is_down(None);
    }

    async fn until(&self, holds: impl AsyncFn(&World) -> bool) {
        for _ in 0..2_000 {
            if holds(&self.world).await {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
        panic!("it does not come about");
    }

    /// Hours pass; all the time the courier looks.
    async fn hours_pass(&self, hours: i64) {
        for _ in 0..hours {
            self.world.clock.advance(HOUR_MS);
            tokio::time::sleep(LOOK).await;
        }
        for _ in 0..LOOKS {
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Whether nothing that came in awaits an answer.
async fn is_answered(world: &World) -> bool {
    let mut tx = world.service.store.read().await.unwrap();
    bankside_store::inbox::depth(&mut tx).await.unwrap().0 == 0
}

async fn tell(name: &str, template: bool, story: impl AsyncFn(&mut Scene)) {
    for database in databases(name).await {
        let postbox = Arc::new(Postbox::for_a_while(WINDOW_MS, template));
        let connected = Some((CHANNEL, postbox.clone()));
        let world = World::new(database, Recipe { connected, ..Recipe::default() }).await;
        let mut scene = Scene { world, postbox, events: 0 };
        story(&mut scene).await;
        scene.world.check().await;
        scene.world.end().await;
    }
}

/// Everything that was sent, each once, in the order in which it was said.
fn in_order(sent: &[Sent]) {
    assert!(sent.windows(2).all(|two| two[0].key < two[1].key), "{sent:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn once_it_is_over_she_is_knocked_for_once_and_told_when_she_writes() {
    tell("wi_knock", true, async |scene| {
        scene.is_answered_too_late().await;
        scene.until(async |_| !scene.postbox.knocks().is_empty()).await;
        scene.hours_pass(48).await;
        assert_eq!(scene.postbox.knocks(), [Contact::new(ADDRESS)], "once, for both answers");
        assert_eq!(scene.postbox.sent().len(), 1, "not a word of them");
        scene.writes("hello").await;
        let sent = scene.postbox.holds(4).await;
        in_order(&sent);
        scene.hours_pass(48).await;
        assert_eq!((scene.postbox.sent().len(), scene.postbox.knocks().len()), (4, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_template_it_waits_in_silence() {
    tell("wi_silent", false, async |scene| {
        scene.is_answered_too_late().await;
        scene.hours_pass(48).await;
        assert_eq!((scene.postbox.sent().len(), scene.postbox.knocks().len()), (1, 0));
        scene.writes("hello").await;
        in_order(&scene.postbox.holds(4).await);
    })
    .await;
}

/// The operator's clock and the bank's need not agree.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_that_says_so_is_believed() {
    tell("wi_says", true, async |scene| {
        scene.writes("hello").await;
        scene.postbox.holds(1).await;
        scene.postbox.fails_once(SendError::WindowOver);
        scene.writes("help").await;
        scene.until(async |_| !scene.postbox.knocks().is_empty()).await;
        scene.hours_pass(2).await;
        assert_eq!(scene.postbox.sent().len(), 1);
        scene.writes("hello").await;
        in_order(&scene.postbox.holds(3).await);
        assert_eq!(scene.postbox.knocks().len(), 1);
    })
    .await;
}
