//! A server that is the test: it does what a real one does seldom.

use std::sync::Mutex as StdMutex;

use bankside_domain::channel::Inbound;
use bankside_service::ports::NotTaken;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// SHA-1 of `s1a secret`, by Python's `hashlib`.
const DIGEST: &str = "892afba3b08801d2c791cfe9774b5c031391bd74";

/// Keeps what is handed in, and refuses what the test wants refused.
#[derive(Default)]
struct Desk {
    taken: StdMutex<Vec<Inbound>>,
    apart: StdMutex<Vec<String>>,
    refuses: AtomicBool,
    /// Whoever holds it for writing keeps the rest from being committed.
    held_up: tokio::sync::RwLock<()>,
    connected: AtomicBool,
}

#[async_trait]
impl Inlet for Desk {
    fn connected(&self) {
        self.connected.store(true, Ordering::SeqCst);
    }

    async fn take(&self, event: &Inbound) -> Result<(), NotTaken> {
        let _through = self.held_up.read().await;
        if self.refuses.load(Ordering::SeqCst) {
            return Err(NotTaken);
        }
        self.taken.lock().unwrap().push(event.clone());
        Ok(())
    }

    async fn keep_apart(&self, why: &str, _: &[u8]) -> Result<(), NotTaken> {
        self.apart.lock().unwrap().push(why.to_owned());
        Ok(())
    }
}

/// The server's side of one connection.
struct Peer {
    socket: TcpStream,
    heard: String,
}

impl Peer {
    /// Hears until it has heard that; gives what came until then.
    async fn hears(&mut self, what: &str) -> String {
        let hearing = async {
            loop {
                if let Some(at) = self.heard.find(what) {
                    return self.heard.drain(..at + what.len()).collect::<String>();
                }
                let mut more = [0; 4096];
                let read = self.socket.read(&mut more).await.unwrap();
                assert!(read > 0, "hung up before `{what}`: {}", self.heard);
                self.heard.push_str(std::str::from_utf8(&more[..read]).unwrap());
            }
        };
        tokio::time::timeout(Duration::from_secs(20), hearing).await.expect(what)
    }

    async fn says(&mut self, xml: &str) {
        self.socket.write_all(xml.as_bytes()).await.unwrap();
    }

    /// Lets a round come back, as a server does that has handled all before it.
    async fn goes_round(&mut self) -> String {
        let heard = self.hears("</iq>").await;
        let (before, round) = heard.split_at(heard.find("<iq").unwrap());
        self.says(round).await;
        before.to_owned()
    }
}

struct Scene {
    channel: Arc<Xmpp>,
    desk: Arc<Desk>,
    listener: TcpListener,
}

impl Scene {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = settings_at(&listener.local_addr().unwrap().to_string());
        Self { channel: Arc::new(Xmpp::new(settings)), desk: Arc::default(), listener }
    }

    fn listens(&self) -> tokio::task::JoinHandle<Ended> {
        let (channel, desk) = (self.channel.clone(), self.desk.clone());
        tokio::spawn(async move { channel.listen(desk).await })
    }

    async fn meets(&self) -> (Peer, String) {
        let (socket, _) = self.listener.accept().await.unwrap();
        let mut peer = Peer { socket, heard: String::new() };
        let header = peer.hears("'bank.example'>").await;
        assert!(header.starts_with("<?xml version='1.0'?><stream:stream "), "{header}");
        peer.says(HEADER).await;
        let shake = peer.hears("</handshake>").await;
        (peer, shake)
    }

    async fn connects(&self) -> (Peer, tokio::task::JoinHandle<Ended>) {
        self.desk.connected.store(false, Ordering::SeqCst);
        let listening = self.listens();
        let (mut peer, _) = self.meets().await;
        peer.says("<handshake/>").await;
        until(|| self.desk.connected.load(Ordering::SeqCst)).await;
        (peer, listening)
    }

    fn sends(&self, text: &str, key: &'static str) -> Sending {
        let (channel, frame) =
            (self.channel.clone(), Frame { text: text.to_owned(), ..Frame::default() });
        tokio::spawn(async move { channel.send(&Contact::new(HER), &frame, key).await })
    }
}

type Sending = tokio::task::JoinHandle<Result<Option<String>, SendError>>;

async fn until(holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("it holds");
}

fn broken(ended: Result<Ended, tokio::task::JoinError>) -> String {
    match ended.unwrap() {
        Ended::Broken { why } => why,
        Ended::NoLine => panic!("it has a line"),
    }
}

#[tokio::test]
async fn the_handshake_proves_the_secret_and_a_refusal_is_named() {
    let scene = Scene::new().await;
    for (condition, want) in [
        ("not-authorized", "another secret"),
        ("host-unknown", "no such component"),
        ("conflict", "connected already"),
        ("her-words", "ended the stream"),
    ] {
        let listening = scene.listens();
        let (mut peer, shake) = scene.meets().await;
        assert!(shake.contains(DIGEST) && !shake.contains("a secret"), "{shake}");
        peer.says(&format!(
            "<stream:error><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
        ))
        .await;
        let why = broken(listening.await);
        assert!(why.contains(want), "{why}");
        assert!(!scene.desk.connected.load(Ordering::SeqCst));
    }
}

