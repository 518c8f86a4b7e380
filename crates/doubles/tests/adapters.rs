//! The doubles speak with the bank's real adapters, over real connections.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU8, Ordering};

use bankside_adapters::http::{Bounds, HttpClient};
use bankside_domain::bank::BankId;
use bankside_domain::channel::Contact;
use bankside_doubles::{Doubles, Kind, Source};
use bankside_service::channels::{Connected, Frame};
use bytes::Bytes;

const BOUNDS: Bounds = Bounds { deadline: std::time::Duration::from_secs(20), answer: 1024 * 1024 };

/// Another each time, and none that anybody must not guess.
fn chance() -> [u8; 32] {
    static CALLS: AtomicU8 = AtomicU8::new(0);
    [CALLS.fetch_add(1, Ordering::SeqCst); 32]
}

/// A running double of one operator.
struct Double {
    channel: Connected,
    address: SocketAddr,
    client: HttpClient,
}

async fn double(kind: Kind) -> Double {
    let client = HttpClient::new().unwrap();
    let source = Source { now: || 1_795_348_800_000, chance };
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let doubles = Doubles::bind(&[kind], &[here], client.clone(), source).await.unwrap();
    let address = doubles.address();
    let bank: BankId = "harbour".parse().unwrap();
    let channel = doubles.connected(&bank).unwrap().remove(0);
    assert_eq!(doubles.parties()[0].id, channel.id);
    // No bank listens there: what it is sent is not taken.
    tokio::spawn(doubles.serve("http://127.0.0.1:9".to_owned()));
    Double { channel, address, client }
}

impl Double {
    async fn page(&self, path: &str) -> (u16, String) {
        let uri = format!("http://{}{path}", self.address);
        let request = http::Request::get(uri).body(Bytes::new()).unwrap();
        let answer = self.client.send(request, BOUNDS).await.unwrap();
        (answer.status().as_u16(), String::from_utf8_lossy(answer.body()).into_owned())
    }
}

async fn shows_what_it_is_sent(kind: Kind, her: &str) {
    let double = double(kind).await;
    let channel = &double.channel.channel;
    channel.test().await.unwrap();
    channel.typing(&Contact::new(her)).await;
    let page = format!("/{}/sides", kind.id());
    assert!(double.page(&page).await.1.contains("bank typing"));
    let frame = Frame { text: "5 < 6, she’s told".to_owned(), ..Frame::default() };
    let id = channel.send(&Contact::new(her), &frame, "key-1").await.unwrap().unwrap();
    let (_, html) = double.page(&page).await;
    assert!(html.contains("5 &lt; 6, she’s told") && !html.contains("bank typing"), "{html}");
    if channel.can().retraction != bankside_domain::channel::Retraction::Never {
        channel.retract(&Contact::new(her), &id).await.unwrap();
        let (_, html) = double.page(&page).await;
        assert!(html.contains("This message was taken back"), "{html}");
    }
    assert_eq!(double.page("/nobody").await.0, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn telegram() {
    shows_what_it_is_sent(Kind::Telegram, "7001234").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messenger() {
    shows_what_it_is_sent(Kind::Messenger, "5551234567890123").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn matrix() {
    shows_what_it_is_sent(Kind::Matrix, "!demo:matrix.example @you:matrix.example").await;
}

/// Its chain leads to its own authority, and its key signs: the adapter believes it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alexa() {
    let double = double(Kind::Alexa).await;
    double.channel.channel.test().await.unwrap();
    let (status, chain) = double.page("/echo.api/echo-api-cert-demo.pem").await;
    assert!(status == 200 && chain.starts_with("-----BEGIN CERTIFICATE-----"), "{chain}");
}

#[test]
fn kinds_are_read_from_a_flag() {
    for kind in Kind::ALL {
        assert_eq!(kind.id().parse(), Ok(kind));
    }
    let unknown = "icq".parse::<Kind>().unwrap_err().to_string();
    assert!(unknown.contains("icq") && unknown.contains("telegram"), "{unknown}");
}
