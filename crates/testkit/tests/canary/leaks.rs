//! The search is able to find: a frame that leaks is caught on every operator's wire, however a language
//! or a format writes what leaks.

use std::collections::BTreeSet;

use bankside_domain::channel::Contact;
use bankside_domain::conversation::Choice;
use bankside_domain::disclosure::Level;
use bankside_service::channels::Frame;
use bankside_service::ports::Inlet;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::operators::{KINDS, Looking, Operators};
use super::scene::hands_over;
use super::search::{Needle, Search};

const IBAN: &str = "DE89370400440532013000";
const FIGURE: &str = "731946012345";

fn search() -> Search {
    let needle = |level, kind, text: &str| Needle { level, kind, text: text.to_owned() };
    Search::new(vec![
        needle(Level::Detail, "number", IBAN),
        needle(Level::Masked, "exact figure", FIGURE),
        needle(Level::Detail, "merchant", "qzx1a2b3c4dmerchant"),
    ])
}

/// An inlet of a line by which nothing comes.
struct Nobody(tokio::sync::watch::Sender<bool>);

#[async_trait::async_trait]
impl Inlet for Nobody {
    fn connected(&self) {
        self.0.send_replace(true);
    }

    async fn take(
        &self,
        _: &bankside_domain::channel::Inbound,
    ) -> Result<(), bankside_service::ports::NotTaken> {
        Ok(())
    }

    async fn keep_apart(&self, _: &str, _: &[u8]) -> Result<(), bankside_service::ports::NotTaken> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frame_that_leaks_is_caught_on_every_wire() {
    for (leaked, kind) in [
        ("to DE89 3704 0044 0532 0130 00", "number"),
        ("-7.319.460.123,45 €", "exact figure"),
        ("7\u{a0}319\u{a0}460\u{a0}123,45 zł", "exact figure"),
        ("\u{2066}٧٬٣١٩٬٤٦٠٬١٢٣٫٤٥\u{2069} رصيدك", "exact figure"),
        ("at Qzx1a2b3c4dMerchant, yesterday", "merchant"),
    ] {
        for (channel, address) in KINDS {
            let looking: &'static Looking = Box::leak(Box::default());
            assert!(looking.set(search()).is_ok());
            let search = looking.get().unwrap();
            let adapter = Operators::start(looking).await.open(channel);
            let inlet = std::sync::Arc::new(Nobody(tokio::sync::watch::Sender::new(false)));
            let mut stands = inlet.0.subscribe();
            let listening = {
                let (adapter, inlet) = (adapter.clone(), inlet.clone());
                tokio::spawn(async move { adapter.listen(inlet).await })
            };
            if channel == "xmpp" {
                stands.wait_for(|stands| *stands).await.unwrap();
            }
            let frame = Frame { text: leaked.to_owned(), ..Frame::default() };
            search.allows(Some(Level::Summary));
            hands_over(&adapter, &Contact::new(address), &frame, "k", search).await;
            listening.abort();
            let leak = format!("saw {kind} where Some(Summary) is allowed");
            let leaks = search.leaks();
            assert!(leaks.iter().any(|found| found.ends_with(&leak)), "{channel}: {leaks:?}");
        }
    }
}

/// Where an answer to tap, not the text, holds it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_button_that_leaks_is_caught() {
    for channel in ["messenger", "telegram", "whatsapp"] {
        let looking: &'static Looking = Box::leak(Box::default());
        assert!(looking.set(search()).is_ok());
        let search = looking.get().unwrap();
        let adapter = Operators::start(looking).await.open(channel);
        let says = format!("pay {IBAN}");
        let answers = vec![Choice { label: "Yes".into(), says: says.into() }];
        let frame = Frame { text: "Pay?".to_owned(), answers, ..Frame::default() };
        let (_, address) = KINDS.into_iter().find(|(kind, _)| *kind == channel).unwrap();
        hands_over(&adapter, &Contact::new(address), &frame, "k", search).await;
        assert_eq!(search.leaks().len(), 1, "{channel}");
    }
}

#[test]
fn what_is_allowed_is_no_leak() {
    let search = search();
    search.allows(Some(Level::Masked));
    search.look("x", b"7,319,460,123.45");
    assert_eq!((search.leaks(), search.shown().len()), (BTreeSet::new(), 1));
    search.allows(None);
    search.look("x", b"7,319,460,123.45");
    assert_eq!(search.leaks().len(), 1);
}

#[test]
fn every_form_is_opened() {
    let search = search();
    let check = |bytes: &[u8]| {
        let kinds: Vec<_> = search.found(bytes).iter().map(|needle| needle.kind).collect();
        assert_eq!(kinds, ["number"], "{}", String::from_utf8_lossy(bytes));
    };
    let utf16: Vec<u8> = IBAN.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let percent =
        |bytes: &[u8]| bytes.iter().map(|byte| format!("%{byte:02X}")).collect::<String>();
    check(IBAN.to_lowercase().as_bytes());
    check(percent(IBAN.as_bytes()).as_bytes());
    check(percent(&utf16).as_bytes());
    check(&[&b"\x05"[..], &utf16].concat());
    check(b"DE89370400=\r\n440532013000");
    check(b"=44E89370400440532013000");
    check(br"\u0044E8937\u0030400440532013000");
    check(format!("x: {}", STANDARD.encode(format!("<b>{IBAN}</b>"))).as_bytes());
    check(format!("state={}", URL_SAFE_NO_PAD.encode(format!("???{IBAN}"))).as_bytes());
    check(STANDARD.encode(percent(IBAN.as_bytes())).as_bytes());
    assert_eq!(search.found(b"DE89 3704 0044 0532 0130 01"), Vec::<&Needle>::new());
}
