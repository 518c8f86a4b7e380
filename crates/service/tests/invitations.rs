//! Invitations: looked at, used once, ended together, told in her log; on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::print_stderr,
    missing_docs
)]

mod house;

use bankside_domain::bank::BankId;
use bankside_domain::id::CustomerId;
use bankside_service::commit::CommitError;
use bankside_service::invitations::{InvitationError, Invited, invite};
use bankside_service::log::Kind;
use bankside_service::ports::Clock as _;
use bankside_service::sign_in::NewPasskey;
use bankside_service::token::Token;
use house::{House, tell};

const HOUR: i64 = 60 * 60 * 1000;

fn her(house: &House, index: usize) -> (CustomerId, BankId) {
    let who = house.sandbox.introductions().unwrap().swap_remove(index);
    (who.customer, who.bank)
}

async fn invited(house: &House, index: usize, hours: u16) -> Token {
    let (customer, bank) = her(house, index);
    let (store, now) = (&house.service.store, house.clock.now());
    invite(store, &*house.entropy, now, &bank, customer, hours).await.unwrap().token
}

async fn look(house: &House, index: usize, token: &Token) -> Result<Invited, InvitationError> {
    house.service.invitations.look(&her(house, index).1, token).await
}

fn passkey(name: &str) -> NewPasskey {
    NewPasskey {
        credential_id: name.as_bytes().to_vec(),
        credential: "{}".to_owned(),
        label: name.to_owned(),
    }
}

#[tokio::test]
async fn an_invitation_is_used_once_and_ends_all_of_hers() {
    tell(
        async |house| {
            let (mine, other) = (invited(&house, 0, 24).await, invited(&house, 0, 24).await);
            let hers = invited(&house, 1, 24).await;
            let all = house.service.invitations.clone();
            for _ in 0..3 {
                look(&house, 0, &mine).await.unwrap();
            }
            let open = look(&house, 0, &mine).await.unwrap();
            let (customer, bank) = her(&house, 0);
            // Two that were begun at once: the first to end wins, and nothing of the other stays.
            let both = [passkey("one"), passkey("two")].map(|new| all.accept(&open, new));
            let [first, second] = both;
            let (first, second) = tokio::join!(first, second);
            let (id, won, refused) = match (first, second) {
                (Ok(id), Err(refused)) => (id, "one", refused),
                (Err(refused), Ok(id)) => (id, "two", refused),
                other => panic!("one wins: {other:?}"),
            };
            let used = matches!(refused, CommitError::Refused(InvitationError::Used));
            assert!(used, "{refused}");
            let kept = house.service.sign_in.passkeys(customer).await.unwrap();
            assert_eq!(kept.iter().map(|key| key.id).collect::<Vec<_>>(), [id]);
            for token in [&mine, &other] {
                let closed = look(&house, 0, token).await;
                assert!(matches!(closed, Err(InvitationError::Used)), "{closed:?}");
            }
            let untouched = look(&house, 1, &hers).await.unwrap();
            assert_ne!(untouched.customer, customer, "another's is open still");

            let (_, who) = house.service.sign_in.open(customer, &bank, Some(id)).await.unwrap();
            let entries = house.service.log.page(&who.owner, i64::MAX, 10).await.unwrap();
            let kinds: Vec<Kind> = entries.iter().map(|entry| entry.record.kind).collect();
            assert_eq!(kinds, [Kind::PasskeyAdded], "told once");
            // A passkey that is somebody's already.
            let again = all.accept(&untouched, passkey(won)).await;
            assert!(
                matches!(again, Err(CommitError::Refused(InvitationError::Known))),
                "{again:?}"
            );
            look(&house, 1, &hers).await.unwrap();
            house
        },
        "service_invitations",
    )
    .await;
}

#[tokio::test]
async fn her_log_tells_of_each_passkey_that_she_adds_and_removes() {
    tell(
        async |house| {
            let who = house.sign_in().await;
            let sign_in = house.service.sign_in.clone();
            let id = sign_in.add_passkey(&who.owner, passkey("phone")).await.unwrap();
            assert!(sign_in.add_passkey(&who.owner, passkey("phone")).await.is_err(), "known");
            sign_in.remove_passkey(&who.owner, id).await.unwrap();
            assert!(sign_in.remove_passkey(&who.owner, id).await.is_err(), "gone");
            let entries = house.service.log.page(&who.owner, i64::MAX, 10).await.unwrap();
            let kinds: Vec<Kind> = entries.iter().map(|entry| entry.record.kind).collect();
            assert_eq!(kinds, [Kind::PasskeyRemoved, Kind::PasskeyAdded]);
            house
        },
        "service_passkeys",
    )
    .await;
}

#[tokio::test]
async fn stale_foreign_and_forged_ones_do_not_open() {
    tell(
        async |house| {
            let token = invited(&house, 0, 2).await;
            let open = look(&house, 0, &token).await.unwrap();
            house.clock.on(2 * HOUR - 1);
            look(&house, 0, &token).await.unwrap();
            house.clock.on(1);
            let stale = look(&house, 0, &token).await;
            assert!(matches!(stale, Err(InvitationError::RanOut)), "{stale:?}");
            // A ceremony that was begun in time and ends too late.
            let late = house.service.invitations.accept(&open, passkey("late")).await;
            let ran_out = matches!(late, Err(CommitError::Refused(InvitationError::RanOut)));
            assert!(ran_out, "{late:?}");

            let token = invited(&house, 0, 10_000).await;
            house.clock.on(7 * 24 * HOUR);
            let bounded = look(&house, 0, &token).await;
            assert!(matches!(bounded, Err(InvitationError::RanOut)), "a week at most: {bounded:?}");

            let token = invited(&house, 0, 1).await;
            let elsewhere: BankId = "elsewhere".parse().unwrap();
            let foreign = house.service.invitations.look(&elsewhere, &token).await;
            assert!(matches!(foreign, Err(InvitationError::Unknown)), "{foreign:?}");
            let forged = Token::random(&*house.entropy);
            let forged = look(&house, 0, &forged).await;
            assert!(matches!(forged, Err(InvitationError::Unknown)), "{forged:?}");
            // It is no link of a chat.
            let who = house.sign_in().await;
            let link = house.service.links.look(&token).await.unwrap();
            assert!(house.service.links.destination(&link, &who.owner).is_err());
            house
        },
        "service_invitations_closed",
    )
    .await;
}
