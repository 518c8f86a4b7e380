//! Consents that run out are announced once each time, in the chat of their party, and ended.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

mod house;

use bankside_domain::consent::{Duration, Notice, State};
use bankside_domain::conversation::Outgoing;
use bankside_domain::time::DAY_MS;
use bankside_service::conversation::{AnnounceError, Chat};
use bankside_service::expiry::Ran;
use bankside_service::log::LogFilter;
use bankside_transparency::record::Kind;
use house::{House, tell};

/// The bank's words after `seq`.
async fn words(house: &House, chat: &Chat, seq: &mut i64) -> Vec<String> {
    let shown = house.service.chats.messages(chat, *seq).await.unwrap().messages;
    *seq = shown.last().map_or(*seq, |message| message.seq);
    assert!(shown.iter().all(|message| message.receipt.is_some()), "each has its receipt");
    shown.into_iter().map(|message| message.body.text.reveal().clone()).collect()
}

#[tokio::test]
async fn announced_fourteen_and_three_days_ahead_and_on_the_last_day_and_ended() {
    tell(
        async |house| {
            let who = house.sign_in().await;
            let (_, chat) = house.linked_chat(&who).await;
            let consent = house.allow(&who).await;
            let expiry = &house.service.expiry;
            let mut seq = chat.last_seq;
            let mut check = async |days: i64, want: Option<&str>, ran: Ran| {
                house.clock.on(days * DAY_MS);
                assert_eq!(expiry.run_due().await.unwrap(), ran);
                assert_eq!(expiry.run_due().await.unwrap(), Ran::default(), "once");
                let said = words(&house, &chat, &mut seq).await;
                assert_eq!(said.len(), usize::from(want.is_some()), "{said:?}");
                assert!(want.is_none_or(|want| said[0].contains(want)), "{said:?}");
            };
            let announced = Ran { announced: 1, ..Ran::default() };
            check(0, None, Ran::default()).await;
            check(75, None, Ran::default()).await;
            check(1, Some("runs out in 14 days"), announced).await;
            check(1, None, Ran::default()).await;
            check(10, Some("runs out in 3 days"), announced).await;
            house.clock.on(3 * DAY_MS - 60_000);
            check(0, Some("runs out today"), announced).await;
            house.clock.on(60_000);
            check(0, Some("has run out"), Ran { expired: 1, ..Ran::default() }).await;
            check(30, None, Ran::default()).await;

            let ended = house.service.consents.get(&who.owner, consent.id()).await.unwrap();
            assert!(matches!(ended.state(), State::Expired { .. }));
            let filter = LogFilter { kind: Some(Kind::Expire), ..Default::default() };
            let log = &house.service.log;
            let entries = log.search(&who.owner, &filter, i64::MAX, 9).await.unwrap().entries;
            assert_eq!(entries.len(), 1);
        },
        "service_expiry",
    )
    .await;
}

#[tokio::test]
async fn after_renewal_it_is_announced_anew_and_a_short_one_only_when_near() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::on(house::files(dir.path()).await).await;
    let who = house.sign_in().await;
    let (_, chat) = house.linked_chat(&who).await;
    let consent = house.allow(&who).await;
    let (consents, expiry) = (&house.service.consents, &house.service.expiry);
    let mut seq = chat.last_seq;
    house.clock.on(80 * DAY_MS);
    assert_eq!(expiry.run_due().await.unwrap().announced, 1);
    consents.renew(&who.owner, consent.id(), who.auth_event()).await.unwrap();
    assert_eq!(expiry.run_due().await.unwrap().announced, 0);
    words(&house, &chat, &mut seq).await;
    house.clock.on(80 * DAY_MS);
    assert_eq!(expiry.run_due().await.unwrap().announced, 1);
    assert!(words(&house, &chat, &mut seq).await[0].contains("runs out in 10 days"));

    let who = house.sign_in_as(1).await;
    let (_, chat) = house.linked_chat(&who).await;
    let mut seq = chat.last_seq;
    let notice = Notice { version: "1".to_owned(), language: Default::default() };
    for duration in [Duration::Days(7), Duration::Once] {
        let terms = house.terms(&who).await.lasting(duration).unwrap();
        let (by, notice) = (who.auth_event(), notice.clone());
        consents.grant(&who.owner, terms.clone(), terms, notice, by).await.unwrap();
    }
    assert_eq!(expiry.run_due().await.unwrap().announced, 0, "she was just asked");
    house.clock.on(4 * DAY_MS);
    assert_eq!(expiry.run_due().await.unwrap(), Ran { announced: 1, expired: 1, waiting: 0 });
    let said = words(&house, &chat, &mut seq).await;
    assert!(said[0].contains("has run out") && said[1].contains("in 3 days"), "{said:?}");
}

#[tokio::test]
async fn the_bank_speaks_by_itself_only_in_a_chat_of_hers() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::on(house::files(dir.path()).await).await;
    let who = house.sign_in().await;
    let other = house.sign_in_as(1).await;
    let (_, chat) = house.linked_chat(&who).await;
    let mut seq = chat.last_seq;
    let announcer = &house.service.announcer;
    let refused = announcer.say(&other.owner, chat.id, Outgoing::text("hers?")).await;
    assert!(matches!(refused, Err(AnnounceError::NotHers)), "{refused:?}");
    let receipt = announcer.say(&who.owner, chat.id, Outgoing::text("Thank you.")).await.unwrap();
    assert_eq!(words(&house, &chat, &mut seq).await, ["Thank you."]);
    let entry = house.service.log.entry(&who.owner, &receipt).await.unwrap();
    assert_eq!(entry.record.kind, Kind::Disclose);
    assert!(entry.record.consent.is_none() && entry.record.fields.is_empty());
}
