//! A conversation through a real homeserver: Synapse, by the Python that `BANKSIDE_SYNAPSE` names
//! (`pip install matrix-synapse` in its environment). Skipped by name where there is none.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bankside_adapters::channels::matrix::{Matrix, Settings};
use bankside_adapters::http::{Bounds, HttpClient};
use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound, Status};
use bankside_domain::personal::Personal;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, Delivered, SendError};
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const AS: &str = "as-token-0123456789-abcdefgh";
const HS: &str = "hs-token-0123456789-abcdefgh";
/// Longest wait for anything: Python starts slowly on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// Pause between two looks at something that another process does.
const LOOK: Duration = Duration::from_millis(100);
const BOUNDS: Bounds = Bounds { deadline: Duration::from_secs(30), answer: 256 * 1024 };

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// The homeserver's own side, as a customer's messenger sees it.
#[derive(Clone)]
struct Home {
    url: String,
    client: HttpClient,
}

impl Home {
    async fn ask(&self, method: &str, path: &str, token: &str, body: Value) -> (u16, Value) {
        let uri = format!("{}/_matrix/client/{path}", self.url);
        let mut request = Request::builder().method(method).uri(uri);
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let body = if method == "GET" { Bytes::new() } else { body.to_string().into() };
        let answer = self.client.send(request.body(body).unwrap(), BOUNDS).await.unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_slice(answer.body()).unwrap_or_default())
    }

    async fn register(&self, name: &str) -> Person {
        let account = json!({
            "username": name, "password": "a password of hers", "auth": { "type": "m.login.dummy" },
        });
        let (status, answer) = self.ask("POST", "v3/register", "", account).await;
        assert_eq!(status, 200, "{answer}");
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        Person { home: self.clone(), id: text("user_id"), token: text("access_token") }
    }
}

/// A customer with her messenger.
struct Person {
    home: Home,
    id: String,
    token: String,
}

impl Person {
    async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.home.ask(method, path, &self.token, body).await;
        assert_eq!(status, 200, "{method} {path}: {answer}");
        answer
    }

    async fn sends(&self, room: &str, transaction: &str, content: Value) -> String {
        let path = format!("v3/rooms/{room}/send/m.room.message/{transaction}");
        self.ask("PUT", &path, content).await["event_id"].as_str().unwrap().to_owned()
    }
}

/// Feeds the adapter with what the homeserver pushes.
async fn webhook(listener: TcpListener, channel: Arc<Matrix>, tell: UnboundedSender<Inbound>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream, channel.clone(), tell.clone()));
    }
}

async fn answer(mut stream: TcpStream, channel: Arc<Matrix>, tell: UnboundedSender<Inbound>) {
    let (mut asked, mut buffer) = (Vec::new(), [0; 4096]);
    let (head, body) = loop {
        let read = stream.read(&mut buffer).await.unwrap();
        if read == 0 {
            return;
        }
        asked.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&asked).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        if body.len() >= header(head, "content-length").map_or(0, |n| n.parse().unwrap()) {
            break (head.to_owned(), body.to_owned());
        }
    };
    let mut line = head.split(' ');
    let (method, uri) = (line.next().unwrap(), line.next().unwrap());
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let path = path.strip_prefix("/hooks/matrix/").unwrap();
    let header = |name: &str| header(&head, name);
    let at = Timestamp::from_millis(0);
    let request = Delivered { method, path, query, header: &header, body: body.as_bytes(), at };
    let taken = channel.take(&request).unwrap_or_else(|error| panic!("{error}: {method} {path}"));
    for why in &taken.strange {
        eprintln!("strange: {why}");
    }
    let (status, body) = (taken.answer.status, &taken.answer.body);
    for event in taken.events {
        tell.send(event).ok();
    }
    let answer = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {}\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{body}",
        taken.answer.media,
        body.len(),
    );
    stream.write_all(answer.as_bytes()).await.unwrap();
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
}

