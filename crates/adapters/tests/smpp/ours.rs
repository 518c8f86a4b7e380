//! What the bank sends: text as the SMSC reads it, receipts, errors.

use bankside_adapters::channels::smpp::{Long, Options, ReceiptIds};
use bankside_domain::channel::{Contact, Event, Status};
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, SendError};
use serde_json::{Value, json};

use crate::world::{Bank, Smsc, settings};

const HER: &str = "+34600111222";
const SAID: &str = "Saldo: 1.234,56 € {Everyday} [34] ~ ñ";

fn frame(text: &str) -> Frame {
    Frame { text: text.to_owned(), ..Frame::default() }
}

async fn world(options: Options<'_>) -> Option<(Smsc, Bank)> {
    let mut smsc = Smsc::start(0, None).await?;
    let mut bank = Bank::of(settings(smsc.port, options));
    let bind = smsc.sees("bind").await;
    assert_eq!(bind["system_id"], "bank");
    assert_eq!(bind["interface_version"], 0x34);
    bank.connects().await;
    Some((smsc, bank))
}

async fn sends(bank: &Bank, text: &str, key: &str) -> Result<Option<String>, SendError> {
    bank.channel.send(&Contact::new(HER), &frame(text), key).await
}

/// Long texts of each alphabet, in each way to send them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_smsc_reads_what_was_sent() {
    let arabic = "رصيدك في الحساب الجاري هو ألف ومئتان وأربعة وثلاثون يورو. ".repeat(4);
    let emoji = format!("{}👍", "ż".repeat(69)).repeat(3);
    let latin = format!("{SAID} ").repeat(8);
    for long in [Long::Udh, Long::Sar, Long::Payload] {
        let Some((mut smsc, bank)) = world(Options { long, ..Options::default() }).await else {
            return;
        };
        let short: &str = SAID;
        for (nth, text) in [short, &arabic, &latin, &emoji].into_iter().enumerate() {
            let id = sends(&bank, text, &format!("01a/{nth}")).await.unwrap().unwrap();
            let message = smsc.sees("message").await;
            assert_eq!(message["text"], text.trim_end_matches('\0'), "{long:?}");
            assert_eq!(message["ids"].as_array().unwrap().last().unwrap(), &json!(id));
            assert_eq!(message["source"], json!([5, 0, "Harbour"]));
            assert_eq!(message["to"], json!([1, 1, "34600111222"]));
            let gsm = nth == 0 || nth == 2;
            assert_eq!(message["coding"], if gsm { 0 } else { 8 });
            let is_payload = long == Long::Payload && nth != 0;
            assert_eq!((&message["payload"], &message["kind"]), (&json!(is_payload), &json!(0)));
            let asks: Vec<Value> = message["asks"].as_array().cloned().unwrap_or_default();
            if let Some((last, before)) = asks.split_last() {
                assert!(*last == 1 && before.iter().all(|asks| *asks == 2), "{asks:?}");
            }
        }
    }
}

fn went(id: &str, status: Status) -> Event {
    Event::Status { of: Some(id.to_owned()), until: None, status }
}

async fn receipt(smsc: &mut Smsc, rest: Value) -> u64 {
    let mut what = json!({ "source_addr": "34600111222", "esm_class": 4 });
    what.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    smsc.delivers(what).await
}

