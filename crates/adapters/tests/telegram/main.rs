//! Telegram's adapter with a Bot API server that others wrote, `telegram-test-api` from npm, where
//! `NODE_PATH` has it; skipped by name where it has not. The server repeats no secret at the webhook, as
//! Telegram does: the test shows that nothing is believed without it, and adds it then.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

#[path = "../node/mod.rs"]
mod run;

use bankside_adapters::channels::secret::Secret;
use bankside_adapters::channels::telegram::{Settings, Telegram};
use bankside_adapters::http::HttpClient;
use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event};
use bankside_domain::conversation::Choice;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, Delivered, Distrust, SendError, Taken};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
const SECRET: &str = "what-telegram-repeats_0123";
const HEADER: &str = "x-telegram-bot-api-secret-token";
const HER: &str = "8674665223";
const NOW: Timestamp = Timestamp::from_millis(1_795_284_000_000);

/// A server, the bank's bot at it, and the bank's webhook.
struct Scene {
    server: run::Talk,
    telegram: Telegram,
    posted: mpsc::UnboundedReceiver<Vec<u8>>,
}

impl Scene {
    async fn new() -> Option<Self> {
        let mut server = run::Talk::start(include_str!("server.cjs"), "telegram-test-api")?;
        let started = asks(&mut server, &json!({ "what": "start" }));
        let settings = Settings {
            token: Secret::new(TOKEN),
            secret: Secret::new(SECRET),
            api: started.as_str().unwrap().to_owned(),
        };
        let telegram = Telegram::new(settings, HttpClient::new().unwrap());
        let (hook, posted) = webhook().await;
        telegram.set_webhook(&hook).await.unwrap();
        Some(Self { server, telegram, posted })
    }

    fn asks(&mut self, what: &str, more: &Value) -> Value {
        let mut question = json!({ "what": what, "token": TOKEN });
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        asks(&mut self.server, &question)
    }

    /// She does something; what comes to the webhook, as it is believed.
    async fn hears(&mut self, what: &str, more: &Value) -> Event {
        self.asks(what, more);
        let body = self.posted.recv().await.unwrap();
        assert!(matches!(self.takes(&body, ""), Err(Distrust::NotProven(_))));
        let mut taken = self.takes(&body, SECRET).unwrap();
        assert_eq!((taken.events.len(), taken.strange.len()), (1, 0));
        let event = taken.events.pop().unwrap();
        assert_eq!(event.from, Contact::new(HER));
        event.event
    }

    fn takes(&self, body: &[u8], secret: &str) -> Result<Taken, Distrust> {
        let header = |name: &str| (name == HEADER).then_some(secret);
        let request =
            Delivered { method: "POST", path: "", query: "", header: &header, body, at: NOW };
        self.telegram.take(&request)
    }

    /// The bank's messages that the server has.
    fn has(&mut self) -> Vec<Value> {
        let history = self.asks("history", &json!({}));
        history.as_array().unwrap().iter().map(|entry| entry["message"].clone()).collect()
    }
}

fn asks(server: &mut run::Talk, question: &Value) -> Value {
    let answer = tokio::task::block_in_place(|| server.asks(question));
    assert!(answer.get("error").is_none(), "{question}: {answer}");
    answer["answer"].clone()
}

/// Answers 200, and tells what was posted.
async fn webhook() -> (String, mpsc::UnboundedReceiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/hook/telegram", listener.local_addr().unwrap());
    let (tell, told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut bytes, mut length, mut start) = (Vec::new(), usize::MAX, 0_usize);
            while bytes.len() < start.saturating_add(length) {
                assert!(stream.read_buf(&mut bytes).await.unwrap() > 0);
                let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
                let Some(end) = end else { continue };
                let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
                let found = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                (length, start) = (found.unwrap().parse().unwrap(), end + 4);
            }
            tell.send(bytes[start..].to_vec()).unwrap();
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            stream.write_all(answer).await.unwrap();
        }
    });
    (address, told)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_others_understands_us_and_we_it() {
    let Some(mut scene) = Scene::new().await else { return };
    assert_eq!(scene.telegram.test().await.unwrap(), "@TestNameBot");
    assert_eq!(scene.hears("starts", &json!({})).await, Event::Begin { reference: None });
    let words = "saldo, proszę";
    let said = scene.hears("says", &json!({ "text": words })).await;
    assert_eq!(said, Event::Message { text: words.into() });

    let answers = vec![
        Choice { label: "Everyday".into(), says: "balance of everyday".into() },
        Choice { label: "Help".into(), says: "help".into() },
    ];
    let frame = Frame { text: "Which one?".to_owned(), answers, ..Frame::default() };
    let her = Contact::new(HER);
    let id = scene.telegram.send(&her, &frame, "key").await.unwrap().unwrap();
    let sent = scene.has().pop().unwrap();
    assert_eq!((&sent["text"], &sent["chat_id"]), (&json!("Which one?"), &json!(HER)));
    let data = sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"].clone();
    let tapped = scene.hears("taps", &json!({ "data": data })).await;
    assert_eq!(tapped, Event::Choice { says: "balance of everyday".into() });

    scene.telegram.retract(&her, &id).await.unwrap();
    assert_eq!(scene.has(), Vec::<Value>::new());
    let again = scene.telegram.retract(&her, &id).await;
    assert!(matches!(again, Err(SendError::Refused { .. })), "{again:?}");
}
