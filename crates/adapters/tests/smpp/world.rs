//! An SMSC by the npm package `smpp`, and the bank's channel beside it.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bankside_adapters::channels::smpp::{Options, Settings, Smpp};
use bankside_domain::channel::Inbound;
use bankside_service::ports::{Channel as _, Ended, Inlet, NotTaken};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Longest wait for anything: node starts slowly on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// Pause between two looks at something that another process does.
pub const LOOK: Duration = Duration::from_millis(50);
const PASSWORD: &str = "pa ss-01";

/// What the inlet was handed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    Event(Inbound),
    Apart(String, Vec<u8>),
}

/// Hands on what comes in.
pub struct Desk {
    connected: UnboundedSender<()>,
    tell: UnboundedSender<Handed>,
    refuses: AtomicBool,
}

impl Desk {
    fn hand(&self, handed: Handed) -> Result<(), NotTaken> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(NotTaken);
        }
        self.tell.send(handed).map_err(|_| NotTaken)
    }
}

#[async_trait]
impl Inlet for Desk {
    fn connected(&self) {
        self.connected.send(()).ok();
    }

    async fn take(&self, event: &Inbound) -> Result<(), NotTaken> {
        self.hand(Handed::Event(event.clone()))
    }

    async fn keep_apart(&self, why: &str, bytes: &[u8]) -> Result<(), NotTaken> {
        self.hand(Handed::Apart(why.to_owned(), bytes.to_vec()))
    }
}

/// The SMSC's process.
pub struct Smsc {
    process: Child,
    input: ChildStdin,
    output: UnboundedReceiver<Value>,
    seen: VecDeque<Value>,
    pub port: u16,
}

impl Drop for Smsc {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Smsc {
    /// Starts one; nothing, and says so, where node or its package is missing.
    pub async fn start(port: u16, tls: Option<(&str, &str)>) -> Option<Self> {
        let path = std::env::var("NODE_PATH").unwrap_or_default();
        if !std::env::split_paths(&path).any(|folder| folder.join("smpp").is_dir()) {
            eprintln!("skipped: smpp: the npm package smpp is missing in NODE_PATH");
            return None;
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smpp/smsc.cjs");
        let (key, cert) = tls.unzip();
        let given = json!({ "password": PASSWORD, "port": port, "key": key, "cert": cert });
        let mut command = Command::new("node");
        command.arg(script).arg(given.to_string());
        let Ok(mut process) = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
            eprintln!("skipped: smpp: node is missing");
            return None;
        };
        let input = process.stdin.take().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (tell, output) = unbounded_channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                tell.send(serde_json::from_str(&line).unwrap()).ok();
            }
        });
        let mut smsc = Self { process, input, output, seen: VecDeque::new(), port };
        let port = smsc.sees("listening").await["port"].as_u64().unwrap();
        smsc.port = u16::try_from(port).unwrap();
        Some(smsc)
    }

    pub fn does(&mut self, what: Value) {
        self.input.write_all(format!("{what}\n").as_bytes()).unwrap();
    }

    /// The next that it sees of that kind; what else it sees is kept.
    pub async fn sees(&mut self, what: &str) -> Value {
        let found = self.seen.iter().position(|seen| seen["saw"] == what);
        if let Some(seen) = found.and_then(|at| self.seen.remove(at)) {
            return seen;
        }
        let seeing = async {
            loop {
                let seen = self.output.recv().await.expect("the SMSC ended");
                if seen["saw"] == what {
                    return seen;
                }
                self.seen.push_back(seen);
            }
        };
        let seen = tokio::time::timeout(PATIENCE, seeing).await;
        seen.unwrap_or_else(|_| panic!("it did not see {what}, but {:?}", self.seen))
    }

    /// Makes it behave so from now on.
    pub async fn sets(&mut self, mut what: Value) {
        what["do"] = json!("set");
        self.does(what);
        self.sees("set").await;
    }

    /// Delivers something, and waits for the answer: its `command_status`.
    pub async fn delivers(&mut self, mut what: Value) -> u64 {
        what["do"] = json!("deliver");
        self.does(what);
        self.sees("delivered").await["status"].as_u64().unwrap()
    }

    /// Forgets what it saw of that kind, and counts it.
    pub fn seen(&mut self, what: &str) -> usize {
        while let Ok(seen) = self.output.try_recv() {
            self.seen.push_back(seen);
        }
        let before = self.seen.len();
        self.seen.retain(|seen| seen["saw"] != what);
        before - self.seen.len()
    }
}

/// The bank's side.
pub struct Bank {
    pub channel: Arc<Smpp>,
    desk: Arc<Desk>,
    connected: UnboundedReceiver<()>,
    handed: UnboundedReceiver<Handed>,
    ended: UnboundedReceiver<String>,
    listening: tokio::task::JoinHandle<()>,
}

pub fn settings(port: u16, options: Options<'_>) -> Settings {
    settings_of(&format!("127.0.0.1:{port}"), PASSWORD, options)
}

pub fn settings_of(server: &str, password: &str, options: Options<'_>) -> Settings {
    Settings::parse(server, ("bank", password), "Harbour", options).unwrap()
}

impl Bank {
    /// One that holds a session, and makes it anew when it ends.
    pub fn of(settings: Settings) -> Self {
        let channel = Arc::new(Smpp::new(settings, 7));
        let (tell, handed) = unbounded_channel();
        let (stands, connected) = unbounded_channel();
        let refuses = AtomicBool::new(false);
        let desk = Arc::new(Desk { connected: stands, tell, refuses });
        let (tell, ended) = unbounded_channel();
        let (listener, inlet) = (channel.clone(), desk.clone());
        let listening = tokio::spawn(async move {
            loop {
                if let Ended::Broken { why } = listener.listen(inlet.clone()).await {
                    tell.send(why).ok();
                }
                tokio::time::sleep(LOOK).await;
            }
        });
        Self { channel, desk, connected, handed, ended, listening }
    }

    pub async fn next(&mut self) -> Handed {
        tokio::time::timeout(PATIENCE, self.handed.recv()).await.expect("something").unwrap()
    }

    pub async fn event(&mut self) -> Inbound {
        match self.next().await {
            Handed::Event(event) => event,
            apart @ Handed::Apart(..) => panic!("{apart:?}"),
        }
    }

    /// Waits until a session ended for that.
    pub async fn ends(&mut self, why: &str) {
        let ending = async {
            loop {
                let ended = self.ended.recv().await.unwrap();
                if ended.contains(why) {
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE, ending).await.expect(why);
    }

    /// Waits for the next session.
    pub async fn connects(&mut self) {
        tokio::time::timeout(PATIENCE, self.connected.recv()).await.expect("a session").unwrap();
    }

    pub fn refuses(&self, refuses: bool) {
        self.desk.refuses.store(refuses, Ordering::SeqCst);
    }

    /// The service ends.
    pub async fn ends_itself(self) {
        self.listening.abort();
        self.listening.await.ok();
    }
}