fn text(id: &str, stat: &str) -> Value {
    let rest = "sub:001 dlvrd:001 submit date:2611220801 done date:2611220802";
    json!({ "text": format!("id:{id} {rest} stat:{stat} err:000 text:id:9 stat:UNDELIV") })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receipts_tell_how_a_message_fared() {
    let Some((mut smsc, mut bank)) = world(Options::default()).await else { return };
    let id = sends(&bank, "hello", "01b/0").await.unwrap().unwrap();
    assert_eq!(receipt(&mut smsc, text(&id, "ENROUTE")).await, 0);
    assert_eq!(receipt(&mut smsc, text(&id, "DELIVRD")).await, 0);
    assert_eq!(bank.event().await.event, went(&id, Status::Delivered));
    let by_parameters = json!({ "receipted_message_id": id, "message_state": 5, "text": "" });
    assert_eq!(receipt(&mut smsc, by_parameters).await, 0);
    assert_eq!(bank.event().await.event, went(&id, Status::Failed));
    bank.refuses(true);
    assert_eq!(receipt(&mut smsc, text(&id, "DELIVRD")).await, 0x64);
    bank.refuses(false);
    assert_eq!(receipt(&mut smsc, text(&id, "DELIVRD")).await, 0);
    assert_eq!(bank.event().await.event, went(&id, Status::Delivered));
}

/// A part before the last one speaks only when it failed, and then for the whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_that_failed_makes_the_whole_fail() {
    let Some((mut smsc, mut bank)) = world(Options::default()).await else { return };
    let id = sends(&bank, &"a".repeat(400), "01c/0").await.unwrap().unwrap();
    let ids = smsc.sees("message").await["ids"].clone();
    let (first, second) = (ids[0].as_str().unwrap(), ids[1].as_str().unwrap());
    assert_eq!(ids[2], json!(id));
    assert_eq!(receipt(&mut smsc, text(first, "DELIVRD")).await, 0);
    assert_eq!(receipt(&mut smsc, text(second, "EXPIRED")).await, 0);
    assert_eq!(bank.event().await.event, went(&id, Status::Failed));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_are_known_in_decimal_and_in_hexadecimal() {
    let options = Options { receipt_ids: ReceiptIds::Decimal, ..Options::default() };
    let Some((mut smsc, mut bank)) = world(options).await else { return };
    smsc.sets(json!({ "hex": true })).await;
    let id = sends(&bank, "hello", "01d/0").await.unwrap().unwrap();
    let answered = smsc.sees("message").await["ids"][0].as_str().unwrap().to_owned();
    let decimal = u64::from_str_radix(&answered, 16).unwrap();
    assert_eq!(receipt(&mut smsc, text(&format!("{decimal:010}"), "DELIVRD")).await, 0);
    assert_eq!(bank.event().await.event, went(&id, Status::Delivered));
    let by_parameters = json!({ "receipted_message_id": answered, "message_state": 2, "text": "" });
    assert_eq!(receipt(&mut smsc, by_parameters).await, 0);
    assert_eq!(bank.event().await.event, went(&id, Status::Delivered));
}

/// What was taken before the SMSC was full is not sent again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_throttled_message_goes_on_where_it_stopped() {
    let Some((mut smsc, bank)) = world(Options::default()).await else { return };
    let long = "a".repeat(153) + &"b".repeat(153) + &"c".repeat(100);
    for accepts in [0, 1] {
        smsc.sets(json!({ "accepts": accepts })).await;
        let throttled = sends(&bank, &long, "01e/0").await.unwrap_err();
        assert!(throttled.to_string().contains("ESME_RTHROTTLED"), "{throttled}");
        assert!(matches!(throttled, SendError::Later { .. }));
    }
    smsc.sets(json!({ "accepts": null })).await;
    sends(&bank, "between", "01e/1").await.unwrap();
    assert_eq!(smsc.sees("message").await["text"], "between");
    sends(&bank, &long, "01e/0").await.unwrap();
    assert_eq!(smsc.sees("message").await["text"], long);
    assert_eq!(smsc.seen("part"), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_refusal_means_what_it_says() {
    let Some((mut smsc, bank)) = world(Options::default()).await else { return };
    for (status, want) in [
        (0x14, "not now: ESME_RMSGQFUL"),
        (0x08, "not now: ESME_RSYSERR"),
        (0x0b, "refused: ESME_RINVDSTADR"),
        (0x65, "she is gone from there: ESME_RX_P_APPN"),
        (0x0a, "refused: ESME_RINVSRCADR"),
        (0x0413, "refused: command_status 0x00000413"),
    ] {
        smsc.sets(json!({ "status": status })).await;
        let error = sends(&bank, "hello", "01f/0").await.unwrap_err().to_string();
        assert!(error.starts_with(want), "{error}");
    }
    let nobody = bank.channel.send(&Contact::new("12345"), &frame("x"), "01f/1").await;
    assert!(matches!(nobody, Err(SendError::Refused { .. })), "{nobody:?}");
}

async fn at_last(bank: &Bank, key: &str) {
    while let Err(error) = sends(bank, key, key).await {
        assert!(matches!(error, SendError::Later { .. }), "{error:?}");
    }
}

/// More messages at once than the window allows all go.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_small_window_delays_and_loses_nothing() {
    let Some((mut smsc, bank)) = world(Options { window: Some(2), ..Options::default() }).await
    else {
        return;
    };
    let keys: Vec<_> = (0..60).map(|number| format!("01g/{number}")).collect();
    futures_util::future::join_all(keys.iter().map(|key| at_last(&bank, key))).await;
    let mut seen = Vec::new();
    while seen.len() < keys.len() {
        seen.push(smsc.sees("message").await["text"].as_str().unwrap().to_owned());
    }
    seen.sort_by_key(|key| keys.iter().position(|known| known == key));
    assert_eq!(seen, keys);
}
