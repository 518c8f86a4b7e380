//! What a customer sends: text of each coding, long messages, what is not taken.

use bankside_adapters::channels::smpp::Options;
use bankside_domain::channel::{Contact, Event};
use bankside_domain::personal::Personal;
use serde_json::{Value, json};

use crate::world::{Bank, Handed, Smsc, settings};

const TEMPORARY: u64 = 0x64;

fn message(text: &str) -> Event {
    Event::Message { text: Personal::from(text) }
}

async fn world() -> Option<(Smsc, Bank)> {
    let mut smsc = Smsc::start(0, None).await?;
    let bank = Bank::of(settings(smsc.port, Options::default()));
    smsc.sees("bind").await;
    Some((smsc, bank))
}

fn from_her(rest: Value) -> Value {
    let mut what = json!({ "source_addr": "34600111222" });
    what.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    what
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_becomes_what_she_meant() {
    let Some((mut smsc, mut bank)) = world().await else { return };
    for (what, want) in [
        (json!({ "text": "¿Qué? 5 € [a] ñ", "data_coding": 0 }), message("¿Qué? 5 € [a] ñ")),
        (json!({ "text": "été à Lisboa", "data_coding": 3 }), message("été à Lisboa")),
        (json!({ "text": "كم رصيدي؟ 👍", "data_coding": 8 }), message("كم رصيدي؟ 👍")),
        (json!({ "text": "", "message_payload": "from a payload" }), message("from a payload")),
        (json!({ "text": "id:1 stat:DELIVRD" }), message("id:1 stat:DELIVRD")),
        (json!({ "text": "STOP" }), Event::Leave),
        (json!({ "text": "توقف", "data_coding": 8 }), Event::Leave),
        (json!({ "text": "start" }), Event::Begin { reference: None }),
        (json!({ "text": "STOP ALL" }), message("STOP ALL")),
        (json!({ "octets": "00ff10", "data_coding": 4 }), Event::Media),
        (json!({ "octets": "48", "udh": "0605040b8423f0" }), Event::Media),
        (json!({ "text": " \n" }), Event::Media),
    ] {
        let what = from_her(what);
        assert_eq!(smsc.delivers(what.clone()).await, 0, "{what}");
        let event = bank.event().await;
        assert_eq!((event.event, event.from), (want, Contact::new("+34600111222")), "{what}");
    }
}

/// Each delivery is one event, even of the same words.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_words_twice_are_two_messages() {
    let Some((mut smsc, mut bank)) = world().await else { return };
    let mut ids = Vec::new();
    for _ in 0..2 {
        assert_eq!(smsc.delivers(from_her(json!({ "text": "1" }))).await, 0);
        ids.push(bank.event().await.id);
    }
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_committed_is_kept_by_the_smsc() {
    let Some((mut smsc, mut bank)) = world().await else { return };
    bank.refuses(true);
    assert_eq!(smsc.delivers(from_her(json!({ "text": "pay" }))).await, TEMPORARY);
    assert_eq!(smsc.delivers(json!({ "source_addr": "Shop", "text": "x" })).await, TEMPORARY);
    bank.refuses(false);
    assert_eq!(smsc.delivers(from_her(json!({ "text": "pay" }))).await, 0);
    assert_eq!(bank.event().await.event, message("pay"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_understood_is_kept_apart() {
    let Some((mut smsc, mut bank)) = world().await else { return };
    for (what, want) in [
        (json!({ "source_addr": "Shop", "source_addr_ton": 5, "text": "x" }), "E.164"),
        (json!({ "source_addr": "600111222", "source_addr_ton": 2, "text": "x" }), "E.164"),
        (from_her(json!({ "octets": "d800", "data_coding": 8 })), "not UCS-2"),
        (from_her(json!({ "octets": "00", "data_coding": 8 })), "not UCS-2"),
        (from_her(json!({ "octets": "41", "data_coding": 14 })), "coding"),
        (from_her(json!({ "octets": "4142", "esm_class": 64 })), "header"),
        (from_her(json!({ "octets": "41", "udh": "03250103" })), "table"),
        (from_her(json!({ "octets": "41", "udh": "050003070203" })), "part"),
        (from_her(json!({ "octets": "41", "udh": "050003071501" })), "too long"),
        (from_her(json!({ "text": "ok", "esm_class": 8 })), "acknowledgement"),
        (from_her(json!({ "text": "ok", "esm_class": 4 })), "names no message"),
        (from_her(json!({ "text": "id:1 stat:WHO", "esm_class": 4 })), "state"),
    ] {
        assert_eq!(smsc.delivers(what.clone()).await, 0, "{what}");
        match bank.next().await {
            Handed::Apart(why, bytes) => {
                assert!(why.contains(want), "{what}: {why}");
                let length = u32::from_be_bytes(*bytes.first_chunk().unwrap());
                assert_eq!(bytes.len(), usize::try_from(length).unwrap());
            }
            event @ Handed::Event(_) => panic!("{what}: {event:?}"),
        }
    }
}

fn part(reference: u8, total: u8, number: u8, text: &str) -> Value {
    let udh = format!("050003{reference:02x}{total:02x}{number:02x}");
    from_her(json!({ "do": "deliver", "udh": udh, "text": text }))
}

/// Parts are answered once the whole is committed, in whatever order they come; two messages at the
/// same time are not mixed up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_message_is_put_together() {
    let Some((mut smsc, mut bank)) = world().await else { return };
    let (one, two, three) = ("1".repeat(153), "2".repeat(153), "3".repeat(20));
    smsc.does(part(7, 3, 3, &three));
    smsc.does(part(8, 2, 1, "other "));
    smsc.does(part(7, 3, 1, &one));
    smsc.does(part(8, 2, 2, "message"));
    smsc.does(part(7, 3, 2, &two));
    let mut said = Vec::new();
    for _ in 0..2 {
        said.push(bank.event().await.event);
    }
    assert_eq!(said, [message("other message"), message(&(one + &two + &three))]);
    for _ in 0..5 {
        assert_eq!(smsc.sees("delivered").await["status"], 0);
    }
    let sar = |number: u8, text: &str| {
        let (total, reference) = (2, 900);
        from_her(json!({
            "do": "deliver", "text": text, "sar_msg_ref_num": reference,
            "sar_total_segments": total, "sar_segment_seqnum": number,
        }))
    };
    smsc.does(sar(2, "sar"));
    smsc.does(sar(1, "by "));
    assert_eq!(bank.event().await.event, message("by sar"));
}

/// No surrogate pair is lost that a telephone cut in two.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_character_may_lie_across_two_parts() {
    let Some((mut smsc, mut bank)) = world().await else { return };
    let half = |number: u8, octets: &str| {
        let udh = format!("0608041234{:02x}{number:02x}", 2);
        from_her(json!({ "do": "deliver", "udh": udh, "octets": octets, "data_coding": 8 }))
    };
    smsc.does(half(1, "0031d83d"));
    smsc.does(half(2, "dc4d0032"));
    assert_eq!(bank.event().await.event, message("1👍2"));
}

/// An SMSC with a window of one sends a part only after the one before was answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_is_answered_alone_where_the_others_do_not_come() {
    let Some((mut smsc, mut bank)) = world().await else { return };
    assert_eq!(smsc.delivers(part(9, 2, 1, "first, ")).await, 0);
    assert_eq!(smsc.delivers(part(9, 2, 2, "then")).await, 0);
    assert_eq!(bank.event().await.event, message("first, then"));
}

/// All parts come again where the whole was not committed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_message_that_is_not_committed_comes_again() {
    let Some((mut smsc, mut bank)) = world().await else { return };
    bank.refuses(true);
    for _ in 0..2 {
        let all = [part(10, 2, 1, "all "), part(10, 2, 2, "again")];
        smsc.does(json!({ "do": "deliver_all", "all": all }));
        for _ in 0..2 {
            assert_eq!(smsc.sees("delivered").await["status"], TEMPORARY);
        }
    }
    bank.refuses(false);
    assert_eq!(smsc.delivers(part(10, 2, 2, "again")).await, 0);
    assert_eq!(bank.event().await.event, message("all again"));
    // The other part comes again too: it was committed with the whole.
    assert_eq!(smsc.delivers(part(10, 2, 1, "all ")).await, 0);
    assert_eq!(smsc.delivers(from_her(json!({ "text": "next" }))).await, 0);
    assert_eq!(bank.event().await.event, message("next"));
}
