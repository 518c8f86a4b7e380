//! Short messages both ways through a real Kannel: bearerbox, smsbox and the fake centre of
//! Debian's `kannel` and `kannel-extras`. Skipped by name where they are missing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bankside_adapters::channels::kannel::{Kannel, Settings};
use bankside_adapters::http::HttpClient;
use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound, Status};
use bankside_domain::personal::Personal;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, Delivered, SendError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const SECRET: &str = "a-secret-of-the-gateway-0123";
const HER: &str = "+34600111222";
/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pause between two looks at something that another process does.
const LOOK: Duration = Duration::from_millis(50);

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn found(name: &str) -> Option<PathBuf> {
    let places = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/lib/kannel/test"];
    places.iter().map(|place| Path::new(place).join(name)).find(|path| path.exists())
}

fn started(program: &Path, args: &[&str], output: &Path) -> Running {
    let output = std::fs::File::create(output).unwrap();
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null());
    command.stdout(output.try_clone().unwrap()).stderr(output);
    Running(command.spawn().unwrap())
}

fn free_ports<const N: usize>() -> [u16; N] {
    let held = [(); N].map(|()| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}

async fn listening(port: u16) {
    let waiting = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("a port of Kannel's");
}

/// What the centre writes, once it has such a line.
async fn seen(log: &Path, want: &str) -> String {
    let waiting = async {
        loop {
            let text = std::fs::read_to_string(log).unwrap_or_default();
            if let Some(line) = text.lines().find(|line| line.contains(want)) {
                return line.to_owned();
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    let found = tokio::time::timeout(PATIENCE, waiting).await;
    found.unwrap_or_else(|_| panic!("`{want}` is not in {}", std::fs::read_to_string(log).unwrap()))
}

/// A bank's webhook, which feeds the adapter.
struct Webhook {
    listener: TcpListener,
    address: SocketAddr,
}

impl Webhook {
    async fn next(&self, channel: &Kannel) -> Vec<Inbound> {
        let coming = async {
            let (mut stream, _) = self.listener.accept().await.unwrap();
            let (mut asked, mut buffer) = (String::new(), [0; 4096]);
            while !asked.contains("\r\n\r\n") {
                let read = stream.read(&mut buffer).await.unwrap();
                asked.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
            }
            let mut line = asked.split(' ');
            let (method, uri) = (line.next().unwrap(), line.next().unwrap());
            let (path, query) = uri.split_once('?').unwrap();
            let path = path.strip_prefix("/hooks/sms/").unwrap();
            let (header, at) = (|_: &str| None, Timestamp::from_millis(0));
            let request = Delivered { method, path, query, header: &header, body: b"", at };
            let taken = channel.take(&request).unwrap();
            assert!(taken.strange.is_empty(), "{:?} {uri}", taken.strange);
            let answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
            stream.write_all(answer).await.unwrap();
            taken.events
        };
        tokio::time::timeout(PATIENCE, coming).await.expect("a request of Kannel's")
    }
}

/// A gateway with everything around it.
struct World {
    channel: Kannel,
    wrong: Kannel,
    webhook: Webhook,
    folder: tempfile::TempDir,
    centre: u16,
    fakesmsc: PathBuf,
    _boxes: [Running; 2],
}

impl World {
    async fn start() -> Option<Self> {
        let programs = ["bearerbox", "smsbox", "fakesmsc"].map(found);
        let [Some(bearerbox), Some(smsbox), Some(fakesmsc)] = programs else {
            eprintln!("SKIPPED kannel: bearerbox, smsbox or fakesmsc is not installed");
            return None;
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let [admin, boxes, centre, sendsms] = free_ports();
        let folder = tempfile::tempdir().unwrap();
        let (gateway, hook) =
            (format!("http://127.0.0.1:{sendsms}"), format!("http://{address}/hooks/sms"));
        let made = |password| {
            let settings = Settings::parse(&gateway, ("bank", password), "12345", SECRET, &hook);
            settings.unwrap()
        };
        let (settings, wrong) = (made("right password"), made("wrong password"));
        let file = folder.path().join("kannel.conf");
        let ports = [admin, boxes, centre, sendsms];
        std::fs::write(&file, configuration(ports, &settings.get_url())).unwrap();
        let file = file.to_str().unwrap();
        let bearer = started(&bearerbox, &[file], &folder.path().join("bearerbox.log"));
        listening(boxes).await;
        listening(centre).await;
        let sms = started(&smsbox, &[file], &folder.path().join("smsbox.log"));
        listening(sendsms).await;
        let client = HttpClient::new().unwrap();
        Some(Self {
            channel: Kannel::new(settings, client.clone()),
            wrong: Kannel::new(wrong, client),
            webhook: Webhook { listener, address },
            folder,
            centre,
            fakesmsc,
            _boxes: [bearer, sms],
        })
    }

    /// A centre of the network, through which somebody writes so; what it saw stands in the file.
    fn centre(&self, name: &str, writes: &[&str]) -> (Running, PathBuf) {
        let log = self.folder.path().join(name);
        let (port, most) = (self.centre.to_string(), writes.len().to_string());
        let mut args = vec!["-H", "127.0.0.1", "-r", &port, "-i", "0.1", "-m", &most];
        args.extend(writes);
        (started(&self.fakesmsc, &args, &log), log)
    }
}

fn configuration([admin, boxes, centre, sendsms]: [u16; 4], get_url: &str) -> String {
    format!(
        "group = core\nadmin-port = {admin}\nadmin-password = admin\n\
         admin-interface = 127.0.0.1\nsmsbox-port = {boxes}\nsmsbox-interface = 127.0.0.1\n\
         box-allow-ip = 127.0.0.1\n\n\
         group = smsc\nsmsc = fake\nsmsc-id = fake\nhost = 127.0.0.1\nport = {centre}\n\
         connect-allow-ip = 127.0.0.1\n\n\
         group = smsbox\nbearerbox-host = 127.0.0.1\nbearerbox-port = {boxes}\n\
         sendsms-port = {sendsms}\nsendsms-interface = 127.0.0.1\n\n\
         group = sendsms-user\nusername = bank\npassword = \"right password\"\n\
         concatenation = true\nmax-messages = 6\n\n\
         group = sms-service\nkeyword = default\ncatch-all = true\nmax-messages = 0\n\
         get-url = \"{get_url}\"\n"
    )
}

fn frame(text: &str) -> Frame {
    Frame { text: text.to_owned(), ..Frame::default() }
}

async fn she_writes(world: &World, writes: &str) -> Event {
    let (_centre, log) = world.centre("inbound.log", &[writes]);
    let events = world.webhook.next(&world.channel).await;
    seen(&log, "sent message 1").await;
    let [event] = events.try_into().unwrap();
    assert_eq!(event.from, Contact::new(HER));
    assert!(event.id.len() > "in/".len() && event.at.is_some(), "{event:?}");
    event.event
}

#[tokio::test]
async fn short_messages_go_both_ways() {
    let Some(world) = World::start().await else { return };
    eprintln!("Kannel asks http://{}", world.webhook.address);
    let says = |text: &str| Event::Message { text: Personal::from(text) };
    let hello = format!("{HER} 12345 text Hola  que tal? 5% & más + 1€");
    assert_eq!(she_writes(&world, &hello).await, says("Hola  que tal? 5% & más + 1€"));
    let polish = format!("{HER} 12345 ucs2 %01%7C%00%F3%01%42%00%77");
    assert_eq!(she_writes(&world, &polish).await, says("żółw"));
    assert_eq!(she_writes(&world, "0034600111222 12345 text Stop").await, Event::Leave);
    assert_eq!(she_writes(&world, "+34600111222 12345 text STOP ALL").await, says("STOP ALL"));
    let picture = format!("{HER} 12345 data %01%06%03%BE%AF%84%8C");
    assert_eq!(she_writes(&world, &picture).await, Event::Media);

    let (_centre, log) = world.centre("outbound.log", &["+34600111222 12345 text hello"]);
    assert_eq!(world.webhook.next(&world.channel).await[0].event, says("hello"));
    let her = Contact::new(HER);
    let long = format!("{}€]", "a".repeat(200));
    let sends = [
        ("Saldo: 5 € [ñ]", "01a/0", vec!["<12345 +34600111222 text Saldo: 5 € [ñ]>"]),
        ("żółw", "01b/%d/0", vec!["<12345 +34600111222 ucs-2 %01%7C%00%F3%01B%00w>"]),
        (&long, "01c/é", vec!["%02%01 data aaa", "%02%02 data aaa"]),
    ];
    for (text, key, wants) in sends {
        let sent = world.channel.send(&her, &frame(text), key).await;
        assert_eq!(sent, Ok(Some(key.to_owned())));
        for want in wants {
            seen(&log, want).await;
        }
        let mut seen = Vec::new();
        while !seen.contains(&Status::Delivered) {
            for event in world.webhook.next(&world.channel).await {
                assert_eq!(event.from, her);
                let Event::Status { of: Some(of), status, .. } = event.event else { panic!() };
                assert_eq!(of, key);
                seen.push(status);
            }
        }
    }
    refusals(&world).await;
}

async fn refusals(world: &World) {
    assert!(world.channel.test().await.is_ok());
    let refused = world.wrong.test().await;
    let why = "403 authorization failed".to_owned();
    assert_eq!(refused, Err(SendError::Refused { why: why.clone() }));
    let refused = world.wrong.send(&Contact::new(HER), &frame("x"), "k").await;
    assert_eq!(refused, Err(SendError::Refused { why }));
}