fn configuration(folder: &str, port: u16) -> String {
    let plenty = "{per_second: 1000, burst_count: 1000}";
    format!(
        "server_name: localtest\npid_file: {folder}/pid\nsigning_key_path: {folder}/key\n\
         report_stats: false\nlisteners:\n  - port: {port}\n    type: http\n    tls: false\n    \
         bind_addresses: ['127.0.0.1']\n    resources: [{{names: [client]}}]\n\
         database:\n  name: sqlite3\n  args: {{database: '{folder}/home.db'}}\n\
         media_store_path: {folder}/media\ntrusted_key_servers: []\n\
         macaroon_secret_key: a-secret-of-this-test\nform_secret: another-of-this-test\n\
         enable_registration: true\nenable_registration_without_verification: true\n\
         app_service_config_files: ['{folder}/registration.yaml']\n\
         rc_message: {plenty}\nrc_registration: {plenty}\nrc_invites:\n  per_room: {plenty}\n  \
         per_user: {plenty}\n  per_issuer: {plenty}\nrc_joins:\n  local: {plenty}\n  remote: {plenty}\n"
    )
}

fn synapse(python: &str, folder: &Path) -> Running {
    let config = folder.join("home.yaml");
    let log = std::fs::File::create(folder.join("home.log")).unwrap();
    let mut command = Command::new(python);
    command.args(["-m", "synapse.app.homeserver", "--config-path"]).arg(config);
    command.current_dir(folder).stdin(Stdio::null());
    let mut keys = Command::new(python);
    keys.args(["-m", "synapse._scripts.generate_signing_key", "-o"]).arg(folder.join("key"));
    assert!(keys.status().unwrap().success(), "a signing key");
    command.stdout(log.try_clone().unwrap()).stderr(log);
    Running(command.spawn().unwrap())
}

/// A bank, its homeserver, and what came in.
struct World {
    channel: Arc<Matrix>,
    home: Home,
    events: UnboundedReceiver<Inbound>,
    _folder: tempfile::TempDir,
    _synapse: Running,
}

impl World {
    async fn start() -> Option<Self> {
        let Ok(python) = std::env::var("BANKSIDE_SYNAPSE") else {
            eprintln!("SKIPPED matrix: BANKSIDE_SYNAPSE names no Python with Synapse");
            return None;
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hook = format!("http://{}/hooks/matrix", listener.local_addr().unwrap());
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let url = format!("http://127.0.0.1:{port}");
        let settings = Settings::parse(&url, (AS, HS), "bank", "localtest").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        std::fs::write(place("registration.yaml"), settings.registration(&hook)).unwrap();
        let text = configuration(folder.path().to_str().unwrap(), port);
        std::fs::write(place("home.yaml"), text).unwrap();
        let synapse = synapse(&python, folder.path());
        let client = HttpClient::new().unwrap();
        let home = Home { url, client: client.clone() };
        let up = async {
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                tokio::time::sleep(LOOK).await;
            }
        };
        if tokio::time::timeout(PATIENCE, up).await.is_err() {
            panic!("{}", std::fs::read_to_string(place("home.log")).unwrap());
        }
        let channel = Arc::new(Matrix::start(settings, client));
        let (tell, events) = unbounded_channel();
        tokio::spawn(webhook(listener, channel.clone(), tell));
        Some(Self { channel, home, events, _folder: folder, _synapse: synapse })
    }

    async fn next(&mut self) -> Inbound {
        let next = tokio::time::timeout(PATIENCE, self.events.recv()).await;
        next.expect("an event of the homeserver's").unwrap()
    }

