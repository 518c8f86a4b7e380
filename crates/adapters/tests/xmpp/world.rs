//! Prosody, a customer, and the bank's channel between them.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bankside_adapters::channels::xmpp::{Settings, Xmpp};
use bankside_domain::channel::Inbound;
use bankside_service::ports::{Channel as _, Inlet, NotTaken};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Longest wait for anything: Python starts slowly on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// Pause between two looks at something that another process does.
pub const LOOK: Duration = Duration::from_millis(100);
const SECRET: &str = "a secret of this test";

/// Hands on what comes in.
struct Desk {
    tell: UnboundedSender<Inbound>,
    refuses: AtomicBool,
}

#[async_trait]
impl Inlet for Desk {
    fn connected(&self) {}

    async fn take(&self, event: &Inbound) -> Result<(), NotTaken> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(NotTaken);
        }
        self.tell.send(event.clone()).map_err(|_| NotTaken)
    }

    async fn keep_apart(&self, why: &str, _: &[u8]) -> Result<(), NotTaken> {
        panic!("strange: {why}");
    }
}

/// Her messenger.
pub struct Customer {
    process: Running,
    input: ChildStdin,
    output: UnboundedReceiver<Value>,
    seen: VecDeque<Value>,
}

impl Customer {
    async fn start(python: &str, port: u16) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/xmpp/customer.py");
        let mut command = Command::new(python);
        command.arg(script).args(["her@chat.localhost", "hers", "127.0.0.1"]);
        command.args([&port.to_string(), "bank@bank.localhost"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let input = process.stdin.take().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (tell, output) = unbounded_channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                tell.send(serde_json::from_str(&line).unwrap()).ok();
            }
        });
        let process = Running(process);
        let mut her = Self { process, input, output, seen: VecDeque::new() };
        her.sees("here").await;
        her
    }

    pub async fn does(&mut self, what: Value) {
        self.input.write_all(format!("{what}\n").as_bytes()).unwrap();
    }

    /// The next that she sees of that kind; what else she sees is kept.
    pub async fn sees(&mut self, what: &str) -> Value {
        let found = self.seen.iter().position(|seen| seen["saw"] == what);
        if let Some(seen) = found.and_then(|at| self.seen.remove(at)) {
            return seen;
        }
        let seeing = async {
            loop {
                let seen = self.output.recv().await.expect("she hung up");
                if seen["saw"] == what {
                    return seen;
                }
                self.seen.push_back(seen);
            }
        };
        let seen = tokio::time::timeout(PATIENCE, seeing).await;
        seen.unwrap_or_else(|_| panic!("she did not see a {what}, but {:?}", self.seen))
    }

    /// What she saw of that kind and nobody asked for.
    pub fn seen(&self, what: &str) -> Vec<&Value> {
        self.seen.iter().filter(|seen| seen["saw"] == what).collect()
    }
}

/// A program that ends with the test.
struct Running(Child);

