//! A chat that is linked while a stranger's message is being answered.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_testkit::actor::{offered, words};
use bankside_testkit::faulty::Gate;
use bankside_testkit::{Actor, World, tell};

/// The turn takes the visitor's key when it begins, and again to seal its answer: whichever of them
/// is late, the answer must be readable with her own key afterwards. Without the check in the
/// sealing unit the last one leaves a message that nobody can open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_to_a_stranger_who_was_linked_meanwhile_is_hers() {
    tell("linked_meanwhile", async |mut world: World| {
        // The first one is for the message itself.
        for skip in [1, 2, 3] {
            let mut her = Actor::opens(&world, 0, "web").await;
            let link = offered(&her.says("hello").await).unwrap();
            let gate = Gate::closed();
            world.master().hold("visitor/", skip, gate.clone());
            let asked = her.sends("late", "who can see this?").await.unwrap();
            gate.arrived().await;
            let signed_in = her.signs_in().await;
            let (open, _) = her.follows(&link, &signed_in.owner).await.unwrap();
            world.service.linker.link(open, &signed_in.owner).await.unwrap();
            gate.open();
            let said = her.answer_to(asked.seq, "who can see this?").await;
            assert!(!words(&said[0].body).is_empty());
            let audit = world.check().await;
            assert_eq!((audit.pending, audit.dead), (0, 0), "held at {skip}");
            let said = her.asks("hello").await;
            assert!(said.contains("Maya"), "{said}");
        }
        world
    })
    .await;
}
