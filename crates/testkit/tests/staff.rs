//! How an operator comes in: the set-up link, sessions, and that customers are others.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_domain::time::DAY_MS;
use bankside_service::sign_in::{FRESH_MS, IDLE_MS, SESSION_MS};
use bankside_service::staff::{Newcomer, StaffError, new_link};
use bankside_testkit::{World, tell};

fn newcomer(world: &World, name: &str, credential: u8) -> Newcomer {
    Newcomer {
        id: world.service.staff.new_id(),
        name: name.to_owned(),
        credential_id: vec![credential; 16],
        credential: "{}".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_up_link_lets_one_person_in_once() {
    tell("staff_link", async |mut world: World| {
        let staff = world.service.staff.clone();
        let lost = staff.first_link().await.unwrap().unwrap();
        assert!(staff.first_link().await.unwrap().is_none(), "made at the first start alone");
        for _ in 0..2 {
            assert!(staff.link_opens(&lost).await.unwrap(), "looking does not use it up");
        }
        let store = &world.service.store;
        let link = new_link(store, &*world.service.entropy, &*world.clock).await.unwrap();
        assert!(!staff.link_opens(&lost).await.unwrap(), "a new one ends the one before");
        let refused = staff.come_in(&lost, newcomer(&world, "Kim", 1)).await;
        assert!(matches!(refused, Err(StaffError::Link)), "{refused:?}");
        let nameless = staff.come_in(&link, newcomer(&world, " \n", 1)).await;
        assert!(matches!(nameless, Err(StaffError::Name)), "{nameless:?}");

        let (one, two) = tokio::join!(
            staff.come_in(&link, newcomer(&world, "Robin", 1)),
            staff.come_in(&link, newcomer(&world, "Kim", 2)),
        );
        let came: Vec<_> = [one, two].into_iter().filter_map(Result::ok).collect();
        assert_eq!(came.len(), 1, "of two at once one comes in");
        assert!(!staff.link_opens(&link).await.unwrap());
        assert_eq!(staff.members().await.unwrap().len(), 1);

        let next = staff.invite().await.unwrap();
        let credential = staff.passkeys(came[0].1.id).await.unwrap()[0].credential_id[0];
        let twice = staff.come_in(&next, newcomer(&world, "Again", credential)).await;
        assert!(matches!(twice, Err(StaffError::Known)), "{twice:?}");
        assert!(staff.link_opens(&next).await.unwrap(), "what failed used nothing up");
        assert_eq!(staff.members().await.unwrap().len(), 1);
        world.clock.advance(DAY_MS);
        assert!(!staff.link_opens(&next).await.unwrap(), "it is valid for a day");
        world = world.restart().await;
        assert!(world.service.staff.first_link().await.unwrap().is_none());
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_of_staff_and_customers_open_nothing_of_the_other() {
    tell("staff_sessions", async |world: World| {
        let staff = world.service.staff.clone();
        let (token, robin) = staff.open_stand_in("Robin").await.unwrap();
        assert_eq!(staff.who(&token).await.unwrap().id, robin.id);
        let her = world.people().swap_remove(0);
        let sign_in = world.service.sign_in.clone();
        let (hers, _) = sign_in.open(her.customer, &her.bank, None).await.unwrap();
        assert!(matches!(staff.who(&hers).await, Err(StaffError::Ended)));
        assert!(sign_in.who(&token).await.is_err());

        assert!(robin.is_fresh(world.service.clock.now()));
        world.clock.advance(FRESH_MS);
        let robin = staff.who(&token).await.unwrap();
        assert!(!robin.is_fresh(world.service.clock.now()));
        staff.verified(&robin).await.unwrap();
        assert!(staff.who(&token).await.unwrap().is_fresh(world.service.clock.now()));

        let (idle, _) = staff.open_stand_in("Robin").await.unwrap();
        for _ in 0..SESSION_MS / (IDLE_MS / 2) - 1 {
            world.clock.advance(IDLE_MS / 2);
            assert!(staff.who(&token).await.is_ok(), "it lasts as long as it is used");
        }
        assert!(matches!(staff.who(&idle).await, Err(StaffError::Ended)), "or ends");
        world.clock.advance(IDLE_MS / 2);
        assert!(matches!(staff.who(&token).await, Err(StaffError::Ended)), "twelve hours at most");
        assert!(staff.sweep().await.unwrap() >= 2);
        let (token, robin) = staff.open_stand_in("Robin").await.unwrap();
        staff.close(&robin).await.unwrap();
        assert!(matches!(staff.who(&token).await, Err(StaffError::Ended)));
        world
    })
    .await;
}