    async fn says(&self, to: &Contact, text: &str, key: &str) -> Result<Option<String>, SendError> {
        let frame = Frame { text: text.to_owned(), ..Frame::default() };
        self.channel.send(to, &frame, key).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_through_a_homeserver() {
    let Some(mut world) = World::start().await else { return };
    let her = world.home.register("her").await;
    let room =
        json!({ "invite": ["@bank:localtest"], "is_direct": true, "preset": "private_chat" });
    let room = her.ask("POST", "v3/createRoom", room).await;
    let room = room["room_id"].as_str().unwrap().to_owned();
    let began = world.next().await;
    let contact = Contact::new(format!("{room} {}", her.id));
    assert_eq!((began.event, &began.from), (Event::Begin { reference: None }, &contact));

    bank_speaks(&mut world, &her, &room, &contact).await;
    she_speaks(&mut world, &her, &room).await;
    assert!(world.channel.test().await.unwrap().contains("@bank:localtest"));
    let ping = json!({ "transaction_id": "p" });
    let (status, answer) =
        world.home.ask("POST", "v1/appservice/bankside-bank/ping", AS, ping).await;
    assert_eq!(status, 200, "{answer}");
    a_third_person_comes(&mut world, &her, &room, &contact).await;
    let wrong = (HS.replace("hs", "xx"), HS);
    let wrong = Settings::parse(&world.home.url, (&wrong.0, wrong.1), "bank", "localtest").unwrap();
    let refused = Matrix::start(wrong, HttpClient::new().unwrap()).test().await;
    let why = "401 M_UNKNOWN_TOKEN".to_owned();
    assert_eq!(refused, Err(SendError::Refused { why }));
}

async fn bank_speaks(world: &mut World, her: &Person, room: &str, contact: &Contact) {
    let text = "5 < 6\nhttps://bank.example/l/1?a=b&c=d";
    let id = world.says(contact, text, "01a/0").await.unwrap().unwrap();
    assert_eq!(world.says(contact, text, "01a/0").await.unwrap().unwrap(), id, "the same key");
    let path = format!("v3/rooms/{room}/event/{id}");
    let seen = her.ask("GET", &path, json!({})).await;
    assert_eq!(seen["content"]["body"], text);
    assert_eq!(seen["content"]["format"], "org.matrix.custom.html");
    her.ask("POST", &format!("v3/rooms/{room}/receipt/m.read/{id}"), json!({})).await;
    let read = world.next().await;
    let of = Some(id.clone());
    assert_eq!(read.event, Event::Status { of, until: None, status: Status::Read });
    assert_eq!(&read.from, contact);
    world.channel.typing(contact).await;
    world.channel.retract(contact, &id).await.unwrap();
    world.channel.retract(contact, &id).await.unwrap();
    let seen = her.ask("GET", &path, json!({})).await;
    assert_eq!(seen["content"], json!({}), "taken back");
}

async fn she_speaks(world: &mut World, her: &Person, room: &str) {
    let text = |body: &str| json!({ "msgtype": "m.text", "body": body });
    let id = her.sends(room, "1", text("balance, ż 👍")).await;
    let said = world.next().await;
    assert_eq!(said.event, Event::Message { text: Personal::from("balance, ż 👍") });
    assert!(said.id == id && said.at.is_some());
    let edit = json!({
        "msgtype": "m.text", "body": "* accounts", "m.new_content": text("accounts"),
        "m.relates_to": { "rel_type": "m.replace", "event_id": id },
    });
    her.sends(room, "2", edit).await;
    let edited = Event::Edit { of: id.clone(), text: Personal::from("accounts") };
    assert_eq!(world.next().await.event, edited);
    let picture = json!({ "msgtype": "m.image", "body": "a.png", "url": "mxc://localtest/x" });
    her.sends(room, "3", picture).await;
    assert_eq!(world.next().await.event, Event::Media);
    her.ask("PUT", &format!("v3/rooms/{room}/redact/{id}/4"), json!({})).await;
    assert_eq!(world.next().await.event, Event::Deletion { of: id });
}

async fn a_third_person_comes(world: &mut World, her: &Person, room: &str, contact: &Contact) {
    let other = world.home.register("other").await;
    world.says(contact, "for her alone", "01b/0").await.unwrap();
    her.ask("POST", &format!("v3/rooms/{room}/invite"), json!({ "user_id": other.id })).await;
    let left = world.next().await;
    assert_eq!((left.event, &left.from), (Event::Leave, contact));
    let said = world.says(contact, "not for others", "01c/0").await;
    assert!(matches!(said, Err(SendError::Gone { .. })), "{said:?}");
    let members = format!("v3/rooms/{room}/joined_members");
    let out = async {
        loop {
            let joined = her.ask("GET", &members, json!({})).await;
            if joined["joined"].get("@bank:localtest").is_none() {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(PATIENCE, out).await.expect("the bank left");
}
