//! Sessions: made, refused, lost, silent, hostile, ended in order; by TLS.

use bankside_adapters::channels::smpp::{Options, Settings, Smpp, Tls};
use bankside_domain::channel::{Contact, Event};
use bankside_domain::personal::Personal;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, SendError};
use serde_json::json;

use crate::world::{Bank, LOOK, Smsc, settings, settings_of};

const HER: &str = "+34600111222";
fn frame(text: &str) -> Frame {
    Frame { text: text.to_owned(), ..Frame::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_named_and_never_shown() {
    let Some(smsc) = Smsc::start(0, None).await else { return };
    let server = format!("127.0.0.1:{}", smsc.port);
    let channel = Smpp::new(settings_of(&server, "wrong-01", Options::default()), 1);
    let error = channel.test().await.unwrap_err();
    assert!(matches!(error, SendError::Refused { .. }), "{error:?}");
    assert!(error.to_string().contains("ESME_RINVPASWD"), "{error}");
    assert!(!format!("{channel:?}{error:?}").contains("wrong-01"));
    let sent = channel.send(&Contact::new(HER), &frame("x"), "01a/0").await;
    assert!(matches!(sent, Err(SendError::Later { .. })), "{sent:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_binds_and_says_goodbye() {
    let Some(mut smsc) = Smsc::start(0, None).await else { return };
    let options = Options { system_type: "banking", ..Options::default() };
    let channel = Smpp::new(settings(smsc.port, options), 1);
    assert!(channel.test().await.unwrap().contains("`bank`"));
    assert_eq!(smsc.sees("bind").await["system_type"], "banking");
    smsc.sees("unbind").await;
    smsc.sees("closed").await;
    let mut bank = Bank::of(settings(smsc.port, options));
    bank.connects().await;
    smsc.seen("enquire");
    assert!(bank.channel.test().await.is_ok());
    smsc.sees("enquire").await;
    bank.ends_itself().await;
    smsc.sees("unbind").await;
}

/// The SMSC is killed between messages: each is told to be sent or is tried again, and arrives.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_smsc_restarts_while_letters_wait() {
    const MESSAGES: usize = 20;
    let Some(mut smsc) = Smsc::start(0, None).await else { return };
    let mut bank = Bank::of(settings(smsc.port, Options::default()));
    bank.connects().await;
    let (her, mut seen) = (Contact::new(HER), Vec::new());
    for number in 0..MESSAGES {
        if number == MESSAGES / 2 {
            sees(&mut smsc, &mut seen, number).await;
            let port = smsc.port;
            drop(smsc);
            while bank.channel.send(&her, &frame("down"), "01d/0").await.is_ok() {}
            smsc = Smsc::start(port, None).await.unwrap();
        }
        let (text, key) = (frame(&format!("number {number}")), format!("01c/{number}"));
        while let Err(error) = bank.channel.send(&her, &text, &key).await {
            assert!(matches!(error, SendError::Later { .. }), "{error:?}");
            tokio::time::sleep(LOOK).await;
        }
    }
    sees(&mut smsc, &mut seen, MESSAGES).await;
    let sent: Vec<_> = (0..MESSAGES).map(|number| format!("number {number}")).collect();
    assert_eq!(seen, sent);
}

async fn sees(smsc: &mut Smsc, seen: &mut Vec<String>, count: usize) {
    while seen.len() < count {
        let text = smsc.sees("message").await["text"].as_str().unwrap().to_owned();
        if text != "down" {
            seen.push(text);
        }
    }
}

/// A delivery that comes again in a new session, since our answer was lost, is one message.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_committed_before_the_connection_broke_is_known() {
    let Some(mut smsc) = Smsc::start(0, None).await else { return };
    let mut bank = Bank::of(settings(smsc.port, Options::default()));
    smsc.sees("bind").await;
    let said = |text: &str| json!({ "source_addr": "34600111222", "text": text });
    assert_eq!(smsc.delivers(said("pay")).await, 0);
    let message = |text: &str| Event::Message { text: Personal::from(text) };
    assert_eq!(bank.event().await.event, message("pay"));
    smsc.does(json!({ "do": "drop" }));
    smsc.sees("bind").await;
    for text in ["pay", "next"] {
        assert_eq!(smsc.delivers(said(text)).await, 0);
    }
    assert_eq!(bank.event().await.event, message("next"));
    // Once the SMSC has shown that it read our answer, the same words are new.
    bank.channel.test().await.unwrap();
    smsc.does(json!({ "do": "drop" }));
    smsc.sees("bind").await;
    assert_eq!(smsc.delivers(said("next")).await, 0);
    assert_eq!(bank.event().await.event, message("next"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_sides_ask_whether_the_other_is_there() {
    let Some(mut smsc) = Smsc::start(0, None).await else { return };
    let impatient = Options { enquire_seconds: Some(1), ..Options::default() };
    let mut bank = Bank::of(settings(smsc.port, impatient));
    smsc.sees("bind").await;
    smsc.does(json!({ "do": "enquire" }));
    assert_eq!(smsc.sees("enquired").await["status"], 0);
    for _ in 0..2 {
        smsc.sees("enquire").await;
    }
    smsc.sets(json!({ "mute": true })).await;
    bank.ends("the SMSC is silent").await;
    smsc.sets(json!({ "mute": false })).await;
    while let Err(error) = bank.channel.send(&Contact::new(HER), &frame("heard"), "01h/0").await {
        assert!(matches!(error, SendError::Later { .. }), "{error:?}");
        tokio::time::sleep(LOOK).await;
    }
    assert_eq!(smsc.sees("message").await["text"], "heard");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_smsc_may_end_the_session() {
    let Some(mut smsc) = Smsc::start(0, None).await else { return };
    let mut bank = Bank::of(settings(smsc.port, Options::default()));
    smsc.sees("bind").await;
    smsc.does(json!({ "do": "unbind" }));
    smsc.sees("unbound").await;
    bank.ends("the SMSC ended the session").await;
    smsc.sees("bind").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_frames_are_answered_or_end_the_session() {
    let Some(mut smsc) = Smsc::start(0, None).await else { return };
    let mut bank = Bank::of(settings(smsc.port, Options::default()));
    bank.connects().await;
    // A command that does not exist, and one for an SMSC.
    for command in ["00000077", "00000004"] {
        smsc.does(json!({ "do": "raw", "hex": format!("00000010{command}0000000000000001") }));
        assert_eq!(smsc.sees("nack").await["status"], 3);
    }
    // Answers to what was never asked.
    smsc.does(json!({ "do": "raw", "hex": "00000010800000040000000000004444" }));
    smsc.does(json!({ "do": "raw", "hex": "00000010800000000000000300000000" }));
    for length in ["00000000", "0000000f", "00010001", "ffffffff"] {
        smsc.does(json!({ "do": "raw", "hex": format!("{length}000000150000000000000001") }));
        bank.ends("a length that SMPP does not have").await;
        assert_eq!(smsc.sees("nack").await["status"], 2);
        bank.connects().await;
    }
    bank.channel.test().await.unwrap();
}

/// By TLS, to the SMSC that the authority names and to no other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_proves_the_smsc() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (key, cert) = (made.signing_key.serialize_pem(), made.cert.pem());
    let Some(mut smsc) = Smsc::start(0, Some((&key, &cert))).await else { return };
    let of = |host: &str, tls| -> Settings {
        settings_of(
            &format!("{host}:{}", smsc.port),
            "pa ss-01",
            Options { tls, ..Options::default() },
        )
    };
    let (stranger, other) = (of("127.0.0.1", Tls::Of(cert.as_bytes())), other.cert.pem());
    let (forged, public) =
        (of("localhost", Tls::Of(other.as_bytes())), of("localhost", Tls::Public));
    for wrong in [stranger, forged, public] {
        let error = Smpp::new(wrong, 1).test().await.unwrap_err();
        assert!(error.to_string().contains("no TLS: invalid peer certificate"), "{error}");
    }
    let right = of("localhost", Tls::Of(cert.as_bytes()));
    let mut bank = Bank::of(right);
    bank.connects().await;
    bank.channel.send(&Contact::new(HER), &frame("secured"), "01t/0").await.unwrap();
    assert_eq!(smsc.sees("message").await["text"], "secured");
    bank.ends_itself().await;
    smsc.sees("unbind").await;
}