impl Running {
    fn end(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

pub struct World {
    pub channel: Arc<Xmpp>,
    pub her: Customer,
    python: String,
    desk: Arc<Desk>,
    events: UnboundedReceiver<Inbound>,
    folder: tempfile::TempDir,
    ports: [u16; 2],
    server: Option<Running>,
}

impl World {
    pub async fn start() -> Option<Self> {
        let Ok(python) = std::env::var("BANKSIDE_SLIXMPP") else {
            eprintln!("skipped: xmpp: BANKSIDE_SLIXMPP names no Python with slixmpp");
            return None;
        };
        if Command::new("prosodyctl").arg("about").output().is_err() {
            eprintln!("skipped: xmpp: Prosody is missing");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let ports = [free(), free()];
        configure(folder.path(), ports);
        let server = Some(prosody(folder.path(), ports).await);
        let [clients, components] = ports;
        let address = format!("127.0.0.1:{components}");
        let name = Some("Harbour Bank");
        let settings = Settings::parse(&address, "bank.localhost", SECRET, "bank", name).unwrap();
        let channel = Arc::new(Xmpp::new(settings));
        let (tell, events) = unbounded_channel();
        let desk = Arc::new(Desk { tell, refuses: AtomicBool::new(false) });
        tokio::spawn(listen(channel.clone(), desk.clone()));
        stands(&channel).await;
        let her = Customer::start(&python, clients).await;
        Some(Self { channel, her, python, desk, events, folder, ports, server })
    }

    pub async fn next(&mut self) -> Inbound {
        let next = tokio::time::timeout(PATIENCE, self.events.recv()).await;
        next.expect("an event").unwrap()
    }

    pub fn refuses(&self, refuses: bool) {
        self.desk.refuses.store(refuses, Ordering::SeqCst);
    }

    pub fn she_and_the_server_go(&mut self) {
        self.her.process.end();
        self.server.take();
    }

    pub async fn the_server_comes(&mut self) {
        self.server = Some(prosody(self.folder.path(), self.ports).await);
        stands(&self.channel).await;
    }

    pub async fn she_comes(&mut self) {
        let [clients, _] = self.ports;
        self.her = Customer::start(&self.python, clients).await;
    }
}

async fn listen(channel: Arc<Xmpp>, desk: Arc<Desk>) {
    loop {
        channel.listen(desk.clone()).await;
        tokio::time::sleep(LOOK).await;
    }
}

async fn stands(channel: &Xmpp) {
    let standing = async {
        while channel.test().await.is_err() {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(PATIENCE, standing).await.expect("the connection stands");
}

fn free() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn configure(folder: &Path, [clients, components]: [u16; 2]) {
    let place = folder.to_str().unwrap();
    let text = format!(
        "run_as_root = true\npidfile = '{place}/pid'\ndata_path = '{place}/data'\n\
         interfaces = {{ '127.0.0.1' }}\nc2s_ports = {{ {clients} }}\n\
         component_ports = {{ {components} }}\ncomponent_interfaces = {{ '127.0.0.1' }}\n\
         s2s_ports = {{}}\nhttp_ports = {{}}\nhttps_ports = {{}}\nc2s_direct_tls_ports = {{}}\n\
         c2s_require_encryption = false\nallow_unencrypted_plain_auth = true\n\
         authentication = 'internal_plain'\nstorage = 'internal'\n\
         modules_enabled = {{ 'roster', 'saslauth', 'disco', 'ping', 'offline', 'presence' }}\n\
         modules_disabled = {{ 's2s', 'http' }}\n\
         log = {{ info = '{place}/log' }}\n\
         VirtualHost 'chat.localhost'\n\
         Component 'bank.localhost'\n  component_secret = '{SECRET}'\n"
    );
    std::fs::write(folder.join("prosody.cfg.lua"), text).unwrap();
    let accounts = folder.join("data/chat%2elocalhost/accounts");
    std::fs::create_dir_all(&accounts).unwrap();
    let account = "return {\n\t[\"password\"] = \"hers\";\n};\n";
    std::fs::write(accounts.join("her.dat"), account).unwrap();
}

async fn prosody(folder: &Path, [clients, components]: [u16; 2]) -> Running {
    let out = std::fs::File::create(folder.join("out")).unwrap();
    let mut command = Command::new("prosody");
    command.args(["-F", "--config"]).arg(folder.join("prosody.cfg.lua")).current_dir(folder);
    command.stdin(Stdio::null()).stdout(out.try_clone().unwrap()).stderr(out);
    let server = Running(command.spawn().unwrap());
    let up = async {
        for port in [clients, components] {
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                tokio::time::sleep(LOOK).await;
            }
        }
    };
    if tokio::time::timeout(PATIENCE, up).await.is_err() {
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        panic!("{}{}", read("out"), read("log"));
    }
    server
}
