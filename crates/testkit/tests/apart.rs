//! Two customers never meet: not in an answer, not in a stream, not through a link.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_service::commit::CommitError;
use bankside_service::conversation::LinkChatError;
use bankside_service::links::LinkError;
use bankside_testkit::actor::{offered, words};
use bankside_testkit::marked::{MARK, mark_of};
use bankside_testkit::{Actor, Grant, World, tell};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_get_their_own_answers() {
    tell("apart", async |world: World| {
        let mut asking = Vec::new();
        for n in 0..16 {
            let mut her = Actor::allowed(&world, n % 4, "web", Grant::all()).await;
            asking.push(tokio::spawn(async move {
                let mut said = Vec::new();
                for question in ["balance", "last 5 payments", "where did my money go", "hello"] {
                    said.push(her.asks(question).await);
                }
                (her, said)
            }));
        }
        for asking in asking {
            let (her, said) = asking.await.unwrap();
            let mine = mark_of(her.id);
            assert!(said[0].contains(&mine) && said[1].contains(&mine), "{said:?}");
            let log = her.log().await;
            let sent = log.iter().map(|e| String::from_utf8_lossy(&e.body).into_owned());
            let chat = her.messages().await.into_iter().map(|m| words(&m.body));
            for text in sent.chain(chat) {
                let marks = text.matches(MARK).count();
                assert_eq!(marks, text.matches(&mine).count(), "another's mark in: {text}");
            }
        }
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_opens_once_for_its_customer_and_for_a_while() {
    tell("links", async |world: World| {
        // Two of the same bank: only the key tells them apart.
        let mut maya = Actor::linked(&world, 0, "messenger").await;
        let diego = Actor::linked(&world, 1, "messenger").await;
        assert_eq!(maya.bank, diego.bank);
        maya.grant(Grant::all()).await;
        let view = offered(&maya.says("last 5 payments").await).unwrap();
        let his = diego.owner().await;
        assert!(matches!(maya.follows(&view, &his).await, Err(LinkError::NotYours)));
        let hers = maya.owner().await;
        let (open, _) = maya.follows(&view, &hers).await.unwrap();
        world.service.links.redeem(&open).await.unwrap();
        assert!(matches!(world.service.links.redeem(&open).await, Err(LinkError::Used)));
        assert!(matches!(maya.follows(&view, &hers).await, Err(LinkError::Used)));
        let late = offered(&maya.says("balance").await).unwrap();
        world.clock.advance(bankside_service::links::LINK_MS);
        assert!(matches!(maya.follows(&late, &hers).await, Err(LinkError::RanOut)));

        // Of two who open the same link to link the chat, one gets it.
        let mut stranger = Actor::opens(&world, 0, "web").await;
        let link = offered(&stranger.says("hello").await).unwrap();
        let open = world.service.links.look(&link).await.unwrap();
        let (hers, his) = (maya.owner().await, diego.owner().await);
        let (a, b) = tokio::join!(
            world.service.linker.link(open.clone(), &hers),
            world.service.linker.link(open.clone(), &his)
        );
        assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1, "{a:?} {b:?}");
        let lost = a.map(drop).err().or(b.map(drop).err()).unwrap();
        assert!(
            matches!(lost, CommitError::Refused(LinkChatError::Link(_) | LinkChatError::NotFree)),
            "{lost}"
        );
        world
    })
    .await;
}