#[tokio::test]
async fn a_message_is_sent_once_the_server_has_handled_it() {
    let scene = Scene::new().await;
    let (mut peer, listening) = scene.connects().await;
    let sending = scene.sends("hello", "01a/0");
    let wrote = peer.goes_round().await;
    assert!(wrote.contains("<body>hello</body>"), "{wrote}");
    assert_eq!(sending.await.unwrap(), Ok(Some("her@chat.example 01a/0".to_owned())));

    let sending = scene.sends("to nobody", "01b/0");
    let wrote = peer.hears("</iq>").await;
    peer.says(
        "<message type='error' id='01b/0' from='her@chat.example' to='bank@bank.example'>\
         <error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>",
    )
    .await;
    assert_eq!(sending.await.unwrap(), Err(SendError::Gone { why: "gone".to_owned() }));
    assert!(wrote.contains("to nobody"));

    // Somebody else cannot speak for the server.
    let sending = scene.sends("again", "01c/0");
    let heard = peer.hears("</iq>").await;
    let round = heard[heard.find("<iq").unwrap()..].to_owned();
    peer.says(&round.replace("from='bank@bank.example'", "from='evil@chat.example/x'")).await;
    peer.hears("</iq>").await;
    assert!(!sending.is_finished());
    drop(peer);
    assert_eq!(sending.await.unwrap(), Err(fault::later("the connection ended")));
    assert!(broken(listening.await).contains("hung up"));
    let later = scene.sends("x", "01d/0").await.unwrap();
    assert_eq!(later, Err(fault::later("not connected")));
}

#[tokio::test]
async fn what_was_not_told_to_be_handled_is_sent_again_under_its_id() {
    let scene = Scene::new().await;
    let (mut peer, listening) = scene.connects().await;
    let sending = scene.sends("hello", "01a/0");
    peer.hears("id='01a/0'").await;
    drop(peer);
    assert!(matches!(sending.await.unwrap(), Err(SendError::Later { .. })));
    broken(listening.await);
    let (mut peer, _listening) = scene.connects().await;
    let sending = scene.sends("hello", "01a/0");
    let wrote = peer.goes_round().await;
    assert!(wrote.contains("id='01a/0'"), "{wrote}");
    assert!(sending.await.unwrap().is_ok());
    let channel = scene.channel.clone();
    let testing = tokio::spawn(async move { channel.test().await });
    assert_eq!(peer.goes_round().await, "");
    assert!(testing.await.unwrap().is_ok_and(|says| says.contains("bank@bank.example")));
}

#[tokio::test]
async fn she_is_told_that_a_message_was_taken_or_that_it_was_not() {
    let scene = Scene::new().await;
    let (mut peer, _listening) = scene.connects().await;
    let says = |id: &str| {
        format!(
            "<message type='chat' id='{id}' from='her@chat.example/phone' to='bank@bank.example'>\
             <body>balance</body><request xmlns='urn:xmpp:receipts'/></message>"
        )
    };
    peer.says(&says("a")).await;
    let receipt = peer.hears("</message>").await;
    assert!(receipt.contains("<received xmlns='urn:xmpp:receipts' id='a'>"), "{receipt}");
    assert_eq!(scene.desk.taken.lock().unwrap().len(), 1);
    scene.desk.refuses.store(true, Ordering::SeqCst);
    peer.says(&says("b")).await;
    let refusal = peer.hears("</message>").await;
    assert!(refusal.contains("<resource-constraint") && !refusal.contains("received"), "{refusal}");
    assert_eq!(scene.desk.taken.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn what_was_read_before_the_server_went_is_committed() {
    let scene = Scene::new().await;
    let (mut peer, listening) = scene.connects().await;
    let held_up = scene.desk.held_up.write().await;
    for number in 0..20 {
        peer.says(&format!(
            "<message id='{number}' from='her@chat.example' to='bank@bank.example'>\
             <body>balance</body></message>"
        ))
        .await;
    }
    peer.says("<iq type='get' id='all' from='her@chat.example' to='bank@bank.example'/>").await;
    peer.hears("id='all'").await;
    drop(peer);
    drop(held_up);
    assert!(broken(listening.await).contains("hung up"));
    let taken: Vec<_> =
        scene.desk.taken.lock().unwrap().iter().map(|event| event.id.clone()).collect();
    assert_eq!(taken, (0..20).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_stanza_beyond_bounds_harms_nobody_else() {
    let scene = Scene::new().await;
    let (mut peer, listening) = scene.connects().await;
    let address = "from='her@chat.example/phone' to='bank@bank.example'";
    let long = "x".repeat(300_000);
    peer.says(&format!("<message id='a' {address}><body>{long}</body></message>")).await;
    let refusal = peer.hears("</message>").await;
    assert!(refusal.contains("<policy-violation") && !refusal.contains("xxx"), "{refusal}");
    peer.says(&format!("<message type='groupchat' {address}><body>x</body></message>")).await;
    peer.says(&format!("<message id='b' {address}><body>balance</body></message>")).await;
    until(|| scene.desk.taken.lock().unwrap().len() == 1).await;
    until(|| scene.desk.apart.lock().unwrap().len() == 2).await;
    peer.says("<message><!-- no XML of XMPP -->").await;
    assert!(broken(listening.await).contains("no XML of XMPP"));
}
